/* Writes who takes part, announcements, and what is to be forgotten. See save.c. */
#include "services/notification/store/rows.h"
#include "services/notification/store/statements.h"

void save_participants(const struct workset *w, struct db *db)
{
    const struct participant *rows = w->participants.items;
    const size_t n = w->participants.count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, registration_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, person_id);
    COLUMN(p, DB_I16, add_small, rows, n, standing);
    COLUMN(p, DB_TIME, db_array_time, rows, n, since_us);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, implementation_id);
    COLUMN(p, DB_I64, db_array_i64, rows, n, version);
    db_queue(db, &STMT_PARTICIPATE, p);
    db_queue(db, &STMT_LEAVE, p);
}

static void add_texts(struct db_params *p, const struct texts *texts)
{
    db_array(p, DB_TEXT, 1);
    db_array_text(p, texts->fi);
    db_array(p, DB_TEXT, 1);
    db_array_text(p, texts->sv);
    db_array(p, DB_TEXT, 1);
    db_array_text(p, texts->en);
}

/* A batch has one now and then: a statement each. */
void save_announcements(const struct workset *w, struct db *db)
{
    const struct announcement *rows = w->announcements.items;

    for (size_t i = 0; i < w->announcements.count; i++) {
        struct db_params *p = db_params(w->arena);
        db_array(p, DB_UUID, 1);
        db_array_uuid(p, rows[i].id);
        db_array(p, DB_UUID, 1);
        db_array_uuid(p, rows[i].training_id);
        add_texts(p, &rows[i].subject);
        add_texts(p, &rows[i].body);
        db_queue(db, &STMT_ANNOUNCE, p);
    }
}

/* Last of all, so that what this batch still said to them goes too. */
void save_erased(const struct workset *w, struct db *db)
{
    const struct uuid *ids = w->erased.items;
    struct db_params *p = db_params(w->arena), *blank = db_params(w->arena);

    db_array(blank, DB_UUID, w->erased.count);
    for (size_t i = 0; i < w->erased.count; i++)
        db_array_uuid(blank, ids[i]);
    db_array(p, DB_UUID, w->erased.count);
    for (size_t i = 0; i < w->erased.count; i++)
        db_array_uuid(p, ids[i]);
    db_i32(p, w->slot);
    db_queue(db, &STMT_FORGET, p);
    db_queue(db, &STMT_BLANK, blank);
    db_queue(db, &STMT_BLANK_ATTEMPTS, blank);
    db_queue(db, &STMT_BLANK_CHANGES, blank);
    db_queue(db, &STMT_FORGET_ATTACHED, blank);
    db_queue(db, &STMT_FORGET_DEAD, blank);
}

/* After the messages too, like the erased. */
void save_partings(const struct workset *w, struct db *db)
{
    const struct parting *rows = w->partings.items;
    const size_t n = w->partings.count;
    struct db_params *p = db_params(w->arena), *ids = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, registration_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, person_id);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, event_id);
    db_i32(p, w->slot);
    db_time(p, w->now_us);
    COLUMN(p, DB_TIME, db_array_time, rows, n, at_us);
    db_queue(db, &STMT_PART, p);
    COLUMN(ids, DB_UUID, db_array_uuid, rows, n, registration_id);
    db_queue(db, &STMT_FORGET_DEAD, ids);
}

void save_endings(const struct workset *w, struct db *db)
{
    const struct ending *rows = w->endings.items;
    const size_t n = w->endings.count;
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, training_id);
    COLUMN(p, DB_TIME, db_array_time, rows, n, at_us);
    db_queue(db, &STMT_END_TRAINING, p);
}
