/* A service small enough to test the worker with, and real: a till per name, each sale a row.
 *
 *   shop.Sell   write  RewindRequest{stream: till, after_seq: amount} -> RewindReply{was, now}; a till holds at most 1,000 (a CHECK)
 *   shop.SellAlone  the same as shop.Sell, in a batch of its own
 *   shop.Count  read   the same request -> RewindReply{now: what the till holds}
 *   shop.Nap    run    sleeps in the database for after_seq milliseconds
 *   shop.Sold   event  sells like shop.Sell; a cursor per stream moves with it
 *
 * Each row of `sale` notes the transaction it came with, so tests can count COMMITs. The counters below make the store
 * misbehave on purpose, each so many times.
 */
#ifndef HV_TESTS_STORE_WORK_SHOP_H
#define HV_TESTS_STORE_WORK_SHOP_H
#include <stdatomic.h>

#include "common/work/worker.h"
#include "tests/support/kit.h"

struct shop {
    struct kit_pg *pg;
    struct metrics *metrics;
    struct work_store store, read_store;
    struct worker *writer, *reader;
    struct worker *other;  /* a second writer, as another replica would have */
    atomic_int done;       /* jobs answered */
    atomic_int decided;    /* calls of decide */
    atomic_int die_before; /* saves that kill the connection before COMMIT */
    atomic_int die_after;  /* saves that COMMIT and then kill the connection */
    atomic_int conflicts;  /* checks that say ERR_CONFLICT */
    atomic_int refusals;   /* decides that say no */
    atomic_int published;  /* calls of committed */
};

/* One request on its way, with the answer kept after done. */
struct sale {
    struct shop *shop;
    struct job *job;
    Bus__Request request;
    Bus__RewindRequest message;
    Bus__Event event;
    uint8_t key[8];
    atomic_int answers; /* must become 1 */
    enum err err;
    bool replayed;
    char rule[64];
    uint64_t was, now;
};

extern const struct work_case SHOP_SELL, SHOP_SELL_NO_KEY, SHOP_SELL_ALONE, SHOP_COUNT, SHOP_NAP, SHOP_SOLD, SHOP_IGNORED, SHOP_UNKNOWN;

struct shop *shop_open(size_t queue_max, size_t batch_max);
void shop_close(struct shop *shop);
int shop_fresh(void **state); /* empties the tables */

/* A request for `till`; key 0: none. Freed with sale_free. */
struct sale *sale_new(struct shop *shop, const struct work_case *kase, const char *till, uint64_t amount, uint32_t key);
/* An event of stream "other.0"; its position is `seq`. */
struct sale *sale_event(struct shop *shop, const struct work_case *kase, const char *till, uint64_t amount, uint64_t seq);
void sale_free(struct sale *sale);
void shop_submit(struct shop *shop, struct sale **sales, size_t count); /* all at once: they share a batch */
void shop_wait(struct shop *shop, int answers);                         /* until so many jobs in all are answered */
void shop_serve(struct shop *shop, struct sale *sale);                  /* submits one and waits for it */

/* shop_event.c: cursors and dead letters of the test service. */
extern const struct work_events SHOP_EVENTS;

#endif
