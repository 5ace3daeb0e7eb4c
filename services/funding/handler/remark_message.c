/* See remark_message.h. An answer holds as many of the newest as fit it well. */
#include "services/funding/handler/remark_message.h"

#include "services/funding/handler/convert.h"

#define BYTES_MAX ((size_t)240 * 1024)

static Funding__Remark *message(struct arena *arena, const struct remark *remark)
{
    Funding__Remark *m = arena_alloc(arena, sizeof *m);

    funding__remark__init(m);
    m->id = convert_id(arena, remark->id);
    m->person_id = convert_id(arena, remark->person_id);
    m->at_us = remark->at_us;
    m->words = convert_text(remark->words);
    return m;
}

Funding__RemarkList *remark_list_message(struct arena *arena, const struct remark_ask *found, const struct remark *added)
{
    Funding__RemarkList *list = arena_alloc(arena, sizeof *list);
    size_t bytes = 0, from = found->count;

    funding__remark_list__init(list);
    while (from > 0 && bytes + strlen(found->rows[from - 1].words) + 80 < BYTES_MAX)
        bytes += strlen(found->rows[--from].words) + 80;
    list->remarks = arena_array(arena, found->count - from + 1, sizeof *list->remarks);
    for (; from < found->count; from++)
        list->remarks[list->n_remarks++] = message(arena, &found->rows[from]);
    if (added != NULL)
        list->remarks[list->n_remarks++] = message(arena, added);
    return list;
}
