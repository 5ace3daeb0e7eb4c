/* A growing buffer. It doubles, so building n bytes copies each byte about twice at worst; what it grows to is bounded by
 * its user (the senders by wire/limits.h). Integers go in big-endian, the order of the network and of PostgreSQL. */
#include <stdarg.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"

#define BUF_MIN 256

void buf_fini(struct buf *buf)
{
    mem_free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

uint8_t *buf_extend(struct buf *buf, size_t len)
{
    if (len > SIZE_MAX / 4 - buf->len)
        bug("a buffer is asked for more than there can be");
    size_t need = buf->len + len;
    if (need > buf->cap || !buf->data) {
        size_t cap = buf->cap ? buf->cap : BUF_MIN;
        while (cap < need)
            cap *= 2;
        buf->data = mem_grow(buf->data, cap, 1);
        buf->cap = cap;
    }
    uint8_t *start = buf->data + buf->len;
    buf->len = need;
    return start;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
    if (len)
        memcpy(buf_extend(buf, len), data, len);
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        bug("a format string of ours is wrong");
    /* vsnprintf wants room for its NUL; the byte is given back after. */
    char *room = (char *)buf_extend(buf, (size_t)len + 1);
    va_start(args, format);
    int written = vsnprintf(room, (size_t)len + 1, format, args);
    va_end(args);
    if (written != len)
        bug("a text changed while it was formatted");
    buf->len--;
}

void buf_u8(struct buf *buf, uint8_t v)
{
    *buf_extend(buf, 1) = v;
}

static void buf_be(struct buf *buf, uint64_t v, unsigned size)
{
    uint8_t *p = buf_extend(buf, size);

    for (unsigned i = 0; i < size; i++)
        p[i] = (uint8_t)(v >> (8 * (size - 1 - i)));
}

void buf_be16(struct buf *buf, uint16_t v)
{
    buf_be(buf, v, 2);
}

void buf_be32(struct buf *buf, uint32_t v)
{
    buf_be(buf, v, 4);
}

void buf_be64(struct buf *buf, uint64_t v)
{
    buf_be(buf, v, 8);
}
