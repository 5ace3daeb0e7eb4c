/* CorrectDecision: the decision-maker corrects a decision that was sent, by a new one which points to it and takes its place (hallintolaki
 * 434/2003, 50 s.). The old one stays as it was. The request says the whole outcome anew; amounts are held by their difference to what is
 * granted now, and what is still to be paid is planned anew (correct_plan.h). It is the decision-maker's alone: nobody presents it. */
#include <string.h>

#include "common/base/workday.h"
#include "services/funding/handler/award_begin.h"
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/correct_plan.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/decision_report.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell_decision.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/award.h"
#include "services/funding/store/report.h"

static enum err check_texts(struct job *job, const Funding__CorrectDecisionRequest *request)
{
    enum err err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);

    if (err == ERR_OK)
        err = check_lines(job, "purpose", request->purpose, 0, ASSESSMENT_TEXT_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "reasons", request->reasons, 0, ASSESSMENT_TEXT_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "terms", request->terms, 0, ASSESSMENT_TEXT_MAX);
    return err;
}

static enum err check_use(struct job *job, const char *field, const char *text, int64_t *out)
{
    *out = NO_DAY;
    return *text != '\0' ? check_day(job, field, text, out) : ERR_OK;
}

/* What was asked, as an assessment: the same rules hold. */
static enum err read_outcome(struct job *job, struct uuid application, struct assessment *a)
{
    const Funding__CorrectDecisionRequest *request = (const Funding__CorrectDecisionRequest *)job->message;
    enum err err;

    *a = assessment_begin(application, (struct uuid){{0}});
    a->state = request->granted ? ASSESSMENT_GRANT : ASSESSMENT_REJECT;
    a->cents = request->granted ? request->cents : 0;
    a->partner_cents = request->partner_cents;
    a->partner_count = request->n_partner_cents;
    a->line_cents = request->line_cents;
    a->line_count = request->n_line_cents;
    a->purpose = request->purpose;
    a->own_reasons = request->reasons;
    a->terms = request->terms;
    err = check_use(job, "useFrom", request->use_from, &a->use_from);
    if (err == ERR_OK)
        err = check_use(job, "useUntil", request->use_until, &a->use_until);
    return err;
}

enum err correct_decision_needs(struct job *job, struct workset *w)
{
    const Funding__CorrectDecisionRequest *request = (const Funding__CorrectDecisionRequest *)job->message;
    struct uuid application, decision;
    struct assessment outcome;
    enum err err = who_decides(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &application);
    if (err == ERR_OK)
        err = check_id(job, "decisionId", &request->decision_id, &decision);
    if (err == ERR_OK)
        err = check_texts(job, request);
    if (err == ERR_OK)
        err = read_outcome(job, application, &outcome);
    if (err == ERR_OK)
        err = correct_plan_check(job, request);
    if (err != ERR_OK)
        return err;
    (void)call_want(w, job, CALL_BY_DECISION, decision, CALL_LOCK);
    (void)application_want(w, job, application, APPLICATION_LOCK, CONTENT_SUBMITTED);
    consortium_want(w, job, application);
    evaluation_want(w, job, application);
    decision_want(w, job, decision, DOCUMENT_NONE);
    award_correct_want(w, job, application);
    return ERR_OK;
}

/* --- may it be corrected ----------------------------------------------------------------------------------------------- */
static bool stands(struct job *job, const struct workset *w, const struct call *call, const struct decision *old)
{
    const struct application *a = application_found(w, job);

    if (call == NULL || old == NULL || a == NULL || uuid_compare(old->application_id, a->id) != 0)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (call_official(call, job->actor, OFFICIAL_DECIDER) == NULL)
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-decider", NULL, "Et ole tämän haun päättäjä",
                       "Du är inte beslutsfattare i denna utlysning", "You are no decision-maker of this call");
    else if (call->state != CALL_PUBLISHED && call->state != CALL_RESOLVED)
        (void)job_fail(job, ERR_REFUSED, "funding.decision.call-ended", NULL, "Haku on päättynyt: sen päätöksiä ei enää korjata",
                       "Utlysningen är avslutad: dess beslut rättas inte längre",
                       "The call has ended: its decisions are not corrected any more");
    else if (!uuid_is_nil(old->corrected_by_id)) {
        (void)job_fail(job, ERR_REFUSED, "funding.decision.corrected", NULL, "Päätös on jo korjattu: korjaa uusinta päätöstä",
                       "Beslutet är redan rättat: rätta det nyaste beslutet",
                       "The decision has been corrected already: correct the newest one");
        fact_id(job, "correctedById", old->corrected_by_id);
    } else
        return true;
    return false;
}

