/* The words about what follows a grant: payments, amendments, reports, money that is paid back, and the days by which things are due.
 * Terms: maksuerä - rat - instalment; muutoshakemus - ändringsansökan - change application; väliselvitys, loppuselvitys -
 * mellanredovisning, slutredovisning - interim report, final report; palautus, takaisinperintä - återbetalning, återkrav - repayment,
 * recovery. */
#include "services/notification/domain/template_words.h"

#define ROW(kind) ((kind)-KIND_GRANT_PAYMENT) /* the first of this table */

/* What is reported: alone, as it begins a line, and in a sentence. */
#define REPORT_FI  "{report, select, interim {Väliselvitys} other {Loppuselvitys}}"
#define REPORT_SV  "{report, select, interim {Mellanredovisningen} other {Slutredovisningen}}"
#define REPORT_EN  "{report, select, interim {The interim report} other {The final report}}"
#define ON_TIME_FI "Anna viimeistään: {due, date, full}\n"
#define ON_TIME_SV "Lämna in senast: {due, date, full}\n"
#define ON_TIME_EN "Please submit it by: {due, date, full}\n"

/* Of a payment: by what the reader finds it on the statement of their account. */
#define PAID_FI                                                                                                                            \
    LINE("paid_on", "Maksupäivä: {paid_on, date, full}")                                                                                   \
    LINE("account", "Tilinumeron loppu: {account}") LINE("reference", "Viite: {reference}")
#define PAID_SV                                                                                                                            \
    LINE("paid_on", "Betalningsdag: {paid_on, date, full}")                                                                                \
    LINE("account", "Kontonumret slutar på: {account}") LINE("reference", "Referens: {reference}")
#define PAID_EN                                                                                                                            \
    LINE("paid_on", "Date of payment: {paid_on, date, full}")                                                                              \
    LINE("account", "Account number ends in: {account}") LINE("reference", "Reference: {reference}")

/* A part of a change application, where it was asked for, with what became of it and why. */
#define PART(part, name, accepted, changed, rejected, because)                                                                             \
    LINE(part, "- " name ": {" part ", select, accepted {" accepted "} changed {" changed "} other {" rejected                             \
               "}}" WITH(part "_reason", ". " because ": {" part "_reason}"))
#define PART_FI(part, name) PART(part, name, "hyväksytty", "hyväksytty muutettuna", "hylätty", "Perustelu")
#define PART_SV(part, name) PART(part, name, "godkänd", "godkänd med ändringar", "avslagen", "Motivering")
#define PART_EN(part, name) PART(part, name, "accepted", "accepted with changes", "rejected", "Reason")

/* Why money is paid back, in words for people; the decision-maker's own follow. */
#define BASIS_FI                                                                                                                              \
    LINE("recovery", "Peruste: {recovery, select, return {käyttämättä jääneen avustuksen palautus} mandatory {takaisinperintä} other " \
                     "{harkinnanvarainen takaisinperintä}}")
#define BASIS_SV                                                                                                                           \
    LINE("recovery", "Grund: {recovery, select, return {återbetalning av understöd som inte använts} mandatory {återkrav} other "      \
                     "{återkrav enligt prövning}}")
#define BASIS_EN                                                                                                                           \
    LINE("recovery", "Ground: {recovery, select, return {return of grant money that was not used} mandatory {recovery} other "             \
                     "{discretionary recovery}}")

/* What became of it. What was not used is returned by law; the rest was decided. */
#define RECOVERY_TITLE_FI                                                                                                                  \
    "{outcome, select, ordered {{recovery, select, return {Avustusta on palautettava} other {Avustusta peritään takaisin}}} paid "       \
    "{Palautus on saatu} other {Palautusta ei peritä}}"
#define RECOVERY_TITLE_SV                                                                                                                  \
    "{outcome, select, ordered {{recovery, select, return {Understöd ska återbetalas} other {Understöd återkrävs}}} paid "            \
    "{Återbetalningen har kommit in} other {Återbetalning krävs inte}}"
