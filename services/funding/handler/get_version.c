/* GetVersion: the application as it was saved then: its content, and the amounts that follow from it. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/content.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"

enum err get_version_needs(struct job *job, struct workset *w)
{
    const Funding__GetVersionRequest *request = (const Funding__GetVersionRequest *)job->message;
    enum err err = check_range(job, "version", request->version <= INT64_MAX ? (int64_t)request->version : 0, 1, INT64_MAX);
    struct application_ask *ask;

    if (err != ERR_OK)
        return err;
    ask = seen_application_want(job, w, &request->application_id, CONTENT_NONE, &err);
    if (ask != NULL)
        ask->version = (int64_t)request->version;
    return err;
}

/* The columns are of the newest version; these are of this one. */
static Funding__Application *message_of(struct workset *w, const struct application *a, const struct application_version *version)
{
    Funding__Application *m = application_message(w->arena, a);

    application_message_content(w->arena, m, version->content);
    const struct consortium_sums sums = consortium_sum(&content_read(w->arena, m->content, a->id, a->owner_id)->consortium);
    m->total_cents = sums.lines;
    m->applied_cents = sums.grant;
    m->own_cents = sums.own;
    m->title = m->content->title;
    m->theme_id = m->content->theme_id;
    m->lead_name = m->content->n_partners > 0 ? m->content->partners[0]->name : convert_text("");
    m->version = (uint64_t)version->version;
    m->saved_us = version->saved_us;
    if (version->version != a->submitted_version)
        m->receipt = convert_text("");
    return m;
}

void get_version_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    const struct application_ask *found = application_asked(w, job);

    if (seen.row == NULL)
        return;
    if (found->version_count == 0 || (seen.official && found->version_rows[0].kind == VERSION_DRAFT))
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &message_of(w, seen.row, &found->version_rows[0])->base, (uint64_t)found->version_rows[0].version);
}
