/* The part "retry_many" of the store: see retry_many.h. What is found goes back as every retried message does (workset_revive). */
#include "services/notification/store/retry_many.h"

#include "services/notification/store/reader.h"
#include "services/notification/store/text_of.h"

/* $1 kind $2 since (null: ever) $3 how many. Each state has an index of its own. Topics 1 to 3 cannot be turned off; a mail of 2 is off. */
#define FIND(state)                                                                                                                        \
    "select m.id, (select r.email from recipient r where r.id = " READER(                                                                  \
        "m") ") from message m where m.number = any (array("                                                                               \
             " select number from message where state = " state " order by number desc limit " TEXT_OF(                                    \
                 RETRY_LOOKED_AT) ")) "                                                                                                    \
                                  "and m.state = " state                                                                                   \
                                  " and ($1 = 0 or m.kind = $1) and m.queued_at >= coalesce($2::timestamptz, '-infinity') "                \
                                  "and not m.test and not m.bare "                                                                         \
                                  "and not (m.subject is null and m.facts = '{}') "                                                        \
                                  "and (select bool_or(true) from recipient r join suppression x on x.address = lower(r.email) where "     \
                                  "r.id = " READER("m") ") is null "                                                                       \
                                                        "and (m.topic <= 3 or (select bool_or(true) from preference p where p.person_id "  \
                                                        "= m.recipient_id and p.topic = "                                                  \
                                                        "m.topic and p.mail = 2) "                                                         \
                                                        "  is null) order by m.number desc limit $3 for update of m"
static const struct db_stmt STMT_FAILED = {"retry_failed", FIND("4")};
static const struct db_stmt STMT_WITHHELD = {"retry_withheld", FIND("6")};
static const struct db_stmt STMT_BOUNCED = {"retry_bounced", FIND("8")};

struct retry_ask *retry_ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_RETRY_MANY, job, sizeof(struct retry_ask));
}

struct retry_ask *retry_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_RETRY_MANY, job);
}

static const struct db_stmt *statement_of(enum message_state state)
{
    if (state == MESSAGE_FAILED)
        return &STMT_FAILED;
    return state == MESSAGE_BOUNCED ? &STMT_BOUNCED : &STMT_WITHHELD;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct retry_ask *ask = (const struct retry_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_i16(p, ask->kind);
        db_time(p, ask->since_us);
        db_i64(p, RETRY_MANY_MAX + 1);
        item->result = db_queue(db, statement_of(ask->state), p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct retry_ask *ask = (struct retry_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->more = ask->count > RETRY_MANY_MAX;
        if (ask->more)
            ask->count = RETRY_MANY_MAX;
        ask->found = arena_array(w->arena, ask->count + 1, sizeof *ask->found);
        for (size_t i = 0; i < ask->count; i++)
            ask->found[i] =
                (struct retry_candidate){.id = db_get_uuid(r, (int)i, 0), .address = arena_copy(w->arena, db_get_span(r, (int)i, 1))};
    }
}

const struct store_part retry_many_part = {.load = load, .read = read_all};
