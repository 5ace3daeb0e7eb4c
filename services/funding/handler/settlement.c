/* See settlement.h. */
#include "services/funding/handler/settlement.h"

#include <string.h>

#include "common/base/workday.h"
#include "common/work/check.h"
#include "services/funding/handler/tell_award.h"

#define BEYOND_USED "rules: the final report shows less as used"
#define REST_USED   "rules: the final report leaves this much of an instalment"
#define NOT_USED    "rules: paid and not used"
#define REPAY_DAYS  30 /* proposed, until the decision-maker orders a day */

static const struct uuid NOBODY = {{0}};

/* --- may it be settled ------------------------------------------------------------------------------------------------- */
static bool is_unplanned(struct job *job, const struct award *award, const struct report *final)
{
    if (final->used_cents <= award->planned_cents)
        return false;
    (void)job_fail(
        job, ERR_REFUSED, "funding.report.unplanned", NULL,
        "Avustusta on käytetty enemmän kuin erät ovat yhteensä: suunnittele ensin puuttuvat erät, tai palauta selvitys",
        "Mera av understödet har använts än vad raterna uppgår till: planera först de rater som saknas, eller återsänd redovisningen",
        "More of the grant was used than instalments are planned for: plan the missing ones first, or return the report");
    fact_number(job, "usedCents", (uint64_t) final->used_cents);
    fact_number(job, "plannedCents", (uint64_t)award->planned_cents);
    return true;
}

/* What is at the bank cannot be cancelled any more, and whether it is paid or comes back is not known yet. */
static bool is_at_the_bank(struct job *job, const struct award *award, const struct report *final)
{
    const int64_t sent = instalments_in(award->instalments, award->instalment_count, INSTALMENT_SENT);
    const int64_t paid = instalments_in(award->instalments, award->instalment_count, INSTALMENT_PAID);

    if (sent == 0 || paid + sent <= final->used_cents)
        return false;
    (void)job_fail(job, ERR_REFUSED, "funding.report.at-the-bank", NULL,
                   "Pankille on lähetetty erä, jonka jälkeen maksettua olisi enemmän kuin käytettyä: merkitse ensin, maksettiinko se vai "
                   "palautuiko se, ja hyväksy selvitys sitten",
                   "En rat har sänts till banken, och med den skulle mera vara betalt än använt: anteckna först om den betalades eller kom "
                   "tillbaka, och godkänn sedan redovisningen",
                   "An instalment was sent to the bank with which more would be paid than was used: note first whether it was paid or came "
                   "back, then accept the report");
    fact_number(job, "usedCents", (uint64_t) final->used_cents);
    fact_number(job, "paidCents", (uint64_t)paid);
    fact_number(job, "sentCents", (uint64_t)sent);
    return true;
}

bool settlement_refused(struct job *job, const struct award *award, const struct report *final)
{
    return is_unplanned(job, award, final) || is_at_the_bank(job, award, final);
}

int64_t settlement_most(int64_t granted_cents, const struct report_ask *reports)
{
    const struct report_row *final = reports != NULL ? report_of(reports, REPORT_FINAL) : NULL;

    if (final == NULL || final->report.state != REPORT_ACCEPTED || final->report.used_cents > granted_cents)
        return granted_cents;
    return final->report.used_cents;
}

/* --- what is not paid any more ----------------------------------------------------------------------------------------- */
static void plan_rest(struct job *job, struct workset *w, struct award *award, const struct planned_instalment *rest)
{
    struct instalment *rows = arena_array(w->arena, award->instalment_count + 1, sizeof *rows);
    struct instalment *row = &rows[award->instalment_count];
    const struct grantee of = grantee_of(award);

    for (size_t i = 0; i < award->instalment_count; i++)
        rows[i] = award->instalments[i];
    *row = (struct instalment){.id = uuid_v7(w->now_us),
                               .n = instalments_next(rows, award->instalment_count),
                               .cents = rest->cents,
                               .due_on = rest->due_on,
                               .state = INSTALMENT_PLANNED,
                               .iban = "",
                               .reference = "",
                               .paid_on = NO_DAY};
    award->instalments = rows;
    award->instalment_count++;
    instalment_add(w, award->id, row, REST_USED, NOBODY);
    tell_instalment(w, job, &of, row);
}

static void cancel_beyond(struct job *job, struct workset *w, struct award *award, int64_t used_cents)
{
    bool *cancels = arena_array(w->arena, award->instalment_count + 1, sizeof *cancels);
    const struct planned_instalment rest = instalments_settle(award->instalments, award->instalment_count, used_cents, cancels);
    const struct grantee of = grantee_of(award);

    for (size_t i = 0; i < award->instalment_count; i++)
        if (cancels[i]) {
            instalment_move(w, &award->instalments[i], INSTALMENT_CANCELLED, BEYOND_USED, NOBODY);
            tell_instalment(w, job, &of, &award->instalments[i]);
        }
    if (rest.cents > 0)
        plan_rest(job, w, award, &rest);
}

/* --- what comes back --------------------------------------------------------------------------------------------------- */
/* In the language of the case. */
static const char *reasons_in(const char *language)
{
    if (strcmp(language, "sv") == 0)
        return "Den del av understödet som enligt slutredovisningen inte har använts (688/2001, 20 §)";
    if (strcmp(language, "en") == 0)
        return "The part of the grant that was not used, by the final report (688/2001, section 20)";
    return "Käyttämättä jäänyt osa avustuksesta loppuselvityksen mukaan (688/2001, 20 §)";
}

static void propose_return(struct job *job, struct workset *w, struct award *award, int64_t used_cents)
{
    const int64_t cents = recovery_unused(award->paid_cents, used_cents, award->recoveries, award->recovery_count);
    struct recovery *recovery = &award->recoveries[award->recovery_count]; /* the array has room for one more (store/award.c) */
    const struct grantee of = grantee_of(award);

    if (cents == 0)
        return;
    *recovery = (struct recovery){.id = uuid_v7(w->now_us),
                                  .kind = RECOVERY_RETURN,
                                  .cents = cents,
                                  .reasons = reasons_in(award->language),
                                  .due_on = helsinki_day(w->now_us) + REPAY_DAYS,
                                  .state = RECOVERY_PROPOSED,
                                  .paid_on = NO_DAY};
    award->recovery_count++;
    recovery_add(w, award->id, recovery, NOT_USED, NOBODY);
    (void)tell_recovery(w, job, &of, recovery, recovery->reasons, NULL);
}

void settlement_make(struct job *job, struct workset *w, struct award *award, const struct report *final)
{
    cancel_beyond(job, w, award, final->used_cents);
    propose_return(job, w, award, final->used_cents);
}
