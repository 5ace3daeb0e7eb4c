/* ListRegistrations: those of a programme in programme order, or of one of its implementations in order of enrolment; all or of
 * one state, with the people's names. Staff only. The page's key is the order number, which never changes; a page ends early when
 * it would not fit into a reply. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"

struct wanted { /* the request, read */
    struct uuid programme, implementation;
    bool whole; /* the programme, not one implementation */
};

static enum err read_ids(struct job *job, struct wanted *wanted)
{
    const Enrolment__ListRegistrationsRequest *request = (const Enrolment__ListRegistrationsRequest *)job->message;
    const enum err err = check_id(job, "programmeId", &request->programme_id, &wanted->programme);

    wanted->whole = request->implementation_id.len == 0;
    return err != ERR_OK ? err
                         : check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &wanted->implementation);
}

enum err list_registrations_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListRegistrationsRequest *request = (const Enrolment__ListRegistrationsRequest *)job->message;
    struct wanted wanted = {.whole = false};
    struct span key;
    uint32_t size;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = read_ids(job, &wanted);
    if (err == ERR_OK)
        err = check_range(job, "state", request->state, 0, REGISTRATION_TRANSFERRED);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, page_order_size(wanted.whole), page_order_size(wanted.whole), &key);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, wanted.programme);
    struct query *query = workset_query(w, job, wanted.whole ? QUERY_LIST_WHOLE : QUERY_LIST, size + 1);
    query->id = wanted.whole ? wanted.programme : wanted.implementation;
    query->state = (uint32_t)request->state;
    query->after_n = page_order(key);
    return ERR_OK;
}

static Enrolment__RegistrationList *page_of(struct workset *w, const struct query *query, bool whole)
{
    Enrolment__RegistrationList *list = arena_alloc(w->arena, sizeof *list);
    size_t bytes = 0;

    enrolment__registration_list__init(list);
    list->registrations = arena_array(w->arena, query->count, sizeof(Enrolment__Registration *));
    for (size_t i = 0; i < query->count; i++) {
        Enrolment__Registration *m = registration_message(w, query->rows[i]);
        m->person = person_message(w, ((const struct registration *)query->rows[i])->person);
        bytes += enrolment__registration__get_packed_size(m);
        if (i + 1 == query->limit || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            list->next_page_token = page_after(w->arena, query->rows[i - 1], whole);
            break;
        }
        list->registrations[list->n_registrations++] = m;
    }
    return list;
}

void list_registrations_decide(struct job *job, struct workset *w)
{
    struct wanted wanted;

    if (read_ids(job, &wanted) != ERR_OK)
        return;
    struct programme *p = workset_programme(w, wanted.programme);
    if (p == NULL || (!wanted.whole && programme_implementation(p, wanted.implementation) == NULL)) {
        (void)fail_absent(job, p == NULL ? "programmeId" : "implementationId");
        return;
    }
    job_answer(job, &page_of(w, workset_query_of(w, job), wanted.whole)->base, 0);
}
