/* See application.h. Each check looks at one part of what was written and adds what it finds; they go on after a finding, so that the
 * applicant sees the whole list at once. */
#include "services/funding/domain/application.h"

#include <string.h>

#include "common/base/address.h"
#include "common/base/utf8.h"
#include "services/funding/domain/business_id.h"
#include "services/funding/domain/iban.h"
#include "services/funding/domain/money.h"

#define RULE(name)       "funding.application." name
#define TEXT(fi, sv, en) FINDING_TEXT(fi, sv, en)
#define MISSING          TEXT("Tieto puuttuu", "Uppgiften saknas", "This is missing")
#define NO_SUCH_DAY                                                                                                                        \
    TEXT("Päivää ei ole: kirjoita vuosi-kuukausi-päivä", "Dagen finns inte: skriv år-månad-dag",                                           \
         "There is no such day: write year-month-day")
#define LAST_BEFORE_FIRST TEXT("Loppu on ennen alkua", "Slutet är före början", "The end is before the beginning")

/* --- times ------------------------------------------------------------------------------------------------------------- */
bool application_in_time(const struct call *call, int64_t received_us)
{
    return received_us >= call->opens_us && received_us < call->closes_us;
}

bool application_lapses(const struct call *call, int64_t now_us)
{
    return call->state == CALL_CALLED_OFF || now_us >= call->closes_us + APPLICATION_LAPSE_GRACE_US;
}

bool application_writable(enum application_state state)
{
    return state == APPLICATION_DRAFT || state == APPLICATION_TO_SUPPLEMENT;
}

bool application_withdrawable(enum application_state state)
{
    return machine_allows(MACHINE_APPLICATION, (int)state, APPLICATION_WITHDRAWN);
}

/* --- words ------------------------------------------------------------------------------------------------------------- */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool is_language(const char *text)
{
    return strcmp(text, "fi") == 0 || strcmp(text, "sv") == 0 || strcmp(text, "en") == 0;
}

static void need_text(struct findings *f, const char *text, const char *list, size_t i, const char *field)
{
    if (is_blank(text))
        finding_error(f, RULE("missing"), MISSING, "content.%s[%zu].%s", list, i, field);
}

static void check_words(const struct content *c, const struct call *call, struct findings *f)
{
    if (uuid_is_nil(c->theme_id))
        finding_error(f, RULE("theme-missing"), TEXT("Valitse haun teema", "Välj ett tema i utlysningen", "Choose a theme of the call"),
                      "content.themeId");
    else if (call_theme(call, c->theme_id) == NULL)
        finding_error(f, RULE("theme"),
                      TEXT("Teema ei ole tämän haun: valitse jokin sen teemoista",
                           "Temat hör inte till denna utlysning: välj ett av dess teman",
                           "The theme is not one of this call: choose one of its themes"),
                      "content.themeId");
    if (is_blank(c->title))
        finding_error(f, RULE("missing"), MISSING, "content.title");
    if (is_blank(c->summary))
        finding_error(f, RULE("missing"), MISSING, "content.summary");
    if (!is_language(c->language))
        finding_error(f, RULE("language"),
                      TEXT("Valitse asiointikieli: fi, sv tai en", "Välj ärendespråk: fi, sv eller en",
                           "Choose the language of the case: fi, sv or en"),
                      "content.language");
}

/* --- days -------------------------------------------------------------------------------------------------------------- */
static bool check_one_day(int64_t day, const char *prefix, const char *field, struct findings *f)
{
    if (day == NO_DAY)
        finding_error(f, RULE("missing"), MISSING, "content%s.%s", prefix, field);
    else if (day == BAD_DAY)
        finding_error(f, RULE("day"), NO_SUCH_DAY, "content%s.%s", prefix, field);
    return day != NO_DAY && day != BAD_DAY;
}

/* Whether both days are there and in order. */
static bool check_days(int64_t from, int64_t until, const char *prefix, struct findings *f)
{
    const bool from_good = check_one_day(from, prefix, "startsOn", f);
    const bool until_good = check_one_day(until, prefix, "endsOn", f);

    if (!from_good || !until_good)
        return false;
    if (until >= from)
        return true;
    finding_error(f, RULE("order"), LAST_BEFORE_FIRST, "content%s.endsOn", prefix);
    return false;
}

static void check_period(const struct content *c, const struct call *call, struct findings *f)
{
    if (!check_days(c->starts_on, c->ends_on, "", f))
        return;
    if (c->starts_on < call->use_from)
        finding_error(f, RULE("period"),
                      TEXT("Hanke alkaa ennen avustuksen käyttöaikaa: myöhennä alkua",
                           "Projektet börjar före understödets användningstid: senarelägg början",
                           "The project begins before the period of use of the grant: begin later"),
                      "content.startsOn");
    if (c->ends_on > call->use_until)
        finding_error(f, RULE("period"),
                      TEXT("Hanke päättyy avustuksen käyttöajan jälkeen: aikaista loppua",
                           "Projektet slutar efter understödets användningstid: tidigarelägg slutet",
                           "The project ends after the period of use of the grant: end earlier"),
                      "content.endsOn");
}

