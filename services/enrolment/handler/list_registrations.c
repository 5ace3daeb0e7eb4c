/* ListRegistrations: those of an implementation in order of enrolment, all or of one state. Staff only. The page's key is the order
 * number, which never changes. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"

enum err list_registrations_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListRegistrationsRequest *request = (const Enrolment__ListRegistrationsRequest *)job->message;
    struct uuid id;
    struct span key;
    uint32_t size;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &id);
    if (err == ERR_OK)
        err = check_range(job, "state", request->state, 0, REGISTRATION_CANCELLED);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, sizeof(uint32_t), sizeof(uint32_t), &key);
    if (err != ERR_OK)
        return err;
    struct query *query = workset_query(w, job, QUERY_LIST, size + 1);
    query->id = id;
    query->state = (uint32_t)request->state;
    for (size_t i = 0; i < key.len; i++)
        query->after_n = query->after_n << 8 | key.data[i];
    query->after_n &= INT32_MAX;
    return ERR_OK;
}

static char *token_after(struct workset *w, const struct registration *last)
{
    uint8_t key[sizeof(uint32_t)];
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)(last->order_no >> (8 * (sizeof key - 1 - i)));
    return page_token(w->arena, span_of(key, sizeof key));
}

void list_registrations_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    Enrolment__RegistrationList *list = arena_alloc(w->arena, sizeof *list);
    const size_t shown = query->count < query->limit ? query->count : query->limit - 1;

    enrolment__registration_list__init(list);
    list->n_registrations = shown;
    list->registrations = arena_array(w->arena, shown, sizeof(Enrolment__Registration *));
    for (size_t i = 0; i < shown; i++)
        list->registrations[i] = registration_message(w, query->rows[i]);
    if (shown < query->count)
        list->next_page_token = token_after(w, query->rows[shown - 1]);
    job_answer(job, &list->base, 0);
}
