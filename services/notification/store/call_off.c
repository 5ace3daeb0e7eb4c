/* The part "call_off" of the store: see call_off.h. */
#include "services/notification/store/call_off.h"

#include "services/notification/store/notice.h"
#include "services/notification/store/text_of.h"

/* $1 and $2 the first and the last id that a message of this event can have, $3 the event. The ids of what one event says begin alike
 * (message_id), so their unique index finds them; only notices (kind 16) are said by hand. */
static const struct db_stmt STMT_FIND = {"call_off_find",
                                         "select id, state, digest_id from message where id between $1 and $2 and event_id = $3 "
                                         "and kind = 16 and not test order by number limit " TEXT_OF(NOTICE_PEOPLE_MAX) " for update"};
/* $1 message[] $2 why $3 actor $4 slot */
static const struct db_stmt STMT_CALL_OFF = {
    "call_off",
    "with open as materialized (select number, state from message where id = any ($1) and (state in (1, 5) or (state = 7 and digest_id is "
    "  null)) order by number for update), "
    "gone as (update message m set state = 9, next_at = null, waits = false, claimed_by = null, why = $2, actor = $3 from open "
    "  where m.number = open.number returning open.state as was) "
    "update tally set n = n + case what when 'called_off' then (select count(*) from gone) "
    " when 'queued' then -(select count(*) from gone where was <> 7) else -(select count(*) from gone where was = 7) end "
    "where slot = $4 and what in ('queued', 'gathered', 'called_off')"};

struct call_off_change {
    struct part_item item; /* first */
    const struct uuid *messages;
    size_t count;
    struct span why;
    struct uuid actor;
};

struct call_off_ask *call_off_ask(struct workset *w, const struct job *job, struct uuid event_id)
{
    struct call_off_ask *ask = part_ask(&w->parts, PART_CALL_OFF, job, sizeof *ask);

    ask->event_id = event_id;
    return ask;
}

struct call_off_ask *call_off_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_CALL_OFF, job);
}

void call_off(struct workset *w, const struct uuid *messages, size_t count, struct span why, struct uuid actor)
{
    struct call_off_change *change = part_change(&w->parts, PART_CALL_OFF, sizeof *change);

    change->messages = messages;
    change->count = count;
    change->why = why;
    change->actor = actor;
}

bool call_off_can(enum message_state state, struct uuid digest_id)
{
    return state != MESSAGE_SENDING && uuid_is_nil(digest_id) && message_move(&state, MOVE_CALL_OFF);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct call_off_ask *ask = (const struct call_off_ask *)item;
        struct db_params *p = db_params(w->arena);
        struct uuid first, last;

        message_id_range(ask->event_id, &first, &last);
        db_uuid(p, first);
        db_uuid(p, last);
        db_uuid(p, ask->event_id);
        item->result = db_queue(db, &STMT_FIND, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct call_off_ask *ask = (struct call_off_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->found = db_rows(r) > 0;
        ask->waiting = arena_array(w->arena, (size_t)db_rows(r) + 1, sizeof *ask->waiting);
        for (int row = 0; row < db_rows(r); row++)
            if (call_off_can((enum message_state)db_get_i16(r, row, 1), db_get_uuid(r, row, 2)))
                ask->waiting[ask->count++] = db_get_uuid(r, row, 0);
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct call_off_change *change = (const struct call_off_change *)item;
        struct db_params *p = db_params(w->arena);

        db_array(p, DB_UUID, change->count);
        for (size_t i = 0; i < change->count; i++)
            db_array_uuid(p, change->messages[i]);
        db_text(p, change->why);
        db_uuid(p, change->actor);
        db_i32(p, w->slot);
        db_queue(db, &STMT_CALL_OFF, p);
    }
}

const struct store_part call_off_part = {.load = load, .read = read_all, .save = save};
