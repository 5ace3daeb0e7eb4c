/* See assessment.h. */
#include "services/funding/domain/assessment.h"

#include "services/funding/domain/money.h"
#include "services/funding/domain/reason.h"

#define T FINDING_TEXT

struct assessment assessment_begin(struct uuid application, struct uuid call)
{
    return (struct assessment){.application_id = application,
                               .call_id = call,
                               .state = ASSESSMENT_UNHANDLED,
                               .purpose = "",
                               .use_from = NO_DAY,
                               .use_until = NO_DAY,
                               .own_reasons = "",
                               .terms = "",
                               .deviation = "",
                               .version = 1};
}

bool assessment_chosen(const struct assessment *a)
{
    return a->state == ASSESSMENT_GRANT || a->state == ASSESSMENT_REJECT;
}

bool assessment_presented(const struct assessment *a, int64_t submitted_version)
{
    return !uuid_is_nil(a->presented_by) && a->presented_version == submitted_version;
}

/* --- amounts ----------------------------------------------------------------------------------------------------------- */
static void check_cents(const struct assessment *a, int64_t applied_cents, struct findings *out)
{
    if (a->cents <= 0 || a->cents > applied_cents) {
        finding_error(out, "funding.assessment.cents",
                      T("Myönnettävän summan on oltava suurempi kuin 0 ja enintään haettu summa",
                        "Beloppet som beviljas ska vara större än 0 och högst det sökta beloppet",
                        "The amount to be granted has to be more than 0 and at most what was applied for"),
                      "assessment.cents");
        finding_amounts(out, a->cents > applied_cents ? FINDING_AT_MOST : FINDING_NO_AMOUNTS, a->cents, applied_cents);
    }
}

static void check_partners(const struct assessment *a, const struct consortium *consortium, struct findings *out)
{
    int64_t sum = 0;
    bool valid = a->partner_count == consortium->partner_count;

    for (size_t i = 0; valid && i < a->partner_count; i++)
        valid = money_add(&sum, a->partner_cents[i]);
    if (!valid)
        finding_error(out, "funding.assessment.partners",
                      T("Anna jokaiselle osapuolelle sen osuus myönnettävästä summasta; osuus voi olla 0",
                        "Ange för varje part dess andel av det belopp som beviljas; andelen kan vara 0",
                        "Give each partner's part of the amount to be granted; it may be 0"),
                      "assessment.partnerCents");
    else if (sum != a->cents) {
        finding_error(out, "funding.assessment.partners-sum",
                      T("Osapuolten osuuksien summan on oltava myönnettävä summa",
                        "Parternas andelar ska tillsammans vara det belopp som beviljas",
                        "The partners' parts have to be the amount to be granted together"),
                      "assessment.partnerCents");
        finding_amounts(out, FINDING_EXACTLY, sum, a->cents);
    }
    for (size_t i = 0; valid && i < a->partner_count; i++)
        if (a->partner_cents[i] > consortium->partners[i].cents)
            finding_warning(out, "funding.assessment.partner-more",
                            T("Osapuoli saisi enemmän kuin sille on haettu", "Parten skulle få mer än vad som har sökts för den",
                              "The partner would get more than was applied for on its behalf"),
                            "assessment.partnerCents[%zu]", i);
}

/* The accepted costs, less the own financing the call asks for, are the most that can be granted (688/2001, 6 s.). */
static void check_share(const struct assessment *a, const struct call *call, int64_t accepted, struct findings *out)
{
    if (a->cents > accepted - money_permille_up(accepted, call->own_permille)) {
        finding_error(out, "funding.assessment.own-share",
                      T("Summa on suurempi kuin hyväksytyt kustannukset, joista on vähennetty haun omarahoitusosuus",
                        "Beloppet är större än de godkända kostnaderna minskade med utlysningens egenfinansieringsandel",
                        "The amount is more than the accepted costs less the own financing the call asks for"),
                      "assessment.cents");
        finding_amounts(out, FINDING_AT_MOST, a->cents, accepted - money_permille_up(accepted, call->own_permille));
    }
}

