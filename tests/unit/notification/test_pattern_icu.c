/* Patterns against ICU itself: the same patterns and facts go through ours and, in another program, through ICU's MessageFormat; texts must
 * be the same to the byte, in three languages. A corpus by hand, patterns drawn by a seeded generator, and drawn ones with one character
 * changed: what pattern_check then still takes, ICU must take, and read the same way.
 *
 * Where we differ on purpose: {moment} without a style is kept out (ICU has its own, ours is as letters always had it), and so are free
 * words as keys (with us they choose nothing). Select on a number, by whether it is known, ICU does not have: it gets "{order_known,
 * select". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/pen.h"
#include "services/notification/outbound/format.h"

#define DRAWN   1200
#define CHANGED 6000

static struct format *format;
static uint32_t dice = 20260917;

static uint32_t draw(uint32_t below)
{
    dice = dice * 1664525 + 1013904223;
    return (dice >> 8) % below;
}

/* --- the cases, for the other program -------------------------------------------------------------------------------- */
static void put_hex(FILE *file, struct span text)
{
    fputc('x', file); /* so that an empty text is a word too */
    for (size_t i = 0; i < text.len; i++)
        fprintf(file, "%02x", text.data[i]);
    fputc(' ', file);
}

static void put_argument(FILE *file, const char *name, char type, struct span value)
{
    put_hex(file, span_text(name));
    fprintf(file, "%c ", type);
    put_hex(file, value);
}

/* What is not known is "none" to ICU, a flag yes or no. */
static void put_fact(FILE *file, enum fact_name name, const struct fact *fact)
{
    enum fact_type type = fact_type_of(name);
    char digits[32], known[64];

    snprintf(digits, sizeof digits, "%lld", (long long)fact->number);
    snprintf(known, sizeof known, "%s_known", fact_text_name(name));
    put_argument(file, known, 's', span_text(fact->known ? "other" : "none"));
    if (!fact->known)
        put_argument(file, fact_text_name(name), 's', span_text("none"));
    else if (type == FACT_TEXT || type == FACT_LIST)
        put_argument(file, fact_text_name(name), 's', fact->text);
    else if (type == FACT_FLAG)
        put_argument(file, fact_text_name(name), 's', span_text(fact->number != 0 ? "yes" : "no"));
    else
        put_argument(file, fact_text_name(name), type == FACT_MOMENT ? 'd' : fact_tenths(name) ? 't' : 'i', span_text(digits));
}

/* The length of a name that begins here, when it is a number's and select chooses by it; else 0. */
static size_t chosen_number(const char *at)
{
    size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
    enum fact_name name;

    if (!fact_find(span_of(at, len), &name) || (fact_type_of(name) != FACT_NUMBER && fact_type_of(name) != FACT_MOMENT))
        return 0;
    at += len + strspn(at + len, " \n");
    if (*at != ',')
        return 0;
    at += 1 + strspn(at + 1, " \n");
    return strncmp(at, "select", 6) == 0 ? len : 0;
}

/* The length of "full" with the spaces behind it, when it is a style that begins here; else 0. */
static size_t full_style(const char *at, const char *before, size_t len)
{
    while (len > 0 && (before[len - 1] == ' ' || before[len - 1] == '\n'))
        len--;
    if (len == 0 || before[len - 1] != ',' || strncmp(at, "full", 4) != 0)
        return 0;
    const size_t all = 4 + strspn(at + 4, " \n");
    return at[all] == '}' ? all : 0;
}

/* The number of a choice under the name that ICU's facts have for it, or the next character. Returns how much of the pattern it was. */
static size_t put_next(const char *pattern, char *out, size_t size, size_t *to)
{
    const size_t len = *to > 0 && strchr("{ \n", out[*to - 1]) ? chosen_number(pattern) : 0;

    if (len > 0)
        *to += (size_t)snprintf(out + *to, size - *to, "%.*s_known", (int)len, pattern);
    else
        out[(*to)++] = *pattern;
    return len > 0 ? len : 1;
}

/* ICU's own Finnish says "torstai" in a full date, ours "torstaina", as in a sentence: written as a pattern of days. */
static struct span for_icu(const char *pattern, enum language language)
{
    static char out[2 * PATTERN_MAX];
    size_t to = 0;

