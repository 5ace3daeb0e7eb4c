/* Forgetting people: what is left of a registration when its person was erased, and when a programme's people are due for it.
 *
 * The order chain commits to a salted hash of the person, never to the person (common/base/chain.h). So the id and the salt can go
 * and the hash stays: the chain verifies as before, its entries lead to nobody, and without the salt nobody can prove or guess whose
 * they were. Order numbers, states and times stay, because they are others' order too. */
#ifndef HV_ENROLMENT_DOMAIN_FORGETTING_H
#define HV_ENROLMENT_DOMAIN_FORGETTING_H
#include "services/enrolment/domain/programme.h"

/* Makes it nobody's. Forgotten already: nothing changes. */
void registration_forget(struct registration *registration);

/* When the people of the programme are to be forgotten: retention_days after its last webinar that was not called off has ended and its
 * last window has closed, whichever is later: who enrols in a new round of an old course is not forgotten by its past dates. 0: never
 * (no retention_days, or no date to count from). Units must be at hand. */
int64_t retention_due_us(const struct programme *programme);
/* Whether they are due now, and were not forgotten since: a programme that got later dates becomes due anew. */
bool retention_is_due(const struct programme *programme, int64_t now_us);
/* Whether a change from `before` to `after` would have its people forgotten now or within a week, which was not to be, or not so soon. A
 * wrong year in a date does that, and what is forgotten does not come back. */
bool retention_brought_near(const struct programme *before, const struct programme *after, int64_t now_us);

#endif
