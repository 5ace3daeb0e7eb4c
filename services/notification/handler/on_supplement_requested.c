/* An official asks for more about an application, until a day: its owner is told at once, and reminded two days before. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

struct supplement {
    struct message said;
    struct uuid application, call;
    int64_t due_us;
};

static bool read_event(struct supplement *out, const struct job *job)
{
    const Funding__SupplementRequested *event = (const Funding__SupplementRequested *)job->message;

    if (!tell_grant(&out->said, job, plan_of(PLAN_SUPPLEMENT_REQUESTED).kind, event->owner_id, event->application_id,
                    event->register_number, event->title) ||
        !convert_id(&out->application, event->application_id) || !convert_id(&out->call, event->call_id))
        return false;
    if (!tell_grant_day(&out->due_us, event->due_on) || !tell_grant_words(&out->said, event->words))
        return false;
    convert_number(&out->said, FACT_DUE, out->due_us);
    return true;
}

enum err on_supplement_requested_needs(struct job *job, struct workset *w)
{
    struct supplement it;

    if (!read_event(&it, job))
        return tell_refuse(job, "application_id");
    remind_subject_needs(job, w, it.application);
    tell_grant_needs(job, w, ((const Funding__SupplementRequested *)job->message)->call_id);
    return ERR_OK;
}

void on_supplement_requested_decide(struct job *job, struct workset *w)
{
    const Funding__SupplementRequested *event = (const Funding__SupplementRequested *)job->message;
    struct supplement it;
    struct message reminder;

    if (!read_event(&it, job))
        return;
    tell_grant_say(job, w, &it.said);
    if (job->err == ERR_OK &&
        tell_grant(&reminder, job, KIND_SUPPLEMENT_DUE, event->owner_id, event->application_id, event->register_number, event->title))
        remind_supplement(job, w, &reminder, it.application, it.call, it.due_us);
}