    while (*pattern) {
        const size_t full = language == LANGUAGE_FI ? full_style(pattern, out, to) : 0;
        if (full > 0) {
            while (out[to - 1] != ',')
                to--;
            to += (size_t)snprintf(out + to, sizeof out - to, "EEEE d. MMMM yyyy");
            pattern += full;
            continue;
        }
        pattern += put_next(pattern, out, sizeof out, &to);
    }
    return span_of(out, to);
}

/* False: it was not put, for the very words of a choice or a style stand in its text, and for_icu would change them. */
static bool put_case(FILE *file, enum language language, const char *pattern, const struct facts *facts)
{
    static char text[65536];
    struct pen pen = pen_init(text, sizeof text, false);
    struct manner manner = format_manner(format, language);

    if (!pattern_write(span_text(pattern), facts, &manner, &pen) || pen.full)
        fail_msg("not written whole: %s", pattern);
    if (strstr(text, "select") != NULL || strstr(text, "full") != NULL)
        return false;
    fprintf(file, "%s ", language_code(language));
    put_hex(file, for_icu(pattern, language));
    put_hex(file, span_text(text));
    for (int name = 0; name < FACT_COUNT_OF; name++)
        put_fact(file, (enum fact_name)name, &facts->of[name]);
    fputc('\n', file);
    return true;
}

static FILE *oracle_open(void)
{
    FILE *oracle = popen("/usr/bin/python3 " PATTERN_ORACLE " 1>&2", "w");

    assert_non_null(oracle);
    return oracle;
}

/* --- facts and patterns, drawn ------------------------------------------------------------------------------------------ */
static const enum fact_name NUMBERS[] = {FACT_ORDER, FACT_POSITION, FACT_AHEAD, FACT_PLACE_COUNT, FACT_CREDITS};
static const enum fact_name TEXTS[] = {FACT_NAME, FACT_REASON, FACT_ORGANISER, FACT_TRAINING};
static const enum fact_name FLAGS[] = {FACT_SEATED, FACT_WAITING, FACT_UNREVIEWED};
/* Not on one kind all: the number of one, the moment and the cause of others. */
static const enum message_kind KINDS[] = {KIND_OFFER, KIND_COMPLETED, KIND_CANCELLATION};

static struct facts draw_facts(enum message_kind kind)
{
    static const int64_t AMOUNTS[] = {0, 1, 2, 3, 5, 10, 11, 15, 21, 22, 101, 999, 1000, 1001, 12345, 1234567, 20, 25};
    static const char *const WORDS[] = {"Tuuli", "it's {so} #1", "Åbo 'x'", "a|b", "ryhmä–1", ""};
    struct facts facts = {0};

    for (size_t i = 0; i < 4; i++)
        facts_number(&facts, NUMBERS[i], AMOUNTS[draw(18)]);
    for (size_t i = 0; i < 4; i++)
        facts_text(&facts, TEXTS[i], span_text(WORDS[draw(6)]));
    for (size_t i = 0; i < 3; i++)
        if (draw(4) > 0)
            facts_number(&facts, FLAGS[i], draw(2));
    if (kind == KIND_COMPLETED)
        facts_number(&facts, FACT_CREDITS, AMOUNTS[draw(18)]);
    if (kind == KIND_CANCELLATION && draw(3) > 0)
        facts_text(&facts, FACT_CAUSE, span_text(draw(2) ? "expired" : "removed"));
    if (kind == KIND_OFFER)
        facts_number(&facts, FACT_REPLY_DUE, (int64_t)draw(60000) * 45000LL * 1000000 + 1);
    facts_text(&facts, FACT_TRAINING, span_text("Voimaa johtajuuteen"));
    return facts;
}

struct draft {
    char text[PATTERN_MAX];
    size_t len;
    enum message_kind kind;
    uint64_t shown;
};

static void add(struct draft *d, const char *words)
{
    size_t len = strlen(words);

    if (d->len + len < sizeof d->text - 1) {
        memcpy(d->text + d->len, words, len + 1);
        d->len += len;
    }
}

static void add_name(struct draft *d, enum fact_name name)
{
    add(d, "{");
    add(d, fact_text_name(name));
}

static void add_words(struct draft *d)
{
    static const char *const PIECES[] = {"a",   " kpl ", "é€",  "don't ", "it''s", "'{'", "'{x} '' #'", "#",
                                         "'#'", "|",     "'|'", ", ",     "\n",    "''",  "=1 ",        "'}'"};

    for (uint32_t n = draw(4); n > 0; n--)
        add(d, PIECES[draw(16)]);
}

static void add_message(struct draft *d, unsigned depth);

