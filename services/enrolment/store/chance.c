/* Figures for the chances of those who wait. See chance.h. */
#include "services/enrolment/store/chance.h"

#include "services/enrolment/store/part.h"

/* By the index of the active registrations of a person: a handful. */
static const struct db_stmt LOAD_CHANCES = {
    "enrolment_load_chances",
    "select r.id, i.capacity, i.given_up, (select min(opens_at) from application_window where programme_id = r.programme_id),"
    " (select max(w.starts_at) from unit u join webinar w on w.unit_id = u.id where u.programme_id = r.programme_id and not w.cancelled)"
    " from registration r cross join lateral (select capacity, given_up from implementation where id = r.implementation_id limit 1) i"
    " where r.person_id = $1 and r.state in (1, 2, 4, 5) and r.state = 2"};

struct chance_row {
    struct uuid registration;
    struct chance_facts facts;
};
struct chance_asked {
    struct part_item item;
    struct uuid person;
    struct chance_row *rows;
    size_t count;
};

void chance_want(struct workset *w, const struct job *job, struct uuid person)
{
    struct chance_asked *asked = part_ask(&w->parts, PART_CHANCE, job, sizeof *asked);
    asked->person = person;
}

const struct chance_facts *chance_found(const struct workset *w, const struct job *job, struct uuid registration)
{
    const struct chance_asked *asked = part_asked(&w->parts, PART_CHANCE, job);

    for (size_t i = 0; asked != NULL && i < asked->count; i++)
        if (uuid_compare(asked->rows[i].registration, registration) == 0)
            return &asked->rows[i].facts;
    return NULL;
}

static void chance_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ((const struct chance_asked *)item)->person);
        item->result = db_queue(db, &LOAD_CHANCES, p);
    }
}

static void chance_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct chance_asked *asked = (struct chance_asked *)item;
        const struct db_result *r = db_result(db, item->result);
        asked->count = (size_t)db_rows(r);
        asked->rows = arena_array(w->arena, asked->count, sizeof *asked->rows);
        for (int row = 0; row < db_rows(r); row++)
            asked->rows[row] = (struct chance_row){.registration = db_get_uuid(r, row, 0),
                                                   .facts = {.capacity = (uint32_t)db_get_i32(r, row, 1),
                                                             .given_up = (uint32_t)db_get_i32(r, row, 2),
                                                             .since_us = db_get_time(r, row, 3),
                                                             .until_us = db_get_time(r, row, 4)}};
    }
}

const struct store_part chance_part = {.load = chance_load, .read = chance_read};
