/* Retention: the clock's case that forgets the people of programmes which ended long enough ago (retention_days). Some registrations a
 * turn, so that no turn takes long; when none is left that is somebody's, the programme is marked. Whoever has none elsewhere is forgotten
 * whole, and PersonErased tells it. Whoever has keeps their particulars, and RegistrationForgotten tells others to forget the two together.
 * Accounts are not this service's: they go when their owner asks, or when an admin closes them.
 *
 * Not part of the tick, because it runs alone (work_case.alone) and its look costs more than the tick's. */
#include "services/enrolment/domain/forgetting.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell_erased.h"
#include "services/enrolment/store/erasure.h"

#define FORGET_MAX 200 /* registrations a turn */

enum err forget_needs(struct job *job, struct workset *w)
{
    erasure_want_due(w, job, FORGET_MAX);
    workset_want_units(w);
    workset_want_promotions(w, FORGET_MAX);
    return ERR_OK;
}

static bool is_elsewhere(const struct erasure_found *found, struct uuid person)
{
    for (size_t n = 0; n < found->person_count; n++)
        if (uuid_compare(found->persons[n].id, person) == 0)
            return found->persons[n].elsewhere;
    return true;
}

/* The programme is over: who still waits, or is kept a seat, gets none. Those seated took part and stay counted. */
static void end_waiting(struct workset *w, const struct job *job, struct registration *r)
{
    if (!registration_active(r) || r->state == REGISTRATION_SEATED)
        return;
    r->condition = ""; /* or the event would say it once more */
    registration_end(w, job, workset_implementation(w, r->implementation), r, ENROLMENT__CAUSE__CAUSE_ERASED, job->actor, "");
}

static void forget_registration(struct workset *w, const struct job *job, const struct erasure_found *found, struct registration *r)
{
    const struct uuid person = r->person;

    end_waiting(w, job, r);
    registration_forget(r);
    erasure_registration(w, r, person);
    if (is_elsewhere(found, person))
        tell_registration_forgotten(w, job, r, person);
}

void forget_decide(struct job *job, struct workset *w)
{
    const struct erasure_found *found = erasure_found(w, job);
    struct programme *programme = workset_programme(w, found->programme);

    if (programme == NULL || !retention_is_due(programme, w->now_us))
        return;
    for (size_t n = 0; n < found->count; n++)
        if (found->registrations[n]->state == REGISTRATION_QUEUED) /* first: no seat is to be offered to them */
            end_waiting(w, job, found->registrations[n]);
    for (size_t n = 0; n < found->count; n++)
        forget_registration(w, job, found, found->registrations[n]);
    for (size_t n = 0; n < found->person_count; n++) {
        if (is_elsewhere(found, found->persons[n].id))
            continue;
        erasure_person(w, found->persons[n].id, span_of(NULL, 0));
        tell_erased(w, job, found->persons[n].id);
    }
    redact_told(w, found);
    if (found->more)
        return;
    programme->forgotten_us = w->now_us;
    programme->changed = true;
    erasure_programme(w, programme->id);
    tell_programme_forgotten(w, job, programme->id);
}
