/* RemoveImplementation: takes an implementation away that nobody ever enrolled in and no invitation reserves seats of. Whom its rules
 * refused is forgotten with it. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err remove_implementation_needs(struct job *job, struct workset *w)
{
    const Enrolment__RemoveImplementationRequest *request = (const Enrolment__RemoveImplementationRequest *)job->message;
    struct uuid implementation;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &implementation);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

void remove_implementation_decide(struct job *job, struct workset *w)
{
    const Enrolment__RemoveImplementationRequest *request = (const Enrolment__RemoveImplementationRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;

    if (p == NULL || check_id(job, "implementationId", &request->implementation_id, &id) != ERR_OK)
        return;
    const struct implementation *at = programme_implementation(p, id);
    if (at == NULL) {
        (void)fail_absent(job, "implementationId");
        return;
    }
    if (at->last_order > 0 || at->reserved > 0) {
        (void)refuse(job, REFUSAL_IMPLEMENTATION_IN_USE);
        fact_number(job, "enrolled", at->last_order);
        fact_number(job, "reserved", at->reserved);
        return;
    }
    const size_t index = (size_t)(at - p->implementations);
    struct programme after = *p;
    struct implementation *all = edit_implementations(w, &after);
    memmove(&all[index], &all[index + 1], (after.implementation_count - index - 1) * sizeof *all);
    after.implementation_count--;
    after.drops_implementations = true;
    edit_end(job, w, p, &after, request->reason);
}
