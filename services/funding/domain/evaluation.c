/* See evaluation.h. */
#include "services/funding/domain/evaluation.h"

#include "services/funding/domain/median.h"

#define MILLIONTHS INT64_C(1000000)
#define T          FINDING_TEXT

static int64_t divide_half_up(int64_t a, int64_t b)
{
    return (2 * a + b) / (2 * b);
}

int32_t evaluation_points(const struct score *scores, size_t count, const struct call *call)
{
    int64_t sum = 0, weights = 0;

    for (size_t i = 0; i < count; i++) {
        const struct call_criterion *c = call_criterion(call, scores[i].criterion_id);

        if (c == NULL)
            continue; /* it has left the call since: nothing is left of its weight */
        sum += c->weight * divide_half_up(scores[i].points * MILLIONTHS, c->points);
        weights += c->weight;
    }
    return weights > 0 ? (int32_t)divide_half_up(sum, weights * (MILLIONTHS / EVALUATION_POINTS_MAX)) : 0;
}

/* --- the check --------------------------------------------------------------------------------------------------------- */
static size_t times_scored(const struct evaluation *e, struct uuid criterion)
{
    size_t times = 0;

    for (size_t i = 0; i < e->score_count; i++)
        times += uuid_compare(e->scores[i].criterion_id, criterion) == 0;
    return times;
}

static void check_criteria(const struct evaluation *e, const struct call *call, struct findings *out)
{
    for (size_t i = 0; i < call->criterion_count; i++) {
        const size_t times = times_scored(e, call->criteria[i].id);

        if (times == 0)
            finding_error(
                out, "funding.evaluation.criterion-missing",
                T("Anna pisteet jokaisesta arviointiperusteesta", "Ge poäng för varje bedömningsgrund", "Give points for every criterion"),
                "scores");
        else if (times > 1)
            finding_error(out, "funding.evaluation.criterion-twice",
                          T("Samasta arviointiperusteesta on annettu pisteet kahdesti", "Samma bedömningsgrund har poäng två gånger",
                            "The same criterion is scored twice"),
                          "scores");
    }
}

static void check_scores(const struct evaluation *e, const struct call *call, struct findings *out)
{
    for (size_t i = 0; i < e->score_count; i++) {
        const struct call_criterion *c = call_criterion(call, e->scores[i].criterion_id);

        if (c == NULL)
            finding_error(
                out, "funding.evaluation.criterion-unknown",
                T("Haulla ei ole tätä arviointiperustetta", "Utlysningen har inte denna bedömningsgrund", "The call has no such criterion"),
                "scores[%zu].criterionId", i);
        else if (e->scores[i].points < 0 || e->scores[i].points > c->points)
            finding_error(out, "funding.evaluation.points",
                          T("Pisteitä on enemmän kuin tästä perusteesta voi enintään antaa",
                            "Poängen överskrider det högsta antalet för denna grund", "There are more points than this criterion can give"),
                          "scores[%zu].points", i);
    }
}

static void check_cents(const struct evaluation *e, int64_t applied_cents, struct findings *out)
{
    if (e->cents < 0 || e->cents > applied_cents)
        finding_error(out, "funding.evaluation.cents",
                      T("Suositeltu summa voi olla enintään haettu summa", "Det rekommenderade beloppet får vara högst det sökta beloppet",
                        "The amount recommended can be at most what was applied for"),
                      "cents");
    else if (e->verdict == VERDICT_DO_NOT_FUND && e->cents != 0)
        finding_error(out, "funding.evaluation.cents-against",
                      T("Kun et suosittele hankkeelle rahoitusta, summan on oltava 0",
                        "När du inte rekommenderar finansiering för projektet ska beloppet vara 0",
                        "Where you do not recommend the project for funding, the amount has to be 0"),
                      "cents");
    else if (e->verdict != VERDICT_DO_NOT_FUND && e->cents == 0)
        finding_error(out, "funding.evaluation.cents-missing",
                      T("Anna summa, jota suosittelet hankkeelle", "Ange vilket belopp du rekommenderar för projektet",
                        "Give the amount you recommend to be granted"),
                      "cents");
    else if (e->verdict == VERDICT_FUND && e->cents < applied_cents)
        finding_error(out, "funding.evaluation.cents-whole",
                      T("Summa on pienempi kuin haettu: puolla rahoitusta osittain, tai anna koko haettu summa",
                        "Beloppet är mindre än det sökta: förorda delvis finansiering eller ange hela det sökta beloppet",
                        "The amount is less than was applied for: recommend funding in part, or give the whole amount"),
                      "cents");
    else if (e->verdict == VERDICT_FUND_PART && e->cents == applied_cents)
        finding_error(out, "funding.evaluation.cents-part",
                      T("Summa on koko haettu summa: puolla rahoitusta kokonaan, tai anna pienempi summa",
                        "Beloppet är hela det sökta beloppet: förorda full finansiering eller ange ett mindre belopp",
                        "The amount is all that was applied for: recommend full funding, or give a smaller amount"),
                      "cents");
}

void evaluation_check(const struct evaluation *evaluation, const struct call *call, int64_t applied_cents, struct findings *findings)
{
    check_criteria(evaluation, call, findings);
    check_scores(evaluation, call, findings);
    check_cents(evaluation, applied_cents, findings);
}

/* --- all of one application -------------------------------------------------------------------------------------------- */
struct evaluated evaluation_sum(const struct evaluation *evaluations, size_t count, int64_t applied_cents)
{
    struct evaluated all = {0};
    int64_t points = 0, cents[CALL_OFFICIALS_MAX];
    size_t amounts = 0;

    for (size_t i = 0; i < count && all.count < CALL_OFFICIALS_MAX; i++) {
        const struct evaluation *e = &evaluations[i];

        if (e->excluded) {
            all.excluded_count++;
            continue;
        }
        all.count++;
        all.outdated += e->outdated;
        points += e->points_total;
        if (e->verdict == VERDICT_DO_NOT_FUND)
            all.against++;
        else
            cents[amounts++] = e->cents < applied_cents ? e->cents : applied_cents;
    }
    all.points = all.count > 0 ? (int32_t)divide_half_up(points, (int64_t)all.count) : 0;
    all.cents = median(cents, amounts);
    all.rejected = 2 * all.against > all.count;
    return all;
}

void evaluation_age_check(const struct evaluated *evaluated, struct findings *findings)
{
    if (evaluated->outdated > 0)
        finding_warning(findings, "funding.evaluation.outdated",
                        T("Hakemusta on täydennetty sen jälkeen, kun osa arvioista tallennettiin: pyydä arvioijia tarkistamaan arvionsa",
                          "Ansökan har kompletterats efter att en del av bedömningarna sparades: be bedömarna se över sina bedömningar",
                          "The application was supplemented after some of its evaluations were saved: ask the evaluators to look at theirs "
                          "again"),
                        "evaluations");
}
