/* The service under test: its own cases and its own store, run by two writers (two replicas) on one real PostgreSQL, and 64 clients, each
 * a thread that submits a job and waits for its answer. No process and no wire in between: what is tested is what decides.
 *
 * Two things differ from production, and both are the test's: the clock stands still until a history moves it, and each decision draws a
 * ticket. A decision is made under the programme's lock, so the tickets are the order in which the service decided; would the lock not
 * hold, the tickets would tell a story that the database does not. */
#ifndef HV_TESTS_PROPERTY_SERVICE_H
#define HV_TESTS_PROPERTY_SERVICE_H
#include "tests/service/enrolment/property/model.h"
#include "tests/support/kit.h"

#define REPLICAS 2

struct service_under_test;
struct service_under_test *service_new(struct kit_pg *pg);
void service_free(struct service_under_test *s);
void service_clock_set(struct service_under_test *s, int64_t now_us);
int64_t service_clock(const struct service_under_test *s);

/* Runs the operations at once: spread over the clients, each of which does its own one after the other. Waits for all. */
void service_run(struct service_under_test *s, const struct model *m, struct operation *const *ops, size_t count);

/* ask.c: the request of an operation, on its arena; the person's id. */
const ProtobufCMessage *ask_message(const struct model *m, struct operation *op);
struct uuid person_id(int person);
struct uuid actor_id(const struct model *m, int actor);                /* staff has ids too */
struct uuid made_id(unsigned kind, uint32_t history, uint32_t number); /* the same for the same for ever */
void invitation_code(const struct model *m, uint32_t number, char out[32]);

#endif
