/* A small hash map on an arena: the rows of one batch by their keys. Keys are bytes (an id, two ids in a row, a caller and its
 * key) and are copied; values are pointers, borrowed. It only grows, and goes away with the arena. */
#ifndef HV_ENROLMENT_STORE_MAP_H
#define HV_ENROLMENT_STORE_MAP_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/span.h"

struct map_slot {
    struct span key;
    void *value; /* NULL: the slot is free */
    uint32_t hash;
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t count, room; /* room is a power of two, or 0 before the first put */
};

static inline struct map map_on(struct arena *arena)
{
    return (struct map){.arena = arena};
}
void *map_get(const struct map *map, struct span key);       /* NULL: not there */
void map_put(struct map *map, struct span key, void *value); /* replaces; value is not NULL */

#endif
