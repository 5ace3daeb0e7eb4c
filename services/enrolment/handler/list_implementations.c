/* ListImplementations: the implementations of a programme with live seats; open_only: none outside a window. Public, and the
 * most read of all at an opening. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/shared.h"

enum err list_implementations_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListImplementationsRequest *request = (const Enrolment__ListImplementationsRequest *)job->message;
    struct uuid id;
    const enum err err = check_id(job, "programmeId", &request->programme_id, &id);

    if (err == ERR_OK)
        workset_see_programme(w, id);
    return err;
}

void list_implementations_decide(struct job *job, struct workset *w)
{
    const Enrolment__ListImplementationsRequest *request = (const Enrolment__ListImplementationsRequest *)job->message;
    struct uuid id;
    int64_t edge_us = 0;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK || shared_answer(job, w, id, request->open_only != 0))
        return;
    const struct programme *p = workset_programme(w, id);
    if (p == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Enrolment__ImplementationList list = ENROLMENT__IMPLEMENTATION_LIST__INIT;
    list.programme_taken = p->taken;
    list.programme_cap = p->cap;
    if (!request->open_only || window_state_at(p->windows, p->window_count, w->now_us, &edge_us) == WINDOW_OPEN) {
        list.n_implementations = p->implementation_count;
        list.implementations = arena_array(w->arena, p->implementation_count, sizeof(Enrolment__Implementation *));
        for (size_t i = 0; i < p->implementation_count; i++)
            list.implementations[i] = implementation_message(w, &p->implementations[i]);
    }
    shared_keep(job, w, id, request->open_only != 0, &list.base, 0);
}
