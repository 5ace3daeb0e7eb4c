/* Checking a pattern against the facts of its kind, so that an operator hears of a mistake when the template is stored and not when the
 * letter should go out. Every branch is looked into. */
#include <stdarg.h>
#include <stdio.h>

#include "common/base/utf8.h"
#include "services/notification/domain/pattern_read.h"

#define BRANCHES_MAX 24 /* of one argument */

struct checking {
    enum message_kind kind;
    struct pattern_error *error;
};
/* A set of facts, as bits. */
_Static_assert(FACT_COUNT_OF <= 64, "facts fit into one word");

static bool check_message(struct checking *c, struct reader *r, bool plural, uint64_t shown);

__attribute__((format(printf, 3, 4))) static bool say(struct checking *c, size_t at, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    c->error->at = at;
    (void)vsnprintf(c->error->what, sizeof c->error->what, format, list);
    va_end(list);
    return false;
}

static bool say_wrong(struct checking *c, const struct reader *r)
{
    return say(c, r->wrong_at, "%s", r->wrong);
}

#define WORD(span) (int)((span).len < 40 ? (span).len : 40), (const char *)(span).data

static bool find_fact(struct checking *c, const struct piece *piece, enum fact_name *out, bool *required)
{
    if (fact_find(piece->name, out) && kind_has(c->kind, *out, required))
        return true;
    return say(c, piece->at, "the kind \"%s\" has no fact \"%.*s\"", kind_of(c->kind)->name, WORD(piece->name));
}

static bool check_known(struct checking *c, size_t at, enum fact_name name, bool required, uint64_t shown)
{
    if (required || (shown >> name & 1))
        return true;
    return say(c, at, "\"%s\" is not always known: {%s, select, none {} other {...}} around it", fact_text_name(name),
               fact_text_name(name));
}

static bool check_moment_form(struct checking *c, const struct piece *piece, bool date)
{
    static const char *const STYLES[] = {"short", "full", "long", "medium"};

    for (size_t i = 0; i < (date ? 4U : 1U); i++)
        if (span_equal(piece->style, span_text(STYLES[i])))
            return true;
    return say(c, piece->at, date ? "date needs a style: full, long, medium or short" : "time needs the style short");
}

/* {name, type, style} by the type of the fact. */
static bool check_form(struct checking *c, const struct piece *piece, enum fact_name name)
{
    enum fact_type type = fact_type_of(name);
    bool date = span_equal(piece->type, span_text("date")), time = span_equal(piece->type, span_text("time"));

    if (type == FACT_FLAG || fact_keys(name) != NULL)
        return say(c, piece->at, "\"%s\" is for select only", fact_text_name(name));
    if (piece->type.len == 0)
        return true;
    if (date || time)
        return type == FACT_MOMENT ? check_moment_form(c, piece, date) : say(c, piece->at, "\"%s\" is no moment", fact_text_name(name));
    if (!span_equal(piece->type, span_text("number")))
        return say(c, piece->at, "there is no form \"%.*s\": number, date, time, plural or select", WORD(piece->type));
    if (type != FACT_NUMBER)
        return say(c, piece->at, "\"%s\" is no number", fact_text_name(name));
    return piece->style.len == 0 || say(c, piece->at, "number has no style \"%.*s\" here", WORD(piece->style));
}

static bool check_value(struct checking *c, const struct piece *piece, uint64_t shown)
{
    enum fact_name name = FACT_COUNT_OF;
    bool required = false;

    return find_fact(c, piece, &name, &required) && check_form(c, piece, name) && check_known(c, piece->at, name, required, shown);
}

/* Whether the key is one of the words, which have a space between two. */
static bool among(const char *words, struct span key)
{
    while (*words) {
        size_t len = strcspn(words, " ");
        if (span_equal(key, span_of(words, len)))
            return true;
        words += len + (words[len] == ' ');
    }
    return false;
}

