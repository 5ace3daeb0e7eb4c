/* Change applications as the store holds them, each with its parts. See domain/amendment.h. Amounts of a part are kept as JSON lists, which
 * the database adds up where they are accepted.
 *
 *   amendment_want(w, job, AMENDMENTS_ONE, amendment_id);            in needs; AMENDMENTS_OF_AWARD: all, newest first
 *   struct amendment *amendment = amendment_found(w, job);           in decide; NULL: there is none */
#ifndef HV_FUNDING_STORE_AMENDMENT_H
#define HV_FUNDING_STORE_AMENDMENT_H
#include "services/funding/domain/amendment.h"
#include "services/funding/store/workset.h"

enum amendments_what { AMENDMENTS_ONE, AMENDMENTS_OF_AWARD, AMENDMENTS_OF_REPORT, AMENDMENTS_PAGE };

struct amendment_whose { /* of a page: the application's */
    const char *register_number, *title;
};

struct amendment_ask {
    struct part_item item; /* first */
    enum amendments_what what;
    struct uuid id;            /* the amendment, award, report (all of its award); of a page the call */
    int state;                 /* of a page; 0: any */
    struct uuid after, reader; /* of a page; what the reader has a conflict of interest in is left out */
    int32_t limit;
    struct amendment *rows; /* of a page by id, with kinds and outcomes alone */
    size_t count;
    struct amendment_whose *whose; /* of a page, beside each row */
};

void amendment_want(struct workset *w, const struct job *job, enum amendments_what what, struct uuid id);
struct amendment_ask *amendment_want_page(struct workset *w, const struct job *job, struct uuid call_id); /* fill the filters */
const struct amendment_ask *amendment_asked(const struct workset *w, const struct job *job);
struct amendment *amendment_found(const struct workset *w, const struct job *job); /* the first; NULL: there is none */
bool amendment_waits(const struct amendment_ask *ask);                             /* one of them is not decided */

/* --- changes; borrowed until the batch ends ------------------------------------------------------------------------------ */
void amendment_add(struct workset *w, const struct amendment *amendment, struct uuid actor); /* submitted, with its parts */
/* Decided (with its parts as they stand in the struct) or withdrawn. */
void amendment_move(struct workset *w, struct amendment *amendment, enum amendment_state state, const char *why, struct uuid actor);

extern const struct store_part amendment_store_part; /* the domain has a function amendment_part */

#endif
