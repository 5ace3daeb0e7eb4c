/* Whom letters about grants go to: an applicant, or the contact of a partner, who may have no account. What a person has said of themselves
 * to enrolment (PersonStored, from version 1 on) stands over it; among contacts the last one counts (store/statements.h, STMT_RECIPIENTS).
 * The lead of an application is an account that may have applied for several organisations: their contact is kept a second time, with the
 * application's id, and what is about that application goes there (store/reader.h). */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

static bool read_contact(struct recipient *out, const struct job *job)
{
    const Funding__ContactStored *event = (const Funding__ContactStored *)job->message;
    Enrolment__Person person = ENROLMENT__PERSON__INIT;

    person.id = event->person_id;
    person.name = event->name;
    person.email = event->email;
    person.language = event->language;
    return convert_recipient(out, &person);
}

/* False: the id is none. *out has a nil id where the contact is of no one application. */
static bool read_reader(struct recipient *out, const struct job *job, const struct recipient *contact)
{
    const Funding__ContactStored *event = (const Funding__ContactStored *)job->message;

    *out = *contact;
    out->id = (struct uuid){{0}};
    out->account = contact->id;
    return event->application_id.len == 0 || convert_id(&out->id, event->application_id);
}

enum err on_contact_stored_needs(struct job *job, struct workset *w)
{
    struct recipient contact, reader;

    (void)w; /* the statement that writes it compares the versions */
    if (!read_contact(&contact, job))
        return tell_refuse(job, "person_id");
    return read_reader(&reader, job, &contact) ? ERR_OK : tell_refuse(job, "application_id");
}

void on_contact_stored_decide(struct job *job, struct workset *w)
{
    struct recipient contact, reader;

    if (!read_contact(&contact, job) || !read_reader(&reader, job, &contact))
        return;
    workset_put_recipient(w, &contact);
    if (!uuid_is_nil(reader.id))
        workset_put_recipient(w, &reader);
}
