/* TestSend: the preview as a real mail, through the queue and the relay, to the one who asks. It goes out as it was shown, whatever the
 * template says by then; its subject says that it is a test, and it is in nobody's inbox. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preview.h"
#include "services/notification/store/notice.h"

static const Notification__PreviewTemplateRequest *asked_preview(const struct job *job)
{
    static const Notification__PreviewTemplateRequest nothing = NOTIFICATION__PREVIEW_TEMPLATE_REQUEST__INIT;
    const Notification__TestSendRequest *request = (const Notification__TestSendRequest *)job->message;

    return request->preview != NULL ? request->preview : &nothing;
}

/* Its texts stand within "preview", and so do the fields that a problem names. */
static void name_within(struct job *job)
{
    if (job->problem != NULL && job->problem->field[0] != '\0')
        job->problem->field = (char *)(uintptr_t)arena_printf(job->arena, "preview.%s", job->problem->field);
}

enum err test_send_needs(struct job *job, struct workset *w)
{
    const enum err err = preview_needs(job, w, asked_preview(job));
    const struct uuid nil = {{0}};

    if (err == ERR_OK)
        notice_ask(w, job, &job->actor, 1, nil);
    else
        name_within(job);
    return err;
}

static const char *prefix_of(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "[Testi]";
    case LANGUAGE_SV:
    case LANGUAGE_EN:
        break;
    }
    return "[Test]";
}

static struct message message_of(const struct job *job, const struct workset *w, enum message_kind kind, const struct facts *facts)
{
    struct message message = {.event_id = asked_event(job),
                              .recipient_id = job->actor,
                              .kind = kind,
                              .event_us = asked_us(job, w),
                              .actor = job->actor,
                              .test = true};

    for (int fact = 0; fact < FACT_COUNT_OF; fact++)
        if (kind_told(kind, (enum fact_name)fact))
            message.facts.of[fact] = facts->of[fact];
    message.id = message_id(message.event_id, message.recipient_id, kind);
    return message;
}

static void answer(struct job *job, const struct workset *w, const struct message *message, enum language language,
                   const struct template_texts *texts)
{
    const struct message_row row = {.said = *message,
                                    .state = MESSAGE_QUEUED,
                                    .queued_us = w->now_us,
                                    .next_us = w->now_us,
                                    .topic = kind_of(message->kind)->topic,
                                    .language = span_text(language_code(language)),
                                    .subject = texts->subject,
                                    .body = texts->text,
                                    .test = true};

    job_answer(job, &convert_row(job->arena, &row)->base, 0);
}

void test_send_decide(struct job *job, struct workset *w)
{
    const Notification__PreviewTemplateRequest *request = asked_preview(job);
    const struct template_ask *ask = template_asked(w, job);
    struct letter *letter = preview_decide(job, w, request);
    struct facts facts;

    if (letter == NULL || asked_samples(job, ask->kind, ask->language, request->facts, request->n_facts, &facts) != ERR_OK) {
        name_within(job);
        return;
    }
    if (!notice_asked(w, job)->known[0]) {
        (void)job_fail(job, ERR_REFUSED, "notification.test.no-address", NULL,
                       "Omaa osoitettasi ei tunneta: tallenna ensin omat tietosi (PUT /api/me)",
                       "Din egen adress är inte känd: spara först dina uppgifter (PUT /api/me)",
                       "Your own address is not known: store your particulars first (PUT /api/me)");
        return;
    }
    const struct message message = message_of(job, w, ask->kind, &facts);
    const struct template_texts texts = {.subject = span_text(arena_printf(job->arena, "%s %s", prefix_of(ask->language), letter->subject)),
                                         .text = span_text(letter->text),
                                         .html = span_text(letter->html)};
    workset_say(w, &message);
    notice_words(w, message.id, ask->language, &texts);
    answer(job, w, &message, ask->language, &texts);
}
