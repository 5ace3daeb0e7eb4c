/* The grant call of the demonstration: Oikeus osata, 15.3 million euros in eight themes, with thirty-one applications made up from its
 * facts. Two chapters of the story, for a call has to close before anything is decided in it: the first announces it and submits
 * (up_grant.c, what is written in up_grant_write.c), the second evaluates, proposes, prepares and decides (up_grant_decide.c); the report
 * is up_report_grant.c.
 *
 * Nothing is random: application i is the same for ever. Providers, their business ids and accounts are invented: the numbers are of a
 * range nobody has, with the right check digits. */
#ifndef HV_HV_UP_GRANT_H
#define HV_HV_UP_GRANT_H
#include "services/hv/up_steps.h"

#define GRANT_APPLICATIONS 31
#define GRANT_LARGEST      23 /* providers, of the first application */
#define GRANT_EVALUATORS   3
#define GRANT_CENTS        INT64_C(1530000000)

enum grant_person {
    GRANT_PREPARER,
    GRANT_REVIEWER, /* another preparer: a report is accepted by two */
    GRANT_PRESENTER,
    GRANT_DECIDER,
    GRANT_EVALUATOR,
    GRANT_APPLICANT = GRANT_EVALUATOR + GRANT_EVALUATORS,
    GRANT_PEOPLE = GRANT_APPLICANT + GRANT_APPLICATIONS
};

struct grant {
    struct steps steps;
    struct {
        char user_name[32], id[UUID_TEXT], token[API_TOKEN];
    } people[GRANT_PEOPLE];
    json_t *call; /* as the preparer sees it */
};

/* Makes the accounts, or finds them: each with a token of this start's. False: it has been said why not. */
bool grant_open(struct grant *grant, struct up *up);
void grant_close(struct grant *grant);
const char *grant_token(const struct grant *grant, size_t person);
/* Takes the content; a published call, or a failed step. */
json_t *grant_import(struct grant *grant, json_t *content, const char *key);
/* The same officials for any call; the call as it is then, NULL where it did not go well. */
json_t *grant_officials(struct grant *grant, const json_t *call, const char *key);
/* A second, small call, of a municipality, that stays open for a year: whoever looks around has somewhere to apply (up_grant_open.c). */
void grant_announce_open(struct grant *grant);

/* What application i says: funding.Content as JSON. */
json_t *grant_write(const json_t *call, size_t i);
size_t grant_partners(size_t i);                         /* providers in it, its lead among them */
const json_t *grant_theme(const json_t *call, size_t n); /* theme n over the groups; NULL: there are no more */

#endif
