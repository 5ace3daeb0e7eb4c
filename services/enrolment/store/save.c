/* Saving: what the batch changed, column by column, one statement a table however many rows, and the events last. Counters
 * first: their CHECKs then speak before anything hangs on them. */
#include "common/event/log.h"
#include "services/enrolment/store/workset.h"
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"

/* One array parameter: begins it and adds VALUE for each ITEM of LIST. */
#define COLUMN(P, TYPE, ADD, COUNT, INDEX, VALUE)                                                                                          \
    do {                                                                                                                                   \
        db_array(P, TYPE, COUNT);                                                                                                          \
        for (size_t INDEX = 0; INDEX < (COUNT); INDEX++)                                                                                   \
            ADD(P, VALUE);                                                                                                                 \
    } while (0)

static void save_implementations(struct workset *w, struct db *db)
{
    struct implementation **all = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < w->programme_count; i++) {
        for (size_t k = 0; k < w->programme_list[i]->implementation_count; k++) {
            if (!w->programme_list[i]->implementations[k].changed)
                continue;
            all = workset_grow(w, all, count, &room, sizeof *all);
            all[count++] = &w->programme_list[i]->implementations[k];
        }
    }
    if (count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->id);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->capacity);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->waiting_cap);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->taken);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->waiting);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->last_order);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->chain_n);
    COLUMN(p, DB_BYTES, db_array_bytes, count, i, span_of(all[i]->chain_head.b, HASH_SIZE));
    COLUMN(p, DB_TIME, db_array_time, count, i, all[i]->chain_at_us);
    COLUMN(p, DB_I64, db_array_i64, count, i, (int64_t)all[i]->version);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->held);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->reserved);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->given_up);
    (void)db_queue(db, &SET_IMPLEMENTATIONS, p);
}

static void save_programmes(struct workset *w, struct db *db)
{
    struct programme **all = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < w->programme_count; i++) {
        if (!w->programme_list[i]->changed)
            continue;
        all = workset_grow(w, all, count, &room, sizeof *all);
        all[count++] = w->programme_list[i];
    }
    if (count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->id);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->cap);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->taken);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->waiting);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->last_order);
    COLUMN(p, DB_I64, db_array_i64, count, i, (int64_t)all[i]->version);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->held);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->reserved);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->last_pass);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->last_change);
    COLUMN(p, DB_TIME, db_array_time, count, i, all[i]->forgotten_us);
    (void)db_queue(db, &SET_PROGRAMMES, p);
}

static bool says_more(const struct registration *r)
{
    return r->review != REVIEW_NOT_NEEDED || !uuid_is_nil(r->origin) || !uuid_is_nil(r->team) || !uuid_is_nil(r->invitation) ||
           !uuid_is_nil(r->quota_window);
}

static void uuid_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

static void text_or_null(struct db_params *p, const char *text)
{
    if (text == NULL || *text == '\0')
        db_array_null(p);
    else
        db_array_text(p, span_text(text));
}

static void fresh_columns(struct db_params *p, const struct fresh *const *all, size_t count)
{
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->registration->id);
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->registration->programme);
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->registration->implementation);
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->registration->person);
    COLUMN(p, DB_I16, db_array_i16, count, i, (int16_t)all[i]->registration->state);
    COLUMN(p, DB_I16, db_array_i16, count, i, (int16_t)all[i]->registration->first_state);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->registration->order_no);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->registration->programme_order);
    COLUMN(p, DB_TIME, db_array_time, count, i, all[i]->registration->received_us);
    COLUMN(p, DB_TIME, db_array_time, count, i, all[i]->registration->reply_due_us);
    COLUMN(p, DB_I64, db_array_i64, count, i, (int64_t)all[i]->registration->version);
    COLUMN(p, DB_I32, db_array_i32, count, i, (int32_t)all[i]->registration->chain_n);
    COLUMN(p, DB_BYTES, db_array_bytes, count, i, span_of(all[i]->registration->chain_hash.b, HASH_SIZE));
    COLUMN(p, DB_BYTES, db_array_bytes, count, i, span_of(all[i]->registration->salt, CHAIN_SALT_SIZE));
    COLUMN(p, DB_UUID, db_array_uuid, count, i, all[i]->registration->caller);
    COLUMN(p, DB_BYTES, db_array_bytes, count, i, all[i]->key);
    COLUMN(p, DB_BYTES, db_array_bytes, count, i, span_of(all[i]->request_hash.b, HASH_SIZE));
    COLUMN(p, DB_I64, db_array_i64, count, i, (int64_t)all[i]->registration->line);
}

static void save_fresh_plain(struct workset *w, struct db *db, const struct fresh *const *all, size_t count)
{
    struct db_params *p = db_params(w->arena);

    if (count == 0)
        return;
    fresh_columns(p, all, count);
    db_time(p, w->now_us);
    (void)db_queue(db, &ADD_REGISTRATIONS, p);
}

