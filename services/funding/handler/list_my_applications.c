/* ListMyApplications: one's own, the newest first, drafts among them; without content. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/page.h"
#include "services/funding/handler/who.h"

enum err list_my_applications_needs(struct job *job, struct workset *w)
{
    const Funding__ListMyApplicationsRequest *request = (const Funding__ListMyApplicationsRequest *)job->message;
    struct uuid after;
    uint32_t size;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK) {
        struct application_ask *ask = application_want_owner(w, job, job->actor);
        ask->after = after;
        ask->limit = (int32_t)size + 1;
    }
    return err;
}

void list_my_applications_decide(struct job *job, struct workset *w)
{
    const struct application_ask *found = application_asked(w, job);

    job_answer(job, &application_message_list(w->arena, found, (size_t)found->limit - 1)->base, 0);
}
