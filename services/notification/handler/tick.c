/* The clock's own case: once a second all that time does here - reminders whose time has come, digests, and old words that go. When nothing
 * is due it writes nothing. With several replicas each of them looks, and what one has locked the others leave out. It runs alone: what an
 * event of the same moment moves is moved before, or told after. */
#include "common/base/time.h"
#include "services/notification/handler/digest.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/store/retention.h"

#define SWEEP_SECONDS 10 /* between two portions of old words */

enum err tick_needs(struct job *job, struct workset *w)
{
    remind_due_needs(job, w);
    digest_due_needs(job, w);
    return ERR_OK;
}

void tick_decide(struct job *job, struct workset *w)
{
    remind_due(job, w);
    digest_due_decide(job, w);
    if (w->retention != NULL && w->now_us / TIME_SECOND % SWEEP_SECONDS == 0)
        retention_sweep(w, w->retention);
}
