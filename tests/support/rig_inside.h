/* What rig.c (processes) and rig_ask.c (questions) share. Nobody else's. */
#ifndef HV_TESTS_SUPPORT_RIG_INSIDE_H
#define HV_TESTS_SUPPORT_RIG_INSIDE_H
#include "tests/support/rig.h"

#define RIG_PROCESSES_MAX 2
#define RIG_CLIENTS_MAX   64

struct rig {
    struct rig_service service;
    struct kit_pg *pg;
    pid_t pids[RIG_PROCESSES_MAX];
    size_t processes, clients;
    char rpc_urls[RIG_PROCESSES_MAX][48], pub_urls[RIG_PROCESSES_MAX][48], health_urls[RIG_PROCESSES_MAX][48], folder[64];
    uv_loop_t loop;
    struct seal *seal;
    struct metrics *metrics;
    struct rpc_client *client[RIG_CLIENTS_MAX];
    struct arena *arena;
    size_t open;        /* questions not yet answered */
    int64_t timeout_us; /* of one */
};

#endif
