/* The rules of a good call: what keeps one from being published, and what is done otherwise than grant authorities do by habit (open for
 * six weeks at least, closing on a working day at 16:00 or 16:15 and not on a Friday, so that somebody is there to answer; all said in
 * both national languages). See call.h. */
#include "common/base/workday.h"
#include "services/funding/domain/call.h"
#include "services/funding/domain/money.h"

#define OPEN_DAYS  42 /* six weeks */
#define FINAL_DAYS 30 /* to write the final report in, after the use has ended */
#define MINUTE_US  (60LL * 1000000)
#define DAY_US     (24 * 60 * MINUTE_US)
#define FRIDAY     4
#define T          FINDING_TEXT
#define LANGUAGES_T                                                                                                                        \
    T("Teksti puuttuu ruotsiksi tai englanniksi", "Texten saknas på svenska eller engelska", "The text is missing in Swedish or English")

static void check_languages(const struct call *call, struct findings *out)
{
    const struct {
        const struct text *text;
        const char *field;
    } texts[] = {{&call->authority, "content.authority"},
                 {&call->title, "content.title"},
                 {&call->purpose, "content.purpose"},
                 {&call->terms, "content.terms"}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (*texts[i].text->sv == '\0' || *texts[i].text->en == '\0')
            finding_warning(out, "funding.call.language", LANGUAGES_T, "%s", texts[i].field);
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            if (*call->groups[g].themes[t].title.sv == '\0' || *call->groups[g].themes[t].title.en == '\0')
                finding_warning(out, "funding.call.language", LANGUAGES_T, "content.groups[%zu].themes[%zu].title", g, t);
}

static void check_texts(const struct call *call, struct findings *out)
{
    if (*call->purpose.fi == '\0')
        finding_error(
            out, "funding.call.purpose",
            T("Kerro, mihin avustusta voi hakea", "Berätta vad understödet kan sökas för", "Say what the grant may be applied for"),
            "content.purpose");
    if (*call->terms.fi == '\0')
        finding_error(out, "funding.call.terms",
                      T("Kirjoita käytön ehdot: ne toistetaan päätöksissä", "Skriv villkoren för användningen: de upprepas i besluten",
                        "Write the terms of use: the decisions repeat them"),
                      "content.terms");
    if (*call->contact == '\0')
        finding_warning(out, "funding.call.contact",
                        T("Kerro, keneltä hakija saa neuvoa", "Berätta vem som ger sökande råd", "Say who gives advice to applicants"),
                        "content.contact");
    if (*call->payee == '\0' || *call->payee_iban == '\0')
        finding_warning(out, "funding.call.payee",
                        T("Kerro, kenelle ja mille tilille avustusta palautetaan: ilman tiliä palautusta ei voi määrätä",
                          "Berätta till vem och till vilket konto understöd återbetalas: utan konto kan en återbetalning inte beslutas",
                          "Say to whom and to which account grant money is paid back: without one no repayment can be ordered"),
                        *call->payee == '\0' ? "content.payee" : "content.payeeIban");
}

static void check_closing(const struct call *call, struct findings *out)
{
    const int64_t day = helsinki_day(call->closes_us);
    const int64_t minute = (call->closes_us - helsinki_midnight_us(day)) / MINUTE_US;

    if (!day_works(day))
        finding_warning(out, "funding.call.holiday",
                        T("Haku päättyy päivänä, joka ei ole työpäivä", "Ansökningstiden går ut en dag som inte är en arbetsdag",
                          "The call closes on a day that is not a working day"),
                        "content.closesAt");
    else if (day_weekday(day) == FRIDAY)
        finding_warning(out, "funding.call.weekday",
                        T("Haku päättyy perjantaina: neuvojaa ei tavoita viikonloppuna",
                          "Ansökningstiden går ut en fredag: under veckoslutet finns ingen rådgivning",
                          "The call closes on a Friday: nobody gives advice over the weekend"),
                        "content.closesAt");
    /* Summer time begins and ends at night: the distance from midnight is that of the clock, but for those two days. */
    const int64_t shift = (helsinki_offset_us(call->closes_us) - helsinki_offset_us(helsinki_midnight_us(day))) / MINUTE_US;
    if (minute + shift != 16 * 60 && minute + shift != 16 * 60 + 15)
        finding_warning(out, "funding.call.hour",
                        T("Haku päättyy muulloin kuin klo 16.00 tai 16.15", "Ansökningstiden går ut annars än kl. 16.00 eller 16.15",
                          "The call closes at another time than 16:00 or 16:15"),
                        "content.closesAt");
}

static void check_times(const struct call *call, int64_t now_us, struct findings *out)
{
    if (call->closes_us <= now_us)
        finding_error(out, "funding.call.past",
                      T("Hakuaika on jo päättynyt", "Ansökningstiden har redan gått ut", "The time for applications is over already"),
                      "content.closesAt");
    if (helsinki_day(call->closes_us) - helsinki_day(call->opens_us) < OPEN_DAYS)
        finding_warning(
            out, "funding.call.short",
            T("Haku on auki alle kuusi viikkoa", "Utlysningen är öppen mindre än sex veckor", "The call is open for less than six weeks"),
            "content.closesAt");
    check_closing(call, out);
    if (call->use_until < helsinki_day(call->closes_us))
        finding_error(out, "funding.call.use-over",
                      T("Käyttöaika päättyy ennen kuin haku päättyy", "Användningstiden går ut före ansökningstiden",
                        "The period of use ends before the call closes"),
                      "content.useUntil");
}

static void check_reports(const struct call *call, struct findings *out)
{
    if (call->final_due < call->use_until + FINAL_DAYS)
        finding_warning(out, "funding.call.final-soon",
                        T("Loppuselvityksen määräpäivä on alle 30 päivää käyttöajan jälkeen",
                          "Slutredovisningen ska lämnas inom mindre än 30 dagar efter användningstiden",
                          "The final report is due less than 30 days after the period of use"),
                        "content.finalDue");
    if (!day_works(call->final_due))
        finding_warning(out, "funding.call.final-holiday",
                        T("Loppuselvityksen määräpäivä ei ole työpäivä", "Slutredovisningen ska lämnas en dag som inte är en arbetsdag",
                          "The final report is due on a day that is not a working day"),
                        "content.finalDue");
    if (call->interim_due != NO_DAY && (call->interim_due <= call->use_from || call->interim_due >= call->use_until))
        finding_warning(out, "funding.call.interim",
                        T("Väliselvityksen määräpäivä ei ole käyttöajalla", "Mellanredovisningens datum ligger inte inom användningstiden",
                          "The interim report is not due within the period of use"),
                        "content.interimDue");
}

static void check_money(const struct call *call, struct findings *out)
{
    const int64_t themes = call_themes_cents(call);

    if (call->allocation_cents == 0)
        finding_error(out, "funding.call.allocation",
                      T("Kerro, paljonko haussa on jaettavana", "Ange hur mycket som kan beviljas", "Say how much there is to grant"),
                      "content.allocationCents");
    if (call_theme_count(call) == 0)
        finding_error(
            out, "funding.call.themes",
            T("Haussa on oltava ainakin yksi teema", "Utlysningen ska ha åtminstone ett tema", "A call has to have a theme at least"),
            "content.groups");
    else if (themes > call->allocation_cents || themes < 0)
        finding_error(out, "funding.call.overallocated",
                      T("Teemojen määrärahat ovat yhdessä suuremmat kuin haun", "Temanas anslag är tillsammans större än utlysningens",
                        "The themes' allocations are more together than the call's"),
                      "content.allocationCents");
    else if (themes < call->allocation_cents)
        finding_warning(out, "funding.call.unallocated",
                        T("Teemojen määrärahat ovat yhdessä pienemmät kuin haun: osaa ei voi myöntää",
                          "Temanas anslag är tillsammans mindre än utlysningens: en del kan inte beviljas",
                          "The themes' allocations are less together than the call's: a part cannot be granted"),
                        "content.allocationCents");
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            if (call->groups[g].themes[t].allocation_cents == 0)
                finding_warning(out, "funding.call.theme-empty",
                                T("Teemalla ei ole määrärahaa", "Temat har inget anslag", "The theme has no allocation"),
                                "content.groups[%zu].themes[%zu].allocationCents", g, t);
}

static bool has_role(const struct call *call, enum official_role role)
{
    for (size_t i = 0; i < call->official_count; i++)
        if (call->officials[i].role == role)
            return true;
    return false;
}

static void check_people(const struct call *call, struct findings *out)
{
    if (call->criterion_count == 0)
        finding_error(out, "funding.call.criteria",
                      T("Kerro, millä perusteilla hakemukset arvioidaan", "Ange på vilka grunder ansökningarna bedöms",
                        "Say by which criteria applications are evaluated"),
                      "content.criteria");
    if (call_responsible(call) == NULL || !call_responsible(call)->responsible)
        finding_warning(out, "funding.call.responsible",
                        T("Nimeä haun vastuuvalmistelija", "Utse en ansvarig beredare", "Name the preparer who answers for the call"),
                        "officials");
    if (!has_role(call, OFFICIAL_EVALUATOR))
        finding_warning(out, "funding.call.evaluators",
                        T("Haulla ei ole arvioijia", "Utlysningen har inga bedömare", "The call has no evaluators"), "officials");
    if (!has_role(call, OFFICIAL_PRESENTER) || !has_role(call, OFFICIAL_DECIDER))
        finding_warning(out, "funding.call.deciders",
                        T("Nimeä esittelijä ja päättäjä: päätöksiä ei voi lähettää ilman heitä",
                          "Utse föredragande och beslutsfattare: utan dem kan beslut inte sändas",
                          "Name the presenting official and the decision-maker: without them decisions cannot be sent"),
                        "officials");
}

void call_check(const struct call *call, int64_t now_us, struct findings *findings)
{
    check_texts(call, findings);
    check_languages(call, findings);
    check_times(call, now_us, findings);
    check_reports(call, findings);
    check_money(call, findings);
    check_people(call, findings);
}