static bool check_key(struct checking *c, const struct branch *branch, bool plural, enum fact_name name)
{
    int64_t number;

    if (plural) {
        if (among("one other", branch->key) || key_number(branch->key, &number))
            return true;
        return say(c, branch->at, "plural has no branch \"%.*s\": =N, one and other, in all three languages", WORD(branch->key));
    }
    if (among("none other", branch->key) || (fact_type_of(name) == FACT_FLAG && among("yes no", branch->key)) ||
        (fact_keys(name) != NULL && among(fact_keys(name), branch->key)))
        return true;
    if (fact_type_of(name) == FACT_FLAG)
        return say(c, branch->at, "\"%s\" is never \"%.*s\": yes, no, none or other", fact_text_name(name), WORD(branch->key));
    return say(c, branch->at, "\"%s\" is never \"%.*s\": %s%snone or other", fact_text_name(name), WORD(branch->key),
               fact_keys(name) ? fact_keys(name) : "", fact_keys(name) ? " " : "");
}

/* All keys of an argument, before its messages are looked into: with a branch for none, the others show the fact known. */
static bool check_keys(struct checking *c, struct reader r, const struct piece *piece, enum fact_name name, bool *none)
{
    struct span keys[BRANCHES_MAX];
    size_t count = 0;
    bool plural = piece->kind == PIECE_PLURAL, other = false;
    struct branch branch;

    for (; read_branch(&r, &branch); read_past(&r, plural)) {
        if (!check_key(c, &branch, plural, name))
            return false;
        for (size_t i = 0; i < count; i++)
            if (span_equal(keys[i], branch.key))
                return say(c, branch.at, "the branch \"%.*s\" is there twice", WORD(branch.key));
        if (count == BRANCHES_MAX)
            return say(c, branch.at, "there are more than %d branches", BRANCHES_MAX);
        keys[count++] = branch.key;
        other = other || span_equal(branch.key, span_text("other"));
        *none = *none || span_equal(branch.key, span_text("none"));
    }
    if (r.wrong != NULL)
        return say_wrong(c, &r);
    return other || say(c, piece->at, "%s needs a branch \"other\"", plural ? "plural" : "select");
}

static bool check_choice(struct checking *c, struct reader *r, const struct piece *piece, uint64_t shown)
{
    bool plural = piece->kind == PIECE_PLURAL, required = false, none = false;
    enum fact_name name = FACT_COUNT_OF;
    struct branch branch;

    if (!find_fact(c, piece, &name, &required))
        return false;
    if (plural && fact_type_of(name) != FACT_NUMBER)
        return say(c, piece->at, "\"%s\" is no number", fact_text_name(name));
    if ((plural && !check_known(c, piece->at, name, required, shown)) || !check_keys(c, *r, piece, name, &none))
        return false;
    while (read_branch(r, &branch)) {
        bool known = !plural && !span_equal(branch.key, span_text("none")) && (none || !span_equal(branch.key, span_text("other")));
        r->depth++;
        if (!check_message(c, r, plural, known ? shown | 1ULL << name : shown))
            return false;
        r->depth--;
    }
    return r->wrong == NULL || say_wrong(c, r);
}

static bool check_message(struct checking *c, struct reader *r, bool plural, uint64_t shown)
{
    for (;;) {
        struct piece piece = read_piece(r, plural);
        switch (piece.kind) {
        case PIECE_TEXT:
        case PIECE_SHARP:
            break;
        case PIECE_VALUE:
            if (!check_value(c, &piece, shown))
                return false;
            break;
        case PIECE_PLURAL:
        case PIECE_SELECT:
            if (!check_choice(c, r, &piece, shown))
                return false;
            break;
        case PIECE_CLOSE:
            return r->depth > 0 || say(c, piece.at, "this } closes nothing; the character itself is '}'");
        case PIECE_END:
            return r->depth == 0 || say(c, piece.at, "a branch is not closed by }");
        case PIECE_WRONG:
            return say_wrong(c, r);
        }
    }
}

/* Of the characters below space only line feeds are of use in a letter, and NUL would end it. */
static bool check_characters(struct checking *c, struct span pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.data[i] < 0x20 && pattern.data[i] != '\n')
            return say(c, i, "a control character (number %d)", pattern.data[i]);
    return utf8_valid(pattern) || say(c, 0, "the text is not UTF-8");
}

bool pattern_check(struct span pattern, enum message_kind kind, struct pattern_error *error)
{
    struct checking c = {.kind = kind, .error = error};
    struct reader r = reader_init(pattern);

    if (pattern.len > PATTERN_MAX)
        return say(&c, PATTERN_MAX, "the text is longer than %d bytes", PATTERN_MAX);
    return check_characters(&c, pattern) && check_message(&c, &r, false, 0);
}
