/* Promotion: who gets a seat that was freed or added.
 *
 * The rule, written once: while the programme has room under its cap, the waiting person with the lowest programme_order among
 * the implementations that have a free seat is promoted. So where the programme's cap binds, a seat freed anywhere goes to whoever
 * enrolled first of those who can use one; where it does not, each implementation's own first. Nobody is asked beforehand: the
 * promoted person has the seat and may give it back until reply_due_us.
 *
 * Leaving the waiting list frees no seat, so it promotes nobody: the caller asks for promotions after the cancellation of a seat
 * and after a raised cap or capacity, and nothing else. */
#ifndef HV_ENROLMENT_DOMAIN_PROMOTION_H
#define HV_ENROLMENT_DOMAIN_PROMOTION_H
#include "services/enrolment/domain/programme.h"

/* The next to promote, or NULL when nobody can be. Looks at the waiting lists at hand (implementation->queue_first, by order),
 * and drops from them whoever no longer waits. *implementation gets where the seat is. */
struct registration *promotion_next(struct programme *programme, struct implementation **implementation);

#endif
