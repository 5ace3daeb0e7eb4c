/* The variables, their defaults and their bounds; `hv-gateway --help` prints them. */
#include "services/gateway/settings.h"

#include <stdio.h>

#define URL_HINT ", e.g. tcp://127.0.0.1:7110; several replicas: a comma-separated list"

static struct settings_list list(struct config *config, const char *name, const char *what, const char *fallback)
{
    struct settings_list out;
    out.urls = config_list(config, name, what, fallback, &out.count);
    return out;
}

static void settings_peers(struct settings *s, struct config *config)
{
    s->enrolment_rpc = list(config, "HV_ENROLMENT_RPC", "where hv-enrolment answers requests" URL_HINT, "tcp://127.0.0.1:7110");
    s->enrolment_pub = list(config, "HV_ENROLMENT_PUB", "where hv-enrolment publishes its events", "tcp://127.0.0.1:7111");
    s->enrolment_health = list(config, "HV_ENROLMENT_HEALTH", "where hv-enrolment answers surveys", "tcp://127.0.0.1:7112");
    s->notification_rpc = list(config, "HV_NOTIFICATION_RPC", "where hv-notification answers requests", "tcp://127.0.0.1:7120");
    s->notification_health = list(config, "HV_NOTIFICATION_HEALTH", "where hv-notification answers surveys", "tcp://127.0.0.1:7122");
    s->funding_rpc = list(config, "HV_FUNDING_RPC", "where hv-funding answers requests", "tcp://127.0.0.1:7140");
    s->funding_health = list(config, "HV_FUNDING_HEALTH", "where hv-funding answers surveys", "tcp://127.0.0.1:7142");
    s->gateway_health = list(config, "HV_GATEWAY_HEALTH", "where the gateways answer surveys, this one too", "tcp://127.0.0.1:7102");
}

static void settings_bounds(struct settings *s, struct config *config)
{
    s->connections = (unsigned)config_int(config, "HV_HTTP_CONNECTIONS", "HTTP connections at once, in all", 4096, 16, 60000);
    s->per_address =
        (unsigned)config_int(config, "HV_HTTP_PER_ADDRESS", "HTTP connections of one address; 0: as many as in all", 0, 0, 60000);
    s->idle_s = (unsigned)config_int(config, "HV_HTTP_IDLE_S", "seconds a silent connection is kept", 60, 1, 3600);
    s->reading_ms =
        (int)config_int(config, "HV_HTTP_READING_MS", "milliseconds from the first line of a request to its last byte", 15000, 500, 600000);
    s->request_ms = (int)config_int(config, "HV_REQUEST_MS", "milliseconds until a service must have answered", 10000, 100, 120000);
    s->writes = (unsigned)config_int(config, "HV_WRITES_PER_10S",
                                     "writes of one account in ten seconds, a hundred times as many for staff; 0: no limit", 30, 0, 100000);
    s->proof = (unsigned)config_int(config, "HV_PROOF_MAX",
                                    "the largest number of a proof of work at sign-in and enrolment, e.g. 50000; 0: none is asked", 0, 0,
                                    10000000);
    s->viewers = (size_t)config_int(config, "HV_LIVE_STREAMS", "live streams at once, in all", 1000, 1, 60000);
    s->viewers_per_client = (size_t)config_int(config, "HV_LIVE_PER_ADDRESS", "live streams of one address", 50, 1, 60000);
    s->forget_s = (int)config_int(config, "HV_FORGOTTEN_SECONDS",
                                  "seconds between two looks whose account is to be closed after an erasure", 10, 1, 3600);
}

void settings_read(struct settings *s, struct config *config)
{
    static const char *const LEVELS[] = {"debug", "info", "warn", "error", NULL};
    s->log_level = (enum log_level)config_choice(config, "HV_LOG", "the least important log lines to write", "info", LEVELS);
    s->http = config_text(config, "HV_HTTP", "address and port to listen on", "127.0.0.1:8080");
    s->database =
        config_text(config, "HV_DATABASE", "libpq connection string without user, e.g. host=/run/postgresql dbname=hakuvayla", NULL);
    s->bus_key = config_text(config, "HV_BUS_KEY", "the file with the bus key, 64 hex digits", NULL);
    s->session_key = config_text(config, "HV_SESSION_KEY", "the file with the key that signs sessions and tokens, 64 hex digits", NULL);
    s->https = config_int(config, "HV_HTTPS", "1: browsers reach us by https, so cookies carry Secure", 0, 0, 1) == 1;
    s->behind_proxy = config_int(config, "HV_BEHIND_PROXY", "1: a proxy of ours is in front; believe its X-Forwarded-For", 0, 0, 1) == 1;
    settings_peers(s, config);
    settings_bounds(s, config);
    size_t last = s->gateway_health.count ? s->gateway_health.count - 1 : 0;
    size_t number = (size_t)config_int(config, "HV_INSTANCE", "which of the gateways' urls is ours, from 0", 0, 0, (int64_t)last);
    static const char *const NUMBERS[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    s->instance = NUMBERS[number < 10 ? number : 9];
    s->health = s->gateway_health.count ? s->gateway_health.urls[number <= last ? number : last] : "";
}
