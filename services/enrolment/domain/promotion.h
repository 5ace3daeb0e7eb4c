/* Promotion: who gets a seat that was freed or added.
 *
 * The rule, written once: while the programme has room under its cap, the waiting person who is first in line among
 * the implementations that have a free seat is promoted. So where the programme's cap binds, a seat freed anywhere goes to whoever
 * enrolled first of those who can use one; where it does not, each implementation's own first. In line means the lowest
 * registration.line (line.h): the programme order, but for a coordinator's priority and for offers that were let pass on.
 *
 * A programme with offer_hours offers the seat, which is kept until reply_due_us, and the person accepts, declines or lets it pass on.
 * Else nobody is asked beforehand: the promoted person has the seat and may give it back until reply_due_us.
 *
 * Leaving the waiting list frees no seat, so it promotes nobody: the caller asks for promotions after a seat was freed (also a held,
 * offered or reserved one) and after a raised cap or capacity, and nothing else. */
#ifndef HV_ENROLMENT_DOMAIN_PROMOTION_H
#define HV_ENROLMENT_DOMAIN_PROMOTION_H
#include "services/enrolment/domain/programme.h"

/* The next to promote, or NULL when nobody can be. Looks at the waiting lists at hand (implementation->queue_first, by order),
 * and drops from them whoever no longer waits. *implementation gets where the seat is. */
struct registration *promotion_next(struct programme *programme, struct implementation **implementation);

/* Whether an offer of this implementation can be let pass on: somebody else waits who could take the seat, and the waiting list has
 * room for who comes back to it once that person has left it. */
bool promotion_can_pass(struct implementation *implementation);

#endif