/* --- partners ---------------------------------------------------------------------------------------------------------- */
static bool is_named_before(const struct consortium *c, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(c->partners[k].business_id, c->partners[i].business_id) == 0)
            return true;
    return false;
}

static void check_business_id(const struct consortium *c, size_t i, struct findings *f)
{
    if (!business_id_valid(c->partners[i].business_id))
        finding_error(f, RULE("business-id"),
                      TEXT("Y-tunnus puuttuu tai sen tarkistusmerkki ei täsmää", "FO-numret saknas eller dess kontrolltecken stämmer inte",
                           "The business id is missing, or its check digit is wrong"),
                      "content.partners[%zu].businessId", i);
    else if (is_named_before(c, i))
        finding_error(f, RULE("partner-twice"),
                      TEXT("Sama organisaatio on jo osapuolena: yhdistä rivit", "Samma organisation är redan med: slå ihop raderna",
                           "The same organisation is a partner already: join the rows"),
                      "content.partners[%zu].businessId", i);
}

static void check_partner(const struct consortium *c, size_t i, struct findings *f)
{
    const struct partner *p = &c->partners[i];

    check_business_id(c, i, f);
    need_text(f, p->name, "partners", i, "name");
    need_text(f, p->contact_name, "partners", i, "contactName");
    if (!address_valid(span_text(p->contact_email)))
        finding_error(f, RULE("email"),
                      TEXT("Sähköpostiosoite puuttuu tai se on virheellinen", "E-postadressen saknas eller är felaktig",
                           "The e-mail address is missing or malformed"),
                      "content.partners[%zu].contactEmail", i);
    if (!is_language(p->language))
        finding_error(f, RULE("language"),
                      TEXT("Valitse kirjeiden kieli: fi, sv tai en", "Välj brevens språk: fi, sv eller en",
                           "Choose the language of letters: fi, sv or en"),
                      "content.partners[%zu].language", i);
    if (p->cents == 0 && i > 0)
        finding_warning(f, RULE("partner-nothing"),
                        TEXT("Osapuolelle ei ole haettu mitään avustuksesta", "Ingen del av understödet söks för parten",
                             "Nothing of the grant is applied for this partner"),
                        "content.partners[%zu].cents", i);
}

static void check_partners(const struct consortium *c, struct findings *f)
{
    if (c->partner_count == 0)
        finding_error(f, RULE("no-partners"),
                      TEXT("Lisää ainakin hallinnoija: ensimmäinen osapuoli on hakija",
                           "Lägg till åtminstone koordinatorn: den första parten är sökande",
                           "Add at least the coordinating institution: the first partner is the applicant"),
                      "content.partners");
    for (size_t i = 0; i < c->partner_count; i++)
        check_partner(c, i, f);
}

/* --- money ------------------------------------------------------------------------------------------------------------- */
static void need_cents(struct findings *f, int64_t cents, const char *list, size_t i)
{
    if (cents <= 0)
        finding_error(f, RULE("cents"), TEXT("Anna summa", "Ange ett belopp", "Give an amount"), "content.%s[%zu].cents", list, i);
}

static void check_lines(const struct consortium *c, struct findings *f)
{
    if (c->line_count == 0)
        finding_error(f, RULE("no-lines"),
                      TEXT("Lisää budjettiin ainakin yksi kulurivi", "Lägg till minst en kostnadsrad i budgeten",
                           "Add at least one line of costs to the budget"),
                      "content.lines");
    for (size_t i = 0; i < c->line_count; i++) {
        if (c->lines[i].category < COST_STAFF || c->lines[i].category > COST_OTHER)
            finding_error(f, RULE("category"), TEXT("Valitse menoluokka", "Välj utgiftsslag", "Choose a category of cost"),
                          "content.lines[%zu].category", i);
        need_text(f, c->lines[i].title, "lines", i, "title");
        need_cents(f, c->lines[i].cents, "lines", i);
    }
}

static void check_shares(const struct consortium *c, const struct consortium_sums *sums, struct findings *f)
{
    if (sums->grant_rows != 1)
        finding_error(f, RULE("grant-row"),
                      TEXT("Rahoituksessa on oltava täsmälleen yksi rivi haettavaa avustusta",
                           "Finansieringen ska ha exakt en rad för det sökta understödet",
                           "The funding has to have exactly one row of the grant applied for"),
                      "content.shares");
    for (size_t i = 0; i < c->share_count; i++) {
        if (c->shares[i].kind < SHARE_GRANT || c->shares[i].kind > SHARE_PRIVATE)
            finding_error(f, RULE("share-kind"),
                          TEXT("Valitse, mitä rahoitusta rivi on", "Välj vilken finansiering raden är", "Choose which funding this row is"),
                          "content.shares[%zu].kind", i);
        if (c->shares[i].kind != SHARE_GRANT)
            need_text(f, c->shares[i].funder, "shares", i, "funder");
        need_cents(f, c->shares[i].cents, "shares", i);
    }
}

