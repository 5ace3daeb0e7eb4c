/* Units that somebody has attended or completed. See unit_use.h. */
#include "services/enrolment/store/unit_use.h"

#include "services/enrolment/store/part.h"

/* Two indexes a unit, the first row of each. */
static const struct db_stmt LOAD_UNIT_USE = {
    "enrolment_load_unit_use",
    "select u.id from unit u where u.programme_id = any (array(select $1::uuid union select id from programme where code = $2))"
    " and (exists (select from attendance a where a.unit_id = u.id) or exists (select from completion c where c.unit_id = u.id))"};

struct wanted {
    struct part_item item;
    struct uuid programme;
    const char *code;
    struct uuid *units;
    size_t count;
};

void unit_use_want(struct workset *w, const struct job *job, struct uuid programme, const char *code)
{
    struct wanted *wanted = part_ask(&w->parts, PART_UNIT_USE, job, sizeof *wanted);

    wanted->programme = programme;
    wanted->code = code;
}

bool unit_in_use(const struct workset *w, const struct job *job, struct uuid unit)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_UNIT_USE, job);

    for (size_t i = 0; wanted != NULL && i < wanted->count; i++)
        if (uuid_compare(wanted->units[i], unit) == 0)
            return true;
    return false;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct wanted *wanted = (const struct wanted *)item;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, wanted->programme);
        db_text(p, span_text(wanted->code));
        item->result = db_queue(db, &LOAD_UNIT_USE, p);
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        const struct db_result *r = db_result(db, item->result);
        wanted->count = (size_t)db_rows(r);
        wanted->units = arena_array(w->arena, wanted->count, sizeof *wanted->units);
        for (int row = 0; row < db_rows(r); row++)
            wanted->units[row] = db_get_uuid(r, row, 0);
    }
}

const struct store_part unit_use_part = {.load = load, .read = read};
