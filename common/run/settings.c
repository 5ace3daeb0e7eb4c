/* What every service asks of its environment; service.h lists it for people. */
#include <ctype.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/run/parts.h"

#define VARIABLE_TEXT        64
#define STATEMENT_TIMEOUT_MS 10000

/* "HV_ENROLMENT_RPC" of "enrolment" and "RPC". */
static void variable_name(char out[VARIABLE_TEXT], const char *service, const char *suffix)
{
    int len = snprintf(out, VARIABLE_TEXT, "HV_%s_%s", service, suffix);

    if (len < 0 || len >= VARIABLE_TEXT)
        bug("the name of a service is too long for its variables");
    for (char *c = out + 3; *c; c++)
        *c = (char)toupper((unsigned char)*c);
}

static const char *const *urls_of(struct config *config, const char *service, const char *suffix, const char *what, size_t *count)
{
    char name[VARIABLE_TEXT];

    variable_name(name, service, suffix);
    return config_list(config, name, what, NULL, count);
}

/* Our own of the replicas' urls. */
static const char *own_url(struct config *config, const char *service, const char *suffix, const char *what, size_t instance)
{
    size_t count;
    const char *const *urls = urls_of(config, service, suffix, what, &count);

    if (count == 0)
        return ""; /* said already */
    if (instance < count)
        return urls[instance];
    (void)config_int(config, "HV_INSTANCE", "which of the replicas' urls is ours, from 0", 0, 0, (int64_t)count - 1);
    return "";
}

static void settings_sources(struct settings *settings, const struct service_spec *spec, struct config *config)
{
    for (size_t i = 0; spec->consumes && spec->consumes[i]; i++) {
        if (settings->source_count == SOURCES_MOST)
            bug("a service consumes more services than SOURCES_MOST");
        struct source *source = &settings->sources[settings->source_count++];
        source->name = spec->consumes[i];
        source->pub_urls =
            urls_of(config, source->name, "PUB", "where that service publishes its events, e.g. tcp://127.0.0.1:7111", &source->pub_count);
        source->rpc_urls =
            urls_of(config, source->name, "RPC", "where that service answers requests, e.g. tcp://127.0.0.1:7110", &source->rpc_count);
    }
}

static void settings_database(struct parts *parts, struct config *config)
{
    const char *where =
        config_text(config, "HV_DATABASE", "the libpq connection string without user, e.g. host=/run/postgresql dbname=hakuvayla", NULL);
    size_t size = strlen(where) + strlen(parts->spec->name) + 16;
    char *conninfo = mem_new(size);

    (void)snprintf(conninfo, size, "%s user=hv_%s", where, parts->spec->name);
    parts->service.db = (struct db_config){
        .conninfo = conninfo, .schema = parts->spec->schema->name, .application_name = "", .statement_timeout_ms = STATEMENT_TIMEOUT_MS};
}

void settings_read(struct parts *parts, struct config *config)
{
    struct settings *settings = &parts->settings;
    const char *name = parts->spec->name;
    static const char *const numbers[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"};

    settings_database(parts, config);
    settings->bus_key = config_text(config, "HV_BUS_KEY", "the file with the bus key, 64 hex digits", NULL);
    size_t instance = (size_t)config_int(config, "HV_INSTANCE", "which of the replicas' urls is ours, from 0", 0, 0, 15);
    settings->instance = numbers[instance];
    parts->service.instance = (int)instance;
    settings->rpc_url = own_url(config, name, "RPC", "where this service answers requests, e.g. tcp://127.0.0.1:PORT", instance);
    settings->health_url =
        own_url(config, name, "HEALTH", "where this service answers health surveys, e.g. tcp://127.0.0.1:PORT", instance);
    if (parts->spec->streams > 0)
        settings->pub_url = own_url(config, name, "PUB", "where this service publishes its events, e.g. tcp://127.0.0.1:PORT", instance);
    settings->readers = (size_t)config_int(config, "HV_READERS", "reader threads, each with a connection", 1, 1, 16);
    settings->queue_max = (size_t)config_int(config, "HV_QUEUE", "jobs that may wait per worker", 4096, 16, 1000000);
    settings->batch_max = (size_t)config_int(config, "HV_BATCH", "jobs that share one transaction, at most", 512, 1, 4096);
    if (parts->spec->streams > 0)
        settings->event_days =
            (int32_t)config_int(config, "HV_EVENT_DAYS", "days an event stays in the log, at least; 0: for ever", 730, 0, 36500);
    settings_sources(settings, parts->spec, config);
}

enum log_level settings_log_level(struct config *config)
{
    static const char *const levels[] = {"debug", "info", "warn", "error", NULL};

    return (enum log_level)config_choice(config, "HV_LOG", "the least important log lines to write", "info", levels);
}