static void check_own(const struct consortium_sums *sums, const struct call *call, struct findings *f)
{
    const int64_t least = money_permille_up(sums->lines, call->own_permille); /* of the costs: the funding may still be short of them */

    if (sums->own >= least)
        return;
    finding_error(f, RULE("own-financing"),
                  TEXT("Omarahoitusosuus on pienempi kuin haku edellyttää: lisää muuta rahoitusta tai hae vähemmän",
                       "Egenfinansieringsandelen är mindre än utlysningen kräver: öka den övriga finansieringen eller sök mindre",
                       "The self-financing share is smaller than the call asks for: add other funding or apply for less"),
                  "content.shares");
    finding_amounts(f, FINDING_AT_LEAST, sums->own, least);
}

static void check_sums(const struct consortium_sums *sums, const struct call *call, struct findings *f)
{
    if (sums->overflow) {
        finding_error(f, RULE("too-much"), TEXT("Summa on liian suuri", "Beloppet är för stort", "The amount is too large"),
                      "content.lines");
        return;
    }
    if (sums->grant_rows == 1 && sums->partners != sums->grant) {
        finding_error(f, RULE("partners-sum"),
                      TEXT("Osapuolten osuudet eivät ole yhteensä haettava avustus: korjaa osuudet tai haettava summa",
                           "Parternas andelar är inte tillsammans det sökta understödet: rätta andelarna eller det sökta beloppet",
                           "The partners' amounts are not together what is applied for: mend the amounts or the row of the grant"),
                      "content.partners");
        finding_amounts(f, FINDING_EXACTLY, sums->partners, sums->grant);
    }
    if (sums->lines != sums->shares) {
        finding_error(f, RULE("shares-sum"),
                      TEXT("Rahoitus ei ole yhteensä yhtä paljon kuin kulut: korjaa jompaakumpaa",
                           "Finansieringen är inte tillsammans lika stor som kostnaderna: rätta det ena eller det andra",
                           "The funding is not together as much as the costs: mend one or the other"),
                      "content.shares");
        finding_amounts(f, FINDING_EXACTLY, sums->shares, sums->lines);
    }
    check_own(sums, call, f);
}

static void check_theme_money(const struct content *c, const struct consortium_sums *sums, const struct call *call, struct findings *f)
{
    const struct call_theme *theme = call_theme(call, c->theme_id);

    if (theme == NULL || sums->overflow || sums->grant <= theme->allocation_cents)
        return;
    finding_warning(f, RULE("over-allocation"),
                    TEXT("Haettava avustus on suurempi kuin teeman määräraha", "Det sökta understödet är större än temats anslag",
                         "More is applied for than the whole theme has"),
                    "content.shares");
    finding_amounts(f, FINDING_AT_MOST, sums->grant, theme->allocation_cents);
}

/* --- work packages ----------------------------------------------------------------------------------------------------- */
static bool inside(const struct content *c, const struct work_package *p)
{
    const bool open_start = c->starts_on == NO_DAY || c->starts_on == BAD_DAY;
    const bool open_end = c->ends_on == NO_DAY || c->ends_on == BAD_DAY;

    return (open_start || p->starts_on >= c->starts_on) && (open_end || p->ends_on <= c->ends_on);
}

/* ".packages[12]" */
static void package_prefix(char out[24], size_t i)
{
    static const char HEAD[] = ".packages[";
    size_t len = sizeof HEAD - 1;

    memcpy(out, HEAD, len);
    if (i >= 10)
        out[len++] = (char)('0' + i / 10 % 10);
    out[len++] = (char)('0' + i % 10);
    out[len++] = ']';
    out[len] = '\0';
}

