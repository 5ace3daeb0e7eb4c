/* Grant money is to be paid back: its recipient is told when that is ordered, with the reasons and the day; and that it has been paid, or
 * need not be. A proposal is the officials' own. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

/* NULL: nobody is told. */
static const char *outcome_of(Funding__RecoveryState state)
{
    if (state == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED)
        return "ordered";
    if (state == FUNDING__RECOVERY_STATE__RECOVERY_PAID)
        return "paid";
    return state == FUNDING__RECOVERY_STATE__RECOVERY_WAIVED ? "waived" : NULL;
}

static const char *ground_of(Funding__RecoveryKind kind)
{
    if (kind == FUNDING__RECOVERY_KIND__RECOVERY_RETURN)
        return "return";
    if (kind == FUNDING__RECOVERY_KIND__RECOVERY_MANDATORY)
        return "mandatory";
    return kind == FUNDING__RECOVERY_KIND__RECOVERY_DISCRETIONARY ? "discretionary" : "";
}

static bool read_event(struct message *out, const struct job *job)
{
    const Funding__RecoveryMoved *event = (const Funding__RecoveryMoved *)job->message;
    int64_t due_us;

    if (!tell_grant(out, job, plan_of(PLAN_RECOVERY_MOVED).kind, event->owner_id, event->register_number, event->title) ||
        !tell_grant_words(out, event->reasons) || !tell_grant_day(&due_us, event->due_on))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(outcome_of(event->state)));
    convert_number(out, FACT_AMOUNT, event->cents);
    convert_text(out, FACT_RECOVERY, span_text(ground_of(event->kind)));
    if (event->state == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED)
        convert_number(out, FACT_DUE, due_us);
    return true;
}

enum err on_recovery_moved_needs(struct job *job, struct workset *w)
{
    const Funding__RecoveryMoved *event = (const Funding__RecoveryMoved *)job->message;
    struct message message;

    (void)w; /* the message is new: no row is looked at */
    return outcome_of(event->state) == NULL || read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_recovery_moved_decide(struct job *job, struct workset *w)
{
    const Funding__RecoveryMoved *event = (const Funding__RecoveryMoved *)job->message;
    struct message message;

    if (outcome_of(event->state) != NULL && read_event(&message, job))
        tell_say(job, w, &message);
}
