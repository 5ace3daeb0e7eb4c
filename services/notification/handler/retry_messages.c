/* RetryMessages: an operator puts what failed, bounced or was withheld back into the queue together, up to 500 a call: after a relay that
 * refused for an hour, or an address list that was wrong. What would be withheld again stays as it is (store/retry_many.h). */
#include "services/notification/domain/allowed.h"
#include "services/notification/handler/asked.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/retry_many.h"

static bool can_be_retried(Notification__MessageState state)
{
    return state == NOTIFICATION__MESSAGE_STATE__MESSAGE_FAILED || state == NOTIFICATION__MESSAGE_STATE__MESSAGE_BOUNCED ||
           state == NOTIFICATION__MESSAGE_STATE__MESSAGE_WITHHELD;
}

static enum err check(struct job *job, const Notification__RetryMessagesRequest *request, enum message_kind *kind)
{
    *kind = (enum message_kind)0;
    if (!can_be_retried(request->state))
        return job_fail(job, ERR_INVALID, "notification.message.retry-state", "state",
                        "Tila on MESSAGE_FAILED, MESSAGE_BOUNCED tai MESSAGE_WITHHELD",
                        "Läget är MESSAGE_FAILED, MESSAGE_BOUNCED eller MESSAGE_WITHHELD",
                        "The state is MESSAGE_FAILED, MESSAGE_BOUNCED or MESSAGE_WITHHELD");
    if (request->reason[0] == '\0')
        return job_fail(job, ERR_INVALID, "notification.message.unexplained", "reason",
                        "Kerro, miksi viestit lähetetään uudelleen: perustelu jää jokaisen siirtoihin",
                        "Ange varför meddelandena sänds på nytt: motiveringen sparas hos vart och ett",
                        "Say why the messages are sent again: the reason is kept in the moves of each");
    return request->kind[0] == '\0' ? ERR_OK : asked_kind(job, request->kind, kind);
}

enum err retry_messages_needs(struct job *job, struct workset *w)
{
    const Notification__RetryMessagesRequest *request = (const Notification__RetryMessagesRequest *)job->message;
    enum message_kind kind;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = check(job, request, &kind);
    if (err != ERR_OK)
        return err;
    struct retry_ask *ask = retry_ask(w, job);
    ask->state = (enum message_state)request->state; /* the domain's numbers are the contract's */
    ask->kind = (int16_t)kind;
    ask->since_us = request->since_us;
    return ERR_OK;
}

void retry_messages_decide(struct job *job, struct workset *w)
{
    const Notification__RetryMessagesRequest *request = (const Notification__RetryMessagesRequest *)job->message;
    const struct retry_ask *ask = retry_asked(w, job);
    Notification__RetryMessagesReply *answer = arena_alloc(job->arena, sizeof *answer);

    notification__retry_messages_reply__init(answer);
    for (size_t i = 0; i < ask->count; i++) {
        const struct retry_candidate *one = &ask->found[i];
        if (w->mail_only != NULL && one->address.len > 0 && !mail_allowed(w->mail_only, one->address))
            continue;
        workset_revive(w, one->id, convert_reason(request->reason), job->actor);
        answer->retried++;
    }
    answer->more = ask->more;
    job_answer(job, &answer->base, 0);
}
