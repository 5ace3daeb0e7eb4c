/* A programme was stored: what letters call it and its parts follows, and so do the reminders of its dates. An older version than the known
 * one changes nothing. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_programme_stored_needs(struct job *job, struct workset *w)
{
    struct training training;

    if (!convert_training(&training, ((const Enrolment__ProgrammeStored *)job->message)->programme, job->arena))
        return tell_refuse(job, "programme");
    workset_want_training(w, training.id);
    remind_programme_needs(job, w, training.id);
    return ERR_OK;
}

void on_programme_stored_decide(struct job *job, struct workset *w)
{
    struct training training;

    if (!convert_training(&training, ((const Enrolment__ProgrammeStored *)job->message)->programme, job->arena) ||
        training.version <= workset_training_version(w, training.id))
        return;
    workset_put_training(w, &training);
    remind_programme(job, w, &training);
}