/* Fields of the assessment's checks are this request's own. */
static void own_fields(struct findings *findings)
{
    static const char PREFIX[] = "assessment.";
    const size_t len = sizeof PREFIX - 1;

    for (size_t i = 0; i < findings->count; i++) {
        char *field = findings->rows[i].field;

        if (strncmp(field, PREFIX, len) == 0)
            memmove(field, field + len, strlen(field + len) + 1);
    }
}

/* The days of the call as change applications and reviews have moved them for this award: the period of use may last as long as it was
 * extended to, and reports are due when they are due now. */
static const struct call *with_days_moved(struct workset *w, const struct job *job, const struct call *call)
{
    const struct award *award = award_found(w, job);
    const struct report_ask *reports = report_asked(w, job);
    struct call *copy = arena_alloc(w->arena, sizeof *copy);

    *copy = *call;
    if (award == NULL)
        return copy;
    if (award->use_until != NO_DAY && award->use_until > copy->use_until)
        copy->use_until = award->use_until;
    for (size_t i = 0; i < reports->count; i++) {
        const struct report *report = &reports->rows[i].report;
        *(report->kind == REPORT_FINAL ? &copy->final_due : &copy->interim_due) = report->due_on;
    }
    return copy;
}

static bool outcome_holds(struct job *job, struct workset *w, struct decision_case *c, const struct decision *old)
{
    const struct award *award = award_found(w, job);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    struct planned_instalment *whole = arena_alloc(w->arena, sizeof *whole);
    struct decision_caps caps = decision_caps_begin(c->call);
    struct decision_report report = decision_report_begin(w->arena);

    *whole = (struct planned_instalment){.due_on = helsinki_day(w->now_us), .cents = c->assessment.cents};
    if (c->assessment.state == ASSESSMENT_GRANT) { /* instalments are looked at with what is paid already: correct_plan_holds */
        c->assessment.instalments = whole;
        c->assessment.instalment_count = 1;
    }
    decision_case_findings(c, &(struct proposed){0}, findings);
    own_fields(findings);
    if (findings_refuse(job, findings))
        return false;
    decision_caps_add(&caps, old->theme_id, c->assessment.cents - (award != NULL ? award->granted_cents : 0));
    decision_report_caps(&report, &caps);
    if (report.errors > 0) {
        decision_report_refuse(job, &report);
        return false;
    }
    return award_correctable(job, w, c->assessment.cents) && correct_plan_holds(job, w, award, c);
}

/* --- the correction ---------------------------------------------------------------------------------------------------- */
static void write(struct job *job, struct workset *w, struct decision_case *c)
{
    const struct award *award = award_found(w, job);

    c->decision->event_id = tell_decision_sent(w, job, c);
    decision_add(w, c->decision);
    if (award == NULL && c->decision->granted)
        award_begin(w, job, c->application, c->call, c->decision->answer_until, c->instalments, c->instalment_count);
    else
        award_corrected(w, job, c->decision->cents, c->decision->answer_until, c->instalments, c->instalment_count);
    job_answer(job, &decision_message(w->arena, c->decision, true)->base, 0);
}

void correct_decision_decide(struct job *job, struct workset *w)
{
    const Funding__CorrectDecisionRequest *request = (const Funding__CorrectDecisionRequest *)job->message;
    const struct call *call = call_found(w, job);
    const struct decision *old = decision_found(w, job);

    if (!stands(job, w, call, old))
        return;
    const struct evaluation_ask *evaluations = evaluation_asked(w, job);
    const struct award *award = award_found(w, job);
    struct decision_case c = {.call = with_days_moved(w, job, call),
                              .application = application_found(w, job),
                              .consortium = consortium_of(w, job, old->application_id),
                              .content = application_asked(w, job)->submitted,
                              .decider = call_official(call, job->actor, OFFICIAL_DECIDER),
                              .decider_conflicts = conflict_of(evaluations, old->application_id, job->actor) != NULL,
                              .corrects = old,
                              .correction = request->reason};
    correct_plan_read(w->arena, request, award, &c);
    if (read_outcome(job, old->application_id, &c.assessment) != ERR_OK || !outcome_holds(job, w, &c, old))
        return;
    decision_case_make(w->arena, &c, w->now_us);
    c.answered = award != NULL && award->state == AWARD_ACCEPTED && c.decision->granted;
    if (c.answered)
        c.decision->answer_until = award->answer_until;
    const enum err err = decision_case_draw(w->arena, &c, NULL, false);
    if (err != ERR_OK)
        (void)job_fail(job, err, "funding.decision.document", NULL, "Päätösasiakirjaa ei voitu laatia: lyhennä perusteluja ja ehtoja",
                       "Beslutshandlingen kunde inte göras: förkorta motiveringen och villkoren",
                       "The document could not be made: shorten the reasons and terms");
    else
        write(job, w, &c);
}