static void check_lines(const struct assessment *a, const struct call *call, const struct consortium *consortium, struct findings *out)
{
    int64_t sum = 0;
    bool valid = a->line_count == consortium->line_count;

    for (size_t i = 0; valid && i < a->line_count; i++)
        valid = money_add(&sum, a->line_cents[i]);
    if (!valid) {
        finding_error(out, "funding.assessment.lines",
                      T("Anna jokaisesta talousarvion rivistä hyväksytty kustannus; se voi olla 0",
                        "Ange den godkända kostnaden för varje budgetrad; den kan vara 0",
                        "Give the accepted cost of each budget line; it may be 0"),
                      "assessment.lineCents");
        return;
    }
    for (size_t i = 0; i < a->line_count; i++)
        if (a->line_cents[i] > consortium->lines[i].cents) {
            finding_error(out, "funding.assessment.line-more",
                          T("Hyväksytty kustannus on suurempi kuin haettu", "Den godkända kostnaden är större än den ansökta",
                            "The accepted cost is more than the one applied with"),
                          "assessment.lineCents[%zu]", i);
            finding_amounts(out, FINDING_AT_MOST, a->line_cents[i], consortium->lines[i].cents);
        }
    check_share(a, call, sum, out);
}

/* --- purpose, time, instalments ---------------------------------------------------------------------------------------- */
static void check_use(const struct assessment *a, const struct call *call, struct findings *out)
{
    if (*a->purpose == '\0')
        finding_error(
            out, "funding.assessment.purpose",
            T("Kirjoita, mihin avustus on käytettävä", "Skriv vad understödet ska användas till", "Write what the grant is to be used for"),
            "assessment.purpose");
    if (a->use_from == NO_DAY || a->use_until == NO_DAY)
        finding_error(out, "funding.assessment.use-missing",
                      T("Anna käyttöajan ensimmäinen ja viimeinen päivä", "Ange användningstidens första och sista dag",
                        "Give the first and the last day of the period of use"),
                      a->use_from == NO_DAY ? "assessment.useFrom" : "assessment.useUntil");
    else if (a->use_from > a->use_until)
        finding_error(out, "funding.assessment.use-order",
                      T("Käyttöaika päättyy ennen kuin se alkaa", "Användningstiden går ut innan den börjar",
                        "The period of use ends before it begins"),
                      "assessment.useUntil");
    else if (a->use_from < call->use_from || a->use_until > call->use_until)
        finding_error(out, "funding.assessment.use-outside",
                      T("Käyttöajan on oltava haun käyttöajan sisällä", "Användningstiden ska ligga inom utlysningens användningstid",
                        "The period of use has to be within that of the call"),
                      a->use_from < call->use_from ? "assessment.useFrom" : "assessment.useUntil");
}

static bool instalments_valid(const struct assessment *a, int64_t *sum, struct findings *out)
{
    for (size_t i = 0; i < a->instalment_count; i++) {
        const struct planned_instalment *p = &a->instalments[i];

        if (p->cents <= 0 || p->due_on == NO_DAY || !money_add(sum, p->cents)) {
            finding_error(out, "funding.assessment.instalment",
                          T("Maksuerällä on oltava maksupäivä ja summa", "En utbetalning ska ha datum och belopp",
                            "An instalment needs a day and an amount"),
                          "assessment.instalments[%zu]", i);
            return false;
        }
        if (i > 0 && p->due_on < a->instalments[i - 1].due_on)
            finding_error(out, "funding.assessment.instalment-order",
                          T("Maksuerien on oltava päiväjärjestyksessä", "Utbetalningarna ska stå i datumordning",
                            "Instalments have to be in the order of their days"),
                          "assessment.instalments[%zu].dueOn", i);
    }
    return true;
}

