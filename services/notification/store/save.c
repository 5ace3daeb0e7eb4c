/* Writes what the batch decided: one statement per table, whatever the number of rows (step 7 of the data's path, for a service
 * that publishes nothing itself). Every statement may be run again with the same rows and changes nothing the second time. */
#include "services/notification/store/rows.h"
#include "services/notification/store/statements.h"

static void save_recipients(const struct workset *w, struct db *db)
{
    const struct recipient *rows = w->recipients.items;
    size_t n = w->recipients.count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, id);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, name);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, email);
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, span_text(language_code(rows[i].language)));
    COLUMN(p, DB_I64, db_array_i64, rows, n, version);
    db_time(p, w->now_us);
    db_i32(p, w->slot);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, account);
    db_queue(db, &STMT_RECIPIENTS, p);
}

/* A part of a training with the training it belongs to: the rows of one unnest. */
struct implementation_row {
    struct uuid training_id;
    struct implementation it;
};
struct unit_row {
    struct uuid training_id;
    struct unit it;
};
struct webinar_row {
    struct uuid unit_id;
    int32_t number;
    struct webinar it;
};
struct window_row {
    struct uuid training_id;
    struct window it;
};
struct pieces {
    struct vector implementations, units, webinars, windows;
};

static void collect_unit(const struct workset *w, struct pieces *pieces, struct uuid training_id, const struct unit *unit)
{
    *(struct unit_row *)vector_add(w->arena, &pieces->units, sizeof(struct unit_row)) = (struct unit_row){training_id, *unit};
    for (size_t i = 0; i < unit->webinar_count; i++)
        *(struct webinar_row *)vector_add(w->arena, &pieces->webinars, sizeof(struct webinar_row)) =
            (struct webinar_row){unit->id, (int32_t)i + 1, unit->webinars[i]};
}

static struct pieces collect(const struct workset *w)
{
    const struct training *trainings = w->trainings.items;
    struct pieces pieces = {.units = {0}};

    for (size_t t = 0; t < w->trainings.count; t++) {
        for (size_t i = 0; i < trainings[t].implementation_count; i++)
            *(struct implementation_row *)vector_add(w->arena, &pieces.implementations, sizeof(struct implementation_row)) =
                (struct implementation_row){trainings[t].id, trainings[t].implementations[i]};
        for (size_t i = 0; i < trainings[t].unit_count; i++)
            collect_unit(w, &pieces, trainings[t].id, &trainings[t].units[i]);
        for (size_t i = 0; i < trainings[t].window_count; i++)
            *(struct window_row *)vector_add(w->arena, &pieces.windows, sizeof(struct window_row)) =
                (struct window_row){trainings[t].id, trainings[t].windows[i]};
    }
    return pieces;
}

static void save_implementations(const struct workset *w, struct db *db, const struct vector *vector)
{
    const struct implementation_row *rows = vector->items;
    size_t n = vector->count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, it.id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.fi);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.sv);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.en);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.organiser.fi);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.organiser.sv);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.organiser.en);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.places);
    COLUMN(p, DB_I32, db_array_i32, rows, n, it.place_count);
    COLUMN(p, DB_BOOL, db_array_bool, rows, n, it.online);
    db_queue(db, &STMT_IMPLEMENTATIONS, p);
}

static void save_units(const struct workset *w, struct db *db, const struct vector *vector)
{
    const struct unit_row *rows = vector->items;
    size_t n = vector->count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, it.id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_I32, db_array_i32, rows, n, it.ordinal);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.fi);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.sv);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, it.title.en);
    db_queue(db, &STMT_UNITS, p);
}

static void save_webinars(const struct workset *w, struct db *db, const struct vector *vector)
{
    const struct webinar_row *rows = vector->items;
    size_t n = vector->count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, unit_id);
    COLUMN(p, DB_I32, db_array_i32, rows, n, number);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.starts_us);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.ends_us);
    COLUMN(p, DB_BOOL, db_array_bool, rows, n, it.advance_notice);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.id);
    COLUMN(p, DB_I32, db_array_i32, rows, n, it.sequence);
    COLUMN(p, DB_BOOL, db_array_bool, rows, n, it.cancelled);
    db_queue(db, &STMT_WEBINARS, p);
}

static void save_windows(const struct workset *w, struct db *db, const struct vector *vector)
{
    const struct window_row *rows = vector->items;
    size_t n = vector->count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, it.id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.opens_us);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.closes_us);
    db_queue(db, &STMT_WINDOWS, p);
}

static void save_trainings(const struct workset *w, struct db *db)
{
    const struct training *rows = w->trainings.items;
    size_t n = w->trainings.count;
    struct db_params *p = db_params(w->arena), *ids = db_params(w->arena);
    struct pieces pieces = collect(w);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, id);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, code);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, title.fi);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, title.sv);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, title.en);
    COLUMN(p, DB_I64, db_array_i64, rows, n, version);
    db_time(p, w->now_us);
    db_queue(db, &STMT_TRAININGS, p);
    COLUMN(ids, DB_UUID, db_array_uuid, rows, n, id);
    db_queue(db, &STMT_UNITS_FORGET, ids);
    db_queue(db, &STMT_WINDOWS_FORGET, ids);
    save_implementations(w, db, &pieces.implementations);
    save_units(w, db, &pieces.units);
    save_webinars(w, db, &pieces.webinars);
    save_windows(w, db, &pieces.windows);
}

static void save_follows(const struct workset *w, struct db *db)
{
    const struct follow *rows = w->follows.items;
    size_t n = w->follows.count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, person_id);
    COLUMN(p, DB_BOOL, db_array_bool, rows, n, following);
    COLUMN(p, DB_TIME, db_array_time, rows, n, since_us);
    db_queue(db, &STMT_FOLLOWS, p);
    db_queue(db, &STMT_UNFOLLOWS, p);
}

/*~ 7. What the batch decided becomes rows, one statement per table; the worker queues the moved cursors and COMMIT behind them. */
void workset_save(struct workset *w, struct db *db)
{
    if (w->recipients.count > 0)
        save_recipients(w, db);
    if (w->trainings.count > 0)
        save_trainings(w, db);
    if (w->follows.count > 0)
        save_follows(w, db);
    if (w->participants.count > 0)
        save_participants(w, db);
    if (w->announcements.count > 0)
        save_announcements(w, db);
    if (w->messages.count > 0)
        save_messages(w, db);
    save_revivals(w, db);
    parts_save(&w->parts, w, db);
    if (w->partings.count > 0)
        save_partings(w, db);
    if (w->endings.count > 0)
        save_endings(w, db);
    if (w->erased.count > 0)
        save_erased(w, db);
}
