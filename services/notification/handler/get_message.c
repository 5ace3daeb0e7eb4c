/* GetMessage: one message with its text and its attempts, for operators and for its recipient. To anybody else it is not there. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err get_message_needs(struct job *job, struct workset *w)
{
    const Notification__GetMessageRequest *request = (const Notification__GetMessageRequest *)job->message;
    struct uuid id;

    if (!convert_id(&id, request->message_id))
        return job_fail(job, ERR_INVALID, "request.id", "message_id", "Tunniste on virheellinen", "Id:t är felaktigt",
                        "The id is malformed");
    struct question *q = workset_ask(w, job);
    q->what = ASK_MESSAGE;
    q->id = id;
    return ERR_OK;
}

void get_message_decide(struct job *job, struct workset *w)
{
    const struct question *q = workset_answer(w, job);
    bool admin = (job->request->roles & BUS__ROLE__ROLE_ADMIN) != 0;

    if (q->row_count == 0 || (!admin && uuid_compare(q->rows[0].said.recipient_id, job->actor) != 0)) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Notification__Message *answer = convert_row(job->arena, &q->rows[0]);
    convert_attempts(job->arena, answer, q->attempts, q->attempt_count);
    job_answer(job, &answer->base, 0);
}
