/* Reads what the batch asked for: locks first, each kind in the order of its ids, then what needs no lock; one round trip. */
#include <string.h>

#include "services/notification/store/rows.h"
#include "services/notification/store/statements.h"

#define BARE_COLUMN 21 /* of STMT_REVIVAL_LOCK, behind the body */

struct load {
    struct workset *w;
    struct db *db;
    int versions, revivals, followers, participants; /* results, -1: not asked */
};

static int queue_ids(const struct load *l, const struct db_stmt *stmt, const struct vector *items, size_t size)
{
    struct db_params *p;

    if (items->count == 0)
        return -1;
    p = db_params(l->w->arena);
    db_array(p, DB_UUID, items->count);
    for (size_t i = 0; i < items->count; i++)
        db_array_uuid(p, *(const struct uuid *)((const char *)items->items + i * size)); /* the id is the first member of each */
    return db_queue(l->db, stmt, p);
}

static const struct db_stmt *list_statement(const struct question *q)
{
    if (q->inbox)
        return q->unread ? &STMT_LIST_UNREAD : &STMT_LIST_INBOX;
    if (!uuid_is_nil(q->recipient))
        return &STMT_LIST_PERSON;
    switch (q->state) {
    case MESSAGE_QUEUED:
        return &STMT_LIST_QUEUED;
    case MESSAGE_SENDING:
        return &STMT_LIST_SENDING;
    case MESSAGE_SENT:
        return &STMT_LIST_SENT;
    case MESSAGE_FAILED:
        return &STMT_LIST_FAILED;
    case MESSAGE_UNSURE:
        return &STMT_LIST_UNSURE;
    case MESSAGE_WITHHELD:
        return &STMT_LIST_WITHHELD;
    case MESSAGE_GATHERED:
        return &STMT_LIST_GATHERED;
    case MESSAGE_BOUNCED:
        return &STMT_LIST_BOUNCED;
    case MESSAGE_CALLED_OFF:
        return &STMT_LIST_CALLED_OFF;
    }
    return &STMT_LIST_ALL;
}

static int queue_event(const struct load *l, const struct question *q, struct db_params *p)
{
    struct uuid first, last;

    message_id_range(q->event, &first, &last);
    if (uuid_is_nil(q->recipient))
        db_null(p);
    else
        db_uuid(p, q->recipient);
    db_i32(p, (int32_t)q->state);
    db_uuid(p, first);
    db_uuid(p, last);
    db_uuid(p, q->event);
    db_i16(p, q->grants ? KIND_DRAFT_CLOSES : 0);
    return db_queue(l->db, &STMT_LIST_EVENT, p);
}

static void queue_question(const struct load *l, struct question *q)
{
    struct db_params *p = db_params(l->w->arena);

    switch (q->what) {
    case ASK_LIST:
        db_i64(p, q->before);
        db_i64(p, (int64_t)q->limit + 1);
        if (!uuid_is_nil(q->event)) {
            q->results[0] = queue_event(l, q, p);
            return;
        }
        if (!uuid_is_nil(q->recipient)) {
            db_uuid(p, q->recipient);
            if (!q->inbox)
                db_i32(p, (int32_t)q->state);
        }
        q->results[0] = db_queue(l->db, list_statement(q), p);
        return;
    case ASK_MESSAGE:
        db_uuid(p, q->id);
        q->results[0] = db_queue(l->db, &STMT_MESSAGE, p);
        q->results[1] = db_queue(l->db, &STMT_ATTEMPTS, p);
        return;
    case ASK_SUMMARY:
        q->results[0] = db_queue(l->db, &STMT_SUMMARY, NULL);
        return;
    }
}

static struct span keep(const struct load *l, const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? span_of(NULL, 0) : arena_copy(l->w->arena, db_get_span(r, row, col));
}

