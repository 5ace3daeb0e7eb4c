/* A training's retention is over for somebody who goes on elsewhere: what they were told about it is blanked, and nothing is left that
 * says the two had to do with each other. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_parting(struct parting *out, const struct job *job)
{
    const Enrolment__RegistrationForgotten *event = (const Enrolment__RegistrationForgotten *)job->message;

    out->at_us = job->event->occurred_us;
    return convert_id(&out->registration_id, event->registration_id) && convert_id(&out->training_id, event->programme_id) &&
           convert_id(&out->person_id, event->person_id) && convert_id(&out->event_id, job->event->id);
}

enum err on_registration_forgotten_needs(struct job *job, struct workset *w)
{
    struct parting parting;

    (void)w; /* the rows go whatever they hold */
    return read_parting(&parting, job) ? ERR_OK : tell_refuse(job, "registration_id");
}

void on_registration_forgotten_decide(struct job *job, struct workset *w)
{
    struct parting parting;

    if (read_parting(&parting, job))
        workset_part(w, &parting);
}
