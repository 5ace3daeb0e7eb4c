/* See instalment.h. */
#include "services/funding/domain/instalment.h"

#include "common/base/day.h"
#include "services/funding/domain/money.h"

int64_t instalments_sum(const struct instalment *rows, size_t count, bool planned_too)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].state != INSTALMENT_CANCELLED && (planned_too || rows[i].state != INSTALMENT_PLANNED))
            sum += rows[i].cents;
    return sum;
}

bool instalments_settled(const struct instalment *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].state != INSTALMENT_PAID && rows[i].state != INSTALMENT_CANCELLED)
            return false;
    return true;
}

int32_t instalments_next(const struct instalment *rows, size_t count)
{
    int32_t last = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].n > last)
            last = rows[i].n;
    return last + 1;
}

static void check_row(const struct planned_instalment *row, size_t i, struct findings *findings)
{
    if (row->cents <= 0 || !money_valid(row->cents))
        finding_error(findings, "funding.instalment.cents",
                      FINDING_TEXT("Anna erän määrä, joka on suurempi kuin nolla", "Ange ett belopp för raten som är större än noll",
                                   "Give an amount for the instalment that is more than nought"),
                      "instalments[%zu].cents", i);
    if (row->due_on == NO_DAY)
        finding_error(findings, "funding.instalment.due",
                      FINDING_TEXT("Anna erälle maksupäivä", "Ange en betalningsdag för raten", "Give the instalment a day of payment"),
                      "instalments[%zu].dueOn", i);
}

void instalments_check(const struct instalment *rows, size_t count, const struct planned_instalment *plan, size_t planned,
                       int64_t granted_cents, struct findings *findings)
{
    int64_t sum = instalments_sum(rows, count, false);
    bool fits = true;

    for (size_t i = 0; i < planned; i++) {
        check_row(&plan[i], i, findings);
        fits = fits && money_add(&sum, plan[i].cents);
    }
    if (findings->errors == 0 && (!fits || sum > granted_cents))
        finding_error(findings, "funding.instalment.over-granted",
                      FINDING_TEXT("Erät ovat yhteensä enemmän kuin myönnetty avustus: pienennä niitä",
                                   "Raterna är tillsammans större än det beviljade understödet: minska dem",
                                   "The instalments come to more than the grant: make them smaller"),
                      "instalments");
}
