/* Chance that can be had again: a small generator (SplitMix64) whose seed is the whole of a history. Everything a history does is
 * drawn from it, so the seed that failed tells the story again. */
#ifndef HV_TESTS_PROPERTY_RANDOM_H
#define HV_TESTS_PROPERTY_RANDOM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_draw(struct chance *c)
{
    uint64_t z = c->state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}
/* 0 .. below - 1; 0 when there is nothing to choose from. */
static inline uint32_t chance_below(struct chance *c, size_t below)
{
    return below == 0 ? 0 : (uint32_t)(chance_draw(c) % below);
}
static inline uint32_t chance_between(struct chance *c, uint32_t least, uint32_t most)
{
    return least + chance_below(c, most - least + 1);
}
static inline bool chance_percent(struct chance *c, uint32_t percent)
{
    return chance_below(c, 100) < percent;
}

#endif
