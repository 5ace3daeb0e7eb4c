/* A crowd: 64 people, each with a client of its own, at two hv-enrolment on one schema whose nets (CHECKs, unique orders, one active
 * registration a person) were dropped, so that the programme's lock alone carries the weight. For the tests of overselling. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_CROWD_H
#define HV_TESTS_SERVICE_ENROLMENT_CROWD_H
#include "tests/service/enrolment/rig.h"

#define CROWD         64
#define CROWD_WAITING 8 /* places on a waiting list */

enum crowd_kind { CROWD_PROGRAMME = 1, CROWD_IMPLEMENTATION = 2, CROWD_PERSON = 3 };
struct uuid crowd_id(enum crowd_kind kind, unsigned number); /* the same in C and in SQL */

struct rig *crowd_new(const char *program);
/* One implementation in one programme, both named by the round, open now; `columns` of the programme are set besides. */
void crowd_programme(struct rig *rig, unsigned round, unsigned seats, unsigned cap, const char *columns);
/* How many calls ended without a decision, because the service was not there or too late: such a round says nothing about seats. */
unsigned crowd_undecided(const struct answer *const answers[CROWD]);
bool crowd_chain_holds(struct rig *rig, unsigned round); /* the published chain verifies, and ends where its head says */

#endif