static void save_fresh_more(struct workset *w, struct db *db, const struct fresh *const *all, size_t count)
{
    struct db_params *p = db_params(w->arena);

    if (count == 0)
        return;
    fresh_columns(p, all, count);
    COLUMN(p, DB_UUID, uuid_or_null, count, i, all[i]->registration->origin);
    COLUMN(p, DB_UUID, uuid_or_null, count, i, all[i]->registration->team);
    COLUMN(p, DB_UUID, uuid_or_null, count, i, all[i]->registration->invitation);
    COLUMN(p, DB_I16, db_array_i16, count, i, (int16_t)all[i]->registration->review);
    COLUMN(p, DB_TEXT, text_or_null, count, i, all[i]->registration->condition);
    COLUMN(p, DB_UUID, uuid_or_null, count, i, all[i]->registration->quota_window);
    db_time(p, w->now_us);
    (void)db_queue(db, &ADD_REGISTRATIONS_MORE, p);
}

/* Those that say more go by a statement of their own, so that the columns they fill cost the others nothing. */
static void save_fresh(struct workset *w, struct db *db)
{
    const struct fresh **plain = arena_array(w->arena, w->fresh_count, sizeof(struct fresh *));
    const struct fresh **more = arena_array(w->arena, w->fresh_count, sizeof(struct fresh *));
    size_t plain_count = 0, more_count = 0;

    for (const struct fresh *f = w->fresh; f != NULL; f = f->next) {
        if (says_more(f->registration))
            more[more_count++] = f;
        else
            plain[plain_count++] = f;
    }
    save_fresh_plain(w, db, plain, plain_count);
    save_fresh_more(w, db, more, more_count);
}

static void save_changed(struct workset *w, struct db *db)
{
    if (w->changed_count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    COLUMN(p, DB_UUID, db_array_uuid, w->changed_count, i, w->changed[i]->id);
    COLUMN(p, DB_I16, db_array_i16, w->changed_count, i, (int16_t)w->changed[i]->state);
    COLUMN(p, DB_TIME, db_array_time, w->changed_count, i, w->changed[i]->reply_due_us);
    COLUMN(p, DB_I64, db_array_i64, w->changed_count, i, (int64_t)w->changed[i]->version);
    COLUMN(p, DB_I64, db_array_i64, w->changed_count, i, (int64_t)w->changed[i]->line);
    COLUMN(p, DB_I16, db_array_i16, w->changed_count, i, (int16_t)w->changed[i]->review);
    COLUMN(p, DB_TEXT, text_or_null, w->changed_count, i, w->changed[i]->condition);
    (void)db_queue(db, &SET_REGISTRATIONS, p);
}

#define MOVED(P, TYPE, ADD, VALUE)                                                                                                         \
    do {                                                                                                                                   \
        db_array(P, TYPE, w->moved_count);                                                                                                 \
        for (const struct moved *m = w->moved; m != NULL; m = m->next)                                                                     \
            ADD(P, VALUE);                                                                                                                 \
    } while (0)

static void save_moves(struct workset *w, struct db *db)
{
    if (w->moved_count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    MOVED(p, DB_UUID, db_array_uuid, m->registration->implementation);
    MOVED(p, DB_I32, db_array_i32, (int32_t)m->move.n);
    MOVED(p, DB_UUID, db_array_uuid, m->registration->id);
    MOVED(p, DB_I16, db_array_i16, (int16_t)m->move.from);
    MOVED(p, DB_I16, db_array_i16, (int16_t)m->move.to);
    MOVED(p, DB_UUID, uuid_or_null, m->move.actor);
    MOVED(p, DB_TEXT, db_array_text, span_text(m->move.reason));
    MOVED(p, DB_BYTES, db_array_bytes, span_of(m->move.hash.b, HASH_SIZE));
    db_time(p, w->now_us);
    (void)db_queue(db, &ADD_MOVES, p);
}

static void save_refusals(struct workset *w, struct db *db)
{
    if (w->refused_count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    COLUMN(p, DB_UUID, db_array_uuid, w->refused_count, i, w->refused_list[i]->programme);
    COLUMN(p, DB_UUID, db_array_uuid, w->refused_count, i, w->refused_list[i]->implementation);
    COLUMN(p, DB_UUID, db_array_uuid, w->refused_count, i, w->refused_list[i]->person);
    COLUMN(p, DB_TEXT, db_array_text, w->refused_count, i, span_text(w->refused_list[i]->rule));
    COLUMN(p, DB_I32, db_array_i32, w->refused_count, i, (int32_t)w->refused_list[i]->times);
    db_time(p, w->now_us);
    (void)db_queue(db, &PUT_REFUSALS, p);
}

/*~ 7. Save: rows and events of the whole batch in one transaction; the worker commits and answers after it. */
void store_save(struct workset *w, struct db *db)
{
    save_programmes_put(w, db);
    save_programmes(w, db);
    save_implementations(w, db);
    save_people(w, db);
    save_changed(w, db); /* before the new ones: who gave a place up may have come again in the same batch */
    save_fresh(w, db);
    save_moves(w, db);
    save_refusals(w, db);
    parts_save(&w->parts, w, db);
    event_log_append(w->events, db);
}

/*~ 8. Committed: the same events go out on PUB at once; whoever misses them fetches them from the log. */
void store_committed(struct workset *w, struct db *db)
{
    if (w->publisher != NULL && event_count(w->events) > 0)
        publisher_send(w->publisher, db, w->events);
}
