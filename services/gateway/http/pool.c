/* The pool of exchanges. A bounded number is kept for the next request, with their buffers as long as those are small. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/gateway/http/pool.h"

enum { POOL_KEEPS = 1024, ARENA_BYTES = 4096, BUFFER_KEEPS = 16 * 1024, PATH_LONGEST = 16 * 1024 };

void pool_init(struct exchange_pool *pool, int64_t reading_us, int64_t waiting_us)
{
    *pool = (struct exchange_pool){.reading.patience_us = reading_us, .waiting.patience_us = waiting_us};
    random_bytes(pool->trace_seed, sizeof pool->trace_seed);
}

static void exchange_free(struct exchange *x)
{
    arena_free(x->arena);
    buf_fini(&x->body);
    buf_fini(&x->out);
    mem_free(x);
}

void pool_fini(struct exchange_pool *pool)
{
    while (pool->free) {
        struct exchange *x = pool->free;
        pool->free = x->next;
        exchange_free(x);
    }
    pool->free_count = 0;
}

static void target_split(struct exchange *x)
{
    size_t len = strnlen(x->target, PATH_LONGEST);
    const char *mark = memchr(x->target, '?', len);
    size_t path = mark ? (size_t)(mark - x->target) : len;
    x->path = span_of(x->target, path);
    x->query = mark ? span_of(mark + 1, len - path - 1) : span_of(NULL, 0);
}

struct exchange *pool_take(struct exchange_pool *pool, struct http_server *server, const char *target)
{
    struct exchange *x = pool->free;
    if (x) {
        pool->free = x->next;
        pool->free_count--;
        x->next = NULL;
    } else {
        x = mem_new(sizeof *x);
        x->arena = arena_new(ARENA_BYTES);
    }
    pool->open++;
    x->server = server;
    x->started_us = time_steady_us();
    x->target = arena_strdup(x->arena, target);
    target_split(x);
    list_add(&pool->reading, x, x->started_us);
    return x;
}

static void buffer_keep_small(struct buf *buf)
{
    buf_clear(buf);
    if (buf->cap > BUFFER_KEEPS)
        buf_fini(buf);
}

void pool_return(struct exchange_pool *pool, struct exchange *x)
{
    pool->open--;
    if (pool->free_count >= POOL_KEEPS) {
        exchange_free(x);
        return;
    }
    struct arena *arena = x->arena;
    buffer_keep_small(&x->body);
    buffer_keep_small(&x->out);
    arena_reset(arena);
    *x = (struct exchange){.arena = arena, .body = x->body, .out = x->out, .next = pool->free};
    pool->free = x;
    pool->free_count++;
}

void list_add(struct exchange_list *list, struct exchange *x, int64_t now_us)
{
    x->deadline_us = now_us + list->patience_us;
    x->prev = list->last;
    x->next = NULL;
    *(list->last ? &list->last->next : &list->first) = x;
    list->last = x;
    x->listed = true;
}

void list_remove(struct exchange_list *list, struct exchange *x)
{
    if (!x->listed)
        return;
    *(x->prev ? &x->prev->next : &list->first) = x->next;
    *(x->next ? &x->next->prev : &list->last) = x->prev;
    x->prev = x->next = NULL;
    x->listed = false;
}

struct exchange *list_overdue(struct exchange_list *list, int64_t now_us)
{
    struct exchange *x = list->first;
    if (!x || x->deadline_us > now_us)
        return NULL;
    list_remove(list, x);
    return x;
}

/* The finalizer of splitmix64: every bit of the input moves every bit of the output. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static bool lower_hex(const char *text, size_t len)
{
    bool some = false; /* all zeros is not an id */
    for (size_t i = 0; i < len; i++) {
        if (!strchr("0123456789abcdef", text[i]) || !text[i])
            return false;
        some |= text[i] != '0';
    }
    return some;
}

static bool trace_valid(const char *t)
{
    return strlen(t) == 55 && memcmp(t, "00-", 3) == 0 && t[35] == '-' && t[52] == '-' && lower_hex(t + 3, 32) && lower_hex(t + 36, 16) &&
           strspn(t + 53, "0123456789abcdef") == 2;
}

static void hex16(char *out, uint64_t value)
{
    for (int i = 15; i >= 0; i--, value >>= 4)
        out[i] = "0123456789abcdef"[value & 15];
}

void trace_adopt(struct exchange_pool *pool, const char *traceparent, char out[EXCHANGE_TRACE])
{
    if (traceparent && trace_valid(traceparent)) {
        memcpy(out, traceparent, EXCHANGE_TRACE);
        return;
    }
    uint64_t n = ++pool->trace_count;
    memcpy(out, "00-", 3);
    hex16(out + 3, mix(pool->trace_seed[0] + n * 0x9e3779b97f4a7c15u));
    hex16(out + 19, mix(pool->trace_seed[1] + n * 0x9e3779b97f4a7c15u));
    out[35] = '-';
    hex16(out + 36, mix(pool->trace_seed[0] ^ pool->trace_seed[1] ^ n) | 1);
    memcpy(out + 52, "-01", 4);
}
