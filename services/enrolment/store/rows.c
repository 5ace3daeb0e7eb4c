/* Result rows to a programme and its parts. The parts arrive ordered by programme, so each programme's share is one run of rows
 * and becomes one array. */
#include "services/enrolment/store/rows.h"

#include <string.h>

const char *row_text(struct workset *w, const struct db_result *r, int row, int col)
{
    return arena_text(w->arena, db_get_span(r, row, col));
}

struct text row_texts(struct workset *w, const struct db_result *r, int row, int col)
{
    return (struct text){.fi = row_text(w, r, row, col), .sv = row_text(w, r, row, col + 1), .en = row_text(w, r, row, col + 2)};
}

static uint32_t row_u32(const struct db_result *r, int row, int col)
{
    return (uint32_t)db_get_i32(r, row, col);
}

/* How many rows from `row` on carry the same id in column `col`. */
static int run_length(const struct db_result *r, int row, int col)
{
    const struct uuid id = db_get_uuid(r, row, col);
    int end = row + 1;

    while (end < db_rows(r) && uuid_compare(db_get_uuid(r, end, col), id) == 0)
        end++;
    return end - row;
}

void rows_programmes(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct programme *p = arena_alloc(w->arena, sizeof *p);
        p->id = db_get_uuid(r, row, 0);
        p->cap = row_u32(r, row, 1);
        p->taken = row_u32(r, row, 2);
        p->waiting = row_u32(r, row, 3);
        p->last_order = row_u32(r, row, 4);
        p->reply_hours = row_u32(r, row, 5);
        p->version = (uint64_t)db_get_i64(r, row, 6);
        p->code = row_text(w, r, row, 7);
        p->title = row_texts(w, r, row, 8);
        p->credits_tenths = row_u32(r, row, 11);
        p->held = row_u32(r, row, 12);
        p->reserved = row_u32(r, row, 13);
        p->last_pass = row_u32(r, row, 14);
        p->last_change = row_u32(r, row, 15);
        p->offer_hours = row_u32(r, row, 16);
        p->hold_minutes = row_u32(r, row, 17);
        p->moderated = db_get_bool(r, row, 18);
        p->edit_until_us = db_get_time(r, row, 19);
        p->plan_required = db_get_bool(r, row, 20);
        p->retention_days = row_u32(r, row, 21);
        p->forgotten_us = db_get_time(r, row, 22);
        p->described = w->units;
        p->stored = true;
        workset_hold_programme(w, p);
    }
}

static void row_implementation(struct workset *w, const struct db_result *r, int row, struct implementation *i)
{
    i->id = db_get_uuid(r, row, 1);
    i->capacity = row_u32(r, row, 2);
    i->taken = row_u32(r, row, 3);
    i->waiting = row_u32(r, row, 4);
    i->waiting_cap = row_u32(r, row, 5);
    i->last_order = row_u32(r, row, 6);
    i->version = (uint64_t)db_get_i64(r, row, 7);
    i->chain_n = row_u32(r, row, 8);
    const struct span head = db_get_span(r, row, 9);
    if (head.len == sizeof i->chain_head.b)
        memcpy(i->chain_head.b, head.data, head.len);
    i->chain_at_us = db_get_time(r, row, 10);
    i->code = row_text(w, r, row, 11);
    i->region = row_text(w, r, row, 12);
    i->ordinal = row_u32(r, row, 13);
    i->organiser = row_texts(w, r, row, 14);
    i->title = row_texts(w, r, row, 17);
    i->audience = row_texts(w, r, row, 20);
    i->places = row_text(w, r, row, 23);
    i->mode = (enum mode)db_get_i16(r, row, 24);
    i->held = row_u32(r, row, 25);
    i->reserved = row_u32(r, row, 26);
    i->given_up = row_u32(r, row, 27);
}

void rows_implementations(struct workset *w, const struct db_result *r)
{
    for (int row = 0, run; row < db_rows(r); row += run) {
        run = run_length(r, row, 0);
        struct programme *p = workset_programme(w, db_get_uuid(r, row, 0));
        if (p == NULL)
            continue;
        p->implementations = arena_array(w->arena, (size_t)run, sizeof *p->implementations);
        p->implementation_count = (size_t)run;
        for (int i = 0; i < run; i++) {
            row_implementation(w, r, row + i, &p->implementations[i]);
            p->implementations[i].programme = p;
        }
        workset_hold_programme(w, p);
    }
}

