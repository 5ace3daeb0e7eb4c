/* The statements of the thread that calls webhooks, as functions: see dispatch.h. Each is one transaction of one round trip. */
#include "services/notification/store/dispatch.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/alloc.h"
#include "services/notification/store/text_of.h"
#include "services/notification/store/webhook.h"

/* $1 now $2 when the claim lapses $3 replica $4 how many. Webhook by webhook along its own part of the index: one that is disabled, rests,
 * or has enough under way is stepped over, whatever waits for it. What was claimed and has lapsed is due again. What is under way is few
 * rows, each with its replica, which leads to their own small index. */
static const struct db_stmt STMT_CLAIM = {
    "dispatch_claim",
    "with flying as materialized (select webhook_id, count(*) as n from webhook_delivery where state = 2 and claimed_by >= 0 "
    "  and next_at > $1 group by webhook_id), "
    "due as materialized (select d.number, w.url, w.secret, case when w.old_until > $1 then w.old_secret end as old_secret "
    "  from webhook w cross join lateral (select number, next_at from webhook_delivery d where d.webhook_id = w.id "
    "   and d.state in (1, 2) and d.next_at <= $1 order by d.next_at, d.number "
    "   limit greatest(0, " TEXT_OF(
        DISPATCH_EACH) " - coalesce((select n from flying where webhook_id = w.id), 0)) "
                       "   for update skip locked) d "
                       "  where w.state = 1 and (w.rest_until is null or w.rest_until <= $1) order by d.next_at, d.number limit $4) "
                       "update webhook_delivery d set state = 2, tries = d.tries + 1, next_at = $2, claimed_by = $3 from due where "
                       "d.number = due.number "
                       "returning d.number, d.tries, d.id, d.webhook_id, due.url, d.body, due.secret, due.old_secret"};

/* The end of a try, said by whoever still holds the claim: $1 number $2 try $3 state $4 next_at $5 http status $6 answer $7 now
 * $8 delivered $9 gone $10 rest until $11 failing since before this: for too long $12 why then $13 why when gone $14 webhook. Its webhook
 * is locked first, as everywhere. What was delivered needs no body any more. Returns why it is disabled by this; no row: it is not. */
static const struct db_stmt STMT_END = {
    "dispatch_end",
    "with held as materialized (select id, state = 1 and not $8 and ($9 or coalesce(failing_since < $11, false)) as falls "
    "  from webhook where id = $14 for update), "
    "done as (update webhook_delivery d set state = $3, next_at = $4, http_status = $5, answer = $6, claimed_by = null, "
    "  body = case when $3 = 3 then '' else d.body end, "
    "  done_at = case when $3 in (3, 4) then $7::timestamptz end from held where d.number = $1 and d.tries = $2 and d.state = 2 "
    "  and d.webhook_id = held.id returning held.id, held.falls), "
    "put as (update webhook w set waiting = w.waiting - case when $3 in (3, 4) then 1 else 0 end, "
    "  failing_since = case when not $8 then coalesce(w.failing_since, $7) end, "
    "  rest_until = case when not $8 then greatest(w.rest_until, $10) end, "
    "  state = case when done.falls then 2 else w.state end, version = w.version + done.falls::int, "
    "  why = case when done.falls then case when $9 then $13 else $12 end else w.why end "
    "  from done where w.id = done.id returning w.why, done.falls) "
    "select why from put where falls"};

static const struct db_stmt STMT_RECOVER = {
    "dispatch_recover", "update webhook_delivery set next_at = $2 where state = 2 and claimed_by = $1 and next_at > $2"};

/* A thousand at most, the oldest first: a call a minute. */
static const struct db_stmt STMT_PRUNE = {"dispatch_prune",
                                          "delete from webhook_delivery where number = any (array(select number from webhook_delivery "
                                          "where state in (3, 4) and done_at < $1 order by done_at limit 1000))"};

/* There are few webhooks (WEBHOOK_MANY). $1 what by hand is called */
static const struct db_stmt STMT_LOOK = {
    "dispatch_look",
    "select count(*), count(*) filter (where state = 1 and failing_since is not null), count(*) filter (where state = 2 and why <> $1), "
    " coalesce(sum(waiting) filter (where state = 1), 0)::bigint, (array_agg(id order by id) filter (where state = 2 and why <> $1))[1], "
    " (array_agg(why order by id) filter (where state = 2 and why <> $1))[1] from webhook"};

struct dispatch {
    struct db *db;
    int32_t instance;
};

enum err dispatch_open(struct dispatch **out, const struct db_config *config, int instance, const struct log *log)
{
    struct dispatch *d = mem_new(sizeof *d);
    const enum err err = db_open(&d->db, config, log);

    if (err != ERR_OK) {
        mem_free(d);
        return err;
    }
    d->instance = instance;
    *out = d;
    return ERR_OK;
}

void dispatch_close(struct dispatch *d)
{
    if (d == NULL)
        return;
    db_close(d->db);
    mem_free(d);
}

enum err dispatch_reconnect(struct dispatch *d)
{
    return db_reconnect(d->db);
}

/* One statement in a transaction of its own. */
static enum err run(struct dispatch *d, const struct db_stmt *stmt, const struct db_params *p, const struct db_result **out)
{
    db_begin(d->db, DB_READ_WRITE);
    const int index = db_queue(d->db, stmt, p);
    const enum err err = db_commit(d->db);

    if (err != ERR_OK)
        db_rollback(d->db);
    else
        *out = db_result(d->db, index);
    return err;
}

