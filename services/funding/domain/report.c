/* See report.h. */
#include "services/funding/domain/report.h"

bool report_writable(enum report_state state)
{
    return state == REPORT_AWAITED || state == REPORT_TO_SUPPLEMENT;
}

bool report_late(const struct report *report, int64_t today)
{
    return report_writable(report->state) && report->due_on < obligations_passed(today);
}

bool report_in_review(enum report_state state)
{
    return state == REPORT_SUBMITTED || state == REPORT_VERIFIED;
}

enum obligation_kind report_obligation(enum report_kind kind)
{
    return kind == REPORT_INTERIM ? OBLIGATION_INTERIM : OBLIGATION_FINAL;
}

int64_t report_used(const struct report_content *content)
{
    return amounts_sum(&content->lines);
}

static bool is_line(const struct award *award, uint32_t n)
{
    for (size_t i = 0; i < award->lines.count; i++)
        if (award->lines.rows[i].n == n)
            return true;
    return false;
}

static bool is_twice(const struct amounts *lines, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (lines->rows[k].n == lines->rows[i].n)
            return true;
    return false;
}

static void check_lines(const struct report_content *content, const struct award *award, struct findings *findings)
{
    for (size_t i = 0; i < content->lines.count; i++)
        if (!is_line(award, content->lines.rows[i].n) || is_twice(&content->lines, i))
            finding_error(findings, "funding.report.line",
                          FINDING_TEXT("Anna jokainen käyttösuunnitelman rivi enintään kerran, sen numerolla",
                                       "Ange varje rad i användningsplanen högst en gång, med dess nummer",
                                       "Give each line of the spending plan at most once, by its number"),
                          "content.lines[%zu].n", i);
    const int64_t used = report_used(content);
    if (used < 0 || used > award->granted_cents) {
        finding_error(findings, "funding.report.over-granted",
                      FINDING_TEXT("Avustusta ei voi käyttää enempää kuin sitä on myönnetty: tarkista rivien summa",
                                   "Av understödet kan inte användas mera än vad som beviljats: kontrollera radernas summa",
                                   "No more than the grant can have been used of it: check the sum of the lines"),
                      "content.lines");
        finding_amounts(findings, used < 0 ? FINDING_NO_AMOUNTS : FINDING_AT_MOST, used, award->granted_cents);
    }
}

static void check_parts(const struct report_content *content, struct findings *findings)
{
    for (size_t i = 0; i < content->part_count; i++) {
        const struct training_part *part = &content->parts[i];
        if (*part->title == '\0' || part->scope_tenths == 0)
            finding_error(findings, "funding.report.training",
                          FINDING_TEXT("Anna pidetyn koulutuksen nimi ja laajuus", "Ange den hållna utbildningens namn och omfattning",
                                       "Give the name and the scope of the training that was held"),
                          "content.parts[%zu]", i);
    }
}

void report_check(const struct report_content *content, const struct award *award, enum report_kind kind, struct findings *findings)
{
    if (*content->results == '\0')
        finding_error(findings, "funding.report.results",
                      FINDING_TEXT("Kerro, mitä avustuksella saatiin aikaan", "Berätta vad som uppnåddes med understödet",
                                   "Tell what was achieved with the grant"),
                      "content.results");
    if (*content->use_of_money == '\0')
        finding_error(
            findings, "funding.report.use-of-money",
            FINDING_TEXT("Kerro, mihin avustus käytettiin", "Berätta vad understödet användes till", "Tell what the grant was used for"),
            "content.useOfMoney");
    if (kind == REPORT_FINAL && content->lines.count == 0)
        finding_error(findings, "funding.report.no-lines",
                      FINDING_TEXT("Loppuselvitys tarvitsee käytetyt määrät käyttösuunnitelman riveittäin",
                                   "Slutredovisningen behöver de använda beloppen per rad i användningsplanen",
                                   "A final report needs the amounts used, by the lines of the spending plan"),
                      "content.lines");
    check_lines(content, award, findings);
    check_parts(content, findings);
}

void report_unusual(const struct report *report, int64_t handed_in_on, int64_t use_until, enum report_state interim,
                    struct findings *findings)
{
    if (report->kind != REPORT_FINAL || (!report_in_review(report->state) && report->state != REPORT_ACCEPTED))
        return;
    if (use_until != NO_DAY && handed_in_on <= use_until)
        finding_warning(findings, "funding.report.use-open",
                        FINDING_TEXT("Loppuselvitys on annettu ennen kuin käyttöaika on päättynyt: varmista, ettei avustusta enää käytetä",
                                     "Slutredovisningen har lämnats innan användningstiden har gått ut: säkerställ att understödet inte "
                                     "används längre",
                                     "The final report was handed in before the period of use has ended: make sure that the grant is not "
                                     "used any more"),
                        "submittedAt");
    if (interim != REPORT_ACCEPTED && interim != REPORT_NOT_NEEDED)
        finding_warning(findings, "funding.report.interim-open",
                        FINDING_TEXT("Väliselvitystä ei ole vielä hyväksytty: käsittele se ennen loppuselvitystä",
                                     "Mellanredovisningen är inte godkänd ännu: behandla den före slutredovisningen",
                                     "The interim report is not accepted yet: deal with it before the final one"),
                        "kind");
}
