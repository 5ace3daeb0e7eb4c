/* PutPerson: one states one's own name, address, language and facts; coordinators anybody's. Places already given are not
 * reconsidered: eligibility is decided once, when one enrols. Fields are named as in the person itself, which is HTTP's whole body. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/check_person.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

enum err put_person_needs(struct job *job, struct workset *w)
{
    const Enrolment__PutPersonRequest *request = (const Enrolment__PutPersonRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err != ERR_OK)
        return err;
    if (request->person == NULL)
        return fail_missing(job, "person");
    err = check_id_or(job, "person.id", &request->person->id, job->actor, &id);
    if (err == ERR_OK && !check_may_see(job, id))
        err = job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    if (err == ERR_OK)
        err = check_person(job, "", request->person);
    if (err != ERR_OK)
        return err;
    workset_lock_person(w, id);
    return ERR_OK;
}

static bool same(const struct person *a, const struct person *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->email, b->email) == 0 && strcmp(a->language, b->language) == 0 &&
           strcmp(a->role, b->role) == 0 && strcmp(a->level, b->level) == 0 && strcmp(a->organisation_kind, b->organisation_kind) == 0 &&
           strcmp(a->organisation, b->organisation) == 0 && strcmp(a->region, b->region) == 0;
}

void put_person_decide(struct job *job, struct workset *w)
{
    const Enrolment__Person *told = ((const Enrolment__PutPersonRequest *)job->message)->person;
    struct uuid id;

    if (check_id_or(job, "person.id", &told->id, job->actor, &id) != ERR_OK)
        return;
    struct person *before = workset_person(w, id);
    if (job->request->if_match != 0 && check_version(job, before != NULL ? before->version : 0) != ERR_OK)
        return;
    struct person *after = arena_alloc(w->arena, sizeof *after);
    *after = person_told(id, told, before != NULL ? before->version + 1 : 1);
    if (before != NULL && same(before, after)) {
        after = before;
    } else {
        workset_person_put(w, after);
        tell_person(w, job, after);
    }
    Enrolment__Person *answer = arena_alloc(w->arena, sizeof *answer);
    person_fill(answer, after);
    job_answer(job, &answer->base, after->version);
}
