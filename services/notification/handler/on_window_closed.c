/* An application window closed: the programme's followers are told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_window_closed_needs(struct job *job, struct workset *w)
{
    return tell_window_needs(job, w, ((const Enrolment__WindowClosed *)job->message)->programme_id);
}

void on_window_closed_decide(struct job *job, struct workset *w)
{
    const Enrolment__WindowClosed *event = (const Enrolment__WindowClosed *)job->message;

    tell_followers(job, w, PLAN_WINDOW_CLOSED, event->programme_id, event->window);
}