static void add_branch(struct draft *d, const char *key, unsigned depth)
{
    add(d, draw(2) ? " " : "\n");
    add(d, key);
    add(d, draw(2) ? " {" : "{");
    add_message(d, depth + 1);
    add(d, "}");
}

static void add_plural(struct draft *d, enum fact_name name, unsigned depth)
{
    static const char *const OFFSETS[] = {"", "", " offset:1", " offset:2 "};
    static const char *const EXACT[] = {"=0", "=1", "=2", "=21"};

    add_name(d, name);
    add(d, draw(2) ? ", plural," : ",plural ,");
    add(d, OFFSETS[draw(4)]);
    bool other_first = draw(4) == 0;
    if (other_first)
        add_branch(d, "other", depth);
    if (draw(2))
        add_branch(d, EXACT[draw(4)], depth);
    if (draw(3))
        add_branch(d, "one", depth);
    if (!other_first)
        add_branch(d, "other", depth);
    add(d, "}");
}

static void add_select(struct draft *d, enum fact_name name, const char *const keys[2], unsigned depth)
{
    uint64_t shown = d->shown;

    add_name(d, name);
    add(d, ", select,");
    add_branch(d, "none", depth);
    d->shown |= 1ULL << name;
    for (int i = 0; i < 2; i++)
        if (keys[i] != NULL && draw(2))
            add_branch(d, keys[i], depth);
    add_branch(d, "other", depth);
    d->shown = shown;
    add(d, "}");
}

static void add_moment(struct draft *d)
{
    static const char *const STYLES[] = {", date, full}", ", date, long}", ",date,medium}", ", date , short }", ", time, short}"};

    add_name(d, FACT_REPLY_DUE);
    add(d, STYLES[draw(5)]);
}

static bool has(enum message_kind kind, enum fact_name name)
{
    bool required;

    return kind_has(kind, name, &required);
}

static void add_number(struct draft *d, unsigned depth)
{
    static const char *const NOTHING[2] = {NULL, NULL};
    enum fact_name name = NUMBERS[draw(5)];

    if (!has(d->kind, name))
        return;
    if (!(d->shown >> name & 1)) {
        if (depth < 4)
            add_select(d, name, NOTHING, depth);
    } else if (draw(3) > 0 && depth < 4) {
        add_plural(d, name, depth);
    } else {
        add_name(d, name);
        add(d, draw(2) ? "}" : ", number}");
    }
}

static void add_text(struct draft *d, unsigned depth)
{
    static const char *const NOTHING[2] = {NULL, NULL};
    enum fact_name name = TEXTS[draw(4)];

    if (name == FACT_TRAINING || d->shown >> name & 1) {
        add_name(d, name);
        add(d, "}");
    } else if (depth < 4) {
        add_select(d, name, NOTHING, depth);
    }
}

static void add_choice(struct draft *d, unsigned depth)
{
    static const char *const YES_NO[2] = {"yes", "no"};
    static const char *const CAUSES[2] = {"expired", "declined"};

    if (depth >= 4)
        return;
    if (d->kind == KIND_CANCELLATION && draw(2))
        add_select(d, FACT_CAUSE, CAUSES, depth);
    else
        add_select(d, FLAGS[draw(3)], YES_NO, depth);
}

static void add_message(struct draft *d, unsigned depth)
{
    for (uint32_t n = depth == 0 ? 2 + draw(5) : draw(3); n > 0; n--) {
        add_words(d);
        switch (draw(4)) {
        case 0:
            add_number(d, depth);
            break;
        case 1:
            add_text(d, depth);
            break;
        case 2:
            add_choice(d, depth);
            break;
        default:
            if (d->kind == KIND_OFFER)
                add_moment(d);
        }
    }
    add_words(d);
}

/* An apostrophe at the end of one piece and a brace at the beginning of the next make a quotation nobody meant: such a draft does not hold
 * together, and is drawn again. */
static struct draft draw_pattern(enum message_kind kind)
{
    struct pattern_error error;
    struct draft draft;

    do {
        draft = (struct draft){.kind = kind};
        add_message(&draft, 0);
    } while (!pattern_check(span_text(draft.text), kind, &error));
    return draft;
}

