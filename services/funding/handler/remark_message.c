/* See remark_message.h. An answer holds as many of the newest as fit it well. */
#include "services/funding/handler/remark_message.h"

#include "services/funding/handler/convert.h"

#define BYTES_MAX ((size_t)240 * 1024)

static Funding__Remark *message(struct arena *arena, const struct call *call, const struct remark *remark)
{
    Funding__Remark *m = arena_alloc(arena, sizeof *m);

    funding__remark__init(m);
    m->id = convert_id(arena, remark->id);
    m->person_id = convert_id(arena, remark->person_id);
    m->at_us = remark->at_us;
    m->words = convert_text(remark->words);
    m->name = convert_text(call_official_name(call, remark->person_id));
    return m;
}

static bool is_others(const struct job *job, const struct call *call, const struct remark *remark)
{
    return uuid_compare(remark->person_id, job->actor) != 0 && call_official(call, remark->person_id, OFFICIAL_EVALUATOR) != NULL;
}

/* In an answer, and a little more. */
static size_t bytes_of(const struct call *call, const struct remark *remark)
{
    return strlen(remark->words) + strlen(call_official_name(call, remark->person_id)) + 80;
}

Funding__RemarkList *remark_list_message(struct job *job, const struct workset *w, const struct evaluation_case *c,
                                         const struct remark *added)
{
    const struct remark_ask *found = remark_asked(w, job);
    const bool hidden = evaluation_case_hidden(job, c->call, c->found, c->application);
    Funding__RemarkList *list = arena_alloc(job->arena, sizeof *list);
    size_t bytes = 0, from = found->count;

    funding__remark_list__init(list);
    while (from > 0 && bytes + bytes_of(c->call, &found->rows[from - 1]) < BYTES_MAX)
        bytes += bytes_of(c->call, &found->rows[--from]);
    list->remarks = arena_array(job->arena, found->count - from + 1, sizeof *list->remarks);
    for (; from < found->count; from++)
        if (!hidden || !is_others(job, c->call, &found->rows[from]))
            list->remarks[list->n_remarks++] = message(job->arena, c->call, &found->rows[from]);
    if (added != NULL)
        list->remarks[list->n_remarks++] = message(job->arena, c->call, added);
    return list;
}
