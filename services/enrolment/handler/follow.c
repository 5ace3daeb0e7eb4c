/* Follow: be told when a programme's windows open and close; or stop being told. Repeating it changes nothing. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

enum err follow_needs(struct job *job, struct workset *w)
{
    const Enrolment__FollowRequest *request = (const Enrolment__FollowRequest *)job->message;
    struct uuid programme;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &programme);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, programme);
    workset_want_follow(w, programme, job->actor);
    return ERR_OK;
}

void follow_decide(struct job *job, struct workset *w)
{
    const Enrolment__FollowRequest *request = (const Enrolment__FollowRequest *)job->message;
    struct uuid programme;

    if (check_id(job, "programmeId", &request->programme_id, &programme) != ERR_OK)
        return;
    struct follow *follow = workset_follow(w, programme, job->actor);
    if (workset_programme(w, programme) == NULL || follow == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (follow->following == request->stop) {
        follow->following = !request->stop;
        follow->changed = true;
        tell_followed(w, job, follow);
    }
    Enrolment__FollowReply *answer = arena_alloc(w->arena, sizeof *answer);
    enrolment__follow_reply__init(answer);
    answer->following = follow->following;
    job_answer(job, &answer->base, 0);
}
