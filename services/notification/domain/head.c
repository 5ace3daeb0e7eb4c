/* See head.h. */
#include "services/notification/domain/head.h"

#include <string.h>

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool head_same(struct span a, struct span b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

bool head_begins(struct span text, const char *prefix)
{
    const size_t len = strlen(prefix);

    return text.len >= len && head_same(span_of(text.data, len), span_of(prefix, len));
}

struct span head_trim(struct span text)
{
    while (text.len > 0 && is_blank(text.data[0]))
        text = span_of(text.data + 1, text.len - 1);
    while (text.len > 0 && is_blank(text.data[text.len - 1]))
        text.len--;
    return text;
}

struct span head_line(struct span *rest)
{
    const uint8_t *end = rest->len > 0 ? memchr(rest->data, '\n', rest->len) : NULL;
    size_t len = end != NULL ? (size_t)(end - rest->data) : rest->len;
    struct span line = span_of(rest->data, len);

    len += end != NULL;
    *rest = span_of(rest->data + len, rest->len - len);
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

struct span head_take(struct span *rest)
{
    const uint8_t *from = NULL;

    while (rest->len > 0) {
        const uint8_t *begin = rest->data;
        const bool empty = head_trim(head_line(rest)).len == 0;
        if (empty && from != NULL)
            return span_of(from, (size_t)(begin - from));
        if (!empty && from == NULL)
            from = begin;
    }
    return from != NULL ? span_of(from, (size_t)(rest->data - from)) : span_of(NULL, 0);
}

/* A line that begins with a blank goes on with the field before. */
static bool goes_on(struct span rest)
{
    return rest.len > 0 && (rest.data[0] == ' ' || rest.data[0] == '\t');
}

bool head_find(struct span head, const char *name, struct span *value)
{
    const size_t len = strlen(name);

    while (head.len > 0) {
        struct span line = head_line(&head);
        const uint8_t *begin = line.data;
        while (goes_on(head))
            line = head_line(&head);
        const struct span field = span_of(begin, (size_t)(line.data + line.len - begin));
        if (!head_begins(field, name))
            continue;
        const struct span behind = head_trim(span_of(field.data + len, field.len - len));
        if (behind.len > 0 && behind.data[0] == ':') {
            *value = head_trim(span_of(behind.data + 1, behind.len - 1));
            return true;
        }
    }
    return false;
}

bool head_type_is(struct span value, const char *type)
{
    const size_t len = strlen(type);

    if (!head_begins(value, type))
        return false;
    return type[len - 1] == '/' || value.len == len || value.data[len] == ';' || is_blank(value.data[len]);
}

/* Takes the next piece up to a semicolon off; one in quotes does not end it. */
static struct span next_piece(struct span *rest)
{
    bool quoted = false;
    size_t len = 0;

    for (; len < rest->len && (quoted || rest->data[len] != ';'); len++)
        quoted ^= rest->data[len] == '"';
    const struct span piece = head_trim(span_of(rest->data, len));
    len += len < rest->len;
    *rest = span_of(rest->data + len, rest->len - len);
    return piece;
}

bool head_parameter(struct span value, const char *name, struct span *out)
{
    const size_t len = strlen(name);

    (void)next_piece(&value); /* the type itself */
    while (value.len > 0) {
        struct span piece = next_piece(&value);
        if (!head_begins(piece, name))
            continue;
        piece = head_trim(span_of(piece.data + len, piece.len - len));
        if (piece.len == 0 || piece.data[0] != '=')
            continue;
        piece = head_trim(span_of(piece.data + 1, piece.len - 1));
        if (piece.len >= 2 && piece.data[0] == '"' && piece.data[piece.len - 1] == '"')
            piece = span_of(piece.data + 1, piece.len - 2);
        *out = piece;
        return piece.len > 0 && piece.len <= 200 && memchr(piece.data, '\\', piece.len) == NULL;
    }
    return false;
}
