/* A pattern segment is literal text, or {name} with or without a text behind it ("{registrationId}:cancel").
 * A bare {name} never swallows a colon, so that the actions stay apart from the things they act on. */
#include <ctype.h>
#include <string.h>

#include "common/base/alloc.h"
#include "services/gateway/route/match.h"

enum { SEGMENTS_MAX = 8 };

struct segment {
    struct span name; /* of the parameter; empty: literal */
    struct span text; /* the literal, or what follows the parameter */
};
struct pattern {
    struct segment segments[SEGMENTS_MAX];
    size_t count;
};
struct matcher {
    const struct route *rows;
    struct pattern *patterns;
    size_t count;
};

/* Cuts "/a/b" into "a" and "b". Returns how many; more than SEGMENTS_MAX, or a path that does not begin with a slash: 0. */
static size_t cut(struct span path, struct span out[SEGMENTS_MAX])
{
    size_t count = 0, from = 1;
    if (path.len == 0 || path.data[0] != '/')
        return 0;
    for (size_t i = 1; i <= path.len; i++) {
        if (i < path.len && path.data[i] != '/')
            continue;
        if (count == SEGMENTS_MAX)
            return 0;
        out[count++] = span_of(path.data + from, i - from);
        from = i + 1;
    }
    return count;
}

static struct segment segment_of(struct span text)
{
    if (text.len == 0 || text.data[0] != '{')
        return (struct segment){.text = text};
    const uint8_t *close = memchr(text.data, '}', text.len);
    if (!close || close == text.data + 1)
        bug("a route pattern has a brace without a name");
    size_t name = (size_t)(close - text.data) - 1;
    return (struct segment){span_of(text.data + 1, name), span_of(close + 1, text.len - name - 2)};
}

struct matcher *matcher_new(const struct route *rows, size_t count)
{
    struct matcher *matcher = mem_new(sizeof *matcher);
    *matcher = (struct matcher){rows, mem_array(count, sizeof *matcher->patterns), count};
    for (size_t i = 0; i < count; i++) {
        struct span texts[SEGMENTS_MAX];
        struct pattern *p = &matcher->patterns[i];
        p->count = cut(span_text(rows[i].path), texts);
        if (p->count == 0)
            bug("a route pattern is no path");
        for (size_t s = 0; s < p->count; s++)
            p->segments[s] = segment_of(texts[s]);
    }
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    mem_free(matcher->patterns);
    mem_free(matcher);
}

/* The value of the parameter in this piece of the path; false: the piece does not fit. */
static bool segment_value(const struct segment *segment, struct span piece, struct span *value)
{
    if (piece.len <= segment->text.len)
        return false;
    size_t len = piece.len - segment->text.len;
    if (segment->text.len && memcmp(piece.data + len, segment->text.data, segment->text.len) != 0)
        return false;
    *value = span_of(piece.data, len);
    return memchr(piece.data, ':', len) == NULL;
}

static bool pattern_fits(const struct pattern *pattern, const struct span *pieces, struct match *out)
{
    out->count = 0;
    for (size_t i = 0; i < pattern->count; i++) {
        const struct segment *segment = &pattern->segments[i];
        if (segment->name.len == 0) {
            if (!span_equal(segment->text, pieces[i]))
                return false;
            continue;
        }
        if (out->count == MATCH_PARAMETERS)
            bug("a route has more parameters than there is room for");
        struct match_parameter *parameter = &out->parameters[out->count++];
        parameter->name = segment->name;
        if (!segment_value(segment, pieces[i], &parameter->value))
            return false;
    }
    return true;
}

static void allow_add(struct match *out, const char *verb)
{
    size_t len = strlen(out->allow);
    if (strstr(out->allow, verb) || len + strlen(verb) + 3 > sizeof out->allow)
        return;
    if (len) {
        memcpy(out->allow + len, ", ", 2);
        len += 2;
    }
    memcpy(out->allow + len, verb, strlen(verb) + 1);
}

enum err matcher_find(const struct matcher *matcher, const char *verb, struct span path, struct match *out)
{
    struct span pieces[SEGMENTS_MAX];
    size_t count = cut(path, pieces);
    out->allow[0] = 0;
    for (size_t i = 0; count && i < matcher->count; i++) {
        if (matcher->patterns[i].count != count || !pattern_fits(&matcher->patterns[i], pieces, out))
            continue;
        if (strcmp(matcher->rows[i].verb, verb) == 0) {
            out->row = i;
            return ERR_OK;
        }
        allow_add(out, matcher->rows[i].verb);
    }
    return out->allow[0] ? ERR_METHOD : ERR_NOT_FOUND;
}

void match_public_name(struct span name, char out[FIELD_NAME_MAX])
{
    const uint8_t *dot = memchr(name.data, '.', name.len);
    const bool plain_id = dot && span_equal(span_of(dot, name.len - (size_t)(dot - name.data)), span_text(".id"));
    size_t at = 0, i = dot && !plain_id ? (size_t)(dot - name.data) + 1 : 0;
    for (; i < name.len && at < FIELD_NAME_MAX - 1; i++) {
        char c = (char)name.data[i];
        if (c != '.')
            out[at++] = i > 0 && name.data[i - 1] == '.' && plain_id ? (char)toupper((unsigned char)c) : c;
    }
    out[at] = 0;
}
