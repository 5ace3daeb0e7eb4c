/* The senders' statements (statements.h, section queue) as functions: each is one transaction of one or two round trips. */
#include "services/notification/store/spool.h"

#include "common/base/alloc.h"
#include "services/notification/domain/retry.h"
#include "services/notification/store/statements.h"

#define CRASH_ANSWER "the service ended between the relay's answer and its own record of it; the message is sent again"

struct spool {
    struct db *db;
    int32_t slot;
};

int32_t spool_slot(int instance, int sender)
{
    return instance * SPOOL_SLOTS + sender;
}

/* COMMIT, or roll back and say why not. */
static enum err finish(struct spool *spool)
{
    enum err err = db_commit(spool->db);

    if (err != ERR_OK)
        db_rollback(spool->db);
    return err;
}

enum err spool_open(struct spool **out, const struct db_config *config, int instance, int sender, const struct log *log)
{
    struct spool *spool = mem_new(sizeof *spool);
    enum err err = db_open(&spool->db, config, log);

    if (err != ERR_OK) {
        mem_free(spool);
        return err;
    }
    spool->slot = spool_slot(instance, sender);
    *out = spool;
    return ERR_OK;
}

void spool_close(struct spool *spool)
{
    if (spool == NULL)
        return;
    db_close(spool->db);
    mem_free(spool);
}

enum err spool_reconnect(struct spool *spool)
{
    return db_reconnect(spool->db);
}

static struct texts read_texts(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct texts){.fi = arena_copy(arena, db_get_span(r, row, col)),
                          .sv = arena_copy(arena, db_get_span(r, row, col + 1)),
                          .en = arena_copy(arena, db_get_span(r, row, col + 2))};
}

static struct message read_said(struct arena *arena, const struct db_result *r, int row)
{
    return (struct message){.id = db_get_uuid(r, row, 3),
                            .event_id = db_get_uuid(r, row, 4),
                            .recipient_id = db_get_uuid(r, row, 5),
                            .kind = (enum message_kind)db_get_i16(r, row, 6),
                            .programme_id = db_get_uuid(r, row, 7),
                            .registration_id = db_get_uuid(r, row, 8),
                            .order_no = (uint32_t)db_get_i32(r, row, 9),
                            .position = (uint32_t)db_get_i32(r, row, 10),
                            .stood = (enum message_stood)db_get_i16(r, row, 11),
                            .reply_due_us = db_get_time(r, row, 12),
                            .opens_us = db_get_time(r, row, 13),
                            .closes_us = db_get_time(r, row, 14),
                            .reason = arena_copy(arena, db_get_span(r, row, 15)),
                            .cause = (enum message_cause)db_get_i16(r, row, 32),
                            .review = (enum message_review)db_get_i16(r, row, 33),
                            .credits_tenths = (uint32_t)db_get_i32(r, row, 34),
                            .code = arena_copy(arena, db_get_span(r, row, 35)),
                            .unit_id = db_get_uuid(r, row, 36),
                            .announcement_id = db_get_uuid(r, row, 40)};
}

static struct due read_due(struct arena *arena, const struct db_result *r, int row)
{
    struct due due = {.number = db_get_i64(r, row, 0),
                      .tries = db_get_i32(r, row, 1),
                      .queued_us = db_get_time(r, row, 2),
                      .said = read_said(arena, r, row),
                      .person_known = db_get_bool(r, row, 16),
                      .training_known = db_get_bool(r, row, 20)};

    if (due.person_known) {
        struct span language = db_get_span(r, row, 19);
        due.person = (struct recipient){.id = due.said.recipient_id,
                                        .name = arena_copy(arena, db_get_span(r, row, 17)),
                                        .email = arena_copy(arena, db_get_span(r, row, 18)),
                                        .language = language_read((const char *)language.data, language.len)};
    }
    if (due.training_known)
        due.training = read_texts(arena, r, row, 21);
    if (!db_get_null(r, row, 24)) {
        due.implementation = read_texts(arena, r, row, 24);
        due.organiser = read_texts(arena, r, row, 27);
        due.places = arena_copy(arena, db_get_span(r, row, 30));
        due.place_count = db_get_i32(r, row, 31);
    }
    if (!uuid_is_nil(due.said.unit_id))
        due.unit = read_texts(arena, r, row, 37);
    if (!uuid_is_nil(due.said.announcement_id)) {
        due.announced_subject = read_texts(arena, r, row, 41);
        due.announced_body = read_texts(arena, r, row, 44);
    }
    return due;
}

