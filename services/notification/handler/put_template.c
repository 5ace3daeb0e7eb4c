/* PutTemplate: a new version of a template. Its texts are checked to the last brace, and a letter is written with sample facts, before
 * anything is kept: what fails, fails here and to the one who can mend it, not at night in a sender. Old versions stay: a sent message
 * names the one it was written with. With builtIn the service's own words come back, and change with the service again. */
#include "services/notification/domain/template.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/preview.h"

static struct template_texts texts_of(const Notification__PutTemplateRequest *request, enum message_kind kind, enum language language)
{
    const struct template_built_in *words;

    if (!request->built_in)
        return (struct template_texts){span_text(request->subject), span_text(request->text), span_text(request->html)};
    words = template_built_in(kind, language);
    return (struct template_texts){.subject = span_text(words->subject), .text = span_text(words->text)};
}

/* Either the service's words or one's own. */
static enum err check(struct job *job, const Notification__PutTemplateRequest *request, enum message_kind kind, enum language language)
{
    const struct template_texts texts = texts_of(request, kind, language);

    if (request->built_in && (request->subject[0] != '\0' || request->text[0] != '\0' || request->html[0] != '\0'))
        return job_fail(job, ERR_INVALID, "notification.template.built-in", "builtIn",
                        "Palvelun omiin sanoihin palataan ilman tekstejä: jätä subject, text ja html pois",
                        "Till tjänstens egna ord återgår man utan texter: utelämna subject, text och html",
                        "One goes back to the service's own words without texts: leave subject, text and html out");
    return preview_check(job, kind, &texts);
}

/* Said again it is the version that is there. */
static bool same(const struct template_row *now, const struct template_row *then)
{
    return now->built_in == then->built_in && span_equal(now->texts.subject, then->texts.subject) &&
           span_equal(now->texts.text, then->texts.text) && span_equal(now->texts.html, then->texts.html);
}

enum err put_template_needs(struct job *job, struct workset *w)
{
    const Notification__PutTemplateRequest *request = (const Notification__PutTemplateRequest *)job->message;
    enum message_kind kind;
    enum language language;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = preview_which(job, request->kind, request->language, &kind, &language);
    if (err == ERR_OK && job->request->if_match == 0)
        err = job_fail(job, ERR_PRECONDITION_REQUIRED, NULL, NULL, NULL, NULL, NULL);
    if (err == ERR_OK)
        err = check(job, request, kind, language);
    if (err != ERR_OK)
        return err;
    struct template_ask *ask = template_ask(w, job);
    ask->what = TEMPLATE_ASK_LOCK;
    ask->kind = kind;
    ask->language = language;
    return ERR_OK;
}

void put_template_decide(struct job *job, struct workset *w)
{
    const struct template_ask *ask = template_asked(w, job);
    const Notification__PutTemplateRequest *request = (const Notification__PutTemplateRequest *)job->message;
    const struct template_texts texts = texts_of(request, ask->kind, ask->language);
    struct facts samples;

    if (ask->count == 0 || job->request->if_match != (uint64_t)ask->rows[0].version) {
        (void)job_fail(job, ERR_PRECONDITION, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (asked_samples(job, ask->kind, ask->language, NULL, 0, &samples) != ERR_OK ||
        preview_letter(job, w, ask->kind, ask->language, &texts, &samples) == NULL)
        return;
    const struct template_row row = {.kind = ask->kind,
                                     .language = ask->language,
                                     .version = ask->rows[0].version + 1,
                                     .texts = texts,
                                     .built_in = request->built_in,
                                     .created_us = w->now_us,
                                     .created_by = job->actor};
    if (same(&ask->rows[0], &row)) {
        job_answer(job, &preview_row(job->arena, &ask->rows[0])->base, (uint64_t)ask->rows[0].version);
        return;
    }
    template_put(w, &row);
    job_answer(job, &preview_row(job->arena, &row)->base, (uint64_t)row.version);
}