static struct message_row read_row(const struct load *l, const struct db_result *r, int row, bool with_body)
{
    struct message_row m = {.number = db_get_i64(r, row, 0),
                            .said = {.id = db_get_uuid(r, row, 1),
                                     .event_id = db_get_uuid(r, row, 2),
                                     .recipient_id = db_get_uuid(r, row, 3),
                                     .kind = (enum message_kind)db_get_i16(r, row, 4)},
                            .state = (enum message_state)db_get_i16(r, row, 5),
                            .queued_us = db_get_time(r, row, 6),
                            .sent_us = db_get_time(r, row, 7),
                            .next_us = db_get_time(r, row, 8),
                            .language = keep(l, r, row, 9),
                            .subject = keep(l, r, row, 10),
                            .topic = (enum topic)db_get_i16(r, row, 11),
                            .template_version = db_get_null(r, row, 12) ? 0 : db_get_i32(r, row, 12),
                            .read_us = db_get_time(r, row, 13),
                            .why = keep(l, r, row, 14),
                            .digest_id = db_get_uuid(r, row, 15),
                            .test = db_get_bool(r, row, 16),
                            .sends = db_get_i32(r, row, 17),
                            .doubts = db_get_i32(r, row, 18),
                            .not_before_us = db_get_time(r, row, 19)};

    if (with_body)
        m.body = keep(l, r, row, 20);
    return m;
}

static void read_rows(const struct load *l, struct question *q, bool with_body)
{
    const struct db_result *r = db_result(l->db, q->results[0]);

    q->row_count = (size_t)db_rows(r);
    q->rows = arena_array(l->w->arena, q->row_count + 1, sizeof *q->rows);
    for (size_t i = 0; i < q->row_count; i++)
        q->rows[i] = read_row(l, r, (int)i, with_body);
}

static void read_attempts(const struct load *l, struct question *q)
{
    const struct db_result *r = db_result(l->db, q->results[1]);

    q->attempt_count = (size_t)db_rows(r);
    q->attempts = arena_array(l->w->arena, q->attempt_count + 1, sizeof *q->attempts);
    for (size_t i = 0; i < q->attempt_count; i++) {
        int row = (int)(q->attempt_count - 1 - i); /* the newest come first out of the table, the oldest first to the reader */
        q->attempts[i] = (struct attempt_row){.number = db_get_i32(r, row, 0),
                                              .smtp_code = db_get_null(r, row, 1) ? 0 : db_get_i32(r, row, 1),
                                              .started_us = db_get_time(r, row, 2),
                                              .ended_us = db_get_time(r, row, 3),
                                              .answer = keep(l, r, row, 4),
                                              .relay = keep(l, r, row, 5)};
    }
}

static void read_summary(const struct load *l, struct question *q)
{
    const struct db_result *r = db_result(l->db, q->results[0]);
    const struct {
        const char *what;
        int64_t *n;
    } counters[] = {{"recipient", &q->summary.recipients}, {"queued", &q->summary.queued},
                    {"sending", &q->summary.sending},      {"sent", &q->summary.sent},
                    {"failed", &q->summary.failed},        {"unsure", &q->summary.unsure},
                    {"withheld", &q->summary.withheld},    {"gathered", &q->summary.gathered},
                    {"bounced", &q->summary.bounced},      {"called_off", &q->summary.called_off}};

    for (int row = 0; row < db_rows(r); row++)
        for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
            if (span_equal(db_get_span(r, row, 0), span_text(counters[i].what)))
                *counters[i].n = db_get_i64(r, row, 1);
}

static void read_question(const struct load *l, struct question *q)
{
    switch (q->what) {
    case ASK_LIST:
        read_rows(l, q, false);
        return;
    case ASK_MESSAGE:
        read_rows(l, q, true);
        read_attempts(l, q);
        return;
    case ASK_SUMMARY:
        read_summary(l, q);
        return;
    }
}

static void read_versions(const struct load *l)
{
    const struct db_result *r = db_result(l->db, l->versions);
    struct training_version *versions = l->w->versions.items;

    for (int row = 0; row < db_rows(r); row++)
        for (size_t i = 0; i < l->w->versions.count; i++)
            if (uuid_compare(versions[i].id, db_get_uuid(r, row, 0)) == 0)
                versions[i].version = db_get_i64(r, row, 1);
}

