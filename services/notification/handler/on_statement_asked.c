/* A preparer asks for a statement on a case, or whoever was asked has named somebody else: the person who may answer is told, in the
 * preparer's words and with the last day. Where a body is asked and no person, its mail is the municipality's own: nobody is told here. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

static bool read_event(struct message *out, const struct job *job)
{
    const Municipal__StatementAsked *event = (const Municipal__StatementAsked *)job->message;
    int64_t due_us;

    if (!tell_case(out, job, plan_of(PLAN_STATEMENT_ASKED).kind, event->person_id, event->register_number, event->title) ||
        !tell_grant_day(&due_us, event->due_on) || !tell_municipal_text(job, out, FACT_WORDS, event->words) ||
        !tell_municipal_text(job, out, FACT_GROUP, event->from))
        return false;
    tell_municipality(out, event->municipality, event->contact);
    convert_number(out, FACT_DUE, due_us);
    return true;
}

static bool asks_a_person(const struct job *job)
{
    return ((const Municipal__StatementAsked *)job->message)->person_id.len > 0;
}

enum err on_statement_asked_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* all that is said comes with the event */
    return !asks_a_person(job) || read_event(&message, job) ? ERR_OK : tell_refuse(job, "person_id");
}

void on_statement_asked_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (asks_a_person(job) && read_event(&message, job))
        tell_say(job, w, &message);
}
