/* The vocabularies of a person's facts, and the look-up that eligibility rules use. */
#include "services/enrolment/domain/person.h"

#include <string.h>

#include "common/base/address.h"

static const char *const ROLES[] = {"teacher", "principal", "daycare_director", "leadership_team", "education_director", "other", NULL};
static const char *const LEVELS[] = {"early_childhood", "pre_primary", "basic", "upper_secondary", "vocational", "other", NULL};
static const char *const KINDS[] = {"municipality", "joint_authority", "private", "state", "university", "other", NULL};
static const char *const LANGUAGES[] = {"fi", "sv", "en", NULL};
const char *const PERSON_FACTS[] = {"role", "level", "organisation_kind", "region", NULL};

static bool listed(const char *const *words, const char *value)
{
    for (; *words; words++)
        if (strcmp(*words, value) == 0)
            return true;
    return false;
}

static bool region_code(const char *value)
{
    for (; *value; value++)
        if (!((*value >= 'a' && *value <= 'z') || (*value >= '0' && *value <= '9') || *value == '-'))
            return false;
    return true;
}

const char *person_fact(const struct person *person, const char *fact)
{
    if (strcmp(fact, "role") == 0)
        return person->role;
    if (strcmp(fact, "level") == 0)
        return person->level;
    if (strcmp(fact, "organisation_kind") == 0)
        return person->organisation_kind;
    if (strcmp(fact, "region") == 0)
        return person->region;
    return NULL;
}

const char *const *person_words(const char *fact)
{
    if (strcmp(fact, "role") == 0)
        return ROLES;
    if (strcmp(fact, "level") == 0)
        return LEVELS;
    if (strcmp(fact, "organisation_kind") == 0)
        return KINDS;
    return strcmp(fact, "language") == 0 ? LANGUAGES : NULL;
}

bool person_word_known(const char *fact, const char *value)
{
    const char *const *words = person_words(fact);

    return words != NULL ? listed(words, value) : strcmp(fact, "region") == 0 && region_code(value);
}

bool person_email_plausible(const char *email)
{
    return address_valid(span_text(email)) && strchr(strchr(email, '@'), '.') != NULL;
}
