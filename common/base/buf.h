/* A growing byte buffer on the heap, for whoever builds a message or a text piece by piece. Zero it to begin. */
#ifndef HV_BASE_BUF_H
#define HV_BASE_BUF_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/span.h"

struct buf {
    uint8_t *data;
    size_t len, cap;
};

void buf_fini(struct buf *buf); /* frees; the buffer may be used again */
void buf_clear(struct buf *buf);
uint8_t *buf_extend(struct buf *buf, size_t len); /* makes room for len more bytes, counts them in, returns where they begin */
void buf_add(struct buf *buf, const void *data, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_u8(struct buf *buf, uint8_t v);
void buf_be16(struct buf *buf, uint16_t v); /* big-endian, as PostgreSQL's binary formats and our records want it */
void buf_be32(struct buf *buf, uint32_t v);
void buf_be64(struct buf *buf, uint64_t v);
static inline struct span buf_span(const struct buf *buf)
{
    return span_of(buf->data, buf->len);
}

#endif
