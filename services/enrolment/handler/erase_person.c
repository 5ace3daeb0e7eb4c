/* ErasePerson: forgets a person. What they still hold is given up, so that others get it; their registrations become nobody's and keep
 * their order; their particulars, answers and texts are deleted here, taken out of the event log, and PersonErased tells everybody else
 * to delete theirs. Oneself, or an admin with a reason. Repeating it changes nothing; whoever comes again afterwards begins anew.
 * An id that nothing here names is likely mistyped: an admin is told so, unless the request says that it is meant. */
#include "services/enrolment/domain/forgetting.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell_erased.h"
#include "services/enrolment/store/change.h"
#include "services/enrolment/store/erasure.h"

static enum err may_erase(struct job *job, struct uuid person, const char *reason)
{
    if (uuid_compare(job->actor, person) == 0)
        return ERR_OK;
    if ((job->request->roles & BUS__ROLE__ROLE_ADMIN) == 0)
        return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return *reason != '\0' ? ERR_OK : fail_missing(job, "reason");
}

enum err erase_person_needs(struct job *job, struct workset *w)
{
    const Enrolment__ErasePersonRequest *request = (const Enrolment__ErasePersonRequest *)job->message;
    struct uuid person;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, job->actor, &person);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = may_erase(job, person, request->reason);
    if (err != ERR_OK)
        return err;
    erasure_want_person(w, job, person);
    workset_lock_person(w, person);
    workset_want_promotions(w, 1); /* one active registration a programme */
    return ERR_OK;
}

/* Staff's hand is in the history of changes; of the person it says no more than a place in order. */
static void record(struct workset *w, const struct job *job, const struct registration *r, const char *reason)
{
    const struct implementation *i = workset_implementation(w, r->implementation);
    const char *field = arena_printf(w->arena, "implementations[%s].registrations[%u].person", i->code, r->order_no);

    change_add(w, job, i->programme, field, "", "forgotten", reason, (struct uuid){{0}});
}

/* Gives up what is still held; returns how many. The reason would be free text about the person, so there is none. */
static uint32_t give_up(struct workset *w, const struct job *job, const struct erasure_found *found)
{
    uint32_t count = 0;

    for (size_t n = 0; n < found->count; n++) {
        struct registration *r = found->registrations[n];
        if (!registration_active(r))
            continue;
        r->condition = ""; /* or the event would say it once more */
        registration_end(w, job, workset_implementation(w, r->implementation), r, ENROLMENT__CAUSE__CAUSE_ERASED, job->actor, "");
        count++;
    }
    return count;
}

static void answer(struct job *job, struct workset *w, uint32_t registrations, uint32_t given_up)
{
    Enrolment__Erasure *erasure = arena_alloc(w->arena, sizeof *erasure);

    enrolment__erasure__init(erasure);
    erasure->registrations = registrations;
    erasure->given_up = given_up;
    job_answer(job, &erasure->base, 0);
}

/* An enrolment of theirs was committed between the look and the locks. */
static bool came_between(const struct erasure_found *found)
{
    for (size_t n = 0; n < found->person_count; n++)
        if (found->persons[n].elsewhere)
            return true;
    return false;
}

void erase_person_decide(struct job *job, struct workset *w)
{
    const Enrolment__ErasePersonRequest *request = (const Enrolment__ErasePersonRequest *)job->message;
    const struct erasure_found *found = erasure_found(w, job);
    const ProtobufCBinaryData *key = &job->request->idempotency_key;
    struct uuid person;

    if (check_id_or(job, "personId", &request->person_id, job->actor, &person) != ERR_OK)
        return;
    if (came_between(found)) {
        (void)job_fail(job, ERR_BUSY, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!found->noted && !found->known && !request->even_unknown && uuid_compare(job->actor, person) != 0) {
        (void)fail_absent(job, "personId");
        return;
    }
    if (found->noted && found->count == 0 && workset_person(w, person) == NULL) {
        answer(job, w, found->noted_registrations, found->noted_given_up);
        return;
    }
    const uint32_t given_up = give_up(w, job, found);
    for (size_t n = 0; n < found->count; n++) {
        if (uuid_compare(job->actor, person) != 0)
            record(w, job, found->registrations[n], request->reason);
        registration_forget(found->registrations[n]);
        erasure_registration(w, found->registrations[n], person);
    }
    redact_told(w, found);
    erasure_person(w, person, span_of(key->data, key->len));
    erasure_note(w, person, (uint32_t)found->count, given_up);
    tell_erased(w, job, person);
    answer(job, w, (uint32_t)found->count, given_up);
}
