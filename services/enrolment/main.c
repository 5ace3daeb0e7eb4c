/* hv-enrolment: programmes, places and their order. Everything a service has is in common/run; here is what only this one has: its
 * table, its store, its signing key, and the timer that announces windows. */
#include <uv.h>

#include "common/base/alloc.h"
#include "common/run/service.h"
#include "enrolment.pb-c.h"
#include "services/enrolment/handler/handler.h"
#include "services/enrolment/handler/signer.h"
#include "services/enrolment/store/store.h"

#define TICK_MS 1000 /* how late a window's announcement may be; enrolments themselves go by the clock, not by the tick */

extern const struct db_schema enrolment_schema;

struct enrolment {
    struct signer *signer;
    uv_timer_t tick;
    struct service *service;
};

static struct workset *enrolment_begin(struct arena *arena, int64_t now_us, void *context)
{
    const struct service *service = context;
    const struct enrolment *own = service->state;
    return workset_new(arena, now_us, own->signer, service->publisher);
}

static const struct work_store STORE = {.begin = enrolment_begin, .load = store_load, .save = store_save, .committed = store_committed};

static enum err enrolment_configure(struct service *service)
{
    struct enrolment *own = mem_new(sizeof *own);
    const char *path = config_text(service->config, "HV_SIGNING_KEY",
                                   "file with the seed of the Ed25519 key that signs receipts and chain heads: 64 hex digits", NULL);

    own->service = service;
    service->state = own;
    if (path == NULL || *path == '\0')
        return ERR_OK; /* the check of the configuration says so, with all other mistakes */
    const enum err err = signer_read(&own->signer, path);
    if (err != ERR_OK)
        log_error(service->log, NULL, "enrolment.signing-key", LOG_TEXT("path", path),
                  LOG_TEXT("reason", err == ERR_NOT_FOUND ? "the file cannot be read" : "the file does not hold 64 hex digits"));
    return err;
}

/* A full queue only delays the announcement: the next tick finds the window still due. */
static void on_tick(uv_timer_t *timer)
{
    struct enrolment *own = timer->data;
    Enrolment__ListMyRegistrationsRequest nothing = ENROLMENT__LIST_MY_REGISTRATIONS_REQUEST__INIT;

    if (service_do(own->service, enrolment_window_tick(), &nothing.base) != ERR_OK)
        log_warn(own->service->log, NULL, "enrolment.tick-delayed");
}

static enum err enrolment_start(struct service *service)
{
    struct enrolment *own = service->state;

    if (uv_timer_init(&service->loop, &own->tick) != 0)
        return ERR_INTERNAL;
    own->tick.data = own;
    return uv_timer_start(&own->tick, on_tick, TICK_MS, TICK_MS) == 0 ? ERR_OK : ERR_INTERNAL;
}

static void enrolment_stop(struct service *service)
{
    struct enrolment *own = service->state;
    (void)uv_timer_stop(&own->tick);
}

int main(int argc, char **argv)
{
    size_t count;
    const struct work_case *cases = enrolment_cases(&count);
    const struct service_spec spec = {.name = "enrolment",
                                      .schema = &enrolment_schema,
                                      .store = &STORE,
                                      .cases = cases,
                                      .case_count = count,
                                      .streams = ENROLMENT_STREAMS,
                                      .configure = enrolment_configure,
                                      .start = enrolment_start,
                                      .stop = enrolment_stop};
    return service_main(&spec, argc, argv);
}
