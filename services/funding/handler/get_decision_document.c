/* GetDecisionDocument: the letter as it was sent, as tagged PDF or as HTML; a recipient's look is noted. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/seen_decision.h"

static bool wants_pdf(const struct job *job)
{
    return ((const Funding__GetDecisionDocumentRequest *)job->message)->form != FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__HTML;
}

enum err get_decision_document_needs(struct job *job, struct workset *w)
{
    const Funding__GetDecisionDocumentRequest *request = (const Funding__GetDecisionDocumentRequest *)job->message;
    enum err err = check_range(job, "form", request->form, FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__PDF,
                               FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__HTML);

    if (err == ERR_OK)
        err = seen_decision_want(job, w, &request->decision_id, wants_pdf(job) ? DOCUMENT_PDF : DOCUMENT_HTML);
    return err;
}

void get_decision_document_decide(struct job *job, struct workset *w)
{
    const struct decision *d = seen_decision(job, w, wants_pdf(job) ? FORM_PDF : FORM_HTML);

    if (d != NULL)
        job_answer(job, &decision_file(w->arena, d, wants_pdf(job))->base, 0);
}
