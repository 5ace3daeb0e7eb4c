/* Whom letters about grants go to: an applicant, or the contact of a partner, who may have no account. What a person has said of themselves
 * to enrolment (PersonStored, from version 1 on) stands over it; among contacts the last one counts (store/statements.h, STMT_RECIPIENTS).
 */
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

enum err on_contact_stored_needs(struct job *job, struct workset *w)
{
    struct recipient recipient;

    (void)w; /* the statement that writes it compares the versions */
    return read_contact(&recipient, job) ? ERR_OK : tell_refuse(job, "person_id");
}

void on_contact_stored_decide(struct job *job, struct workset *w)
{
    struct recipient recipient;

    if (read_contact(&recipient, job))
        workset_put_recipient(w, &recipient);
}
