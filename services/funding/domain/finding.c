/* See finding.h. */
#include "services/funding/domain/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add(struct findings *findings, bool warning, const char *rule, struct text text, const char *field, va_list args)
{
    if (!warning)
        findings->errors++;
    if (findings->count == FINDINGS_MAX) {
        findings->left_out++;
        return;
    }
    struct finding *f = &findings->rows[findings->count++];
    f->rule = rule;
    f->warning = warning;
    f->text = text;
    f->bound = FINDING_NO_AMOUNTS;
    (void)vsnprintf(f->field, sizeof f->field, field, args);
}

void finding_error(struct findings *findings, const char *rule, struct text text, const char *field, ...)
{
    va_list args;

    va_start(args, field);
    add(findings, false, rule, text, field, args);
    va_end(args);
}

void finding_warning(struct findings *findings, const char *rule, struct text text, const char *field, ...)
{
    va_list args;

    va_start(args, field);
    add(findings, true, rule, text, field, args);
    va_end(args);
}

void finding_amounts(struct findings *findings, enum finding_bound bound, int64_t is_cents, int64_t bound_cents)
{
    if (findings->count == 0 || findings->left_out > 0) /* the last one was not kept */
        return;
    struct finding *f = &findings->rows[findings->count - 1];
    f->bound = bound;
    f->is_cents = is_cents;
    f->bound_cents = bound_cents;
}

const struct finding *finding_of(const struct findings *findings, const char *rule)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->rows[i].rule, rule) == 0)
            return &findings->rows[i];
    return NULL;
}

const struct finding *finding_first_error(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (!findings->rows[i].warning)
            return &findings->rows[i];
    return NULL;
}
