/* SendMessage: an officer says something to up to 500 people, now or later, with attachments. All that its kind requires is checked here,
 * at request time. Letters about one's own place or a decision come from what has happened only: nobody sends them by hand. */
#include <string.h>

#include "common/base/time.h"
#include "services/notification/domain/attachment.h"
#include "services/notification/domain/plain_text.h"
#include "services/notification/handler/asked.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/notice.h"

#define AHEAD_MAX_US (366 * TIME_DAY)
#define PAST_MAX_US  (60 * TIME_SECOND)

/* What needs has made of the request, for decide. */
struct plan_made {
    enum message_kind kind;
    struct facts facts;
    struct uuid programme;
    struct attachment *attachments;
};

/* What else is said tells of what has happened, to people whom it concerns: by hand it would be untrue. */
static enum err check_kind(struct job *job, const char *name, enum message_kind *kind)
{
    const enum err wrong = asked_kind(job, name, kind);
    const char *known = "";

    if (wrong != ERR_OK || kind_of(*kind)->by_hand)
        return wrong;
    const enum err err =
        job_fail(job, ERR_INVALID, "notification.message.by-hand", "kind", "Tämän lajin viestit lähtevät vain tapahtumista",
                 "Meddelanden av den här typen sänds bara av händelser", "Messages of this kind are sent by what happens only");
    for (int i = KIND_CONFIRMATION; i <= KIND_LAST; i++)
        if (kind_of((enum message_kind)i)->by_hand)
            known = arena_printf(job->arena, "%s%s%s", known, *known != '\0' ? " " : "", kind_of((enum message_kind)i)->name);
    job_fact(job, "known", known);
    return err;
}

static const struct words_wrong {
    const char *rule, *fi, *sv, *en;
} WORDS_WRONG[] = {
    [PLAIN_BLANK] = {"notification.fact.blank", "Tiedossa on vain tyhjää", "Uppgiften är tom", "The fact is blank"},
    [PLAIN_CONTROL] = {"notification.fact.control", "Tiedossa on ohjausmerkkejä", "Uppgiften har styrtecken",
                       "The fact has control characters"},
    [PLAIN_BREAK] = {"notification.fact.one-line", "Tieto on yhdellä rivillä", "Uppgiften är på en rad", "The fact is on one line"},
    [PLAIN_LONG] = {"notification.fact.long", "Tiedossa on enintään 200 merkkiä", "Uppgiften har högst 200 tecken",
                    "The fact has at most 200 characters"},
};

/* All texts but the body are one line each. */
static enum err check_words(struct job *job, const struct facts *facts)
{
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        const enum fact_name fact = (enum fact_name)i;
        if (!facts->of[i].known || fact_type_of(fact) != FACT_TEXT)
            continue;
        const enum plain_judgement wrong = plain_judge(facts->of[i].text, fact != FACT_BODY);
        if (wrong == PLAIN_OK)
            continue;
        const struct words_wrong *words = &WORDS_WRONG[wrong];
        const enum err err = job_fail(job, ERR_INVALID, words->rule, arena_printf(job->arena, "facts[%s]", fact_text_name(fact)), words->fi,
                                      words->sv, words->en);
        job_fact(job, "fact", fact_text_name(fact));
        return err;
    }
    return ERR_OK;
}

static enum err check_people(struct job *job, const Notification__SendMessageRequest *request, struct uuid *people)
{
    if (request->n_recipient_id == 0 || request->n_recipient_id > NOTICE_PEOPLE_MAX)
        return job_fail(job, ERR_INVALID, "notification.message.recipients", "recipientId", "Vastaanottajia on 1–500", "1–500 mottagare",
                        "There are 1 to 500 recipients");
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < request->n_recipient_id; i++)
        err = convert_asked_id(job, &people[i], request->recipient_id[i], "recipientId");
    return err;
}

