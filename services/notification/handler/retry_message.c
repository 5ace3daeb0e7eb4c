/* RetryMessage: an operator puts a failed, bounced or withheld message back into the queue, with 72 hours of its own. */
#include "services/notification/domain/allowed.h"
#include "services/notification/domain/course.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/revival_request.h"

enum err retry_message_needs(struct job *job, struct workset *w)
{
    const Notification__RetryMessageRequest *request = (const Notification__RetryMessageRequest *)job->message;

    return revival_want(job, w, request->message_id);
}

/* What withheld it stands in the way still: it would be withheld again, and whoever asked would not hear of it. */
static bool refuse_obstacle(struct job *job, const struct workset *w, const struct revival *revival)
{
    const struct course_facts facts = {.kind = revival->row.said.kind,
                                       .setting = revival->setting == 0 ? MAIL_ON : (enum mail_setting)revival->setting,
                                       .allowed = true, /* looked at by itself */
                                       .any_hour = true,
                                       .test = revival->row.test};

    if (revival->suppressed)
        (void)job_fail(job, ERR_REFUSED, "notification.message.still-suppressed", NULL,
                       "Vastaanottajan osoitteeseen ei lähetetä postia: poista osoite ensin estolistalta",
                       "Till mottagarens adress sänds ingen post: ta först bort adressen från spärrlistan",
                       "The recipient's address gets no mail: take it off the list of suppressed addresses first");
    else if (w->mail_only != NULL && revival->address.len > 0 && !mail_allowed(w->mail_only, revival->address))
        (void)job_fail(job, ERR_REFUSED, "notification.message.domain-not-allowed", NULL,
                       "Tämä järjestelmä lähettää sähköpostia vain tiettyihin verkkotunnuksiin (HV_MAIL_ONLY), eikä vastaanottajan osoite "
                       "ole niissä",
                       "Det här systemet skickar e-post bara till vissa domäner (HV_MAIL_ONLY), och mottagarens adress hör inte till dem",
                       "This system sends mail to some domains only (HV_MAIL_ONLY), and the recipient's address is not in one of them");
    else if (course_of(&facts).course == COURSE_WITHHOLD)
        (void)job_fail(job, ERR_REFUSED, "notification.message.topic-off", NULL,
                       "Vastaanottaja on poistanut tämän aiheen sähköpostit käytöstä: viesti on hänen omissa viesteissään",
                       "Mottagaren har stängt av e-post om det här ämnet: meddelandet finns bland mottagarens egna meddelanden",
                       "The recipient has turned this topic off: the message is in their inbox");
    else
        return false;
    return true;
}

void retry_message_decide(struct job *job, struct workset *w)
{
    const Notification__RetryMessageRequest *request = (const Notification__RetryMessageRequest *)job->message;
    struct revival *revival = revival_wanted(job, w, request->message_id);

    if (revival == NULL)
        return;
    if (!message_move(&revival->row.state, MOVE_RETRY)) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.not-failed", NULL,
                       "Vain epäonnistuneen, palautuneen tai lähettämättä jätetyn viestin voi lähettää uudelleen",
                       "Bara ett misslyckat, returnerat eller osänt meddelande kan sändas på nytt",
                       "Only a failed, bounced or withheld message can be sent again");
        return;
    }
    if (revival->bare) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.words-gone", NULL, "Viesti on niin vanha, että sen sanat on poistettu",
                       "Meddelandet är så gammalt att dess ord har tagits bort", "The message is so old that its words are gone");
        return;
    }
    if (refuse_obstacle(job, w, revival))
        return;
    revival->changed = true;
    revival->why = convert_reason(request->reason);
    revival->actor = job->actor;
    revival->row.next_us = w->now_us;
    revival->row.why = revival->why;
    Notification__Message *answer = convert_row(job->arena, &revival->row);
    job_answer(job, &answer->base, 0);
}
