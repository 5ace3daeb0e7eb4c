/* ListRefusals: who was refused in a programme, by which rule and how often, so that coordinators can help. Staff only.
 * A page ends early when it would not fit into a reply. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"

#define IDS (2 * sizeof(struct uuid)) /* a key is person, implementation, rule */

enum err list_refusals_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListRefusalsRequest *request = (const Enrolment__ListRefusalsRequest *)job->message;
    struct page page;
    enum err err = page_read(job, &request->programme_id, request->page_size, request->page_token, IDS + 1, IDS + 100, &page);

    if (err == ERR_OK && page.key.len > 0)
        err = check_code(job, "pageToken", arena_text(job->arena, span_of(page.key.data + IDS, page.key.len - IDS)), 1, 100);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, page.programme);
    struct query *query = workset_query(w, job, QUERY_REFUSALS, page.size + 1);
    query->id = page.programme;
    query->after_bytes = page.key;
    return ERR_OK;
}

static char *token_after(struct workset *w, const struct refused *last)
{
    const size_t len = strlen(last->rule);
    uint8_t *key = arena_alloc(w->arena, IDS + len);

    memcpy(key, last->person.b, sizeof last->person.b);
    memcpy(key + sizeof last->person.b, last->implementation.b, sizeof last->implementation.b);
    memcpy(key + IDS, last->rule, len);
    return page_token(w->arena, span_of(key, IDS + len));
}

static Enrolment__Refusal *refusal_message(struct workset *w, const struct refused *row)
{
    Enrolment__Refusal *m = arena_alloc(w->arena, sizeof *m);

    enrolment__refusal__init(m);
    m->person_id = id_bytes(&row->person);
    m->implementation_id = id_bytes(&row->implementation);
    m->rule = (char *)(uintptr_t)row->rule;
    m->times = row->times;
    m->last_us = row->last_us;
    m->person = person_message(w, row->person);
    return m;
}

void list_refusals_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    Enrolment__RefusalList *list = arena_alloc(w->arena, sizeof *list);
    size_t bytes = 0;

    if (workset_programme(w, query->id) == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    enrolment__refusal_list__init(list);
    list->refusals = arena_array(w->arena, query->count, sizeof(Enrolment__Refusal *));
    for (size_t i = 0; i < query->count; i++) {
        Enrolment__Refusal *m = refusal_message(w, query->rows[i]);
        bytes += enrolment__refusal__get_packed_size(m);
        if (i + 1 == query->limit || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            list->next_page_token = token_after(w, query->rows[i - 1]);
            break;
        }
        list->refusals[list->n_refusals++] = m;
    }
    job_answer(job, &list->base, 0);
}
