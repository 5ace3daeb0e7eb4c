/* The part "presentation" of the store: see presentation.h. The schema looks whether each is of the version that is there. */
#include "services/funding/store/presentation.h"

/* $1 applications $2 versions $3 versions of the applications $4 persons $5 at */
static const struct db_stmt STMT_ADD = {"presentation_add",
                                        "insert into presentation (application_id, version, submitted_version, person_id, presented_at) "
                                        "select p.*, $5::timestamptz from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[]) as p "
                                        "on conflict do nothing"};

struct presentation_change {
    struct part_item item; /* first */
    const struct assessment *assessment;
    int64_t submitted_version;
    struct uuid person;
};

void presentation_add(struct workset *w, const struct assessment *assessment, int64_t submitted_version, struct uuid person)
{
    struct presentation_change *c = part_change(&w->parts, PART_PRESENTATION, sizeof *c);

    c->assessment = assessment;
    c->submitted_version = submitted_version;
    c->person = person;
}

#define COLUMN(type, add, value)                                                                                                           \
    do {                                                                                                                                   \
        db_array(p, type, count);                                                                                                          \
        for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {                                              \
            const struct presentation_change *c = (const struct presentation_change *)item;                                                \
            add(p, value);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t count = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        count++;
    COLUMN(DB_UUID, db_array_uuid, c->assessment->application_id);
    COLUMN(DB_I64, db_array_i64, c->assessment->version);
    COLUMN(DB_I64, db_array_i64, c->submitted_version);
    COLUMN(DB_UUID, db_array_uuid, c->person);
    db_time(p, w->now_us);
    (void)db_queue(db, &STMT_ADD, p);
}

const struct store_part presentation_part = {.save = save};
