/* What does not add up in an import: said, neither corrected nor hidden. VEPO's own source says 280 places in all and 320 by
 * implementation; both are kept, both are hard, and the report names them. */
#include <inttypes.h>

#include "services/enrolment/handler/import.h"

#define NOTE      ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE
#define DISAGREES ENROLMENT__IMPORT_REPORT__LINE__KIND__DISAGREES

static void doubt_capacities(struct report *report, const struct programme *p)
{
    struct arena *arena = report->w->arena;
    const uint64_t sum = programme_capacity_sum(p);

    if (sum == p->cap || p->implementation_count == 0)
        return;
    report_line(report, DISAGREES, "cap",
                arena_printf(arena,
                             "toteutusten paikat ovat yhteensä %" PRIu64 ", mutta koulutuksen enimmäismäärä on %" PRIu32
                             "; molemmat ovat voimassa, ja pienempi ratkaisee",
                             sum, p->cap),
                arena_printf(arena,
                             "genomförandenas platser är sammanlagt %" PRIu64 ", men utbildningens maximiantal är %" PRIu32
                             "; båda gäller, och det mindre avgör",
                             sum, p->cap),
                arena_printf(arena,
                             "the implementations have %" PRIu64 " seats in all, but the programme's cap is %" PRIu32
                             "; both hold, and the smaller one decides",
                             sum, p->cap));
}

static void doubt_credits(struct report *report, const struct programme *p)
{
    struct arena *arena = report->w->arena;
    uint32_t sum = 0;

    for (size_t i = 0; i < p->unit_count; i++)
        sum += p->units[i].credits_tenths;
    if (sum == p->credits_tenths || p->unit_count == 0)
        return;
    report_line(report, DISAGREES, "creditsTenths",
                arena_printf(arena, "opintojaksojen laajuus on yhteensä %u,%u op, koulutuksen %u,%u op", sum / 10, sum % 10,
                             p->credits_tenths / 10, p->credits_tenths % 10),
                arena_printf(arena, "studieavsnittens omfattning är sammanlagt %u,%u sp, utbildningens %u,%u sp", sum / 10, sum % 10,
                             p->credits_tenths / 10, p->credits_tenths % 10),
                arena_printf(arena, "the study units make %u.%u credits, the programme says %u.%u", sum / 10, sum % 10,
                             p->credits_tenths / 10, p->credits_tenths % 10));
}

static void note_advance_notices(struct report *report, const struct programme *p)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; i < p->unit_count; i++) {
        size_t open = 0;
        for (size_t k = 0; k < p->units[i].webinar_count; k++)
            open += p->units[i].webinars[k].advance_notice && !p->units[i].webinars[k].cancelled;
        if (open > 0)
            report_line(report, NOTE, arena_printf(arena, "units[%zu].webinars", i),
                        arena_printf(arena, "ennakkotietoja %zu: päivä voi vielä muuttua", open),
                        arena_printf(arena, "förhandsuppgifter %zu: dagen kan ännu ändras", open),
                        arena_printf(arena, "advance notices %zu: the date may still change", open));
    }
}

static void note_windows(struct report *report, const struct programme *p, int64_t now_us)
{
    size_t coming = 0;

    for (size_t i = 0; i < p->window_count; i++)
        coming += p->windows[i].closes_us > now_us;
    if (coming == 0)
        report_line(report, NOTE, "windows", "ilmoittautumisaikaa ei ole tulossa: kukaan ei voi ilmoittautua",
                    "ingen anmälningstid är på kommande: ingen kan anmäla sig", "no enrolment period lies ahead: nobody can enrol");
}

void import_doubts(struct report *report, const struct programme *after, int64_t now_us)
{
    doubt_capacities(report, after);
    doubt_credits(report, after);
    note_advance_notices(report, after);
    note_windows(report, after, now_us);
}
