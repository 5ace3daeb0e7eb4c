/* PutImplementation: an implementation with its rules, new or in place of the one that stands. The seats of one that stands have a call
 * of their own, since they decide over people. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err put_implementation_needs(struct job *job, struct workset *w)
{
    const Enrolment__PutImplementationRequest *request = (const Enrolment__PutImplementationRequest *)job->message;
    struct uuid implementation;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &implementation);
    if (err == ERR_OK && request->implementation == NULL)
        err = fail_missing(job, "implementation");
    if (err == ERR_OK)
        err = check_implementation(job, "implementation", request->implementation, request->implementation_id.len == 0);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

/* The implementation to change in the copied list: the one asked for, or a new one at the end. NULL: there is no such one. */
static struct implementation *implementation_at(struct workset *w, struct programme *after, struct uuid id,
                                                const Enrolment__Implementation *m)
{
    struct implementation *all = edit_implementations(w, after);

    for (size_t i = 0; i < after->implementation_count; i++)
        if (uuid_compare(all[i].id, id) == 0)
            return &all[i];
    if (!uuid_is_nil(id))
        return NULL;
    struct implementation *fresh = &all[after->implementation_count];
    *fresh = (struct implementation){.id = implementation_id_of(w, after, after->id, m->code),
                                     .ordinal = after->implementation_count > 0 ? fresh[-1].ordinal + 1 : 1,
                                     .capacity = m->capacity,
                                     .waiting_cap = m->waiting_cap};
    fresh->chain_head = chain_start(fresh->id);
    after->implementation_count++;
    return fresh;
}

static bool refused(struct job *job, const struct programme *after, const struct implementation *at, const Enrolment__Implementation *m)
{
    for (size_t i = 0; i < after->implementation_count; i++)
        if (&after->implementations[i] != at && strcmp(after->implementations[i].code, m->code) == 0)
            return fail_twice(job, "implementation.code") != ERR_OK;
    if ((m->capacity == 0 || m->capacity == at->capacity) && (m->waiting_cap == 0 || m->waiting_cap == at->waiting_cap))
        return false;
    (void)refuse(job, REFUSAL_SEATS_ELSEWHERE);
    fact_number(job, "capacity", at->capacity);
    fact_number(job, "waitingCap", at->waiting_cap);
    return true;
}

void put_implementation_decide(struct job *job, struct workset *w)
{
    const Enrolment__PutImplementationRequest *request = (const Enrolment__PutImplementationRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;

    if (p == NULL || check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &id) != ERR_OK)
        return;
    struct programme after = *p;
    struct implementation *at = implementation_at(w, &after, id, request->implementation);
    if (at == NULL) {
        (void)fail_absent(job, "implementationId");
        return;
    }
    at->programme = &after;
    if (refused(job, &after, at, request->implementation))
        return;
    implementation_build(w, at, request->implementation);
    at->version++;
    edit_end(job, w, p, &after, request->reason);
}
