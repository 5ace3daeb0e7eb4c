/* A turn of the writer by hand, step by step, with one batch of jobs: jobs that ask, one load, what the test does, one save. */
#ifndef HV_TESTS_STORE_FUNDING_TURN_H
#define HV_TESTS_STORE_FUNDING_TURN_H
#include "services/funding/store/workset.h"
#include "tests/store/funding/world.h"

struct uuid world_id(const char *quoted);            /* of one of the names in world.h: CALL, FIRST, ... */
struct job *turn_job(struct arena *arena);           /* of nobody, with an empty request */
void turn_load(struct workset *w, struct db *db);    /* begins the transaction; has to succeed */
enum err turn_try(struct workset *w, struct db *db); /* saves and commits, or rolls back and gives the fault */
void turn_save(struct workset *w, struct db *db);    /* turn_try that has to succeed */

#endif
