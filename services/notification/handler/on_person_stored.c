/* A person's name, address or language was stored: the recipient follows. An older version than the known one changes nothing;
 * messages that waited for the address are due at once (store/statements.h, STMT_RECIPIENTS). */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_person_stored_needs(struct job *job, struct workset *w)
{
    struct recipient recipient;

    (void)w; /* the statement that writes it compares the versions */
    return convert_recipient(&recipient, ((const Enrolment__PersonStored *)job->message)->person) ? ERR_OK : tell_refuse(job, "person");
}

void on_person_stored_decide(struct job *job, struct workset *w)
{
    struct recipient recipient;

    if (convert_recipient(&recipient, ((const Enrolment__PersonStored *)job->message)->person))
        workset_put_recipient(w, &recipient);
}
