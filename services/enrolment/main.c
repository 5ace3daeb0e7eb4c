/* hv-enrolment: programmes, places and their order. Everything a service has is in common/run; here is what only this one has: its
 * table, its store, its signing key, and the timer of what time does. */
#include <uv.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/run/service.h"
#include "enrolment.pb-c.h"
#include "services/enrolment/handler/handler.h"
#include "services/enrolment/handler/keyring.h"
#include "services/enrolment/handler/signer.h"
#include "services/enrolment/store/store.h"

#define TICK_MS 1000 /* how late a window's announcement or the end of a held seat may be; enrolments go by the clock, not by the tick */

#define PUBLISH_FIRST 5 /* at most so many ticks from the start to the first publication: what moved while nobody was there */

extern const struct db_schema enrolment_schema;

struct enrolment {
    struct signer *signer;
    struct keyring *keyring; /* NULL: sensitive answers cannot be taken */
    const char *public_url;  /* "": not known */
    uv_timer_t tick;
    struct work_case look; /* for what is due; a tick of each programme follows from it */
    struct uuid looked;    /* the last programme that got one; the writer's own */
    unsigned ticks;
    unsigned publish_first, publish_ticks; /* to the first publication of the chains' heads, and between two */
    unsigned forget_ticks;                 /* between two looks whether a programme's people are due to be forgotten */
    struct service *service;
};

static struct workset *enrolment_begin(struct arena *arena, int64_t now_us, void *context)
{
    const struct service *service = context;
    const struct enrolment *own = service->state;
    struct workset *w = workset_new(arena, now_us, own->signer, service->publisher);

    w->keyring = own->keyring;
    w->seal = service->seal;
    w->public_url = own->public_url;
    return w;
}

static const struct work_store STORE = {.begin = enrolment_begin, .load = store_load, .save = store_save, .committed = store_committed};

/* Without the keys everything works but sensitive answers: said once here, and to whoever gives one. A file that is there and cannot be
 * understood is a mistake to be mended before anything starts. */
static enum err configure_keyring(struct service *service, struct enrolment *own)
{
    const char *path =
        config_text(service->config, "HV_DATA_KEYS",
                    "file with the keys that seal sensitive answers: lines \"<number> <64 hex digits>\", the highest seals", "");
    const enum err err = *path != '\0' ? keyring_read(&own->keyring, path) : ERR_NOT_FOUND;

    if (err == ERR_NOT_FOUND)
        log_warn(service->log, NULL, "enrolment.no-data-keys", LOG_TEXT("path", path));
    else if (err != ERR_OK)
        log_error(service->log, NULL, "enrolment.data-keys", LOG_TEXT("path", path),
                  LOG_TEXT("reason", "the file does not hold lines of a number and 64 hex digits, each number once"));
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* Answers of other replicas, and those of yesterday, have to open with these keys too. */
static enum err enrolment_check(struct service *service, struct db *db)
{
    const struct enrolment *own = service->state;
    struct arena *arena = arena_new(8192);
    struct data_key_report report = {.wrong = 0};
    size_t count;
    const struct data_key *keys = keyring_proofs(own->keyring, arena, &count);
    enum err err = data_key_check(db, arena, keys, count, &report);

    if (err == ERR_OK && report.wrong != 0) {
        log_error(service->log, NULL, "enrolment.data-key-wrong", LOG_INT("key", report.wrong),
                  LOG_TEXT("reason", "a key of this number has been used before, and it was another one: give a new key a new number"));
        err = ERR_INVALID;
    } else if (err == ERR_OK && report.missing != 0) {
        log_warn(service->log, NULL, "enrolment.data-key-missing", LOG_INT("key", report.missing),
                 LOG_TEXT("reason", "answers are sealed with it: they cannot be shown until it is in the file again"));
    }
    arena_free(arena);
    return err;
}

static enum err enrolment_configure(struct service *service)
{
    struct enrolment *own = mem_new(sizeof *own);
    const char *path = config_text(service->config, "HV_SIGNING_KEY",
                                   "file with the seed of the Ed25519 key that signs receipts and chain heads: 64 hex digits", NULL);

