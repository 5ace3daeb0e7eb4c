/* The part "digest" of the store: see digest.h. */
#include "services/notification/store/digest.h"

#include "services/notification/domain/why.h"
#include "services/notification/store/text_of.h"

#define ENTRIES_MAX TEXT_OF(DIGEST_ENTRIES_MAX)

#define GATHERED "m.state = 7 and m.digest_id is null"

/* $1 whose $2 due when. The index message_digest has the groups in a row. Whether the digest is there is asked as a scalar, which never
 * becomes a join with all digests. */
static const struct db_stmt STMT_DUE = {
    "digest_due",
    "with groups as materialized (select m.recipient_id, m.topic, m.next_at, count(*)::int as n, max(m.number) as last from message m "
    "  where " GATHERED " and m.next_at = $2 and m.recipient_id = $1 group by m.next_at, m.recipient_id, m.topic) "
    "select g.recipient_id, g.topic, g.next_at, g.n, g.last, "
    " (select p.mail from preference p where p.person_id = g.recipient_id and p.topic = g.topic), "
    " (select bool_or(true) from digest d where d.recipient_id = g.recipient_id and d.topic = g.topic "
    "  and d.day = (g.next_at at time zone 'Europe/Helsinki')::date) is not null, e.subject "
    "from groups g cross join lateral (select m.number, coalesce(m.subject, '') as subject from message m where " GATHERED
    "  and m.next_at = g.next_at and m.recipient_id = g.recipient_id and m.topic = g.topic "
    "  order by m.number limit " ENTRIES_MAX ") e order by g.topic, e.number"};

/* $1 recipient[] $2 topic[] $3 due[] $4 number of the newest[] */
#define GROUPS    "unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::bigint[]"
#define OF_GROUPS "m.next_at = g.due and m.recipient_id = g.recipient_id and m.topic = g.topic and m.number <= g.last and " GATHERED
/* $5 message[] $6 day[]: days since 1970-01-01. Rows of long ago, which no digest asks for any more, go on the way. */
static const struct db_stmt STMT_MAKE = {
    "digest_make",
    "with g as materialized (select * from " GROUPS ", $5::uuid[], $6::int[]) as g(recipient_id, topic, due, last, id, day)), "
    "made as (insert into digest (id, recipient_id, topic, day) select id, recipient_id, topic, date '1970-01-01' + day from g "
    "  on conflict do nothing returning id), "
    "swept as (delete from digest d using g where d.recipient_id = g.recipient_id and d.topic = g.topic "
    "  and d.day < date '1970-01-01' + g.day - 7) "
    "update message m set digest_id = g.id, next_at = null from made join g on g.id = made.id where " OF_GROUPS};
/* $5 new due[] */
static const struct db_stmt STMT_PUT_OFF = {"digest_put_off", "update message m set next_at = g.later from " GROUPS
                                                              ", $5::timestamptz[]) as g(recipient_id, topic, due, last, later) "
                                                              "where " OF_GROUPS};
/* $5 slot */
static const struct db_stmt STMT_WITHHOLD = {
    "digest_withhold", "with kept as (update message m set state = 6, next_at = null, why = '" WHY_TOPIC_OFF "', actor = null "
                       "  from " GROUPS ") as g(recipient_id, topic, due, last) where " OF_GROUPS " returning 1) "
                       "update tally set n = n + case what when 'gathered' then -1 else 1 end * (select count(*) from kept) "
                       "where slot = $5 and what in ('gathered', 'withheld')"};

struct ask {
    struct part_item item; /* first */
    struct uuid recipient;
    int64_t due_us;
    struct digest_group *groups;
    size_t count;
};
enum fate { FATE_MAKE, FATE_PUT_OFF, FATE_WITHHOLD };
struct change {
    struct part_item item; /* first */
    enum fate fate;
    const struct digest_group *group;
    struct uuid message_id;
    int64_t due_us;
};

/* --- what the clock's case calls --------------------------------------------------------------------------------------- */
void digest_want(struct workset *w, const struct job *job, struct uuid recipient, int64_t due_us)
{
    struct ask *ask = part_ask(&w->parts, PART_DIGEST, job, sizeof *ask);

    ask->recipient = recipient;
    ask->due_us = due_us;
}

const struct digest_group *digest_found(const struct workset *w, const struct job *job, size_t *count)
{
    const struct ask *ask = part_asked(&w->parts, PART_DIGEST, job);

    *count = ask->count;
    return ask->groups;
}

