/* A change application was decided, part by part: its owner is told what became of each, and why. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

static enum fact_name fact_of(Funding__ChangeKind kind)
{
    switch ((int)kind) {
    case FUNDING__CHANGE_KIND__CHANGE_PERIOD:
        return FACT_PERIOD;
    case FUNDING__CHANGE_KIND__CHANGE_CONTENT:
        return FACT_CONTENT;
    case FUNDING__CHANGE_KIND__CHANGE_BUDGET:
        return FACT_BUDGET;
    case FUNDING__CHANGE_KIND__CHANGE_PARTNERS:
        return FACT_CONSORTIUM;
    }
    return FACT_COUNT_OF;
}

static const char *outcome_of(Funding__PartOutcome outcome)
{
    if (outcome == FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED)
        return "accepted";
    if (outcome == FUNDING__PART_OUTCOME__OUTCOME_CHANGED)
        return "changed";
    return outcome == FUNDING__PART_OUTCOME__OUTCOME_REJECTED ? "rejected" : "";
}

static bool read_event(struct message *out, const struct job *job)
{
    const Funding__AmendmentDecided *event = (const Funding__AmendmentDecided *)job->message;
    int64_t use_until_us;

    if (!tell_grant(out, job, plan_of(PLAN_AMENDMENT_DECIDED).kind, event->owner_id, event->register_number, event->title))
        return false;
    for (size_t i = 0; i < event->n_parts; i++) {
        const Funding__AmendmentPart *part = event->parts[i];
        const enum fact_name fact = fact_of(part->kind);
        if (fact == FACT_COUNT_OF)
            return false;
        convert_text(out, fact, span_text(outcome_of(part->outcome)));
        convert_text(out, fact + 1, convert_reason(part->reason)); /* each part's reason stands behind it */
        if (fact == FACT_PERIOD && part->accepted != NULL && tell_grant_day(&use_until_us, part->accepted->use_until))
            convert_number(out, FACT_USE_UNTIL, use_until_us);
    }
    return true;
}

enum err on_amendment_decided_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* the message is new: no row is looked at */
    return read_event(&message, job) ? ERR_OK : tell_refuse(job, "parts");
}

void on_amendment_decided_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (read_event(&message, job))
        tell_say(job, w, &message);
}
