/* GetSummary: how many messages there are in each state, from the counters. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err get_summary_needs(struct job *job, struct workset *w)
{
    enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    workset_ask(w, job)->what = ASK_SUMMARY;
    return ERR_OK;
}

void get_summary_decide(struct job *job, struct workset *w)
{
    const struct summary *s = &workset_answer(w, job)->summary;
    Notification__Summary *answer = arena_alloc(job->arena, sizeof *answer);

    notification__summary__init(answer);
    answer->recipients = (uint64_t)s->recipients;
    answer->queued = (uint64_t)s->queued;
    answer->sending = (uint64_t)s->sending;
    answer->sent = (uint64_t)s->sent;
    answer->failed = (uint64_t)s->failed;
    answer->unsure = (uint64_t)s->unsure;
    answer->withheld = (uint64_t)s->withheld;
    answer->gathered = (uint64_t)s->gathered;
    answer->bounced = (uint64_t)s->bounced;
    answer->called_off = (uint64_t)s->called_off;
    job_answer(job, &answer->base, 0);
}
