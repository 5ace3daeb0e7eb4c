/* See workset.h: one round trip in, one out, the events last. */
#include "services/funding/store/workset.h"

struct workset *workset_new(struct arena *arena, int64_t now_us, struct publisher *publisher)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    *w = (struct workset){.arena = arena, .now_us = now_us, .public_url = "", .publisher = publisher};
    w->events = event_list_new(arena, "funding", FUNDING_STREAMS);
    parts_init(&w->parts, arena, funding_parts, PART_COUNT);
    return w;
}

enum err workset_load(struct workset *w, struct db *db)
{
    parts_load(&w->parts, w, db);
    const enum err err = db_flush(db);
    if (err == ERR_OK)
        parts_read(&w->parts, w, db);
    return err;
}

void workset_save(struct workset *w, struct db *db)
{
    parts_save(&w->parts, w, db);
    event_log_append(w->events, db);
}

void workset_committed(struct workset *w, struct db *db)
{
    if (w->publisher != NULL && event_count(w->events) > 0)
        publisher_send(w->publisher, db, w->events);
}
