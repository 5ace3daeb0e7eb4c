/* The handler of the HTTP server: finds the route or the page, passes the gate, binds, asks. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/wire/limits.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

enum { BODY_MAX = 64 * 1024 };

struct rpc_client *dispatch_service(const struct dispatch *dispatch, struct span name)
{
    if (span_equal(name, span_text("enrolment")))
        return dispatch->config.enrolment;
    if (span_equal(name, span_text("notification")))
        return dispatch->config.notification;
    return NULL;
}

/* Not found, or found with another verb: the latter says which verbs there are. */
static void answer_no_route(struct exchange *x, enum err err, const char *allow)
{
    int status = problem_write(&x->out, err, NULL, x->language, x->trace);
    struct answer answer = {.status = status, .type = "application/problem+json", .body = buf_span(&x->out), .allow = allow};
    answer_send(x, &answer);
}

static const struct page *page_find(const struct dispatch *d, const struct exchange *x)
{
    for (size_t i = 0; i < d->config.page_count; i++) {
        if (span_equal(x->path, span_text(d->config.pages[i].path)))
            return &d->config.pages[i];
    }
    return NULL;
}

static void begin_page(struct dispatch *d, struct exchange *x, struct errand *errand, const struct page *page)
{
    errand->page = page;
    x->route = &d->page_tallies[page - d->config.pages];
    if (strcmp(x->verb, "GET") != 0)
        answer_no_route(x, ERR_METHOD, "GET");
}

static void begin_route(struct dispatch *d, struct exchange *x, struct errand *errand)
{
    errand->route = &d->rows[errand->match.row];
    errand->method = route_method(errand->route);
    x->route = &d->row_tallies[errand->match.row];
    if (errand->route->body)
        x->body_max = errand->route->flags & ROUTE_BIG ? WIRE_PAYLOAD_MAX : BODY_MAX;
}

/* The short way: a public GET without credentials that the cache can answer never gets further than here. */
static bool begin_cached(struct dispatch *d, struct exchange *x, const struct route *route)
{
    if (!route->cache_ms || exchange_header(x, "Authorization") || exchange_header(x, "Cookie") || !cache_serve(d->cache, x))
        return false;
    metric_add(d->cache_hits, 1);
    return true;
}

static void on_begin(void *owner, struct exchange *x)
{
    struct dispatch *d = owner;
    struct match match;
    enum err err = matcher_find(d->matcher, x->verb, x->path, &match);
    if (err == ERR_OK) {
        x->route = &d->row_tallies[match.row];
        if (begin_cached(d, x, &d->rows[match.row]))
            return;
    }
    struct errand *errand = arena_alloc(x->arena, sizeof *errand);
    const struct page *page = err == ERR_NOT_FOUND ? page_find(d, x) : NULL;
    errand->dispatch = d;
    errand->x = x;
    errand->match = match;
    x->context = errand;
    if (page)
        begin_page(d, x, errand, page);
    else if (err == ERR_OK)
        begin_route(d, x, errand);
    else
        answer_no_route(x, err, err == ERR_METHOD ? arena_strdup(x->arena, match.allow) : NULL);
}

/* True: the cache answered, or the errand follows somebody who asks already. Coordinators see things as they are. */
static bool run_cached(struct errand *errand)
{
    struct dispatch *d = errand->dispatch;
    bool staff = errand->who.roles & (BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_ADMIN);
    if (!errand->route->cache_ms || staff)
        return false;
    if (cache_serve(d->cache, errand->x)) {
        metric_add(d->cache_hits, 1);
        return true;
    }
    return cache_join(d->cache, errand->x, &errand->leads) == CACHE_FOLLOWS;
}

