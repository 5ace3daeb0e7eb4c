/* SetImplementationCapacity: a coordinator sets the seats, and if asked the waiting list's cap, of one implementation. Never
 * below what is taken: nobody loses a place to an edit, unless the request says so (displace) and gives the reason. A raise promotes at
 * once. Runs alone in its batch, so that those who would be displaced are all at hand. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/displace.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/store/change.h"

#define HAS_CAPACITY ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY
#define HAS_WAITING  ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP

enum err set_implementation_capacity_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetImplementationCapacityRequest *request = (const Enrolment__SetImplementationCapacityRequest *)job->message;
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &id);
    if (err == ERR_OK && request->seats_case != HAS_CAPACITY)
        err = fail_missing(job, "capacity");
    if (err == ERR_OK)
        err = check_range(job, "capacity", request->capacity, 0, PROGRAMME_SEATS_MAX);
    if (err == ERR_OK && request->waiting_case == HAS_WAITING)
        err = check_range(job, "waitingCap", request->waiting_cap, 0, PROGRAMME_WAITING_MAX);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, request->displace ? 1 : 0, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    if (request->displace)
        displace_needs(job, w, id);
    workset_lock_of_implementation(w, id);
    workset_want_units(w);
    workset_want_promotions(w, PROGRAMME_WAITING_MAX);
    return ERR_OK;
}

static bool refused(struct job *job, const struct implementation *i, uint32_t capacity, uint32_t waiting_cap, bool displacing)
{
    if (displacing && displace_refuses(job, i, capacity, waiting_cap))
        return true;
    if (!displacing && !capacity_allowed(capacity, i->taken + i->reserved)) {
        (void)refuse_field(job, REFUSAL_CAPACITY_BELOW_TAKEN, "capacity");
        fact_number(job, "taken", i->taken);
        fact_number(job, "reserved", i->reserved);
        return true;
    }
    if (!capacity_allowed(waiting_cap, i->waiting)) {
        (void)refuse_field(job, REFUSAL_WAITING_BELOW_QUEUED, "waitingCap");
        fact_number(job, "waiting", i->waiting);
        return true;
    }
    return false;
}

void set_implementation_capacity_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetImplementationCapacityRequest *request = (const Enrolment__SetImplementationCapacityRequest *)job->message;
    struct uuid id;

    if (check_id(job, "implementationId", &request->implementation_id, &id) != ERR_OK)
        return;
    struct implementation *i = workset_implementation(w, id);
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const uint32_t waiting_cap = request->waiting_case == HAS_WAITING ? request->waiting_cap : i->waiting_cap;
    if (check_version(job, i->version) != ERR_OK || refused(job, i, request->capacity, waiting_cap, request->displace))
        return;
    change_number(w, job, i->programme, arena_printf(w->arena, "implementations[%s].capacity", i->code), i->capacity, request->capacity,
                  request->reason);
    change_number(w, job, i->programme, arena_printf(w->arena, "implementations[%s].waitingCap", i->code), i->waiting_cap, waiting_cap,
                  request->reason);
    i->capacity = request->capacity;
    i->waiting_cap = waiting_cap;
    i->version++;
    i->changed = true;
    if (request->displace)
        displace(job, w, i, request->reason);
    tell_capacity(w, job, i, request->reason);
    promote(w, job, i->programme);
    tell_programme(w, job, i->programme);
    job_answer(job, &implementation_message(w, i)->base, i->version);
}
