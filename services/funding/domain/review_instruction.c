/* See review_instruction.h. The years in the names are those of the acts: 688/2001 in force from 2001, 410/2015 from 2015, and from 2020
 * the appeal after a review goes by 808/2019 instead of 586/1996. */
#include "services/funding/domain/review_instruction.h"

#include <string.h>

#include "common/base/date.h"
#include "services/funding/domain/answer_time.h"

#define T(name, fi_, sv_, en_) static const struct text name = {.fi = (fi_), .sv = (sv_), .en = (en_)}

T(STATE_WHO,
  "Päätökseen tyytymätön saa vaatia siihen oikaisua päätöksen tehneeltä viranomaiselta ({0}). Päätöksestä ei voi valittaa tuomioistuimeen "
  "ennen kuin oikaisuvaatimus on ratkaistu (valtionavustuslaki 688/2001, 34 §).",
  "Den som är missnöjd med beslutet får begära omprövning av det hos den myndighet som har fattat det ({0}). Beslutet får inte överklagas "
  "hos domstol innan begäran om omprövning har avgjorts (statsunderstödslagen 688/2001, 34 §).",
  "Whoever is dissatisfied with the decision may request a review of it from the authority that made it ({0}). The decision cannot be "
  "appealed to a court before the request has been decided (act on discretionary government grants 688/2001, section 34).");
T(STATE_TIME,
  "Oikaisuvaatimus on tehtävä kirjallisesti 30 päivän kuluessa siitä, kun päätöksestä on saatu tieto (hallintolaki 434/2003, 49 c ja "
  "49 d §). Tiedoksisaantipäivää ei lasketa mukaan. Sähköisesti lähetetystä päätöksestä katsotaan saadun tieto kolmantena päivänä "
  "lähettämisestä ja kirjeitse lähetetystä seitsemäntenä päivänä, jollei muuta näytetä. Viranomaisen katsotaan kuitenkin saaneen kirjeestä "
  "tiedon sen saapumispäivänä. Jos viimeinen päivä on pyhäpäivä, itsenäisyyspäivä, vapunpäivä, joulu- tai juhannusaatto tai arkilauantai, "
  "vaatimuksen saa tehdä vielä ensimmäisenä arkipäivänä sen jälkeen.",
  "Begäran om omprövning ska göras skriftligt inom 30 dagar från delfåendet av beslutet (förvaltningslagen 434/2003, 49 c och 49 d §). "
  "Dagen för delfåendet räknas inte med. Ett beslut som har sänts elektroniskt anses ha delgetts den tredje dagen efter att det sändes, "
  "och ett som har sänts per brev den sjunde dagen, om inte något annat visas. En myndighet anses dock ha fått del av ett brev den dag "
  "brevet kom fram. Är den sista dagen en helgdag, självständighetsdagen, första maj, jul- eller midsommarafton eller en helgfri lördag, "
  "får begäran göras ännu den första vardagen därefter.",
  "The request has to be made in writing within 30 days of being notified of the decision (administrative procedure act 434/2003, sections "
  "49 c and 49 d). The day of notification is not counted. A decision sent electronically is taken to be received on the third day after "
  "it was sent, one sent by letter on the seventh day, unless something else is shown. An authority, however, is taken to be notified by "
  "a letter on the day the letter arrives. If the last day is a public holiday, Independence Day, May Day, Christmas or Midsummer Eve or a "
  "Saturday, the request may still be made on the next working day.");
T(MUNICIPAL_WHO,
  "Päätökseen tyytymätön saa tehdä siitä kirjallisen oikaisuvaatimuksen. Se osoitetaan päätöksen tehneelle viranomaiselle: {0}. Sen saa "
  "tehdä se, johon päätös on kohdistettu "
  "tai jonka oikeuteen, velvollisuuteen tai etuun päätös välittömästi vaikuttaa, sekä kunnan jäsen. Päätökseen ei saa hakea muutosta "
  "valittamalla ennen kuin oikaisuvaatimus on ratkaistu (kuntalaki 410/2015).",
  "Den som är missnöjd med beslutet får begära omprövning av det skriftligt. Begäran riktas till den myndighet som har fattat beslutet: "
  "{0}. Rätt till det har den som beslutet avser "
  "eller vars rätt, skyldighet eller fördel direkt påverkas av beslutet samt en kommunmedlem. Beslutet får inte överklagas genom besvär "
  "innan begäran om omprövning har avgjorts (kommunallagen 410/2015).",
  "Whoever is dissatisfied with the decision may claim a revised decision in writing. The claim is addressed to the authority that made "
  "the decision: {0}. That may be done by whoever "
  "the decision is about or whose right, duty or interest it directly affects, and by a member of the municipality. The decision cannot "
  "be appealed before the claim has been decided (local government act 410/2015).");
