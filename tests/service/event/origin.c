/* A small publishing service for the tests: "origin.Make" puts as many events into the log as it is asked for, through the same store
 * shape as a real service. It owns nothing but the common tables. */
#include <stdio.h>
#include <stdlib.h>

#include "common/event/log.h"
#include "common/run/service.h"

extern const struct db_schema origin_schema;

enum { STREAMS = 2, LARGE = 100 * 1024 };

struct workset {
    struct service *service;
    struct arena *arena;
    struct event_list *events;
    int64_t now_us;
};

static struct workset *origin_begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    *w = (struct workset){context, arena, event_list_new(arena, "origin", STREAMS), now_us};
    return w;
}

static enum err origin_load(struct workset *w, struct db *db)
{
    (void)w;
    return db_flush(db);
}

static void origin_save(struct workset *w, struct db *db)
{
    event_log_append(w->events, db);
}

static void origin_committed(struct workset *w, struct db *db)
{
    publisher_send(w->service->publisher, db, w->events);
}

static const struct work_store STORE = {.begin = origin_begin, .load = origin_load, .save = origin_save, .committed = origin_committed};

/* name: what kind of event; value: how many. Their keys spread over the streams. */
static void make_decide(struct job *job, struct workset *w)
{
    const Bus__Fact *asked = (const Bus__Fact *)job->message;
    Bus__Fact *made = arena_alloc(w->arena, sizeof *made);
    bool large = strcmp(asked->name, "large") == 0;
    const char *type = strcmp(asked->name, "strange") == 0 ? "origin.Strange.v1" : "origin.Made.v1";

    bus__fact__init(made);
    made->name = asked->name;
    if (large) {
        made->value = arena_alloc(w->arena, LARGE + 1);
        memset(made->value, 'x', LARGE);
    }
    for (long i = 0; i < strtol(asked->value, NULL, 10); i++) {
        struct uuid key = uuid_from((struct uuid){{1}}, span_of(&i, sizeof i));
        event_add(w->events, job, key, key, type, &made->base, w->now_us);
    }
    job_answer(job, &asked->base, 0);
}

static const struct work_case CASES[] = {
    {.name = "origin.Make", .kind = WORK_WRITE, .request = &bus__fact__descriptor, .decide = make_decide, .no_key = true},
};

static const struct service_spec SPEC = {
    .name = "origin", .schema = &origin_schema, .store = &STORE, .cases = CASES, .case_count = 1, .streams = STREAMS};

int main(int argc, char **argv)
{
    return service_main(&SPEC, argc, argv);
}
