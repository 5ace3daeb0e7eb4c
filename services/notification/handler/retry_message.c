/* RetryMessage: an operator puts a failed, bounced or withheld message back into the queue, with 72 hours of its own. */
#include "services/notification/domain/course.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err retry_message_needs(struct job *job, struct workset *w)
{
    const Notification__RetryMessageRequest *request = (const Notification__RetryMessageRequest *)job->message;
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (!convert_id(&id, request->message_id))
        return job_fail(job, ERR_INVALID, "request.id", "messageId", "Tunniste on virheellinen", "Id:t är felaktigt",
                        "The id is malformed");
    workset_want_revival(w, id);
    return ERR_OK;
}

/* What withheld it stands in the way still: it would be withheld again, and whoever asked would not hear of it. */
static bool refuse_obstacle(struct job *job, const struct revival *revival)
{
    const struct course_facts facts = {.kind = revival->row.said.kind,
                                       .setting = revival->setting == 0 ? MAIL_ON : (enum mail_setting)revival->setting,
                                       .allowed = true, /* the senders know of HV_MAIL_ONLY */
                                       .any_hour = true,
                                       .test = revival->row.test};

    if (revival->suppressed)
        (void)job_fail(job, ERR_REFUSED, "notification.message.still-suppressed", NULL,
                       "Vastaanottajan osoitteeseen ei lähetetä postia: poista osoite ensin estolistalta",
                       "Till mottagarens adress sänds ingen post: ta först bort adressen från spärrlistan",
                       "The recipient's address gets no mail: take it off the list of suppressed addresses first");
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
    struct uuid id;
    struct revival *revival = convert_id(&id, request->message_id) ? workset_revival(w, id) : NULL;

    if (revival == NULL || !revival->found) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
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
    if (refuse_obstacle(job, revival))
        return;
    revival->changed = true;
    revival->why = convert_reason(request->reason);
    revival->actor = job->actor;
    revival->row.next_us = w->now_us;
    revival->row.why = revival->why;
    Notification__Message *answer = convert_row(job->arena, &revival->row);
    job_answer(job, &answer->base, 0);
}