/* A minute ago is now: clocks differ, and so do the moments of writing a request and of reading it. */
static enum err check_time(struct job *job, const struct workset *w, int64_t not_before_us)
{
    if (not_before_us == 0 || (not_before_us >= w->now_us - PAST_MAX_US && not_before_us <= w->now_us + AHEAD_MAX_US))
        return ERR_OK;
    if (not_before_us < w->now_us)
        return job_fail(job, ERR_INVALID, "notification.message.not-before-past", "notBeforeAt", "Lähetysaika on jo mennyt",
                        "Sändningstiden har redan gått", "The time of sending is over already");
    return job_fail(job, ERR_INVALID, "notification.message.not-before", "notBeforeAt", "Lähetysaika on enintään vuoden päässä",
                    "Sändningstiden är högst ett år fram", "The time of sending is a year ahead at most");
}

static const struct attachment_words {
    const char *rule, *fi, *sv, *en;
} ATTACHMENT_WORDS[] = {
    [ATTACHMENT_MANY] = {"notification.attachment.many", "Liitteitä on enintään 5", "Högst 5 bilagor", "There are at most 5 attachments"},
    [ATTACHMENT_LARGE] = {"notification.attachment.large", "Liitteitä on yhteensä enintään 200 KiB",
                          "Bilagorna får vara högst 200 KiB tillsammans", "The attachments have at most 200 KiB together"},
    [ATTACHMENT_NAME] =
        {"notification.attachment.name",
         "Liitteen nimessä on kirjaimia, numeroita, välilyöntejä ja merkkejä . - _ ( ) + , &, enintään 100 tavua; lopussa on .pdf tai "
         ".ics lajin mukaan",
         "Bilagans namn har bokstäver, siffror, mellanslag och tecknen . - _ ( ) + , &, högst 100 byte; i slutet .pdf eller .ics enligt "
         "typen",
         "The name of an attachment has letters, digits, spaces and . - _ ( ) + , &, 100 bytes at most; it ends in .pdf or .ics as its "
         "type is"},
    [ATTACHMENT_TWICE] = {"notification.attachment.twice", "Kahdella liitteellä on sama nimi", "Två bilagor har samma namn",
                          "Two attachments have the same name"},
    [ATTACHMENT_TYPE] = {"notification.attachment.type", "Liite on application/pdf tai text/calendar",
                         "En bilaga är application/pdf eller text/calendar", "An attachment is application/pdf or text/calendar"},
    [ATTACHMENT_CONTENT] = {"notification.attachment.content", "Liitteen sisältö ei ole sitä lajia, jota se sanoo olevansa",
                            "Bilagans innehåll är inte av den typ som den säger",
                            "The content of an attachment is not of the type it says"},
};

/* How many or how much there is, and may be; else which one is wrong, the first being 1. */
static void add_attachment_facts(struct job *job, enum attachment_judgement wrong, const struct attachment *all, size_t count, size_t which)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += all[i].content.len;
    if (wrong == ATTACHMENT_MANY) {
        job_fact(job, "count", arena_printf(job->arena, "%zu", count));
        job_fact(job, "limit", arena_printf(job->arena, "%d", (int)ATTACHMENTS_MAX));
    } else if (wrong == ATTACHMENT_LARGE) {
        job_fact(job, "bytes", arena_printf(job->arena, "%zu", size));
        job_fact(job, "limit", arena_printf(job->arena, "%d", (int)ATTACHMENTS_MAX_SIZE));
    } else {
        job_fact(job, "number", arena_printf(job->arena, "%zu", which + 1));
    }
}

static enum err check_attachments(struct job *job, const Notification__SendMessageRequest *request, struct attachment *out)
{
    size_t which;

    for (size_t i = 0; i < request->n_attachments; i++) {
        const Notification__Attachment *a = request->attachments[i];
        out[i] = (struct attachment){span_text(a->name), span_text(a->media_type), span_of(a->content.data, a->content.len)};
    }
    const enum attachment_judgement wrong = attachment_judge(out, request->n_attachments, &which);
    if (wrong == ATTACHMENT_OK)
        return ERR_OK;
    const struct attachment_words *words = &ATTACHMENT_WORDS[wrong];
    const enum err err = job_fail(job, ERR_INVALID, words->rule, "attachments", words->fi, words->sv, words->en);
    add_attachment_facts(job, wrong, out, request->n_attachments, which);
    return err;
}

