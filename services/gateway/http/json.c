/* JSON text, RFC 8259. Control characters, the quote and the backslash are escaped, and '<' too: so that no answer can
 * ever be read as a page by a careless browser. The rest is UTF-8 as it stands. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "services/gateway/http/json.h"

static bool plain(uint8_t c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != '<';
}

static void escape(struct buf *out, uint8_t c)
{
    static const char HEX[] = "0123456789abcdef";
    static const char SHORT[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *s = SHORT; *s; s += 2) {
        if ((uint8_t)*s == c) {
            const char two[2] = {'\\', s[1]};
            buf_add(out, two, sizeof two);
            return;
        }
    }
    const char six[6] = {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]};
    buf_add(out, six, sizeof six);
}

void json_text(struct buf *out, struct span text)
{
    buf_u8(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (plain(text.data[i]))
            continue;
        buf_add(out, text.data + from, i - from);
        escape(out, text.data[i]);
        from = i + 1;
    }
    if (from < text.len)
        buf_add(out, text.data + from, text.len - from);
    buf_u8(out, '"');
}

void json_name(struct buf *out, bool *first, const char *name)
{
    size_t len = strlen(name);
    uint8_t *at = buf_extend(out, len + 3 + (*first ? 0 : 1));
    if (!*first)
        *at++ = ',';
    *first = false;
    *at++ = '"';
    memcpy(at, name, len);
    at[len] = '"';
    at[len + 1] = ':';
}

void json_uint(struct buf *out, uint64_t value)
{
    char digits[20];
    char *at = digits + sizeof digits;
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    buf_add(out, at, (size_t)(digits + sizeof digits - at));
}

void json_int(struct buf *out, int64_t value)
{
    if (value < 0)
        buf_u8(out, '-');
    json_uint(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void json_double(struct buf *out, double value)
{
    if (isnan(value))
        buf_text(out, "\"NaN\"");
    else if (isinf(value))
        buf_text(out, value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    else
        buf_printf(out, "%.17g", value);
}
