/* What fairness is measured by (GetFairness): arrivals and decisions of an implementation in order of enrolment, moves by hand, and
 * people by fact. A part of the store (part.h); the arithmetic is in domain/fairness.h. */
#ifndef HV_ENROLMENT_STORE_FAIRNESS_H
#define HV_ENROLMENT_STORE_FAIRNESS_H
#include "services/enrolment/domain/fairness.h"
#include "services/enrolment/store/workset.h"

#define FAIRNESS_ROWS_MAX  20000 /* registrations of one implementation */
#define FAIRNESS_TOTAL_MAX 60000 /* of all that were asked for together */

struct fairness_part {
    struct uuid implementation;
    int64_t *arrivals, *waits; /* by order number; waits: from arrival to decision */
    size_t count;
    uint32_t by_hand, passed;
};
struct fairness_fact { /* its shares, as they are: not folded yet */
    const char *fact;  /* "region", "role" */
    struct fairness_share *shares;
    size_t count;
};
struct fairness_rows {
    bool too_many; /* more than the bounds above: nothing was counted */
    struct fairness_part *parts;
    size_t part_count;
    struct fairness_fact facts[2];
};

/* Of one implementation, without shares, or (nil) of the whole programme; nothing is locked. */
void fairness_want(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation);
struct fairness_rows *fairness_found(const struct workset *w, const struct job *job);

#endif
