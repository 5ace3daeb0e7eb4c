/* See letter_words.h. Terms follow the glossary of the ministry of finance (valtionavustus, statsunderstöd, discretionary government
 * grant); the sentences are our own. */
#include "services/funding/document/letter_words.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/date.h"

#define W(word, fi_, sv_, en_) [word] = {.fi = (fi_), .sv = (sv_), .en = (en_)}
#define NBSP                   "\xc2\xa0"

static const struct text WORDS[WORD_COUNT] = {
    W(WORD_TITLE_STATE, "Valtionavustuspäätös", "Beslut om statsunderstöd", "Decision on a discretionary government grant"),
    W(WORD_TITLE_MUNICIPAL, "Avustuspäätös", "Beslut om understöd", "Decision on a grant"),
    W(WORD_TITLE_CORRECTION, "{0}, korjaus", "{0}, rättelse", "{0}, correction"),
    W(WORD_PREVIEW, "Luonnos: päätöstä ei ole tehty eikä lähetetty.", "Utkast: beslutet har inte fattats eller sänts.",
      "Draft: the decision has not been made or sent."),
    W(WORD_DRAFT, "LUONNOS", "UTKAST", "DRAFT"),
    W(WORD_AUTHORITY, "Viranomainen", "Myndighet", "Authority"),
    W(WORD_DATE, "Päätöksen päivämäärä", "Beslutsdatum", "Date of the decision"),
    W(WORD_REGISTER, "Diaarinumero", "Diarienummer", "Register number"),
    W(WORD_APPLICANT, "Hakija", "Sökande", "Applicant"),
    W(WORD_APPLICANT_LEADS, "Hakija, yhteishankkeen hallinnoija", "Sökande, koordinator för det gemensamma projektet",
      "Applicant, coordinator of the joint project"),
    W(WORD_PROJECT, "Hanke", "Projekt", "Project"),
    W(WORD_CALL, "Haku", "Utlysning", "Call"),
    W(WORD_CALL_VALUE, "{0} ({1})", "{0} ({1})", "{0} ({1})"),
    W(WORD_GRANT_KIND, "Avustuslaji", "Typ av understöd", "Kind of grant"),
    W(WORD_GENERAL, "Yleisavustus", "Allmänt understöd", "General grant"),
    W(WORD_SPECIAL, "Erityisavustus", "Specialunderstöd", "Special grant"),
    W(WORD_MATTER, "Asia", "Ärende", "Matter"),
    W(WORD_MATTER_TEXT, "Avustushakemus, joka on saapunut {0} hakuun ”{1}”.",
      "Ansökan om understöd, inkommen den {0}, till utlysningen ”{1}”.", "Application for a grant, received on {0}, to the call “{1}”."),
    W(WORD_CORRECTS, "Tämä päätös korjaa {0} samassa asiassa tehdyn päätöksen ja tulee sen sijaan. Syy: {1}",
      "Detta beslut rättar beslutet av den {0} i samma ärende och träder i dess ställe. Orsak: {1}",
      "This decision corrects the one made on {0} in the same matter and takes its place. Reason: {1}"),
    W(WORD_CORRECTS_GRANT, "Aiemmalla päätöksellä myönnettiin {0}; muutos on {1}.",
      "Med det tidigare beslutet beviljades {0}; ändringen är {1}.", "The earlier decision granted {0}; the change is {1}."),
    W(WORD_CORRECTS_REJECTION, "Aiemmalla päätöksellä hakemus hylättiin.", "Med det tidigare beslutet avslogs ansökan.",
      "The earlier decision rejected the application."),
    W(WORD_DECISION, "Päätös", "Beslut", "Decision"),
    W(WORD_GRANTED, "{0} myöntää avustusta hankkeeseen ”{1}” yhteensä {2}.", "{0} beviljar understöd för projektet ”{1}”, sammanlagt {2}.",
      "{0} grants {2} in all to the project “{1}”."),
    W(WORD_REJECTED, "{0} hylkää hakemuksen, joka koskee hanketta ”{1}”.", "{0} avslår ansökan om understöd för projektet ”{1}”.",
      "{0} rejects the application for the project “{1}”."),
    W(WORD_APPLIED, "Avustusta haettiin {0}.", "Understöd söktes till ett belopp av {0}.", "The amount applied for was {0}."),
    W(WORD_SHARE, "Avustus on enintään {0} hyväksytyistä kustannuksista, jotka ovat yhteensä {1}.",
      "Understödet är högst {0} av de godkända kostnaderna, som är sammanlagt {1}.",
      "The grant is at most {0} of the accepted costs, which are {1} in all."),
    W(WORD_OWN, "Hankkeen kustannuksista on katettava omarahoituksella vähintään {0}.",
      "Minst {0} av projektets kostnader ska täckas med egenfinansiering.",
      "At least {0} of the project's costs have to be covered by self-financing."),
    W(WORD_ANNULLED, "Aiemmin myönnetty avustus peruutetaan kokonaan.", "Det tidigare beviljade understödet återtas helt.",
      "The grant made earlier is withdrawn as a whole."),
    W(WORD_RECIPIENTS, "Avustuksen saajat", "Mottagare av understödet", "Recipients of the grant"),
    W(WORD_RECIPIENTS_TEXT,
      "Avustus jakautuu hankkeen osapuolille seuraavasti. Ensimmäisenä mainittu on yhteishankkeen hallinnoija, joka vastaa avustuksesta "
      "viranomaiselle ja välittää muille niiden osuudet.",
      "Understödet fördelas mellan projektets parter enligt följande. Den som nämns först koordinerar det gemensamma projektet, svarar för "
      "understödet gentemot myndigheten och förmedlar de övrigas andelar.",
      "The grant is divided among the partners of the project as follows. The one named first coordinates the joint project, answers for "
      "the grant to the authority and passes on the parts of the others."),
    W(WORD_RECIPIENTS_ONE, "Avustus myönnetään kokonaan hakijalle.", "Understödet beviljas i sin helhet sökanden.",
      "The whole grant is made to the applicant."),
    W(WORD_RECIPIENT, "Saaja", "Mottagare", "Recipient"),
    W(WORD_PARTIES, "Asianosaiset", "Parter", "Parties"),
    W(WORD_PARTIES_TEXT, "Päätös koskee näitä hankkeen osapuolia.", "Beslutet gäller följande parter i projektet.",
      "The decision is about these partners of the project."),
    W(WORD_PARTY, "Osapuoli", "Part", "Partner"),
    W(WORD_BUSINESS_ID, "Y-tunnus", "FO-nummer", "Business ID"),
    W(WORD_AMOUNT, "Määrä", "Belopp", "Amount"),
    W(WORD_TOGETHER, "Yhteensä", "Sammanlagt", "Total"),
    W(WORD_REASONS, "Perustelut", "Motivering", "Reasons"),
    W(WORD_LAW, "Sovelletut säännökset", "Tillämpade bestämmelser", "Provisions applied"),
    W(WORD_LAW_STATE,
      "Valtionavustuslaki (688/2001) 7, 11, 13, 14, 16, 20–22 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä "
      "asioinnista viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 7, 11, 13, 14, 16, 20–22 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om "
      "elektronisk kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 7, 11, 13, 14, 16, 20–22 and 34; administrative procedure act "
      "(434/2003), sections 43, 44, 46 and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_LAW_STATE_REJECTED,
      "Valtionavustuslaki (688/2001) 7, 11 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä asioinnista "
      "viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 7, 11 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om elektronisk "
      "kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 7, 11 and 34; administrative procedure act (434/2003), sections 43, 44, "
      "46 and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_LAW_MUNICIPAL,
      "Hallintolaki (434/2003) 43, 44 ja 46 §; kuntalaki (410/2015), säännökset oikaisuvaatimuksesta ja päätöksen tiedoksiannosta.",
      "Förvaltningslagen (434/2003) 43, 44 och 46 §; kommunallagen (410/2015), bestämmelserna om begäran om omprövning och delgivning av "
      "beslut.",
      "Administrative procedure act (434/2003), sections 43, 44 and 46; local government act (410/2015), provisions on claims for a "
      "revised decision and on notice of decisions."),
    W(WORD_LAW_AMENDMENT,
      "Valtionavustuslaki (688/2001) 11, 13, 14 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä asioinnista "
      "viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 11, 13, 14 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om elektronisk "
      "kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 11, 13, 14 and 34; administrative procedure act (434/2003), sections "
      "43, 44, 46 "
      "and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_LAW_RETURN,
      "Valtionavustuslaki (688/2001) 20 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä asioinnista "
      "viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 20 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om elektronisk "
      "kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 20 and 34; administrative procedure act (434/2003), sections 43, 44, 46 "
      "and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_LAW_MANDATORY,
      "Valtionavustuslaki (688/2001) 21 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä asioinnista "
      "viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 21 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om elektronisk "
      "kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 21 and 34; administrative procedure act (434/2003), sections 43, 44, 46 "
      "and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_LAW_DISCRETIONARY,
      "Valtionavustuslaki (688/2001) 22 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki sähköisestä asioinnista "
      "viranomaistoiminnassa (13/2003) 19 §.",
      "Statsunderstödslagen (688/2001) 22 och 34 §; förvaltningslagen (434/2003) 43, 44, 46 och 49 c §; lagen om elektronisk "
      "kommunikation i myndigheternas verksamhet (13/2003) 19 §.",
      "Act on discretionary government grants (688/2001), sections 22 and 34; administrative procedure act (434/2003), sections 43, 44, 46 "
      "and 49 c; act on electronic services in the public sector (13/2003), section 19."),
    W(WORD_PAY_BACK, "Maksaminen", "Betalning", "Payment"),
    W(WORD_PURPOSE, "Käyttötarkoitus", "Användningsändamål", "Purpose of use"),
    W(WORD_PURPOSE_TEXT, "Avustus on käytettävä seuraavaan tarkoitukseen: {0}", "Understödet ska användas för följande ändamål: {0}",
      "The grant has to be used for the following purpose: {0}"),
    W(WORD_USE, "Käyttöaika", "Användningstid", "Period of use"),
    W(WORD_USE_TEXT, "Avustusta saa käyttää kustannuksiin, jotka syntyvät {0}–{1}.",
      "Understödet får användas för kostnader som uppkommer {0}–{1}.", "The grant may be used for costs that arise from {0} to {1}."),
    W(WORD_COSTS, "Hyväksytyt kustannukset", "Godkända kostnader", "Accepted costs"),
    W(WORD_COSTS_TEXT, "Käyttösuunnitelman kustannukset hakemuksessa ja hyväksyttyinä.",
      "Användningsplanens kostnader i ansökan och som godkända.", "The costs of the spending plan as applied with and as accepted."),
    W(WORD_COST, "Kustannus", "Kostnad", "Cost"),
    W(WORD_COST_KIND, "Laji", "Slag", "Kind"),
    W(WORD_COST_APPLIED, "Haettu", "Ansökt", "Applied with"),
    W(WORD_COST_ACCEPTED, "Hyväksytty", "Godkänd", "Accepted"),
    W(WORD_PAYMENT, "Avustuksen maksu", "Utbetalning av understödet", "Payment of the grant"),
    W(WORD_PAYMENT_TEXT, "Avustus maksetaan hakijan tilille {0} seuraavissa erissä, jollei hakija kieltäydy siitä.",
      "Understödet betalas till sökandens konto {0} i följande rater, om sökanden inte avböjer det.",
      "The grant is paid to the applicant's account {0} in the following instalments, unless the applicant refuses it."),
    W(WORD_PAYMENT_DONE, "Avustuksesta on jo maksettu tai määrätty maksettavaksi seuraavat erät.",
      "Av understödet har följande rater redan betalats eller anvisats för betalning.",
      "Of the grant the following instalments have been paid or ordered to be paid already."),
    W(WORD_PAYMENT_NEXT, "Avustuksesta maksetaan vielä hakijan tilille {0} seuraavat erät.",
      "Av understödet återstår att betala följande rater till sökandens konto {0}.",
      "Of the grant the following instalments are still to be paid to the applicant's account {0}."),
    W(WORD_PAYMENT_STATE, "Tilanne", "Läge", "State"),
    W(WORD_PAYMENT_PAID, "maksettu {0}", "betald {0}", "paid on {0}"),
    W(WORD_PAYMENT_ORDERED, "määrätty maksettavaksi, aikaisintaan {0}", "anvisad för betalning, tidigast {0}",
      "ordered to be paid, not before {0}"),
    W(WORD_PAYMENT_ONE, "Erä", "Rat", "Instalment"),
    W(WORD_PAYMENT_DAY, "Maksupäivä aikaisintaan", "Tidigaste betalningsdag", "Not paid before"),
    W(WORD_ANSWER, "Päätökseen vastaaminen", "Svar på beslutet", "Answering the decision"),
    W(WORD_ANSWER_TEXT,
      "Hakija voi hyväksyä avustuksen tai kieltäytyä siitä viimeistään {0}. Jos vastausta ei tule, avustus ehtoineen katsotaan "
      "hyväksytyksi.",
      "Sökanden kan godkänna eller avböja understödet senast den {0}. Om inget svar ges anses understödet med sina villkor vara godkänt.",
      "The applicant can accept or refuse the grant by {0} at the latest. Without an answer the grant and its terms are taken to be "
      "accepted."),
    W(WORD_ANSWERED, "Avustus on jo hyväksytty, eikä tähän päätökseen tarvitse vastata.",
      "Understödet har redan godkänts, och detta beslut behöver inte besvaras.",
      "The grant has been accepted already, and this decision needs no answer."),
    W(WORD_REPORTS, "Selvitysvelvollisuus", "Redovisningsskyldighet", "Reporting obligation"),
    W(WORD_REPORTS_TEXT, "Avustuksen käytöstä ja tuloksista on annettava selvitys viimeistään:",
      "Användningen av understödet och resultaten ska redovisas senast:", "The use of the grant and its results have to be reported by:"),
    W(WORD_INTERIM, "Väliselvitys", "Mellanredovisning", "Interim report"),
    W(WORD_FINAL, "Loppuselvitys", "Slutredovisning", "Final report"),
    W(WORD_REPORT, "Selvitys", "Redovisning", "Report"),
    W(WORD_DUE, "Viimeistään", "Senast", "At the latest"),
    W(WORD_DUTIES, "Saajan velvollisuudet", "Mottagarens skyldigheter", "Duties of the recipient"),
    W(WORD_DUTY_USE, "Avustusta saa käyttää vain siihen tarkoitukseen, johon se on myönnetty, ja päätöksen ehtoja on noudatettava{0}.",
      "Understödet får användas bara för det ändamål som det har beviljats för, och beslutets villkor ska följas{0}.",
      "The grant may be used only for the purpose it was granted for, and the terms of the decision have to be kept{0}."),
    W(WORD_DUTY_TELL,
      "Viranomaiselle on annettava oikeat ja riittävät tiedot, ja avustuksen käyttöön vaikuttavasta muutoksesta on ilmoitettava "
      "viipymättä{0}.",
      "Myndigheten ska ges riktiga och tillräckliga uppgifter, och ändringar som påverkar användningen ska anmälas utan dröjsmål{0}.",
      "The authority has to be given correct and sufficient information, and told without delay of changes that affect the use{0}."),
    W(WORD_DUTY_AUDIT,
      "Viranomainen valvoo avustuksen käyttöä ja voi tarkastaa saajan taloutta ja toimintaa; tarkastuksessa on avustettava{0}.",
      "Myndigheten övervakar användningen och får granska mottagarens ekonomi och verksamhet; mottagaren ska bistå vid granskningen{0}.",
      "The authority supervises the use and may inspect the recipient's finances and activities; the recipient assists in it{0}."),
    W(WORD_DUTY_RETURN,
      "Virheellisesti, liikaa tai ilmeisen perusteettomasti saatu sekä käyttämättä jäänyt avustus on palautettava viipymättä{0}.",
      "Understöd som har erhållits felaktigt, till för stort belopp eller uppenbart utan grund eller som inte används ska återbetalas utan "
      "dröjsmål{0}.",
      "What was received by mistake, in excess or clearly without grounds, or is not used, has to be returned without delay{0}."),
    W(WORD_DUTY_RECOVERY,
      "Maksaminen lopetetaan ja avustus peritään takaisin kokonaan tai osittain, jos sitä on käytetty muuhun tarkoitukseen, tiedot ovat "
      "olleet vääriä tai ehtoja on muuten olennaisesti rikottu{0}.",
      "Utbetalningen avbryts och understödet återkrävs helt eller delvis, om det har använts för något annat ändamål, om uppgifterna har "
      "varit oriktiga eller om villkoren annars väsentligen har brutits{0}.",
      "The payment is stopped and the grant recovered in whole or in part if it was used for another purpose, the information was wrong or "
      "the terms were otherwise materially broken{0}."),
    W(WORD_SOURCE_USE, " (valtionavustuslaki 13 §)", " (statsunderstödslagen 13 §)", " (688/2001, section 13)"),
    W(WORD_SOURCE_TELL, " (valtionavustuslaki 14 §)", " (statsunderstödslagen 14 §)", " (688/2001, section 14)"),
    W(WORD_SOURCE_AUDIT, " (valtionavustuslaki 16 §)", " (statsunderstödslagen 16 §)", " (688/2001, section 16)"),
    W(WORD_SOURCE_RETURN, " (valtionavustuslaki 20 §)", " (statsunderstödslagen 20 §)", " (688/2001, section 20)"),
    W(WORD_SOURCE_RECOVERY, " (valtionavustuslaki 21 ja 22 §)", " (statsunderstödslagen 21 och 22 §)", " (688/2001, sections 21 and 22)"),
    W(WORD_TERMS, "Ehdot", "Villkor", "Terms"),
    W(WORD_REVIEW, "Muutoksenhaku", "Ändringssökande", "Request for review"),
    W(WORD_REVIEW_TEXT, "Päätökseen saa vaatia oikaisua {0} päivän kuluessa sen tiedoksisaannista. Ohje on tämän päätöksen liitteenä.",
      "Omprövning av beslutet får begäras inom {0} dagar från delfåendet. En anvisning finns som bilaga till beslutet.",
      "A review of the decision may be requested within {0} days of being notified of it. Instructions are attached."),
    W(WORD_CONTACT, "Lisätietoja", "Mer information", "More information"),
    W(WORD_CONTACT_TEXT, "{0}. Mainitse diaarinumero {1}.", "{0}. Uppge diarienumret {1}.", "{0}. Please mention the register number {1}."),
    W(WORD_SIGNED, "Ratkaisija ja esittelijä", "Beslutsfattare och föredragande", "Decision-maker and presenting official"),
    W(WORD_DECIDED_BY, "Ratkaisija", "Beslutsfattare", "Decision-maker"),
    W(WORD_PRESENTED_BY, "Esittelijä", "Föredragande", "Presenting official"),
    W(WORD_UNPRESENTED, "Asia on ratkaistu ilman esittelyä.", "Ärendet har avgjorts utan föredragning.",
      "The matter was decided without a presentation."),
    W(WORD_ATTACHMENT, "Liite: {0}", "Bilaga: {0}", "Attachment: {0}"),
    W(WORD_FOOTER, "{0}, diaarinumero {1}", "{0}, diarienummer {1}", "{0}, register number {1}"),
};

