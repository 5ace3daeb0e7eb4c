/* EditProgramme: what a programme says of itself: its code and title, its credits, and how it treats those who enrol. All of it is set,
 * as in the message; its parts and its cap stay, since they have calls of their own. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err edit_programme_needs(struct job *job, struct workset *w)
{
    const Enrolment__EditProgrammeRequest *request = (const Enrolment__EditProgrammeRequest *)job->message;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err != ERR_OK)
        return err;
    if (request->programme == NULL)
        return fail_missing(job, "programme");
    err = check_head(job, request->programme, false);
    if (err != ERR_OK)
        return err;
    workset_lock_code(w, request->programme->code);
    return edit_lock(job, w, &request->programme_id);
}

void edit_programme_decide(struct job *job, struct workset *w)
{
    const Enrolment__EditProgrammeRequest *request = (const Enrolment__EditProgrammeRequest *)job->message;
    const Enrolment__Programme *m = request->programme;
    struct programme *p = edit_begin(job, w, &request->programme_id);

    if (p == NULL)
        return;
    const struct programme *coded = workset_programme_coded(w, m->code);
    if (coded != NULL && coded != p) {
        (void)fail_code_taken(job);
        return;
    }
    if (m->cap != 0 && m->cap != p->cap) {
        (void)refuse(job, REFUSAL_SEATS_ELSEWHERE);
        fact_number(job, "cap", p->cap);
        return;
    }
    struct programme after = *p;
    head_build(&after, m);
    edit_end(job, w, p, &after, request->reason);
}
