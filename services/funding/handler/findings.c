/* See findings.h. */
#include "services/funding/handler/findings.h"

#include <string.h>

#include "common/work/check.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/handler/convert.h"

static int64_t difference(const struct finding *f)
{
    return f->is_cents > f->bound_cents ? f->is_cents - f->bound_cents : f->bound_cents - f->is_cents;
}

static const char *with_amounts(struct arena *arena, const struct finding *f, const char *words, enum letter_language language)
{
    static const struct text TAILS[] = {
        [FINDING_EXACTLY] = {"{0}. Nyt {1}, oltava {2}, ero {3}", "{0}. Nu {1}, ska vara {2}, skillnaden är {3}",
                             "{0}. Now {1}, has to be {2}, the difference is {3}"},
        [FINDING_AT_MOST] = {"{0}. Nyt {1}, enintään {2}, liikaa {3}", "{0}. Nu {1}, högst {2}, {3} för mycket",
                             "{0}. Now {1}, at most {2}, too much by {3}"},
        [FINDING_AT_LEAST] = {"{0}. Nyt {1}, vähintään {2}, puuttuu {3}", "{0}. Nu {1}, minst {2}, {3} saknas",
                              "{0}. Now {1}, at least {2}, {3} missing"},
    };
    const char *const with[] = {words, letter_money(arena, f->is_cents, language), letter_money(arena, f->bound_cents, language),
                                letter_money(arena, difference(f), language)};

    return letter_fill(arena, letter_in(TAILS[f->bound], language), with, 4);
}

struct text finding_words(struct arena *arena, const struct finding *f)
{
    if (f->bound == FINDING_NO_AMOUNTS)
        return f->text;
    return FINDING_TEXT(with_amounts(arena, f, f->text.fi, LETTER_FI), with_amounts(arena, f, f->text.sv, LETTER_SV),
                        with_amounts(arena, f, f->text.en, LETTER_EN));
}

static Funding__Finding *message(struct arena *arena, const struct finding *finding)
{
    Funding__Finding *m = arena_alloc(arena, sizeof *m);

    funding__finding__init(m);
    m->rule = convert_text(finding->rule);
    m->field = arena_strdup(arena, finding->field);
    m->warning = finding->warning;
    m->text = convert_texts(arena, finding_words(arena, finding));
    return m;
}

static struct finding rest_of(struct arena *arena, const struct findings *findings)
{
    struct finding rest = {.rule = "funding.findings.more", .warning = findings->errors == 0};
    const unsigned long long n = findings->left_out;

    rest.text = FINDING_TEXT(arena_printf(arena, "Lisäksi %llu huomiota, jotka näkyvät, kun nämä on korjattu", n),
                             arena_printf(arena, "Ytterligare %llu anmärkningar visas när dessa har rättats", n),
                             arena_printf(arena, "%llu more findings will show once these are mended", n));
    return rest;
}

Funding__Finding **findings_messages(struct arena *arena, const struct findings *findings, size_t *count)
{
    Funding__Finding **rows = arena_array(arena, findings->count + 1, sizeof *rows);

    *count = 0;
    for (size_t i = 0; i < findings->count; i++)
        rows[(*count)++] = message(arena, &findings->rows[i]);
    if (findings->left_out > 0) {
        const struct finding rest = rest_of(arena, findings);
        rows[(*count)++] = message(arena, &rest);
    }
    return rows;
}

static const char *rules_of(struct arena *arena, const struct findings *findings)
{
    const char *all = "";

    for (size_t i = 0; i < findings->count; i++)
        if (!findings->rows[i].warning && strlen(all) < 400)
            all = arena_printf(arena, "%s%s%s", all, *all != '\0' ? " " : "", findings->rows[i].rule);
    return all;
}

bool findings_refuse(struct job *job, const struct findings *findings)
{
    const struct finding *first = finding_first_error(findings);
    struct finding rest;

    if (findings->errors == 0)
        return false;
    if (first == NULL) { /* all that fitted were warnings */
        rest = rest_of(job->arena, findings);
        first = &rest;
    }
    const struct text words = finding_words(job->arena, first);
    (void)job_fail(job, ERR_REFUSED, first->rule, arena_strdup(job->arena, first->field), words.fi, words.sv, words.en);
    if (first->bound != FINDING_NO_AMOUNTS) {
        fact_number(job, "isCents", (uint64_t)first->is_cents);
        fact_number(job, "boundCents", (uint64_t)first->bound_cents);
        fact_number(job, "differenceCents", (uint64_t)difference(first));
    }
    fact_number(job, "errors", findings->errors);
    job_fact(job, "rules", rules_of(job->arena, findings));
    return true;
}
