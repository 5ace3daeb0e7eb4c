/* See part.h. Lists of a batch are short, so what a job asked is found by walking them. */
#include "common/work/part.h"

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

    item->job = job;
    item->result = -1;
    *rows->asks_end = item;
    rows->asks_end = &item->next;
    return item;
}

void *part_asked(const struct parts *parts, size_t part, const struct job *job)
{
    for (struct part_item *item = parts->rows[part].asks; item != NULL; item = item->next)
        if (item->job == job)
            return item;
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

void parts_load(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->rows[i].asks != NULL && parts->table[i]->load != NULL)
            parts->table[i]->load(w, &parts->rows[i], db);
}

void parts_read(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->rows[i].asks != NULL && parts->table[i]->read != NULL)
            parts->table[i]->read(w, &parts->rows[i], db);
}

void parts_save(struct parts *parts, struct workset *w, struct db *db)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->rows[i].changes != NULL && parts->table[i]->save != NULL)
            parts->table[i]->save(w, &parts->rows[i], db);
}
