/* See clock.h. A job a reminder and a person, so that one which fails stops nobody else's; what fails is found again when the looks have
 * come round. A full queue only delays what is due: the next look finds it still due. */
#include "services/notification/clock.h"

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "notification.pb-c.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/agenda.h"

#define TICK_MS   1000
#define WIDE_MAX  2                 /* reminders of many people that one look tells: 2000 each, so that the writer does other things too */
#define COMMIT_US (2 * TIME_SECOND) /* a sender that gathered a message right before eight may commit so late: its digest waits for it */

struct clock {
    struct service *service;
    uv_timer_t timer;
    struct work_case look;
    struct agenda_entry reminded, gathered; /* where the last look ended; the writer's own */
};

static enum err submit(const struct clock *clock, const struct work_case *kase, struct agenda_entry *entry)
{
    Notification__Due due = NOTIFICATION__DUE__INIT;

    due.id = (ProtobufCBinaryData){.len = sizeof entry->id.b, .data = entry->id.b};
    due.at_us = entry->due_us;
    return service_do(clock->service, kase, &due.base);
}

/* Behind the last one of a look that was full, or had more than one look tells, goes on; else the next one begins anew. */
static void submit_all(const struct clock *clock, const struct work_case *kase, struct agenda *agenda, struct agenda_entry *after)
{
    size_t wide = 0, i = 0;

    for (; i < agenda->count && wide < WIDE_MAX; i++) {
        if (submit(clock, kase, &agenda->entries[i]) != ERR_OK) {
            log_warn(clock->service->log, NULL, "notification.tick-delayed");
            break;
        }
        *after = agenda->entries[i];
        wide += agenda->entries[i].wide;
    }
    if (i == agenda->count && i < AGENDA_MAX)
        *after = (struct agenda_entry){.due_us = 0};
}

static enum err look_run(struct job *job, struct db *db, void *context)
{
    struct clock *clock = context;
    struct agenda *agenda = arena_alloc(job->arena, sizeof *agenda);
    const int64_t now_us = time_now_us();
    enum err err = agenda_reminders(db, job->arena, now_us, &clock->reminded, agenda);

    if (err != ERR_OK)
        return err;
    submit_all(clock, notification_remind(), agenda, &clock->reminded);
    err = agenda_digests(db, job->arena, now_us - COMMIT_US, &clock->gathered, agenda);
    if (err == ERR_OK)
        submit_all(clock, notification_digest(), agenda, &clock->gathered);
    return err;
}

static void on_tick(uv_timer_t *timer)
{
    struct clock *clock = timer->data;
    Notification__GetSummaryRequest nothing = NOTIFICATION__GET_SUMMARY_REQUEST__INIT;

    if (service_do(clock->service, &clock->look, &nothing.base) != ERR_OK ||
        service_do(clock->service, notification_sweep(), &nothing.base) != ERR_OK)
        log_warn(clock->service->log, NULL, "notification.tick-delayed");
}

enum err clock_start(struct clock **out, struct service *service)
{
    struct clock *clock = mem_new(sizeof *clock);

    clock->service = service;
    clock->look = (struct work_case){.name = "notification.Look", .kind = WORK_WRITE, .run = look_run, .context = clock, .no_key = true};
    clock->timer.data = clock;
    *out = clock;
    if (uv_timer_init(&service->loop, &clock->timer) != 0)
        return ERR_INTERNAL;
    return uv_timer_start(&clock->timer, on_tick, TICK_MS, TICK_MS) == 0 ? ERR_OK : ERR_INTERNAL;
}

void clock_stop(struct clock *clock)
{
    if (clock != NULL)
        (void)uv_timer_stop(&clock->timer);
}
