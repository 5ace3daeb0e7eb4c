/* The table of the parts, and what each of them needs. See part.h. */
#include "services/enrolment/store/part.h"

#include <string.h>

static const struct store_part *const PARTS[PART_COUNT] = {
    [PART_ANSWER] = &answer_part,     [PART_INVITATION] = &invitation_part,     [PART_TEAM] = &team_part,
    [PART_CHANGE] = &change_part,     [PART_UNIT_USE] = &unit_use_part,         [PART_LEARNING] = &learning_part,
    [PART_PLAN] = &plan_part,         [PART_ANNOUNCEMENT] = &announcement_part, [PART_SHEET] = &sheet_part,
    [PART_FAIRNESS] = &fairness_part, [PART_PUBLICATION] = &publication_part,   [PART_ERASURE] = &erasure_part,
    [PART_CHANCE] = &chance_part,
};

struct part_key {
    const struct job *job;
    size_t part;
};

void *part_ask(struct workset *w, enum part part, const struct job *job, size_t size)
{
    const struct part_key key = {.job = job, .part = part};
    struct part_item *item = arena_alloc(w->arena, size);

    memset(item, 0, size);
    item->result = -1;
    *w->parts[part].asks_end = item;
    w->parts[part].asks_end = &item->next;
    map_put(&w->asked, span_of(&key, sizeof key), item);
    return item;
}

void *part_asked(const struct workset *w, enum part part, const struct job *job)
{
    const struct part_key key = {.job = job, .part = part};
    return map_get(&w->asked, span_of(&key, sizeof key));
}

void *part_change(struct workset *w, enum part part, size_t size)
{
    struct part_item *item = arena_alloc(w->arena, size);

    memset(item, 0, size);
    *w->parts[part].changes_end = item;
    w->parts[part].changes_end = &item->next;
    return item;
}

void parts_load(struct workset *w, struct db *db)
{
    for (size_t i = 0; i < PART_COUNT; i++)
        if (PARTS[i]->load != NULL)
            PARTS[i]->load(w, db);
}

void parts_read(struct workset *w, struct db *db)
{
    for (size_t i = 0; i < PART_COUNT; i++)
        if (PARTS[i]->read != NULL)
            PARTS[i]->read(w, db);
}

void parts_save(struct workset *w, struct db *db)
{
    for (size_t i = 0; i < PART_COUNT; i++)
        if (PARTS[i]->save != NULL)
            PARTS[i]->save(w, db);
}
