/* GetCaseDocument: a document of a case: all of them to its officials; to its applicant, and whoever was asked for a statement, those that
 * are not confidential, and their own; to the public those that are not confidential, once the case has been on a public agenda and until
 * names leave its minutes: what stands in a file cannot be taken out of it. */
#include "services/funding/handler/attachment_type.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/prepared_case.h"

enum err get_case_document_needs(struct job *job, struct workset *w)
{
    const Municipal__CaseDocumentRequest *request = (const Municipal__CaseDocumentRequest *)job->message;
    struct uuid case_id, document_id;
    enum err err = check_id(job, "caseId", &request->case_id, &case_id);

    if (err == ERR_OK)
        err = check_id(job, "documentId", &request->document_id, &document_id);
    if (err == ERR_OK) {
        case_want(w, job, case_id, false)->document_id = document_id;
        (void)municipality_want(w, job, MUNICIPALITY_BY_CASE, case_id);
    }
    return err;
}

void get_case_document_decide(struct job *job, struct workset *w)
{
    struct case_view view;
    const struct case_ask *ask = case_asked(w, job);

    const struct municipal_case *c = prepared_case_seen(job, w, &view);
    if (c == NULL)
        return;
    if (ask->document == NULL || !case_message_shows(c, ask->document, &view)) {
        (void)fail_absent(job, "documentId");
        return;
    }
    if (!view.names) {
        (void)job_fail(
            job, ERR_FORBIDDEN, "municipal.document.past", "documentId",
            "Asiakirja ei ole enää verkossa, koska oikaisuvaatimusaika on päättynyt: pyydä sitä kunnan kirjaamosta",
            "Handlingen finns inte längre på nätet eftersom tiden för omprövningsbegäran har gått ut: be om den hos kommunens "
            "registratorskontor",
            "The document is not on the network any more, as the time for a review is over: ask the municipality's registry for it");
        return;
    }
    Bus__File *file = arena_alloc(job->arena, sizeof *file);
    bus__file__init(file);
    file->name = attachment_type_name(job->arena, ask->document->name, ask->document->media_type);
    file->media_type = convert_text(ask->document->media_type);
    file->content = convert_bytes(ask->content);
    file->one_language = true;
    job_answer(job, &file->base, 0);
}
