/* An award: what the decisions of one application come to, from the offer to the last report. The decision makes it (a trigger does), its
 * lead accepts or refuses it in time, and silence accepts it the day after; then it is paid in instalments, may be amended and recovered
 * from, is reported on, and closes when nothing of it waits any more. A correction can annul it.
 *
 * Its plan are the rows of the decision in force - accepted costs by budget line, amounts by partner - as amendments have changed them
 * since. The rows are loaded by store/award.c and live as long as the batch. Days are day numbers, money is in cents. */
#ifndef HV_FUNDING_DOMAIN_AWARD_H
#define HV_FUNDING_DOMAIN_AWARD_H
#include "common/base/day.h"
#include "services/funding/domain/instalment.h"
#include "services/funding/domain/machine.h"
#include "services/funding/domain/obligation.h"
#include "services/funding/domain/recovery.h"

struct amount { /* of budget line or partner n */
    uint32_t n; /* from 1 */
    int64_t cents;
    const char *name;
    const char *business_id; /* of a partner; "" of a line */
};
struct amounts {
    struct amount *rows;
    size_t count;
};

struct award {
    struct uuid id, call_id, theme_id, decision_id; /* id: the application's */
    enum award_state state;
    int64_t granted_cents, planned_cents, paid_cents, returned_cents;
    int64_t answer_until, use_until; /* NO_DAY: not set */
    int64_t version;
    /* Of its application. */
    struct uuid owner_id;
    const char *register_number, *title, *language;
    /* Loaded with one award, not in lists. */
    struct instalment *instalments;
    size_t instalment_count;
    struct recovery *recoveries;
    size_t recovery_count;
    struct amounts lines, partners; /* the plan in force */
    bool ended;                     /* the store's: in this batch it was refused, closed or annulled */
};

/* It can be answered until the end of the day; on the day after silence has accepted it. */
bool award_answerable(const struct award *award, int64_t today);
bool award_by_silence(const struct award *award, int64_t today);
struct instalment *award_instalment(const struct award *award, struct uuid id); /* NULL: it has none such */
struct recovery *award_recovery(const struct award *award, struct uuid id);     /* the same */

void award_sum(struct award *award); /* planned, paid and returned, from its rows: the triggers do the same */

/* What of it waits still. */
struct award_rest {
    bool instalments, recoveries, obligations, reports, amendments;
};
bool award_closes(const struct award *award, const struct award_rest *rest); /* accepted, and nothing waits */

int64_t amounts_sum(const struct amounts *amounts); /* -1: more than money may be, or not an amount */

#endif
