/* hv-notification: tells people what happened to them, once, in their language. Hears enrolment's and funding's events (handler/), keeps
 * what letters need and the queue of messages (store/), and mails them (outbound/).
 *
 * Environment beside that of every service (common/run/service.h): HV_SMTP, HV_SMTP_PASSWORDS, HV_SMTP_CA, HV_SMTP_TIMEOUT,
 * HV_MAILS_PER_DOMAIN, HV_MAIL_FROM, HV_MAIL_DOMAIN, HV_SENDERS,
 * HV_PUBLIC_URL, HV_MESSAGE_DAYS, HV_MESSAGE_DAYS_MANY, HV_MAIL_ONLY, HV_QUIET_HOURS, HV_WEBHOOK_CA, HV_WEBHOOK_PRIVATE. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "common/base/address.h"
#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/run/service.h"
#include "services/notification/clock.h"
#include "services/notification/handler/handler.h"
#include "services/notification/domain/promise.h"
#include "services/notification/outbound/hooks.h"
#include "services/notification/outbound/manners.h"
#include "services/notification/outbound/sender.h"
#include "services/notification/store/delivery.h"
#include "services/notification/store/link_key.h"
#include "services/notification/store/retention.h"
#include "services/notification/store/spool.h"
#include "services/notification/store/template.h"
#include "services/notification/store/workset.h"

#define LATE_WARN_US (60 * TIME_SECOND)
#define LATE_FAIL_US TIME_HOUR

extern const struct db_schema notification_schema;

/* What this service has beside the common parts. */
struct notification {
    struct service *service;
    struct clock *clock;
    struct senders_config config;
    uint8_t link_key[TOKEN_KEY_SIZE];
    struct manners *manners; /* of previews and feeds */
    struct retention retention;
    _Atomic(struct senders *) senders; /* NULL until they run; the writer rings their bell */
    struct hooks_config hooks_config;
    _Atomic(struct hooks *) hooks; /* the same */
};

/* --- the worker's hooks --------------------------------------------------------------------------------------------- */
static struct workset *store_begin(struct arena *arena, int64_t now_us, void *context)
{
    const struct service *service = context;
    const struct notification *own = service->state;
    struct workset *w = workset_new(arena, now_us, spool_slot(own->config.instance, 0));

    w->context = context;
    w->link_key = own->link_key;
    w->public_url = own->config.public_url;
    w->mail_domain = own->config.domain;
    w->mail_only = own->config.mail_only;
    w->manners = manners_of(own->manners);
    w->retention = &own->retention;
    w->webhook_private = own->hooks_config.rules.allow_private;
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
    struct hooks *hooks = atomic_load(&own->hooks);
    if (hooks != NULL && delivery_changed(w))
        hooks_wake(hooks);
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

/* What letters say of us, and who gets mail when. */
static void configure_letters(struct service *service, struct senders_config *c)
{
    c->public_url =
        config_url(service->config, "HV_PUBLIC_URL", "where people reach the service, e.g. https://koulutus.example.fi; stands in letters");
    c->mail_only = config_text(service->config, "HV_MAIL_ONLY",
                               "on a system for tests: the only domains that get mail, e.g. example.fi,example.org; empty: all", "");
    c->any_hour = config_choice(service->config, "HV_QUIET_HOURS",
                                "\"on\": what goes to many at once leaves between 8 and 21 (Europe/Helsinki) only; \"off\": at any hour",
                                "on", (const char *const[]){"on", "off", NULL}) == 1;
}

/* The way out: outbound/relay_list.h says how relays are written. */
static enum err configure_relays(struct service *service, struct senders_config *c)
{
    const char *relays = config_text(service->config, "HV_SMTP",
                                     "the mail relays, best first, a space between two: smtp://[user@]host:port[?tls=require|try|off] or "
                                     "smtps://[user@]host:port; without ?tls= STARTTLS is required, but not on this machine itself",
                                     "smtp://127.0.0.1:7025");
    const char *passwords =
        config_text(service->config, "HV_SMTP_PASSWORDS",
                    "file with a line \"user@host:port password\" for each relay with a user, mode 600; empty: none", "");
    const char *bundle =
        config_text(service->config, "HV_SMTP_CA", "file with the certificates that mail relays are known by; empty: the system's", "");
    char problem[RELAY_PROBLEM];

    c->ca_bundle = *bundle != '\0' ? bundle : NULL;
    c->mail_timeout_s = (int)config_int(service->config, "HV_SMTP_TIMEOUT", "seconds one mail may take, connection included",
                                        SMTP_TIMEOUT_S, 1, SMTP_TIMEOUT_MAX);
    c->per_domain =
        (int)config_int(service->config, "HV_MAILS_PER_DOMAIN",
                        "mails a minute to one domain, ten seconds' worth of them at once; 0: as many as the relay takes", 0, 0, 1000000);
    if (relay_list_read(&c->relays, relays, passwords, problem) == ERR_OK)
        return ERR_OK;
    (void)fprintf(stderr, "%s\n", problem);
    return ERR_INVALID;
}

/* Where webhooks may lead. */
static enum err configure_hooks(struct service *service, struct hooks_config *c)
{
    const char *bundle = config_text(service->config, "HV_WEBHOOK_CA",
                                     "file with the certificates that receivers of webhooks are known by; empty: the system's", "");

