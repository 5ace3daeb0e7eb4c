/* Municipalities as the store holds them: one is loaded whole, with its dimensions, officials, boards and seats, by its id or code, or by
 * what belongs to it; a page goes without these.
 *
 *   municipality_want(w, job, MUNICIPALITY_BY_MEETING, meeting_id);        in needs
 *   const struct municipality *m = municipality_found(w, job);             in decide; NULL: there is none
 *
 * Whoever gives sections wants the numbering of the meeting's board and year: its row is made where it is missing and locked, so that the
 * next section of that board waits for the end of this batch. The number itself is taken by the item that is saved with it (the schema). */
#ifndef HV_FUNDING_STORE_MUNICIPALITY_H
#define HV_FUNDING_STORE_MUNICIPALITY_H
#include "services/funding/domain/municipality.h"
#include "services/funding/store/workset.h"

enum municipality_by {
    MUNICIPALITY_BY_ID,
    MUNICIPALITY_BY_CODE,
    MUNICIPALITY_BY_CASE,
    MUNICIPALITY_BY_BOARD,
    MUNICIPALITY_BY_MEETING,
    MUNICIPALITY_BY_ITEM
};

struct municipality_ask {
    struct part_item item; /* first */
    enum municipality_by by;
    struct uuid id;   /* of what leads to it; of a page: the last id of the page before; nil: none */
    const char *code; /* of MUNICIPALITY_BY_CODE */
    bool hold;        /* whoever changes it */
    bool section;     /* with the numbering of the meeting's board and year, locked */
    int32_t limit;    /* of a page; 0: one */

    struct municipality *rows; /* found */
    size_t count;
    int32_t section_year; /* of the meeting, in Helsinki; 0: not asked for, or there is no such meeting */
    int32_t last_section; /* of that year; the next one is this and one */
};

struct municipality_ask *municipality_want(struct workset *w, const struct job *job, enum municipality_by by, struct uuid id);
struct municipality_ask *municipality_want_code(struct workset *w, const struct job *job, const char *code, bool hold);
struct municipality_ask *municipality_want_page(struct workset *w, const struct job *job, struct uuid after, int32_t limit); /* by id */
/* By a meeting, with the numbering of its board: for whoever opens it. */
struct municipality_ask *municipality_want_section(struct workset *w, const struct job *job, struct uuid meeting_id);
const struct municipality_ask *municipality_asked(const struct workset *w, const struct job *job);
struct municipality *municipality_found(const struct workset *w, const struct job *job);

/* Changes. Borrowed until the batch ends. What `last_section` of its boards and `last_number` say begins the numbering of this year where
 * it has not begun; boards are never taken away. */
void municipality_add(struct workset *w, const struct municipality *municipality);
void municipality_put(struct workset *w, const struct municipality *municipality);

extern const struct store_part municipality_part;

#endif
