/* hv-notification: tells people what happened to them, once, in their language. Hears enrolment's events (handler/), keeps what
 * letters need and the queue of messages (store/), and mails them (outbound/).
 *
 * Environment beside that of every service (common/run/service.h): HV_SMTP, HV_MAIL_FROM, HV_MAIL_DOMAIN, HV_SENDERS. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "common/base/address.h"
#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/run/service.h"
#include "services/notification/handler/handler.h"
#include "services/notification/outbound/sender.h"
#include "services/notification/store/spool.h"
#include "services/notification/store/workset.h"

#define LATE_WARN_US (60 * TIME_SECOND)
#define LATE_FAIL_US TIME_HOUR

extern const struct db_schema notification_schema;

/* What this service has beside the common parts. */
struct notification {
    struct senders_config config;
    _Atomic(struct senders *) senders; /* NULL until they run; the writer rings their bell */
};

/* --- the worker's hooks --------------------------------------------------------------------------------------------- */
static struct workset *store_begin(struct arena *arena, int64_t now_us, void *context)
{
    const struct service *service = context;
    const struct notification *own = service->state;
    struct workset *w = workset_new(arena, now_us, spool_slot(own->config.instance, 0));

    w->context = context;
    return w;
}

static void store_committed(struct workset *w, struct db *db)
{
    const struct service *service = w->context;
    struct notification *own = service->state;
    struct senders *senders = atomic_load(&own->senders);

    (void)db;
    if (senders != NULL && workset_wakes_senders(w))
        senders_wake(senders);
}

static const struct work_store STORE = {.begin = store_begin, .load = workset_load, .save = workset_save, .committed = store_committed};

/* --- configuration -------------------------------------------------------------------------------------------------- */
/* "Name <address>" or an address alone. */
static bool read_from(struct senders_config *config, const char *text)
{
    const char *open = strrchr(text, '<');
    size_t len = strlen(text);
    char *name = mem_strdup(text), *address;

    if (open == NULL) {
        address = mem_strdup(text);
        name[0] = '\0';
    } else {
        address = mem_strdup(open + 1);
        address[text[len - 1] == '>' ? strlen(address) - 1 : 0] = '\0';
        name[open - text] = '\0';
        for (size_t end = strlen(name); end > 0 && name[end - 1] == ' '; end--)
            name[end - 1] = '\0';
    }
    config->from_name = name;
    config->from_address = address;
    return address_valid(span_text(address));
}

static bool domain_valid(const char *domain)
{
    char probe[ADDRESS_MAX + 1];
    size_t len = strlen(domain);

    if (len + 2 > ADDRESS_MAX)
        return false;
    (void)snprintf(probe, sizeof probe, "x@%s", domain);
    return address_valid(span_text(probe));
}

static enum err configure(struct service *service)
{
    struct notification *own = mem_new(sizeof *own);
    struct senders_config *c = &own->config;
    const char *from;

    service->state = own;
    c->smtp_url = config_text(service->config, "HV_SMTP", "the mail relay, smtp://host:port", "smtp://127.0.0.1:7025");
    from = config_text(service->config, "HV_MAIL_FROM", "who the mails are from, e.g. Name <address@example.fi>",
                       "Hakuväylä <no-reply@hakuvayla.example.fi>");
    c->domain = config_text(service->config, "HV_MAIL_DOMAIN", "our own mail domain: part of every Message-ID, so it never changes",
                            "hakuvayla.example.fi");
    c->count = (int)config_int(service->config, "HV_SENDERS",
                               "threads that mail, each with a connection to the relay and to PostgreSQL; 0: another replica mails", 2, 0,
                               SPOOL_SLOTS - 1);
    c->instance = service->instance;
    if (strncmp(c->smtp_url, "smtp://", 7) != 0 && strncmp(c->smtp_url, "smtps://", 8) != 0) {
        (void)fprintf(stderr, "HV_SMTP must look like smtp://host:port; it is \"%s\"\n", c->smtp_url);
        return ERR_INVALID;
    }
    if (!read_from(c, from)) {
        (void)fprintf(stderr, "HV_MAIL_FROM must be an address or \"Name <address>\"; it is \"%s\"\n", from);
        return ERR_INVALID;
    }
    if (!domain_valid(c->domain)) {
        (void)fprintf(stderr, "HV_MAIL_DOMAIN must be a domain name; it is \"%s\"\n", c->domain);
        return ERR_INVALID;
    }
    return ERR_OK;
}

/* --- its own parts --------------------------------------------------------------------------------------------------- */
static enum err start(struct service *service)
{
    struct notification *own = service->state;
    struct senders *senders;
    enum err err;

    if (own->config.count == 0)
        return ERR_OK;
    own->config.db = service->db;
    own->config.db.application_name = "hv-notification/sender";
    own->config.log = service->log;
    own->config.metrics = service->metrics;
    err = senders_start(&senders, &own->config);
    if (err == ERR_OK)
        atomic_store(&own->senders, senders);
    return err;
}

/* The senders' memory stays: the writer still drains its queue and may ring once more. The process ends right after. */
static void stop(struct service *service)
{
    struct notification *own = service->state;
    struct senders *senders = atomic_load(&own->senders);

    if (senders != NULL)
        senders_stop(senders);
}

static Bus__HealthCheck__Status lateness_status(int64_t late_us)
{
    if (late_us > LATE_FAIL_US)
        return BUS__HEALTH_CHECK__STATUS__FAIL;
    return late_us > LATE_WARN_US ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS;
}

static void health(struct service *service, struct health *health)
{
    struct notification *own = service->state;
    struct senders *senders = atomic_load(&own->senders);
    char text[500];

    if (senders == NULL)
        return;
    struct senders_state state = senders_state(senders);
    int64_t late_us = state.oldest_us > 0 && state.read_us > state.oldest_us ? state.read_us - state.oldest_us : 0;

    health_add(health, "mail", "queueDepth", BUS__HEALTH_CHECK__STATUS__PASS, (double)state.waiting, "messages", NULL);
    health_add(health, "mail", "oldestDue", lateness_status(late_us), (double)late_us / TIME_SECOND, "s",
               late_us > LATE_WARN_US ? "mails leave late: look at the relay (HV_SMTP), then raise HV_SENDERS" : NULL);
    if (state.error[0] == '\0') {
        health_add(health, "mail", "relay", BUS__HEALTH_CHECK__STATUS__PASS, 1, "", NULL);
        return;
    }
    (void)snprintf(text, sizeof text,
                   "the mail relay %s does not take mail: %s. Messages wait and nothing is lost; start or mend the relay",
                   own->config.smtp_url, state.error);
    health_add(health, "mail", "relay", BUS__HEALTH_CHECK__STATUS__WARN, 0, "", text);
}

static const char *const CONSUMES[] = {"enrolment", NULL};

static const struct service_spec SPEC = {
    .name = "notification",
    .schema = &notification_schema,
    .store = &STORE,
    .cases = notification_cases,
    .case_count = NOTIFICATION_CASES,
    .consumes = CONSUMES,
    .event_cases = notification_event_cases,
    .event_case_count = NOTIFICATION_EVENT_CASES,
    .configure = configure,
    .start = start,
    .stop = stop,
    .health = health,
};

int main(int argc, char **argv)
{
    return service_main(&SPEC, argc, argv);
}
