/* See tell_case.h. */
#include "services/funding/handler/tell_case.h"

#include "funding.pb-c.h"
#include "municipal.pb-c.h"
#include "services/funding/handler/convert.h"

static void tell(struct workset *w, const struct job *job, const struct municipal_case *c, struct uuid subject, const char *type,
                 const ProtobufCMessage *message)
{
    event_add(w->events, job, c->id, subject, type, message, w->now_us);
}

void tell_case_contact(struct workset *w, const struct job *job, const struct municipal_case *c, const char *name, const char *email,
                       const char *language)
{
    Funding__ContactStored m = FUNDING__CONTACT_STORED__INIT;

    m.person_id = convert_id(w->arena, c->owner_id);
    m.name = convert_text(name);
    m.email = convert_text(email);
    m.language = convert_text(language);
    tell(w, job, c, c->owner_id, "funding.ContactStored.v1", &m.base);
}

void tell_case_filed(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality)
{
    Municipal__CaseFiled m = MUNICIPAL__CASE_FILED__INIT;

    m.case_id = convert_id(w->arena, c->id);
    m.municipality_id = convert_id(w->arena, c->municipality_id);
    m.project_id = convert_id(w->arena, c->project_id);
    m.owner_id = convert_id(w->arena, c->owner_id);
    m.register_number = convert_text(c->register_number);
    m.title = convert_text(c->title);
    m.municipality = convert_texts(w->arena, municipality->name);
    m.applied_cents = c->applied_cents;
    m.language = convert_text(c->language);
    m.contact = convert_text(municipality->contact);
    tell(w, job, c, c->id, "municipal.CaseFiled.v1", &m.base);
}

void tell_case_moved(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                     enum case_state from, const char *reason)
{
    Municipal__CaseMoved m = MUNICIPAL__CASE_MOVED__INIT;

    m.case_id = convert_id(w->arena, c->id);
    m.municipality_id = convert_id(w->arena, c->municipality_id);
    m.from = (Municipal__CaseState)from;
    m.to = (Municipal__CaseState)c->state;
    m.reason = convert_text(reason);
    m.owner_id = convert_id(w->arena, c->owner_id);
    m.register_number = convert_text(c->register_number);
    m.title = convert_text(c->title);
    m.language = convert_text(c->language);
    m.municipality = convert_texts(w->arena, municipality->name);
    m.contact = convert_text(municipality->contact);
    tell(w, job, c, c->id, "municipal.CaseMoved.v1", &m.base);
}

void tell_statement_asked(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                          const struct statement *s)
{
    Municipal__StatementAsked m = MUNICIPAL__STATEMENT_ASKED__INIT;

    if (uuid_is_nil(s->person_id))
        return;
    m.statement_id = convert_id(w->arena, s->id);
    m.case_id = convert_id(w->arena, c->id);
    m.person_id = convert_id(w->arena, s->person_id);
    m.register_number = convert_text(c->register_number);
    m.title = convert_text(c->title);
    m.words = convert_text(s->words_asked);
    m.due_on = convert_day(w->arena, s->due_on);
    m.language = convert_text(c->language);
    m.from = convert_text(s->asked);
    m.municipality = convert_texts(w->arena, municipality->name);
    m.contact = convert_text(municipality->contact);
    tell(w, job, c, c->id, "municipal.StatementAsked.v1", &m.base);
}
