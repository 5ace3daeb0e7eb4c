/* MarkRead: one message of one's inbox, or all up to it. Somebody else's is not found. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/inbox_answer.h"

enum err mark_read_needs(struct job *job, struct workset *w)
{
    const Notification__MarkReadRequest *request = (const Notification__MarkReadRequest *)job->message;
    struct uuid id;

    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    if (request->message_id.len == 0)
        return job_fail(job, ERR_INVALID, "field.missing", "messageId",
                        "Sano, mikä viesti on luettu (messageId); kaikki ovat, kun annat uusimman ja allUntil: true",
                        "Säg vilket meddelande som är läst (messageId); alla är det när du ger det nyaste och allUntil: true",
                        "Say which message is read (messageId); all are when you give the newest and allUntil: true");
    const enum err err = convert_asked_id(job, &id, request->message_id, "messageId");
    if (err != ERR_OK)
        return err;
    inbox_want_mark(w, job, job->actor, id);
    return ERR_OK;
}

void mark_read_decide(struct job *job, struct workset *w)
{
    const Notification__MarkReadRequest *request = (const Notification__MarkReadRequest *)job->message;

    if (!inbox_has(w, job)) {
        (void)convert_absent(job, "messageId");
        return;
    }
    inbox_mark(w, job, request->all_until);
    inbox_answer(job, w);
}
