/* Rows and counters: what the database holds is what the model says. */
#include "tests/service/enrolment/property/book.h"

#include <inttypes.h>

static void same(struct book *book, const char *what, int of, int64_t found, int64_t expected)
{
    if (found != expected)
        story_wrong(book->story, "%s of %d is %" PRId64 ", the model says %" PRId64, what, of, found, expected);
}

static void check_programme(struct book *book, const struct db_result *r)
{
    const struct model *m = book->m;

    same(book, "cap", WHOLE, db_get_i32(r, 0, 0), m->cap);
    same(book, "taken", WHOLE, db_get_i32(r, 0, 1), model_taken(m, WHOLE));
    same(book, "waiting", WHOLE, db_get_i32(r, 0, 2), model_count(m, WHOLE, QUEUED));
    same(book, "held", WHOLE, db_get_i32(r, 0, 3), model_count(m, WHOLE, HELD) + model_count(m, WHOLE, OFFERED));
    same(book, "reserved", WHOLE, db_get_i32(r, 0, 4), model_reserved(m, WHOLE));
    same(book, "last order", WHOLE, db_get_i32(r, 0, 5), (int64_t)m->row_count);
    same(book, "version", WHOLE, db_get_i64(r, 0, 6), (int64_t)m->version);
}

static void check_place(struct book *book, const struct db_result *r, int place)
{
    const struct model *m = book->m;
    const struct place *p = &m->places[place];

    same(book, "capacity", place, db_get_i32(r, place, 1), p->capacity);
    same(book, "waiting cap", place, db_get_i32(r, place, 2), p->waiting_cap);
    same(book, "taken", place, db_get_i32(r, place, 3), model_taken(m, place));
    same(book, "waiting", place, db_get_i32(r, place, 4), model_count(m, place, QUEUED));
    same(book, "held", place, db_get_i32(r, place, 5), model_count(m, place, HELD) + model_count(m, place, OFFERED));
    same(book, "reserved", place, db_get_i32(r, place, 6), model_reserved(m, place));
    same(book, "version", place, db_get_i64(r, place, 8), (int64_t)p->version);
}

/* The line as the service writes it: domain/line.h says how a place in line becomes one number. */
static int64_t line_of(const struct row *row)
{
    return (int64_t)((uint64_t)(9 - row->priority) << 56 | (uint64_t)row->behind << 20 | row->pass);
}

static void same_id(struct book *book, const char *what, int of, struct uuid found, struct uuid expected)
{
    char text[UUID_TEXT], wanted[UUID_TEXT];

    uuid_format(found, text);
    uuid_format(expected, wanted);
    if (uuid_compare(found, expected) != 0)
        story_wrong(book->story, "%s of row %d is %s, the model says %s", what, of, text, wanted);
}

static struct uuid row_id(const struct model *m, int row)
{
    return row == NOBODY ? (struct uuid){{0}} : m->rows[row].id;
}

static void check_row(struct book *book, const struct db_result *r, int at)
{
    const struct model *m = book->m;
    const struct row *row = &m->rows[at];
    const struct uuid nil = {{0}};

    same_id(book, "id", at, db_get_uuid(r, at, 0), row->id);
    same_id(book, "implementation", at, db_get_uuid(r, at, 1), m->places[row->place].id);
    same_id(book, "person", at, db_get_uuid(r, at, 2), model_person_id(m, row->person));
    same(book, "state of row", at, db_get_i16(r, at, 3), row->state);
    same(book, "order number of row", at, db_get_i32(r, at, 4), row->order_no);
    same(book, "programme order of row", at, db_get_i32(r, at, 5), row->programme_order);
    if (row->state == QUEUED)
        same(book, "line of row", at, db_get_i64(r, at, 6), line_of(row));
    if (row->state != CANCELLED && row->state != TRANSFERRED)
        same(book, "end of row", at, db_get_time(r, at, 7), row->due_us);
    same_id(book, "origin", at, db_get_uuid(r, at, 8), row_id(m, row->origin));
    same_id(book, "invitation", at, db_get_uuid(r, at, 9), row->invitation == NOBODY ? nil : m->invites[row->invitation].id);
    same(book, "review of row", at, db_get_i16(r, at, 10), row->review);
    same(book, "team of row", at, db_get_bool(r, at, 11), row->of_team);
}

static void check_invitation(struct book *book, const struct db_result *r, int at)
{
    for (size_t i = 0; i < book->m->invite_count; i++) {
        const struct invite *v = &book->m->invites[i];
        if (uuid_compare(v->id, db_get_uuid(r, at, 0)) != 0)
            continue;
        same(book, "used of invitation", (int)i, db_get_i32(r, at, 2), v->used);
        same(book, "over of invitation", (int)i, db_get_bool(r, at, 3), v->over);
        return;
    }
    story_wrong(book->story, "an invitation nobody made");
}

/* After the last tick each opening and closing that has come was told, and none that has not. */
static void check_window(struct book *book, const struct db_result *r, int at)
{
    const struct model *m = book->m;

    for (size_t i = 0; i < m->round_count; i++) {
        const struct round *round = &m->rounds[i];
        if (round->gone || uuid_compare(round->id, db_get_uuid(r, at, 0)) != 0)
            continue;
        same(book, "opening of window", (int)i, db_get_time(r, at, 1), round->opens_us);
        same(book, "closing of window", (int)i, db_get_time(r, at, 2), round->closes_us);
        same(book, "quota of window", (int)i, db_get_i32(r, at, 3), round->quota);
        same(book, "used of window", (int)i, db_get_i32(r, at, 4), round->used);
        same(book, "opening told of window", (int)i, db_get_bool(r, at, 5), round->opens_us <= book->now_us);
        same(book, "closing told of window", (int)i, db_get_bool(r, at, 6), round->closes_us <= book->now_us);
        return;
    }
    story_wrong(book->story, "a window nobody made");
}

static int live_windows(const struct model *m)
{
    int count = 0;

    for (size_t i = 0; i < m->round_count; i++)
        count += !m->rounds[i].gone;
    return count;
}

void book_rows(struct book *book, const struct db_result *programme, const struct db_result *places, const struct db_result *rows,
               const struct db_result *invitations, const struct db_result *windows)
{
    const struct model *m = book->m;

    same(book, "number of programmes", WHOLE, db_rows(programme), 1);
    same(book, "number of implementations", WHOLE, db_rows(places), (int64_t)m->place_count);
    same(book, "number of rows", WHOLE, db_rows(rows), (int64_t)m->row_count);
    same(book, "number of invitations", WHOLE, db_rows(invitations), (int64_t)m->invite_count);
    same(book, "number of windows", WHOLE, db_rows(windows), live_windows(m));
    if (db_rows(programme) == 1)
        check_programme(book, programme);
    for (int i = 0; i < db_rows(places) && i < (int)m->place_count; i++)
        check_place(book, places, i);
    for (int i = 0; i < db_rows(rows) && i < (int)m->row_count; i++)
        check_row(book, rows, i);
    for (int i = 0; i < db_rows(invitations); i++)
        check_invitation(book, invitations, i);
    for (int i = 0; i < db_rows(windows); i++)
        check_window(book, windows, i);
}
