/* Somebody follows a programme, or no longer does: they hear of its windows from that moment. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_follow(struct follow *out, const struct job *job)
{
    const Enrolment__Followed *event = (const Enrolment__Followed *)job->message;

    out->following = event->following;
    out->since_us = job->event->occurred_us > 0 ? job->event->occurred_us : 1;
    return convert_id(&out->training_id, event->programme_id) && convert_id(&out->person_id, event->person_id);
}

enum err on_followed_needs(struct job *job, struct workset *w)
{
    struct follow follow;

    (void)w; /* the row is written whatever it was */
    return read_follow(&follow, job) ? ERR_OK : tell_refuse(job, "programme_id");
}

void on_followed_decide(struct job *job, struct workset *w)
{
    struct follow follow;

    if (read_follow(&follow, job))
        workset_follow(w, &follow);
}
