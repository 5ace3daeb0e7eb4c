/* ListProgrammes: what there is, by code, with windows, rules and counters; units and implementations come with GetProgramme.
 * Public. A page ends early when it would not fit into a reply. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"

enum err list_programmes_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListProgrammesRequest *request = (const Enrolment__ListProgrammesRequest *)job->message;
    struct span key;
    uint32_t size;
    enum err err = check_page(job, request->page_size, &size);

    if (err == ERR_OK)
        err = page_key(job, request->page_token, 1, 100, &key);
    if (err == ERR_OK && key.len > 0) /* the last code of the page before */
        err = check_code(job, "pageToken", arena_text(job->arena, key), 1, 100);
    if (err != ERR_OK)
        return err;
    struct query *query = workset_query(w, job, QUERY_PROGRAMMES, size + 1);
    query->after_text = arena_text(w->arena, key);
    return ERR_OK;
}

void list_programmes_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    Enrolment__ProgrammeList *list = arena_alloc(w->arena, sizeof *list);
    size_t bytes = 0;

    enrolment__programme_list__init(list);
    list->programmes = arena_array(w->arena, query->count, sizeof(Enrolment__Programme *));
    for (size_t i = 0; i < query->count; i++) {
        struct programme summary = *(const struct programme *)query->rows[i];
        summary.implementation_count = summary.unit_count = 0;
        Enrolment__Programme *m = programme_message(w, &summary);
        m->id = id_bytes(&((const struct programme *)query->rows[i])->id);
        bytes += enrolment__programme__get_packed_size(m);
        if (i + 1 == query->limit || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            const struct programme *last = query->rows[i - 1];
            list->next_page_token = page_token(w->arena, span_text(last->code));
            break;
        }
        list->programmes[list->n_programmes++] = m;
    }
    job_answer(job, &list->base, 0);
}
