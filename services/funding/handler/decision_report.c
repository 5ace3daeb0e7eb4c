/* See decision_report.h. */
#include "services/funding/handler/decision_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/work/check.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/findings.h"

#define FACT_MOST 400 /* bytes of a list in a fact */

struct decision_report decision_report_begin(struct arena *arena)
{
    struct decision_report report = {.arena = arena, .message = arena_alloc(arena, sizeof *report.message)};

    funding__send_report__init(report.message);
    report.message->findings = arena_array(arena, DECISION_REPORT_MAX + 1, sizeof *report.message->findings);
    return report;
}

static void push(struct decision_report *report, const struct application *a, const struct finding *finding)
{
    Funding__SendFinding *row = arena_alloc(report->arena, sizeof *row);
    Funding__Finding *m = arena_alloc(report->arena, sizeof *m);

    funding__send_finding__init(row);
    funding__finding__init(m);
    if (a != NULL) {
        row->application_id = convert_id(report->arena, a->id);
        row->register_number = convert_text(a->register_number);
    }
    m->rule = convert_text(finding->rule);
    m->field = arena_strdup(report->arena, finding->field);
    m->warning = finding->warning;
    m->text = convert_texts(report->arena, finding_words(report->arena, finding));
    row->finding = m;
    report->message->findings[report->message->n_findings++] = row;
}

void decision_report_add(struct decision_report *report, const struct application *a, const struct finding *finding)
{
    report->errors += finding->warning ? 0 : 1;
    if (report->message->n_findings < DECISION_REPORT_MAX)
        push(report, a, finding);
    else
        report->left_out++;
}

void decision_report_findings(struct decision_report *report, const struct application *a, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        decision_report_add(report, a, &findings->rows[i]);
    report->left_out += findings->left_out;
    report->errors += findings->left_out > 0 && finding_first_error(findings) == NULL ? findings->errors : 0;
}

static const char *in(struct arena *arena, const char *template, const struct call_theme *theme, int64_t over,
                      enum letter_language language)
{
    const char *const with[] = {theme != NULL ? letter_in(theme->title, language) : "", letter_money(arena, over, language)};

    return letter_fill(arena, template, with, 2);
}

static void overspent(struct decision_report *report, const char *rule, struct text words, const struct call_theme *theme, int64_t over)
{
    struct finding finding = {.rule = rule, .field = "callId"};

    finding.text = FINDING_TEXT(in(report->arena, words.fi, theme, over, LETTER_FI), in(report->arena, words.sv, theme, over, LETTER_SV),
                                in(report->arena, words.en, theme, over, LETTER_EN));
    decision_report_add(report, NULL, &finding);
}

void decision_report_caps(struct decision_report *report, const struct decision_caps *caps)
{
    static const struct text THEME = {.fi = "Teeman ”{0}” määrärahasta puuttuisi {1}: pienennä myönnettäviä summia tai hylkää hakemuksia",
                                      .sv = "Temat ”{0}” skulle överskrida sitt anslag med {1}: minska beloppen eller avslå ansökningar",
                                      .en = "Theme “{0}” would be overspent by {1}: lower the amounts or reject applications"};
    static const struct text CALL = {.fi = "Haun määrärahasta puuttuisi {1}: pienennä myönnettäviä summia tai hylkää hakemuksia",
                                     .sv = "Utlysningen skulle överskrida sitt anslag med {1}: minska beloppen eller avslå ansökningar",
                                     .en = "The call would be overspent by {1}: lower the amounts or reject applications"};
    const struct call_theme *theme;
    int64_t over;

    for (size_t at = 0; decision_caps_over(caps, &at, &theme, &over);)
        overspent(report, "funding.decision.theme-overspent", THEME, theme, over);
    if ((over = decision_caps_over_call(caps)) > 0)
        overspent(report, "funding.decision.call-overspent", CALL, NULL, over);
}

void decision_report_counts(struct decision_report *report, const struct decision *d)
{
    report->message->granted += d->granted ? 1 : 0;
    report->message->rejected += d->granted ? 0 : 1;
    report->message->cents += d->cents;
}

const ProtobufCMessage *decision_report_end(struct decision_report *report)
{
    struct finding rest = {.rule = "funding.findings.more", .warning = report->errors == 0};
    const size_t n = report->left_out;

    if (n > 0) {
        rest.text = FINDING_TEXT(arena_printf(report->arena, "Lisäksi %zu huomiota, jotka näkyvät, kun nämä on korjattu", n),
                                 arena_printf(report->arena, "Ytterligare %zu anmärkningar visas när dessa har rättats", n),
                                 arena_printf(report->arena, "%zu more findings will show once these are mended", n));
        push(report, NULL, &rest);
    }
    return &report->message->base;
}

/* The register numbers of the applications, each once: findings of one stand in a row. */
static const char *numbers(const struct decision_report *report)
{
    const char *all = "", *last = "";

    for (size_t i = 0; i < report->message->n_findings && strlen(all) < FACT_MOST; i++) {
        const Funding__SendFinding *row = report->message->findings[i];

        if (row->finding->warning || strcmp(row->register_number, last) == 0)
            continue;
        last = row->register_number;
        all = arena_printf(report->arena, "%s%s%s", all, *all != '\0' ? " " : "", last);
    }
    return all;
}

void decision_report_refuse(struct job *job, const struct decision_report *report)
{
    const Funding__SendFinding *first = NULL;

    for (size_t i = 0; i < report->message->n_findings && first == NULL; i++)
        if (!report->message->findings[i]->finding->warning)
            first = report->message->findings[i];
    if (first == NULL) {
        (void)job_fail(job, ERR_REFUSED, "funding.findings.more", NULL, "Päätöksiä ei voi lähettää: katso huomiot koelähetyksellä",
                       "Besluten kan inte sändas: se anmärkningarna med en provsändning",
                       "The decisions cannot be sent: see the findings by a dry run");
        return;
    }
    const Bus__Text *text = first->finding->text;
    (void)job_fail(job, ERR_REFUSED, first->finding->rule, first->finding->field, text->fi, text->sv, text->en);
    fact_number(job, "errors", report->errors);
    job_fact(job, "registerNumber", first->register_number);
    job_fact(job, "registerNumbers", numbers(report));
}
