/* Checking a pattern against the facts of its kind, so that an operator hears of a mistake when the template is stored and not when the
 * letter should go out. Every branch is looked into. */
#include <stdio.h>

#include "common/base/utf8.h"
#include "services/notification/domain/pattern_read.h"

#define BRANCHES_MAX 24 /* of one argument, as the sentence has it */

struct checking {
    enum message_kind kind;
    struct pattern_error *error;
};
struct shown { /* a set of facts: those that a branch has shown known, a bit each */
    uint64_t words[2];
};
_Static_assert(FACT_COUNT_OF <= 2 * 64, "facts fit into the words of their set");

static bool check_message(struct checking *c, struct reader *r, bool plural, struct shown shown);

/* About nothing, a word, or two. */
static bool say(struct checking *c, size_t at, enum wrong wrong)
{
    return wrong_say(c->error, at, wrong, span_text(""), span_text(""), span_text(""));
}

static bool say_of(struct checking *c, size_t at, enum wrong wrong, struct span first)
{
    return wrong_say(c->error, at, wrong, first, span_text(""), span_text(""));
}

static bool say_wrong(struct checking *c, const struct reader *r)
{
    return say(c, r->wrong_at, r->wrong);
}

static bool find_fact(struct checking *c, const struct piece *piece, enum fact_name *out, bool *required)
{
    if (fact_find(piece->name, out) && kind_has(c->kind, *out, required))
        return true;
    return wrong_say(c->error, piece->at, WRONG_UNKNOWN_FACT, span_text(kind_of(c->kind)->name), piece->name, span_text(""));
}

static struct shown shown_too(struct shown shown, enum fact_name name)
{
    shown.words[name / 64] |= 1ULL << name % 64;
    return shown;
}

static bool check_known(struct checking *c, size_t at, enum fact_name name, bool required, struct shown shown)
{
    if (required || (shown.words[name / 64] >> name % 64 & 1))
        return true;
    return say_of(c, at, WRONG_NOT_ALWAYS_KNOWN, span_text(fact_text_name(name)));
}

static bool check_moment_form(struct checking *c, const struct piece *piece, bool date)
{
    static const char *const STYLES[] = {"short", "full", "long", "medium"};

    for (size_t i = 0; i < (date ? 4U : 1U); i++)
        if (span_equal(piece->style, span_text(STYLES[i])))
            return true;
    return say(c, piece->at, date ? WRONG_DATE_STYLE : WRONG_TIME_STYLE);
}

/* {name, type, style} by the type of the fact. */
static bool check_form(struct checking *c, const struct piece *piece, enum fact_name name)
{
    enum fact_type type = fact_type_of(name);
    bool date = span_equal(piece->type, span_text("date")), time = span_equal(piece->type, span_text("time"));

    if (type == FACT_FLAG || fact_keys(name) != NULL)
        return say_of(c, piece->at, WRONG_SELECT_ONLY, span_text(fact_text_name(name)));
    if (piece->type.len == 0)
        return true;
    if (date || time)
        return type == FACT_MOMENT ? check_moment_form(c, piece, date)
                                   : say_of(c, piece->at, WRONG_NO_MOMENT, span_text(fact_text_name(name)));
    if (!span_equal(piece->type, span_text("number")))
        return say_of(c, piece->at, WRONG_NO_FORM, piece->type);
    if (type != FACT_NUMBER)
        return say_of(c, piece->at, WRONG_NO_NUMBER, span_text(fact_text_name(name)));
    return piece->style.len == 0 || say_of(c, piece->at, WRONG_NUMBER_STYLE, piece->style);
}

static bool check_value(struct checking *c, const struct piece *piece, struct shown shown)
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
        return say_of(c, branch->at, WRONG_PLURAL_KEY, branch->key);
    }
    if (among("none other", branch->key) || (fact_type_of(name) == FACT_FLAG && among("yes no", branch->key)) ||
        (fact_keys(name) != NULL && among(fact_keys(name), branch->key)))
        return true;
    const char *keys = fact_keys(name) != NULL ? fact_keys(name) : "";
    const enum wrong wrong = fact_type_of(name) == FACT_FLAG ? WRONG_FLAG_KEY : *keys != '\0' ? WRONG_FACT_KEY : WRONG_TEXT_KEY;
    return wrong_say(c->error, branch->at, wrong, span_text(fact_text_name(name)), branch->key, span_text(keys));
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
                return say_of(c, branch.at, WRONG_TWICE, branch.key);
        if (count == BRANCHES_MAX)
            return say(c, branch.at, WRONG_MANY_BRANCHES);
        keys[count++] = branch.key;
        other = other || span_equal(branch.key, span_text("other"));
        *none = *none || span_equal(branch.key, span_text("none"));
    }
    if (r.wrong != WRONG_NOTHING)
        return say_wrong(c, &r);
    return other || say_of(c, piece->at, WRONG_NO_OTHER, span_text(plural ? "plural" : "select"));
}

static bool check_choice(struct checking *c, struct reader *r, const struct piece *piece, struct shown shown)
{
    bool plural = piece->kind == PIECE_PLURAL, required = false, none = false;
    enum fact_name name = FACT_COUNT_OF;
    struct branch branch;

    if (!find_fact(c, piece, &name, &required))
        return false;
    if (plural && fact_type_of(name) != FACT_NUMBER)
        return say_of(c, piece->at, WRONG_NO_NUMBER, span_text(fact_text_name(name)));
    if ((plural && !check_known(c, piece->at, name, required, shown)) || !check_keys(c, *r, piece, name, &none))
        return false;
    while (read_branch(r, &branch)) {
        bool known = !plural && !span_equal(branch.key, span_text("none")) && (none || !span_equal(branch.key, span_text("other")));
        r->depth++;
        if (!check_message(c, r, plural, known ? shown_too(shown, name) : shown))
            return false;
        r->depth--;
    }
    return r->wrong == WRONG_NOTHING || say_wrong(c, r);
}

static bool check_message(struct checking *c, struct reader *r, bool plural, struct shown shown)
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
            return r->depth > 0 || say(c, piece.at, WRONG_CLOSES_NOTHING);
        case PIECE_END:
            return r->depth == 0 || say(c, piece.at, WRONG_BRANCH_OPEN);
        case PIECE_WRONG:
            return say_wrong(c, r);
        }
    }
}

/* Of the characters below space only line feeds are of use in a letter, and NUL would end it. */
static bool check_characters(struct checking *c, struct span pattern)
{
    char number[4];

    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.data[i] < 0x20 && pattern.data[i] != '\n') {
            (void)snprintf(number, sizeof number, "%d", pattern.data[i]);
            return say_of(c, i, WRONG_CONTROL, span_text(number));
        }
    return utf8_valid(pattern) || say(c, 0, WRONG_NOT_UTF8);
}

bool pattern_check(struct span pattern, enum message_kind kind, struct pattern_error *error)
{
    struct checking c = {.kind = kind, .error = error};
    struct reader r = reader_init(pattern);

    if (pattern.len > PATTERN_MAX)
        return say(&c, PATTERN_MAX, WRONG_LONG);
    return check_characters(&c, pattern) && check_message(&c, &r, false, (struct shown){{0}});
}
