/* Builds the gateway: keys, accounts, the clients of the services, health, the live view, and HTTP last, so that whoever gets
 * in finds everything there. */
#include "services/gateway/parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "services/gateway/auth/sign.h"
#include "services/gateway/checks.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/live/home.h"
#include "services/gateway/route/openapi.h"
#include "services/gateway/route/toll.h"

enum {
    KEY_BYTES = 32,
    STATEMENT_MS = 10000,
    RPC_CONTEXTS = 8, /* messages in flight per replica: few, so that the requests of a rush travel together */
    RPC_WAITING = 8192,
    CACHE_ENTRIES = 512,
    OVERDUE_MS = 2000, /* past the services' own deadline */
    SURVEY_MS = 1000
};

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | (c > '9' ? 0x20 : 0)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* A file with 64 hex digits. ERR_NOT_FOUND, ERR_INVALID. */
static enum err key_read(const char *path, uint8_t key[KEY_BYTES])
{
    char text[2 * KEY_BYTES];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text) : -1;
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return ERR_NOT_FOUND;
    if ((size_t)n < sizeof text)
        return ERR_INVALID;
    for (size_t i = 0; i < KEY_BYTES; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return ERR_INVALID;
        key[i] = (uint8_t)(high * 16 + low);
    }
    return ERR_OK;
}

static enum err failed(const struct parts *parts, enum err err, const char *event, const char *what)
{
    if (err != ERR_OK)
        log_error(parts->log, NULL, event, LOG_TEXT("what", what), LOG_TEXT("error", err_text(err)->en));
    return err;
}

/* Every connection is a descriptor; the soft limit is often 1024. */
static void descriptors_raise(const struct parts *parts)
{
    struct rlimit limit;
    rlim_t wanted = parts->settings.connections + 512;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log_warn(parts->log, NULL, "gateway.few-descriptors", LOG_INT("have", limit.rlim_cur), LOG_INT("wanted", wanted));
}

static enum err schema_check(struct parts *parts, const struct db_config *config)
{
    struct db *db;
    enum err err = db_open(&db, config, parts->log);
    if (err != ERR_OK)
        return err;
    err = migrate_check(db, &gateway_schema, parts->log);
    db_close(db);
    return err;
}

static enum err accounts_start(struct parts *parts)
{
    uint8_t key[KEY_BYTES];
    size_t size = strlen(parts->settings.database) + sizeof " user=hv_gateway";
    enum err err = failed(parts, key_read(parts->settings.session_key, key), "gateway.no-session-key", parts->settings.session_key);
    if (err != ERR_OK)
        return err;
    parts->proof = (struct proof_terms){.key = sign_keys_from(span_of(key, sizeof key)).proof, .most = parts->settings.proof};
    parts->conninfo = mem_new(size);
    snprintf(parts->conninfo, size, "%s user=hv_gateway", parts->settings.database);
    struct auth_config config = {.db = {parts->conninfo, "gateway", "hv-gateway", STATEMENT_MS},
                                 .key = span_of(key, sizeof key),
                                 .https = parts->settings.https,
                                 .loop = &parts->loop,
                                 .log = parts->log,
                                 .metrics = parts->metrics};
    err = failed(parts, schema_check(parts, &config.db), "gateway.no-schema", "run hv migrate, and see HV_DATABASE");
    return err == ERR_OK ? failed(parts, auth_open(&parts->auth, &config), "gateway.no-accounts", "the accounts cannot be read") : err;
}

static enum err client_start(struct parts *parts, struct rpc_client **out, const char *service, const struct settings_list *urls)
{
    const struct rpc_client_config config = {.service = service,
                                             .urls = urls->urls,
                                             .url_count = urls->count,
                                             .contexts = RPC_CONTEXTS,
                                             .waiting_max = parts->rpc_waiting_max,
                                             .seal = parts->seal,
                                             .log = parts->log,
                                             .metrics = parts->metrics};
    return failed(parts, rpc_client_open(out, &parts->loop, &config), "gateway.no-client", service);
}

static void members_add(struct parts *parts, const char *service, const struct settings_list *urls)
{
    for (size_t i = 0; i < urls->count && parts->member_count < PARTS_MEMBERS; i++)
        parts->members[parts->member_count++] = (struct survey_member){service, urls->urls[i]};
}

static enum err health_start(struct parts *parts)
{
    const struct health_responder_config responder = {.service = "gateway",
                                                      .instance = parts->settings.instance,
                                                      .version = HV_VERSION,
                                                      .url = parts->settings.health,
                                                      .seal = parts->seal,
                                                      .log = parts->log,
                                                      .metrics = parts->metrics,
                                                      .checks = checks_run,
                                                      .owner = parts};
    members_add(parts, "gateway", &parts->settings.gateway_health);
    members_add(parts, "enrolment", &parts->settings.enrolment_health);
    members_add(parts, "notification", &parts->settings.notification_health);
    members_add(parts, "funding", &parts->settings.funding_health);
    const struct survey_config survey = {parts->members, parts->member_count, SURVEY_MS, parts->seal, parts->log};
    enum err err = health_responder_open(&parts->responder, &parts->loop, &responder);
    if (err == ERR_OK)
        err = survey_open(&parts->survey, &parts->loop, &survey);
    return failed(parts, err, "gateway.no-health", parts->settings.health);
}

