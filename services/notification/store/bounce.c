/* The part "bounce" of the store: see bounce.h. */
#include "services/notification/store/bounce.h"

#include "services/notification/store/reader.h"

static const struct db_stmt STMT_LOCK = {"bounce_lock", "select m.number, m.state, coalesce(r.email, '') from message m "
                                                        "left join recipient r on r.id = " READER("m") " where m.id = $1 for update of m"};
/* $1 number $2 why $3 slot. Two notifications in one batch: the second finds nothing to move. */
static const struct db_stmt STMT_BOUNCED = {
    "bounce_bounced", "with back as (update message set state = 8, why = $2, actor = null where number = $1 and state = 3 returning 1) "
                      "update tally set n = n + case what when 'sent' then -1 else 1 end * (select count(*) from back) "
                      "where slot = $3 and what in ('sent', 'bounced')"};
static const struct db_stmt STMT_NOTE = {"bounce_note", "update message set why = $2 where number = $1 and state = 3"};

struct ask {
    struct part_item item; /* first */
    struct uuid message;
    bool found;
    struct bounced bounced;
};
struct change {
    struct part_item item; /* first */
    struct bounced bounced;
    struct span why;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
void bounce_want(struct workset *w, const struct job *job, struct uuid message_id)
{
    struct ask *ask = part_ask(&w->parts, PART_BOUNCE, job, sizeof *ask);

    ask->message = message_id;
}

struct bounced *bounce_found(const struct workset *w, const struct job *job)
{
    struct ask *ask = part_asked(&w->parts, PART_BOUNCE, job);

    return ask != NULL && ask->found ? &ask->bounced : NULL;
}

void bounce_note(struct workset *w, const struct bounced *bounced, struct span why)
{
    struct change *c = part_change(&w->parts, PART_BOUNCE, sizeof *c);

    c->bounced = *bounced;
    c->why = why;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ((const struct ask *)item)->message);
        item->result = db_queue(db, &STMT_LOCK, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct ask *ask = (struct ask *)item;
        const struct db_result *r = db_result(db, item->result);
        ask->found = db_rows(r) == 1;
        if (ask->found)
            ask->bounced = (struct bounced){.number = db_get_i64(r, 0, 0),
                                            .state = (enum message_state)db_get_i16(r, 0, 1),
                                            .address = arena_copy(w->arena, db_get_span(r, 0, 2))};
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        struct db_params *p = db_params(w->arena);
        db_i64(p, c->bounced.number);
        db_text(p, c->why);
        if (c->bounced.state == MESSAGE_BOUNCED)
            db_i32(p, w->slot);
        db_queue(db, c->bounced.state == MESSAGE_BOUNCED ? &STMT_BOUNCED : &STMT_NOTE, p);
    }
}

const struct store_part bounce_part = {.load = load, .read = read_all, .save = save};
