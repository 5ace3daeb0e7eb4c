/* ShowUnsubscribe: the page behind the link in a mail's footer. People see it, so a link that is not whole gets a page with words as well.
 * It is also what the address of a button shows to whoever opens it: a reader that loads the page again. */
#include "notification.pb-c.h"
#include "services/notification/domain/token.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/unsubscribe_page.h"

enum err show_unsubscribe_needs(struct job *job, struct workset *w)
{
    const Notification__ChooseMailRequest *request = (const Notification__ChooseMailRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (token_read(w->link_key, span_text(request->token), &person, &topic))
        preference_want(w, job, person);
    return ERR_OK;
}

void show_unsubscribe_decide(struct job *job, struct workset *w)
{
    const Notification__ChooseMailRequest *request = (const Notification__ChooseMailRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (!token_read(w->link_key, span_text(request->token), &person, &topic)) {
        unsubscribe_broken(job);
        return;
    }
    const struct preferences found = preference_found(w, job);
    unsubscribe_page(job, &found, request->token, topic, found.mail[topic], false);
}