static enum err live_start(struct parts *parts)
{
    const struct seats_config config = {.enrolment = parts->enrolment,
                                        .pub_urls = parts->settings.enrolment_pub.urls,
                                        .pub_count = parts->settings.enrolment_pub.count,
                                        .seal = parts->seal,
                                        .viewers_max = parts->settings.viewers,
                                        .viewers_per_client = parts->settings.viewers_per_client,
                                        .log = parts->log,
                                        .metrics = parts->metrics};
    return failed(parts, seats_open(&parts->seats, &parts->loop, &config), "gateway.no-live-view", "HV_ENROLMENT_PUB");
}

static enum err forgetter_start(struct parts *parts)
{
    const struct forgetter_config config = {
        .enrolment = parts->enrolment, .auth = parts->auth, .every_ms = parts->settings.forget_s * 1000, .log = parts->log};
    return failed(parts, forgetter_open(&parts->forgetter, &parts->loop, &config), "gateway.no-forgetter", "libuv refused a timer");
}

static void serve_openapi(void *text, struct exchange *x)
{
    const struct answer answer = {.status = 200, .body = span_text(text), .shared = true};
    answer_send(x, &answer);
}

void parts_pages(struct parts *parts)
{
    const struct page pages[] = {
        {.path = "/", .type = "text/html", .serve = home_serve},
        {"/health", "application/health+json", NULL, "Shows the health of all services.", NULL, health_serve, parts->survey},
        {"/health/live", "application/health+json", NULL, "Tells whether this gateway lives.", NULL, home_serve_alive, NULL},
        {"/health/ready", "application/health+json", NULL, "Tells whether this gateway takes requests.", NULL, checks_serve_ready, parts},
        {"/metrics", "text/plain", NULL, "Gives the metrics of all services, for Prometheus.", NULL, metrics_serve, parts->survey},
        {"/api/live/seats", "text/event-stream", "programmeId", "Streams the seats of a programme as they change.", NULL, seats_serve,
         parts->seats},
        {PROOF_PATH, "application/json", NULL, "Gives a new challenge for a proof of work; 404 where none is asked.",
         &gateway__challenge__descriptor, toll_serve, &parts->proof},
        {.path = "/api/openapi.json", .type = "application/json", .serve = serve_openapi},
    };
    _Static_assert(sizeof pages / sizeof pages[0] <= PARTS_PAGES, "every page has its room");
    parts->page_count = sizeof pages / sizeof pages[0];
    memcpy(parts->pages, pages, sizeof pages);
    parts->openapi = openapi_text(parts->pages, parts->page_count);
    parts->pages[parts->page_count - 1].owner = parts->openapi;
}

static enum err http_start(struct parts *parts)
{
    const struct settings *s = &parts->settings;
    const struct dispatch_config routes = {.enrolment = parts->enrolment,
                                           .notification = parts->notification,
                                           .funding = parts->funding,
                                           .auth = parts->auth,
                                           .pages = parts->pages,
                                           .page_count = parts->page_count,
                                           .request_ms = s->request_ms,
                                           .cache_entries = CACHE_ENTRIES,
                                           .erased = forgetter_soon,
                                           .erased_owner = parts->forgetter,
                                           .writes = s->writes,
                                           .proof = parts->proof,
                                           .log = parts->log,
                                           .metrics = parts->metrics};
    parts->dispatch = dispatch_new(&routes);
    const struct http_config http = {.listen = s->http,
                                     .connections = s->connections,
                                     .per_address = s->per_address,
                                     .idle_s = s->idle_s,
                                     .reading_ms = s->reading_ms,
                                     .waiting_ms = s->request_ms + OVERDUE_MS,
                                     .behind_proxy = s->behind_proxy,
                                     .handler = dispatch_handler(parts->dispatch),
                                     .log = parts->log,
                                     .metrics = parts->metrics};
    return failed(parts, http_server_open(&parts->http, &parts->loop, &http), "gateway.cannot-listen", s->http);
}

enum err parts_start(struct parts *parts)
{
    parts->rpc_waiting_max = RPC_WAITING;
    descriptors_raise(parts);
    enum err err = failed(parts, seal_read(&parts->seal, parts->settings.bus_key), "gateway.no-bus-key", parts->settings.bus_key);
    if (err == ERR_OK)
        err = accounts_start(parts);
    if (err == ERR_OK)
        err = client_start(parts, &parts->enrolment, "enrolment", &parts->settings.enrolment_rpc);
    if (err == ERR_OK)
        err = client_start(parts, &parts->notification, "notification", &parts->settings.notification_rpc);
    if (err == ERR_OK)
        err = client_start(parts, &parts->funding, "funding", &parts->settings.funding_rpc);
    if (err == ERR_OK)
        err = health_start(parts);
    if (err == ERR_OK)
        err = live_start(parts);
    if (err == ERR_OK)
        err = forgetter_start(parts);
    if (err != ERR_OK)
        return err;
    parts_pages(parts);
    return http_start(parts);
}

void parts_drain(struct parts *parts)
{
    http_server_drain(parts->http);
    seats_drain(parts->seats);
    forgetter_stop(parts->forgetter);
}

bool parts_quiet(const struct parts *parts)
{
    return http_server_busy(parts->http) == 0;
}
