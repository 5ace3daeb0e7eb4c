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

int64_t instalments_in(const struct instalment *rows, size_t count, enum instalment_state state)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].state == state)
            sum += rows[i].cents;
    return sum;
}

static void check_day(const struct planned_instalment *row, size_t i, const struct instalment_bounds *bounds, struct findings *findings)
{
    if (row->due_on == NO_DAY)
        finding_error(findings, "funding.instalment.due",
                      FINDING_TEXT("Anna erälle maksupäivä", "Ange en betalningsdag för raten", "Give the instalment a day of payment"),
                      "instalments[%zu].dueOn", i);
    else if (row->due_on < bounds->today && (bounds->stays == NULL || !bounds->stays[i]))
        finding_error(findings, "funding.instalment.past",
                      FINDING_TEXT("Maksupäivä on jo mennyt: anna erälle tämä päivä tai myöhempi",
                                   "Betalningsdagen har redan gått: ange denna dag eller en senare för raten",
                                   "The day of payment has passed: give the instalment this day or a later one"),
                      "instalments[%zu].dueOn", i);
}

static void check_row(const struct planned_instalment *row, size_t i, struct findings *findings)
{
    if (row->cents <= 0 || !money_valid(row->cents))
        finding_error(findings, "funding.instalment.cents",
                      FINDING_TEXT("Anna erän määrä, joka on suurempi kuin nolla", "Ange ett belopp för raten som är större än noll",
                                   "Give an amount for the instalment that is more than nought"),
                      "instalments[%zu].cents", i);
}

static void over(const struct instalment_bounds *bounds, struct findings *findings)
{
    if (bounds->settled)
        finding_error(findings, "funding.instalment.over-used",
                      FINDING_TEXT("Loppuselvitys on hyväksytty: avustusta maksetaan enintään se, mitä sitä on käytetty",
                                   "Slutredovisningen är godkänd: av understödet betalas högst det som har använts",
                                   "The final report is accepted: no more of the grant is paid than was used"),
                      "instalments");
    else
        finding_error(findings, "funding.instalment.over-granted",
                      FINDING_TEXT("Erät ovat yhteensä enemmän kuin myönnetty avustus: pienennä niitä",
                                   "Raterna är tillsammans större än det beviljade understödet: minska dem",
                                   "The instalments come to more than the grant: make them smaller"),
                      "instalments");
}

void instalments_check(const struct instalment *rows, size_t count, const struct planned_instalment *plan, size_t planned,
                       const struct instalment_bounds *bounds, struct findings *findings)
{
    int64_t sum = instalments_sum(rows, count, false);
    bool fits = true;

    for (size_t i = 0; i < planned; i++) {
        check_row(&plan[i], i, findings);
        check_day(&plan[i], i, bounds, findings);
        fits = fits && money_add(&sum, plan[i].cents);
    }
    if (findings->errors == 0 && planned > 0 && (!fits || sum > bounds->most_cents)) {
        over(bounds, findings);
        finding_amounts(findings, fits ? FINDING_AT_MOST : FINDING_NO_AMOUNTS, sum, bounds->most_cents);
    }
}

void instalments_unusual(const struct instalment *rows, size_t count, struct findings *findings)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].paid_on != NO_DAY && rows[i].paid_on < rows[i].due_on)
            finding_warning(findings, "funding.instalment.early",
                            FINDING_TEXT("Erä on maksettu ennen suunniteltua päiväänsä: tarkista päivä ja kerro syy hakijalle",
                                         "Raten har betalats före sin planerade dag: kontrollera dagen och berätta orsaken för sökanden",
                                         "The instalment was paid before its planned day: check the day, and tell the applicant why"),
                            "instalments[%zu].paidOn", i);
}

/* --- the final report -------------------------------------------------------------------------------------------------- */
static bool is_later(const struct instalment *row, const struct instalment *than)
{
    return row->due_on > than->due_on || (row->due_on == than->due_on && row->n > than->n);
}

/* The latest that can still be cancelled; -1: none. */
static int latest(const struct instalment *rows, size_t count, const bool *cancels)
{
    int found = -1;

    for (size_t i = 0; i < count; i++)
        if (!cancels[i] && rows[i].state != INSTALMENT_CANCELLED &&
            machine_allows(MACHINE_INSTALMENT, (int)rows[i].state, INSTALMENT_CANCELLED) && (found < 0 || is_later(&rows[i], &rows[found])))
            found = (int)i;
    return found;
}

struct planned_instalment instalments_settle(const struct instalment *rows, size_t count, int64_t used_cents, bool *cancels)
{
    int64_t beyond = instalments_sum(rows, count, true) - used_cents;

    for (size_t i = 0; i < count; i++)
        cancels[i] = false;
    while (beyond > 0) {
        const int i = latest(rows, count, cancels);

        if (i < 0)
            break;
        cancels[i] = true;
        if (rows[i].cents > beyond)
            return (struct planned_instalment){.due_on = rows[i].due_on, .cents = rows[i].cents - beyond};
        beyond -= rows[i].cents;
    }
    return (struct planned_instalment){.due_on = NO_DAY, .cents = 0};
}
