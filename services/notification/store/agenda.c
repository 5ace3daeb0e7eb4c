/* See agenda.h. */
#include "services/notification/store/agenda.h"

#include "services/notification/store/text_of.h"

#define MAX TEXT_OF(AGENDA_MAX)

/* $1 now $2 and $3 behind this moment and id. Along the index of what is pending, and of what was gathered (message_digest). */
static const struct db_stmt STMT_REMINDERS = {
    "agenda_reminders", "select due_at, id, person_id is null from reminder where state = 1 and due_at between $2 and $1 "
                        "and (due_at > $2 or id > $3) order by due_at, id limit " MAX};
static const struct db_stmt STMT_DIGESTS = {
    "agenda_digests", "select next_at, recipient_id, false from message where state = 7 and digest_id is null and next_at <= $1 "
                      "and (next_at, recipient_id) > ($2, $3) group by next_at, recipient_id order by next_at, recipient_id limit " MAX};

static enum err look(struct db *db, struct arena *arena, const struct db_stmt *stmt, int64_t now_us, const struct agenda_entry *after,
                     struct agenda *out)
{
    struct db_params *p = db_params(arena);

    db_time(p, now_us);
    db_time(p, after->due_us > 0 ? after->due_us : 1); /* 0 is no moment */
    db_uuid(p, after->id);
    const int index = db_queue(db, stmt, p);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, index);
    out->count = (size_t)db_rows(r);
    for (size_t i = 0; i < out->count; i++)
        out->entries[i] =
            (struct agenda_entry){.due_us = db_get_time(r, (int)i, 0), .id = db_get_uuid(r, (int)i, 1), .wide = db_get_bool(r, (int)i, 2)};
    return ERR_OK;
}

enum err agenda_reminders(struct db *db, struct arena *arena, int64_t now_us, const struct agenda_entry *after, struct agenda *out)
{
    return look(db, arena, &STMT_REMINDERS, now_us, after, out);
}

enum err agenda_digests(struct db *db, struct arena *arena, int64_t now_us, const struct agenda_entry *after, struct agenda *out)
{
    return look(db, arena, &STMT_DIGESTS, now_us, after, out);
}
