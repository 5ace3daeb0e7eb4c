/* ListReasons: the ready reasons of decisions, in three languages, for whoever prepares them. */
#include "funding.pb-c.h"
#include "services/funding/domain/reason.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/who.h"

enum err list_reasons_needs(struct job *job, struct workset *w)
{
    (void)w;
    return who_official(job);
}

void list_reasons_decide(struct job *job, struct workset *w)
{
    Funding__ReasonList *list = arena_alloc(job->arena, sizeof *list);
    size_t count;
    const struct reason *all = reason_all(&count);

    (void)w;
    funding__reason_list__init(list);
    list->reasons = arena_array(job->arena, count, sizeof *list->reasons);
    for (; list->n_reasons < count; list->n_reasons++) {
        Funding__Reason *m = list->reasons[list->n_reasons] = arena_alloc(job->arena, sizeof *m);

        funding__reason__init(m);
        m->n = (uint32_t)all[list->n_reasons].n;
        m->grants = all[list->n_reasons].grants;
        m->text = convert_texts(job->arena, all[list->n_reasons].text);
    }
    job_answer(job, &list->base, 0);
}
