/* What the gateway asks of its environment. Everything is asked before anything is checked, so all mistakes are said at once. */
#ifndef HV_GATEWAY_SETTINGS_H
#define HV_GATEWAY_SETTINGS_H
#include <stdbool.h>
#include <stddef.h>

#include "common/base/log.h"
#include "common/run/config.h"

struct settings_list {
    const char *const *urls;
    size_t count;
};

struct settings {
    enum log_level log_level;
    const char *http, *database, *bus_key, *session_key, *health, *instance;
    bool https, behind_proxy;
    unsigned connections, per_address, idle_s, writes, proof;
    int reading_ms, request_ms, forget_s;
    size_t viewers, viewers_per_client;
    struct settings_list enrolment_rpc, enrolment_pub, enrolment_health, notification_rpc, notification_health, funding_rpc, funding_health,
        gateway_health;
};

void settings_read(struct settings *settings, struct config *config);

#endif
