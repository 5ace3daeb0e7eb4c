/* See part.h. A batch has hundreds of jobs, each looking for what it asked itself: it stands where the job before found its own, or
 * right behind, so nobody walks far and no index is kept. */
#include "common/work/part.h"

#include <assert.h>

void parts_init(struct parts *parts, struct arena *arena, const struct store_part *const *table, size_t count)
{
    *parts = (struct parts){.arena = arena, .table = table, .count = count, .rows = arena_array(arena, count, sizeof(struct part_rows))};
    for (size_t i = 0; i < count; i++) {
        parts->rows[i].asks_end = &parts->rows[i].asks;
        parts->rows[i].changes_end = &parts->rows[i].changes;
    }
}

void *part_ask(struct parts *parts, size_t part, const struct job *job, size_t size)
{
    struct part_item *item = arena_alloc(parts->arena, size);
    struct part_rows *rows = &parts->rows[part];

    assert(rows->at == NULL || rows->at->job != job); /* needs runs job by job: a second ask would come right behind the first */
    item->job = job;
    item->result = -1;
    *rows->asks_end = item;
    rows->asks_end = &item->next;
    rows->at = item;
    return item;
}

/* From where the last one was found to the end, and from the beginning to there. */
void *part_asked(const struct parts *parts, size_t part, const struct job *job)
{
    struct part_rows *rows = &parts->rows[part];
    struct part_item *const from = rows->at;

    for (struct part_item *item = from; item != NULL; item = item->next)
        if (item->job == job)
            return rows->at = item;
    for (struct part_item *item = rows->asks; item != from; item = item->next)
        if (item->job == job)
            return rows->at = item;
    return NULL;
}

void *part_change(struct parts *parts, size_t part, size_t size)
{
    struct part_item *item = arena_alloc(parts->arena, size);
    struct part_rows *rows = &parts->rows[part];

    item->result = -1;
    *rows->changes_end = item;
    rows->changes_end = &item->next;
    return item;
}

static bool is_wanted(const struct part_rows *rows)
{
    return rows->asks != NULL || rows->own != NULL;
}

void parts_load(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if (is_wanted(&parts->rows[i]) && parts->table[i]->load != NULL)
            parts->table[i]->load(w, &parts->rows[i], db);
}

void parts_read(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if (is_wanted(&parts->rows[i]) && parts->table[i]->read != NULL)
            parts->table[i]->read(w, &parts->rows[i], db);
}

void parts_save(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if ((parts->rows[i].changes != NULL || parts->rows[i].own != NULL) && parts->table[i]->save != NULL)
            parts->table[i]->save(w, &parts->rows[i], db);
}
