/* Cleaning texts: character by character, copying what a file of any of our kinds can hold and a replacement for what it cannot. */
#include <string.h>

#include "common/base/utf8.h"
#include "common/doc/clean.h"

/* Bytes of the character that begins here, 0 when it is none. */
static size_t clean_step(const char *p)
{
    size_t left = strnlen(p, 4);

    for (size_t len = 1; len <= left; len++)
        if (utf8_valid(span_of(p, len)))
            return len;
    return 0;
}

/* XML 1.0 has neither control characters nor U+FFFE and U+FFFF; the others take the same rule, so that a text is the same everywhere. */
static bool clean_may_stay(const char *p, size_t len)
{
    unsigned char c = (unsigned char)p[0];

    if (len == 1)
        return (c >= 0x20 && c != 0x7f) || c == '\t' || c == '\n';
    return !(len == 3 && c == 0xef && (unsigned char)p[1] == 0xbf && (unsigned char)p[2] >= 0xbe);
}

void clean_add(struct buf *out, const char *text)
{
    for (const char *p = text ? text : ""; *p != '\0';) {
        size_t len = clean_step(p);
        if (len == 1 && *p == '\r') {
            p++;
            continue;
        }
        if (len != 0 && clean_may_stay(p, len))
            buf_add(out, p, len);
        else
            buf_text(out, "\xef\xbf\xbd");
        p += len != 0 ? len : 1;
    }
    *buf_extend(out, 1) = '\0';
    out->len--;
}
