/* Meetings as the store holds them: a meeting is loaded whole, with who is there and with the items of its agenda: what is proposed of
 * each, decided, voted, and whose minutes are published.
 *
 *   meeting_want(w, job, MEETING_BY_ID, meeting_id, true);     in needs; or MEETING_BY_ITEM: the meeting in which this item is
 *   struct meeting *meeting = meeting_found(w, job);           in decide; NULL: there is none
 *
 * A write holds the meeting first of all, then the cases on its agenda (store/part.h). The structs are the job's own: to change one, change
 * it and give it to the function that says what was done. Items have versions of their own: what is done to an item leaves the meeting's
 * as it is. */
#ifndef HV_FUNDING_STORE_MEETING_H
#define HV_FUNDING_STORE_MEETING_H
#include "services/funding/domain/meeting.h"
#include "services/funding/store/workset.h"

enum meeting_by { MEETING_BY_ID, MEETING_BY_ITEM };

struct meeting_row { /* of a page: a meeting without its items */
    struct meeting meeting;
    int32_t first_section, last_section; /* 0: not opened yet */
};
struct meeting_ask {
    struct part_item item; /* first */
    enum { MEETINGS_ONE, MEETINGS_PAGE } what;
    enum meeting_by by;
    struct uuid id; /* meeting, item; of a page the municipality */
    bool hold;
    struct uuid board_id; /* of a page: nil: all boards of the municipality */
    int64_t before_us;    /* of a page: from behind this one; 0: from the beginning */
    struct uuid before;   /* the same */
    int32_t limit;        /* of a page */
    uint32_t offices;     /* of a page: the offices that the reader's roles allow: 1 << enum office */
    struct uuid reader;   /* of a page */
    bool all;             /* of a page: an admin reads all */

    struct meeting *meeting;  /* found; NULL: there is none */
    struct meeting_row *rows; /* of a page: newest first */
    size_t count;
};
struct meeting_ask *meeting_want(struct workset *w, const struct job *job, enum meeting_by by, struct uuid id, bool hold);
/* A page of a municipality's meetings, newest first: those that were summoned, and all to its officials (`reader`, `all`). */
struct meeting_ask *meeting_want_page(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id);
const struct meeting_ask *meeting_asked(const struct workset *w, const struct job *job);
struct meeting *meeting_found(const struct workset *w, const struct job *job);
/* Of MEETING_BY_ITEM: the item; NULL: there is none. */
struct item *meeting_item_found(const struct workset *w, const struct job *job);

/* Changes: change the struct first. Borrowed until the batch ends. */
void meeting_add(struct workset *w, const struct meeting *meeting, struct uuid actor); /* planned, without items */
/* Time, place, version, and the agenda: its items by place. Those whose id is new are added (with case and proposal), those that are not
 * listed any more go away. */
void meeting_put(struct workset *w, const struct meeting *meeting);
/* Its state and version. */
void meeting_move(struct workset *w, const struct meeting *meeting, const char *why, struct uuid actor);
/* The same; and since when it is summoned. Its cases and proposals are public with it: case_touch and proposal_made. */
void meeting_summon(struct workset *w, const struct meeting *meeting, struct uuid actor);
/* The same; its items leave the chains of their cases. */
void meeting_cancel(struct workset *w, const struct meeting *meeting, const char *why, struct uuid actor);
/* The same; with its attendees, and the year and section of each item: these follow the last of the board's year, one by one in the order
 * of the agenda (municipality_want_section holds it). */
void meeting_open(struct workset *w, const struct meeting *meeting, struct uuid actor);
/* Who has checked the minutes, and when: of all attendees; and the version. */
void meeting_put_checks(struct workset *w, const struct meeting *meeting);
/* Its state, version and published_us; its items are published with their extracts (extract.h). */
void meeting_publish(struct workset *w, const struct meeting *meeting, struct uuid actor);

/* What is decided of an item: outcome, manner, words, money, counter-proposal, whether it is being voted on, dissents, nominations;
 * version. */
void item_put(struct workset *w, const struct item *item);
/* And the item's version, with item_put. */
void item_add_vote(struct workset *w, const struct item *item, const struct vote *vote);
void item_add_disqualified(struct workset *w, const struct item *item, const struct disqualified *who, struct uuid noted_by);

extern const struct store_part meeting_part;

#endif
