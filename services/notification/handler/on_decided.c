/* The minutes of a case were published: its applicant is told what the board decided, and each whom it named to something, both with the
 * extract of the minutes, which is kept once. A case that was returned or tabled is not decided yet, and one that was withdrawn never will
 * be: there is nothing to have reviewed. */
#include <string.h>

#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

#define NOMINEES_MAX 100
#define GROUP_MAX    2000 /* bytes of all that one person was named to */

static const char *outcome_of(Municipal__Outcome outcome)
{
    if (outcome == MUNICIPAL__OUTCOME__OUTCOME_APPROVED)
        return "approved";
    if (outcome == MUNICIPAL__OUTCOME__OUTCOME_CHANGED)
        return "changed";
    if (outcome == MUNICIPAL__OUTCOME__OUTCOME_REJECTED)
        return "rejected";
    if (outcome == MUNICIPAL__OUTCOME__OUTCOME_RETURNED)
        return "returned";
    return outcome == MUNICIPAL__OUTCOME__OUTCOME_TABLED ? "tabled" : "";
}

static bool is_final(Municipal__Outcome outcome)
{
    return outcome != MUNICIPAL__OUTCOME__OUTCOME_RETURNED && outcome != MUNICIPAL__OUTCOME__OUTCOME_TABLED;
}

static const char *role_of(Municipal__NomineeRole role)
{
    if (role == MUNICIPAL__NOMINEE_ROLE__NOMINEE_MEMBER)
        return "member";
    if (role == MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY)
        return "deputy";
    return role == MUNICIPAL__NOMINEE_ROLE__NOMINEE_CHAIR ? "chair" : "";
}

/* What both letters say: the case, who decided, when, under which section, and in which language the extract is. */
static bool read_event(struct message *out, const struct job *job, enum message_kind kind, ProtobufCBinaryData person)
{
    const Municipal__Decided *event = (const Municipal__Decided *)job->message;

    if (!tell_case(out, job, kind, person, event->register_number, event->title))
        return false;
    tell_municipality(out, event->municipality, event->contact);
    tell_grant_text(out, FACT_BOARD_FI, event->board);
    convert_number(out, FACT_SECTION, event->section);
    convert_number(out, FACT_MEETING, event->meeting_us);
    convert_text(out, FACT_DOCUMENT, span_text(event->language));
    return true;
}

static bool read_decision(struct message *out, const struct job *job)
{
    const Municipal__Decided *event = (const Municipal__Decided *)job->message;
    int64_t review_us;

    if (!read_event(out, job, plan_of(PLAN_DECIDED).kind, event->owner_id) || !tell_grant_day(&review_us, event->review_until))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(event->withdrawn ? "withdrawn" : outcome_of(event->outcome)));
    convert_number(out, FACT_APPLIED, event->applied_cents);
    if (event->withdrawn || !is_final(event->outcome))
        return true;
    convert_flag(out, FACT_GRANTED, event->granted);
    convert_number(out, FACT_DUE, review_us);
    if (event->granted)
        convert_number(out, FACT_AMOUNT, event->cents);
    return true;
}

static const char *wrong_field(const struct job *job)
{
    const Municipal__Decided *event = (const Municipal__Decided *)job->message;
    struct attachment document;
    struct message message;
    struct uuid id;

    if (!read_decision(&message, job))
        return "owner_id";
    if (event->n_nominees > NOMINEES_MAX)
        return "nominees";
    for (size_t i = 0; i < event->n_nominees; i++)
        if (!convert_id(&id, event->nominees[i]->person_id) || event->nominees[i]->body[0] == '\0' ||
            strlen(event->nominees[i]->body) > GROUP_MAX)
            return "nominees";
    return tell_grant_document(&document, event->document) ? NULL : "document";
}

enum err on_decided_needs(struct job *job, struct workset *w)
{
    const char *wrong = wrong_field(job);

    (void)w; /* all that is said comes with the event */
    return wrong == NULL ? ERR_OK : tell_refuse(job, wrong);
}

static bool same_person(const Municipal__Nominee *a, const Municipal__Nominee *b)
{
    return a->person_id.len == b->person_id.len && memcmp(a->person_id.data, b->person_id.data, a->person_id.len) == 0;
}

/* All bodies that the i-th was named to, and as what where it is the same in each. False: an earlier one is the same person. */
static bool gather(const Municipal__Decided *event, size_t i, struct arena *arena, const char **group, const char **role)
{
    *group = event->nominees[i]->body;
    *role = role_of(event->nominees[i]->role);
    for (size_t j = 0; j < event->n_nominees; j++) {
        const Municipal__Nominee *other = event->nominees[j];
        if (j == i || !same_person(other, event->nominees[i]))
            continue;
        if (j < i)
            return false;
        if (strcmp(role_of(other->role), *role) != 0)
            *role = "";
        if (strlen(*group) + strlen(other->body) <= GROUP_MAX)
            *group = arena_printf(arena, "%s, %s", *group, other->body);
    }
    return true;
}

static void say_nominee(struct job *job, struct workset *w, const struct attachment *document, size_t i)
{
    const Municipal__Decided *event = (const Municipal__Decided *)job->message;
    const char *group, *role;
    struct message message;

    if (!gather(event, i, w->arena, &group, &role) || !read_event(&message, job, KIND_NOMINATED, event->nominees[i]->person_id))
        return;
    convert_text(&message, FACT_GROUP, span_text(group));
    convert_text(&message, FACT_ROLE, span_text(role));
    message.attachments = document;
    message.attachment_count = 1;
    tell_say(job, w, &message);
}

void on_decided_decide(struct job *job, struct workset *w)
{
    const Municipal__Decided *event = (const Municipal__Decided *)job->message;
    struct attachment *document = arena_alloc(w->arena, sizeof *document);
    struct message message;

    if (!tell_grant_document(document, event->document) || !read_decision(&message, job))
        return;
    message.attachments = document;
    message.attachment_count = 1;
    tell_say(job, w, &message);
    for (size_t i = 0; i < event->n_nominees && job->err == ERR_OK; i++)
        say_nominee(job, w, document, i);
}
