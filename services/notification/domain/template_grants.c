/* The words about applications and decisions of grants. Terms: avustushaku - utlysning - call; hakemus - ansökan - application; täydennys -
 * komplettering - supplement; avustuspäätös - understödsbeslut - grant decision; diaarinumero - diarienummer - register number. The
 * decision itself, with its reasons and how to have it reviewed, is the attached document: the letter only says what it is. */
#include "services/notification/domain/template_words.h"

#define ROW(kind) ((kind)-KIND_DRAFT_CLOSES) /* the first of this table */

/* A draft may have no title yet. */
#define TITLED(text) WITH("project", text)

/* What became of an application that ended without a decision. */
#define ENDED_FI                                                                                                                                 \
    "{outcome, select, withdrawn {Hakemuksesi on peruutettu, eikä sitä käsitellä enää.} called_off {Haku, johon osallistuit, on peruttu. " \
    "Hakemuksesi raukeaa, eikä sitä käsitellä.} other {Haku on päättynyt, eikä hakemustasi lähetetty siihen mennessä. Luonnos on "      \
    "rauennut, eikä sitä käsitellä.}}"
#define ENDED_SV                                                                                                                           \
    "{outcome, select, withdrawn {Din ansökan har återtagits och behandlas inte längre.} called_off {Utlysningen som du deltog i har "  \
    "återkallats. Din ansökan förfaller och behandlas inte.} other {Utlysningen har stängts och din ansökan hade inte skickats. "     \
    "Utkastet har förfallit och behandlas inte.}}"
#define ENDED_EN                                                                                                                           \
    "{outcome, select, withdrawn {Your application has been withdrawn and is no longer processed.} called_off {The call you took part in " \
    "has been called off. Your application lapses and is not processed.} other {The call has closed, and your application had not been "   \
    "submitted. The draft has lapsed and is not processed.}}"

/* A decision: that there is one, what it says, and until when its lead can refuse. */
#define DECIDED_FI                                                                                                                         \
    "{lead, select, yes {Hakemuksestasi on tehty päätös.} other {Hankkeesta, jossa organisaatiosi on mukana, on tehty "                 \
    "avustuspäätös.}}\n" WHEN("corrected", "Päätös korjaa aiemman päätöksen ja korvaa sen.\n")
#define DECIDED_SV                                                                                                                         \
    "{lead, select, yes {Ett beslut har fattats om din ansökan.} other {Ett understödsbeslut har fattats om ett projekt som din "        \
    "organisation deltar i.}}\n" WHEN("corrected", "Beslutet rättar ett tidigare beslut och ersätter det.\n")
#define DECIDED_EN                                                                                                                         \
    "{lead, select, yes {A decision has been made on your application.} other {A grant decision has been made on a project in which "      \
    "your organisation takes part.}}\n" WHEN("corrected", "The decision corrects an earlier one and takes its place.\n")
#define OUTCOME_FI                                                                                                                         \
    "Ratkaisu: {granted, select, yes {avustus on myönnetty} other {avustusta ei ole myönnetty}}\n" LINE("amount", "Myönnetty avustus: "   \
                                                                                                                  "{amount}")              \
        LINE("share", "Siitä organisaatiosi osuus: {share}") LINE("use_until", "Käyttöaika päättyy: {use_until, date, full}")
#define OUTCOME_SV                                                                                                                         \
    "Avgörande: {granted, select, yes {understöd har beviljats} other {understöd har inte beviljats}}\n" LINE("amount", "Beviljat "        \
                                                                                                                        "understöd: "     \
                                                                                                                        "{amount}")        \
        LINE("share", "Din organisations andel av det: {share}") LINE("use_until", "Användningstiden går ut: {use_until, date, full}")
#define OUTCOME_EN                                                                                                                         \
    "Outcome: {granted, select, yes {the grant has been awarded} other {no grant has been awarded}}\n" LINE("amount", "Grant awarded: "    \
                                                                                                                      "{amount}")          \
        LINE("share", "Of which your organisation''s share: {share}") LINE("use_until", "The period of use ends: {use_until, date, full}")
