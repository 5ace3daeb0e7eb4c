/* Reminders of grants: see remind_grant.h. When each is due is the domain's (reminder.h), what a moved or repeated fact does remind.c's. */
#include "services/notification/handler/remind_grant.h"

#include "services/notification/domain/why.h"
#include "services/notification/handler/remind.h"
#include "services/notification/store/facts.h"
#include "services/notification/store/reminder.h"

static const char DONE[] = WHY_DONE;
static const char GONE[] = WHY_GONE;
static const char SOON[] = WHY_SOON;

/* There was no time left to remind of it; there may be again. */
static bool was_too_late(const struct reminder_row *row)
{
    return row->state == REMINDER_CALLED_OFF && span_equal(row->why, span_text(SOON));
}

static struct reminder reminder_of(const struct workset *w, const struct message *said, struct uuid subject, struct uuid call,
                                   int64_t moment_us)
{
    return (struct reminder){.kind = said->kind,
                             .subject = subject,
                             .person = said->recipient_id,
                             .call = call,
                             .application = said->application_id,
                             .facts = facts_encode(w->arena, &said->facts),
                             .moment_us = moment_us};
}

void remind_draft(struct job *job, struct workset *w, const struct message *said, struct uuid application, struct uuid call,
                  int64_t closes_us)
{
    struct reminder it = reminder_of(w, said, application, call, closes_us);

    remind_hear(job, w, &it);
}

void remind_supplement(struct job *job, struct workset *w, const struct message *said, struct uuid application, struct uuid call,
                       int64_t due_us)
{
    struct reminder it = reminder_of(w, said, application, call, due_us);

    remind_hear(job, w, &it);
}

void remind_duty(struct job *job, struct workset *w, const struct message *said, struct uuid obligation, struct uuid call, enum duty duty,
                 int64_t due_us)
{
    struct reminder it = reminder_of(w, said, obligation, call, due_us);

    remind_hear(job, w, &it);
    if (duty_early(duty))
        remind_hear_early(job, w, &it);
}

/* One that was told is over too, or a moved call would remind of a draft that has been submitted. */
static void over(struct workset *w, struct reminder_row *row)
{
    if (row->times > 0)
        reminder_call_off(w, row->it.id, DONE);
    if (row->state == REMINDER_CALLED_OFF && !was_too_late(row))
        return;
    row->state = REMINDER_CALLED_OFF;
    row->why = span_text(DONE);
    reminder_put(w, row);
}

void remind_subject_needs(struct job *job, struct workset *w, struct uuid subject)
{
    reminder_want_subject(w, job, subject);
}

void remind_subject_over(struct job *job, struct workset *w)
{
    struct reminder_row *row;
    size_t cursor = 0;

    while ((row = reminder_next(w, job, &cursor)) != NULL)
        over(w, row);
}

void remind_call_needs(struct job *job, struct workset *w, struct uuid call)
{
    reminder_want_call(w, job, call);
}

/* One that was called off because its draft is no more stays so. */
void remind_call_moved(struct job *job, struct workset *w, int64_t closes_us)
{
    struct reminder_row *row;
    size_t cursor = 0;

    while ((row = reminder_next(w, job, &cursor)) != NULL) {
        struct reminder it = row->it;
        it.moment_us = closes_us;
        if (closes_us == 0)
            remind_end(w, row, GONE);
        else if (row->state != REMINDER_CALLED_OFF || was_too_late(row))
            remind_hear(job, w, &it);
    }
}

void remind_grant_facts(struct arena *arena, const struct reminder *it, struct message *out)
{
    (void)facts_decode(arena, it->facts, &out->facts); /* what is missing is named when it is said (tell_say) */
    convert_number(out, it->kind == KIND_DRAFT_CLOSES ? FACT_CLOSES : FACT_DUE, it->moment_us);
}
