/* Patterns: texts with arguments, in the syntax of ICU MessageFormat, so that translators and their tools know it.
 *
 *   {name}                                        the fact in its usual form for the language
 *   {reply_due, date, full|long|medium|short}     the day alone     {reply_due, time, short}   the time alone
 *                                                 a deadline (fact_deadline) at midnight is shown as 23.59 of the day that ends
 *   {order, number}                               with the language's separators
 *   {count, plural, =0 {none} one {# day} other {# days}}    offset:1 before the branches; # is the number less the offset
 *   {cause, select, rejected {...} other {...}}   by a text that is one of few; of a flag: yes, no; of any fact that is not known: none
 *   'quoted {braces}' and '' for an apostrophe    an apostrophe quotes only before { or }, and before # where that is the number
 *
 * Plural categories of Finnish, Swedish and English are one (exactly 1) and other (CLDR); =N goes before both. As with ICU, # is the number
 * directly in a branch of plural only, not in a select within it. Stricter than ICU: a } that closes nothing is refused. Nesting is at most
 * PATTERN_DEEP; a pattern is at most PATTERN_MAX bytes. Pure: how a moment, a number and money look is the caller's (struct manner).
 * Source: unicode-org.github.io/icu/userguide/format_parse/messages; checked against ICU itself in tests/unit/notification. */
#ifndef HV_NOTIFICATION_DOMAIN_PATTERN_H
#define HV_NOTIFICATION_DOMAIN_PATTERN_H
#include <stdbool.h>
#include <stddef.h>

#include "services/notification/domain/kind.h"
#include "services/notification/domain/wrong.h"

#define PATTERN_MAX  (16 * 1024)
#define PATTERN_DEEP 8

/* STYLE_HOUR: the time of the usual form alone; the usual form of fact_hour. */
enum pattern_style {
    STYLE_USUAL,
    STYLE_NUMBER,
    STYLE_DATE_FULL,
    STYLE_DATE_LONG,
    STYLE_DATE_MEDIUM,
    STYLE_DATE_SHORT,
    STYLE_TIME,
    STYLE_HOUR
};

/* How values look in one language; implemented by outbound/format. Each writes at most size bytes with the NUL and returns out. */
struct manner {
    void *own;
    const char *(*moment)(void *own, int64_t us, enum pattern_style style, char *out, size_t size);
    const char *(*number)(void *own, int64_t number, bool tenths, char *out, size_t size);
    const char *(*money)(void *own, int64_t cents, char *out, size_t size);
};

/* Whether it parses, names only facts of the kind, uses each as its type allows, and stands an optional fact only where a select on that
 * fact has shown it known (or inside select's own branches). So what has passed here can always be written. */
bool pattern_check(struct span pattern, enum message_kind kind, struct pattern_error *error);
/* Whether a pattern that passed tells this fact, which its kind requires, in whatever branches are written. */
bool pattern_says(struct span pattern, enum fact_name fact);

struct pen { /* where texts go; bounded */
    char *text;
    size_t size, len;
    bool full;   /* something did not fit */
    bool escape; /* values are escaped for HTML, a line feed in them is <br> */
};
/* Writes it. Of a pattern that passed pattern_check with facts that passed kind_check nothing is missing; else what is missing is left out
 * and false returned. */
bool pattern_write(struct span pattern, const struct facts *facts, const struct manner *manner, struct pen *pen);

#endif
