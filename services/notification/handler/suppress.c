/* Suppress: an operator puts an address onto the list of those that get no mail: its owner complained, or it is known to be dead. What is
 * said to its owner stays in the inbox. Of one that is there already the day and, without a new one, the note stay; each change has a row
 * of its own (ListSuppressionChanges). */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/suppression_answer.h"

enum err suppress_needs(struct job *job, struct workset *w)
{
    const Notification__SuppressRequest *request = (const Notification__SuppressRequest *)job->message;
    enum err err = suppression_check(job, request->address, request->note, "note");

    if (err == ERR_OK && (request->reason < (int)SUPPRESSION_BOUNCE || request->reason > (int)SUPPRESSION_BY_HAND))
        err = job_fail(job, ERR_INVALID, "notification.suppression.reason", "reason",
                       "Syy on SUPPRESSION_BOUNCE (palautunut), SUPPRESSION_COMPLAINT (valitus) tai SUPPRESSION_BY_HAND (käsin)",
                       "Orsaken är SUPPRESSION_BOUNCE (retur), SUPPRESSION_COMPLAINT (klagomål) eller SUPPRESSION_BY_HAND (för hand)",
                       "The reason is SUPPRESSION_BOUNCE, SUPPRESSION_COMPLAINT or SUPPRESSION_BY_HAND");
    if (err == ERR_OK)
        suppression_want(w, job, span_text(request->address));
    return err;
}

void suppress_decide(struct job *job, struct workset *w)
{
    const Notification__SuppressRequest *request = (const Notification__SuppressRequest *)job->message;
    size_t count;
    const struct suppression *old = suppression_found(w, job, &count);
    const struct suppression put = {.address = suppression_key(w->arena, span_text(request->address)),
                                    .reason = (enum suppression_reason)request->reason,
                                    .since_us = count > 0 ? old->since_us : w->now_us,
                                    .note = count > 0 && request->note[0] == '\0' ? old->note : span_text(request->note),
                                    .message_id = count > 0 ? old->message_id : (struct uuid){{0}}};

    suppression_put(w, &put, job->actor);
    job_answer(job, &suppression_message(job->arena, &put)->base, 0);
}
