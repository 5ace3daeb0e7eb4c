/* A person as enrolment knows one: how to reach them, and the facts that eligibility is decided by. The facts are the
 * person's own statement; a coordinator can correct them. The id is the account's id. */
#ifndef HV_ENROLMENT_DOMAIN_PERSON_H
#define HV_ENROLMENT_DOMAIN_PERSON_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/uuid.h"

struct person {
    struct uuid id;
    const char *name, *email, *language;
    const char *role, *level, *organisation_kind, *organisation, *region;
    uint64_t version; /* 0: not stored yet */
};

/* The value of the fact an eligibility rule names: role, level, organisation_kind or region. NULL: there is no such fact. */
const char *person_fact(const struct person *person, const char *fact);

/* Whether `value` is a word of that fact's vocabulary. region is open: any code of a-z, digits and '-', or empty. */
bool person_word_known(const char *fact, const char *value);

/* That vocabulary, NULL at its end; NULL for region and for a fact there is not. PERSON_FACTS: the facts rules can name. */
const char *const *person_words(const char *fact);
extern const char *const PERSON_FACTS[];

/* An address mail can be sent to (common/base/address.h) with a dot in the domain: enough to keep out slips and header injection;
 * whether mail arrives, only mail can tell. */
bool person_email_plausible(const char *email);

#endif
