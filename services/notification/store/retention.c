/* The part "retention" of the store: see retention.h. */
#include "services/notification/store/retention.h"

#include "common/base/time.h"

/* One index walk a kind, oldest first, 20 of each at most: some 30 ms of the writer when there is much to do, 0.3 when not. Attachments are
 * kept once for all messages of an event: the last one that still has its words takes them along. Scalars, not joins, for the look at the
 * other messages: the planner never walks the whole table. $1 kind[] $2 due before[]: asked for, and its time come, before that */
static const struct db_stmt STMT_SWEEP = {
    "retention_sweep",
    "with old as materialized (select m.number, m.event_id, m.attached from unnest($1::smallint[], $2::timestamptz[]) as k(kind, before) "
    " cross join lateral (select number, event_id, attached from message where kind = k.kind and next_at is null and not bare "
    "  and greatest(queued_at, promised_at) < k.before order by greatest(queued_at, promised_at) limit 20 for update skip locked) m), "
    "moves as (delete from message_change c using old where c.message = old.number), "
    "answers as (update attempt a set answer = '' from old where a.message = old.number), "
    "attached as (delete from attachment a using (select distinct event_id from old where attached) e where a.event_id = e.event_id "
    "  and (select bool_or(true) from message o where o.event_id = e.event_id and o.attached and not o.bare "
    "   and o.number <> all (select number from old)) is null) "
    "update message m set bare = true, subject = null, body = null, html = null, facts = '{}', why = '', actor = null from old "
    "where m.number = old.number"};

struct retention_change {
    struct part_item item; /* first */
    struct retention rules;
};

void retention_sweep(struct workset *w, const struct retention *rules)
{
    struct retention_change *change = part_change(&w->parts, PART_RETENTION, sizeof *change);

    change->rules = *rules;
}

static int32_t days_of(const struct retention *rules, int kind)
{
    return kind_of((enum message_kind)kind)->statutory ? rules->statutory_days : rules->many_days;
}

static void queue_sweep(struct workset *w, const struct retention *rules, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t kinds = 0;

    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        kinds += days_of(rules, kind) > 0;
    if (kinds == 0)
        return;
    db_array(p, DB_I16, kinds);
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        if (days_of(rules, kind) > 0)
            db_array_i16(p, (int16_t)kind);
    db_array(p, DB_TIME, kinds);
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        if (days_of(rules, kind) > 0)
            db_array_time(p, w->now_us - days_of(rules, kind) * TIME_DAY);
    db_queue(db, &STMT_SWEEP, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        queue_sweep(w, &((const struct retention_change *)item)->rules, db);
}

const struct store_part retention_part = {.save = save};
