/* See findings.h. */
#include "services/funding/handler/findings.h"

#include <string.h>

#include "common/work/check.h"
#include "services/funding/handler/convert.h"

static Funding__Finding *message(struct arena *arena, const struct finding *finding)
{
    Funding__Finding *m = arena_alloc(arena, sizeof *m);

    funding__finding__init(m);
    m->rule = convert_text(finding->rule);
    m->field = arena_strdup(arena, finding->field);
    m->warning = finding->warning;
    m->text = convert_texts(arena, finding->text);
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
    (void)job_fail(job, ERR_REFUSED, first->rule, arena_strdup(job->arena, first->field), first->text.fi, first->text.sv, first->text.en);
    fact_number(job, "errors", findings->errors);
    job_fact(job, "rules", rules_of(job->arena, findings));
    return true;
}
