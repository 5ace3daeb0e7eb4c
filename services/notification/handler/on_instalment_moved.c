/* An instalment moved. Its recipient is told when money has been paid, and when it came back; what happens in between is the payer's. */
#include "common/base/day.h"
#include "common/base/workday.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

/* NULL: nobody is told. */
static const char *outcome_of(Funding__InstalmentState state)
{
    if (state == FUNDING__INSTALMENT_STATE__INSTALMENT_PAID)
        return "paid";
    return state == FUNDING__INSTALMENT_STATE__INSTALMENT_CAME_BACK ? "returned" : NULL;
}

static bool read_event(struct message *out, const struct job *job)
{
    const Funding__InstalmentMoved *event = (const Funding__InstalmentMoved *)job->message;
    int64_t day;

    if (!tell_grant(out, job, plan_of(PLAN_INSTALMENT_MOVED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(outcome_of(event->state)));
    convert_number(out, FACT_AMOUNT, event->cents);
    convert_text(out, FACT_ACCOUNT, span_text(event->account_end));
    if (event->state != FUNDING__INSTALMENT_STATE__INSTALMENT_PAID)
        return true;
    convert_text(out, FACT_REFERENCE, span_text(event->reference));
    if (day_parse(&day, span_text(event->paid_on)))
        convert_number(out, FACT_PAID_ON, helsinki_midnight_us(day));
    return true;
}

enum err on_instalment_moved_needs(struct job *job, struct workset *w)
{
    const Funding__InstalmentMoved *event = (const Funding__InstalmentMoved *)job->message;
    struct message message;

    tell_grant_needs(job, w, ((const Funding__InstalmentMoved *)job->message)->call_id);
    return outcome_of(event->state) == NULL || read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_instalment_moved_decide(struct job *job, struct workset *w)
{
    const Funding__InstalmentMoved *event = (const Funding__InstalmentMoved *)job->message;
    struct message message;

    if (outcome_of(event->state) != NULL && read_event(&message, job))
        tell_grant_say(job, w, &message);
}
