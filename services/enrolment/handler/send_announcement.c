/* SendAnnouncement: a coordinator's message to the participants of a programme or of one of its implementations. It is kept as it was
 * said; whom it goes to is told in the event, in parts of a size an event can carry, and the notification service writes the mails. */
#include "services/enrolment/handler/announcement_message.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/tell.h"

#define BODY_MAX      10000 /* characters */
#define RECIPIENTS_OF 6000  /* of one event: 96 KB beside at most 120 KB of text */

static enum err check_words(struct job *job, const char *field, const Bus__Text *text, size_t most)
{
    if (text == NULL)
        return fail_missing(job, arena_printf(job->arena, "%s.fi", field));
    enum err err = check_lines(job, arena_printf(job->arena, "%s.fi", field), text->fi, 1, most);
    if (err == ERR_OK)
        err = check_lines(job, arena_printf(job->arena, "%s.sv", field), text->sv, 0, most);
    if (err == ERR_OK)
        err = check_lines(job, arena_printf(job->arena, "%s.en", field), text->en, 0, most);
    return err;
}

/* A subject is one line; a body may have many. */
static enum err check_subject(struct job *job, const Bus__Text *subject)
{
    if (subject == NULL)
        return fail_missing(job, "subject.fi");
    enum err err = check_text(job, "subject.fi", subject->fi, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, "subject.sv", subject->sv, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, "subject.en", subject->en, 0, CHECK_NAME_MAX);
    return err;
}

static enum err check_states(struct job *job, const Enrolment__SendAnnouncementRequest *request)
{
    enum err err = check_range(job, "states", (int64_t)request->n_states, 0, REGISTRATION_TRANSFERRED);

    for (size_t i = 0; err == ERR_OK && i < request->n_states; i++)
        err =
            check_range(job, arena_printf(job->arena, "states[%zu]", i), request->states[i], REGISTRATION_SEATED, REGISTRATION_TRANSFERRED);
    return err;
}

static void want_recipients(struct job *job, struct workset *w, const Enrolment__SendAnnouncementRequest *request, struct uuid programme,
                            struct uuid implementation)
{
    enum registration_state states[REGISTRATION_TRANSFERRED] = {REGISTRATION_SEATED};
    const size_t count = request->n_states > 0 ? request->n_states : 1;

    for (size_t i = 0; i < request->n_states; i++)
        states[i] = (enum registration_state)request->states[i];
    announcement_want_recipients(w, job, programme, implementation, states, count);
}

enum err send_announcement_needs(struct job *job, struct workset *w)
{
    const Enrolment__SendAnnouncementRequest *request = (const Enrolment__SendAnnouncementRequest *)job->message;
    const struct uuid nobody = {{0}};
    struct uuid programme, implementation;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &programme);
    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, nobody, &implementation);
    if (err == ERR_OK)
        err = check_states(job, request);
    if (err == ERR_OK)
        err = check_subject(job, request->subject);
    if (err == ERR_OK)
        err = check_words(job, "body", request->body, BODY_MAX);
    if (err != ERR_OK)
        return err;
    workset_lock_programme(w, programme);
    want_recipients(job, w, request, programme, implementation);
    return ERR_OK;
}

static struct text text_of(const Bus__Text *text)
{
    return (struct text){.fi = text->fi, .sv = text->sv, .en = text->en};
}

static void tell_announced(struct workset *w, const struct job *job, const struct announcement *a, const struct uuid *people)
{
    const uint32_t parts = a->recipients == 0 ? 1 : (a->recipients + RECIPIENTS_OF - 1) / RECIPIENTS_OF;

    for (uint32_t part = 0; part < parts; part++) {
        Enrolment__Announced event = ENROLMENT__ANNOUNCED__INIT;
        const size_t from = (size_t)part * RECIPIENTS_OF;
        const size_t count = a->recipients - from < RECIPIENTS_OF ? a->recipients - from : RECIPIENTS_OF;
        event.announcement = announcement_message(w, a);
        event.recipients = bytes_of(count > 0 ? people[from].b : NULL, count * sizeof *people);
        event.part = part + 1;
        event.parts = parts;
        event_add(w->events, job, a->programme, a->id, "enrolment.Announced.v1", &event.base, w->now_us);
    }
}

static bool implementation_is_of(const struct workset *w, const struct programme *programme, struct uuid id)
{
    const struct implementation *i = workset_implementation(w, id);
    return uuid_is_nil(id) || (i != NULL && i->programme == programme);
}

void send_announcement_decide(struct job *job, struct workset *w)
{
    const Enrolment__SendAnnouncementRequest *request = (const Enrolment__SendAnnouncementRequest *)job->message;
    struct announcement *a = arena_alloc(w->arena, sizeof *a);
    const struct uuid nobody = {{0}};
    size_t count;
    const struct uuid *people = announcement_recipients(w, job, &count);

    *a = (struct announcement){.id = uuid_v7(w->now_us),
                               .subject = text_of(request->subject),
                               .body = text_of(request->body),
                               .recipients = (uint32_t)count,
                               .at_us = w->now_us,
                               .actor = job->actor};
    if (check_id(job, "programmeId", &request->programme_id, &a->programme) != ERR_OK ||
        check_id_or(job, "implementationId", &request->implementation_id, nobody, &a->implementation) != ERR_OK)
        return;
    const struct programme *programme = workset_programme(w, a->programme);
    if (programme == NULL || !implementation_is_of(w, programme, a->implementation)) {
        (void)fail_absent(job, programme == NULL ? "programmeId" : "implementationId");
        return;
    }
    if (count > ANNOUNCEMENT_RECIPIENTS_MAX) {
        (void)job_fail(job, ERR_INVALID, "enrolment.announcement.too-many", "implementationId",
                       "Saajia on liikaa yhteen viestiin. Lähetä se toteutus kerrallaan",
                       "Det är för många mottagare för ett meddelande. Skicka det ett genomförande i taget",
                       "There are too many recipients for one message. Send it one implementation at a time");
        return;
    }
    announcement_add(w, a);
    tell_announced(w, job, a, people);
    job_answer(job, &announcement_message(w, a)->base, 0);
}
