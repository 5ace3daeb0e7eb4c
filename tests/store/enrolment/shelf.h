/* What the tests of the store's parts stand on: a database with one programme, one implementation and some people, a connection as the
 * service's role, and a batch by hand: open, ask, load, change, save, close. */
#ifndef HV_TESTS_STORE_ENROLMENT_SHELF_H
#define HV_TESTS_STORE_ENROLMENT_SHELF_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "services/enrolment/store/store.h"
#include "tests/support/kit.h"

#define SHELF_PROGRAMME      "00000001-0000-8000-8000-000000000001"
#define SHELF_IMPLEMENTATION "00000002-0000-8000-8000-000000000001"
#define SHELF_PEOPLE         5 /* each with a seat: registrations 1 .. 5 */

struct hand {
    struct arena *arena;
    struct db *db;
    struct workset *w;
};

struct kit_pg *shelf_open(void);    /* with the schema applied */
void shelf_fill(struct kit_pg *pg); /* begins anew: the rows above and nothing else */
struct uuid shelf_id(const char *text);
struct uuid shelf_registration(unsigned number);

struct hand hand_open(struct kit_pg *pg);
void hand_load(struct hand *hand); /* begins the transaction and loads what was asked for */
enum err hand_save(struct hand *hand) MUST_CHECK;
void hand_close(struct hand *hand); /* rolls back what was not saved */

#endif
