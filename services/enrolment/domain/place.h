/* Giving and taking places: the only code that changes counters, draws order numbers and extends the order chain.
 *
 * Order numbers are drawn here, under the programme's lock, one by one: gapless per implementation and per programme, over all
 * registrations whatever becomes of them. Every change of state is one entry of the implementation's chain, so the published
 * chain shows each enrolment, promotion and cancellation in the order in which they were decided. */
#ifndef HV_ENROLMENT_DOMAIN_PLACE_H
#define HV_ENROLMENT_DOMAIN_PLACE_H
#include "services/enrolment/domain/programme.h"

/* Makes a new registration seated or queued. The caller has set id, person, received_us, salt and caller, and has asked
 * allocation_decide. Fills in the rest; its first move is folded into the registration itself. */
void place_give(struct implementation *implementation, struct registration *registration, enum registration_state state, int64_t now_us);

/* Moves a registration: queued to seated, or to cancelled. A promotion sets reply_due_us from the programme's reply hours, if it has any.
 * Returns the move, an entry of the chain. The move must be legal and, to a seat, there must be room: anything else is a bug. */
struct move place_move(struct implementation *implementation, struct registration *registration, enum registration_state to,
                       int64_t now_us);

#endif
