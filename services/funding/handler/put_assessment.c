/* PutAssessment: a preparer of the call writes what the decision is to say: all of it at once, with If-Match. It may be unfinished; the
 * answer's findings are what keeps it from being sent. Once the decision is sent it stays as it is. */
#include "services/funding/handler/assessment_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/who.h"

enum err put_assessment_needs(struct job *job, struct workset *w)
{
    const Funding__PutAssessmentRequest *request = (const Funding__PutAssessmentRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = assessment_check(job, request->assessment);
    if (err == ERR_OK)
        err = evaluation_case_want(job, w, &request->application_id, true);
    if (err == ERR_OK)
        assessment_want_case(w, job, application_asked(w, job)->id);
    return err;
}

static bool may_prepare(struct job *job, const struct call *call)
{
    if (call_prepared_by(call, job->actor))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-preparer", NULL, "Et ole tämän haun valmistelija",
                   "Du är inte beredare för denna utlysning", "You are no preparer of this call");
    return false;
}

static bool may_cost(struct job *job, const struct application *application, int64_t cents)
{
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);

    if (cents <= application->applied_cents)
        return true;
    finding_error(findings, "funding.assessment.cents",
                  FINDING_TEXT("Enempää kuin on haettu ei voi myöntää: pienennä summaa",
                               "Mer än vad som har sökts kan inte beviljas: minska beloppet",
                               "No more can be granted than was applied for: lower the amount"),
                  "assessment.cents");
    finding_amounts(findings, FINDING_AT_MOST, cents, application->applied_cents);
    return !findings_refuse(job, findings);
}

/* Words of the move: how what the preparer says about it begins, where it differs from the proposal; all of it stands in the assessment. */
static const char *why_of(struct arena *arena, const struct assessment *a)
{
    size_t bytes = 0;

    if (*a->deviation == '\0')
        return "prepared for the decision";
    for (size_t letters = 0; a->deviation[bytes] != '\0'; bytes++) {
        letters += ((unsigned char)a->deviation[bytes] & 0xc0) != 0x80;
        if (letters == CHECK_REASON_MAX)
            return arena_printf(arena, "%.*s…", (int)bytes, a->deviation);
    }
    return a->deviation;
}

void put_assessment_decide(struct job *job, struct workset *w)
{
    const Funding__PutAssessmentRequest *request = (const Funding__PutAssessmentRequest *)job->message;
    struct assessment *a = arena_alloc(w->arena, sizeof *a);
    struct evaluation_case c;

    if (!evaluation_case_open(job, w, &c) || !may_prepare(job, c.call) || !evaluation_case_waits(job, &c) ||
        !may_cost(job, c.application, request->assessment->cents))
        return;
    const struct assessment *before = assessment_of(w, job, c.application->id);
    *a = before != NULL ? *before : assessment_begin(c.application->id, c.call->id);
    if (check_version(job, (uint64_t)a->version) != ERR_OK)
        return;
    assessment_read(w->arena, request->assessment, a);
    a->state = (enum assessment_state)request->assessment->state; /* any of the four may follow any; the last one has its decision */
    a->version++;
    assessment_put(w, a, why_of(w->arena, a), job->actor);
    assessment_keep(w, job, a);
    assessment_answer(job, w, &c, a);
}
