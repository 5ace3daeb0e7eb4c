/* ChooseMail: a button of that page. The token is what lets one in, as with Unsubscribe. */
#include "services/notification/domain/token.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/preference_answer.h"
#include "services/notification/handler/unsubscribe_page.h"

enum err choose_mail_needs(struct job *job, struct workset *w)
{
    const Notification__ChooseMailRequest *request = (const Notification__ChooseMailRequest *)job->message;
    struct uuid person;
    enum topic topic;

    if (!token_read(w->link_key, span_text(request->token), &person, &topic))
        return ERR_OK; /* decide shows the page that says so */
    const enum err err = preference_check(job, (Notification__Topic)topic, request->mail);
    if (err == ERR_OK)
        preference_want(w, job, person);
    return err;
}

void choose_mail_decide(struct job *job, struct workset *w)
{
    const Notification__ChooseMailRequest *request = (const Notification__ChooseMailRequest *)job->message;
    const enum mail_setting mail = (enum mail_setting)request->mail;
    struct uuid person;
    enum topic topic;

    if (!token_read(w->link_key, span_text(request->token), &person, &topic)) {
        unsubscribe_broken(job);
        return;
    }
    const struct preferences found = preference_found(w, job);
    if (!topic_fixed(topic))
        preference_put(w, person, topic, mail);
    unsubscribe_page(job, &found, request->token, topic, mail, true);
}