static void run_route(struct errand *errand)
{
    struct exchange *x = errand->x;
    Bus__Problem *problem = NULL;
    struct codec_fault fault;
    uint32_t shard;
    enum err err = gate_identify(errand);
    if (err != ERR_OK && errand->route->access == ROUTE_PUBLIC) {
        errand->who = (struct identity){.known = false}; /* an expired cookie is no reason to hide what is public */
        err = ERR_OK;
    }
    if (err == ERR_OK)
        err = gate_admit(errand, &problem);
    if (err == ERR_OK && run_cached(errand))
        return;
    if (err == ERR_OK) {
        err = bind_request(x->arena, errand->route, &errand->match, x->query, buf_span(&x->body), &errand->message, &shard, &fault);
        if (err != ERR_OK)
            problem = codec_problem(x->arena, &fault);
    }
    if (err == ERR_OK)
        err = ask(errand, shard);
    if (err != ERR_OK)
        errand_fail(errand, err, problem);
}

static void on_run(void *owner, struct exchange *x)
{
    struct errand *errand = x->context;
    (void)owner;
    if (errand->page)
        errand->page->serve(errand->page->owner, x);
    else
        run_route(errand);
}

/* The services' own deadlines come before this one; it is for whoever forgot the answer altogether. */
static void on_overdue(void *owner, struct exchange *x)
{
    const struct dispatch *d = owner;
    log_warn(d->config.log, x->trace, "gateway.overdue", LOG_TEXT("path", x->route ? ((const struct tally *)x->route)->label : ""));
    answer_problem(x, ERR_TIMEOUT, NULL);
}

static struct metric *tally_status(struct dispatch *d, struct tally *tally, int status)
{
    size_t i = 0;
    while (i < ERRAND_STATUSES - 1 && tally->by_status[i].count && tally->by_status[i].status != status)
        i++;
    if (!tally->by_status[i].count) {
        char labels[192];
        snprintf(labels, sizeof labels, "route=\"%s\",code=\"%d\"", tally->label, status);
        tally->by_status[i].status = status;
        tally->by_status[i].count = metric_counter(d->config.metrics, "http_requests_total", labels, "Requests answered.");
    }
    return tally->by_status[i].count;
}

static struct metric *tally_seconds(struct dispatch *d, const struct tally *tally)
{
    char labels[160];
    snprintf(labels, sizeof labels, "route=\"%s\"", tally->label);
    return metric_histogram(d->config.metrics, "http_request_seconds", labels, "From the first line of a request to its answer.");
}

static void on_answered(void *owner, struct exchange *x)
{
    struct dispatch *d = owner;
    struct tally *tally = (struct tally *)(uintptr_t)x->route;
    if (!tally)
        tally = d->other_tally;
    metric_add(tally_status(d, tally, x->status), 1);
    if (!tally->seconds)
        tally->seconds = tally_seconds(d, tally);
    metric_observe_us(tally->seconds, time_steady_us() - x->started_us);
}

static void tally_init(struct tally *tally, const char *verb, const char *path)
{
    snprintf(tally->label, sizeof tally->label, "%s %s", verb, path);
}

struct dispatch *dispatch_new(const struct dispatch_config *config)
{
    struct dispatch *d = mem_new(sizeof *d);
    d->config = *config;
    d->rows = routes_table(&d->row_count);
    d->matcher = matcher_new(d->rows, d->row_count);
    d->cache = cache_new(config->cache_entries);
    d->cache_hits = metric_counter(config->metrics, "http_cache_hits_total", "", "Public reads answered from the micro-cache.");
    d->row_tallies = mem_array(d->row_count, sizeof *d->row_tallies);
    d->page_tallies = mem_array(config->page_count + 1, sizeof *d->page_tallies);
    d->other_tally = &d->page_tallies[config->page_count];
    for (size_t i = 0; i < d->row_count; i++)
        tally_init(&d->row_tallies[i], d->rows[i].verb, d->rows[i].path);
    for (size_t i = 0; i < config->page_count; i++)
        tally_init(&d->page_tallies[i], "GET", config->pages[i].path);
    tally_init(d->other_tally, "any", "other");
    return d;
}

void dispatch_free(struct dispatch *d)
{
    if (!d)
        return;
    cache_free(d->cache);
    matcher_free(d->matcher);
    mem_free(d->row_tallies);
    mem_free(d->page_tallies);
    mem_free(d);
}

struct http_handler dispatch_handler(struct dispatch *dispatch)
{
    return (struct http_handler){on_begin, on_run, on_overdue, on_answered, dispatch};
}
