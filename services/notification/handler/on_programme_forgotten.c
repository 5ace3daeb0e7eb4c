/* All people of a training were forgotten: nobody follows it any more, and nobody takes part. Who does either later begins anew. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_ending(struct ending *out, const struct job *job)
{
    out->at_us = job->event->occurred_us > 0 ? job->event->occurred_us : 1;
    return convert_id(&out->training_id, ((const Enrolment__ProgrammeForgotten *)job->message)->programme_id);
}

enum err on_programme_forgotten_needs(struct job *job, struct workset *w)
{
    struct ending ending;

    (void)w; /* the rows go whatever they hold */
    return read_ending(&ending, job) ? ERR_OK : tell_refuse(job, "programme_id");
}

void on_programme_forgotten_decide(struct job *job, struct workset *w)
{
    struct ending ending;

    if (read_ending(&ending, job))
        workset_end(w, &ending);
}
