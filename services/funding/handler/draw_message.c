/* See draw_message.h. The seed and the rows are shown once it is drawn, never before. */
#include "services/funding/handler/draw_message.h"

#include "services/funding/handler/convert.h"

static Funding__DrawRow *row_message(struct arena *arena, const struct draw_row *row)
{
    Funding__DrawRow *m = arena_alloc(arena, sizeof *m);

    funding__draw_row__init(m);
    m->application_id = convert_id(arena, row->award_id);
    m->register_number = convert_text(row->register_number);
    m->tag = convert_bytes(span_of(row->tag.b, sizeof row->tag.b));
    m->drawn = row->drawn;
    return m;
}

Funding__Draw *draw_message(struct arena *arena, const struct call *call, const struct draw_ask *draw)
{
    Funding__Draw *m = arena_alloc(arena, sizeof *m);

    funding__draw__init(m);
    m->call_id = convert_id(arena, call->id);
    m->commitment = convert_bytes(span_of(draw->commitment.b, sizeof draw->commitment.b));
    m->committed_us = draw->committed_us;
    m->sample_permille = (uint32_t)draw->permille;
    if (draw->drawn_us == 0)
        return m;
    m->seed = convert_bytes(span_of(draw->seed, sizeof draw->seed));
    m->beacon = convert_text(draw->beacon);
    m->drawn_us = draw->drawn_us;
    m->rows = arena_array(arena, draw->count + 1, sizeof *m->rows);
    for (size_t i = 0; i < draw->count; i++)
        m->rows[m->n_rows++] = row_message(arena, &draw->rows[i]);
    return m;
}