/* The webinars of the claimed messages' trainings come once per training; each message gets its training's part. */
static void read_sessions(struct arena *arena, const struct db_result *r, struct due *dues, size_t count)
{
    int rows = db_rows(r);

    for (size_t i = 0; i < count; i++) {
        dues[i].sessions = arena_array(arena, LETTER_SESSIONS_MAX, sizeof *dues[i].sessions);
        for (int row = 0; row < rows && dues[i].session_count < LETTER_SESSIONS_MAX; row++) {
            if (uuid_compare(db_get_uuid(r, row, 0), dues[i].said.programme_id) != 0)
                continue;
            dues[i].sessions[dues[i].session_count++] = (struct due_session){
                .unit = read_texts(arena, r, row, 1), .webinar = {db_get_time(r, row, 4), db_get_time(r, row, 5), db_get_bool(r, row, 6)}};
        }
    }
}

static void spool_sessions(struct spool *spool, struct arena *arena, const struct due *dues, size_t count, int *result)
{
    struct db_params *p = db_params(arena);

    db_array(p, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(p, dues[i].said.programme_id);
    *result = db_queue(spool->db, &STMT_CLAIM_SESSIONS, p);
}

enum err spool_claim(struct spool *spool, struct arena *arena, int64_t now_us, struct due **out, size_t *count)
{
    struct db_params *p = db_params(arena);
    int claimed, sessions = -1;
    struct due *dues;
    enum err err;

    db_time(p, now_us);
    db_time(p, now_us + SPOOL_CLAIM);
    db_i32(p, spool->slot);
    db_begin(spool->db, DB_READ_WRITE);
    claimed = db_queue(spool->db, &STMT_CLAIM, p);
    err = db_flush(spool->db);
    if (err != ERR_OK) {
        db_rollback(spool->db);
        return err;
    }
    const struct db_result *r = db_result(spool->db, claimed);
    *count = (size_t)db_rows(r);
    dues = *out = arena_array(arena, *count + 1, sizeof *dues);
    for (size_t i = 0; i < *count; i++)
        dues[i] = read_due(arena, r, (int)i);
    if (*count > 0)
        spool_sessions(spool, arena, dues, *count, &sessions);
    err = finish(spool);
    if (err == ERR_OK && sessions >= 0)
        read_sessions(arena, db_result(spool->db, sessions), dues, *count);
    return err;
}

enum err spool_release(struct spool *spool, struct arena *arena, const struct due *dues, size_t count, int64_t now_us)
{
    struct db_params *p = db_params(arena);

    if (count == 0)
        return ERR_OK;
    db_array(p, DB_I64, count);
    for (size_t i = 0; i < count; i++)
        db_array_i64(p, dues[i].number);
    db_time(p, now_us);
    db_i32(p, spool->slot);
    db_begin(spool->db, DB_READ_WRITE);
    db_queue(spool->db, &STMT_RELEASE, p);
    return finish(spool);
}

static void add_text(struct db_params *p, const char *text)
{
    if (text == NULL)
        db_null(p);
    else
        db_text(p, span_text(text));
}

/* What the counters call a message that has ended its turn in this state. */
static const char *tally_name(enum message_state state)
{
    switch (state) {
    case MESSAGE_QUEUED:
    case MESSAGE_UNSURE: /* it waits to be sent again */
        return "queued";
    case MESSAGE_SENT:
        return "sent";
    case MESSAGE_FAILED:
        return "failed";
    case MESSAGE_SENDING:
        break;
    }
    bug("a turn does not end in sending");
}

static void spool_outcome(struct spool *spool, struct arena *arena, const struct outcome *o, int64_t now_us)
{
    struct db_params *p = db_params(arena);

    db_i64(p, o->due->number);
    db_i32(p, o->due->tries);
    db_i16(p, (int16_t)o->state);
    db_time(p, o->state == MESSAGE_QUEUED || o->state == MESSAGE_UNSURE ? o->next_us : 0);
    db_bool(p, o->waits);
    db_time(p, o->state == MESSAGE_SENT ? now_us : 0);
    add_text(p, o->language);
    add_text(p, o->subject);
    add_text(p, o->body);
    if (o->language)
        db_i32(p, LETTER_VERSION);
    else
        db_null(p);
    db_time(p, now_us);
    db_i32(p, o->smtp_code);
    add_text(p, o->answer);
    db_i32(p, o->state == MESSAGE_UNSURE);
    db_i32(p, spool->slot);
    add_text(p, tally_name(o->state));
    db_queue(spool->db, &STMT_OUTCOME, p);
}

enum err spool_turn(struct spool *spool, struct arena *arena, const struct outcome *ended, const struct due *begins, int64_t now_us,
                    bool *begun)
{
    int attempt = -1;
    enum err err;

    *begun = false;
    if (ended == NULL && begins == NULL)
        return ERR_OK;
    db_begin(spool->db, DB_READ_WRITE);
    if (ended)
        spool_outcome(spool, arena, ended, now_us);
    if (begins) {
        struct db_params *p = db_params(arena);
        db_i64(p, begins->number);
        db_i32(p, begins->tries);
        db_time(p, now_us);
        db_i32(p, spool->slot);
        attempt = db_queue(spool->db, &STMT_ATTEMPT, p);
    }
    err = finish(spool);
    if (err == ERR_OK && attempt >= 0)
        *begun = db_affected(db_result(spool->db, attempt)) == 1;
    return err;
}

/* The slots whose claims count as nobody's, lapsed or not. */
static void add_slots(struct db_params *p, const struct spool *spool, enum spool_whose whose)
{
    int32_t first = 0, last = -1; /* none */

    switch (whose) {
    case SPOOL_LAPSED:
        break;
    case SPOOL_MINE:
        first = last = spool->slot;
        break;
    case SPOOL_INSTANCE:
        first = spool->slot / SPOOL_SLOTS * SPOOL_SLOTS;
        last = first + SPOOL_SLOTS - 1;
        break;
    }
    db_i32(p, first);
    db_i32(p, last);
}

enum err spool_recover(struct spool *spool, struct arena *arena, enum spool_whose whose, int64_t now_us, int64_t *doubts, int64_t *untried)
{
    struct db_params *p = db_params(arena);
    int recovered;
    enum err err;

    add_slots(p, spool, whose);
    db_time(p, now_us);
    db_i32(p, spool->slot);
    db_text(p, span_text(CRASH_ANSWER));
    db_begin(spool->db, DB_READ_WRITE);
    recovered = db_queue(spool->db, &STMT_RECOVER, p);
    err = finish(spool);
    if (err == ERR_OK) {
        const struct db_result *r = db_result(spool->db, recovered);
        *doubts = db_get_i64(r, 0, 0);
        *untried = db_get_i64(r, 0, 1);
    }
    return err;
}

enum err spool_look_again(struct spool *spool, struct arena *arena, int64_t now_us)
{
    struct db_params *p = db_params(arena);

    db_time(p, now_us);
    db_time(p, now_us - RETRY_SPAN);
    db_begin(spool->db, DB_READ_WRITE);
    db_queue(spool->db, &STMT_LOOK_AGAIN, p);
    return finish(spool);
}

enum err spool_depth(struct spool *spool, int64_t *waiting, int64_t *oldest_us)
{
    int depth;
    enum err err;

    db_begin(spool->db, DB_READ_ONLY);
    depth = db_queue(spool->db, &STMT_DEPTH, NULL);
    err = finish(spool);
    if (err == ERR_OK) {
        const struct db_result *r = db_result(spool->db, depth);
        *waiting = db_get_i64(r, 0, 0);
        *oldest_us = db_get_time(r, 0, 1);
    }
    return err;
}
