/* An application window opened: the programme's followers are told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_window_opened_needs(struct job *job, struct workset *w)
{
    return tell_window_needs(job, w, ((const Enrolment__WindowOpened *)job->message)->programme_id);
}

void on_window_opened_decide(struct job *job, struct workset *w)
{
    const Enrolment__WindowOpened *event = (const Enrolment__WindowOpened *)job->message;

    tell_followers(job, w, PLAN_WINDOW_OPENED, event->programme_id, event->window);
}