static void check_instalments(const struct assessment *a, struct findings *out)
{
    int64_t sum = 0;

    if (instalments_valid(a, &sum, out) && sum != a->cents) {
        finding_error(out, "funding.assessment.instalments-sum",
                      T("Maksuerien summan on oltava myönnettävä summa", "Utbetalningarna ska tillsammans vara det belopp som beviljas",
                        "The instalments have to be the amount to be granted together"),
                      "assessment.instalments");
        finding_amounts(out, FINDING_EXACTLY, sum, a->cents);
    }
}

/* --- reasons ----------------------------------------------------------------------------------------------------------- */
static bool has_reasons(const struct assessment *a, bool grants)
{
    for (size_t i = 0; i < a->reason_count; i++) {
        const struct reason *r = reason_find(a->reasons[i]);

        if (r != NULL && r->grants == grants)
            return true;
    }
    return *a->own_reasons != '\0';
}

static bool chosen_before(const struct assessment *a, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (a->reasons[i] == a->reasons[at])
            return true;
    return false;
}

static void check_reasons(const struct assessment *a, int64_t applied_cents, struct findings *out)
{
    const bool grants = a->state == ASSESSMENT_GRANT;

    for (size_t i = 0; i < a->reason_count; i++) {
        const struct reason *r = reason_find(a->reasons[i]);

        if (r == NULL || r->grants != grants)
            finding_error(out, "funding.assessment.reason",
                          T("Valmis perustelu ei sovi tähän ratkaisuun", "Den färdiga motiveringen passar inte detta avgörande",
                            "The ready reason does not go with this outcome"),
                          "assessment.reasons[%zu]", i);
        if (chosen_before(a, i))
            finding_error(out, "funding.assessment.reason-twice",
                          T("Sama valmis perustelu on valittu kahdesti", "Samma färdiga motivering har valts två gånger",
                            "The same ready reason is chosen twice"),
                          "assessment.reasons[%zu]", i);
    }
    if (!grants && !has_reasons(a, grants))
        finding_error(out, "funding.assessment.reasons-missing",
                      T("Hylkäävä päätös on perusteltava: valitse perustelu tai kirjoita oma",
                        "Ett avslag ska motiveras: välj en motivering eller skriv en egen",
                        "A rejection needs reasons: choose one or write your own"),
                      "assessment.reasons");
    else if (grants && a->cents < applied_cents && !has_reasons(a, grants))
        finding_error(out, "funding.assessment.reasons-part",
                      T("Perustele, miksi myönnetään vähemmän kuin on haettu", "Motivera varför mindre beviljas än vad som har sökts",
                        "Give reasons why less is granted than was applied for"),
                      "assessment.reasons");
}

static void check_deviation(const struct assessment *a, const struct proposed *proposed, struct findings *out)
{
    const bool grants = a->state == ASSESSMENT_GRANT;

    if (!proposed->any || *a->deviation != '\0' || (grants == proposed->chosen && (!grants || a->cents == proposed->cents)))
        return;
    finding_error(out, "funding.assessment.deviation",
                  T("Ratkaisu poikkeaa viimeisimmästä päätösehdotuksesta: kirjoita, miksi",
                    "Avgörandet avviker från det senaste beslutsförslaget: skriv varför",
                    "The outcome differs from the newest proposal: write why"),
                  "assessment.deviation");
}

/* A rejection is to say why it is one: that the money went to others is true only of what the proposal had no room for (not of what it
 * chose, nor of what the evaluators turned down), and of that it has to be said. Own words are the preparer's, and no rule can weigh them.
 */
