/* ListCallAmendments: the change applications of a call for its officials, oldest first, by state where they ask: what waits to be decided.
 * Each tells whose it is, what it asks for and how that was decided; its words and amounts are in the list of its grant. */
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/call_page.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"

enum err list_call_amendments_needs(struct job *job, struct workset *w)
{
    const Funding__ListCallAmendmentsRequest *request = (const Funding__ListCallAmendmentsRequest *)job->message;
    struct call_page page;
    const enum err err =
        call_page_want(job, w, &request->call_id, (int)request->state, AMENDMENT_WITHDRAWN, request->page_token, request->page_size, &page);

    if (err == ERR_OK) {
        struct amendment_ask *ask = amendment_want_page(w, job, page.call_id);
        ask->state = page.state;
        ask->after = page.after;
        ask->limit = page.limit;
    }
    return err;
}

static Funding__Amendment *row_message(struct arena *arena, const struct amendment_ask *found, size_t i)
{
    Funding__Amendment *m = amendment_message(arena, &found->rows[i]);

    m->register_number = convert_text(found->whose[i].register_number);
    m->title = convert_text(found->whose[i].title);
    for (size_t p = 0; p < m->n_parts; p++)
        m->parts[p]->asked = m->parts[p]->accepted = NULL;
    return m;
}

void list_call_amendments_decide(struct job *job, struct workset *w)
{
    const struct amendment_ask *found = amendment_asked(w, job);
    const size_t rows = call_page_rows(found->count, found->limit);
    Funding__AmendmentList *list = arena_alloc(job->arena, sizeof *list);

    if (!call_page_seen(job, w))
        return;
    funding__amendment_list__init(list);
    list->amendments = arena_array(job->arena, rows + 1, sizeof *list->amendments);
    for (; list->n_amendments < rows; list->n_amendments++)
        list->amendments[list->n_amendments] = row_message(job->arena, found, list->n_amendments);
    list->next_page_token = call_page_token(job, found->count, found->limit, rows > 0 ? &found->rows[rows - 1].id : NULL);
    job_answer(job, &list->base, 0);
}
