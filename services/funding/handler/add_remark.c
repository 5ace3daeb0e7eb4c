/* AddRemark: an official of the call writes an internal comment about an application. It stays as it was written; after the decision it is
 * public on request. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/remark_message.h"
#include "services/funding/handler/who.h"

#define WORDS_MAX 4000

enum err add_remark_needs(struct job *job, struct workset *w)
{
    const Funding__AddRemarkRequest *request = (const Funding__AddRemarkRequest *)job->message;
    enum err err = check_lines(job, "words", request->words, 1, WORDS_MAX);

    if (err == ERR_OK)
        err = evaluation_case_want(job, w, &request->application_id, true);
    if (err == ERR_OK)
        remark_want(w, job, application_asked(w, job)->id);
    return err;
}

/* An admin looks at everything, and writes nothing that is an official's. */
static bool is_official(struct job *job, const struct call *call)
{
    for (size_t i = 0; i < call->official_count; i++)
        if (uuid_compare(call->officials[i].person_id, job->actor) == 0)
            return true;
    if (who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(call, job->actor))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return false;
}

void add_remark_decide(struct job *job, struct workset *w)
{
    struct remark *remark = arena_alloc(w->arena, sizeof *remark);
    struct evaluation_case c;

    if (!evaluation_case_open(job, w, &c) || !is_official(job, c.call))
        return;
    *remark = (struct remark){.id = uuid_v7(w->now_us),
                              .application_id = c.application->id,
                              .person_id = job->actor,
                              .at_us = w->now_us,
                              .words = ((const Funding__AddRemarkRequest *)job->message)->words};
    remark_add(w, remark);
    job_answer(job, &remark_list_message(job, w, &c, remark)->base, 0);
}
