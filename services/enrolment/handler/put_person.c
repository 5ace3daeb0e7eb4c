/* PutPerson: one states one's own name, address, language and facts; coordinators anybody's. Places already given are not
 * reconsidered: eligibility is decided once, when one enrols. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

static enum err check_word(struct job *job, const char *field, const char *fact, const char *value)
{
    if (*value == '\0')
        return fail_missing(job, field);
    return person_word_known(fact, value) ? ERR_OK : fail_word(job, field, value);
}

static enum err check_email(struct job *job, const char *email)
{
    if (*email == '\0')
        return fail_missing(job, "person.email");
    if (person_email_plausible(email))
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "field.email", "person.email", "Sähköpostiosoite on virheellinen", "E-postadressen är felaktig",
                    "The e-mail address is malformed");
}

static enum err check_fields(struct job *job, const Enrolment__Person *person)
{
    enum err err = check_text(job, "person.name", person->name, 1, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_email(job, person->email);
    if (err == ERR_OK)
        err = check_word(job, "person.language", "language", person->language);
    if (err == ERR_OK)
        err = check_word(job, "person.role", "role", person->role);
    if (err == ERR_OK)
        err = check_word(job, "person.level", "level", person->level);
    if (err == ERR_OK)
        err = check_word(job, "person.organisationKind", "organisation_kind", person->organisation_kind);
    if (err == ERR_OK)
        err = check_text(job, "person.organisation", person->organisation, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_code(job, "person.region", person->region, 0, 50);
    return err;
}

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
        err = check_fields(job, request->person);
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
    *after = (struct person){.id = id,
                             .name = told->name,
                             .email = told->email,
                             .language = told->language,
                             .role = told->role,
                             .level = told->level,
                             .organisation_kind = told->organisation_kind,
                             .organisation = told->organisation,
                             .region = told->region,
                             .version = before != NULL ? before->version + 1 : 1};
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