static void check_truth(const struct assessment *a, const struct proposed *proposed, struct findings *out)
{
    const bool no_room = proposed->why == PORTFOLIO_NO_ROOM || proposed->why == PORTFOLIO_TOO_DEAR;
    bool says_no_room = false;

    if (a->state != ASSESSMENT_REJECT || !proposed->any)
        return;
    for (size_t i = 0; i < a->reason_count; i++)
        says_no_room = says_no_room || a->reasons[i] == REASON_NO_ROOM;
    if (no_room && !says_no_room && a->reason_count > 0 && *a->own_reasons == '\0')
        finding_warning(
            out, "funding.assessment.reason-room",
            T("Ehdotuksessa hanke jäi pois, koska se ei mahdu määrärahaan valittujen kanssa, mutta perustelut eivät kerro sitä: lisää "
              "perustelu 2 tai kirjoita oma",
              "I förslaget föll projektet bort för att det inte ryms i anslaget med dem som valdes, men motiveringen säger inte det: lägg "
              "till motivering 2 eller skriv en egen",
              "The proposal left the project out because it does not fit in the allocation with those chosen, but the reasons do not say "
              "so: add reason 2 or write your own"),
            "assessment.reasons");
    else if (proposed->chosen && says_no_room)
        finding_warning(
            out, "funding.assessment.reason-room",
            T("Perustelun 2 mukaan hanke ei mahdu määrärahaan, mutta ehdotuksessa se on valittu: valitse perustelu, joka kertoo, "
              "miksi se hylätään, tai kirjoita oma",
              "Enligt motivering 2 ryms projektet inte i anslaget, men i förslaget är det valt: välj en motivering som säger "
              "varför det avslås, eller skriv en egen",
              "Reason 2 says that the project does not fit in the allocation, but the proposal has chosen it: choose a reason "
              "that says why it is rejected, or write your own"),
            "assessment.reasons");
    else if (!no_room && says_no_room)
        finding_warning(
            out, "funding.assessment.reason-room",
            T("Perustelun 2 mukaan hanke ei mahdu määrärahaan, mutta ehdotuksessa se jäi pois arvioinnin vuoksi: valitse perustelu, joka "
              "vastaa arviointia",
              "Enligt motivering 2 ryms projektet inte i anslaget, men i förslaget föll det bort på grund av bedömningen: välj en "
              "motivering som motsvarar bedömningen",
              "Reason 2 says that the project does not fit in the allocation, but the proposal left it out because of its evaluation: "
              "choose a reason that goes with the evaluation"),
            "assessment.reasons");
}

static void check_rejection(const struct assessment *a, struct findings *out)
{
    if (a->cents != 0 || a->instalment_count > 0)
        finding_error(out, "funding.assessment.rejected-cents",
                      T("Hylättävällä hakemuksella ei voi olla summaa eikä maksueriä",
                        "En ansökan som avslås kan inte ha belopp eller utbetalningar",
                        "An application that is to be rejected can have no amount and no instalments"),
                      "assessment.cents");
}

void assessment_findings(const struct assessment *a, const struct call *call, int64_t applied_cents, const struct consortium *consortium,
                         const struct proposed *proposed, struct findings *findings)
{
    switch (a->state) {
    case ASSESSMENT_UNHANDLED:
    case ASSESSMENT_PREPARED:
    case ASSESSMENT_PLAUSIBLE:
        finding_error(findings, "funding.assessment.state",
                      T("Valitse, myönnetäänkö avustus vai hylätäänkö hakemus", "Välj om understödet ska beviljas eller ansökan avslås",
                        "Choose whether the grant is given or the application rejected"),
                      "assessment.state");
        return;
    case ASSESSMENT_DECIDED:
        return; /* it was sent: nothing is left to be done */
    case ASSESSMENT_GRANT:
        check_cents(a, applied_cents, findings);
        check_partners(a, consortium, findings);
        check_lines(a, call, consortium, findings);
        check_use(a, call, findings);
        check_instalments(a, findings);
        break;
    case ASSESSMENT_REJECT:
        check_rejection(a, findings);
        break;
    }
    check_reasons(a, applied_cents, findings);
    check_deviation(a, proposed, findings);
    check_truth(a, proposed, findings);
}