/* --- the tests ------------------------------------------------------------------------------------------------------------ */
static void test_icu_corpus(void **state)
{
    static const char *const PATTERNS[] = {
        "",
        "Hei {name}!",
        "I don't know {name}'s name",
        "'{name}' ''{name}'' '",
        "{order, number} {place_count} {credits}",
        "{order, plural, one {# paikka} other {# paikkaa}}",
        "{order,plural,=1{yksi}one{# paikka}other{# paikkaa}}",
        "{order, plural, offset:1 =0 {a} =1 {b} one {c#} other {d#}}",
        "{ahead, plural, =0 {ensimmäinen} one {# henkilö} other {# henkilöä}}",
        "{order, plural, other {'#' # '{#}' it''s it's #}}",
        "{order, plural, other {{seated, select, yes {# '#' .} other {#}} #}}",
        "{order, plural, other {{ahead, plural, one {#} other {# {order}}}#}}",
        "{cause, select, expired {e} removed {r} other {o}}",
        "{seated, select, yes {y} no {n} other {?}}",
        "{reply_due, date, full} {reply_due, date, long} {reply_due, date, medium} {reply_due, date, short} {reply_due, time, short}",
        " { name } ",
        "a|b '|' c # '#'",
        "{credits, plural, one {# credit} other {# credits}}",
    };
    static const int64_t NUMBERS_OF[] = {0, 1, 2, 10, 11, 25, 1000, 1234567, 20};
    FILE *oracle = oracle_open();

    (void)state;
    for (size_t i = 0; i < sizeof PATTERNS / sizeof PATTERNS[0]; i++) {
        for (size_t n = 0; n < 9; n++) {
            struct facts facts = {0};
            facts_text(&facts, FACT_NAME, span_text("Tuuli"));
            facts_text(&facts, FACT_CAUSE, span_text(n % 2 ? "expired" : "declined"));
            facts_number(&facts, FACT_SEATED, (int64_t)n % 2);
            for (size_t k = 0; k < 5; k++)
                facts.of[NUMBERS[k]] = (struct fact){.known = true, .number = NUMBERS_OF[n]};
            facts_number(&facts, FACT_REPLY_DUE, 1726725600000000 + (int64_t)n * 50 * TIME_DAY);
            (void)put_case(oracle, (enum language)(n % LANGUAGE_COUNT), PATTERNS[i], &facts);
            (void)put_case(oracle, (enum language)((n + 1) % LANGUAGE_COUNT), PATTERNS[i], &facts);
        }
    }
    assert_int_equal(pclose(oracle), 0);
}

static void test_icu_drawn(void **state)
{
    FILE *oracle = oracle_open();

    (void)state;
    for (int i = 0; i < DRAWN; i++) {
        struct facts facts = draw_facts(KINDS[i % 3]);
        struct draft draft = draw_pattern(KINDS[i % 3]);
        (void)put_case(oracle, (enum language)draw(LANGUAGE_COUNT), draft.text, &facts);
    }
    assert_int_equal(pclose(oracle), 0);
}

static void test_icu_changed(void **state)
{
    static const char CHARACTERS[] = "{}'#, \n=ox1";
    FILE *oracle = oracle_open();
    int taken = 0;

    (void)state;
    for (int i = 0; i < CHANGED; i++) {
        struct facts facts = draw_facts(KINDS[i % 3]);
        struct draft draft = draw_pattern(KINDS[i % 3]);
        struct pattern_error error;
        size_t at = draft.len > 0 ? draw((uint32_t)draft.len) : 0;
        if (draft.len == 0 || (draft.text[at] & 0x80))
            continue;
        draft.text[at] = CHARACTERS[draw(sizeof CHARACTERS - 1)];
        if (strstr(draft.text, "{reply_due}") == NULL && pattern_check(span_text(draft.text), draft.kind, &error))
            taken += put_case(oracle, (enum language)draw(LANGUAGE_COUNT), draft.text, &facts);
    }
    assert_int_equal(pclose(oracle), 0);
    assert_in_range(taken, CHANGED / 10, CHANGED); /* enough of them still were patterns */
}

static int open_format(void **state)
{
    (void)state;
    return format_open(&format) == ERR_OK ? 0 : -1;
}

static int close_format(void **state)
{
    (void)state;
    format_close(format);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_icu_corpus),  /* patterns by hand, with numbers around one */
        cmocka_unit_test(test_icu_drawn),   /* patterns drawn: nested plurals and selects, quotes, styles, three languages */
        cmocka_unit_test(test_icu_changed), /* one character changed: what we take, ICU takes and reads the same way */
    };

    return cmocka_run_group_tests(tests, open_format, close_format);
}
