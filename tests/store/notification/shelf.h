/* What the store tests of notification share: a database of their own, a connection under the service's role, and things to put in. */
#ifndef HV_TESTS_STORE_NOTIFICATION_SHELF_H
#define HV_TESTS_STORE_NOTIFICATION_SHELF_H
#include "services/notification/store/spool.h"
#include "services/notification/store/workset.h"
#include "tests/support/kit.h"

struct shelf {
    struct kit_pg *pg;
    struct db_config config; /* the role hv_notification */
    struct db *db;           /* the writer's */
    struct arena *arena;
};

int shelf_open(void **state); /* group set-up: *state becomes the shelf, with empty tables */
int shelf_close(void **state);
int shelf_clear(void **state); /* before each test: empty tables, counters at zero */

struct workset *shelf_begin(struct shelf *shelf, int64_t now_us);
void shelf_load(struct shelf *shelf, struct workset *w);
void shelf_save(struct shelf *shelf, struct workset *w); /* and COMMIT */

struct uuid shelf_id(unsigned number);
struct message shelf_message(unsigned event, unsigned person, enum message_kind kind); /* of the training 900 */
void shelf_put_person(struct shelf *shelf, unsigned person, const char *email, int64_t version, int64_t now_us);
void shelf_put_training(struct shelf *shelf, unsigned training, const char *title, int64_t version, int64_t now_us);
void shelf_say(struct shelf *shelf, const struct message *messages, size_t count, int64_t now_us);

#define SHELF_NOW (1000 * TIME_DAY)

struct spool *shelf_spool(struct shelf *shelf, int instance, int sender);
void shelf_fill(struct shelf *shelf, unsigned count); /* so many messages that are due at SHELF_NOW, to persons 0, 1, ... */
size_t shelf_claim(struct spool *spool, struct arena *arena, int64_t now_us, struct due **dues);
bool shelf_turn(struct spool *spool, struct shelf *shelf, const struct outcome *ended, const struct due *begins, int64_t now_us);

int64_t shelf_tally(struct shelf *shelf, const char *what);
/* The counters say what the rows say. */
void shelf_check_tally(struct shelf *shelf);
void shelf_add_webhook(struct shelf *shelf, unsigned number, const char *types, int64_t now_us); /* its secret: the number, repeated */

#endif
