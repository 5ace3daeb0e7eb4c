/* Grant money is to be paid back: its recipient is told when that is ordered, with the decision itself, which says where to pay; and that
 * it has been paid, or need not be, and why. A proposal is the officials' own. Only an order can be reviewed: only it says how. */
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

    if (!tell_grant(out, job, plan_of(PLAN_RECOVERY_MOVED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title) ||
        !tell_grant_day(&due_us, event->due_on))
        return false;
    if (event->state != FUNDING__RECOVERY_STATE__RECOVERY_PAID && !tell_grant_words(out, event->reasons))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(outcome_of(event->state)));
    convert_number(out, FACT_AMOUNT, event->cents);
    convert_text(out, FACT_RECOVERY, span_text(ground_of(event->kind)));
    if (event->state == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED)
        convert_number(out, FACT_DUE, due_us);
    return true;
}

static bool is_ordered(const Funding__RecoveryMoved *event)
{
    return event->state == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED;
}

enum err on_recovery_moved_needs(struct job *job, struct workset *w)
{
    const Funding__RecoveryMoved *event = (const Funding__RecoveryMoved *)job->message;
    struct attachment document;
    struct message message;

    tell_grant_needs(job, w, ((const Funding__RecoveryMoved *)job->message)->call_id);
    if (outcome_of(event->state) == NULL)
        return ERR_OK;
    if (!read_event(&message, job))
        return tell_refuse(job, "owner_id");
    return !is_ordered(event) || tell_grant_document(&document, event->document) ? ERR_OK : tell_refuse(job, "document");
}

void on_recovery_moved_decide(struct job *job, struct workset *w)
{
    const Funding__RecoveryMoved *event = (const Funding__RecoveryMoved *)job->message;
    struct message message;

    if (outcome_of(event->state) == NULL || !read_event(&message, job))
        return;
    if (is_ordered(event)) {
        struct attachment *document = arena_alloc(w->arena, sizeof *document);

        if (!tell_grant_document(document, event->document))
            return;
        message.attachments = document;
        message.attachment_count = 1;
        tell_grant_review(job, w, &message);
    }
    tell_grant_say(job, w, &message);
}
