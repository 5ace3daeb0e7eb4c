/* The four hundred of the demonstration: made up from syllables, the same in every run, with addresses under example.fi.
 * 340 of them may take part and are spread over the implementations so that the popular ones fill up; 60 may not, each for
 * a reason the rules have to find. */
#ifndef HV_HV_UP_PEOPLE_H
#define HV_HV_UP_PEOPLE_H
#include <jansson.h>
#include <stddef.h>

#include "common/base/uuid.h"
#include "services/hv/up_api.h"

#define PEOPLE              400
#define IMPLEMENTATIONS_MAX 32

/* What the rules should find. */
enum person_case {
    PERSON_FITS,
    PERSON_WRONG_ROLE,           /* of the programme's rules */
    PERSON_WRONG_LEVEL,          /* of the programme's rules */
    PERSON_WRONG_IMPLEMENTATION, /* fits the programme, not the implementation asked for */
    PERSON_WITHOUT_FACTS         /* has an account and no particulars */
};

struct person {
    struct uuid id;
    char id_text[UUID_TEXT];
    char user_name[32];
    char name[64];
    char token[API_TOKEN];
    enum person_case kase;
    const char *language, *role, *level;
    unsigned implementation; /* index into the programme's */
};

/* Makes all PEOPLE from the programme as the gateway shows it (its rules and capacities); borrows the texts of `programme`. */
void people_make(struct person *people, const json_t *programme);
/* The person as PUT /api/persons/{id} wants it; a new reference. */
json_t *person_json(const struct person *person);

#endif
