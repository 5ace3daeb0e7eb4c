/* The part "preference" of the store: see preference.h. */
#include "services/notification/store/preference.h"

static const struct db_stmt STMT_READ = {"preference_read",
                                         "select r.id is not null, r.language, p.topic, p.mail, r.email from (values ($1::uuid)) k (id) "
                                         "left join recipient r on r.id = k.id left join preference p on p.person_id = k.id"};
/* $1 whose $2 topic $3 setting $4 now. Nothing is kept of somebody who is not known, or no longer. */
static const struct db_stmt STMT_PUT = {
    "preference_put", "insert into preference (person_id, topic, mail, set_at) select r.id, $2, $3, $4 from recipient r where r.id = $1 "
                      "on conflict (person_id, topic) do update set mail = excluded.mail, set_at = excluded.set_at"};

struct ask {
    struct part_item item; /* first */
    struct uuid person;
    struct preferences found;
};
struct change {
    struct part_item item; /* first */
    struct uuid person;
    enum topic topic;
    enum mail_setting mail;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
void preference_want(struct workset *w, const struct job *job, struct uuid person)
{
    struct ask *ask = part_ask(&w->parts, PART_PREFERENCE, job, sizeof *ask);

    ask->person = person;
}

struct preferences preference_found(const struct workset *w, const struct job *job)
{
    const struct ask *ask = part_asked(&w->parts, PART_PREFERENCE, job);
    struct preferences found = ask->found;

    for (const struct part_item *item = w->parts.rows[PART_PREFERENCE].changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        if (uuid_compare(c->person, ask->person) == 0)
            found.mail[c->topic] = c->mail;
    }
    return found;
}

void preference_put(struct workset *w, struct uuid person, enum topic topic, enum mail_setting mail)
{
    struct change *c = part_change(&w->parts, PART_PREFERENCE, sizeof *c);

    c->person = person;
    c->topic = topic;
    c->mail = mail;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ((const struct ask *)item)->person);
        item->result = db_queue(db, &STMT_READ, p);
    }
}

static void read_one(struct arena *arena, struct preferences *out, const struct db_result *r)
{
    const struct span language = db_get_span(r, 0, 1);

    out->known = db_get_bool(r, 0, 0);
    out->language = out->known ? language_read((const char *)language.data, language.len) : LANGUAGE_FI;
    out->address = out->known ? arena_copy(arena, db_get_span(r, 0, 4)) : span_text("");
    for (enum topic topic = TOPIC_PLACES; topic <= TOPIC_LAST; topic++)
        out->mail[topic] = MAIL_ON;
    for (int row = 0; row < db_rows(r); row++)
        if (!db_get_null(r, row, 2))
            out->mail[db_get_i16(r, row, 2)] = (enum mail_setting)db_get_i16(r, row, 3);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_one(w->arena, &((struct ask *)item)->found, db_result(db, item->result));
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, c->person);
        db_i16(p, (int16_t)c->topic);
        db_i16(p, (int16_t)c->mail);
        db_time(p, w->now_us);
        db_queue(db, &STMT_PUT, p);
    }
}

const struct store_part preference_part = {.load = load, .read = read_all, .save = save};
