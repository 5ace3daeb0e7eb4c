/* A client with its loop, and calls that count how often they were done. */
#ifndef HV_TESTS_SERVICE_RPC_RIG_H
#define HV_TESTS_SERVICE_RPC_RIG_H
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "common/rpc/client.h"
#include "little.h"
#include "tests/support/kit.h"

/* The little service in this process, with a database of its own. */
struct bench {
    struct kit_pg *pg;
    struct little little;
    struct metrics *metrics;
    FILE *said; /* the server's warnings */
    struct seal *seal;
    char url[64];
    const char *urls[1];
};

int bench_up(void **state);
int bench_up_small(void **state); /* queues of 4 jobs */
int bench_down(void **state);
double bench_metric(struct bench *bench, const char *name);
unsigned bench_said(struct bench *bench, const char *event); /* how many lines with this event the server has logged */

struct shot {
    struct rpc_call call;
    struct rig *rig;
    unsigned done; /* exactly 1 in the end */
    char value[40], key[40];
};

struct rig {
    uv_loop_t loop;
    uv_timer_t tick;
    struct rpc_client *client;
    struct seal *seal;
    struct metrics *metrics;
    struct shot *shots;
    size_t count, done;
    struct arena *arena;
};

struct seal *rig_seal(uint8_t byte); /* a key of this byte */
void rig_open(struct rig *rig, const char *const *urls, size_t url_count, unsigned contexts, size_t waiting_max);
void rig_close(struct rig *rig);
/* `count` calls of this method, not yet sent; values "0", "1", ... keyed: with keys, as writes. name: of the fact. */
void rig_load(struct rig *rig, size_t count, const char *method, const char *name, bool keyed, int deadline_ms);
void rig_send(struct rig *rig, size_t from, size_t to);                /* all must be taken */
bool rig_run(struct rig *rig, size_t done, int wait_ms);               /* until so many are done in all; false: not in time */
const Bus__Fact *rig_answer(struct rig *rig, const struct shot *shot); /* fails the test unless it was answered */
double rig_metric(struct rig *rig, const char *name);

#endif
