/* The reader of patterns: quoting, arguments and their branches, as ICU reads them (pattern_read.h). */
#include "services/notification/domain/pattern_read.h"

#include <string.h>

#define NUMBER_DIGITS 9 /* of =N and offset:N */

struct reader reader_init(struct span pattern)
{
    return (struct reader){.text = (const char *)pattern.data, .end = pattern.len};
}

static struct piece wrong_at(struct reader *r, size_t at, enum wrong what)
{
    if (r->wrong == WRONG_NOTHING) {
        r->wrong = what;
        r->wrong_at = at;
    }
    return (struct piece){.kind = PIECE_WRONG, .at = r->wrong_at};
}

/* The character at a place, NUL behind the end: a pattern has none of its own (pattern_check). */
static char peek(const struct reader *r, size_t ahead)
{
    return r->at + ahead < r->end ? r->text[r->at + ahead] : '\0';
}

static bool special(char c, bool plural)
{
    return c == '{' || c == '}' || (c == '#' && plural);
}

static struct piece text_from(const struct reader *r, size_t from, size_t to)
{
    return (struct piece){.kind = PIECE_TEXT, .at = from, .text = span_of(r->text + from, to - from)};
}

/* Within apostrophes: up to the closing one. Two are one, and the quotation goes on. */
static struct piece read_quoted(struct reader *r)
{
    size_t from = r->at;

    while (r->at < r->end && r->text[r->at] != '\'')
        r->at++;
    if (r->at == r->end)
        return wrong_at(r, from - 1, WRONG_QUOTATION);
    bool twice = peek(r, 1) == '\'';
    struct piece piece = text_from(r, from, r->at + twice);
    r->quoted = twice;
    r->at += 1 + twice;
    return piece;
}

/* An apostrophe outside a quotation: a doubled one is one, one before a special character quotes, any other stands for itself. */
static struct piece read_apostrophe(struct reader *r, bool plural)
{
    size_t from = r->at++;

    if (special(peek(r, 0), plural)) {
        r->quoted = true;
        return read_quoted(r);
    }
    if (peek(r, 0) == '\'')
        r->at++;
    return text_from(r, from, from + 1);
}

static struct piece read_text(struct reader *r, bool plural)
{
    size_t from = r->at;

    while (r->at < r->end && r->text[r->at] != '\'' && !special(r->text[r->at], plural))
        r->at++;
    return text_from(r, from, r->at);
}

static void skip_blank(struct reader *r)
{
    while (r->at < r->end && memchr(" \t\r\n", r->text[r->at], 4) != NULL)
        r->at++;
}

/* Blanks, a word of letters, digits and _ (of a key also =), blanks. */
static struct span read_word(struct reader *r, bool key)
{
    skip_blank(r);
    size_t from = r->at;
    while (r->at < r->end) {
        char c = r->text[r->at];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!letter && !(key && c == '='))
            break;
        r->at++;
    }
    struct span word = span_of(r->text + from, r->at - from);
    skip_blank(r);
    return word;
}

static bool read_number(struct span digits, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
        *out = *out * 10 + (digits.data[i] - '0');
    }
    return digits.len > 0 && digits.len <= NUMBER_DIGITS;
}

bool key_number(struct span key, int64_t *out)
{
    return key.len > 1 && key.data[0] == '=' && key.len <= NUMBER_DIGITS + 1 && read_number(span_of(key.data + 1, key.len - 1), out);
}

/* "offset:1" before the branches of a plural, if it is there. */
static void read_offset(struct reader *r, struct piece *piece)
{
    static const char OFFSET[] = "offset:";

    skip_blank(r);
    size_t from = r->at;
    if (r->end - from < strlen(OFFSET) || memcmp(r->text + from, OFFSET, strlen(OFFSET)) != 0)
        return;
    r->at += strlen(OFFSET);
    struct span digits = read_word(r, false);
    if (digits.len > NUMBER_DIGITS || !read_number(digits, &piece->offset))
        *piece = wrong_at(r, from, WRONG_OFFSET);
}

/* "{name" is read: what follows its comma. */
static void read_type(struct reader *r, struct piece *piece)
{
    size_t from = r->at;

    piece->type = read_word(r, false);
    bool plural = span_equal(piece->type, span_text("plural"));
    if (plural || span_equal(piece->type, span_text("select"))) {
        if (peek(r, 0) != ',') {
            *piece = wrong_at(r, r->at, WRONG_CHOICE_COMMA);
            return;
        }
        r->at++;
        piece->kind = plural ? PIECE_PLURAL : PIECE_SELECT;
        if (plural)
            read_offset(r, piece);
        return;
    }
    if (peek(r, 0) == ',') {
        r->at++;
        piece->style = read_word(r, false);
    }
    if (piece->type.len == 0)
        *piece = wrong_at(r, from, WRONG_TYPE);
    else if (peek(r, 0) != '}')
        *piece = wrong_at(r, r->at, WRONG_ARGUMENT_OPEN);
    else
        r->at++;
}

static struct piece read_argument(struct reader *r)
{
    struct piece piece = {.kind = PIECE_VALUE, .at = r->at++};

    piece.name = read_word(r, false);
    if (piece.name.len == 0)
        return wrong_at(r, piece.at, WRONG_NAME);
    if (peek(r, 0) == ',') {
        r->at++;
        read_type(r, &piece);
        return piece;
    }
    if (peek(r, 0) != '}')
        return wrong_at(r, r->at, WRONG_NAME_END);
    r->at++;
    return piece;
}

struct piece read_piece(struct reader *r, bool plural)
{
    if (r->wrong != WRONG_NOTHING)
        return wrong_at(r, 0, r->wrong);
    if (r->quoted)
        return read_quoted(r);
    if (r->at == r->end)
        return (struct piece){.kind = PIECE_END, .at = r->at};
    switch (r->text[r->at]) {
    case '{':
        return read_argument(r);
    case '}':
        return (struct piece){.kind = PIECE_CLOSE, .at = r->at++};
    case '\'':
        return read_apostrophe(r, plural);
    case '#':
        if (plural)
            return (struct piece){.kind = PIECE_SHARP, .at = r->at++};
        return read_text(r, plural);
    default:
        return read_text(r, plural);
    }
}

bool read_branch(struct reader *r, struct branch *out)
{
    if (r->wrong != WRONG_NOTHING)
        return false;
    skip_blank(r);
    if (peek(r, 0) == '}') {
        r->at++;
        return false;
    }
    out->at = r->at;
    out->key = read_word(r, true);
    if (out->key.len == 0)
        wrong_at(r, out->at, WRONG_NEXT_BRANCH);
    else if (peek(r, 0) != '{')
        wrong_at(r, r->at, WRONG_KEY_END);
    else if (r->depth == PATTERN_DEEP)
        wrong_at(r, out->at, WRONG_DEEP);
    else
        r->at++;
    return r->wrong == WRONG_NOTHING;
}

void read_past(struct reader *r, bool plural)
{
    r->depth++;
    for (;;) {
        struct piece piece = read_piece(r, plural);
        struct branch branch;
        if (piece.kind == PIECE_PLURAL || piece.kind == PIECE_SELECT) {
            while (read_branch(r, &branch))
                read_past(r, piece.kind == PIECE_PLURAL);
        } else if (piece.kind == PIECE_END) {
            wrong_at(r, piece.at, WRONG_BRANCH_OPEN);
            break;
        } else if (piece.kind == PIECE_CLOSE || piece.kind == PIECE_WRONG) {
            break;
        }
    }
    r->depth--;
}
