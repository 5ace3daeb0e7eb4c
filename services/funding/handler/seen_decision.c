/* See seen_decision.h. */
#include "services/funding/handler/seen_decision.h"

#include "services/funding/handler/seen_application.h"

enum err seen_decision_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, enum decision_document document)
{
    struct uuid decision;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "decisionId", id, &decision);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_DECISION, decision, CALL_READ);
        decision_want(w, job, decision, document);
    }
    return err;
}

const struct decision *seen_decision(struct job *job, struct workset *w, enum decision_form form)
{
    const struct decision *d = decision_found(w, job);
    const struct call *call = call_found(w, job);

    if (d != NULL && uuid_compare(d->owner_id, job->actor) == 0) {
        decision_view_add(w, d->id, job->actor, form);
        return d;
    }
    if (d != NULL && call != NULL && official_sees(job, call))
        return d;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}