static struct post read_post(struct arena *arena, const struct db_result *r, int row)
{
    struct post post = {.number = db_get_i64(r, row, 0),
                        .tries = db_get_i32(r, row, 1),
                        .id = db_get_uuid(r, row, 2),
                        .webhook_id = db_get_uuid(r, row, 3),
                        .url = arena_text(arena, db_get_span(r, row, 4)),
                        .body = arena_copy(arena, db_get_span(r, row, 5)),
                        .secrets = {arena_copy(arena, db_get_span(r, row, 6))},
                        .secret_count = 1};

    if (!db_get_null(r, row, 7))
        post.secrets[post.secret_count++] = arena_copy(arena, db_get_span(r, row, 7));
    return post;
}

enum err dispatch_claim(struct dispatch *d, struct arena *arena, int64_t now_us, size_t most, struct post **out, size_t *count)
{
    struct db_params *p = db_params(arena);
    const struct db_result *r = NULL;

    *count = 0;
    db_time(p, now_us);
    db_time(p, now_us + DISPATCH_CLAIM);
    db_i32(p, d->instance);
    db_i64(p, (int64_t)most);
    const enum err err = run(d, &STMT_CLAIM, p, &r);
    if (err != ERR_OK)
        return err;
    *count = (size_t)db_rows(r);
    *out = arena_array(arena, *count + 1, sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = read_post(arena, r, (int)i);
    return ERR_OK;
}

/* What becomes of the delivery, and of its next try. */
static enum delivery_state state_after(const struct post_end *end, int64_t now_us, int64_t *next_us)
{
    *next_us = 0;
    switch (end->verdict) {
    case WEBHOOK_DONE:
        return DELIVERY_TAKEN;
    case WEBHOOK_GONE:
        return DELIVERY_DEAD;
    case WEBHOOK_AGAIN:
        break;
    }
    return webhook_next((unsigned)end->tries, end->retry_after_s, now_us, end->dice, next_us) ? DELIVERY_DUE : DELIVERY_DEAD;
}

static int by_webhook(const void *a, const void *b)
{
    return uuid_compare(((const struct post_end *)a)->webhook_id, ((const struct post_end *)b)->webhook_id);
}

static int queue_end(struct dispatch *d, struct arena *arena, struct post_end *end, int64_t now_us)
{
    struct db_params *p = db_params(arena);
    int64_t next_us;

    end->state = state_after(end, now_us, &next_us);
    db_i64(p, end->number);
    db_i32(p, end->tries);
    db_i16(p, (int16_t)end->state);
    db_time(p, next_us);
    db_i32(p, end->http_status);
    db_text(p, span_text(end->answer));
    db_time(p, now_us);
    db_bool(p, end->verdict == WEBHOOK_DONE);
    db_bool(p, end->verdict == WEBHOOK_GONE);
    db_time(p, webhook_rest(end->retry_after_s, now_us));
    db_time(p, now_us - WEBHOOK_FAILING_US);
    db_text(p, span_text(WEBHOOK_WHY_FAILING));
    db_text(p, span_text(WEBHOOK_WHY_GONE));
    db_uuid(p, end->webhook_id);
    return db_queue(d->db, &STMT_END, p);
}

/* By webhook in the order of their ids, as the writer locks them (delivery.c), so that the two never wait for each other in a circle. */
enum err dispatch_end(struct dispatch *d, struct arena *arena, struct post_end *ends, size_t count, int64_t now_us)
{
    int *results = arena_array(arena, count + 1, sizeof *results);

    if (count == 0)
        return ERR_OK;
    qsort(ends, count, sizeof *ends, by_webhook);
    db_begin(d->db, DB_READ_WRITE);
    for (size_t i = 0; i < count; i++)
        results[i] = queue_end(d, arena, &ends[i], now_us);
    const enum err err = db_commit(d->db);
    if (err != ERR_OK) {
        db_rollback(d->db);
        return err;
    }
    for (size_t i = 0; i < count; i++) {
        const struct db_result *r = db_result(d->db, results[i]);
        ends[i].disabled = db_rows(r) > 0 ? arena_text(arena, db_get_span(r, 0, 0)) : NULL;
    }
    return ERR_OK;
}

enum err dispatch_recover(struct dispatch *d, struct arena *arena, int64_t now_us, int64_t *count)
{
    struct db_params *p = db_params(arena);
    const struct db_result *r = NULL;

    db_i32(p, d->instance);
    db_time(p, now_us);
    const enum err err = run(d, &STMT_RECOVER, p, &r);
    *count = err == ERR_OK ? db_affected(r) : 0;
    return err;
}

enum err dispatch_prune(struct dispatch *d, struct arena *arena, int64_t now_us)
{
    struct db_params *p = db_params(arena);
    const struct db_result *r = NULL;

    db_time(p, now_us - WEBHOOK_KEPT_US);
    return run(d, &STMT_PRUNE, p, &r);
}

static void copy_text(struct span text, char *out, size_t size)
{
    (void)snprintf(out, size, "%.*s", (int)text.len, (const char *)text.data);
}

enum err dispatch_look(struct dispatch *d, struct arena *arena, struct dispatch_state *out)
{
    struct db_params *p = db_params(arena);
    const struct db_result *r = NULL;

    db_text(p, span_text(WEBHOOK_WHY_HAND));
    const enum err err = run(d, &STMT_LOOK, p, &r);
    if (err != ERR_OK)
        return err;
    *out = (struct dispatch_state){
        .webhooks = db_get_i64(r, 0, 0), .failing = db_get_i64(r, 0, 1), .disabled = db_get_i64(r, 0, 2), .waiting = db_get_i64(r, 0, 3)};
    if (!db_get_null(r, 0, 4)) {
        uuid_format(db_get_uuid(r, 0, 4), out->id);
        copy_text(db_get_span(r, 0, 5), out->why, sizeof out->why);
    }
    return ERR_OK;
}
