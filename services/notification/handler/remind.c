/* Reminders: see remind.h. An event's own moment counts as the time at which its fact became known. So what fell due while nobody listened
 * is told late, as long as its moment lies ahead; and a replay of old events makes nothing new. */
#include "services/notification/handler/remind.h"

#include "common/base/time.h"
#include "services/notification/domain/why.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell.h"
#include "services/notification/store/reminder.h"

static const char MOVED[] = WHY_MOVED;
static const char SOON[] = WHY_SOON;
static const char GONE[] = WHY_GONE;
static const char PASSED[] = WHY_PASSED;
static const char OVER[] = WHY_OVER;
static const char SEAT_GONE[] = WHY_SEAT_GONE;

/* --- from facts to reminders -------------------------------------------------------------------------------------------- */
static int64_t known_us(const struct job *job, const struct workset *w)
{
    return job->event->occurred_us > 0 && job->event->occurred_us < w->now_us ? job->event->occurred_us : w->now_us;
}

/* Its fact is gone. What it has said and has not left goes too. */
static void end(struct workset *w, struct reminder_row *row, const char *why)
{
    if (row->times > 0)
        reminder_call_off(w, row->it.id, why);
    if (row->state != REMINDER_PENDING)
        return;
    row->state = REMINDER_CALLED_OFF;
    row->why = span_text(why);
    reminder_put(w, row);
}

static void move(struct workset *w, struct reminder_row *row, const struct reminder *it)
{
    const struct reminder_fact was = {.state = row->state, .moment_us = row->it.moment_us, .times = row->times};
    const enum reminder_state state = reminder_moved(&was, it->moment_us, it->due_us);

    if (state == row->state && was.moment_us == it->moment_us)
        return;
    if (row->times > 0 && was.moment_us != it->moment_us)
        reminder_call_off(w, row->it.id, MOVED);
    row->state = state;
    row->why = span_text(state == REMINDER_CALLED_OFF ? SOON : "");
    row->told_until = (struct uuid){{0}}; /* who has heard of the old moment hears of the new one */
    row->it.moment_us = it->moment_us;
    row->it.implementation = it->implementation;
    row->it.facts = it->facts;
    if (it->due_us > 0)
        row->it.due_us = it->due_us;
    reminder_put(w, row);
}

/* it: with its moment, and what is due when. */
static void heard(struct job *job, struct workset *w, const struct reminder *it)
{
    struct reminder_row *row = reminder_find(w, job, it->id);

    if (row != NULL) {
        move(w, row, it);
    } else if (it->due_us > 0 || (it->kind == KIND_DRAFT_CLOSES && it->moment_us > w->now_us)) {
        row = reminder_add(w, job, it);
        if (it->due_us == 0) { /* too late for this one; but its call may be given more time (remind_call_moved) */
            row->state = REMINDER_CALLED_OFF;
            row->why = span_text(SOON);
            row->it.due_us = it->moment_us;
        }
        reminder_put(w, row);
    }
    if (row != NULL)
        row->heard = job;
}

/* it: with its moment; what is due when follows. */
static void hear(struct job *job, struct workset *w, struct reminder *it)
{
    it->id = reminder_id(it->kind, it->subject);
    it->due_us = it->moment_us > w->now_us ? reminder_due(it->kind, it->moment_us, known_us(job, w), known_us(job, w)) : 0;
    heard(job, w, it);
}

void remind_hear(struct job *job, struct workset *w, struct reminder *it)
{
    hear(job, w, it);
}

void remind_hear_early(struct job *job, struct workset *w, struct reminder *it)
{
    it->id = reminder_id_early(it->kind, it->subject);
    it->due_us = it->moment_us > w->now_us ? reminder_due_early(it->moment_us, known_us(job, w)) : 0;
    heard(job, w, it);
}

void remind_end(struct workset *w, struct reminder_row *row, const char *why)
{
    end(w, row, why);
}

void remind_programme_needs(struct job *job, struct workset *w, struct uuid training)
{
    reminder_want_training(w, job, training);
}

static void hear_webinars(struct job *job, struct workset *w, struct uuid training, const struct unit *unit)
{
    for (size_t i = 0; i < unit->webinar_count; i++) {
        const struct webinar *webinar = &unit->webinars[i];
        if (!webinar->cancelled && !uuid_is_nil(webinar->id))
            hear(job, w,
                 &(struct reminder){
                     .kind = KIND_WEBINAR_SOON, .training = training, .subject = webinar->id, .moment_us = webinar->starts_us});
    }
}

