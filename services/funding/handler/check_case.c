/* CheckCase: what keeps a case from being proposed to its board, and what its preparer should look at; for its officials. */
#include "common/base/workday.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/prepared_case.h"

enum err check_case_needs(struct job *job, struct workset *w)
{
    const enum err err = check_signed_in(job);

    return err == ERR_OK ? prepared_case_want(job, w, &((const Municipal__GetCaseRequest *)job->message)->case_id, false) : err;
}

void check_case_decide(struct job *job, struct workset *w)
{
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);
    Municipal__CaseChecks *m = arena_alloc(job->arena, sizeof *m);
    struct case_view view;
    const struct municipal_case *c = prepared_case_seen(job, w, &view);

    if (c == NULL)
        return;
    if (view.reader != CASE_FOR_OFFICIAL) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    case_check(c, municipality_found(w, job), helsinki_day(w->now_us), findings);
    municipal__case_checks__init(m);
    m->findings = findings_messages(job->arena, findings, &m->n_findings);
    m->proposable = findings->errors == 0 && (c->state == CASE_IN_PREPARATION || c->state == CASE_PROPOSED);
    job_answer(job, &m->base, 0);
}