static const struct text COSTS[] = {
    [COST_STAFF] = {"Henkilöstö", "Personal", "Staff"},
    [COST_FEES] = {"Palkkiot", "Arvoden", "Fees"},
    [COST_TRAVEL] = {"Matkat", "Resor", "Travel"},
    [COST_PREMISES] = {"Tilat", "Lokaler", "Premises"},
    [COST_EQUIPMENT] = {"Laitteet ja tarvikkeet", "Utrustning och material", "Equipment and supplies"},
    [COST_SERVICES] = {"Palvelut", "Tjänster", "Services"},
    [COST_OVERHEAD] = {"Yleiskustannukset", "Allmänna kostnader", "Overhead"},
    [COST_OTHER] = {"Muut", "Övriga", "Other"},
};

enum letter_language letter_language(const char *language)
{
    if (strcmp(language, "sv") == 0)
        return LETTER_SV;
    return strcmp(language, "en") == 0 ? LETTER_EN : LETTER_FI;
}

const char *letter_in(struct text text, enum letter_language language)
{
    const char *const words[] = {[LETTER_FI] = text.fi, [LETTER_SV] = text.sv, [LETTER_EN] = text.en};
    const char *found = words[language];

    return found != NULL && *found != '\0' ? found : text.fi;
}

const char *letter_word(enum letter_word word, enum letter_language language)
{
    return letter_in(WORDS[word], language);
}

