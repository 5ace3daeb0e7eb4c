/* PutPerson: one states one's own name, address, language and facts; coordinators anybody's. Places already given are not
 * reconsidered: eligibility is decided once, when one enrols. Fields are named as in the person itself, which is HTTP's whole body. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

static enum err check_word(struct job *job, const char *field, const char *fact, const char *value)
{
    return person_word_known(fact, value) ? ERR_OK : fail_word(job, field, value, person_words(fact));
}

static enum err check_email(struct job *job, const char *email)
{
    if (person_email_plausible(email))
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "field.email", "email", "Sähköpostiosoite on virheellinen", "E-postadressen är felaktig",
                    "The e-mail address is malformed");
}

/* All that must be there and is not, at once: a form is filled in one go. */
static enum err check_present(struct job *job, const Enrolment__Person *person)
{
    const struct {
        const char *field, *value;
    } musts[] = {{"name", person->name}, {"email", person->email}, {"language", person->language},
                 {"role", person->role}, {"level", person->level}, {"organisationKind", person->organisation_kind}};
    const char *first = NULL, *all = "";

    for (size_t i = 0; i < sizeof musts / sizeof *musts; i++) {
        if (*musts[i].value != '\0')
            continue;
        all = first == NULL ? musts[i].field : arena_printf(job->arena, "%s, %s", all, musts[i].field);
        first = first == NULL ? musts[i].field : first;
    }
    if (first == NULL)
        return ERR_OK;
    (void)fail_missing(job, first);
    job_fact(job, "missing", all);
    return ERR_INVALID;
}

static enum err check_fields(struct job *job, const Enrolment__Person *person)
{
    enum err err = check_present(job, person);

    if (err == ERR_OK)
        err = check_text(job, "name", person->name, 1, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_email(job, person->email);
    if (err == ERR_OK)
        err = check_word(job, "language", "language", person->language);
    if (err == ERR_OK)
        err = check_word(job, "role", "role", person->role);
    if (err == ERR_OK)
        err = check_word(job, "level", "level", person->level);
    if (err == ERR_OK)
        err = check_word(job, "organisationKind", "organisation_kind", person->organisation_kind);
    if (err == ERR_OK)
        err = check_text(job, "organisation", person->organisation, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_code(job, "region", person->region, 0, 50);
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