#define ANSWER_FI                                                                                                                              \
    WITH("due", "\nHyväksy avustus tai kieltäydy siitä viimeistään {due, date, full}. Jos et vastaa siihen mennessä, avustus katsotaan " \
                "hyväksytyksi.\n")                                                                                                             \
    "\nPäätös perusteluineen ja muutoksenhakuohjeineen on sähköpostin liitteenä PDF-tiedostona.\n" WITH(                                       \
        "document", "Päätös on kirjoitettu {document, select, fi {suomeksi} sv {ruotsiksi} other {englanniksi}}.\n")
#define ANSWER_SV                                                                                                                               \
    WITH("due", "\nGodkänn understödet eller avstå från det senast {due, date, full}. Om du inte svarar till dess anses understödet vara " \
                "godkänt.\n")                                                                                                                   \
    "\nBeslutet med motivering och anvisningar för sökande av ändring är bifogat till e-postmeddelandet som PDF-fil.\n" WITH(                   \
        "document", "Beslutet är skrivet på {document, select, fi {finska} sv {svenska} other {engelska}}.\n")
#define ANSWER_EN                                                                                                                          \
    WITH("due", "\nAccept or refuse the grant by {due, date, full}. If you do not answer by then, the grant is considered accepted.\n")    \
    "\nThe decision, with its reasons and how to request a review, is attached to the e-mail as a PDF file.\n" WITH(                       \
        "document", "The decision is written in {document, select, fi {Finnish} sv {Swedish} other {English}}.\n")

