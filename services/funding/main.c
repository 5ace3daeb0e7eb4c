/* hv-funding: grant calls from announcement to the last report, inside their money. Everything a service has is in common/run; here is what
 * only this one has: its table, its store, and the timer of what time does (handler/tick.c).
 *
 * Environment beside that of every service (common/run/service.h): HV_PUBLIC_URL. */
#include <uv.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/run/service.h"
#include "funding.pb-c.h"
#include "services/funding/handler/handler.h"
#include "services/funding/store/due.h"
#include "services/funding/store/workset.h"

#define TICK_MS 1000 /* how late silence, a lapse or a late report may be told; what is in time goes by the clock, not by the tick */

extern const struct db_schema funding_schema;

struct funding {
    struct service *service;
    const char *public_url; /* "": not known */
    uv_timer_t tick;
    struct work_case look; /* for what is due; a tick of each call follows from it */
    struct uuid looked;    /* the last call that got one; the writer's own */
};

static struct workset *funding_begin(struct arena *arena, int64_t now_us, void *context)
{
    const struct service *service = context;
    const struct funding *own = service->state;
    struct workset *w = workset_new(arena, now_us, service->publisher);

    w->public_url = own->public_url;
    return w;
}

static const struct work_store STORE = {.begin = funding_begin, .load = workset_load, .save = workset_save, .committed = workset_committed};

static enum err funding_configure(struct service *service)
{
    struct funding *own = mem_new(sizeof *own);

    own->service = service;
    own->public_url = config_url(service->config, "HV_PUBLIC_URL",
                                 "where people reach the service, e.g. https://avustukset.example.fi; stands in decisions");
    service->state = own;
    return ERR_OK;
}

/* A full queue only delays what is due: the next look finds it still due. */
static enum err do_tick(const struct funding *own, struct uuid *call)
{
    Funding__GetCallRequest of = FUNDING__GET_CALL_REQUEST__INIT;

    of.call_id = (ProtobufCBinaryData){.len = sizeof call->b, .data = call->b};
    return service_do(own->service, funding_tick(), &of.base);
}

/* A job a call, so that one which fails stops nobody else's time. */
static enum err look_run(struct job *job, struct db *db, void *context)
{
    struct funding *own = context;
    struct due due = {.count = 0};
    const enum err err = due_find(db, job->arena, time_now_us(), own->looked, &due);

    for (size_t i = 0; err == ERR_OK && i < due.count; i++) {
        if (do_tick(own, &due.calls[i]) != ERR_OK) {
            log_warn(own->service->log, NULL, "funding.tick-delayed");
            break;
        }
        own->looked = due.calls[i];
    }
    return err;
}

static void on_tick(uv_timer_t *timer)
{
    struct funding *own = timer->data;
    Funding__ListReasonsRequest nothing = FUNDING__LIST_REASONS_REQUEST__INIT;

    if (service_do(own->service, &own->look, &nothing.base) != ERR_OK)
        log_warn(own->service->log, NULL, "funding.tick-delayed");
}

static enum err funding_start(struct service *service)
{
    struct funding *own = service->state;

    if (uv_timer_init(&service->loop, &own->tick) != 0)
        return ERR_INTERNAL;
    own->tick.data = own;
    own->look = (struct work_case){.name = "funding.Look", .kind = WORK_WRITE, .run = look_run, .context = own, .no_key = true};
    return uv_timer_start(&own->tick, on_tick, TICK_MS, TICK_MS) == 0 ? ERR_OK : ERR_INTERNAL;
}

static void funding_stop(struct service *service)
{
    struct funding *own = service->state;
    (void)uv_timer_stop(&own->tick);
}

int main(int argc, char **argv)
{
    size_t count;
    const struct work_case *cases = funding_cases(&count);
    const struct service_spec spec = {.name = "funding",
                                      .schema = &funding_schema,
                                      .store = &STORE,
                                      .cases = cases,
                                      .case_count = count,
                                      .streams = FUNDING_STREAMS,
                                      .configure = funding_configure,
                                      .start = funding_start,
                                      .stop = funding_stop};
    return service_main(&spec, argc, argv);
}
