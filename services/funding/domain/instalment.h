/* Instalments: the parts in which a grant is paid. What is planned and what is paid never comes to more than the grant; the database holds
 * that too (award_not_overplanned). Each goes its way: planned, ordered (its account is written down then), sent to the bank, paid with the
 * bank's reference and day, or back from the bank and ordered anew; what is not paid can be cancelled. Whoever ordered it does not send it.
 *
 * A preparer replaces what is still planned as a whole; what has gone further stays as it is. */
#ifndef HV_FUNDING_DOMAIN_INSTALMENT_H
#define HV_FUNDING_DOMAIN_INSTALMENT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"
#include "services/funding/domain/machine.h"

#define INSTALMENTS_MAX 50 /* of an award, cancelled ones among them */

struct instalment {
    struct uuid id;
    int32_t n; /* from 1, in the order in which they were planned */
    int64_t cents, due_on;
    enum instalment_state state;
    const char *iban; /* as it was when it was ordered; "" before */
    const char *reference;
    int64_t paid_on;      /* NO_DAY: not paid */
    struct uuid moved_by; /* who moved it last: of one that is ordered, who ordered it; nil: the rules */
};
struct planned_instalment { /* one that is to be */
    int64_t due_on, cents;
};

/* Together, all but the cancelled ones; `planned_too` false: without those that are only planned. */
int64_t instalments_sum(const struct instalment *rows, size_t count, bool planned_too);
bool instalments_settled(const struct instalment *rows, size_t count);                            /* each is paid or cancelled */
int32_t instalments_next(const struct instalment *rows, size_t count);                            /* the next number */
int64_t instalments_in(const struct instalment *rows, size_t count, enum instalment_state state); /* together, of this state */
/* What a plan is held to. */
struct instalment_bounds {
    int64_t most_cents; /* the grant; once its final report is accepted, what was used of it */
    bool settled;       /* that is so */
    int64_t today;      /* a row that is new begins no earlier */
    const bool *stays;  /* beside each row of the plan: it is planned already, and may have been for a day that has passed; NULL: none is */
};
/* Findings of a new plan beside what has gone further already: each row has an amount and a day that has not passed, and all is within the
 * bounds. Fields are paths of the request, "instalments[2].cents". */
void instalments_check(const struct instalment *rows, size_t count, const struct planned_instalment *plan, size_t planned,
                       const struct instalment_bounds *bounds, struct findings *findings);
/* Warnings about those that are there: paid before the day the decision names. */
void instalments_unusual(const struct instalment *rows, size_t count, struct findings *findings);
/* The final report shows what was used: what is planned or ordered beyond it is not paid any more. Marks in `cancels`, beside each row,
 * what is cancelled, the latest first; of one that is too much only in part gives what is planned anew (0 cents: nothing). What is paid or
 * at the bank stays. */
struct planned_instalment instalments_settle(const struct instalment *rows, size_t count, int64_t used_cents, bool *cancels);

#endif