const char *letter_cost(enum cost_category category, enum letter_language language)
{
    assert(category >= COST_STAFF && category <= COST_OTHER);
    return letter_in(COSTS[category], language);
}

/* What stands at this place of a template: a character of it, or the text that "{0}" to "{9}" means. *step: how far to go on. */
static struct span piece_at(const char *at, const char *const *with, size_t count, size_t *step)
{
    const bool place = at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}' && (size_t)(at[1] - '0') < count;

    *step = place ? 3 : 1;
    return place ? span_text(with[at[1] - '0']) : span_of(at, 1);
}

const char *letter_fill(struct arena *arena, const char *template, const char *const *with, size_t count)
{
    size_t len = 0, step;

    for (const char *at = template; *at != '\0'; at += step)
        len += piece_at(at, with, count, &step).len;
    char *out = arena_alloc(arena, len + 1), *to = out;
    for (const char *at = template; *at != '\0'; at += step) {
        const struct span piece = piece_at(at, with, count, &step);
        memcpy(to, piece.data, piece.len);
        to += piece.len;
    }
    *to = '\0';
    return out;
}

/* Digits in groups of three. */
static const char *grouped(struct arena *arena, uint64_t number, const char *separator)
{
    char digits[24];
    struct buf buf = {0};
    const int len = snprintf(digits, sizeof digits, "%" PRIu64, number);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buf_text(&buf, separator);
        buf_u8(&buf, (uint8_t)digits[i]);
    }
    const char *text = arena_text(arena, buf_span(&buf));
    buf_fini(&buf);
    return text;
}

