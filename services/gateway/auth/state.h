/* What auth is made of, for the two files behind auth.h: auth.c (calls) and identify.c (credentials). The loop's thread owns all of
 * it but the list of finished tasks. */
#ifndef HV_GATEWAY_AUTH_STATE_H
#define HV_GATEWAY_AUTH_STATE_H
#include <pthread.h>

#include "common/work/worker.h"
#include "services/gateway/auth/task.h"
#include "services/gateway/auth/throttle.h"

struct auth {
    struct terms terms;
    const struct log *log;
    struct withdrawals *withdrawals;
    struct throttle *throttle;
    struct worker *quick, *slow;
    struct metric *refused, *age;
    uv_async_t doorbell;
    uv_timer_t timer;
    int refresh_ms;

    struct arena *refresh_arena;
    bool refreshing, refresh_failed;
    uint64_t refresh_count;
    int64_t mark_us, refreshed_us; /* newest row seen; steady clock of the last good reading */

    pthread_mutex_t lock; /* of the list below, which the workers share with the loop */
    struct task *finished, **finished_end;
};

#endif