const struct template_built_in TEMPLATES_GRANTS[KIND_GRANT_ANSWERED - KIND_DRAFT_CLOSES + 1][LANGUAGE_COUNT] =
    {
        [ROW(KIND_DRAFT_CLOSES)] =
            {
                {"Haku päättyy pian, hakemustasi ei ole lähetetty: {call}",
                 HELLO_FI "Avustushaku {call} päättyy pian, etkä ole vielä lähettänyt hakemustasi.\n\n" LINE(
                     "project", "Hakemus: {project}") "Haku päättyy: {closes} (Suomen aikaa)\n\nLuonnosta ei käsitellä: hakemus tulee "
                                                      "vireille vasta, kun lähetät sen. "
                                                      "Haun päätyttyä hakemusta ei voi enää lähettää.\n" GRANT_END_FI},
                {"Utlysningen stängs snart, din ansökan har inte skickats: {call}",
                 HELLO_SV "Utlysningen {call} stängs snart och du har ännu inte skickat din ansökan.\n\n" LINE(
                     "project", "Ansökan: {project}") "Utlysningen stängs: {closes} (finländsk tid)\n\nEtt utkast behandlas inte: ansökan "
                                                      "blir anhängig först när du skickar den. "
                                                      "När utlysningen har stängts kan ansökan inte längre skickas.\n" GRANT_END_SV},
                {"The call closes soon, your application has not been submitted: {call}",
                 HELLO_EN "The call {call} closes soon, and you have not submitted your application yet.\n\n" LINE(
                     "project",
                     "Application: {project}") "The call closes: {closes} (Finnish time)\n\nA draft is not processed: an application is "
                                               "pending only once you have "
                                               "submitted it. When the call has closed it can no longer be submitted.\n" GRANT_END_EN},
            },
        [ROW(KIND_APPLICATION_RECEIVED)] =
            {
                {"{again, select, yes {Täydennys} other {Hakemus}} on vastaanotettu: {project}", HELLO_FI
                 "{again, select, yes {Hakemuksesi täydennys on vastaanotettu.} other {Hakemuksesi on vastaanotettu ja se on tullut "
                 "vireille.}}\n\n" GRANT_FI LINE("call", "Avustushaku: {call}")
                     LINE("applied",
                          "Haettu avustus: {applied}") "Vastaanotettu: {received} (Suomen aikaa)\nVastaanottokuittaus: {receipt}\n"
                                                       "\nSäilytä tämä viesti. Kuittaus on lähetetyn hakemuksen SHA-256-tiiviste: "
                                                       "avustuspalvelu antaa tiedoston, josta "
                                                       "se on laskettu, ja niillä voit osoittaa, mitä on lähetetty ja milloin se saapui. "
                                                       "Saat tiedon, kun "
                                                       "hakemus on ratkaistu tai kun siihen tarvitaan täydennystä.\n" GRANT_END_FI},
                {"{again, select, yes {Kompletteringen} other {Ansökan}} har tagits emot: {project}", HELLO_SV
                 "{again, select, yes {Kompletteringen av din ansökan har tagits emot.} other {Din ansökan har tagits emot och är "
                 "anhängig.}}\n\n" GRANT_SV
                     LINE("call", "Utlysning: {call}")
                         LINE(
                             "applied", "Sökt understöd: {applied}") "Mottagen: {received} (finländsk tid)\nMottagningskvitto: {receipt}\n"
                                                                     "\nSpara det här meddelandet. Kvittot är SHA-256-summan av den "
                                                                     "ansökan som skickades: understödstjänsten ger filen som den har "
                                                                     "räknats ut från, och med dem kan du visa vad som har skickats och "
                                                                     "när det kom fram. Du får ett "
                                                                     "meddelande när ansökan har avgjorts eller om den behöver "
                                                                     "kompletteras.\n" GRANT_END_SV},
                {"{again, select, yes {Supplement} other {Application}} received: {project}", HELLO_EN
                 "{again, select, yes {The supplement to your application has been received.} other {Your application has been "
                 "received and is now pending.}}\n\n" GRANT_EN
                     LINE("call", "Call: {call}")
                         LINE(
                             "applied", "Grant applied for: {applied}") "Received: {received} (Finnish time)\nReceipt: {receipt}\n"
                                                                        "\nPlease keep this message. The receipt is the SHA-256 of the "
                                                                        "application as it was submitted: the grant service gives the file "
                                                                        "it was computed from, and with both you can show what was "
                                                                        "submitted and when it arrived. You will be "
                                                                        "told when the application has been decided, or if it needs to be "
                                                                        "supplemented.\n" GRANT_END_EN},
            },
        [ROW(KIND_SUPPLEMENT_REQUESTED)] =
            {
                {"Täydennä hakemustasi: {project}", HELLO_FI
                 "Hakemuksesi käsittelyä varten tarvitaan täydennystä.\n\n" GRANT_FI
                 "Täydennä viimeistään: {due, date, full}\n\nMitä pyydetään:\n{words}\n\nMuuta hakemusta avustuspalvelussa ja lähetä "
                 "se uudelleen. Jos täydennystä ei tule määräajassa, hakemus voidaan ratkaista ilman sitä.\n\n" PAPER_FI GRANT_END_FI},
                {"Komplettera din ansökan: {project}", HELLO_SV
                 "Din ansökan behöver kompletteras för att kunna behandlas.\n\n" GRANT_SV
                 "Komplettera senast: {due, date, full}\n\nVad som begärs:\n{words}\n\nÄndra ansökan i understödstjänsten och skicka "
                 "den på nytt. Om ingen komplettering kommer inom tidsfristen kan ansökan avgöras utan den.\n\n" PAPER_SV GRANT_END_SV},
                {"Please supplement your application: {project}", HELLO_EN
                 "Your application needs to be supplemented before it can be processed.\n\n" GRANT_EN
                 "Please supplement it by: {due, date, full}\n\nWhat is asked for:\n{words}\n\nChange the application in the grant "
                 "service and submit it again. If no supplement arrives in time, the application may be decided without it.\n\n" PAPER_EN
                     GRANT_END_EN},
            },
        [ROW(KIND_SUPPLEMENT_DUE)] =
            {
                {"Muistutus: täydennä hakemustasi {due, date, short} mennessä: {project}",
                 HELLO_FI "Hakemustasi on pyydetty täydentämään, eikä täydennystä ole vielä lähetetty.\n\n" GRANT_FI
                          "Täydennä viimeistään: {due, date, full}\n\nMitä pyydetään, näet avustuspalvelusta. Jos täydennystä ei tule "
                          "määräajassa, hakemus voidaan ratkaista ilman sitä.\n" GRANT_END_FI},
                {"Påminnelse: komplettera din ansökan senast {due, date, short}: {project}", HELLO_SV
                 "Du har ombetts komplettera din ansökan och kompletteringen har ännu inte skickats.\n\n" GRANT_SV
                 "Komplettera senast: {due, date, full}\n\nVad som begärs ser du i understödstjänsten. Om ingen komplettering kommer "
                 "inom tidsfristen kan ansökan avgöras utan den.\n" GRANT_END_SV},
                {"Reminder: please supplement your application by {due, date, short}: {project}", HELLO_EN
                 "You have been asked to supplement your application, and the supplement has not been submitted yet.\n\n" GRANT_EN
                 "Please supplement it by: {due, date, full}\n\nWhat is asked for is in the grant service. If no supplement arrives in "
                 "time, the application may be decided without it.\n" GRANT_END_EN},
            },
        [ROW(KIND_APPLICATION_ENDED)] =
            {
                {"{outcome, select, withdrawn {Hakemus on peruutettu} called_off {Avustushaku on peruttu} other {Hakemusluonnos on "
                 "rauennut}}" TITLED(": {project}"),
                 HELLO_FI ENDED_FI "\n\n" LINE("call", "Avustushaku: {call}")
                     LINE("project", "Hakemus: {project}")
                         LINE("register", "Diaarinumero: {register}") LINE("reason", "Syy: {reason}") GRANT_END_FI},
                {"{outcome, select, withdrawn {Ansökan har återtagits} called_off {Utlysningen har återkallats} other {Utkastet till "
                 "ansökan "
                 "har förfallit}}" TITLED(": {project}"),
                 HELLO_SV
                     ENDED_SV "\n\n" LINE("call", "Utlysning: {call}")
                         LINE("project", "Ansökan: {project}")
                             LINE("register", "Diarienummer: {register}") LINE("reason", "Orsak: {reason}") GRANT_END_SV},
                {"{outcome, select, withdrawn {Application withdrawn} called_off {The call has been called off} other {Draft application "
                 "lapsed}}" TITLED(": {project}"),
                 HELLO_EN
                     ENDED_EN "\n\n" LINE("call", "Call: {call}")
                         LINE("project", "Application: {project}")
                             LINE("register", "Register number: {register}") LINE("reason", "Reason: {reason}") GRANT_END_EN},
            },
        [ROW(KIND_GRANT_DECISION)] =
            {
                {"{corrected, select, yes {Korjattu avustuspäätös} other {Avustuspäätös}}: {project}",
                 HELLO_FI DECIDED_FI "\n" GRANT_FI LINE("call", "Avustushaku: {call}")
                     LINE("authority", "Päätöksen tekijä: {authority}") OUTCOME_FI ANSWER_FI GRANT_END_FI},
                {"{corrected, select, yes {Rättat understödsbeslut} other {Understödsbeslut}}: {project}",
                 HELLO_SV DECIDED_SV "\n" GRANT_SV LINE("call", "Utlysning: {call}")
                     LINE("authority", "Beslutsfattare: {authority}") OUTCOME_SV ANSWER_SV GRANT_END_SV},
                {"{corrected, select, yes {Corrected grant decision} other {Grant decision}}: {project}", HELLO_EN DECIDED_EN
                 "\n" GRANT_EN LINE("call", "Call: {call}") LINE("authority", "Decided by: {authority}") OUTCOME_EN ANSWER_EN GRANT_END_EN},
            },
        [ROW(KIND_GRANT_ANSWERED)] =
            {
                {"{outcome, select, refused {Avustuksesta on kieltäydytty} other {Avustus on hyväksytty}}: {project}",
                 HELLO_FI "{outcome, select, refused {Olet kieltäytynyt avustuksesta. Sitä ei makseta.} silence {Määräaika kieltäytyä "
                          "avustuksesta on päättynyt, joten avustus on hyväksytty.} other {Olet hyväksynyt avustuksen.}}\n\n" GRANT_FI LINE(
                              "amount", "Avustus: {amount}") GRANT_END_FI},
                {"{outcome, select, refused {Understödet har avböjts} other {Understödet har godkänts}}: {project}", HELLO_SV
                 "{outcome, select, refused {Du har avstått från understödet. Det betalas inte ut.} silence {Tiden för att avstå från "
                 "understödet har gått ut och understödet är godkänt.} other {Du har godkänt understödet.}}\n\n" GRANT_SV LINE(
                     "amount", "Understöd: {amount}") GRANT_END_SV},
                {"{outcome, select, refused {The grant has been refused} other {The grant has been accepted}}: {project}", HELLO_EN
                 "{outcome, select, refused {You have refused the grant. It will not be paid.} silence {The time to refuse the grant "
                 "has ended, so the grant is accepted.} other {You have accepted the grant.}}\n\n" GRANT_EN LINE(
                     "amount", "Grant: {amount}") GRANT_END_EN},
            },
};
