/* Commands answered before: the rows of request_seen, by (caller, key).
 *
 * The answer is written in the command's own transaction, so a retry after a lost reply finds it, however the first try
 * ended. Only answers are kept: a refused command changed nothing and may be decided anew. The same key with another body
 * is ERR_KEY_REUSED. All jobs of a batch share one statement for reading and one for writing.
 */
#include "common/base/hash.h"
#include "common/wire/wire.h"
#include "common/work/batch.h"

static const struct db_stmt SEEN_LOAD = {"seen_load", "select q.n, s.request_hash, s.response"
                                                      " from unnest($1::uuid[], $2::bytea[]) with ordinality as q(caller, key, n)"
                                                      " join request_seen s on s.caller = q.caller and s.key = q.key"};

static const struct db_stmt SEEN_SAVE = {"seen_save",
                                         "insert into request_seen (caller, key, method, request_hash, response)"
                                         " select * from unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[], $5::bytea[])"};

static struct span key_of(const struct job *job)
{
    return span_of(job->request->idempotency_key.data, job->request->idempotency_key.len);
}

bool seen_wanted(const struct job *job)
{
    const struct work_case *c = job->kase;

    return c->kind == WORK_WRITE && !c->key_on_row && !c->no_key && job->request && key_of(job).len > 0;
}

/* Gives the job the answer it was given before. */
static void replay(struct job *job, const struct seal *seal, struct span hash, struct span response)
{
    struct hash own = job_hash(job, seal);
    ProtobufCMessage *message = NULL;

    job_reset(job);
    if (!span_equal(hash, span_of(own.b, HASH_SIZE))) {
        job->err = ERR_KEY_REUSED;
        return;
    }
    if (wire_unpack(job->arena, arena_copy(job->arena, response), &bus__reply__descriptor, &message) != ERR_OK) {
        job->err = ERR_INTERNAL;
        return;
    }
    const Bus__Reply *reply = (const Bus__Reply *)message;
    job->packed = span_of(reply->payload.data, reply->payload.len);
    job->version = reply->version;
    job->replayed = true;
}

enum err seen_load(struct bench *bench, struct job **jobs, size_t count)
{
    struct arena *const arena = bench->arena;
    struct db *const db = bench->db;
    struct job **asked = arena_array(arena, count, sizeof(struct job *));
    struct db_params *p = db_params(arena);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (seen_wanted(jobs[i]))
            asked[n++] = jobs[i];
    }
    db_array(p, DB_UUID, n);
    for (size_t i = 0; i < n; i++)
        db_array_uuid(p, asked[i]->actor);
    db_array(p, DB_BYTES, n);
    for (size_t i = 0; i < n; i++)
        db_array_bytes(p, key_of(asked[i]));
    int index = db_queue(db, &SEEN_LOAD, p);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *found = db_result(db, index);
    for (int row = 0; row < db_rows(found); row++)
        replay(asked[db_get_i64(found, row, 0) - 1], bench->config.seal, db_get_span(found, row, 1), db_get_span(found, row, 2));
    return ERR_OK;
}

static bool is_new(const struct job *job)
{
    return seen_wanted(job) && job->err == ERR_OK && !job->replayed;
}

static struct span reply_of(struct job *job, struct arena *arena)
{
    Bus__Reply reply = BUS__REPLY__INIT;
    struct span payload = job_pack(job);

    reply.version = job->version;
    reply.payload.len = payload.len;
    reply.payload.data = (uint8_t *)(uintptr_t)payload.data; /* protobuf-c only reads it */
    return wire_pack(arena, &reply.base);
}

void seen_save(struct bench *bench, struct job **jobs, size_t count)
{
    struct arena *const arena = bench->arena;
    struct job **news = arena_array(arena, count, sizeof(struct job *));
    struct db_params *p = db_params(arena);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (is_new(jobs[i]))
            news[n++] = jobs[i];
    }
    if (n == 0)
        return;
    db_array(p, DB_UUID, n);
    for (size_t i = 0; i < n; i++)
        db_array_uuid(p, news[i]->actor);
    db_array(p, DB_BYTES, n);
    for (size_t i = 0; i < n; i++)
        db_array_bytes(p, key_of(news[i]));
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, span_text(news[i]->kase->name));
    db_array(p, DB_BYTES, n);
    for (size_t i = 0; i < n; i++) {
        struct hash hash = job_hash(news[i], bench->config.seal);
        db_array_bytes(p, span_of(hash.b, HASH_SIZE));
    }
    db_array(p, DB_BYTES, n);
    for (size_t i = 0; i < n; i++)
        db_array_bytes(p, reply_of(news[i], arena));
    (void)db_queue(bench->db, &SEEN_SAVE, p);
}
