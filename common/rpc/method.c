/* Open addressing over at least twice as many slots as there are methods: a request costs one hash and, as a rule, one
 * comparison. Cases for events may stand in the same tables of a service; they cannot be called from outside. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/rpc/method.h"

struct method_table {
    size_t mask, room; /* slots - 1; methods that may still be added */
    const struct work_case **slots;
};

struct method_table *method_table_new(size_t capacity)
{
    struct method_table *table = mem_new(sizeof *table);
    size_t slots = 16;

    while (slots < capacity * 2)
        slots *= 2;
    table->mask = slots - 1;
    table->room = capacity;
    const struct work_case **cases = mem_array(slots, sizeof *cases);
    table->slots = cases;
    return table;
}

void method_table_free(struct method_table *table)
{
    if (!table)
        return;
    mem_free(table->slots);
    mem_free(table);
}

/* The slot that holds this name, or the empty one where it would go. */
static size_t method_slot(const struct method_table *table, const char *name)
{
    size_t slot = hash_fnv(HASH_FNV_START, span_text(name)) & table->mask;

    while (table->slots[slot] && strcmp(table->slots[slot]->name, name) != 0)
        slot = (slot + 1) & table->mask;
    return slot;
}

void method_add(struct method_table *table, const struct work_case *kase)
{
    if (kase->kind == WORK_EVENT)
        return;
    size_t slot = method_slot(table, kase->name);
    if (table->slots[slot])
        bug("two cases of one service have the same method name");
    if (table->room == 0)
        bug("a method table was made too small");
    table->room--;
    table->slots[slot] = kase;
}

const struct work_case *method_find(const struct method_table *table, const char *name)
{
    return table->slots[method_slot(table, name)];
}
