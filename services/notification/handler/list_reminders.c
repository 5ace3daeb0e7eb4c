/* ListReminders: for operators, what is going to be told, what was, and what was called off; the newest first, a page at a time. */
#include <inttypes.h>

#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/reminder.h"

enum err list_reminders_needs(struct job *job, struct workset *w)
{
    const Notification__ListRemindersRequest *request = (const Notification__ListRemindersRequest *)job->message;
    struct page page;
    enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (request->state > NOTIFICATION__REMINDER_STATE__REMINDER_CALLED_OFF)
        return job_fail(job, ERR_INVALID, "request.state", "state", "Tilaa ei ole", "Läget finns inte", "There is no such state");
    err = page_read(job, request->page_token, request->page_size, &page);
    if (err == ERR_OK)
        reminder_want_list(w, job, (enum reminder_state)request->state, page.before, page.limit);
    return err;
}

static ProtobufCBinaryData id_bytes(struct arena *arena, struct uuid id)
{
    struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){.len = copy.len, .data = (uint8_t *)(uintptr_t)copy.data};
}

static Notification__Reminder *reminder_message(struct arena *arena, const struct reminder_row *row)
{
    Notification__Reminder *out = arena_alloc(arena, sizeof *out);

    notification__reminder__init(out);
    out->id = id_bytes(arena, row->it.id);
    out->kind = (char *)(uintptr_t)kind_of(row->it.kind)->name;
    out->state = (Notification__ReminderState)row->state;                 /* the domain's numbers are the contract's */
    out->due_us = row->state == REMINDER_CALLED_OFF ? 0 : row->it.due_us; /* it is not due any more */
    out->why = arena_text(arena, row->why);
    out->moment_us = row->it.moment_us;
    if (!uuid_is_nil(row->it.training))
        out->programme_id = id_bytes(arena, row->it.training);
    if (!uuid_is_nil(row->it.call)) {
        out->call_id = id_bytes(arena, row->it.call);
        out->subject_id = id_bytes(arena, row->it.subject);
    }
    if (row->it.kind == KIND_OFFER_ENDS)
        out->registration_id = id_bytes(arena, row->it.subject);
    out->told = (uint32_t)row->told;
    return out;
}

void list_reminders_decide(struct job *job, struct workset *w)
{
    const Notification__ListRemindersRequest *request = (const Notification__ListRemindersRequest *)job->message;
    Notification__ReminderList *list = arena_alloc(job->arena, sizeof *list);
    const size_t limit = (size_t)page_limit(request->page_size);
    size_t count;
    const struct reminder_row *rows = reminder_listed(w, job, &count);

    notification__reminder_list__init(list);
    list->n_reminders = count > limit ? limit : count;
    list->reminders = arena_array(job->arena, list->n_reminders + 1, sizeof *list->reminders);
    for (size_t i = 0; i < list->n_reminders; i++)
        list->reminders[i] = reminder_message(job->arena, &rows[i]);
    if (count > limit)
        list->next_page_token = arena_printf(job->arena, "%" PRId64, rows[limit - 1].number);
    job_answer(job, &list->base, 0);
}
