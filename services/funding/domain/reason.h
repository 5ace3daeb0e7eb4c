/* Ready reasons of decisions, in three languages: sentences a preparer picks by number and completes with words of their own
 * (hallintolaki 434/2003, 45 s.: a decision says what facts and rules it rests on). Numbers are for ever: assessments hold them;
 * what says something else gets a number of its own.
 *
 * They name no act: calls of the state and of municipalities share them, and what was applied stands in the letter (document/letter). */
#ifndef HV_FUNDING_DOMAIN_REASON_H
#define HV_FUNDING_DOMAIN_REASON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services/funding/domain/text.h"

#define REASON_NO_ROOM 2 /* the one that says that the money went to others */

struct reason {
    int32_t n;
    bool grants; /* for a grant, in full or in part; else for a rejection */
    struct text text;
};

const struct reason *reason_all(size_t *count);
const struct reason *reason_find(int32_t n); /* NULL: there is none */

#endif
