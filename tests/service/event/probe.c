/* A small consuming service for the tests: each event of origin leaves one row in probe.effect. "poison" is refused by the handler until
 * there is a row in probe.cure; "explode" by a CHECK of the table. A row in probe.pause makes the save wait, so that a test can kill it
 * between effect and commit. */
#include "common/run/service.h"

extern const struct db_schema probe_schema;

struct effect {
    struct effect *next;
    const struct job *job;
    const char *name;
};

struct workset {
    struct arena *arena;
    struct effect *first, **last;
    size_t count;
    bool cured;
};

static const struct db_stmt CURED = {"probe_cured", "select exists (select from cure)"};
static const struct db_stmt SAVE = {"probe_save",
                                    "insert into effect (stream, seq, name) select * from unnest($1::text[], $2::bigint[], $3::text[])"};

static struct workset *probe_begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    (void)now_us;
    (void)context;
    w->arena = arena;
    w->last = &w->first;
    return w;
}

static enum err probe_load(struct workset *w, struct db *db)
{
    int cured = db_queue(db, &CURED, NULL);
    enum err err = db_flush(db);

    if (err == ERR_OK)
        w->cured = db_get_bool(db_result(db, cured), 0, 0);
    return err;
}

static void probe_save(struct workset *w, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    if (w->count == 0)
        return;
    db_array(p, DB_TEXT, w->count);
    for (const struct effect *e = w->first; e; e = e->next)
        db_array_text(p, span_text(e->job->stream));
    db_array(p, DB_I64, w->count);
    for (const struct effect *e = w->first; e; e = e->next)
        db_array_i64(p, (int64_t)e->job->event->seq);
    db_array(p, DB_TEXT, w->count);
    for (const struct effect *e = w->first; e; e = e->next)
        db_array_text(p, span_text(e->name));
    (void)db_queue(db, &SAVE, p);
}

static const struct work_store STORE = {.begin = probe_begin, .load = probe_load, .save = probe_save};

static void made_decide(struct job *job, struct workset *w)
{
    const Bus__Fact *fact = (const Bus__Fact *)job->message;
    struct effect *effect = arena_alloc(w->arena, sizeof *effect);

    if (strcmp(fact->name, "poison") == 0 && !w->cured) {
        (void)job_fail(job, ERR_REFUSED, "probe.poison", NULL, "Myrkkyä", "Gift", "This one is poison");
        return;
    }
    *effect = (struct effect){NULL, job, fact->name};
    *w->last = effect;
    w->last = &effect->next;
    w->count++;
}

static const struct work_case EVENTS[] = {
    {.name = "origin.Made.v1", .kind = WORK_EVENT, .request = &bus__fact__descriptor, .decide = made_decide},
};

static const char *const CONSUMES[] = {"origin", NULL};

static const struct service_spec SPEC = {
    .name = "probe", .schema = &probe_schema, .store = &STORE, .consumes = CONSUMES, .event_cases = EVENTS, .event_case_count = 1};

int main(int argc, char **argv)
{
    return service_main(&SPEC, argc, argv);
}
