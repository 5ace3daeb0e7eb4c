/* The senders' statements (spool_statements.h) as functions: each is one transaction of one or two round trips. */
#include "services/notification/store/spool.h"

#include "common/base/alloc.h"
#include "services/notification/domain/retry.h"
#include "services/notification/store/due.h"
#include "services/notification/store/spool_statements.h"
#include "services/notification/store/suppression.h"
#include "services/notification/store/wordings.h"

#define CRASH_ANSWER "the service ended between the relay's answer and its own record of it; the message is sent again"

struct spool {
    struct db *db;
    struct wordings *wordings;
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
    spool->wordings = wordings_new();
    spool->slot = spool_slot(instance, sender);
    *out = spool;
    return ERR_OK;
}

void spool_close(struct spool *spool)
{
    if (spool == NULL)
        return;
    db_close(spool->db);
    wordings_free(spool->wordings);
    mem_free(spool);
}

enum err spool_reconnect(struct spool *spool)
{
    return db_reconnect(spool->db);
}

/* What lies in tables of its own, asked for once per claim; -1: not needed. */
struct companions {
    int sessions, attachments, wordings;
};

static int queue_ids(struct spool *spool, struct arena *arena, const struct db_stmt *stmt, const struct uuid *ids, size_t count)
{
    struct db_params *p = db_params(arena);

    if (count == 0)
        return -1;
    db_array(p, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(p, ids[i]);
    return db_queue(spool->db, stmt, p);
}

static struct companions queue_companions(struct spool *spool, struct arena *arena, const struct due *dues, size_t count)
{
    struct uuid trainings[SPOOL_CLAIM_MAX], events[SPOOL_CLAIM_MAX];
    size_t training_count = 0, event_count = 0;

    for (size_t i = 0; i < count; i++) {
        if (!uuid_is_nil(dues[i].said.programme_id))
            trainings[training_count++] = dues[i].said.programme_id;
        if (dues[i].said.attachments != NULL)
            events[event_count++] = dues[i].said.event_id;
    }
    return (struct companions){.sessions = queue_ids(spool, arena, &STMT_CLAIM_SESSIONS, trainings, training_count),
                               .attachments = queue_ids(spool, arena, &STMT_CLAIM_ATTACHMENTS, events, event_count),
                               .wordings = wordings_queue(spool->wordings, spool->db, arena, dues, count)};
}

static void read_companions(struct spool *spool, struct arena *arena, const struct companions *c, struct due *dues, size_t count)
{
    if (c->sessions >= 0)
        due_read_sessions(arena, db_result(spool->db, c->sessions), dues, count);
    if (c->attachments >= 0)
        due_read_attachments(arena, db_result(spool->db, c->attachments), dues, count);
    wordings_give(spool->wordings, spool->db, c->wordings, dues, count);
}

enum err spool_claim(struct spool *spool, struct arena *arena, int64_t now_us, struct due **out, size_t *count)
{
    struct db_params *p = db_params(arena);
    struct companions companions = {-1, -1, -1};
    struct due *dues;
    int claimed;
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
    if (*count > SPOOL_CLAIM_MAX)
        bug("a claim takes no more than its limit");
    dues = *out = arena_array(arena, *count + 1, sizeof *dues);
    for (size_t i = 0; i < *count; i++)
        dues[i] = due_read(arena, r, (int)i);
    if (*count > 0)
        companions = queue_companions(spool, arena, dues, *count);
    err = finish(spool);
    if (err == ERR_OK)
        read_companions(spool, arena, &companions, dues, *count);
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
    case MESSAGE_WITHHELD:
        return "withheld";
    case MESSAGE_GATHERED:
        return "gathered";
    case MESSAGE_CALLED_OFF:
        return "called_off";
    case MESSAGE_BOUNCED:
    case MESSAGE_SENDING:
        break;
    }
    bug("a turn ends in none of these");
}

/* A gathered one for that of its digest. */
static bool waits_for_its_time(enum message_state state)
{
    return state == MESSAGE_QUEUED || state == MESSAGE_UNSURE || state == MESSAGE_GATHERED;
}

static void spool_outcome(struct spool *spool, struct arena *arena, const struct outcome *o, int64_t now_us)
{
    struct db_params *p = db_params(arena);

    db_i64(p, o->due->number);
    db_i32(p, o->due->tries);
    db_i16(p, (int16_t)o->state);
    db_time(p, waits_for_its_time(o->state) ? o->next_us : 0);
    db_bool(p, o->waits);
    db_time(p, o->state == MESSAGE_SENT ? now_us : 0);
    add_text(p, o->language);
    add_text(p, o->subject);
    add_text(p, o->body);
    if (o->language)
        db_i32(p, o->due->template_version);
    else
        db_null(p);
    db_time(p, now_us);
    db_i32(p, o->smtp_code);
    add_text(p, o->answer);
    db_i32(p, o->state == MESSAGE_UNSURE);
    db_i32(p, spool->slot);
    db_bool(p, o->waits || o->untried);
    add_text(p, tally_name(o->state));
    add_text(p, o->html);
    add_text(p, o->relay != NULL ? o->relay : "");
    db_bool(p, o->put_off);
    db_i32(p, (int32_t)helsinki_day(now_us));
    db_queue(spool->db, &STMT_OUTCOME, p);
    if (o->address_dead)
        suppression_queue_bounce(spool->db, arena, o->due->person.email, span_text(o->answer), o->due->said.id, now_us);
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
