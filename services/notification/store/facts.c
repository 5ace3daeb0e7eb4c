/* Writing and reading the flat JSON of facts.h. It is our own writing that comes back, so the reader knows no nesting. */
#include "services/notification/store/facts.h"

#include <inttypes.h>
#include <stdio.h>

/* --- writing ------------------------------------------------------------------------------------------------------- */
static size_t escaped_size(struct span text)
{
    size_t size = 2;

    for (size_t i = 0; i < text.len; i++)
        size += text.data[i] < 0x20 ? 6 : text.data[i] == '"' || text.data[i] == '\\' ? 2 : 1;
    return size;
}

/* A NUL cannot be kept in PostgreSQL's text: it becomes a space. */
static char *put_string(char *at, struct span text)
{
    *at++ = '"';
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i] == '\0' ? ' ' : text.data[i];
        if (c < 0x20) {
            at += sprintf(at, "\\u%04x", c);
        } else {
            if (c == '"' || c == '\\')
                *at++ = '\\';
            *at++ = (char)c;
        }
    }
    *at++ = '"';
    return at;
}

#define NAME_ROOM   40 /* a name with its quotes, colon and comma */
#define NUMBER_ROOM 24

static size_t fact_size(const struct fact *fact, enum fact_type type)
{
    return NAME_ROOM + (type == FACT_TEXT || type == FACT_LIST ? escaped_size(fact->text) : NUMBER_ROOM);
}

static char *put_fact(char *at, enum fact_name name, const struct fact *fact)
{
    at += sprintf(at, "\"%s\":", fact_text_name(name));
    switch (fact_type_of(name)) {
    case FACT_TEXT:
    case FACT_LIST:
        return put_string(at, fact->text);
    case FACT_FLAG:
        return at + sprintf(at, "%s", fact->number != 0 ? "true" : "false");
    case FACT_NUMBER:
    case FACT_MOMENT:
    case FACT_MONEY:
        break;
    }
    return at + sprintf(at, "%" PRId64, fact->number);
}

struct span facts_encode(struct arena *arena, const struct facts *facts)
{
    size_t size = 3;
    char *text, *at;

    for (enum fact_name name = 0; name < FACT_COUNT_OF; name++)
        if (facts->of[name].known)
            size += fact_size(&facts->of[name], fact_type_of(name));
    at = text = arena_alloc(arena, size);
    *at++ = '{';
    for (enum fact_name name = 0; name < FACT_COUNT_OF; name++) {
        if (!facts->of[name].known)
            continue;
        if (at[-1] != '{')
            *at++ = ',';
        at = put_fact(at, name, &facts->of[name]);
    }
    *at++ = '}';
    return span_of(text, (size_t)(at - text));
}

/* --- reading ------------------------------------------------------------------------------------------------------- */
struct reader {
    struct arena *arena;
    const uint8_t *at, *end;
};

static void skip_space(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t'))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != (uint8_t)c)
        return false;
    r->at++;
    return true;
}

static bool take_word(struct reader *r, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

/* jsonb writes characters beyond ASCII as they are, so \u is a control character only. */
static bool take_hex(struct reader *r, uint8_t *out)
{
    unsigned value = 0;

    if (r->end - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        const char *digit = strchr("0123456789abcdef", *r->at | 0x20);
        if (digit == NULL || *r->at == '\0')
            return false;
        value = value * 16 + (unsigned)(digit - "0123456789abcdef");
        r->at++;
    }
    *out = (uint8_t)value;
    return value < 0x80;
}

static bool take_escape(struct reader *r, uint8_t *out)
{
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (r->at == r->end)
        return false;
    if (*r->at == 'u') {
        r->at++;
        return take_hex(r, out);
    }
    found = *r->at == '\0' ? NULL : strchr(FROM, *r->at);
    if (found == NULL)
        return false;
    r->at++;
    *out = (uint8_t)TO[found - FROM];
    return true;
}

static bool take_string(struct reader *r, struct span *out)
{
    uint8_t *text;
    size_t len = 0;

    if (!take(r, '"'))
        return false;
    const uint8_t *close = r->at;
    while (close < r->end && *close != '"')
        close += *close == '\\' ? 2 : 1;
    if (close >= r->end)
        return false;
    text = arena_alloc(r->arena, (size_t)(close - r->at) + 1);
    while (*r->at != '"') {
        if (*r->at != '\\') {
            text[len++] = *r->at++;
            continue;
        }
        r->at++;
        if (!take_escape(r, &text[len++]))
            return false;
    }
    r->at++;
    *out = span_of(text, len);
    return true;
}

static bool take_integer(struct reader *r, int64_t *out)
{
    bool negative = take_word(r, "-"), any = false;
    int64_t value = 0;

    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, any = true) {
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *r->at - '0', &value))
            return false;
    }
    *out = negative ? -value : value;
    return any;
}

enum json_value { VALUE_STRING, VALUE_INTEGER, VALUE_FLAG };

static bool take_value(struct reader *r, enum json_value *kind, struct fact *out)
{
    skip_space(r);
    *out = (struct fact){.known = true, .text = span_text("")};
    if (r->at < r->end && *r->at == '"') {
        *kind = VALUE_STRING;
        return take_string(r, &out->text);
    }
    *kind = VALUE_FLAG;
    out->number = 1;
    if (take_word(r, "true"))
        return true;
    out->number = 0;
    if (take_word(r, "false"))
        return true;
    *kind = VALUE_INTEGER;
    return take_integer(r, &out->number);
}

static enum json_value value_of(enum fact_type type)
{
    switch (type) {
    case FACT_TEXT:
    case FACT_LIST:
        return VALUE_STRING;
    case FACT_FLAG:
        return VALUE_FLAG;
    case FACT_NUMBER:
    case FACT_MOMENT:
    case FACT_MONEY:
        break;
    }
    return VALUE_INTEGER;
}

static bool take_fact(struct reader *r, struct facts *out)
{
    enum json_value kind;
    enum fact_name name;
    struct span text;
    struct fact fact;

    if (!take_string(r, &text) || !take(r, ':') || !take_value(r, &kind, &fact))
        return false;
    if (fact_find(text, &name) && kind == value_of(fact_type_of(name)))
        out->of[name] = fact;
    return true;
}

static bool take_object(struct reader *r, struct facts *out)
{
    if (!take(r, '{'))
        return false;
    if (take(r, '}'))
        return true;
    do {
        if (!take_fact(r, out))
            return false;
    } while (take(r, ','));
    return take(r, '}');
}

bool facts_decode(struct arena *arena, struct span json, struct facts *out)
{
    struct reader r = {.arena = arena, .at = json.data, .end = json.data + json.len};

    *out = (struct facts){.of = {{0}}};
    if (take_object(&r, out))
        return true;
    *out = (struct facts){.of = {{0}}};
    return false;
}
