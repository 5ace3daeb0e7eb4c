/* GetApplication: its owner sees what was written last; an official of its call what was submitted last, and never a draft. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/seen_application.h"

enum err get_application_needs(struct job *job, struct workset *w)
{
    const Funding__GetApplicationRequest *request = (const Funding__GetApplicationRequest *)job->message;
    enum err err;
    const struct application_ask *ask = seen_application_want(job, w, &request->application_id, CONTENT_BOTH, &err);

    if (ask != NULL) {
        attachment_want_list(w, job, ask->id);
        supplement_want(w, job, ask->id);
    }
    return err;
}

void get_application_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    const struct supplement_ask *supplements = supplement_asked(w, job);

    if (seen.row == NULL)
        return;
    Funding__Application *m = application_message(w->arena, seen.row);
    application_message_content(w->arena, m, seen.official ? application_asked(w, job)->submitted : seen.row->content);
    application_message_attachments(w->arena, m, attachment_asked(w, job), seen.official);
    application_message_supplements(w->arena, m, supplements);
    job_answer(job, &m->base, (uint64_t)seen.row->version);
}
