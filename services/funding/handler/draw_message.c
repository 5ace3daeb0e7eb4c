/* See draw_message.h. The seed and the rows are shown once it is drawn, never before. */
#include "services/funding/handler/draw_message.h"

#include <string.h>

#include "common/work/check.h"
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

/* Rows stand in the order of their tags. */
static size_t first_after(const struct draw_ask *draw, struct span after)
{
    size_t i = 0;

    while (after.len > 0 && i < draw->count && memcmp(draw->rows[i].tag.b, after.data, after.len) <= 0)
        i++;
    return i;
}

Funding__Draw *draw_message(struct arena *arena, const struct call *call, const struct draw_ask *draw, struct span after, size_t most)
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
    m->row_count = (uint32_t)draw->count;
    m->rows = arena_array(arena, most + 1, sizeof *m->rows);
    size_t i = first_after(draw, after);
    while (i < draw->count && m->n_rows < most)
        m->rows[m->n_rows++] = row_message(arena, &draw->rows[i++]);
    if (i < draw->count)
        m->next_page_token = page_token(arena, span_of(draw->rows[i - 1].tag.b, sizeof draw->rows->tag.b));
    return m;
}
