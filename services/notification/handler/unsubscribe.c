/* Unsubscribe: the one click of RFC 8058. A mail program, or its provider, sends it without signing in: the token says whose and what. Sent
 * twice it changes nothing; of somebody who is not known any more nothing is kept, and the answer is the same. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preference_answer.h"

enum err unsubscribe_needs(struct job *job, struct workset *w)
{
    const Notification__UnsubscribeRequest *request = (const Notification__UnsubscribeRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (!unsubscribe_read(job, w, request->token, &person, &topic))
        return job->err;
    return topic_fixed(topic) ? preference_fixed(job) : ERR_OK;
}

void unsubscribe_decide(struct job *job, struct workset *w)
{
    const Notification__UnsubscribeRequest *request = (const Notification__UnsubscribeRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (!unsubscribe_read(job, w, request->token, &person, &topic))
        return;
    preference_put(w, person, topic, MAIL_OFF);
    unsubscribe_answer(job, topic, MAIL_OFF);
}
