/* A history: one small programme, sixty to a hundred and fifty operations by people and coordinators, one after the other or up to 64 at
 * once, time that passes in between; and after it the comparison of everything. */
#ifndef HV_TESTS_PROPERTY_HISTORY_H
#define HV_TESTS_PROPERTY_HISTORY_H
#include <stdio.h>

#include "common/db/db.h"
#include "tests/service/enrolment/property/service.h"

struct tally { /* over all histories */
    uint64_t operations, at_once, repeated;
    uint64_t done[OPERATION_COUNT], refused[OPERATION_COUNT], failed[OPERATION_COUNT];
    uint64_t ended, promoted, offered; /* by the rules alone */
};

/* Plays the history of this seed. Returns how many differences there were; the first of them, with the story, go to `out`. */
unsigned history_play(struct service_under_test *s, struct db *db, uint64_t seed, uint32_t number, struct tally *tally, FILE *out,
                      bool tell_all);

#endif