T(MUNICIPAL_TIME,
  "Oikaisuvaatimus on tehtävä 14 päivän kuluessa päätöksen tiedoksisaannista. Tiedoksisaantipäivää ei lasketa mukaan. Asianosaisen "
  "katsotaan saaneen sähköisesti lähetetystä päätöksestä tiedon kolmantena päivänä ja kirjeitse lähetetystä seitsemäntenä päivänä "
  "lähettämisestä, jollei muuta näytetä; kunnan jäsenen seitsemän päivän kuluttua siitä, kun pöytäkirja on ollut nähtävänä yleisessä "
  "tietoverkossa (kuntalaki 410/2015, 140 §). Jos viimeinen päivä on pyhäpäivä, itsenäisyyspäivä, vapunpäivä, joulu- tai juhannusaatto tai "
  "arkilauantai, vaatimuksen saa tehdä vielä ensimmäisenä arkipäivänä sen jälkeen.",
  "Begäran om omprövning ska göras inom 14 dagar från delfåendet av beslutet. Dagen för delfåendet räknas inte med. En part anses ha fått "
  "del av ett beslut som har sänts elektroniskt den tredje dagen och av ett som har sänts per brev den sjunde dagen efter att det sändes, "
  "om inte något annat visas; en kommunmedlem sju dagar efter att protokollet fanns tillgängligt i det allmänna datanätet (kommunallagen "
  "410/2015, 140 §). Är den sista dagen en helgdag, självständighetsdagen, första maj, jul- eller midsommarafton eller en helgfri lördag, "
  "får begäran göras ännu den första vardagen därefter.",
  "The claim has to be made within 14 days of being notified of the decision. The day of notification is not counted. A party is taken to "
  "have received a decision sent electronically on the third day after it was sent and one sent by letter on the seventh day, unless "
  "something else is shown; a member of the municipality seven days after the minutes were available on the public network (local "
  "government act 410/2015, section 140). If the last day is a public holiday, Independence Day, May Day, Christmas or Midsummer Eve or a "
  "Saturday, the claim may still be made on the next working day.");
T(STATE_LAST_DAY,
  "Jos päätöksestä on saatu tieto edellä kerrotulla tavalla lähettämisen perusteella, viimeinen päivä on {2}, kun päätös on lähetetty "
  "sähköisesti, ja {3}, kun se on lähetetty kirjeitse muulle kuin viranomaiselle.",
  "Om delgivningen räknas från sändandet på det sätt som sägs ovan är den sista dagen {2} när beslutet har sänts elektroniskt och {3} när "
  "det har sänts per brev till någon annan än en myndighet.",
  "Where notification is counted from the sending as said above, the last day is {2} for a decision sent electronically and {3} for one "
  "sent by letter to anybody but an authority.");
T(MUNICIPAL_LAST_DAY,
  "Jos asianosainen on saanut päätöksestä tiedon edellä kerrotulla tavalla lähettämisen perusteella, viimeinen päivä on {2}, kun päätös on "
  "lähetetty sähköisesti, ja {3}, kun se on lähetetty kirjeitse.",
  "Om delgivningen för en part räknas från sändandet på det sätt som sägs ovan är den sista dagen {2} när beslutet har sänts elektroniskt "
  "och {3} när det har sänts per brev.",
  "Where a party's notification is counted from the sending as said above, the last day is {2} for a decision sent electronically and {3} "
  "for one sent by letter.");
T(CONTENT,
  "Vaatimuksessa on ilmoitettava päätös, johon haetaan oikaisua, millaista oikaisua vaaditaan ja millä perusteilla. Siinä on oltava "
  "vaatimuksen tekijän nimi ja kotikunta sekä yhteystiedot, joihin asiaa koskevat ilmoitukset voidaan lähettää. Mukaan liitetään tämä "
  "päätös ja ne asiakirjat, joihin vedotaan, jollei niitä ole jo toimitettu viranomaiselle.",
  "I begäran ska uppges vilket beslut som omprövningen gäller, hurdan omprövning som begärs och på vilka grunder. Den ska innehålla namn "
  "och hemkommun för den som gör begäran och de kontaktuppgifter till vilka meddelanden i ärendet kan sändas. Detta beslut och de "
  "handlingar som åberopas fogas till begäran, om de inte redan har lämnats till myndigheten.",
  "The request has to say which decision it is about, what change is asked for and on what grounds. It has to give the name and home "
  "municipality of whoever makes it and contact details to which messages in the matter can be sent. This decision and the documents "
  "relied on go with it, unless the authority has them already.");
