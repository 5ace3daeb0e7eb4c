/* A decision of a grant was sent: the lead and every partner are told, each in their language and with their own amount, and each with the
 * document itself, which is kept once for all of them. Who stands for several partners gets one letter with the sum. */
#include <string.h>

#include "common/base/alloc.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

#define RECIPIENTS_MAX 1000

static bool recipients_read(const Funding__DecisionSent *event)
{
    struct uuid id;

    for (size_t i = 0; i < event->n_recipients; i++)
        if (!convert_id(&id, event->recipients[i]->person_id) || event->recipients[i]->cents < 0)
            return false;
    return event->n_recipients > 0 && event->n_recipients <= RECIPIENTS_MAX;
}

static const char *wrong_field(const struct job *job)
{
    const Funding__DecisionSent *event = (const Funding__DecisionSent *)job->message;
    struct attachment document;
    struct message message;
    int64_t day;

    if (!tell_event(job, &message))
        return "id";
    if (!recipients_read(event))
        return "recipients";
    if (!tell_grant_document(&document, event->document))
        return "document";
    return tell_grant_day(&day, event->answer_until) && tell_grant_day(&day, event->use_until) ? NULL : "answer_until";
}

enum err on_decision_sent_needs(struct job *job, struct workset *w)
{
    const char *wrong = wrong_field(job);

    tell_grant_needs(job, w, ((const Funding__DecisionSent *)job->message)->call_id);
    return wrong == NULL ? ERR_OK : tell_refuse(job, wrong);
}

/* What is everybody's; whose it is follows. */
static bool read_event(struct message *out, const struct job *job, const Funding__DecisionSent *event)
{
    int64_t use_until_us;

    if (!tell_grant(out, job, plan_of(PLAN_DECISION_SENT).kind, event->recipients[0]->person_id, event->application_id,
                    event->register_number, event->title) ||
        !tell_grant_day(&use_until_us, event->use_until))
        return false;
    tell_grant_text(out, FACT_CALL_FI, event->call_title);
    tell_grant_text(out, FACT_AUTHORITY_FI, event->authority);
    convert_flag(out, FACT_GRANTED, event->granted);
    convert_flag(out, FACT_CORRECTED, event->corrects_id.len > 0);
    if (!event->granted)
        return true;
    convert_number(out, FACT_AMOUNT, event->cents);
    convert_number(out, FACT_USE_UNTIL, use_until_us);
    return true;
}

static bool same_person(const Funding__Recipient *a, const Funding__Recipient *b)
{
    return a->person_id.len == b->person_id.len && memcmp(a->person_id.data, b->person_id.data, a->person_id.len) == 0;
}

/* All that this person stands for; false: they had their letter already. */
static bool gather(const Funding__DecisionSent *event, size_t i, bool *lead, int64_t *cents)
{
    *lead = false;
    *cents = 0;
    for (size_t j = 0; j < event->n_recipients; j++) {
        const Funding__Recipient *other = event->recipients[j];
        if (!same_person(other, event->recipients[i]))
            continue;
        if (j < i)
            return false;
        *lead = *lead || other->lead;
        if (other->cents <= INT64_MAX - *cents)
            *cents += other->cents;
    }
    return true;
}

/* The answer is the lead's to give; a share is named where it is not the whole. */
static void say_to(struct job *job, struct workset *w, const struct message *common, size_t i)
{
    const Funding__DecisionSent *event = (const Funding__DecisionSent *)job->message;
    struct message message = *common;
    int64_t cents, answer_us;
    bool lead;

    if (!gather(event, i, &lead, &cents) || !convert_id(&message.recipient_id, event->recipients[i]->person_id))
        return;
    convert_flag(&message, FACT_LEAD, lead);
    if (!lead) { /* a contact of its own; and who wrote the application chose the language */
        message.application_id = (struct uuid){{0}};
        convert_text(&message, FACT_DOCUMENT, span_text(event->language));
    }
    if (event->granted && cents != event->cents)
        convert_number(&message, FACT_SHARE, cents);
    if (event->granted && lead && tell_grant_day(&answer_us, event->answer_until))
        convert_number(&message, FACT_DUE, answer_us);
    tell_grant_say(job, w, &message);
}

void on_decision_sent_decide(struct job *job, struct workset *w)
{
    const Funding__DecisionSent *event = (const Funding__DecisionSent *)job->message;
    struct attachment *document = arena_alloc(w->arena, sizeof *document);
    struct message common;

    if (!tell_grant_document(document, event->document) || !read_event(&common, job, event)) {
        (void)tell_refuse(job, "title");
        return;
    }
    common.attachments = document;
    common.attachment_count = 1;
    for (size_t i = 0; i < event->n_recipients && job->err == ERR_OK; i++)
        say_to(job, w, &common, i);
}
