/* The handler of the HTTP server: finds the route or the page, passes the gate, binds, asks. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/wire/limits.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

enum { BODY_MAX = 64 * 1024, FILE_BODY_MAX = 344 * 1024 };

struct rpc_client *dispatch_service(const struct dispatch *dispatch, struct span name)
{
    if (span_equal(name, span_text("enrolment")))
        return dispatch->config.enrolment;
    if (span_equal(name, span_text("notification")))
        return dispatch->config.notification;
    if (span_equal(name, span_text("funding")))
        return dispatch->config.funding;
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

/* Only looks where the request leads. Nothing is answered yet: libmicrohttpd 0.9.75 closes a connection that is answered before
 * its request is whole. */
static void on_begin(void *owner, struct exchange *x)
{
    struct dispatch *d = owner;
    struct errand *errand = arena_alloc(x->arena, sizeof *errand);
    x->context = errand;
    x->body_max = BODY_MAX;
    errand->dispatch = d;
    errand->x = x;
    errand->no_route = matcher_find(d->matcher, x->verb, x->path, &errand->match);
    errand->page = errand->no_route == ERR_NOT_FOUND ? page_find(d, x) : NULL;
    if (errand->page)
        x->route = &d->page_tallies[errand->page - d->config.pages];
    if (errand->no_route != ERR_OK)
        return;
    errand->route = &d->rows[errand->match.row];
    errand->method = route_method(errand->route);
    x->route = &d->row_tallies[errand->match.row];
    if (!errand->route->body)
        x->body_max = 0;
    else if (errand->route->flags & ROUTE_BIG)
        x->body_max = WIRE_PAYLOAD_MAX;
    else if (errand->route->flags & ROUTE_FILE)
        x->body_max = FILE_BODY_MAX;
}

static bool serve_cached(struct errand *errand)
{
    if (!cache_serve(errand->dispatch->cache, errand->x))
        return false;
    metric_add(errand->dispatch->cache_hits, 1);
    return true;
}

/* The short way: a public GET without credentials that the cache can answer never gets further than here. */
static bool run_short(struct errand *errand)
{
    const struct exchange *x = errand->x;
    return errand->route->cache_ms && !exchange_header(x, "Authorization") && !exchange_header(x, "Cookie") && serve_cached(errand);
}

/* True: the cache answered, or the errand follows somebody who asks already. Coordinators and officials see things as they are, and nobody
 * gets what another one sees more of than the public. */
static bool run_cached(struct errand *errand)
{
    const bool staff = errand->who.roles & ROUTE_KNOWN_BY_TASK;
    if (!errand->route->cache_ms || staff || ((errand->route->flags & ROUTE_READERS) && errand->who.known))
        return false;
    return serve_cached(errand) || cache_join(errand->dispatch->cache, errand->x, &errand->leads) == CACHE_FOLLOWS;
}

/* Who asks, and may they. An expired cookie is no reason to hide what is public. */
static enum err run_gate(struct errand *errand, Bus__Problem **problem)
{
    enum err err = gate_identify(errand, problem);
    if (err != ERR_OK && errand->route->access == ROUTE_PUBLIC) {
        errand->who = (struct identity){.known = false};
        *problem = NULL;
        err = ERR_OK;
    }
    return err == ERR_OK ? gate_admit(errand, problem) : err;
}

/*~ 2. Path, query and JSON become the request message that the row of the route table names: who asks is known and let in first,
 * then the parameters and the body are bound to the fields, and the errand goes to the service (or an answer is there already). */
static void run_route(struct errand *errand)
{
    struct exchange *x = errand->x;
    Bus__Problem *problem = NULL;
    struct codec_fault fault;
    uint32_t shard;
    if (run_short(errand))
        return;
    enum err err = run_gate(errand, &problem);
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
    if (errand->route)
        run_route(errand);
    else if (errand->page && strcmp(x->verb, "GET") == 0)
        errand->page->serve(errand->page->owner, x);
    else if (errand->page)
        answer_no_route(x, ERR_METHOD, "GET");
    else
        answer_no_route(x, errand->no_route, errand->no_route == ERR_METHOD ? errand->match.allow : NULL);
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
    d->budget = budget_new(config->writes);
    d->spent = config->proof.most ? spent_new() : NULL;
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
    budget_free(d->budget);
    spent_free(d->spent);
    matcher_free(d->matcher);
    mem_free(d->row_tallies);
    mem_free(d->page_tallies);
    mem_free(d);
}

struct http_handler dispatch_handler(struct dispatch *dispatch)
{
    return (struct http_handler){on_begin, on_run, on_overdue, on_answered, dispatch};
}