#define RECOVERY_TITLE_EN                                                                                                                  \
    "{outcome, select, ordered {{recovery, select, return {Grant money is to be paid back} other {Grant money is to be recovered}}} paid " \
    "{The "                                                                                                                                \
    "repayment has arrived} other {No repayment is required}}"
#define RECOVERY_SAYS_FI                                                                                                                            \
    "{outcome, select, ordered {{recovery, select, return {Avustuksesta on palautettava osa tai se on palautettava kokonaan.} other "               \
    "{Maksettua avustusta on päätetty periä takaisin.}}} paid {Palautettava määrä on maksettu. Kiitos.} other {Alla mainittua määrää ei " \
    "tarvitse palauttaa.}}"
#define RECOVERY_SAYS_SV                                                                                                                       \
    "{outcome, select, ordered {{recovery, select, return {Understödet ska återbetalas helt eller delvis.} other {Ett beslut har fattats "   \
    "om att återkräva utbetalt understöd.}}} paid {Det belopp som skulle återbetalas har betalats. Tack.} other {Beloppet nedan behöver " \
    "inte återbetalas.}}"
#define RECOVERY_SAYS_EN                                                                                                                   \
    "{outcome, select, ordered {{recovery, select, return {Some or all of the grant is to be returned.} other {It has been decided that "  \
    "grant money that was paid is to be recovered.}}} paid {What was to be paid back has been paid. Thank you.} other {The amount below "  \
    "need not be paid back.}}"
#define PAY_FI                                                                                                                             \
    WITH("due", "\nTilinumero ja maksun tiedot ovat päätöksessä. Myöhässä olevalle määrälle voidaan "                            \
                "periä viivästyskorkoa.\n")
#define PAY_SV                                                                                                                             \
    WITH("due", "\nKontonumret och betalningens uppgifter finns i beslutet. "                                                              \
                "Dröjsmålsränta kan tas ut på ett försenat belopp.\n")
#define PAY_EN                                                                                                                             \
    WITH("due", "\nThe account and the payment details are in the decision. Interest may be "                                              \
                "charged on an overdue amount.\n")

/* An order comes with its decision, the rest is printed as it is. */
#define RECOVERY_PAPER(ordered, other) "{outcome, select, ordered {" ordered "} other {" other "}}"

