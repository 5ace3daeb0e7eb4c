/* A person's details, field by field. See check_person.h. */
#include "services/enrolment/handler/check_person.h"

#include "services/enrolment/handler/check.h"

static const char *named(struct job *job, const char *prefix, const char *field)
{
    return *prefix == '\0' ? field : arena_printf(job->arena, "%s%s", prefix, field);
}

/* A fact may be empty: an open event asks for none, and where a rule does, an empty one does not meet it. */
static enum err check_word(struct job *job, const char *field, const char *fact, const char *value)
{
    return *value == '\0' || person_word_known(fact, value) ? ERR_OK : fail_word(job, field, value, person_words(fact));
}

static enum err check_email(struct job *job, const char *field, const char *email)
{
    if (person_email_plausible(email))
        return ERR_OK;
    for (const char *c = email; *c != '\0'; c++)
        if ((unsigned char)*c >= 0x80)
            return job_fail(
                job, ERR_INVALID, "field.email-ascii", field,
                "Sähköpostiosoitteessa saa olla vain ASCII-merkkejä: kirjoita ä, ö ja å niin kuin postipalvelimesi ne kirjoittaa",
                "En e-postadress får ha endast ASCII-tecken: skriv å, ä och ö så som din e-postserver skriver dem",
                "An e-mail address may have ASCII characters only: write ä, ö and å the way your mail server does");
    return job_fail(job, ERR_INVALID, "field.email", field, "Sähköpostiosoite on virheellinen", "E-postadressen är felaktig",
                    "The e-mail address is malformed");
}

/* All that must be there and is not, at once: a form is filled in one go. */
static enum err check_present(struct job *job, const char *prefix, const Enrolment__Person *person)
{
    const struct {
        const char *field, *value;
    } musts[] = {{"name", person->name}, {"email", person->email}, {"language", person->language}};
    const char *first = NULL, *all = "";

    for (size_t i = 0; i < sizeof musts / sizeof *musts; i++) {
        if (*musts[i].value != '\0')
            continue;
        all = first == NULL ? musts[i].field : arena_printf(job->arena, "%s, %s", all, musts[i].field);
        first = first == NULL ? musts[i].field : first;
    }
    if (first == NULL)
        return ERR_OK;
    (void)fail_missing(job, named(job, prefix, first));
    job_fact(job, "missing", all);
    return ERR_INVALID;
}

enum err check_person(struct job *job, const char *prefix, const Enrolment__Person *person)
{
    enum err err = check_present(job, prefix, person);

    if (err == ERR_OK)
        err = check_text(job, named(job, prefix, "name"), person->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_email(job, named(job, prefix, "email"), person->email);
    if (err == ERR_OK)
        err = check_word(job, named(job, prefix, "language"), "language", person->language);
    if (err == ERR_OK)
        err = check_word(job, named(job, prefix, "role"), "role", person->role);
    if (err == ERR_OK)
        err = check_word(job, named(job, prefix, "level"), "level", person->level);
    if (err == ERR_OK)
        err = check_word(job, named(job, prefix, "organisationKind"), "organisation_kind", person->organisation_kind);
    if (err == ERR_OK)
        err = check_text(job, named(job, prefix, "organisation"), person->organisation, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_code(job, named(job, prefix, "region"), person->region, 0, 50);
    return err;
}

struct person person_told(struct uuid id, const Enrolment__Person *told, uint64_t version)
{
    return (struct person){.id = id,
                           .name = told->name,
                           .email = told->email,
                           .language = told->language,
                           .role = told->role,
                           .level = told->level,
                           .organisation_kind = told->organisation_kind,
                           .organisation = told->organisation,
                           .region = told->region,
                           .version = version};
}
