/* ListApplications: what was submitted to a call, for its officials; by theme and state where they ask. Drafts are not shown, nor,
 * until it is decided, what the reader has a conflict of interest in. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/page.h"
#include "services/funding/handler/seen_application.h"

enum err list_applications_needs(struct job *job, struct workset *w)
{
    const Funding__ListApplicationsRequest *request = (const Funding__ListApplicationsRequest *)job->message;
    struct uuid call_id, theme_id, after;
    uint32_t size;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &call_id);
    if (err == ERR_OK)
        err = check_id_or(job, "themeId", &request->theme_id, (struct uuid){.b = {0}}, &theme_id);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, 0, APPLICATION_LAPSED);
    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK) {
        struct application_ask *ask = application_want_page(w, job, call_id);
        ask->reader = job->actor;
        ask->theme_id = theme_id;
        ask->state = (int)request->state;
        ask->after = after;
        ask->limit = (int32_t)size + 1;
        (void)call_want(w, job, CALL_BY_ID, call_id, CALL_READ);
    }
    return err;
}

void list_applications_decide(struct job *job, struct workset *w)
{
    const struct application_ask *found = application_asked(w, job);
    const struct call *call = call_found(w, job);

    if (call == NULL || !official_sees(job, call))
        (void)job_fail(job, call == NULL ? ERR_NOT_FOUND : ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &application_message_list(w->arena, found, (size_t)found->limit - 1)->base, 0);
}
