/* ListForgotten: the ids of people who were forgotten on request, in order. For whoever keeps something under such an id outside of this
 * service: the gateway closes their accounts by it, and after a restore from a backup it says who has to be forgotten again. Admins. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/erasure.h"

enum err list_forgotten_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListForgottenRequest *request = (const Enrolment__ListForgottenRequest *)job->message;
    uint32_t size;
    enum err err = ERR_OK;

    if ((job->request->roles & BUS__ROLE__ROLE_ADMIN) == 0)
        return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    if (request->after_n > INT64_MAX)
        err = check_range(job, "afterN", -1, 0, INT64_MAX);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err != ERR_OK)
        return err;
    forgotten_want(w, job, request->after_n, size);
    return ERR_OK;
}

void list_forgotten_decide(struct job *job, struct workset *w)
{
    Enrolment__ForgottenList *list = arena_alloc(w->arena, sizeof *list);
    size_t count;
    uint64_t last;
    const struct forgotten *rows = forgotten_list(w, job, &count, &last);

    enrolment__forgotten_list__init(list);
    list->last_n = last;
    list->n_people = count;
    list->people = arena_array(w->arena, count, sizeof *list->people);
    for (size_t n = 0; n < count; n++) {
        Enrolment__ForgottenList__Row *row = arena_alloc(w->arena, sizeof *row);
        enrolment__forgotten_list__row__init(row);
        row->n = rows[n].n;
        row->person_id = id_bytes(&rows[n].person);
        row->at_us = rows[n].at_us;
        list->people[n] = row;
    }
    job_answer(job, &list->base, 0);
}