const struct template_built_in TEMPLATES_AWARDS[KIND_REPAYMENT_LATE - KIND_GRANT_PAYMENT + 1][LANGUAGE_COUNT] =
    {
        [ROW(KIND_GRANT_PAYMENT)] =
            {
                {"{outcome, select, paid {Avustusta on maksettu} other {Avustuksen maksu palautui}}: {project}", HELLO_FI
                 "{outcome, select, paid {Avustuksen maksuerä on maksettu.} other {Avustuksen maksuerä ei mennyt perille, vaan palautui "
                 "maksajalle. Tarkista, että tilinumero on oikein, ja ota tarvittaessa yhteyttä avustuksen myöntäjään. Erä maksetaan "
                 "uudelleen.}}\n\n" GRANT_FI "Maksuerä: {amount}\n" PAID_FI GRANT_END_FI},
                {"{outcome, select, paid {Understöd har betalats ut} other {Utbetalningen kom tillbaka}}: {project}", HELLO_SV
                 "{outcome, select, paid {En rat av understödet har betalats ut.} other {En rat av understödet nådde inte fram utan kom "
                 "tillbaka till betalaren. Kontrollera att kontonumret är rätt och kontakta vid behov den som beviljat understödet. "
                 "Raten betalas ut på nytt.}}\n\n" GRANT_SV "Rat: {amount}\n" PAID_SV GRANT_END_SV},
                {"{outcome, select, paid {A grant payment has been made} other {A grant payment came back}}: {project}", HELLO_EN
                 "{outcome, select, paid {An instalment of the grant has been paid.} other {An instalment of the grant did not arrive "
                 "and came back to the payer. Please check that the account number is right and contact the authority if needed. The "
                 "instalment will be paid again.}}\n\n" GRANT_EN "Instalment: {amount}\n" PAID_EN GRANT_END_EN},
            },
        [ROW(KIND_AMENDMENT_DECIDED)] =
            {
                {"Muutoshakemus on ratkaistu: {project}", HELLO_FI
                 "{lead, select, yes {Muutoshakemuksestasi} other {Hankkeenne muutoshakemuksesta}} on tehty päätös.\n\n" GRANT_FI
                 "\n" PART_FI("period", "Käyttöaika") PART_FI("content", "Sisältö") PART_FI("budget", "Käyttösuunnitelma")
                     PART_FI("consortium", "Kumppanien osuudet") LINE("use_until", "\nKäyttöaika päättyy nyt: {use_until, date, full}")
                         REVIEW DECISION_PAPER_FI GRANT_END_FI},
                {"Ändringsansökan har avgjorts: {project}",
                 HELLO_SV "Ett beslut har fattats om {lead, select, yes {din} other {ert projekts}} ändringsansökan.\n\n" GRANT_SV
                          "\n" PART_SV("period", "Användningstid")
                              PART_SV("content", "Innehåll")
                                  PART_SV("budget", "Användningsplan")
                                      PART_SV("consortium", "Parternas andelar")
                                          LINE("use_until", "\nAnvändningstiden går nu ut: {use_until, date, full}")
                                              REVIEW DECISION_PAPER_SV GRANT_END_SV},
                {"{lead, select, yes {Your change application} other {The change application of your project}} has been decided: {project}",
                 HELLO_EN "A decision has been made on {lead, select, yes {your change application} other {the change application of your "
                          "project}}.\n\n" GRANT_EN "\n" PART_EN("period", "Period of use")
                              PART_EN("content", "Content")
                                  PART_EN("budget", "Budget")
                                      PART_EN("consortium", "Shares of the partners")
                                          LINE("use_until", "\nThe period of use now ends: {use_until, date, full}")
                                              REVIEW DECISION_PAPER_EN GRANT_END_EN},
            },
        [ROW(KIND_REPORT_DUE)] =
            {
                {"Muistutus: anna {report, select, interim {väliselvitys} other {loppuselvitys}} {due, date, short} mennessä: {project}",
                 HELLO_FI
                 "Avustuksen {report, select, interim {väliselvitys} other {loppuselvitys}} on annettava pian.\n\n" GRANT_FI ON_TIME_FI
                 "\nSelvitys annetaan avustuspalvelussa. Jos tarvitset lisää aikaa, ota yhteyttä avustuksen myöntäjään ennen "
                 "määräpäivää.\n" GRANT_END_FI},
                {"Påminnelse: lämna in {report, select, interim {mellanredovisningen} other {slutredovisningen}} senast {due, date, "
                 "short}: {project}",
                 HELLO_SV "Understödets {report, select, interim {mellanredovisning} other {slutredovisning}} ska lämnas in "
                          "snart.\n\n" GRANT_SV ON_TIME_SV
                          "\nRedovisningen lämnas in i understödstjänsten. Om du behöver mer tid ber vi dig kontakta den som beviljat "
                          "understödet före den dagen.\n" GRANT_END_SV},
                {"Reminder: {report, select, interim {the interim report} other {the final report}} is due by {due, date, short}: "
                 "{project}",
                 HELLO_EN
                 "{report, select, interim {The interim report} other {The final report}} of the grant is due soon.\n\n" GRANT_EN ON_TIME_EN
                 "\nReports are submitted in the grant service. If you need more time, please contact the authority before that "
                 "day.\n" GRANT_END_EN},
            },
        [ROW(KIND_REPORT_LATE)] =
            {
                {REPORT_FI " on myöhässä: {project}", HELLO_FI
                 "Avustuksen {report, select, interim {väliselvitystä} other {loppuselvitystä}} ei ole annettu "
                 "määräajassa.\n\n" GRANT_FI "Määräpäivä oli: {due, date, long}\n"
                 "\nAnna selvitys avustuspalvelussa viipymättä. Jos selvitystä ei anneta, avustuksen maksaminen voidaan keskeyttää ja "
                 "maksettu avustus periä takaisin.\n" GRANT_END_FI},
                {REPORT_SV " är försenad: {project}", HELLO_SV
                 "Understödets {report, select, interim {mellanredovisning} other {slutredovisning}} har inte lämnats in i "
                 "tid.\n\n" GRANT_SV "Sista dagen var: {due, date, full}\n"
                 "\nLämna in redovisningen i understödstjänsten utan dröjsmål. Om den inte lämnas in kan utbetalningen av understödet "
                 "avbrytas och utbetalt understöd återkrävas.\n" GRANT_END_SV},
                {REPORT_EN " is late: {project}", HELLO_EN
                 "{report, select, interim {The interim report} other {The final report}} of the grant was not submitted in "
                 "time.\n\n" GRANT_EN "It was due on: {due, date, full}\n"
                 "\nPlease submit it in the grant service without delay. If it is not submitted, payment of the grant may be suspended "
                 "and what was paid may be recovered.\n" GRANT_END_EN},
            },
        [ROW(KIND_REPORT_REVIEWED)] =
            {
                {REPORT_FI " {outcome, select, received {on vastaanotettu} accepted {on hyväksytty} other {kaipaa täydennystä}}: {project}",
                 HELLO_FI REPORT_FI
                 " {outcome, select, received {on vastaanotettu ja se tarkastetaan} accepted {on tarkastettu ja hyväksytty} "
                 "other {on tarkastettu, ja sitä on täydennettävä}}.\n\n" GRANT_FI LINE("used", "Selvityksen mukaan käytetty: {used}")
                     LINE("due", "Täydennä viimeistään: {due, date, full}")
                         WITH("words", "\nViesti käsittelijältä:\n{words}\n") GRANT_END_FI},
                {REPORT_SV " {outcome, select, received {har tagits emot} accepted {har godkänts} other {behöver kompletteras}}: {project}",
                 HELLO_SV REPORT_SV
                 " {outcome, select, received {har tagits emot och granskas} accepted {har granskats och godkänts} other "
                 "{har granskats och behöver kompletteras}}.\n\n" GRANT_SV
                     LINE("used", "Använt enligt redovisningen: {used}")
                         LINE("due", "Komplettera senast: {due, date, full}")
                             WITH("words", "\nMeddelande från handläggaren:\n{words}\n") GRANT_END_SV},
                {REPORT_EN
                 " {outcome, select, received {has been received} accepted {has been accepted} other {needs a supplement}}: {project}",
                 HELLO_EN REPORT_EN " {outcome, select, received {has been received and will be reviewed} accepted {has been reviewed and "
                                    "accepted} other {has been reviewed and needs to be supplemented}}.\n\n" GRANT_EN
                                        LINE("used", "Used according to the report: {used}")
                                            LINE("due", "Please supplement it by: {due, date, full}")
                                                WITH("words", "\nMessage from the official:\n{words}\n") GRANT_END_EN},
            },
        [ROW(KIND_RECOVERY)] =
            {
                {RECOVERY_TITLE_FI ": {project}",
                 HELLO_FI RECOVERY_SAYS_FI "\n\n" GRANT_FI "Määrä: {amount}\n" BASIS_FI LINE("due", "Maksa viimeistään: {due, date, full}")
                     WITH("words", "\nPerustelut:\n{words}\n") PAY_FI REVIEW RECOVERY_PAPER(DECISION_PAPER_FI, PAPER_FI) GRANT_END_FI},
                {RECOVERY_TITLE_SV ": {project}",
                 HELLO_SV RECOVERY_SAYS_SV "\n\n" GRANT_SV "Belopp: {amount}\n" BASIS_SV LINE("due", "Betala senast: {due, date, full}")
                     WITH("words", "\nMotivering:\n{words}\n") PAY_SV REVIEW RECOVERY_PAPER(DECISION_PAPER_SV, PAPER_SV) GRANT_END_SV},
                {RECOVERY_TITLE_EN ": {project}",
                 HELLO_EN RECOVERY_SAYS_EN "\n\n" GRANT_EN "Amount: {amount}\n" BASIS_EN LINE("due", "Please pay by: {due, date, full}")
                     WITH("words", "\nReasons:\n{words}\n") PAY_EN REVIEW RECOVERY_PAPER(DECISION_PAPER_EN, PAPER_EN) GRANT_END_EN},
            },
        [ROW(KIND_ANSWER_DUE)] =
            {
                {"Muistutus: vastaa avustuspäätökseen {due, date, short} mennessä: {project}",
                 HELLO_FI "Sinulle on myönnetty avustus, etkä ole vielä vastannut.\n\n" GRANT_FI
                          "Vastaa viimeistään: {due, date, full}\n\nHyväksy avustus tai kieltäydy siitä avustuspalvelussa. Jos et vastaa "
                          "määräajassa, avustus katsotaan hyväksytyksi.\n" GRANT_END_FI},
                {"Påminnelse: svara på understödsbeslutet senast {due, date, short}: {project}", HELLO_SV
                 "Du har beviljats ett understöd och har ännu inte svarat.\n\n" GRANT_SV
                 "Svara senast: {due, date, full}\n\nGodkänn understödet eller avstå från det i understödstjänsten. Om du inte svarar "
                 "inom tidsfristen anses understödet vara godkänt.\n" GRANT_END_SV},
                {"Reminder: please answer the grant decision by {due, date, short}: {project}",
                 HELLO_EN "You have been awarded a grant and have not answered yet.\n\n" GRANT_EN
                          "Please answer by: {due, date, full}\n\nAccept or refuse the grant in the grant service. If you do not answer in "
                          "time, the grant is considered accepted.\n" GRANT_END_EN},
            },
        [ROW(KIND_REPAYMENT_DUE)] =
            {
                {"Muistutus: palauta avustus {due, date, short} mennessä: {project}",
                 HELLO_FI "Sinun on palautettava avustusta, eikä maksua ole vielä saatu.\n\n" GRANT_FI
                          "Maksa viimeistään: {due, date, full}\n\nMäärä, perustelut ja maksun tiedot ovat päätöksessä, jonka olet "
                          "saanut aiemmin. Jos olet jo maksanut, tämä muistutus on aiheeton.\n" GRANT_END_FI},
                {"Påminnelse: återbetala understödet senast {due, date, short}: {project}",
                 HELLO_SV "Du ska återbetala understöd och betalningen har ännu inte kommit.\n\n" GRANT_SV
                          "Betala senast: {due, date, full}\n\nBeloppet, motiveringen och betalningens uppgifter finns i det "
                          "beslut du har fått. Om du redan har betalat är påminnelsen obefogad.\n" GRANT_END_SV},
                {"Reminder: please pay the grant money back by {due, date, short}: {project}",
                 HELLO_EN "You are to pay grant money back, and the payment has not arrived yet.\n\n" GRANT_EN
                          "Please pay by: {due, date, full}\n\nThe amount, the reasons and the payment details are in the decision "
                          "you received. If you have paid already, please disregard this reminder.\n" GRANT_END_EN},
            },
        [ROW(KIND_REPAYMENT_LATE)] =
            {
                {"Avustuksen palautus on myöhässä: {project}",
                 HELLO_FI "Palautettavaa avustusta ei ole saatu määräajassa.\n\n" GRANT_FI "Määräpäivä oli: {due, date, long}\n"
                          "\nMaksa palautus viipymättä. Myöhässä olevalle määrälle voidaan periä viivästyskorkoa.\n" GRANT_END_FI},
                {"Återbetalningen av understödet är försenad: {project}",
                 HELLO_SV "Det understöd som ska återbetalas har inte kommit i tid.\n\n" GRANT_SV "Sista dagen var: {due, date, full}\n"
                          "\nBetala utan dröjsmål. Dröjsmålsränta kan tas ut på det försenade beloppet.\n" GRANT_END_SV},
                {"The repayment of grant money is late: {project}",
                 HELLO_EN "What is to be paid back has not arrived in time.\n\n" GRANT_EN "It was due on: {due, date, full}\n"
                          "\nPlease pay without delay. Interest may be charged on the overdue amount.\n" GRANT_END_EN},
            },
};
