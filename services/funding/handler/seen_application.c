/* See seen_application.h. */
#include "services/funding/handler/seen_application.h"

struct application_ask *seen_application_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id,
                                              enum application_content content, enum err *err)
{
    struct uuid application;

    *err = check_signed_in(job);
    if (*err == ERR_OK)
        *err = check_id(job, "applicationId", id, &application);
    if (*err != ERR_OK)
        return NULL;
    (void)call_want(w, job, CALL_BY_APPLICATION, application, CALL_READ);
    struct application_ask *ask = application_want(w, job, application, APPLICATION_READ, content);
    if (who_is_official(job))
        ask->reader = job->actor;
    return ask;
}

static bool has_office(const struct job *job, const struct call *call, bool evaluators_too)
{
    static const struct {
        Bus__Role bit;
        enum official_role role;
    } ROLES[] = {{BUS__ROLE__ROLE_PREPARER, OFFICIAL_PREPARER},
                 {BUS__ROLE__ROLE_EVALUATOR, OFFICIAL_EVALUATOR},
                 {BUS__ROLE__ROLE_PRESENTER, OFFICIAL_PRESENTER},
                 {BUS__ROLE__ROLE_DECIDER, OFFICIAL_DECIDER}};

    if (who_is(job, BUS__ROLE__ROLE_ADMIN) || (who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(call, job->actor)))
        return true;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
        if ((evaluators_too || ROLES[i].role != OFFICIAL_EVALUATOR) && who_is(job, ROLES[i].bit) &&
            call_official(call, job->actor, ROLES[i].role) != NULL)
            return true;
    return false;
}

bool official_sees(const struct job *job, const struct call *call)
{
    return has_office(job, call, true);
}

bool official_handles(const struct job *job, const struct call *call)
{
    return has_office(job, call, false);
}

void official_refuse_conflict(struct job *job)
{
    (void)job_fail(job, ERR_FORBIDDEN, "funding.conflict.no-part", NULL,
                   "Olet esteellinen tässä hakemuksessa: et osallistu sen käsittelyyn",
                   "Du är jävig i denna ansökan: du deltar inte i behandlingen av den",
                   "You have a conflict of interest in this application: you take no part in it");
}

bool official_conflicted(struct job *job, struct workset *w)
{
    if (!application_asked(w, job)->conflict)
        return false;
    official_refuse_conflict(job);
    return true;
}

struct seen_application seen_application(struct job *job, struct workset *w)
{
    struct application *a = application_found(w, job);
    const struct call *call = call_found(w, job);

    if (a != NULL && uuid_compare(a->owner_id, job->actor) == 0)
        return (struct seen_application){.row = a, .official = false};
    if (a != NULL && call != NULL && *a->register_number != '\0' && official_sees(job, call))
        return (struct seen_application){.row = official_conflicted(job, w) ? NULL : a, .official = true};
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return (struct seen_application){.row = NULL};
}
