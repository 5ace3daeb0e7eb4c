/* Obligations of recipients as the store holds them. See domain/obligation.h.
 *
 *   obligation_want(w, job, OBLIGATIONS_OF_AWARD, application_id);      in needs
 *   struct obligation_ask *all = obligation_asked(w, job);              in decide
 *
 * Writes come as arrays: decisions are sent by the hundred, and the tick tells of many that are late. */
#ifndef HV_FUNDING_STORE_OBLIGATION_H
#define HV_FUNDING_STORE_OBLIGATION_H
#include "services/funding/domain/obligation.h"
#include "services/funding/store/workset.h"

enum obligations_of { OBLIGATIONS_OF_AWARD, OBLIGATIONS_OF_AMENDMENT, OBLIGATIONS_OF_REPORT, OBLIGATIONS_DUE, OBLIGATIONS_PAGE };

struct obligation_whose { /* of one that is due, or of a page: what is told of it besides */
    struct uuid owner_id;
    const char *register_number, *title, *language;
};
struct obligation_ask {
    struct part_item item; /* first */
    enum obligations_of of;
    struct uuid id; /* the award, amendment, report; of those that are due and of a page the call */
    int64_t today;  /* of a page: what is late, by the days before this one; NO_DAY: all */
    int32_t limit;
    int state;                 /* of a page; 0: any */
    struct uuid after, reader; /* of a page; what the reader has a conflict of interest in is left out */
    struct obligation *rows;   /* found: by kind, then day; of a page by id */
    size_t count;
    struct obligation_whose *whose; /* of those that are due and of a page, beside each row */
};

void obligation_want(struct workset *w, const struct job *job, enum obligations_of of, struct uuid id);
/* For the tick: the answers of offers which silence accepts today, lowest award first, and then the others whose day has passed without
 * having been told. */
void obligation_want_due(struct workset *w, const struct job *job, struct uuid call_id, int64_t today, int32_t limit);
struct obligation_ask *obligation_want_page(struct workset *w, const struct job *job, struct uuid call_id); /* fill the filters */
struct obligation_ask *obligation_asked(const struct workset *w, const struct job *job);

void obligation_add(struct workset *w, const struct obligation *obligation, const char *why, struct uuid actor); /* open; copied */
/* Its new state, with due_on and late as they stand in the struct; copied. */
void obligation_move(struct workset *w, struct obligation *obligation, enum obligation_state state, const char *why, struct uuid actor);
void obligation_put(struct workset *w, const struct obligation *obligation); /* another day, or late: the state stays */

extern const struct store_part obligation_part;

#endif
