/* Publications of chain heads. See publication.h. */
#include "services/enrolment/store/publication.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

/* One statement over all implementations, every few minutes. A head that another replica has published meanwhile is there already. */
static const struct db_stmt ADD_MOVED = {
    "enrolment_publish_heads", "insert into chain_publication (implementation_id, n, hash, entry_at, published_at)"
                               " select i.id, i.chain_n, i.chain_head, i.chain_at, $1::timestamptz from implementation i"
                               " where i.chain_n > coalesce((select max(p.n) from chain_publication p where p.implementation_id = i.id), 0)"
                               " on conflict do nothing"};

static const struct db_stmt LIST = {"enrolment_list_publications",
                                    "select p.implementation_id, g.code, i.code, p.n, p.hash, p.entry_at, p.published_at"
                                    " from (select * from chain_publication order by published_at desc limit $1::integer) p"
                                    " join implementation i on i.id = p.implementation_id join programme g on g.id = i.programme_id"
                                    " order by p.published_at desc, g.code, i.code"};

struct wanted {
    struct part_item item;
    uint32_t limit;
    struct publication *rows;
    size_t count;
};

void publication_want(struct workset *w, const struct job *job, uint32_t limit)
{
    struct wanted *wanted = part_ask(&w->parts, PART_PUBLICATION, job, sizeof *wanted);

    wanted->limit = limit;
}

const struct publication *publication_list(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_PUBLICATION, job);

    *count = wanted->count;
    return wanted->rows;
}

/* Twice in a batch is once. */
void publication_add_moved(struct workset *w)
{
    if (w->parts.rows[PART_PUBLICATION].changes == NULL)
        (void)part_change(&w->parts, PART_PUBLICATION, sizeof(struct part_item));
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);
        db_i32(p, (int32_t)((const struct wanted *)item)->limit);
        item->result = db_queue(db, &LIST, p);
    }
}

static struct publication row_publication(struct workset *w, const struct db_result *r, int row)
{
    struct publication publication = {.implementation = db_get_uuid(r, row, 0),
                                      .programme_code = row_text(w, r, row, 1),
                                      .code = row_text(w, r, row, 2),
                                      .n = (uint32_t)db_get_i32(r, row, 3),
                                      .entry_us = db_get_time(r, row, 5),
                                      .published_us = db_get_time(r, row, 6)};
    const struct span hash = db_get_span(r, row, 4);

    memcpy(publication.hash.b, hash.data, HASH_SIZE);
    return publication;
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        const struct db_result *r = db_result(db, item->result);
        wanted->count = (size_t)db_rows(r);
        wanted->rows = arena_array(w->arena, wanted->count, sizeof *wanted->rows);
        for (int row = 0; row < db_rows(r); row++)
            wanted->rows[row] = row_publication(w, r, row);
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    (void)rows; /* that there is a change says it all */
    db_time(p, w->now_us);
    (void)db_queue(db, &ADD_MOVED, p);
}

const struct store_part publication_part = {.load = load, .read = read, .save = save};
