/* See check.h. */
#include "services/enrolment/handler/check.h"

bool check_is_staff(const struct job *job)
{
    return (job->request->roles & (BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_ADMIN)) != 0;
}

bool check_may_see(const struct job *job, struct uuid person)
{
    return check_is_staff(job) || (!uuid_is_nil(job->actor) && uuid_compare(job->actor, person) == 0);
}

enum err check_staff(struct job *job)
{
    const enum err err = check_signed_in(job);
    if (err != ERR_OK)
        return err;
    return check_is_staff(job) ? ERR_OK : job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
}

enum err refuse(struct job *job, enum refusal refusal)
{
    return refuse_field(job, refusal, NULL);
}

enum err refuse_field(struct job *job, enum refusal refusal, const char *field)
{
    const struct refusal_text *text = refusal_text(refusal);
    return job_fail(job, ERR_REFUSED, text->rule, field, text->fi, text->sv, text->en);
}
