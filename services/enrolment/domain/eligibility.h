/* Eligibility: rules are data, evaluated here. A rule names one fact of the person and the values allowed; a person must meet
 * every rule of the programme and every rule of the implementation.
 *
 * As data, so that a provider changes a target group by an import and not by a release; as plain membership in a list, so that
 * a refusal can always say which fact was looked at, what it was, and what it should have been. */
#ifndef HV_ENROLMENT_DOMAIN_ELIGIBILITY_H
#define HV_ENROLMENT_DOMAIN_ELIGIBILITY_H
#include <stdbool.h>
#include <stddef.h>

#include "services/enrolment/domain/person.h"
#include "services/enrolment/domain/text.h"

#define ELIGIBILITY_RULES_MAX 20 /* of one programme or one implementation; import enforces it */

struct rule {
    const char *rule, *fact; /* "vepo.role", "role" */
    const char *allowed;     /* the values with commas between: "teacher,principal"; no value holds a comma */
    struct text reason;
    bool review; /* who does not meet it is left to a coordinator instead of being refused */
};

/* A fact that is not in the vocabulary fails: a rule nobody can meet is safer than a rule nobody checks. */
bool eligibility_meets(const struct rule *rule, const struct person *person);

/* The rules the person does not meet, in their order, into `failing` (room for `count`). Returns how many; 0: eligible. */
size_t eligibility_failing(const struct rule *rules, size_t count, const struct person *person, const struct rule **failing);

#endif
