/* The instruction for requesting a review (oikaisuvaatimusohje, anvisning om begäran om omprövning) that goes with every decision, as a
 * table of versions: whose decision it is and the day on which it was made choose one. A decision keeps the version's name for ever, so
 * that what its recipient was told can be found. Versions are added, never changed.
 *
 * Times: 30 days for a grant of the state (688/2001, 34 s.), 14 days for a municipality's (410/2015, 134-140 s.). The words are our own;
 * in them {0} is the authority, {1} its contact, {2} and {3} the last days for a recipient told electronically and by letter. */
#ifndef HV_FUNDING_DOMAIN_REVIEW_INSTRUCTION_H
#define HV_FUNDING_DOMAIN_REVIEW_INSTRUCTION_H
#include <stddef.h>
#include <stdint.h>

#include "services/funding/domain/call.h"

#define REVIEW_PARAGRAPHS 6

struct review_instruction {
    const char *version; /* "state-2020" */
    enum authority_kind authority;
    int32_t year, month, day; /* the first day of decisions it goes with */
    int32_t days;             /* to request a review */
    struct text title;
    const struct text *paragraphs[REVIEW_PARAGRAPHS];
};

/* NULL: the decision is older than what is known here. */
const struct review_instruction *review_instruction_for(enum authority_kind authority, int64_t decided_on);
const struct review_instruction *review_instruction_named(const char *version); /* NULL: there is none */
/* The last day for whoever is told of a decision that is sent on that day. */
int64_t review_last_day(const struct review_instruction *instruction, int64_t sent_on, bool by_letter);

#endif
