/* The part "notice" of the store: see notice.h. */
#include "services/notification/store/notice.h"

static const struct db_stmt STMT_PEOPLE = {"notice_people", "select id from recipient where id = any($1)"};
static const struct db_stmt STMT_PROGRAMME = {"notice_programme", "select 1 from training where id = $1"};
/* $1 message $2 language $3 subject $4 text $5 html. Said again under the same key it is the same message: its words stay once it left. */
static const struct db_stmt STMT_WORDS = {
    "notice_words", "update message set language = $2, subject = $3, body = $4, html = $5 where id = $1 and test and state = 1"};

struct notice_change {
    struct part_item item; /* first */
    struct uuid message;
    enum language language;
    struct template_texts texts;
};

struct notice_ask *notice_ask(struct workset *w, const struct job *job, const struct uuid *people, size_t count, struct uuid programme)
{
    struct notice_ask *ask = part_ask(&w->parts, PART_NOTICE, job, sizeof *ask);

    ask->people = people;
    ask->people_count = count;
    ask->programme = programme;
    ask->known = arena_array(w->arena, count + 1, sizeof *ask->known);
    return ask;
}

struct notice_ask *notice_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_NOTICE, job);
}

void notice_words(struct workset *w, struct uuid message, enum language language, const struct template_texts *texts)
{
    struct notice_change *change = part_change(&w->parts, PART_NOTICE, sizeof *change);

    change->message = message;
    change->language = language;
    change->texts = *texts;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct notice_ask *ask = (struct notice_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_array(p, DB_UUID, ask->people_count);
        for (size_t i = 0; i < ask->people_count; i++)
            db_array_uuid(p, ask->people[i]);
        item->result = db_queue(db, &STMT_PEOPLE, p);
        p = db_params(w->arena);
        db_uuid(p, ask->programme);
        ask->programme_result = db_queue(db, &STMT_PROGRAMME, p);
    }
}

static void mark_known(struct notice_ask *ask, struct uuid id)
{
    for (size_t i = 0; i < ask->people_count; i++)
        if (uuid_compare(ask->people[i], id) == 0)
            ask->known[i] = true;
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)w;
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct notice_ask *ask = (struct notice_ask *)item;
        const struct db_result *people = db_result(db, item->result);

        for (int row = 0; row < db_rows(people); row++)
            mark_known(ask, db_get_uuid(people, row, 0));
        ask->programme_known = db_rows(db_result(db, ask->programme_result)) > 0;
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct notice_change *change = (const struct notice_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, change->message);
        db_text(p, span_text(language_code(change->language)));
        db_text(p, change->texts.subject);
        db_text(p, change->texts.text);
        db_text(p, change->texts.html);
        db_queue(db, &STMT_WORDS, p);
    }
}

const struct store_part notice_part = {.load = load, .read = read_all, .save = save};