void remind_programme(struct job *job, struct workset *w, const struct training *training)
{
    struct reminder_row *row;
    size_t cursor = 0;

    for (size_t i = 0; i < training->window_count; i++) {
        const struct window *window = &training->windows[i];
        struct reminder it = {.kind = KIND_OPENS_SOON, .training = training->id, .subject = window->id, .moment_us = window->opens_us};
        hear(job, w, &it);
        it.kind = KIND_CLOSES_SOON;
        it.moment_us = window->closes_us;
        hear(job, w, &it);
    }
    for (size_t i = 0; i < training->unit_count; i++)
        hear_webinars(job, w, training->id, &training->units[i]);
    while ((row = reminder_next(w, job, &cursor)) != NULL)
        if (row->heard != job)
            end(w, row, GONE);
}

static bool read_offer(struct reminder *out, const Enrolment__Registration *registration)
{
    *out = (struct reminder){.kind = KIND_OFFER_ENDS, .moment_us = registration->reply_due_us};
    return convert_id(&out->subject, registration->id) && convert_id(&out->training, registration->programme_id) &&
           convert_id(&out->person, registration->person_id) && convert_id(&out->implementation, registration->implementation_id);
}

void remind_offer_needs(struct job *job, struct workset *w, const Enrolment__Registration *registration)
{
    struct reminder it;

    if (read_offer(&it, registration))
        reminder_want_one(w, job, reminder_id(it.kind, it.subject));
}

void remind_offer(struct job *job, struct workset *w, const Enrolment__Registration *registration)
{
    struct reminder it;

    if (read_offer(&it, registration) && it.moment_us > 0)
        hear(job, w, &it);
}

void remind_offer_over(struct job *job, struct workset *w, const Enrolment__Registration *registration)
{
    struct reminder_row *row;
    struct reminder it;

    if (read_offer(&it, registration) && (row = reminder_find(w, job, reminder_id(it.kind, it.subject))) != NULL)
        end(w, row, OVER);
}

void remind_seat_gone(struct workset *w, const Enrolment__Registration *registration)
{
    struct uuid person, id;

    if (convert_id(&person, registration->person_id) && convert_id(&id, registration->id))
        reminder_call_off_seat(w, person, id, SEAT_GONE);
}

/* --- from reminders to messages ------------------------------------------------------------------------------------------ */
void remind_due_needs(struct job *job, struct workset *w, struct uuid reminder)
{
    reminder_want_due(w, job, reminder);
}

static struct message message_of(const struct workset *w, const struct reminder_due *due)
{
    const struct reminder_row *row = &due->row;
    struct message message = {.kind = row->it.kind,
                              .event_id = reminder_event(row->it.id, row->times),
                              .event_us = row->it.due_us,
                              .reminder_id = row->it.id,
                              .programme_id = row->it.training};

    if (row->it.kind == KIND_OPENS_SOON || row->it.kind == KIND_CLOSES_SOON) {
        convert_number(&message, FACT_OPENS, due->opens_us);
        convert_number(&message, FACT_CLOSES, due->closes_us);
    } else if (row->it.kind == KIND_WEBINAR_SOON) {
        convert_number(&message, FACT_STARTS, row->it.moment_us);
        message.webinar_id = row->it.subject;
        message.unit_id = due->unit;
    } else if (row->it.kind > KIND_DIGEST) {
        remind_grant_facts(w->arena, &row->it, &message);
        message.application_id = row->it.application;
        convert_text(&message, FACT_CONTACT, due->contact);
    } else {
        convert_number(&message, FACT_REPLY_DUE, row->it.moment_us);
    }
    return message;
}

/* The first portion begins a telling; the last one ends it. A crash between them leaves what was committed, and goes on from there. */
static void tell_portion(struct job *job, struct workset *w, struct reminder_due *due)
{
    struct reminder_row *row = &due->row;

    if (uuid_is_nil(row->told_until)) {
        row->times++;
        row->told = 0;
    }
    struct message message = message_of(w, due);
    for (size_t i = 0; i < due->count; i++) {
        const struct reminder_person *one = &due->people[i];
        message.recipient_id = one->person;
        message.registration_id = one->registration;
        message.implementation_id = one->implementation;
        message.registration_version = one->version;
        if (uuid_is_nil(row->it.person))
            message.not_before_us = reminder_leaves(row->it.due_us, w->now_us, row->told + (int)i);
        tell_say(job, w, &message);
    }
    row->told += (int)due->count;
    row->told_until = due->whole ? (struct uuid){{0}} : due->people[due->count - 1].key;
    row->state = due->whole ? REMINDER_TOLD : REMINDER_PENDING;
    reminder_put(w, row);
}

void remind_due(struct job *job, struct workset *w)
{
    struct reminder_due *due = reminder_due_one(w, job);

    if (due == NULL)
        return;
    if (due->row.it.moment_us <= w->now_us)
        end(w, &due->row, PASSED);
    else
        tell_portion(job, w, due);
}