    own->service = service;
    own->publish_ticks =
        (unsigned)config_int(service->config, "HV_CHAIN_PUBLISH_SECONDS",
                             "seconds between two publications of the order chains' heads (GET /api/chains.atom)", 600, 1, 86400);
    own->publish_first = own->publish_ticks < PUBLISH_FIRST ? own->publish_ticks : PUBLISH_FIRST;
    own->forget_ticks =
        (unsigned)config_int(service->config, "HV_FORGET_SECONDS",
                             "seconds between two looks whether the people of an old programme are due to be forgotten", 5, 1, 86400);
    service->state = own;
    own->public_url = config_url(service->config, "HV_PUBLIC_URL",
                                 "where people reach the service, e.g. https://koulutus.example.fi; stands on certificates");
    const enum err set = configure_keyring(service, own);
    if (set != ERR_OK)
        return set;
    if (path == NULL || *path == '\0')
        return ERR_OK; /* the check of the configuration says so, with all other mistakes */
    const enum err err = signer_read(&own->signer, path);
    if (err != ERR_OK)
        log_error(service->log, NULL, "enrolment.signing-key", LOG_TEXT("path", path),
                  LOG_TEXT("reason", err == ERR_NOT_FOUND ? "the file cannot be read" : "the file does not hold 64 hex digits"));
    return err;
}

/* A full queue only delays what is due: the next look finds it still due. */
static enum err do_tick(const struct enrolment *own, struct uuid *programme)
{
    Enrolment__GetProgrammeRequest of = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;

    of.programme_id = (ProtobufCBinaryData){.len = sizeof programme->b, .data = programme->b};
    return service_do(own->service, enrolment_tick(), &of.base);
}

/* A job a programme, so that one which fails stops nobody else's time. */
static enum err look_run(struct job *job, struct db *db, void *context)
{
    struct enrolment *own = context;
    struct due due = {.count = 0};
    const enum err err = store_find_due(db, job->arena, time_now_us(), own->looked, &due);

    for (size_t i = 0; err == ERR_OK && i < due.count; i++) {
        if (do_tick(own, &due.programmes[i]) != ERR_OK) {
            log_warn(own->service->log, NULL, "enrolment.tick-delayed");
            break;
        }
        own->looked = due.programmes[i];
    }
    return err;
}

static void on_tick(uv_timer_t *timer)
{
    struct enrolment *own = timer->data;
    Enrolment__ListMyRegistrationsRequest nothing = ENROLMENT__LIST_MY_REGISTRATIONS_REQUEST__INIT;

    if (service_do(own->service, &own->look, &nothing.base) != ERR_OK)
        log_warn(own->service->log, NULL, "enrolment.tick-delayed");
    if (own->ticks % own->forget_ticks == 0 && service_do(own->service, enrolment_forget(), &nothing.base) != ERR_OK)
        log_debug(own->service->log, NULL, "enrolment.forgetting-delayed");
    if (own->ticks >= own->publish_first && (own->ticks - own->publish_first) % own->publish_ticks == 0 &&
        service_do(own->service, enrolment_publish(), &nothing.base) != ERR_OK)
        log_warn(own->service->log, NULL, "enrolment.publishing-delayed");
    own->ticks++;
}

static enum err enrolment_start(struct service *service)
{
    struct enrolment *own = service->state;

    if (uv_timer_init(&service->loop, &own->tick) != 0)
        return ERR_INTERNAL;
    own->tick.data = own;
    own->look = (struct work_case){.name = "enrolment.Look", .kind = WORK_WRITE, .run = look_run, .context = own, .no_key = true};
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
                                      .check = enrolment_check,
                                      .start = enrolment_start,
                                      .stop = enrolment_stop};
    return service_main(&spec, argc, argv);
}
