/* Bump allocation in a chain of blocks. The first block and the arena itself are one piece of heap memory, so a request
 * that stays within it costs one malloc and one free. Each later block is twice as large as the one before (up to 1 MiB,
 * or what one allocation needs), so an arena of n bytes has about log(n) blocks. */
#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/arena.h"

#define ARENA_BLOCK_MIN 256
#define ARENA_BLOCK_MAX ((size_t)1024 * 1024)
#define ARENA_ALIGN     alignof(max_align_t)

struct block {
    struct block *next;
    size_t cap, used;
    alignas(max_align_t) uint8_t bytes[];
};

struct arena {
    struct block *now; /* where the next allocation comes from; the newest block */
    size_t taken;      /* bytes handed out */
    struct block first;
};

static size_t arena_round(size_t size)
{
    return (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
}

struct arena *arena_new(size_t block_size)
{
    size_t cap = arena_round(block_size < ARENA_BLOCK_MIN ? ARENA_BLOCK_MIN : block_size);
    struct arena *arena = mem_grow(NULL, 1, sizeof *arena + cap);

    arena->now = &arena->first;
    arena->taken = 0;
    arena->first = (struct block){.cap = cap};
    return arena;
}

/* The chain runs from the newest block back to the first. */
void arena_reset(struct arena *arena)
{
    while (arena->now != &arena->first) {
        struct block *block = arena->now;
        arena->now = block->next;
        mem_free(block);
    }
    arena->first.used = 0;
    arena->taken = 0;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    mem_free(arena);
}

size_t arena_used(const struct arena *arena)
{
    return arena->taken;
}

static void arena_extend(struct arena *arena, size_t need)
{
    size_t cap = arena->now->cap * 2;

    if (cap > ARENA_BLOCK_MAX)
        cap = ARENA_BLOCK_MAX;
    if (cap < need)
        cap = need;
    struct block *block = mem_grow(NULL, 1, sizeof *block + cap);
    *block = (struct block){.next = arena->now, .cap = cap};
    arena->now = block;
}

void *arena_room(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4)
        bug("an arena is asked for more than there can be");
    size_t need = arena_round(size ? size : 1);
    if (arena->now->cap - arena->now->used < need)
        arena_extend(arena, need);
    void *p = arena->now->bytes + arena->now->used;
    arena->now->used += need;
    arena->taken += need;
    return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_room(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        bug("the size of an array overflows");
    return arena_alloc(arena, count * size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_text(arena, span_text(text));
}

char *arena_text(struct arena *arena, struct span text)
{
    char *copy = arena_room(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    return copy;
}

struct span arena_copy(struct arena *arena, struct span bytes)
{
    if (bytes.len == 0)
        return span_of(NULL, 0);
    return span_of(memcpy(arena_room(arena, bytes.len), bytes.data, bytes.len), bytes.len);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        bug("a format string of ours is wrong");
    char *text = arena_room(arena, (size_t)len + 1);
    va_start(args, format);
    int written = vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    assert(written == len);
    (void)written;
    return text;
}
