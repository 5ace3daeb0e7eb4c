/* Writing a pattern: the branch that fits is found while all are read past, then written. A pattern that passed pattern_check has nothing
 * wrong; one that did not loses what is wrong and is said not to be whole. */
#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/notification/domain/pattern_read.h"
#include "services/notification/domain/pen.h"

#include <string.h>

#define VALUE_MAX 200 /* of a moment, number or amount in words */

struct writing {
    const struct facts *facts;
    const struct manner *manner;
    struct pen *pen;
    bool whole;
};
struct sharp { /* the number of the plural one is in */
    int64_t number;
    bool tenths;
};

static void write_message(struct writing *w, struct reader *r, const struct sharp *sharp);

static enum pattern_style style_of(const struct piece *piece)
{
    static const struct {
        const char *type, *style;
        enum pattern_style is;
    } STYLES[] = {
        {"number", "", STYLE_NUMBER},          {"date", "full", STYLE_DATE_FULL},   {"date", "long", STYLE_DATE_LONG},
        {"date", "medium", STYLE_DATE_MEDIUM}, {"date", "short", STYLE_DATE_SHORT}, {"time", "short", STYLE_TIME},
    };

    for (size_t i = 0; i < sizeof STYLES / sizeof STYLES[0]; i++)
        if (span_equal(piece->type, span_text(STYLES[i].type)) && span_equal(piece->style, span_text(STYLES[i].style)))
            return STYLES[i].is;
    return STYLE_USUAL;
}

static void write_number(struct writing *w, int64_t number, bool tenths)
{
    char words[VALUE_MAX];

    pen_value(w->pen, span_text(w->manner->number(w->manner->own, number, tenths, words, sizeof words)));
}

/* Who reads "by Wednesday at 0.00" has the whole of Wednesday in mind. So a deadline at midnight in Finland is said as the last minute of
 * the day that ends there. */
static int64_t shown_us(enum fact_name name, int64_t us)
{
    const bool midnight = (us + helsinki_offset_us(us)) % TIME_DAY == 0;

    return fact_deadline(name) && midnight ? us - 60 * TIME_SECOND : us;
}

/* An end stands behind the day it is on. */
static enum pattern_style moment_style(enum fact_name name, const struct piece *piece)
{
    const enum pattern_style style = style_of(piece);

    return style == STYLE_USUAL && fact_hour(name) ? STYLE_HOUR : style;
}

static void write_value(struct writing *w, const struct piece *piece)
{
    enum fact_name name;
    char words[VALUE_MAX];

    if (!fact_find(piece->name, &name) || !w->facts->of[name].known) {
        w->whole = false;
        return;
    }
    const struct fact *fact = &w->facts->of[name];
    switch (fact_type_of(name)) {
    case FACT_TEXT:
        pen_value(w->pen, fact->text);
        break;
    case FACT_LIST:
        pen_list(w->pen, fact->text);
        break;
    case FACT_NUMBER:
        write_number(w, fact->number, fact_tenths(name));
        break;
    case FACT_MOMENT:
        pen_value(w->pen, span_text(w->manner->moment(w->manner->own, shown_us(name, fact->number), moment_style(name, piece), words,
                                                      sizeof words)));
        break;
    case FACT_MONEY:
        pen_value(w->pen, span_text(w->manner->money(w->manner->own, fact->number, words, sizeof words)));
        break;
    case FACT_FLAG:
        w->whole = false; /* only select can say it */
        break;
    }
}

/* How well a branch of a plural fits: 3 its very number, 2 its category, 1 other, 0 not. unit: what one is counted as. */
static int plural_fits(struct span key, int64_t number, int64_t offset, int64_t unit)
{
    int64_t less = number - offset * unit, exact;

    if (key_number(key, &exact))
        return exact * unit == number ? 3 : 0;
    if (span_equal(key, span_text("one")))
        return less == unit || less == -unit ? 2 : 0;
    return span_equal(key, span_text("other"));
}

static struct span select_key(const struct facts *facts, enum fact_name name)
{
    const struct fact *fact = &facts->of[name];

    if (!fact->known)
        return span_text("none");
    if (fact_type_of(name) == FACT_FLAG)
        return span_text(fact->number != 0 ? "yes" : "no");
    return fact_keys(name) != NULL ? fact->text : span_text("other"); /* free words choose nothing */
}

static int select_fits(struct span key, struct span wanted)
{
    return span_equal(key, wanted) ? 2 : span_equal(key, span_text("other"));
}

static void write_choice(struct writing *w, struct reader *r, const struct piece *piece)
{
    bool plural = piece->kind == PIECE_PLURAL;
    enum fact_name name = FACT_COUNT_OF;
    bool found = fact_find(piece->name, &name) && (!plural || (fact_type_of(name) == FACT_NUMBER && w->facts->of[name].known));
    int64_t unit = found && fact_tenths(name) ? 10 : 1, number = found ? w->facts->of[name].number : 0;
    struct sharp sharp = {.number = number - piece->offset * unit, .tenths = unit == 10};
    struct reader chosen = *r;
    struct branch branch;
    int best = 0;

    while (read_branch(r, &branch)) {
        int fits = 0;
        if (found)
            fits = plural ? plural_fits(branch.key, number, piece->offset, unit) : select_fits(branch.key, select_key(w->facts, name));
        if (fits > best) {
            best = fits;
            chosen = *r;
        }
        read_past(r, plural);
    }
    if (best == 0 || r->wrong != WRONG_NOTHING) {
        w->whole = false;
        return;
    }
    chosen.depth++;
    write_message(w, &chosen, plural ? &sharp : NULL);
}

/* Up to the end of the message the reader stands in: the pattern's, or of a branch. */
static void write_message(struct writing *w, struct reader *r, const struct sharp *sharp)
{
    for (;;) {
        struct piece piece = read_piece(r, sharp != NULL);
        switch (piece.kind) {
        case PIECE_TEXT:
            pen_put(w->pen, (const char *)piece.text.data, piece.text.len);
            break;
        case PIECE_SHARP:
            if (sharp != NULL)
                write_number(w, sharp->number, sharp->tenths);
            break;
        case PIECE_VALUE:
            write_value(w, &piece);
            break;
        case PIECE_PLURAL:
        case PIECE_SELECT:
            write_choice(w, r, &piece);
            break;
        case PIECE_CLOSE:
            if (r->depth > 0)
                return;
            w->whole = false;
            break;
        case PIECE_END:
            w->whole = w->whole && r->depth == 0;
            return;
        case PIECE_WRONG:
            w->whole = false;
            return;
        }
    }
}

bool pattern_write(struct span pattern, const struct facts *facts, const struct manner *manner, struct pen *pen)
{
    struct writing w = {.facts = facts, .manner = manner, .pen = pen, .whole = pattern.len <= PATTERN_MAX};
    struct reader r = reader_init(pattern);

    if (w.whole)
        write_message(&w, &r, NULL);
    return w.whole;
}
