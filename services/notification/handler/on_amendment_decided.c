/* A change application was decided, part by part: the lead is told what became of each, and why, with the decision itself; where the
 * partners' parts change, they are told too. */
#include <string.h>

#include "common/base/alloc.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

#define REASON_MAX     (4 * 5000) /* bytes: 5000 characters */
#define RECIPIENTS_MAX 1000

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

    if (!tell_grant(out, job, plan_of(PLAN_AMENDMENT_DECIDED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title))
        return false;
    for (size_t i = 0; i < event->n_parts; i++) {
        const Funding__AmendmentPart *part = event->parts[i];
        const enum fact_name fact = fact_of(part->kind);
        if (fact == FACT_COUNT_OF)
            return false;
        convert_text(out, fact, span_text(outcome_of(part->outcome)));
        if (strlen(part->reason) > REASON_MAX)
            return false;
        convert_text(out, fact + 1, span_text(part->reason)); /* each part's reason stands behind it, whole: it is the decision's */
        if (fact == FACT_PERIOD && part->accepted != NULL && tell_grant_day(&use_until_us, part->accepted->use_until))
            convert_number(out, FACT_USE_UNTIL, use_until_us);
    }
    return true;
}

static bool recipients_read(const Funding__AmendmentDecided *event)
{
    struct uuid id;

    for (size_t i = 0; i < event->n_recipients; i++)
        if (!convert_id(&id, event->recipients[i]->person_id))
            return false;
    return event->n_recipients > 0 && event->n_recipients <= RECIPIENTS_MAX;
}

enum err on_amendment_decided_needs(struct job *job, struct workset *w)
{
    const Funding__AmendmentDecided *event = (const Funding__AmendmentDecided *)job->message;
    struct attachment document;
    struct message message;

    tell_grant_needs(job, w, event->call_id);
    if (!read_event(&message, job))
        return tell_refuse(job, "parts");
    if (!recipients_read(event))
        return tell_refuse(job, "recipients");
    return tell_grant_document(&document, event->document) ? ERR_OK : tell_refuse(job, "document");
}

void on_amendment_decided_decide(struct job *job, struct workset *w)
{
    const Funding__AmendmentDecided *event = (const Funding__AmendmentDecided *)job->message;
    struct attachment *document = arena_alloc(w->arena, sizeof *document);
    struct message message;

    if (!read_event(&message, job) || !tell_grant_document(document, event->document))
        return;
    message.attachments = document;
    message.attachment_count = 1;
    tell_grant_review(job, w, &message);
    for (size_t i = 0; i < event->n_recipients && job->err == ERR_OK; i++) {
        struct message one = message;

        convert_flag(&one, FACT_LEAD, event->recipients[i]->lead);
        if (!event->recipients[i]->lead)
            one.application_id = (struct uuid){{0}};
        if (convert_id(&one.recipient_id, event->recipients[i]->person_id))
            tell_grant_say(job, w, &one);
    }
}
