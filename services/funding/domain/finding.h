/* Findings: what is missing in a call, an application, an assessment, or unusual about it. A check goes through the whole thing and adds
 * what it finds, so that people see all of it at once. A finding is an error (it has to be mended before the thing can go on) or a warning
 * (it may stay as it is).
 *
 * The list is bounded and stands by itself: rules and texts are constants of the check's file, fields are copied. What does not fit is
 * counted. handler/findings.h makes protobuf of it. */
#ifndef HV_FUNDING_DOMAIN_FINDING_H
#define HV_FUNDING_DOMAIN_FINDING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services/funding/domain/text.h"

#define FINDINGS_MAX      100
#define FINDING_FIELD_MAX 80 /* bytes of a path such as "content.partners[12].businessId", and NUL */

/* What an amount has to be. */
enum finding_bound { FINDING_NO_AMOUNTS, FINDING_EXACTLY, FINDING_AT_MOST, FINDING_AT_LEAST };

struct finding {
    const char *rule; /* "funding.call.weekday", a constant */
    char field[FINDING_FIELD_MAX];
    bool warning;
    struct text text; /* constants, or what lives as long as the list */
    enum finding_bound bound;
    int64_t is_cents, bound_cents; /* where it is about an amount: what it is, and what it has to be */
};
struct findings { /* zero it to begin */
    struct finding rows[FINDINGS_MAX];
    size_t count, left_out;
    size_t errors; /* those left out among them */
};

/* field: a format, "content.partners[%zu].cents"; what is longer than a path may be is cut. */
void finding_error(struct findings *findings, const char *rule, struct text text, const char *field, ...)
    __attribute__((format(printf, 4, 5)));
void finding_warning(struct findings *findings, const char *rule, struct text text, const char *field, ...)
    __attribute__((format(printf, 4, 5)));
/* The finding that was added last is about this amount: its words go on with what is, what has to be, and how much lies between. */
void finding_amounts(struct findings *findings, enum finding_bound bound, int64_t is_cents, int64_t bound_cents);
const struct finding *finding_of(const struct findings *findings, const char *rule); /* the first of this rule; NULL: there is none */
const struct finding *finding_first_error(const struct findings *findings);          /* NULL: none */

#define FINDING_TEXT(fi_, sv_, en_) ((struct text){.fi = (fi_), .sv = (sv_), .en = (en_)})

#endif