static struct change *change(struct workset *w, enum fate fate, const struct digest_group *group)
{
    struct change *c = part_change(&w->parts, PART_DIGEST, sizeof *c);

    c->fate = fate;
    c->group = group;
    return c;
}

void digest_make(struct workset *w, const struct digest_group *group, struct uuid message_id)
{
    change(w, FATE_MAKE, group)->message_id = message_id;
}

void digest_put_off(struct workset *w, const struct digest_group *group, int64_t due_us)
{
    change(w, FATE_PUT_OFF, group)->due_us = due_us;
}

void digest_withhold(struct workset *w, const struct digest_group *group)
{
    (void)change(w, FATE_WITHHOLD, group);
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct ask *ask = (const struct ask *)item;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ask->recipient);
        db_time(p, ask->due_us);
        item->result = db_queue(db, &STMT_DUE, p);
    }
}

/* A row per entry; those of a topic follow each other. */
static void read_groups(struct workset *w, struct ask *ask, const struct db_result *r)
{
    struct digest_group *group = NULL;

    ask->groups = arena_array(w->arena, db_rows(r) > 0 ? TOPIC_LAST : 1, sizeof *ask->groups);
    for (int row = 0; row < db_rows(r); row++) {
        if (group == NULL || group->topic != (enum topic)db_get_i16(r, row, 1)) {
            group = &ask->groups[ask->count++];
            *group = (struct digest_group){.recipient_id = db_get_uuid(r, row, 0),
                                           .topic = (enum topic)db_get_i16(r, row, 1),
                                           .due_us = db_get_time(r, row, 2),
                                           .count = db_get_i32(r, row, 3),
                                           .last = db_get_i64(r, row, 4),
                                           .setting = db_get_null(r, row, 5) ? MAIL_ON : (enum mail_setting)db_get_i16(r, row, 5),
                                           .made = db_get_bool(r, row, 6)};
        }
        group->subjects[group->subject_count++] = arena_copy(w->arena, db_get_span(r, row, 7));
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_groups(w, (struct ask *)item, db_result(db, item->result));
}

/* The changes of one fate, in an array. */
static const struct change **select_fate(struct arena *arena, const struct part_rows *rows, enum fate fate, size_t *count)
{
    const struct change **out;
    size_t all = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        all++;
    out = arena_array(arena, all + 1, sizeof *out);
    *count = 0;
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        if (((const struct change *)item)->fate == fate)
            out[(*count)++] = (const struct change *)item;
    return out;
}

static void add_groups(struct db_params *p, const struct change *const *changes, size_t count)
{
    db_array(p, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(p, changes[i]->group->recipient_id);
    db_array(p, DB_I16, count);
    for (size_t i = 0; i < count; i++)
        db_array_i16(p, (int16_t)changes[i]->group->topic);
    db_array(p, DB_TIME, count);
    for (size_t i = 0; i < count; i++)
        db_array_time(p, changes[i]->group->due_us);
    db_array(p, DB_I64, count);
    for (size_t i = 0; i < count; i++)
        db_array_i64(p, changes[i]->group->last);
}

static void save_fate(struct workset *w, const struct part_rows *rows, enum fate fate, struct db *db)
{
    static const struct db_stmt *const STATEMENTS[] = {
        [FATE_MAKE] = &STMT_MAKE, [FATE_PUT_OFF] = &STMT_PUT_OFF, [FATE_WITHHOLD] = &STMT_WITHHOLD};
    size_t count;
    const struct change **changes = select_fate(w->arena, rows, fate, &count);
    struct db_params *p = db_params(w->arena);

    if (count == 0)
        return;
    add_groups(p, changes, count);
    switch (fate) {
    case FATE_MAKE:
        db_array(p, DB_UUID, count);
        for (size_t i = 0; i < count; i++)
            db_array_uuid(p, changes[i]->message_id);
        db_array(p, DB_I32, count);
        for (size_t i = 0; i < count; i++)
            db_array_i32(p, (int32_t)helsinki_day(changes[i]->group->due_us));
        break;
    case FATE_PUT_OFF:
        db_array(p, DB_TIME, count);
        for (size_t i = 0; i < count; i++)
            db_array_time(p, changes[i]->due_us);
        break;
    case FATE_WITHHOLD:
        db_i32(p, w->slot);
        break;
    }
    db_queue(db, STATEMENTS[fate], p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    save_fate(w, rows, FATE_MAKE, db);
    save_fate(w, rows, FATE_PUT_OFF, db);
    save_fate(w, rows, FATE_WITHHOLD, db);
}

const struct store_part digest_part = {.load = load, .read = read_all, .save = save};