/* A programme's own rules come first (implementation null), then those of each implementation. */
void rows_rules(struct workset *w, const struct db_result *r)
{
    const struct rule **rules;
    size_t *count;

    for (int row = 0, run; row < db_rows(r); row += run) {
        struct programme *p = workset_programme(w, db_get_uuid(r, row, 0));
        struct implementation *i = workset_implementation(w, db_get_uuid(r, row, 1));
        run = 1;
        while (row + run < db_rows(r) && uuid_compare(db_get_uuid(r, row + run, 1), db_get_uuid(r, row, 1)) == 0 &&
               uuid_compare(db_get_uuid(r, row + run, 0), db_get_uuid(r, row, 0)) == 0)
            run++;
        if (p == NULL || (i == NULL && !db_get_null(r, row, 1)))
            continue;
        rules = i != NULL ? &i->rules : &p->rules;
        count = i != NULL ? &i->rule_count : &p->rule_count;
        struct rule *made = arena_array(w->arena, (size_t)run, sizeof *made);
        for (int n = 0; n < run; n++)
            made[n] = (struct rule){.rule = row_text(w, r, row + n, 2),
                                    .fact = row_text(w, r, row + n, 3),
                                    .allowed = row_text(w, r, row + n, 4),
                                    .reason = row_texts(w, r, row + n, 5),
                                    .review = db_get_bool(r, row + n, 8)};
        *rules = made;
        *count = (size_t)run;
    }
}

void rows_windows(struct workset *w, const struct db_result *r)
{
    for (int row = 0, run; row < db_rows(r); row += run) {
        run = run_length(r, row, 0);
        struct programme *p = workset_programme(w, db_get_uuid(r, row, 0));
        if (p == NULL)
            continue;
        p->windows = arena_array(w->arena, (size_t)run, sizeof *p->windows);
        p->window_count = (size_t)run;
        for (int i = 0; i < run; i++)
            p->windows[i] = (struct window){.id = db_get_uuid(r, row + i, 1),
                                            .opens_us = db_get_time(r, row + i, 2),
                                            .closes_us = db_get_time(r, row + i, 3),
                                            .opened_told = db_get_bool(r, row + i, 4),
                                            .closed_told = db_get_bool(r, row + i, 5),
                                            .quota = row_u32(r, row + i, 6),
                                            .used = row_u32(r, row + i, 7)};
    }
}

/* One unit with its webinars: `run` rows from `row` on, with nulls for a unit that has none. */
static void row_unit(struct workset *w, const struct db_result *r, int row, int run, struct unit *unit)
{
    *unit = (struct unit){.id = db_get_uuid(r, row, 1),
                          .ordinal = row_u32(r, row, 2),
                          .title = row_texts(w, r, row, 3),
                          .credits_tenths = row_u32(r, row, 6)};
    if (db_get_null(r, row, 7))
        return;
    struct webinar *webinars = arena_array(w->arena, (size_t)run, sizeof *webinars);
    for (int i = 0; i < run; i++)
        webinars[i] = (struct webinar){.starts_us = db_get_time(r, row + i, 7),
                                       .ends_us = db_get_time(r, row + i, 8),
                                       .advance_notice = db_get_bool(r, row + i, 9),
                                       .id = db_get_uuid(r, row + i, 10),
                                       .sequence = row_u32(r, row + i, 11),
                                       .cancelled = db_get_bool(r, row + i, 12)};
    unit->webinars = webinars;
    unit->webinar_count = (size_t)run;
}

void rows_units(struct workset *w, const struct db_result *r)
{
    for (int row = 0, run; row < db_rows(r); row += run) {
        run = run_length(r, row, 0);
        struct programme *p = workset_programme(w, db_get_uuid(r, row, 0));
        if (p == NULL)
            continue;
        struct unit *units = arena_array(w->arena, (size_t)run, sizeof *units);
        size_t count = 0;
        for (int at = row, of_unit; at < row + run; at += of_unit) {
            of_unit = run_length(r, at, 1);
            row_unit(w, r, at, of_unit, &units[count++]);
        }
        p->units = units;
        p->unit_count = count;
    }
}
