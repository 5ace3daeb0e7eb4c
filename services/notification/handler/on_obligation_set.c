/* A recipient of a grant has to do something by a day: to answer, to report, to pay back. They are reminded of it (domain/duty.h); the same
 * obligation with another day moves its reminders. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

struct set {
    struct message said;
    struct uuid id, call;
    enum duty duty;
    int64_t due_us;
};

static bool read_event(struct set *out, const struct job *job)
{
    const Funding__ObligationSet *event = (const Funding__ObligationSet *)job->message;

    if (event->kind < (int)DUTY_ANSWER || event->kind > (int)DUTY_LAST)
        return false;
    out->duty = (enum duty)event->kind; /* the contract's numbers */
    if (!tell_grant(&out->said, job, duty_reminder(out->duty), event->owner_id, event->application_id, event->register_number,
                    event->title) ||
        !convert_id(&out->id, event->obligation_id) || !convert_id(&out->call, event->call_id) ||
        !tell_grant_day(&out->due_us, event->due_on))
        return false;
    convert_text(&out->said, FACT_REPORT, span_text(duty_report(out->duty)));
    return out->due_us > 0;
}

enum err on_obligation_set_needs(struct job *job, struct workset *w)
{
    struct set set;

    if (!read_event(&set, job))
        return tell_refuse(job, "obligation_id");
    remind_subject_needs(job, w, set.id);
    return ERR_OK;
}

void on_obligation_set_decide(struct job *job, struct workset *w)
{
    struct set set;

    if (read_event(&set, job))
        remind_duty(job, w, &set.said, set.id, set.call, set.duty, set.due_us);
}
