/* GetPromise: how many mails left within ten seconds, day by day, for anybody to see. Days without a mail are left out; the share of
 * nothing is whole. */
#include "notification.pb-c.h"
#include "services/notification/domain/course.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/promise.h"

#define DAYS_USUAL 30

enum err get_promise_needs(struct job *job, struct workset *w)
{
    const Notification__GetPromiseRequest *request = (const Notification__GetPromiseRequest *)job->message;
    const uint32_t days = request->days == 0 ? DAYS_USUAL : request->days;

    if (days > PROMISE_DAYS_MAX)
        return job_fail(job, ERR_INVALID, "notification.promise.days", "days", "Päiviä on enintään 366", "Högst 366 dagar",
                        "There are at most 366 days");
    promise_ask(w, job, (int32_t)helsinki_day(w->now_us) - (int32_t)days + 1);
    return ERR_OK;
}

static Notification__PromiseDay *day_message(struct arena *arena, const struct promise_day *day)
{
    Notification__PromiseDay *out = arena_alloc(arena, sizeof *out);

    notification__promise_day__init(out);
    out->day = arena_text(arena, day->day);
    out->sent = (uint64_t)day->sent;
    out->within_10s = (uint64_t)day->within;
    return out;
}

void get_promise_decide(struct job *job, struct workset *w)
{
    const struct promise_ask *ask = promise_asked(w, job);
    Notification__Promise *answer = arena_alloc(job->arena, sizeof *answer);

    notification__promise__init(answer);
    answer->days = arena_array(job->arena, ask->count + 1, sizeof *answer->days);
    for (size_t i = 0; i < ask->count; i++) {
        answer->days[answer->n_days++] = day_message(job->arena, &ask->days[i]);
        answer->sent += (uint64_t)ask->days[i].sent;
        answer->within_10s += (uint64_t)ask->days[i].within;
    }
    answer->share_permille = answer->sent == 0 ? 1000 : (uint32_t)(answer->within_10s * 1000 / answer->sent);
    job_answer(job, &answer->base, 0);
}
