/* Hold: keeps a seat for the minutes a form takes. Only a seat that Enrol would give at once is held, so nobody on the waiting list is
 * passed over; the rules are those of Enrol, so nobody fills a form for nothing. Asked again it answers the hold there is, with the
 * time it had: a hold cannot be made longer. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/newcomer.h"

static enum err read_asked(struct job *job, struct newcomer *asked)
{
    const Enrolment__HoldRequest *request = (const Enrolment__HoldRequest *)job->message;
    enum err err = check_id(job, "programmeId", &request->programme_id, &asked->programme);

    asked->person = job->actor;
    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &asked->implementation);
    return err;
}

enum err hold_needs(struct job *job, struct workset *w)
{
    struct newcomer asked = {.at = NULL};
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = read_asked(job, &asked);
    if (err != ERR_OK)
        return err;
    newcomer_needs(job, w, &asked);
    return ERR_OK;
}

static bool holds_already(struct job *job, struct workset *w, const struct newcomer *n)
{
    const struct registration *held = workset_active(w, n->person, n->programme);

    if (held == NULL || held->state != REGISTRATION_HELD || registration_lapsed(held, arrival_us(job, w)) ||
        uuid_compare(held->implementation, n->implementation) != 0)
        return false;
    job_answer(job, &registration_message(w, held)->base, held->version);
    return true;
}

void hold_decide(struct job *job, struct workset *w)
{
    struct newcomer n = {.at = NULL};

    if (read_asked(job, &n) != ERR_OK || newcomer_replay(job, w) || !newcomer_find(job, w, &n) || holds_already(job, w, &n))
        return;
    if (n.at->programme->hold_minutes == 0) {
        (void)refuse(job, REFUSAL_HOLD_OFF);
        return;
    }
    if (!newcomer_admit(job, w, &n))
        return;
    switch (allocation_decide(n.at)) {
    case ALLOCATION_SEAT:
        break;
    case ALLOCATION_QUEUE:
        (void)refuse(job, REFUSAL_HOLD_NO_SEAT);
        return;
    case ALLOCATION_FULL:
        newcomer_refuse_full(job, w, &n);
        return;
    }
    const struct registration *r = newcomer_register(job, w, &n, REGISTRATION_HELD, newcomer_key(job), job_hash(job, w->seal));
    job_answer(job, &registration_message(w, r)->base, r->version);
}
