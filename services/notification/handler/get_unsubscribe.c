/* GetUnsubscribe: what a token would turn off, and how it stands. Changes nothing, for links in mails are opened by scanners too. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preference_answer.h"

enum err get_unsubscribe_needs(struct job *job, struct workset *w)
{
    const Notification__UnsubscribeRequest *request = (const Notification__UnsubscribeRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (!unsubscribe_read(job, w, request->token, &person, &topic))
        return job->err;
    preference_want(w, job, person);
    return ERR_OK;
}

void get_unsubscribe_decide(struct job *job, struct workset *w)
{
    const Notification__UnsubscribeRequest *request = (const Notification__UnsubscribeRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (unsubscribe_read(job, w, request->token, &person, &topic))
        unsubscribe_answer(job, topic, preference_found(w, job).mail[topic]);
}
