/* ListViews: when its recipient has opened a decision, and in which form, the newest look first; officials of the call. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/seen_decision.h"

enum err list_views_needs(struct job *job, struct workset *w)
{
    const Funding__GetDecisionRequest *request = (const Funding__GetDecisionRequest *)job->message;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = seen_decision_want(job, w, &request->decision_id, DOCUMENT_NONE);
    if (err == ERR_OK)
        decision_asked(w, job)->views = true;
    return err;
}

static const char *form_word(enum decision_form form)
{
    switch (form) {
    case FORM_HTML:
        return "html";
    case FORM_PDF:
        return "pdf";
    case FORM_JSON:
        return "json";
    }
    return "";
}

void list_views_decide(struct job *job, struct workset *w)
{
    const struct decision_ask *ask = decision_asked(w, job);
    const struct call *call = call_found(w, job);
    Funding__ViewList *list = arena_alloc(w->arena, sizeof *list);

    if (ask->count == 0 || call == NULL || !official_sees(job, call)) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    funding__view_list__init(list);
    list->views = arena_array(w->arena, ask->view_count, sizeof *list->views);
    for (size_t i = 0; i < ask->view_count; i++) {
        Funding__View *view = arena_alloc(w->arena, sizeof *view);

        funding__view__init(view);
        view->person_id = convert_id(w->arena, ask->view_rows[i].person_id);
        view->at_us = ask->view_rows[i].at_us;
        view->form = convert_text(form_word(ask->view_rows[i].form));
        list->views[list->n_views++] = view;
    }
    job_answer(job, &list->base, 0);
}
