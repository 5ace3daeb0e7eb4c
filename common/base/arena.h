/* An arena: memory of one request or one batch, given back in one stroke.
 * Not thread-safe: whoever holds the request holds its arena. */
#ifndef HV_BASE_ARENA_H
#define HV_BASE_ARENA_H
#include <stdarg.h>
#include <stddef.h>

#include "common/base/span.h"

struct arena;

struct arena *arena_new(size_t block_size);   /* bytes of the first block; later blocks grow as needed */
void arena_free(struct arena *arena);         /* NULL is fine */
void arena_reset(struct arena *arena);        /* keeps the first block */
size_t arena_used(const struct arena *arena); /* bytes handed out since the last reset */

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type; never NULL */
void *arena_room(struct arena *arena, size_t size);  /* the same, not zeroed: for bytes that are written right away */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_text(struct arena *arena, struct span text); /* copies and ends with NUL */
struct span arena_copy(struct arena *arena, struct span bytes);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
