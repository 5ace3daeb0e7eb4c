/* GetPreferences: what one gets by mail, topic by topic; an admin sees anybody's, to help them. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/preference_answer.h"

static enum err whose(struct job *job, struct uuid *person)
{
    const Notification__GetPreferencesRequest *request = (const Notification__GetPreferencesRequest *)job->message;

    *person = job->actor;
    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    if (request->person_id.len == 0)
        return ERR_OK;
    const enum err err = convert_asked_id(job, person, request->person_id, "personId");
    if (err != ERR_OK)
        return err;
    return uuid_compare(*person, job->actor) == 0 ? ERR_OK : page_require_admin(job);
}

enum err get_preferences_needs(struct job *job, struct workset *w)
{
    struct uuid person;
    const enum err err = whose(job, &person);

    if (err == ERR_OK)
        preference_want(w, job, person);
    return err;
}

void get_preferences_decide(struct job *job, struct workset *w)
{
    struct uuid person;

    if (whose(job, &person) != ERR_OK)
        return;
    if (uuid_compare(person, job->actor) != 0 && !preference_found(w, job).known)
        (void)job_fail(job, ERR_NOT_FOUND, "notification.person.unknown", "personId", "Henkilöä ei tunneta", "Personen är inte känd",
                       "Nobody has told us of this person");
    else
        preferences_answer(job, w, person);
}
