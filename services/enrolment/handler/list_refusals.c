/* ListRefusals: who was refused in a programme, by which rule and how often, so that coordinators can help. Staff only. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"

#define IDS (2 * sizeof(struct uuid)) /* a key is person, implementation, rule */

enum err list_refusals_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListRefusalsRequest *request = (const Enrolment__ListRefusalsRequest *)job->message;
    struct uuid id;
    struct span key;
    uint32_t size;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &id);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, IDS + 1, IDS + 100, &key);
    if (err == ERR_OK && key.len > 0)
        err = check_code(job, "pageToken", arena_text(job->arena, span_of(key.data + IDS, key.len - IDS)), 1, 100);
    if (err != ERR_OK)
        return err;
    struct query *query = workset_query(w, job, QUERY_REFUSALS, size + 1);
    query->id = id;
    query->after_bytes = key;
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

void list_refusals_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    Enrolment__RefusalList *list = arena_alloc(w->arena, sizeof *list);
    const size_t shown = query->count < query->limit ? query->count : query->limit - 1;

    enrolment__refusal_list__init(list);
    list->n_refusals = shown;
    list->refusals = arena_array(w->arena, shown, sizeof(Enrolment__Refusal *));
    for (size_t i = 0; i < shown; i++) {
        const struct refused *row = query->rows[i];
        Enrolment__Refusal *m = list->refusals[i] = arena_alloc(w->arena, sizeof *m);
        enrolment__refusal__init(m);
        m->person_id = id_bytes(&row->person);
        m->implementation_id = id_bytes(&row->implementation);
        m->rule = (char *)(uintptr_t)row->rule;
        m->times = row->times;
        m->last_us = row->last_us;
    }
    if (shown < query->count)
        list->next_page_token = token_after(w, query->rows[shown - 1]);
    job_answer(job, &list->base, 0);
}
