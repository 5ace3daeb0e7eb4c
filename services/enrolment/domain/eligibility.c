/* Eligibility rules evaluated: membership of one fact in a list of values. See eligibility.h. */
#include "services/enrolment/domain/eligibility.h"

#include <string.h>

static bool list_holds(const char *list, const char *value)
{
    const size_t len = strlen(value);

    if (len == 0)
        return false;
    for (const char *word = list; word; word = strchr(word, ',')) {
        if (*word == ',')
            word++;
        if (strncmp(word, value, len) == 0 && (word[len] == ',' || word[len] == '\0'))
            return true;
    }
    return false;
}

bool eligibility_meets(const struct rule *rule, const struct person *person)
{
    const char *value = person_fact(person, rule->fact);
    return value != NULL && list_holds(rule->allowed, value);
}

size_t eligibility_failing(const struct rule *rules, size_t count, const struct person *person, const struct rule **failing)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (!eligibility_meets(&rules[i], person))
            failing[found++] = &rules[i];
    return found;
}
