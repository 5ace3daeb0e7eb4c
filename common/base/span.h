/* A span: bytes somebody else owns. Not ended by NUL. An empty span may have data == NULL. */
#ifndef HV_BASE_SPAN_H
#define HV_BASE_SPAN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const uint8_t *data;
    size_t len;
};

static inline struct span span_of(const void *data, size_t len)
{
    return (struct span){(const uint8_t *)data, len};
}
static inline struct span span_text(const char *text)
{
    return span_of(text, text ? strlen(text) : 0);
}
static inline bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

#endif
