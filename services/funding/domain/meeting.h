/* A meeting of a board: its agenda in order, who is there, what is decided of each item under which section of the minutes, and how.
 *
 * The rules of the Local Government Act (kuntalaki 410/2015): a board has a quorum when more than half of its members are there (103 §);
 * in a tie the chair's vote decides (104 §); minutes are kept, checked and shown (107 and 140 §); who is disqualified takes no part
 * (97 §, hallintolaki 27-28 §). Nothing is allocated here; the lists are the store's or the request's. */
#ifndef HV_FUNDING_DOMAIN_MEETING_H
#define HV_FUNDING_DOMAIN_MEETING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"
#include "services/funding/domain/machine.h"
#include "services/funding/domain/municipality.h"

enum { MEETING_ITEMS_MAX = 100, ITEM_NOMINATIONS_MAX = 40, PROPOSAL_NOMINATIONS_MAX = 20, ITEM_DISSENTS_MAX = 60 };
#define MEETING_EARLY_US (24 * INT64_C(3600000000)) /* it opens at the earliest so long before the time its members were called for */

/* Meetings begin in the years 1990 to 2199: the schema numbers sections in these. */
#define MEETING_FIRST_US (INT64_C(631152000) * 1000000)
#define MEETING_LAST_US  (INT64_C(7258118400) * 1000000)

enum outcome { OUTCOME_APPROVED = 1, OUTCOME_CHANGED, OUTCOME_REJECTED, OUTCOME_RETURNED, OUTCOME_TABLED };
enum manner { MANNER_UNANIMOUS = 1, MANNER_VOTED };
enum choice { CHOICE_PROPOSAL = 1, CHOICE_COUNTER, CHOICE_EMPTY };
enum nominee_role { NOMINEE_MEMBER = 1, NOMINEE_DEPUTY, NOMINEE_CHAIR };

struct nomination {
    const char *body; /* "hankkeen ohjausryhmä" */
    enum nominee_role role;
    const char *title, *name;
    struct uuid person_id; /* nil: no account */
    bool added;            /* by the board, to what was proposed */
};
struct board_proposal { /* what the presenting official proposes to the board */
    struct uuid id, case_id;
    const char *words;
    int64_t cents; /* 0: not to take part */
    struct uuid presenter;
    const char *presenter_title, *presenter_name;
    int64_t saved_us;
    int64_t made_us; /* on a public agenda since; 0: not yet, it may change */
    struct nomination *nominations;
    size_t nomination_count;
};
struct attendee {
    struct uuid person_id;
    const char *name;
    enum seat_kind kind;
    bool checks_minutes;
    int64_t checked_us; /* 0: not yet */
};
struct disqualified {
    struct uuid person_id;
    const char *name, *ground;
};
struct vote {
    struct uuid person_id;
    const char *name;
    enum choice choice;
};
struct item {
    struct uuid id, meeting_id, board_id, case_id, proposal_id;
    const char *register_number, *title, *language; /* the case's */
    int32_t place;                                  /* on the agenda, from 1 */
    int32_t year, section;                          /* 0: before the meeting */
    enum outcome outcome;                           /* 0: not yet */
    enum manner manner;
    const char *words;
    int64_t cents; /* granted */
    const char *counter;
    bool voting;
    const char **dissents;
    size_t dissent_count;
    struct nomination *nominations; /* decided */
    size_t nomination_count;
    struct disqualified *disqualified;
    size_t disqualified_count;
    struct vote *votes;
    size_t vote_count;
    struct uuid previous_id, next_id;  /* of the same case; nil: none */
    bool next_public;                  /* its meeting is summoned */
    int64_t published_us;              /* 0: not yet */
    int64_t names_until, review_until; /* days; NO_DAY: not published, or no review can be asked for */
    uint8_t sha256[32];                /* of the extract, PDF with names, once it is published */
    int64_t version;
};
struct meeting {
    struct uuid id, board_id, municipality_id;
    struct text board;
    int64_t starts_us;
    const char *place;
    enum meeting_state state;
    int64_t summoned_us, published_us;
    int64_t version;
    struct attendee *attendees;
    size_t attendee_count;
    struct item *items; /* by place */
    size_t item_count;
};
struct tally {
    int32_t proposal, counter, empty;
};

struct item *meeting_item(const struct meeting *meeting, struct uuid item_id);              /* NULL: none */
const struct attendee *meeting_attendee(const struct meeting *meeting, struct uuid person); /* NULL: not there */
/* Who leads it: the chair, the vice chair in their absence, else the member whom the secretary put first on the list. NULL: nobody is
 * there. */
const struct attendee *meeting_leader(const struct meeting *meeting);
/* The same in one item: whoever is disqualified does not lead it. */
const struct attendee *item_leader(const struct meeting *meeting, const struct item *item);
bool meeting_has_quorum(const struct meeting *meeting, const struct board *board);
/* More than half of the board is there and not disqualified in the item: it may be decided on. */
bool item_has_quorum(const struct meeting *meeting, const struct item *item, const struct board *board);
bool meeting_is_public(const struct meeting *meeting);                                     /* it has been summoned */
const struct disqualified *item_disqualified(const struct item *item, struct uuid person); /* NULL: not */
/* Those who are there and not disqualified in the item: who may vote. */
size_t meeting_voters(const struct meeting *meeting, const struct item *item);
const struct vote *item_vote(const struct item *item, struct uuid person); /* NULL: has not voted */
struct tally item_tally(const struct item *item);
/* Whether the proposal has won the vote: more votes than the counter-proposal, or as many and the leader's among them (104 §). */
bool item_proposal_wins(const struct meeting *meeting, const struct item *item);
/* As many for both, and the leader for one of them: that vote decided. */
bool item_leader_decides(const struct meeting *meeting, const struct item *item);
/* Whether the votes bear this outcome: approved exactly when the proposal has won. What is decided instead does not follow from them, for
 * the counter-proposal may be to change, reject, return or table the matter. As many for both, and the leader for neither: the leader says
 * which, and the minutes tell it. */
bool item_outcome_fits(const struct meeting *meeting, const struct item *item, enum outcome outcome);
/* Decided on the matter itself: approved, changed or rejected; not returned or tabled. */
bool outcome_is_final(enum outcome outcome);

#endif
