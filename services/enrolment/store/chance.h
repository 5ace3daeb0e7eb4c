/* What the chances of a waiting person are reckoned from (domain/chance.h): a few figures per implementation somebody waits for. Only where
 * people look at their own registrations; nobody else asks for it. */
#ifndef HV_ENROLMENT_STORE_CHANCE_H
#define HV_ENROLMENT_STORE_CHANCE_H
#include "services/enrolment/domain/chance.h"
#include "services/enrolment/store/workset.h"

void chance_want(struct workset *w, const struct job *job, struct uuid person); /* in needs: of all this person waits for */
/* In decide: NULL when the person does not wait in that registration, or nothing was asked. */
const struct chance_facts *chance_found(const struct workset *w, const struct job *job, struct uuid registration);

#endif
