/* The clock's own cases (clock.c says when): one reminder whose time has come, the digests of one person, and old words that go. What is no
 * longer due when its turn comes is left alone. With several replicas each of them looks; what one has, the others leave out. A reminder is
 * told alone: what an event of the same moment moves is moved before, or told after. */
#include "common/base/time.h"
#include "services/notification/handler/digest.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/store/reminder.h"
#include "services/notification/store/retention.h"

#define SWEEP_SECONDS 10              /* between two portions of old words */
#define KEPT_US       (90 * TIME_DAY) /* so long after its moment a reminder can be looked up */

enum err tick_remind_needs(struct job *job, struct workset *w)
{
    struct uuid id;

    if (!convert_id(&id, ((const Notification__Due *)job->message)->id))
        return ERR_INVALID;
    remind_due_needs(job, w, id);
    return ERR_OK;
}

void tick_remind_decide(struct job *job, struct workset *w)
{
    remind_due(job, w);
}

enum err tick_digest_needs(struct job *job, struct workset *w)
{
    const Notification__Due *due = (const Notification__Due *)job->message;
    struct uuid id;

    if (!convert_id(&id, due->id))
        return ERR_INVALID;
    digest_due_needs(job, w, id, due->at_us);
    return ERR_OK;
}

void tick_digest_decide(struct job *job, struct workset *w)
{
    digest_due_decide(job, w);
}

enum err tick_sweep_needs(struct job *job, struct workset *w)
{
    (void)job;
    (void)w; /* what it takes is found and taken by one statement each */
    return ERR_OK;
}

void tick_sweep_decide(struct job *job, struct workset *w)
{
    (void)job;
    reminder_sweep(w, w->now_us - KEPT_US);
    if (w->retention != NULL && w->now_us / TIME_SECOND % SWEEP_SECONDS == 0)
        retention_sweep(w, w->retention);
}
