/* ImportCall: a whole call from one message, new or on top of the one with the same code; a dry run says what it would do and what is
 * missing, and changes nothing. Ids follow from the code and the places, so the same file again changes nothing. With `publish` it is
 * published too, where nothing is missing; else it stays a draft and the report says why. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/call_content.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/register.h"

enum err import_call_needs(struct job *job, struct workset *w)
{
    const Funding__ImportCallRequest *request = (const Funding__ImportCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = call_content_check(job, request->content);
    if (err != ERR_OK)
        return err;
    call_want_code(w, job, request->content->code, CALL_LOCK)->uses = true;
    register_want(w, job, request->content->series);
    return ERR_OK;
}

static struct uuid id_of_code(struct workset *w, const char *code)
{
    return uuid_from((struct uuid){{0}}, span_text(arena_printf(w->arena, "call:%s", code)));
}

static void store(struct job *job, struct workset *w, const struct call *before, struct call *after)
{
    if (before == NULL) {
        after->register_number = register_take(w, after->series);
        call_add(w, after, "imported", job->actor);
        edition_keep_call(w, job, after);
        return;
    }
    after->version++;
    call_put(w, after);
    edition_keep_call(w, job, after);
    if (after->state == CALL_PUBLISHED)
        tell_call(w, job, after);
}

static void publish(struct job *job, struct workset *w, struct call *call)
{
    call->version++;
    call_moves(job, w, call, CALL_PUBLISHED, "", "published with its import");
    tell_call(w, job, call);
}

void import_call_decide(struct job *job, struct workset *w)
{
    const Funding__ImportCallRequest *request = (const Funding__ImportCallRequest *)job->message;
    const struct call *before = call_found(w, job);
    struct findings *harm = arena_alloc(w->arena, sizeof *harm), *findings = arena_alloc(w->arena, sizeof *findings);
    Funding__CallReport *report = arena_alloc(job->arena, sizeof *report);
    struct call *after;

    if (before != NULL && call_to_prepare(job, w) == NULL)
        return;
    after = call_content_build(job, w, request->content, before, id_of_code(w, request->content->code), CALL_NAME_PLACE);
    if (after == NULL)
        return;
    if (before != NULL)
        call_change_check(before, after, w->now_us, harm);
    if (findings_refuse(job, harm))
        return;
    call_check(after, w->now_us, findings);
    if (before != NULL)
        call_words_changed(before, after, w->now_us, findings);
    funding__call_report__init(report);
    report->created = before == NULL;
    report->changed = before == NULL || !call_content_same(before, after);
    if (!request->dry_run && report->changed)
        store(job, w, before, after);
    if (!request->dry_run && request->publish && after->state == CALL_DRAFT && findings->errors == 0)
        publish(job, w, after);
    report->call = call_message(job->arena, after, w->now_us, true);
    report->findings = findings_messages(job->arena, findings, &report->n_findings);
    job_answer(job, &report->base, (uint64_t)after->version);
}
