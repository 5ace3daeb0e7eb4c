/* ListMyRegistrations: one's own, newest first, cancelled ones too. Two hundred at most: nobody has more in years. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/own_chance.h"
#include "services/enrolment/store/chance.h"

enum err list_my_registrations_needs(struct job *job, struct workset *w)
{
    const enum err err = check_signed_in(job);

    if (err == ERR_OK) {
        workset_query(w, job, QUERY_MINE, 200)->id = job->actor;
        chance_want(w, job, job->actor);
    }
    return err;
}

void list_my_registrations_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    Enrolment__RegistrationList *list = arena_alloc(w->arena, sizeof *list);

    enrolment__registration_list__init(list);
    list->n_registrations = query->count;
    list->registrations = arena_array(w->arena, query->count, sizeof(Enrolment__Registration *));
    for (size_t i = 0; i < query->count; i++)
        list->registrations[i] = own_registration_message(w, job, query->rows[i]);
    job_answer(job, &list->base, 0);
}
