/* The day of an obligation has passed and it is not met: a report or a repayment is late. Its recipient is told at once, and once. */
#include "services/notification/domain/duty.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

/* *told false: nobody is told of this one. */
static bool read_event(struct message *out, bool *told, const struct job *job)
{
    const Funding__ObligationLate *event = (const Funding__ObligationLate *)job->message;
    enum message_kind kind = plan_of(PLAN_OBLIGATION_LATE).kind;
    int64_t due_us;

    if (event->kind < (int)DUTY_ANSWER || event->kind > (int)DUTY_LAST)
        return false;
    *told = duty_late((enum duty)event->kind, &kind);
    if (!tell_grant(out, job, kind, event->owner_id, event->application_id, event->register_number, event->title) ||
        !tell_grant_day(&due_us, event->due_on))
        return false;
    convert_text(out, FACT_REPORT, span_text(duty_report((enum duty)event->kind)));
    convert_number(out, FACT_DUE, due_us);
    return true;
}

enum err on_obligation_late_needs(struct job *job, struct workset *w)
{
    struct message message;
    bool told;

    tell_grant_needs(job, w, ((const Funding__ObligationLate *)job->message)->call_id);
    return read_event(&message, &told, job) ? ERR_OK : tell_refuse(job, "obligation_id");
}

void on_obligation_late_decide(struct job *job, struct workset *w)
{
    struct message message;
    bool told;

    if (read_event(&message, &told, job) && told)
        tell_grant_say(job, w, &message);
}