static void read_revivals(const struct load *l)
{
    const struct db_result *r = db_result(l->db, l->revivals);

    for (int row = 0; row < db_rows(r); row++) {
        struct revival *revival = workset_revival(l->w, db_get_uuid(r, row, 1));
        if (revival == NULL)
            continue;
        revival->found = true;
        revival->row = read_row(l, r, row, true);
        revival->bare = db_get_bool(r, row, BARE_COLUMN);
        revival->suppressed = !db_get_null(r, row, BARE_COLUMN + 1);
        revival->setting = db_get_null(r, row, BARE_COLUMN + 2) ? 0 : db_get_i16(r, row, BARE_COLUMN + 2);
        revival->address = arena_copy(l->w->arena, db_get_span(r, row, BARE_COLUMN + 3));
    }
}

/* The rows come sorted by programme, so each programme's lie in one piece. */
static void read_followers(const struct load *l)
{
    const struct db_result *r = db_result(l->db, l->followers);
    size_t rows = (size_t)db_rows(r);
    struct follow *follows = arena_array(l->w->arena, rows + 1, sizeof *follows);
    struct following *followings = l->w->followers.items;

    for (size_t i = 0; i < rows; i++)
        follows[i] = (struct follow){db_get_uuid(r, (int)i, 0), db_get_uuid(r, (int)i, 1), true, db_get_time(r, (int)i, 2)};
    for (size_t f = 0; f < l->w->followers.count; f++) {
        size_t from = 0;
        while (from < rows && uuid_compare(follows[from].training_id, followings[f].training_id) != 0)
            from++;
        followings[f].rows = follows + from;
        while (from < rows && uuid_compare(follows[from].training_id, followings[f].training_id) == 0) {
            followings[f].count++;
            from++;
        }
    }
}

/* The same for those who take part. */
static void read_participants(const struct load *l)
{
    const struct db_result *r = db_result(l->db, l->participants);
    size_t rows = (size_t)db_rows(r);
    struct participant *all = arena_array(l->w->arena, rows + 1, sizeof *all);
    struct taking_part *parts = l->w->taking_part.items;

    for (size_t i = 0; i < rows; i++)
        all[i] = (struct participant){.training_id = db_get_uuid(r, (int)i, 0),
                                      .registration_id = db_get_uuid(r, (int)i, 1),
                                      .person_id = db_get_uuid(r, (int)i, 2),
                                      .since_us = db_get_time(r, (int)i, 3),
                                      .implementation_id = db_get_uuid(r, (int)i, 4),
                                      .version = db_get_i64(r, (int)i, 5),
                                      .standing = (enum standing)db_get_i16(r, (int)i, 6)};
    for (size_t f = 0; f < l->w->taking_part.count; f++) {
        size_t from = 0;
        while (from < rows && uuid_compare(all[from].training_id, parts[f].training_id) != 0)
            from++;
        parts[f].rows = all + from;
        while (from < rows && uuid_compare(all[from].training_id, parts[f].training_id) == 0) {
            parts[f].count++;
            from++;
        }
    }
}

enum err workset_load(struct workset *w, struct db *db)
{
    struct load load = {.w = w, .db = db};
    struct question **questions = w->questions.items;
    enum err err;

    load.versions = queue_ids(&load, &STMT_TRAINING_LOCK, &w->versions, sizeof(struct training_version));
    load.revivals = queue_ids(&load, &STMT_REVIVAL_LOCK, &w->revivals, sizeof(struct revival));
    load.followers = queue_ids(&load, &STMT_FOLLOWERS, &w->followers, sizeof(struct following));
    load.participants = queue_ids(&load, &STMT_PARTICIPANTS, &w->taking_part, sizeof(struct taking_part));
    for (size_t i = 0; i < w->questions.count; i++)
        queue_question(&load, questions[i]);
    parts_load(&w->parts, w, db);
    err = db_flush(db);
    if (err != ERR_OK)
        return err;
    if (load.versions >= 0)
        read_versions(&load);
    if (load.revivals >= 0)
        read_revivals(&load);
    if (load.followers >= 0)
        read_followers(&load);
    if (load.participants >= 0)
        read_participants(&load);
    for (size_t i = 0; i < w->questions.count; i++)
        read_question(&load, questions[i]);
    parts_read(&w->parts, w, db);
    return ERR_OK;
}
