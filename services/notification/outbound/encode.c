/* See encode.h. Written into the buffer in runs, since a letter with its files is some hundred kilobytes. */
#include "services/notification/outbound/encode.h"

#include <stdbool.h>

#define BASE64_BYTES 57 /* of a line of 76 characters */
#define PIECE        40 /* characters of a piece of a parameter */

static const char HEX[] = "0123456789ABCDEF";

void encode_hex(struct buf *out, uint8_t byte)
{
    uint8_t *at = buf_extend(out, 3);

    at[0] = '=';
    at[1] = (uint8_t)HEX[byte >> 4];
    at[2] = (uint8_t)HEX[byte & 15];
}

/* Bytes of the line's end at text: 0, LF is one, CRLF two. */
static size_t line_end(struct span text, size_t at)
{
    if (at < text.len && text.data[at] == '\n')
        return 1;
    return at + 1 < text.len && text.data[at] == '\r' && text.data[at + 1] == '\n' ? 2 : 0;
}

/* As it is in quoted-printable? A dot that begins a line is not, so that no relay's dot-stuffing is needed for it. */
static bool plain(uint8_t c, bool ends_line, size_t column)
{
    if (c == ' ' || c == '\t')
        return !ends_line;
    return c > 32 && c < 127 && c != '=' && !(c == '.' && column == 0);
}

void encode_quoted(struct buf *out, struct span text)
{
    size_t column = 0, ends;

    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        if ((ends = line_end(text, i)) > 0) {
            buf_add(out, "\r\n", 2);
            column = 0;
            i += ends - 1;
            continue;
        }
        bool last = i + 1 == text.len || line_end(text, i + 1) > 0;
        size_t cost = plain(c, last, column) ? 1 : 3;
        if (column + cost > ENCODE_LINE - 1) {
            buf_add(out, "=\r\n", 3);
            column = 0;
            cost = plain(c, last, column) ? 1 : 3;
        }
        if (cost == 1)
            *buf_extend(out, 1) = c;
        else
            encode_hex(out, c);
        column += cost;
    }
    if (column > 0)
        buf_add(out, "\r\n", 2);
}

static void base64_line(struct buf *out, const uint8_t *from, size_t len)
{
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t *to = buf_extend(out, (len + 2) / 3 * 4 + 2);

    for (size_t i = 0; i < len; i += 3) {
        uint32_t three = (uint32_t)from[i] << 16;
        three |= i + 1 < len ? (uint32_t)from[i + 1] << 8 : 0;
        three |= i + 2 < len ? from[i + 2] : 0;
        *to++ = (uint8_t)ALPHABET[three >> 18];
        *to++ = (uint8_t)ALPHABET[three >> 12 & 63];
        *to++ = i + 1 < len ? (uint8_t)ALPHABET[three >> 6 & 63] : '=';
        *to++ = i + 2 < len ? (uint8_t)ALPHABET[three & 63] : '=';
    }
    to[0] = '\r';
    to[1] = '\n';
}

void encode_base64(struct buf *out, struct span bytes)
{
    for (size_t at = 0; at < bytes.len; at += BASE64_BYTES)
        base64_line(out, bytes.data + at, bytes.len - at < BASE64_BYTES ? bytes.len - at : BASE64_BYTES);
}

/* attribute-char of RFC 2231 section 7, the letters and digits of it and three more. */
static bool parameter_plain(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

void encode_parameter(struct buf *out, const char *name, struct span value)
{
    unsigned piece = 0;
    size_t column = PIECE;

    for (size_t i = 0; i < value.len; i++) {
        if (column >= PIECE) {
            buf_printf(out, ";\r\n %s*%u*=%s", name, piece, piece == 0 ? "UTF-8''" : "");
            piece++;
            column = 0;
        }
        uint8_t c = value.data[i];
        if (parameter_plain(c)) {
            buf_u8(out, c);
            column++;
        } else {
            buf_u8(out, '%');
            buf_u8(out, (uint8_t)HEX[c >> 4]);
            buf_u8(out, (uint8_t)HEX[c & 15]);
            column += 3;
        }
    }
}