const char *letter_money(struct arena *arena, int64_t cents, enum letter_language language)
{
    const uint64_t size = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
    const char *minus = cents < 0 ? "\xe2\x88\x92" : "";

    if (language == LETTER_EN)
        return arena_printf(arena, "%s€%s.%02u", minus, grouped(arena, size / 100, ","), (unsigned)(size % 100));
    return arena_printf(arena, "%s%s,%02u" NBSP "€", minus, grouped(arena, size / 100, NBSP), (unsigned)(size % 100));
}

const char *letter_day(struct arena *arena, int64_t day, enum letter_language language)
{
    static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    const struct date d = date_of_days(day);

    if (language == LETTER_EN)
        return arena_printf(arena, "%d %s %" PRId64, (int)d.day, MONTHS[d.month - 1], d.year);
    return arena_printf(arena, "%d.%d.%" PRId64, (int)d.day, (int)d.month, d.year);
}

const char *letter_share(struct arena *arena, int64_t hundredths, enum letter_language language)
{
    if (language == LETTER_EN)
        return arena_printf(arena, "%" PRId64 ".%02" PRId64 "%%", hundredths / 100, hundredths % 100);
    return arena_printf(arena, "%" PRId64 ",%02" PRId64 NBSP "%%", hundredths / 100, hundredths % 100);
}

/* The letters of Finnish and Swedish: a to z, and å, ä, ö with their kin, which are C3 A0 to C3 BE in UTF-8 (C3 B7 is no letter). */
const char *letter_capital(struct arena *arena, const char *text)
{
    char *out = arena_strdup(arena, text);
    uint8_t *at = (uint8_t *)out;

    if (at[0] >= 'a' && at[0] <= 'z')
        at[0] = (uint8_t)(at[0] - 'a' + 'A');
    else if (at[0] == 0xc3 && at[1] >= 0xa0 && at[1] <= 0xbe && at[1] != 0xb7)
        at[1] = (uint8_t)(at[1] - 0x20);
    return out;
}
