/* EditCall: replaces what a call says. A draft may become anything; what is published changes only as domain/call_change.c allows,
 * and words that change once it has opened are told in the answer (domain/call_words.c). */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/call_content.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell.h"
#include "services/funding/handler/who.h"

enum err edit_call_needs(struct job *job, struct workset *w)
{
    const Funding__EditCallRequest *request = (const Funding__EditCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = call_content_check(job, request->content);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err == ERR_OK)
        call_asked(w, job)->uses = true;
    return err;
}

void edit_call_decide(struct job *job, struct workset *w)
{
    const Funding__EditCallRequest *request = (const Funding__EditCallRequest *)job->message;
    const struct call *before = call_found(w, job);
    const struct call *prepared = call_to_prepare(job, w);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    struct call *after;

    if (prepared == NULL || check_version(job, (uint64_t)before->version) != ERR_OK)
        return;
    after = call_content_build(job, w, request->content, before, before->id, CALL_NAME_NEW);
    if (after == NULL)
        return;
    call_change_check(before, after, w->now_us, findings);
    if (findings_refuse(job, findings))
        return;
    after->version++;
    call_put(w, after);
    edition_keep_call(w, job, after);
    if (after->state != CALL_DRAFT) /* of one that is resolved or over: where to ask, which letters go on saying */
        tell_call(w, job, after);
    call_words_changed(before, after, w->now_us, findings);
    Funding__Call *answer = call_message(job->arena, after, w->now_us, true);
    answer->findings = findings_messages(job->arena, findings, &answer->n_findings);
    job_answer(job, &answer->base, (uint64_t)after->version);
}
