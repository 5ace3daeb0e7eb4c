/* PresentDecisions: a presenting official of the call presents what is prepared, as it is: all that is asked, or nothing (hallintolaki
 * 434/2003, 44 s. names who has presented a decision). Only what was presented is sent, with their name; an assessment that is written
 * anew, or an application that is supplemented, is presented anew. The money is looked at when the decisions are sent. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_round.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/presentation.h"

#define T FINDING_TEXT

enum err present_decisions_needs(struct job *job, struct workset *w)
{
    const enum err err = who_has(job, BUS__ROLE__ROLE_PRESENTER);

    return err == ERR_OK ? decision_round_want(job, w) : err;
}

static bool may_present(struct job *job, const struct call *call)
{
    if (call_official(call, job->actor, OFFICIAL_PRESENTER) != NULL)
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-presenter", NULL, "Et ole tämän haun esittelijä",
                   "Du är inte föredragande i denna utlysning", "You are no presenting official of this call");
    return false;
}

static bool conflicts(const struct job *job, const struct workset *w, const struct application *a)
{
    return conflict_of(evaluation_asked(w, job), a->id, job->actor) != NULL;
}

/* Where nothing is named: what is prepared and nobody has presented who still may, and theirs to present. */
static bool waits(const struct job *job, const struct workset *w, const struct application *a)
{
    const struct assessment *assessment = assessment_of(w, job, a->id);

    return assessment != NULL && assessment_chosen(assessment) &&
           decision_presented(call_found(w, job), evaluation_asked(w, job), a, assessment) == NULL && !conflicts(job, w, a);
}

/* Once more by the same person changes nothing; after another one it is theirs again. */
static void present(const struct job *job, struct workset *w, const struct application *a)
{
    const struct assessment *assessment = assessment_of(w, job, a->id);

    if (!assessment_presented(assessment, a->submitted_version) || uuid_compare(assessment->presented_by, job->actor) != 0)
        presentation_add(w, assessment, a->submitted_version, job->actor);
}

static void refuse_conflict(struct decision_round *round, const struct application *a)
{
    const struct finding finding = {.rule = "funding.decision.presenter-conflict",
                                    .field = "applicationIds",
                                    .text =
                                        T("Olet esteellinen tämän hakemuksen käsittelyssä: sen esittelee haun toinen esittelijä",
                                          "Du är jävig när det gäller denna ansökan: en annan föredragande i utlysningen föredrar den",
                                          "You have a conflict of interest in this application: another presenting official presents it")};

    decision_report_add(&round->report, a, &finding);
}

static bool examine(struct job *job, struct workset *w, struct decision_round *round, struct application *a)
{
    struct decision_case c = decision_round_case(job, w, round, a);

    if (conflicts(job, w, a)) {
        refuse_conflict(round, a);
        return false;
    }
    c.presenter = call_official(round->call, job->actor, OFFICIAL_PRESENTER);
    c.decider = decision_decider(round->call, evaluation_asked(w, job), a->id, job->actor);
    if (!decision_round_examine(job, w, round, &c))
        return false;
    decision_report_counts(&round->report,
                           &(struct decision){.granted = c.assessment.state == ASSESSMENT_GRANT, .cents = c.assessment.cents});
    return true;
}

void present_decisions_decide(struct job *job, struct workset *w)
{
    struct decision_round round = {.call = call_visible(job, w),
                                   .dry_run = ((const Funding__SendDecisionsRequest *)job->message)->dry_run,
                                   .report = decision_report_begin(w->arena)};

    if (round.call == NULL || !may_present(job, round.call) || (!decision_round_ready(job, w, &round) && !round.dry_run) ||
        (!decision_round_pick(job, w, &round, waits) && (!round.dry_run || job->err != ERR_OK)))
        return;
    for (size_t i = 0; i < round.count; i++)
        (void)examine(job, w, &round, round.rows[i]);
    if (round.report.errors > 0 && !round.dry_run) {
        decision_report_refuse(job, &round.report);
        return;
    }
    for (size_t i = 0; i < round.count && !round.dry_run; i++)
        present(job, w, round.rows[i]);
    if (!round.dry_run)
        round.report.message->presented = (uint32_t)round.count;
    job_answer(job, decision_report_end(&round.report), 0);
}
