/* Money that comes back from a recipient: returned because it was not used (valtionavustuslaki 688/2001, 20 s.), to be recovered (21 s.) or
 * recovered after weighing it (22 s.). A preparer proposes it, the decision-maker orders it with a day to pay by, a preparer marks it paid.
 *
 * An amount of at most 100 euros may be left (20 s.), and what is recovered after weighing it may be weighed the other way (22 s.): these,
 * and only these, can be waived; the database holds that too. What comes back is never more than was paid. Whether section numbers and the
 * amount are in force has to be checked before production. */
#ifndef HV_FUNDING_DOMAIN_RECOVERY_H
#define HV_FUNDING_DOMAIN_RECOVERY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"
#include "services/funding/domain/machine.h"

#define RECOVERIES_MAX       50 /* of an award */
#define RECOVERY_SMALL_CENTS 10000

enum recovery_kind { RECOVERY_RETURN = 1, RECOVERY_MANDATORY, RECOVERY_DISCRETIONARY };

struct recovery {
    struct uuid id;
    enum recovery_kind kind;
    int64_t cents;
    const char *reasons;
    int64_t due_on;
    enum recovery_state state;
    int64_t paid_on; /* NO_DAY: not paid */
};

int64_t recoveries_sum(const struct recovery *rows, size_t count);  /* of all but the waived ones */
bool recoveries_settled(const struct recovery *rows, size_t count); /* each is paid or waived */
bool recovery_waivable(enum recovery_kind kind, int64_t cents);
/* What is still to come back of what was paid and not used, beside what is being recovered already; 0: nothing. */
int64_t recovery_unused(int64_t paid_cents, int64_t used_cents, const struct recovery *rows, size_t count);

#endif