    c->rules.ca_bundle = *bundle != '\0' ? bundle : NULL;
    c->rules.allow_private = config_int(service->config, "HV_WEBHOOK_PRIVATE",
                                        "1: webhooks may lead to private addresses, and be http: on a system for tests only", 0, 0, 1) == 1;
    c->instance = service->instance;
    if (c->rules.allow_private)
        log_warn(service->log, NULL, "webhook.private-allowed",
                 LOG_TEXT("reason", "HV_WEBHOOK_PRIVATE is set: whoever makes webhooks can have this machine call its own network"));
    return ERR_OK;
}

/* How long words stay after their message has ended (store/retention.h). */
static void configure_retention(struct service *service, struct notification *own)
{
    own->retention.statutory_days = (int32_t)config_int(
        service->config, "HV_MESSAGE_DAYS", "days the words of letters about places and decisions are kept; 0: for ever", 1825, 0, 36500);
    own->retention.many_days = (int32_t)config_int(service->config, "HV_MESSAGE_DAYS_MANY",
                                                   "the same for all other letters: reminders, windows, announcements", 365, 0, 36500);
}

static enum err configure(struct service *service)
{
    struct notification *own = mem_new(sizeof *own);
    struct senders_config *c = &own->config;
    const char *from;

    own->service = service;
    service->state = own;
    from = config_text(service->config, "HV_MAIL_FROM", "who the mails are from, e.g. Name <address@example.fi>",
                       "Hakuväylä <no-reply@hakuvayla.example.fi>");
    c->domain = config_text(service->config, "HV_MAIL_DOMAIN", "our own mail domain: part of every Message-ID, so it never changes",
                            "hakuvayla.example.fi");
    c->count = (int)config_int(
        service->config, "HV_SENDERS",
        "threads that mail, each with a connection to the relay and to PostgreSQL; 0: another replica mails, and calls webhooks", 2, 0,
        SPOOL_SLOTS - 1);
    c->instance = service->instance;
    if (!read_from(c, from)) {
        (void)fprintf(stderr, "HV_MAIL_FROM must be an address or \"Name <address>\"; it is \"%s\"\n", from);
        return ERR_INVALID;
    }
    if (!domain_valid(c->domain)) {
        (void)fprintf(stderr, "HV_MAIL_DOMAIN must be a domain name; it is \"%s\"\n", c->domain);
        return ERR_INVALID;
    }
    configure_retention(service, own);
    configure_letters(service, c);
    const enum err err = configure_relays(service, c);
    return err == ERR_OK ? configure_hooks(service, &own->hooks_config) : err;
}

static enum err seed_templates(struct service *service, struct db *db)
{
    struct arena *arena = arena_new(64 * 1024);
    int written = 0;
    const enum err err = template_seed(db, arena, time_now_us(), &written);

    if (written > 0)
        log_info(service->log, NULL, "notification.templates-seeded", LOG_INT("versions", written));
    arena_free(arena);
    return err;
}

/* The tokens of links are the same whichever replica made them; the built-in templates are written by whichever is first. */
static enum err check(struct service *service, struct db *db)
{
    struct notification *own = service->state;
    enum err err = link_key_get(db, own->link_key);

    own->config.link_key = own->link_key;
    if (err == ERR_OK)
        err = seed_templates(service, db);
    return err == ERR_OK ? manners_open(&own->manners) : err;
}

/* --- its own parts --------------------------------------------------------------------------------------------------- */
static enum err start_hooks(struct service *service)
{
    struct notification *own = service->state;
    struct hooks_config *c = &own->hooks_config;
    struct hooks *hooks;
    enum err err;

    c->db = service->db;
    c->db.application_name = "hv-notification/hooks";
    c->log = service->log;
    c->metrics = service->metrics;
    err = hooks_start(&hooks, c);
    if (err == ERR_OK)
        atomic_store(&own->hooks, hooks);
    return err;
}

static enum err start_senders(struct service *service)
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
    return err == ERR_OK ? start_hooks(service) : err;
}

static enum err start(struct service *service)
{
    const enum err err = start_senders(service);

    return err == ERR_OK ? clock_start(&((struct notification *)service->state)->clock, service) : err;
}

/* Their memory stays: the writer still drains its queue and may ring once more. The process ends right after. */
static void stop(struct service *service)
{
    struct notification *own = service->state;
    struct senders *senders = atomic_load(&own->senders);

    clock_stop(own->clock);
    if (senders != NULL)
        senders_stop(senders);
    struct hooks *hooks = atomic_load(&own->hooks);
    if (hooks != NULL)
        hooks_stop(hooks);
}

