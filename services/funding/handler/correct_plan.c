/* See correct_plan.h. */
#include "services/funding/handler/correct_plan.h"

#include "common/base/workday.h"
#include "common/work/check.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/domain/money.h"
#include "services/funding/handler/settlement.h"

enum err correct_plan_check(struct job *job, const Funding__CorrectDecisionRequest *request)
{
    enum err err = check_range(job, "instalments", (int64_t)request->n_instalments, 0, INSTALMENTS_MAX);

    for (size_t i = 0; err == ERR_OK && i < request->n_instalments; i++) {
        err = check_day(job, arena_printf(job->arena, "instalments[%zu].dueOn", i), request->instalments[i]->due_on, NULL);
        if (err == ERR_OK)
            err = check_range(job, arena_printf(job->arena, "instalments[%zu].cents", i), request->instalments[i]->cents, 1, MONEY_MAX);
    }
    return err;
}

enum { DONE, PLANNED, GRANTED, USED, REST, SUMS }; /* amounts, as words name them */

static bool is_done(const struct instalment *row)
{
    return row->state != INSTALMENT_PLANNED && row->state != INSTALMENT_CANCELLED;
}

void correct_plan_read(struct arena *arena, const Funding__CorrectDecisionRequest *request, const struct award *award,
                       struct decision_case *c)
{
    struct planned_instalment *plan = arena_array(arena, request->n_instalments + 1, sizeof *plan);
    struct letter_paid *done = arena_array(arena, award != NULL ? award->instalment_count + 1 : 1, sizeof *done);

    for (size_t i = 0; i < request->n_instalments; i++) {
        plan[i].cents = request->instalments[i]->cents;
        if (!day_parse(&plan[i].due_on, span_text(request->instalments[i]->due_on)))
            plan[i].due_on = NO_DAY; /* correct_plan_check has seen that it is one */
    }
    c->instalments = plan;
    c->instalment_count = request->n_instalments;
    c->done = done;
    for (size_t i = 0; award != NULL && i < award->instalment_count; i++) {
        const struct instalment *row = &award->instalments[i];
        const bool paid = row->state == INSTALMENT_PAID;

        if (is_done(row))
            done[c->done_count++] = (struct letter_paid){.day = paid ? row->paid_on : row->due_on, .cents = row->cents, .paid = paid};
    }
}

/* --- rules ------------------------------------------------------------------------------------------------------------- */
static bool days_hold(struct job *job, const struct workset *w, const struct decision_case *c)
{
    const int64_t today = helsinki_day(w->now_us);

    for (size_t i = 0; i < c->instalment_count; i++) {
        const char *field = arena_printf(job->arena, "instalments[%zu].dueOn", i);

        if (c->instalments[i].due_on < today) {
            (void)job_fail(job, ERR_REFUSED, "funding.instalment.past", field, "Maksupäivä on mennyt: anna päivä tästä päivästä eteenpäin",
                           "Betalningsdagen har passerat: ange en dag från i dag framåt",
                           "The day of payment has passed: give one from today on");
            return false;
        }
        if (i > 0 && c->instalments[i].due_on < c->instalments[i - 1].due_on) {
            (void)job_fail(job, ERR_REFUSED, "funding.assessment.instalment-order", field, "Maksuerien on oltava päiväjärjestyksessä",
                           "Utbetalningarna ska stå i datumordning", "Instalments have to be in the order of their days");
            return false;
        }
    }
    return true;
}

static bool count_holds(struct job *job, const struct award *award, const struct decision_case *c)
{
    const size_t before = award != NULL ? (size_t)instalments_next(award->instalments, award->instalment_count) - 1 : 0;

    if (before + c->instalment_count <= INSTALMENTS_MAX)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.instalment.too-many", "instalments",
                   "Avustuksella voi olla enintään 50 erää, peruutetut mukaan lukien: yhdistä eriä",
                   "Ett understöd kan ha högst 50 rater, annullerade medräknade: slå ihop rater",
                   "A grant can have at most 50 instalments, cancelled ones counted: join some of them");
    return false;
}

static const struct text WHOLE = {.fi = "Maksettu tai maksettavaksi määrätty {0} ja vielä maksettava {1} eivät ole yhteensä avustus "
                                        "{2}: korjaa vielä maksettavat erät",
                                  .sv = "Det som är betalt eller anvisat för betalning, {0}, och det som återstår att betala, {1}, är "
                                        "inte tillsammans understödet {2}: rätta de rater som återstår",
                                  .en = "What is paid or ordered, {0}, and what is still to be paid, {1}, are not the grant of {2} "
                                        "together: mend the instalments that are still to be paid"};
static const struct text SETTLED = {.fi = "Hyväksytyn loppuselvityksen mukaan avustusta on käytetty {3}, ja siitä on maksettu tai "
                                          "määrätty maksettavaksi {0}: vielä maksettavia eriä on oltava yhteensä {4}, ei {1}",
                                    .sv = "Enligt den godkända slutredovisningen har {3} av understödet använts, och {0} är betalt eller "
                                          "anvisat för betalning: de rater som återstår ska vara {4} tillsammans, inte {1}",
                                    .en = "The accepted final report has {3} of the grant shown as used, and {0} is paid or ordered: the "
                                          "instalments that are still to be paid have to be {4} together, not {1}"};

static const char *sum_words(struct arena *arena, const char *template, const int64_t sums[SUMS], enum letter_language language)
{
    const char *with[SUMS];

    for (size_t i = 0; i < SUMS; i++)
        with[i] = letter_money(arena, sums[i], language);
    return letter_fill(arena, template, with, SUMS);
}

static void refuse_sum(struct job *job, struct text template, const int64_t sums[SUMS])
{
    (void)job_fail(job, ERR_REFUSED, "funding.decision.instalments-sum", "instalments", sum_words(job->arena, template.fi, sums, LETTER_FI),
                   sum_words(job->arena, template.sv, sums, LETTER_SV), sum_words(job->arena, template.en, sums, LETTER_EN));
    fact_number(job, "doneCents", (uint64_t)sums[DONE]);
    fact_number(job, "plannedCents", (uint64_t)sums[PLANNED]);
    fact_number(job, "grantedCents", (uint64_t)sums[GRANTED]);
}

/* What is done and what is planned are the grant; once its final report has settled it (settlement.h), what was used, or what is done
 * where that is more. */
static bool sum_holds(struct job *job, const struct workset *w, const struct award *award, const struct decision_case *c)
{
    const int64_t granted = c->assessment.state == ASSESSMENT_GRANT ? c->assessment.cents : 0;
    const int64_t done = award != NULL ? instalments_sum(award->instalments, award->instalment_count, false) : 0;
    const int64_t most = settlement_most(granted, award != NULL ? report_asked(w, job) : NULL);
    const int64_t rest = most > done ? most - done : 0;
    int64_t planned = 0;
    bool fits = true;

    for (size_t i = 0; i < c->instalment_count; i++)
        fits = fits && money_add(&planned, c->instalments[i].cents);
    if (fits && planned == rest)
        return true;
    refuse_sum(job, most < granted ? SETTLED : WHOLE,
               (const int64_t[SUMS]){[DONE] = done, [PLANNED] = planned, [GRANTED] = granted, [USED] = most, [REST] = rest});
    return false;
}

bool correct_plan_holds(struct job *job, const struct workset *w, const struct award *award, const struct decision_case *c)
{
    return days_hold(job, w, c) && count_holds(job, award, c) && sum_holds(job, w, award, c);
}
