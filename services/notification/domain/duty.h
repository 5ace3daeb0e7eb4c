/* What a recipient of a grant has to do by a day, and what is said about it: funding's obligations. Each is reminded of before its day;
 * some are told of when it has passed. Pure, and without the contract: the handlers turn its numbers into these. */
#ifndef HV_NOTIFICATION_DOMAIN_DUTY_H
#define HV_NOTIFICATION_DOMAIN_DUTY_H
#include "services/notification/domain/kind.h"

enum duty { /* the numbers of funding.ObligationKind */
            DUTY_ANSWER = 1,
            DUTY_INTERIM = 2,
            DUTY_FINAL = 3,
            DUTY_REPAYMENT = 4
};
#define DUTY_LAST DUTY_REPAYMENT

enum message_kind duty_reminder(enum duty duty);
/* What is said when its day has passed. False: nothing, since silence is an answer, and a message of its own says so. */
bool duty_late(enum duty duty, enum message_kind *out);
/* Whether one is reminded of it twice (reminder_due_early). */
bool duty_early(enum duty duty);
/* Which report it is, as FACT_REPORT says it; "": none. */
const char *duty_report(enum duty duty);

#endif
