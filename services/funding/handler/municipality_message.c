/* See municipality_message.h. */
#include "services/funding/handler/municipality_message.h"

#include "services/funding/handler/convert.h"

static void put_dimensions(struct arena *arena, Municipal__Municipality *m, const struct municipality *from)
{
    m->dimensions = arena_array(arena, from->dimension_count + 1, sizeof *m->dimensions);
    for (size_t i = 0; i < from->dimension_count; i++) {
        Municipal__ImpactDimension *to = m->dimensions[m->n_dimensions++] = arena_alloc(arena, sizeof *to);

        municipal__impact_dimension__init(to);
        to->n = (uint32_t)from->dimensions[i].n;
        to->title = convert_texts(arena, from->dimensions[i].title);
    }
}

static void put_officials(struct arena *arena, Municipal__Municipality *m, const struct municipality *from)
{
    m->officials = arena_array(arena, from->official_count + 1, sizeof *m->officials);
    for (size_t i = 0; i < from->official_count; i++) {
        Municipal__Official *to = m->officials[m->n_officials++] = arena_alloc(arena, sizeof *to);

        municipal__official__init(to);
        to->person_id = convert_id(arena, from->officials[i].person_id);
        to->office = (Municipal__Office)from->officials[i].office;
        to->name = convert_text(from->officials[i].name);
        to->title = convert_texts(arena, from->officials[i].title);
    }
}

static void put_seats(struct arena *arena, Municipal__Board *m, const struct board *from)
{
    m->seats = arena_array(arena, from->seat_count + 1, sizeof *m->seats);
    for (size_t i = 0; i < from->seat_count; i++) {
        Municipal__Seat *to = m->seats[m->n_seats++] = arena_alloc(arena, sizeof *to);

        municipal__seat__init(to);
        to->person_id = convert_id(arena, from->seats[i].person_id);
        to->kind = (Municipal__SeatKind)from->seats[i].kind;
        to->name = convert_text(from->seats[i].name);
    }
}

static void put_boards(struct arena *arena, Municipal__Municipality *m, const struct municipality *from, bool whole)
{
    m->boards = arena_array(arena, from->board_count + 1, sizeof *m->boards);
    for (size_t i = 0; i < from->board_count; i++) {
        Municipal__Board *to = m->boards[m->n_boards++] = arena_alloc(arena, sizeof *to);

        municipal__board__init(to);
        to->id = convert_id(arena, from->boards[i].id);
        to->code = convert_text(from->boards[i].code);
        to->title = convert_texts(arena, from->boards[i].title);
        if (!whole)
            continue;
        to->last_section = (uint32_t)from->boards[i].last_section;
        put_seats(arena, to, &from->boards[i]);
    }
}

static void put_languages(struct arena *arena, Municipal__Municipality *m, const struct municipality *from)
{
    m->languages = arena_array(arena, 2, sizeof *m->languages);
    if (from->finnish)
        m->languages[m->n_languages++] = convert_text("fi");
    if (from->swedish)
        m->languages[m->n_languages++] = convert_text("sv");
}

Municipal__Municipality *municipality_message(struct arena *arena, const struct municipality *municipality, bool whole)
{
    Municipal__Municipality *m = arena_alloc(arena, sizeof *m);

    municipal__municipality__init(m);
    m->id = convert_id(arena, municipality->id);
    m->code = convert_text(municipality->code);
    m->name = convert_texts(arena, municipality->name);
    m->contact = convert_text(municipality->contact);
    m->names_days = (uint32_t)municipality->names_days;
    m->series = convert_text(municipality->series);
    m->version = (uint64_t)municipality->version;
    put_languages(arena, m, municipality);
    put_dimensions(arena, m, municipality);
    put_boards(arena, m, municipality, whole);
    if (whole)
        put_officials(arena, m, municipality);
    return m;
}
