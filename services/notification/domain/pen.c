/* Bounded writing with or without escaping (pen.h). */
#include "services/notification/domain/pen.h"

#include <string.h>

struct pen pen_init(char *text, size_t size, bool escape)
{
    text[0] = '\0';
    return (struct pen){.text = text, .size = size, .escape = escape};
}

void pen_put(struct pen *pen, const char *text, size_t len)
{
    if (pen->full || len >= pen->size - pen->len) {
        pen->full = true;
        return;
    }
    if (len > 0)
        memcpy(pen->text + pen->len, text, len);
    pen->len += len;
    pen->text[pen->len] = '\0';
}

void pen_words(struct pen *pen, const char *text)
{
    pen_put(pen, text, strlen(text));
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return "<br>\n";
    default:
        return NULL;
    }
}

static void put_escaped(struct pen *pen, const char *text, size_t len, bool breaks)
{
    size_t from = 0;

    for (size_t at = 0; at < len; at++) {
        const char *instead = text[at] == '\n' && !breaks ? NULL : entity(text[at]);
        if (instead == NULL)
            continue;
        pen_put(pen, text + from, at - from);
        pen_words(pen, instead);
        from = at + 1;
    }
    pen_put(pen, text + from, len - from);
}

void pen_escaped(struct pen *pen, const char *text, size_t len)
{
    put_escaped(pen, text, len, false);
}

void pen_value(struct pen *pen, struct span value)
{
    if (pen->escape)
        put_escaped(pen, (const char *)value.data, value.len, true);
    else
        pen_put(pen, (const char *)value.data, value.len);
}

static void put_items(struct pen *pen, const char *at, const char *end)
{
    pen_words(pen, "<ul>\n");
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL)
            line_end = end;
        if (line_end - at >= 2 && memcmp(at, "- ", 2) == 0)
            at += 2;
        pen_words(pen, "<li>");
        pen_escaped(pen, at, (size_t)(line_end - at));
        pen_words(pen, "</li>\n");
        at = line_end < end ? line_end + 1 : end;
    }
    pen_words(pen, "</ul>");
}

void pen_list(struct pen *pen, struct span lines)
{
    while (lines.len > 0 && lines.data[lines.len - 1] == '\n')
        lines.len--;
    if (pen->escape)
        put_items(pen, (const char *)lines.data, (const char *)lines.data + lines.len);
    else
        pen_put(pen, (const char *)lines.data, lines.len);
}
