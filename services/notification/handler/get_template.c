/* GetTemplate: one version of a template, or the current one. The answer's version is what PutTemplate asks for in If-Match. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/preview.h"

enum err get_template_needs(struct job *job, struct workset *w)
{
    const Notification__GetTemplateRequest *request = (const Notification__GetTemplateRequest *)job->message;
    enum message_kind kind;
    enum language language;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = preview_which(job, request->kind, request->language, &kind, &language);
    if (err == ERR_OK && request->version > INT32_MAX)
        err = convert_absent(job, "version");
    if (err != ERR_OK)
        return err;
    struct template_ask *ask = template_ask(w, job);
    ask->what = TEMPLATE_ASK_ONE;
    ask->kind = kind;
    ask->language = language;
    ask->version = (int32_t)request->version;
    return ERR_OK;
}

void get_template_decide(struct job *job, struct workset *w)
{
    const struct template_ask *ask = template_asked(w, job);

    if (ask->count == 0)
        (void)convert_absent(job, "version");
    else
        job_answer(job, &preview_row(job->arena, &ask->rows[0])->base, (uint64_t)ask->rows[0].version);
}