static Bus__HealthCheck__Status lateness_status(int64_t late_us)
{
    if (late_us > LATE_FAIL_US)
        return BUS__HEALTH_CHECK__STATUS__FAIL;
    return late_us > LATE_WARN_US ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS;
}

/* Letters that failed for good show nowhere else by themselves. Of this process; one that was sent again since is counted still. */
static void health_failed(const struct senders_state *state, struct health *health)
{
    health_add(health, "mail", "failed", state->day_failed > 0 ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS,
               (double)state->day_failed, "messages",
               state->day_failed > 0
                   ? "letters failed for good in the last day: GET /api/messages?state=MESSAGE_FAILED says why of each; when "
                     "that is mended, POST /api/messages:retry sends them again"
                   : NULL);
}

/* A relay that rests while another works is a warning as well: the other one has to carry it all. */
static void health_relays(const struct senders_state *state, struct health *health)
{
    char text[SMTP_ANSWER + 300];
    size_t down = 0;
    const char *first = NULL, *words = NULL;

    for (size_t i = 0; i < state->relay_count; i++) {
        const struct relay_view *r = &state->relays[i];
        if (r->state == RELAY_WORKS && r->error[0] == '\0')
            continue;
        if (down++ == 0) {
            first = r->name;
            words = r->error;
        }
    }
    if (down > 0)
        (void)snprintf(text, sizeof text, "the mail relay %s does not take mail: %s. Nothing is lost, messages %s; start or mend the relay",
                       first, words, down < state->relay_count ? "go another way" : "wait");
    health_add(health, "mail", "relay", down > 0 ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS,
               (double)(state->relay_count - down), "", down > 0 ? text : NULL);
}

/* The promise of the last hour, of the mails this process sent. */
static void health_promise(const struct senders_state *state, struct health *health)
{
    const bool broken = promise_broken(state->hour_sent, state->hour_within);

    health_add(health, "promise", "share", broken ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS,
               (double)promise_permille(state->hour_sent, state->hour_within), "permille",
               broken ? "less than 95 % of the last hour's mails left within 10 s of their event: look at mail:oldestDue and the relays"
                        " (HV_SMTP), then raise HV_SENDERS; GET /api/promise shows the days"
                      : NULL);
    health_add(health, "promise", "sent", BUS__HEALTH_CHECK__STATUS__PASS, (double)state->hour_sent, "mails", NULL);
}

static void health_webhooks(const struct notification *own, struct health *health)
{
    struct hooks *hooks = atomic_load(&own->hooks);
    char text[400];

    if (hooks == NULL)
        return;
    const struct dispatch_state state = hooks_state(hooks);
    health_add(health, "webhooks", "queueDepth", BUS__HEALTH_CHECK__STATUS__PASS, (double)state.waiting, "deliveries", NULL);
    health_add(health, "webhooks", "failing", state.failing > 0 ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS,
               (double)state.failing, "webhooks",
               state.failing > 0 ? "the last delivery to them failed; GET /api/webhooks/{id} shows the answers. It is tried again for days"
                                 : NULL);
    (void)snprintf(text, sizeof text, "webhook %s was disabled: %s. Speak to its owner, then enable it (PUT /api/webhooks/%s)", state.id,
                   state.why, state.id);
    health_add(health, "webhooks", "disabled", state.disabled > 0 ? BUS__HEALTH_CHECK__STATUS__WARN : BUS__HEALTH_CHECK__STATUS__PASS,
               (double)state.disabled, "webhooks", state.disabled > 0 ? text : NULL);
}

static void health(struct service *service, struct health *health)
{
    struct notification *own = service->state;
    struct senders *senders = atomic_load(&own->senders);

    health_webhooks(own, health);
    if (senders == NULL)
        return;
    struct senders_state state = senders_state(senders);
    int64_t late_us = state.oldest_us > 0 && state.read_us > state.oldest_us ? state.read_us - state.oldest_us : 0;

    health_add(health, "mail", "queueDepth", BUS__HEALTH_CHECK__STATUS__PASS, (double)state.waiting, "messages", NULL);
    health_add(health, "mail", "oldestDue", lateness_status(late_us), (double)late_us / TIME_SECOND, "s",
               late_us > LATE_WARN_US ? "mails leave late: look at the relay (HV_SMTP), then raise HV_SENDERS" : NULL);
    health_failed(&state, health);
    health_relays(&state, health);
    health_promise(&state, health);
}

static const char *const CONSUMES[] = {"enrolment", "funding", NULL};

int main(int argc, char **argv)
{
    struct service_spec spec = {
        .name = "notification",
        .schema = &notification_schema,
        .store = &STORE,
        .consumes = CONSUMES,
        .configure = configure,
        .check = check,
        .start = start,
        .stop = stop,
        .health = health,
    };

    spec.cases = notification_cases(&spec.case_count);
    spec.event_cases = notification_event_cases(&spec.event_case_count);
    return service_main(&spec, argc, argv);
}
