/* See who.h. */
#include "services/funding/handler/who.h"

#define OFFICIALS                                                                                                                          \
    ((uint32_t)(BUS__ROLE__ROLE_EVALUATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER | BUS__ROLE__ROLE_DECIDER |               \
                BUS__ROLE__ROLE_ADMIN))

bool who_is(const struct job *job, Bus__Role role)
{
    return (job->request->roles & (uint32_t)role) != 0;
}

enum err who_has(struct job *job, uint32_t roles)
{
    const enum err err = check_signed_in(job);

    if (err != ERR_OK || (job->request->roles & roles) != 0)
        return err;
    return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
}

enum err who_prepares(struct job *job)
{
    return who_has(job, BUS__ROLE__ROLE_PREPARER);
}

enum err who_decides(struct job *job)
{
    return who_has(job, BUS__ROLE__ROLE_DECIDER);
}

enum err who_official(struct job *job)
{
    return who_has(job, OFFICIALS);
}

bool who_is_official(const struct job *job)
{
    return (job->request->roles & OFFICIALS) != 0;
}

enum err who_applies(struct job *job)
{
    return who_has(job, BUS__ROLE__ROLE_APPLICANT);
}
