/* Open addressing with linear probing, at most half full. See map.h. */
#include "services/enrolment/store/map.h"

#include <assert.h>

#define FIRST_ROOM 64

/* FNV-1a over the bytes, then a multiply to spread: ids of one millisecond share their first bytes. */
static uint32_t key_hash(struct span key)
{
    uint64_t hash = 14695981039346656037ull;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ key.data[i]) * 1099511628211ull;
    return (uint32_t)(hash ^ (hash >> 32));
}

static struct map_slot *slot_of(const struct map *map, struct span key, uint32_t hash)
{
    size_t at = hash & (map->room - 1);

    while (map->slots[at].value != NULL && (map->slots[at].hash != hash || !span_equal(map->slots[at].key, key)))
        at = (at + 1) & (map->room - 1);
    return &map->slots[at];
}

static void map_grow(struct map *map)
{
    const struct map old = *map;

    map->room = old.room == 0 ? FIRST_ROOM : old.room * 2;
    map->slots = arena_array(map->arena, map->room, sizeof *map->slots);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].value != NULL)
            *slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

void *map_get(const struct map *map, struct span key)
{
    return map->room == 0 ? NULL : slot_of(map, key, key_hash(key))->value;
}

void map_put(struct map *map, struct span key, void *value)
{
    assert(value != NULL);
    if (map->count * 2 >= map->room)
        map_grow(map);
    const uint32_t hash = key_hash(key);
    struct map_slot *slot = slot_of(map, key, hash);
    if (slot->value == NULL) {
        *slot = (struct map_slot){.key = arena_copy(map->arena, key), .hash = hash};
        map->count++;
    }
    slot->value = value;
}
