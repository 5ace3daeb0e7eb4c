/* The part "enclosure" of the store: see enclosure.h. */
#include "services/notification/store/enclosure.h"

#include "services/notification/store/facts.h"
#include "services/notification/store/text_of.h"

static const struct db_stmt STMT_TOLD = {"enclosure_told", "select recipient_id, facts::text from message where id = $1"};
/* $1 message $2 the file whose content is wanted. When its words are gone, so are its files, though somebody else's message may have them.
 */
static const struct db_stmt STMT_FILES = {
    "enclosure_files",
    "select a.n, a.name, a.media_type, length(a.content), case when a.n = $2::int then a.content end from message m cross join lateral "
    "(select * from attachment where event_id = m.event_id order by n limit " TEXT_OF(
        ATTACHMENTS_MAX) ") a "
                         "where m.id = $1 and m.attached and not m.bare order by a.n"};

struct enclosure_ask *enclosure_ask(struct workset *w, const struct job *job, struct uuid message, int32_t n)
{
    struct enclosure_ask *ask = part_ask(&w->parts, PART_ENCLOSURE, job, sizeof *ask);

    ask->message = message;
    ask->n = n;
    return ask;
}

struct enclosure_ask *enclosure_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_ENCLOSURE, job);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct enclosure_ask *ask = (struct enclosure_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->message);
        item->result = db_queue(db, &STMT_TOLD, p);
        p = db_params(w->arena);
        db_uuid(p, ask->message);
        db_i32(p, ask->n);
        ask->files_result = db_queue(db, &STMT_FILES, p);
    }
}

static void read_files(struct workset *w, struct enclosure_ask *ask, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r) && ask->count < ATTACHMENTS_MAX; row++)
        ask->files[ask->count++] =
            (struct enclosure){.n = db_get_i32(r, row, 0),
                               .name = arena_copy(w->arena, db_get_span(r, row, 1)),
                               .media_type = arena_copy(w->arena, db_get_span(r, row, 2)),
                               .size = db_get_i32(r, row, 3),
                               .content = db_get_null(r, row, 4) ? span_of(NULL, 0) : arena_copy(w->arena, db_get_span(r, row, 4))};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct enclosure_ask *ask = (struct enclosure_ask *)item;
        const struct db_result *told = db_result(db, item->result);

        ask->found = db_rows(told) == 1;
        if (!ask->found)
            continue;
        ask->recipient_id = db_get_uuid(told, 0, 0);
        (void)facts_decode(w->arena, db_get_span(told, 0, 1), &ask->facts); /* what is not there is not shown */
        read_files(w, ask, db_result(db, ask->files_result));
    }
}

const struct store_part enclosure_part = {.load = load, .read = read_all};