/* The programme's id where one is given; of a kind that is about one it must be. */
static enum err check_programme(struct job *job, const Notification__SendMessageRequest *request, enum message_kind kind, struct uuid *out)
{
    if (request->programme_id.len > 0)
        return convert_asked_id(job, out, request->programme_id, "programmeId");
    if (!kind_of(kind)->training)
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "notification.fact.missing", "programmeId", "Viestistä puuttuu koulutus",
                    "Utbildningen saknas i meddelandet", "The message is about a training: name it");
}

/* From the request to what is to be said; pure, so decide makes it once more. */
static enum err read_request(struct job *job, const struct workset *w, struct plan_made *plan, struct uuid *people)
{
    const Notification__SendMessageRequest *request = (const Notification__SendMessageRequest *)job->message;
    enum err err = check_kind(job, request->kind, &plan->kind);

    if (err == ERR_OK)
        err = check_people(job, request, people);
    if (err == ERR_OK)
        err = check_programme(job, request, plan->kind, &plan->programme);
    if (err == ERR_OK)
        err = asked_facts(job, plan->kind, request->facts, request->n_facts, &plan->facts);
    if (err == ERR_OK)
        err = check_words(job, &plan->facts);
    if (err == ERR_OK)
        err = check_time(job, w, request->not_before_us);
    plan->attachments = arena_array(job->arena, request->n_attachments + 1, sizeof *plan->attachments);
    return err == ERR_OK ? check_attachments(job, request, plan->attachments) : err;
}

enum err send_message_needs(struct job *job, struct workset *w)
{
    const Notification__SendMessageRequest *request = (const Notification__SendMessageRequest *)job->message;
    struct uuid *people = arena_array(job->arena, request->n_recipient_id + 1, sizeof *people);
    struct plan_made plan = {.programme = {{0}}};
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = read_request(job, w, &plan, people);
    if (err == ERR_OK)
        notice_ask(w, job, people, request->n_recipient_id, plan.programme);
    return err;
}

static bool named_before(const struct uuid *people, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (uuid_compare(people[i], people[n]) == 0)
            return true;
    return false;
}

static void say_to_all(struct job *job, struct workset *w, struct message *message, const struct notice_ask *ask)
{
    Notification__SendMessageReply *answer = arena_alloc(job->arena, sizeof *answer);

    notification__send_message_reply__init(answer);
    answer->event_id = convert_id_bytes(job->arena, message->event_id);
    answer->unknown_id = arena_array(job->arena, ask->people_count + 1, sizeof *answer->unknown_id);
    answer->message_id = arena_array(job->arena, ask->people_count + 1, sizeof *answer->message_id);
    for (size_t i = 0; i < ask->people_count; i++) {
        if (named_before(ask->people, i))
            continue;
        if (!ask->known[i]) {
            answer->unknown_id[answer->n_unknown_id++] = convert_id_bytes(job->arena, ask->people[i]);
            continue;
        }
        message->recipient_id = ask->people[i];
        workset_say(w, message);
        answer->message_id[answer->n_message_id++] =
            convert_id_bytes(job->arena, message_id(message->event_id, message->recipient_id, message->kind));
        answer->accepted++;
    }
    job_answer(job, &answer->base, 0);
}

void send_message_decide(struct job *job, struct workset *w)
{
    const Notification__SendMessageRequest *request = (const Notification__SendMessageRequest *)job->message;
    const struct notice_ask *ask = notice_asked(w, job);
    struct uuid *people = arena_array(job->arena, request->n_recipient_id + 1, sizeof *people);
    struct plan_made plan = {.programme = {{0}}};

    if (read_request(job, w, &plan, people) != ERR_OK)
        return;
    if (!uuid_is_nil(plan.programme) && !ask->programme_known) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.programme", "programmeId", "Koulutusta ei tunneta",
                       "Utbildningen är inte känd", "The training is not known");
        return;
    }
    struct message message = {.event_id = asked_event(job),
                              .kind = plan.kind,
                              .programme_id = plan.programme,
                              .event_us = asked_us(job, w),
                              .not_before_us = request->not_before_us > w->now_us ? request->not_before_us : 0,
                              .facts = plan.facts,
                              .attachments = plan.attachments,
                              .attachment_count = request->n_attachments,
                              .actor = job->actor};
    say_to_all(job, w, &message, ask);
}
