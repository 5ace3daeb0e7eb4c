/* Writes what the batch says: messages with what is attached to them, and what an operator put back into the queue. See save.c. */
#include "services/notification/domain/retry.h"
#include "services/notification/store/rows.h"
#include "services/notification/store/statements.h"

void add_id_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

void add_small(struct db_params *p, unsigned v)
{
    db_array_i16(p, (int16_t)v);
}

static void add_any(struct db_params *p, size_t count)
{
    db_array_bool(p, count > 0);
}

static void queue_messages(const struct workset *w, struct db *db)
{
    const struct said *rows = w->messages.items;
    const size_t n = w->messages.count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, event_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, recipient_id);
    COLUMN(p, DB_I16, add_small, rows, n, kind);
    COLUMN(p, DB_I16, add_small, rows, n, topic);
    COLUMN(p, DB_I16, add_small, rows, n, lane);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, programme_id);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, implementation_id);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, registration_id);
    COLUMN(p, DB_I64, db_array_i64, rows, n, registration_version);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, unit_id);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, webinar_id);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, announcement_id);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, reminder_id);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, facts);
    COLUMN(p, DB_TIME, db_array_time, rows, n, event_us);
    COLUMN(p, DB_TIME, db_array_time, rows, n, not_before_us);
    COLUMN(p, DB_BOOL, add_any, rows, n, attachment_count);
    COLUMN(p, DB_BOOL, db_array_bool, rows, n, test);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, actor);
    COLUMN(p, DB_I32, db_array_i32, rows, n, webinar_sequence);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, origin_id);
    COLUMN(p, DB_I64, db_array_i64, rows, n, origin_version);
    db_time(p, w->now_us);
    db_i32(p, w->slot);
    db_time(p, w->now_us + RETRY_RECHECK);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, application_id);
    db_queue(db, &STMT_MESSAGES, p);
}

static void queue_attachments(const struct workset *w, struct db *db, const struct said *said)
{
    const struct attachment *rows = said->attachments;
    const size_t n = said->attachment_count;
    struct db_params *p = db_params(w->arena);

    db_uuid(p, said->event_id);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, name);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, media_type);
    COLUMN(p, DB_BYTES, db_array_bytes, rows, n, content);
    db_queue(db, &STMT_ATTACHMENTS, p);
}

/* The messages of one event stand together and have the same attachments: the first one's are written. */
void save_messages(const struct workset *w, struct db *db)
{
    const struct said *rows = w->messages.items;

    queue_messages(w, db);
    for (size_t i = 0; i < w->messages.count; i++)
        if (rows[i].attachment_count > 0 && (i == 0 || uuid_compare(rows[i].event_id, rows[i - 1].event_id) != 0))
            queue_attachments(w, db, &rows[i]);
}

void save_revivals(const struct workset *w, struct db *db)
{
    const struct revival *rows = w->revivals.items;
    struct revival *changed = arena_array(w->arena, w->revivals.count + 1, sizeof *changed);
    struct db_params *p = db_params(w->arena);
    size_t n = 0;

    for (size_t i = 0; i < w->revivals.count; i++)
        if (rows[i].changed)
            changed[n++] = rows[i];
    if (n == 0)
        return;
    COLUMN(p, DB_UUID, db_array_uuid, changed, n, id);
    COLUMN(p, DB_TEXT, db_array_text, changed, n, why);
    COLUMN(p, DB_UUID, add_id_or_null, changed, n, actor);
    db_time(p, w->now_us);
    db_i32(p, w->slot);
    db_queue(db, &STMT_REVIVE, p);
}
