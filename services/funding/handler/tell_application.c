/* See tell_application.h. */
#include "services/funding/handler/tell_application.h"

#include <string.h>

#include "common/base/address.h"
#include "funding.pb-c.h"
#include "services/funding/handler/convert.h"

static void tell(struct workset *w, const struct job *job, const struct application *a, struct uuid subject, const char *type,
                 const ProtobufCMessage *message)
{
    event_add(w->events, job, a->call_id, subject, type, message, w->now_us);
}

/* --- contacts ---------------------------------------------------------------------------------------------------------- */
/* A draft's may be of any language still. */
static const char *letters_in(const struct partner *partner, const struct application *a)
{
    const char *language = partner->language;
    const bool known = strcmp(language, "fi") == 0 || strcmp(language, "sv") == 0 || strcmp(language, "en") == 0;

    return known ? language : a->language;
}

/* The lead is an account, which may have other applications with other contacts. */
static void tell_contact(struct workset *w, const struct job *job, const struct application *a, const struct partner *partner, bool lead)
{
    Funding__ContactStored m = FUNDING__CONTACT_STORED__INIT;

    m.person_id = convert_id(w->arena, partner->contact_id);
    m.name = convert_text(partner->contact_name);
    m.email = convert_text(partner->contact_email);
    m.language = convert_text(letters_in(partner, a));
    if (lead)
        m.application_id = convert_id(w->arena, a->id);
    tell(w, job, a, partner->contact_id, "funding.ContactStored.v1", &m.base);
}

void tell_application_lead(struct workset *w, const struct job *job, struct application *a, const struct consortium *consortium)
{
    const struct partner *lead = consortium->partner_count > 0 ? &consortium->partners[0] : NULL;

    if (lead == NULL || !address_valid(span_text(lead->contact_email)))
        return;
    const char *now = arena_printf(w->arena, "%s\n%s\n%s", lead->contact_name, lead->contact_email, letters_in(lead, a));
    if (strcmp(now, a->contact_told) == 0)
        return;
    a->contact_told = now;
    tell_contact(w, job, a, lead, true);
}

void tell_application_contacts(struct workset *w, const struct job *job, struct application *a, const struct consortium *consortium)
{
    tell_application_lead(w, job, a, consortium);
    for (size_t i = 1; i < consortium->partner_count; i++)
        if (consortium_contact(consortium, consortium->partners[i].contact_id) == &consortium->partners[i]) /* once each */
            tell_contact(w, job, a, &consortium->partners[i], false);
}

/* --- the application --------------------------------------------------------------------------------------------------- */
void tell_application_draft(struct workset *w, const struct job *job, const struct application *a, const struct call *call)
{
    Funding__DraftStarted m = FUNDING__DRAFT_STARTED__INIT;

    m.application_id = convert_id(w->arena, a->id);
    m.call_id = convert_id(w->arena, a->call_id);
    m.owner_id = convert_id(w->arena, a->owner_id);
    m.title = convert_text(a->title);
    m.call_title = convert_texts(w->arena, call->title);
    m.closes_us = call->closes_us;
    m.language = convert_text(a->language);
    tell(w, job, a, a->id, "funding.DraftStarted.v1", &m.base);
}

void tell_application_submitted(struct workset *w, const struct job *job, const struct application *a, const struct call *call,
                                const struct consortium *consortium, bool again)
{
    Funding__ApplicationSubmitted m = FUNDING__APPLICATION_SUBMITTED__INIT;

    m.application_id = convert_id(w->arena, a->id);
    m.call_id = convert_id(w->arena, a->call_id);
    m.theme_id = convert_id(w->arena, a->theme_id);
    m.owner_id = convert_id(w->arena, a->owner_id);
    m.register_number = convert_text(a->register_number);
    m.title = convert_text(a->title);
    m.call_title = convert_texts(w->arena, call->title);
    m.applied_cents = a->applied_cents;
    m.submitted_us = job->request->received_us;
    m.receipt = convert_text(a->receipt);
    m.partners = (uint32_t)consortium->partner_count;
    m.language = convert_text(a->language);
    m.again = again;
    tell(w, job, a, a->id, "funding.ApplicationSubmitted.v1", &m.base);
}

void tell_application_supplement(struct workset *w, const struct job *job, const struct application *a, const struct supplement *supplement)
{
    Funding__SupplementRequested m = FUNDING__SUPPLEMENT_REQUESTED__INIT;

    m.application_id = convert_id(w->arena, a->id);
    m.call_id = convert_id(w->arena, a->call_id);
    m.owner_id = convert_id(w->arena, a->owner_id);
    m.register_number = convert_text(a->register_number);
    m.title = convert_text(a->title);
    m.words = convert_text(supplement->words);
    m.due_on = convert_day(w->arena, supplement->due_on);
    m.language = convert_text(a->language);
    tell(w, job, a, a->id, "funding.SupplementRequested.v1", &m.base);
}

void tell_application_ended(struct workset *w, const struct job *job, const struct application *a, const struct call *call,
                            const char *reason, bool called_off)
{
    Funding__ApplicationEnded m = FUNDING__APPLICATION_ENDED__INIT;

    m.application_id = convert_id(w->arena, a->id);
    m.call_id = convert_id(w->arena, a->call_id);
    m.owner_id = convert_id(w->arena, a->owner_id);
    m.register_number = convert_text(a->register_number);
    m.title = convert_text(a->title);
    m.state = (Funding__ApplicationState)a->state;
    m.reason = convert_text(reason);
    m.called_off = called_off;
    m.call_title = convert_texts(w->arena, call->title);
    m.language = convert_text(a->language);
    tell(w, job, a, a->id, "funding.ApplicationEnded.v1", &m.base);
}
