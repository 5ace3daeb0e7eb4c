/* The server's inside, for the files of http/ alone. */
#ifndef HV_GATEWAY_SERVER_OWN_H
#define HV_GATEWAY_SERVER_OWN_H
#include "services/gateway/http/lull.h"
#include "services/gateway/http/pool.h"
#include "services/gateway/http/server.h"

struct http_server {
    struct http_config config;
    struct MHD_Daemon *daemon;
    struct exchange_pool pool;
    struct lull_list lulls;
    uv_poll_t poll;
    uv_check_t turn;
    uv_idle_t hurry;
    uv_timer_t timer, tick;
    uv_timer_cb on_timer;
    int64_t tick_due_us;
    bool dirty; /* MHD_run is due at the end of this turn */
    bool draining;
    struct metric *loop_lag, *open_gauge, *suspended_gauge, *cut_off;
};

#endif