static void check_packages(const struct content *c, const struct consortium_sums *sums, struct findings *f)
{
    const struct consortium *k = &c->consortium;
    char prefix[24];

    for (size_t i = 0; i < k->package_count; i++) {
        package_prefix(prefix, i);
        need_text(f, k->packages[i].title, "packages", i, "title");
        if (check_days(k->packages[i].starts_on, k->packages[i].ends_on, prefix, f) && !inside(c, &k->packages[i]))
            finding_error(f, RULE("package-outside"),
                          TEXT("Työpaketti ei ole hankkeen ajan sisällä: muuta sen päiviä",
                               "Arbetspaketet ligger utanför projektets tid: ändra dess dagar",
                               "The work package is not inside the project's time: change its days"),
                          "content%s.startsOn", prefix);
    }
    if (k->package_count == 0)
        finding_warning(f, RULE("no-packages"),
                        TEXT("Hakemuksessa ei ole työpaketteja", "Ansökan har inga arbetspaket", "The application has no work packages"),
                        "content.packages");
    else if (!sums->overflow && sums->packages != sums->lines)
        finding_warning(f, RULE("packages-sum"),
                        TEXT("Työpakettien summat eivät ole yhteensä hankkeen kulut",
                             "Arbetspaketens belopp är inte tillsammans projektets kostnader",
                             "The work packages' amounts are not together the project's costs"),
                        "content.packages");
}

/* --- answers, training, account ---------------------------------------------------------------------------------------- */
static const struct answer *answer_to(const struct content *c, struct uuid question)
{
    for (size_t i = 0; i < c->answer_count; i++)
        if (uuid_compare(c->answers[i].question_id, question) == 0)
            return &c->answers[i];
    return NULL;
}

static void check_answer(const struct content *c, size_t i, const struct call *call, struct findings *f)
{
    const struct answer *a = &c->answers[i];
    const struct call_question *question = call_question(call, a->question_id);

    if (question == NULL)
        finding_error(f, RULE("question"),
                      TEXT("Haussa ei ole tällaista kysymystä: poista vastaus", "Utlysningen har ingen sådan fråga: ta bort svaret",
                           "The call has no such question: remove the answer"),
                      "content.answers[%zu].questionId", i);
    else if (answer_to(c, a->question_id) != a)
        finding_error(f, RULE("answer-twice"),
                      TEXT("Kysymykseen on vastattu kahdesti: poista toinen", "Frågan har besvarats två gånger: ta bort den ena",
                           "The question is answered twice: remove one"),
                      "content.answers[%zu].questionId", i);
    else if (utf8_count(span_text(a->text)) > (size_t)question->most)
        finding_error(f, RULE("answer-long"),
                      TEXT("Vastaus on pitempi kuin kysymys sallii", "Svaret är längre än frågan tillåter",
                           "The answer is longer than the question allows"),
                      "content.answers[%zu].text", i);
}

static void check_answers(const struct content *c, const struct call *call, struct findings *f)
{
    char id[UUID_TEXT];

    for (size_t i = 0; i < c->answer_count; i++)
        check_answer(c, i, call, f);
    for (size_t i = 0; i < call->question_count; i++) {
        const struct answer *a = call->questions[i].required ? answer_to(c, call->questions[i].id) : NULL;

        if (!call->questions[i].required || (a != NULL && !is_blank(a->text)))
            continue;
        uuid_format(call->questions[i].id, id); /* there is no row to name */
        finding_error(f, RULE("unanswered"), TEXT("Vastaa kysymykseen", "Besvara frågan", "Answer the question"),
                      "content.answers[%s].text", id);
    }
}

static void check_training(const struct content *c, struct findings *f)
{
    for (size_t i = 0; i < c->part_count; i++) {
        need_text(f, c->parts[i].title, "parts", i, "title");
        if (c->parts[i].scope_tenths == 0)
            finding_error(f, RULE("scope"),
                          TEXT("Anna koulutusosion laajuus", "Ange utbildningsdelens omfattning", "Give the scope of the training part"),
                          "content.parts[%zu].scopeTenths", i);
        if (c->parts[i].participants == 0)
            finding_error(f, RULE("participants"),
                          TEXT("Anna osallistujien määrä", "Ange antalet deltagare", "Give the number of participants"),
                          "content.parts[%zu].participants", i);
    }
}

static void check_account(const struct content *c, struct findings *f)
{
    char iban[IBAN_TEXT];

    if (is_blank(c->iban))
        finding_error(f, RULE("missing"), MISSING, "content.iban");
    else if (!iban_read(iban, c->iban))
        finding_error(f, RULE("iban"),
                      TEXT("Tilinumero ei ole IBAN: tarkista numerot", "Kontonumret är inte ett IBAN: kontrollera siffrorna",
                           "The account number is not an IBAN: check its digits"),
                      "content.iban");
}

void application_check(const struct content *content, const struct call *call, struct findings *findings)
{
    const struct consortium_sums sums = consortium_sum(&content->consortium);

    check_words(content, call, findings);
    check_period(content, call, findings);
    check_partners(&content->consortium, findings);
    check_lines(&content->consortium, findings);
    check_shares(&content->consortium, &sums, findings);
    check_sums(&sums, call, findings);
    check_theme_money(content, &sums, call, findings);
    check_packages(content, &sums, findings);
    check_answers(content, call, findings);
    check_training(content, findings);
    check_account(content, findings);
}