T(DELIVERY,
  "Vaatimus toimitetaan viranomaiselle: {0}, {1}. Sen on oltava perillä määräajan viimeisenä päivänä ennen viranomaisen aukioloajan "
  "päättymistä; sähköinen viesti on perillä, kun se on viranomaisen käytettävissä vastaanottolaitteessa. Lähettäjä vastaa perilletulosta.",
  "Begäran lämnas till myndigheten: {0}, {1}. Den ska vara framme den sista dagen inom tidsfristen innan myndigheten stänger; ett "
  "elektroniskt meddelande är framme när det finns tillgängligt för myndigheten i mottagaranordningen. Avsändaren ansvarar för att det "
  "kommer fram.",
  "The request is delivered to the authority: {0}, {1}. It has to have arrived on the last day of the time before the authority closes; "
  "an electronic message has arrived when it is available to the authority in its receiving system. The sender is responsible for its "
  "arrival.");
T(APPEAL_1996, "Oikaisuvaatimuksen johdosta annettavaan päätökseen liitetään valitusosoitus (hallintolainkäyttölaki 586/1996).",
  "Till det beslut som ges med anledning av begäran fogas besvärsanvisning (förvaltningsprocesslagen 586/1996).",
  "The decision on the request comes with instructions for an appeal (administrative judicial procedure act 586/1996).");
T(APPEAL_2020,
  "Oikaisuvaatimuksen johdosta annettavaan päätökseen liitetään valitusosoitus (laki oikeudenkäynnistä hallintoasioissa 808/2019).",
  "Till det beslut som ges med anledning av begäran fogas besvärsanvisning (lagen om rättegång i förvaltningsärenden 808/2019).",
  "The decision on the request comes with instructions for an appeal (administrative judicial procedure act 808/2019).");

#define TITLE                                                                                                                              \
    {                                                                                                                                      \
        .fi = "Oikaisuvaatimusohje", .sv = "Anvisning om begäran om omprövning", .en = "Instructions for requesting a review"              \
    }
#define STATE(name, year_, month_, appeal)                                                                                                 \
    {                                                                                                                                      \
        .version = (name), .authority = AUTHORITY_STATE, .year = (year_), .month = (month_), .day = 1, .days = 30, .title = TITLE,         \
        .paragraphs = {                                                                                                                    \
            &STATE_WHO,                                                                                                                    \
            &STATE_TIME,                                                                                                                   \
            &STATE_LAST_DAY,                                                                                                               \
            &CONTENT,                                                                                                                      \
            &DELIVERY,                                                                                                                     \
            &(appeal)                                                                                                                      \
        }                                                                                                                                  \
    }
#define MUNICIPAL(name, year_, month_, appeal)                                                                                             \
    {                                                                                                                                      \
        .version = (name), .authority = AUTHORITY_MUNICIPAL, .year = (year_), .month = (month_), .day = 1, .days = 14, .title = TITLE,     \
        .paragraphs = {                                                                                                                    \
            &MUNICIPAL_WHO,                                                                                                                \
            &MUNICIPAL_TIME,                                                                                                               \
            &MUNICIPAL_LAST_DAY,                                                                                                           \
            &CONTENT,                                                                                                                      \
            &DELIVERY,                                                                                                                     \
            &(appeal)                                                                                                                      \
        }                                                                                                                                  \
    }
/* The newest of each authority first. */
static const struct review_instruction VERSIONS[] = {
    STATE("state-2020", 2020, 1, APPEAL_2020),
    STATE("state-2001", 2001, 9, APPEAL_1996),
    MUNICIPAL("municipal-2020", 2020, 1, APPEAL_2020),
    MUNICIPAL("municipal-2015", 2015, 5, APPEAL_1996),
};

const struct review_instruction *review_instruction_for(enum authority_kind authority, int64_t decided_on)
{
    for (size_t i = 0; i < sizeof VERSIONS / sizeof VERSIONS[0]; i++) {
        const struct review_instruction *v = &VERSIONS[i];

        if (v->authority == authority && date_days(v->year, v->month, v->day) <= decided_on)
            return v;
    }
    return NULL;
}

const struct review_instruction *review_instruction_named(const char *version)
{
    for (size_t i = 0; i < sizeof VERSIONS / sizeof VERSIONS[0]; i++)
        if (strcmp(VERSIONS[i].version, version) == 0)
            return &VERSIONS[i];
    return NULL;
}

int64_t review_last_day(const struct review_instruction *instruction, int64_t sent_on, bool by_letter)
{
    return answer_last_day(notice_day(sent_on, by_letter ? NOTICE_LETTER : NOTICE_ELECTRONIC), instruction->days);
}
