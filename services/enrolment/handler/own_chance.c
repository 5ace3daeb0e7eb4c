/* A registration with its chance, for its own person. See own_chance.h. */
#include "services/enrolment/handler/own_chance.h"

#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/chance.h"

Enrolment__Registration *own_registration_message(struct workset *w, const struct job *job, const struct registration *r)
{
    Enrolment__Registration *m = registration_message(w, r);
    const struct chance_facts *facts = chance_found(w, job, r->id);

    if (facts != NULL && r->state == REGISTRATION_QUEUED && uuid_compare(job->actor, r->person) == 0)
        m->chance_percent = chance_percent(facts, r->position, w->now_us);
    return m;
}
