/* Giving and taking places: the only code that changes counters, draws order numbers and extends the order chain.
 *
 * Order numbers are drawn here, under the programme's lock, one by one: gapless per implementation and per programme, over all
 * registrations whatever becomes of them. Every change of state is one entry of the implementation's chain, so the published
 * chain shows each enrolment, promotion and cancellation in the order in which they were decided. */
#ifndef HV_ENROLMENT_DOMAIN_PLACE_H
#define HV_ENROLMENT_DOMAIN_PLACE_H
#include "services/enrolment/domain/programme.h"

/* Makes a new registration seated, queued or held. The caller has set id, person, received_us, salt and caller, and has asked
 * allocation_decide. Fills in the rest; its first move is folded into the registration itself. A held one gets its reply_due_us from
 * the programme's hold_minutes. */
void place_give(struct implementation *implementation, struct registration *registration, enum registration_state state, int64_t now_us);

/* Moves a registration. Returns the move, an entry of the chain. The move must be legal and, to a seat, there must be room: anything
 * else is a bug. What else changes with it:
 *   queued -> seated     reply_due_us from the programme's reply hours, if it has any
 *   queued -> offered    reply_due_us = offer_hours of working days from now (common/base/workday.h)
 *   offered -> queued    the line: behind all who wait, without a priority one had; the waiting list at hand has it at its new place
 *   seated -> queued     the line stays as it is, so one stands where one's own order number says
 *   seated -> cancelled, transferred   given_up of the implementation
 * A reply_due_us that has been answered, or does not count any more, becomes 0. That of a hold that ended stays: it tells a late Confirm
 * whether the time had run out. */
struct move place_move(struct implementation *implementation, struct registration *registration, enum registration_state to,
                       int64_t now_us);

/* Puts a waiting registration where its line says in the list at hand, and tells its position. The list may be the first part of a longer
 * one; whoever comes behind its end stands behind all who wait, because such a line is only ever made at the end. */
void place_in_line(struct implementation *implementation, struct registration *registration);

#endif
