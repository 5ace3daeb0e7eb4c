/* The words about municipal cases: an application that came in, statements, meetings of a board, what it decided, whom it named, and a
 * project's funding plan. Terms: diaarinumero - diarienummer - register number; pykälä - paragraf - section; pöytäkirjanote -
 * protokollsutdrag - minutes extract; esityslista - föredragningslista - agenda; oikaisuvaatimus - begäran om omprövning - request for
 * review; lausunto - utlåtande - statement. What was decided stands in the extract that is attached: the letter says what became of it. */
#include "services/notification/domain/template_words.h"

#define ROW(kind) ((kind)-KIND_CASE_FILED) /* the first of this table */

/* What a letter about a case is about, and where it was handled. */
#define MATTER_FI  "Asia: {case}\nDiaarinumero: {register}\n" LINE("municipality", "Kunta: {municipality}")
#define MATTER_SV  "Ärende: {case}\nDiarienummer: {register}\n" LINE("municipality", "Kommun: {municipality}")
#define MATTER_EN  "Case: {case}\nRegister number: {register}\n" LINE("municipality", "Municipality: {municipality}")
#define HANDLED_FI LINE("board", "Toimielin: {board}") LINE("meeting", "Kokous: {meeting, date, long}") LINE("section", "Pykälä: {section}")
#define HANDLED_SV                                                                                                                         \
    LINE("board", "Organ: {board}") LINE("meeting", "Sammanträde: {meeting, date, long}") LINE("section", "Paragraf: {section}")
#define HANDLED_EN LINE("board", "Board: {board}") LINE("meeting", "Meeting: {meeting, date, long}") LINE("section", "Section: {section}")

#define SERVICE_END_FI "\n" LINE("contact", "Lisätietoja: {contact}") LINE("link", "Palvelu: {link}") "\n" AUTOMATIC_FI
#define SERVICE_END_SV "\n" LINE("contact", "Mer information: {contact}") LINE("link", "Tjänsten: {link}") "\n" AUTOMATIC_SV
#define SERVICE_END_EN "\n" LINE("contact", "More information: {contact}") LINE("link", "The service: {link}") "\n" AUTOMATIC_EN
/* Of a kind without {contact}. */
#define PLAN_END_FI "\n" LINE("link", "Palvelu: {link}") "\n" AUTOMATIC_FI
#define PLAN_END_SV "\n" LINE("link", "Tjänsten: {link}") "\n" AUTOMATIC_SV
#define PLAN_END_EN "\n" LINE("link", "The service: {link}") "\n" AUTOMATIC_EN

/* The entry in the reader's calendar that the mail of a letter about a meeting brings, or takes back. */
#define ENTRY_FI    "\n" LINE("entries_added", "Kokouksen kalenterimerkintä on sähköpostin liitteenä.")
#define ENTRY_SV    "\n" LINE("entries_added", "Sammanträdet är bifogat till e-postmeddelandet som kalenderpost.")
#define ENTRY_EN    "\n" LINE("entries_added", "A calendar entry of the meeting is attached to the e-mail.")
#define NO_ENTRY_FI "\n" LINE("entries_removed", "Kokouksen kalenterimerkintä poistuu: sen peruutus on sähköpostin liitteenä.")
#define NO_ENTRY_SV "\n" LINE("entries_removed", "Kalenderposten för sammanträdet tas bort: avbokningen är bifogad till e-postmeddelandet.")
#define NO_ENTRY_EN                                                                                                                        \
    "\n" LINE("entries_removed", "The calendar entry of the meeting is removed: its cancellation is attached to the e-mail.")

/* The extract, and in which language it is where that is not the reader's. */
#define EXTRACT_FI                                                                                                                              \
    "Pöytäkirjanote on sähköpostin liitteenä PDF-tiedostona.\n{document, select, none {} fi {} sv {Se on kirjoitettu ruotsiksi.\n} other " \
    "{Se on kirjoitettu englanniksi.\n}}"
#define EXTRACT_SV                                                                                                                         \
    "Protokollsutdraget är bifogat till e-postmeddelandet som PDF-fil.\n{document, select, none {} sv {} fi {Det är skrivet på "        \
    "finska.\n} other {Det är skrivet på engelska.\n}}"
#define EXTRACT_EN                                                                                                                         \
    "The minutes extract is attached to the e-mail as a PDF file.\n{document, select, none {} en {} fi {It is written in Finnish.\n} "     \
    "other {It is written in Swedish.\n}}"

/* What the board did with a case: of one that is not decided yet, what comes next. */
#define OUTCOME_FI                                                                                                                         \
    "{outcome, select, returned {Toimielin palautti asian valmisteltavaksi. Hakemustasi ei ole vielä ratkaistu: saat tiedon, kun asia "   \
    "on käsitelty uudelleen.} tabled {Toimielin jätti asian pöydälle. Hakemustasi ei ole vielä ratkaistu: saat tiedon, kun asia on "  \
    "käsitelty myöhemmässä kokouksessa.} withdrawn {Olet peruuttanut hakemuksesi: toimielin ei ratkaissut asiaa, eikä sitä "         \
    "käsitellä enää.} other {Hakemuksestasi on tehty päätös.}}"
#define OUTCOME_SV                                                                                                                             \
    "{outcome, select, returned {Organet återremitterade ärendet för beredning. Din ansökan har inte avgjorts ännu: du får ett "         \
    "meddelande när ärendet har behandlats på nytt.} tabled {Organet bordlade ärendet. Din ansökan har inte avgjorts ännu: du får ett " \
    "meddelande när ärendet har behandlats på ett senare sammanträde.} withdrawn {Du har återtagit din ansökan: organet avgjorde "       \
    "inte ärendet, och det behandlas inte längre.} other {Ett beslut har fattats om din ansökan.}}"
#define OUTCOME_EN                                                                                                                         \
    "{outcome, select, returned {The board returned the case for further preparation. Your application has not been decided yet: you "     \
    "will be told when the case has been considered again.} tabled {The board tabled the case. Your application has not been decided "     \
    "yet: you will be told when the case has been considered in a later meeting.} withdrawn {You have withdrawn your application: the "    \
    "board did not decide the case, and it is no longer processed.} other {A decision has been made on your application.}}"
#define DECISION_FI                                                                                                                        \
    "{outcome, select, approved {Päätösehdotus hyväksyttiin.\n} changed {Päätösehdotus hyväksyttiin muutettuna.\n} rejected "      \
    "{Hakemus hylättiin.\n} other {}}{outcome, select, returned {} tabled {} withdrawn {} other {Ratkaisu: {granted, select, yes "        \
    "{rahoitusosuus on myönnetty} other {rahoitusosuutta ei ole myönnetty}}\n}}" LINE("applied", "Haettu: {applied}")                      \
        LINE("amount", "Myönnetty: {amount}")
#define DECISION_SV                                                                                                                        \
    "{outcome, select, approved {Beslutsförslaget godkändes.\n} changed {Beslutsförslaget godkändes med ändringar.\n} rejected "      \
    "{Ansökan avslogs.\n} other {}}{outcome, select, returned {} tabled {} withdrawn {} other {Avgörande: finansieringsandelen "         \
    "{granted, select, yes {har beviljats} other {har inte beviljats}}\n}}" LINE("applied", "Sökt: {applied}")                             \
        LINE("amount", "Beviljat: {amount}")
#define DECISION_EN                                                                                                                        \
    "{outcome, select, approved {The proposal was approved.\n} changed {The proposal was approved with changes.\n} rejected "              \
    "{The application was rejected.\n} other {}}{outcome, select, returned {} tabled {} withdrawn {} other {Outcome: the share of the "    \
    "funding {granted, "                                                                                                                   \
    "select, yes {has been granted} other {has not been granted}}\n}}" LINE("applied", "Applied for: {applied}")                           \
        LINE("amount", "Granted: {amount}")
#define REVIEW_FI                                                                                                                          \
    "\n" WITH("due", "Jos olet tyytymätön päätökseen, voit vaatia siihen oikaisua viimeistään {due, date, full}. Ohje "             \
                     "oikaisuvaatimuksen tekemisestä on pöytäkirjanotteessa.\n\n") EXTRACT_FI
#define REVIEW_SV                                                                                                                            \
    "\n" WITH("due", "Om du är missnöjd med beslutet kan du begära omprövning senast {due, date, full}. Anvisningen om hur omprövning " \
                     "begärs finns i protokollsutdraget.\n\n") EXTRACT_SV
#define REVIEW_EN                                                                                                                          \
    "\n" WITH("due", "If you are not satisfied with the decision, you can request a review by {due, date, full}. How to do so is in the "  \
                     "minutes extract.\n\n") EXTRACT_EN

/* A funding plan, in exact cents; what is zero is left out. */
#define PLAN_FI                                                                                                                            \
    LINE("total", "Hankkeen kustannukset: {total}")                                                                                        \
    LINE("plan_granted", "Myönnetty yhteensä: {plan_granted}")                                                                             \
    LINE("plan_refused", "Ei myönnetty: {plan_refused}")                                                                                   \
    LINE("plan_open", "Päätöstä odottaa: {plan_open}") WHEN("covered", "\nKoko rahoitus on nyt myönnetty.\n")
#define PLAN_SV                                                                                                                            \
    LINE("total", "Projektets kostnader: {total}")                                                                                         \
    LINE("plan_granted", "Beviljat sammanlagt: {plan_granted}")                                                                            \
    LINE("plan_refused", "Inte beviljat: {plan_refused}")                                                                                  \
    LINE("plan_open", "Väntar på beslut: {plan_open}") WHEN("covered", "\nHela finansieringen har nu beviljats.\n")
#define PLAN_EN                                                                                                                            \
    LINE("total", "Cost of the project: {total}")                                                                                          \
    LINE("plan_granted", "Granted in all: {plan_granted}")                                                                                 \
    LINE("plan_refused", "Not granted: {plan_refused}")                                                                                    \
    LINE("plan_open", "Awaiting a decision: {plan_open}") WHEN("covered", "\nThe whole funding has now been granted.\n")

const struct template_built_in TEMPLATES_MUNICIPAL[KIND_SHARE_DECIDED - KIND_CASE_FILED + 1][LANGUAGE_COUNT] =
    {
        [ROW(KIND_CASE_FILED)] =
            {
                {"Hakemus on vastaanotettu: {case}",
                 HELLO_FI "Hakemuksesi on vastaanotettu, ja asia on tullut vireille.\n\n" MATTER_FI LINE(
                     "applied", "Haettu: {applied}") "Vastaanotettu: {received} (Suomen aikaa)\n"
                                                     "\nSäilytä tämä viesti. Kunta valmistelee asian, ja siitä päättää kunnan toimielin. "
                                                     "Saat tiedon päätöksestä, kun "
                                                     "pöytäkirja on julkaistu.\n" SERVICE_END_FI},
                {"Ansökan har tagits emot: {case}",
                 HELLO_SV "Din ansökan har tagits emot och ärendet är anhängigt.\n\n" MATTER_SV LINE(
                     "applied", "Sökt: {applied}") "Mottagen: {received} (finländsk tid)\n"
                                                   "\nSpara det här meddelandet. Kommunen bereder ärendet och ett av kommunens organ "
                                                   "beslutar om det. Du får ett "
                                                   "meddelande om beslutet när protokollet har publicerats.\n" SERVICE_END_SV},
                {"Application received: {case}",
                 HELLO_EN "Your application has been received, and the case is now pending.\n\n" MATTER_EN LINE(
                     "applied",
                     "Applied for: {applied}") "Received: {received} (Finnish time)\n"
                                               "\nPlease keep this message. The municipality prepares the case, and a board of the "
                                               "municipality decides on it. You "
                                               "will be told of the decision when the minutes have been published.\n" SERVICE_END_EN},
            },
        [ROW(KIND_CASE_WITHDRAWN)] =
            {
                {"Hakemus on peruutettu: {case}", HELLO_FI
                 "Hakemuksesi on peruutettu, eikä asiaa käsitellä enää.\n\n" MATTER_FI LINE("reason", "Syy: {reason}") SERVICE_END_FI},
                {"Ansökan har återtagits: {case}",
                 HELLO_SV "Din ansökan har återtagits och ärendet behandlas inte längre.\n\n" MATTER_SV LINE("reason", "Orsak: {reason}")
                     SERVICE_END_SV},
                {"Application withdrawn: {case}",
                 HELLO_EN "Your application has been withdrawn, and the case is no longer processed.\n\n" MATTER_EN LINE(
                     "reason", "Reason: {reason}") SERVICE_END_EN},
            },
        [ROW(KIND_STATEMENT_ASKED)] =
            {
                {"Lausuntopyyntö: {case}",
                 HELLO_FI "Sinulta pyydetään lausuntoa asiassa, jota kunta valmistelee.\n\n" MATTER_FI
                     LINE("group", "Lausunnonantaja: {group}") "Anna lausunto viimeistään: {due, date, full}\n" WITH(
                         "words", "\nMitä pyydetään:\n{words}\n") "\nAnna lausunto palvelussa. Jos katsot, että jokin toinen taho on oikea "
                                                                  "lausunnonantaja, kerro se palvelussa: "
                                                                  "lausunto pyydetään silloin siltä.\n\n" PAPER_FI SERVICE_END_FI},
                {"Begäran om utlåtande: {case}",
                 HELLO_SV "Du ombeds ge ett utlåtande i ett ärende som kommunen bereder.\n\n" MATTER_SV
                     LINE("group", "Utlåtandet ges av: {group}") "Ge utlåtandet senast: {due, date, full}\n" WITH(
                         "words", "\nVad som begärs:\n{words}\n") "\nGe utlåtandet i tjänsten. Om du anser att någon annan är rätt "
                                                                  "instans, ange det i tjänsten: då begärs utlåtandet "
                                                                  "av den.\n\n" PAPER_SV SERVICE_END_SV},
                {"Request for a statement: {case}",
                 HELLO_EN "You are asked for a statement in a case that a municipality is preparing.\n\n" MATTER_EN
                     LINE("group", "The statement is to be given by: {group}") "Please give it by: {due, date, full}\n" WITH(
                         "words", "\nWhat is asked:\n{words}\n") "\nStatements are given in the service. If you think that somebody else "
                                                                 "is the right one to ask, say so there: they "
                                                                 "will be asked then.\n\n" PAPER_EN SERVICE_END_EN},
            },
        [ROW(KIND_MEETING_SUMMONED)] =
            {
                {"Kokouskutsu" WITH("board", ": {board}") " {meeting, date, short}",
                 HELLO_FI "Sinut kutsutaan kokoukseen.\n\n" LINE("board", "Toimielin: {board}")
                     LINE("municipality", "Kunta: {municipality}") "Aika: {meeting} (Suomen aikaa)\n" LINE("place", "Paikka: {place}")
                         LINE(
                             "items",
                             "Asioita esityslistalla: {items}") "\nEsityslista on luettavissa palvelussa. Jos et pääse "
                                                                "kokoukseen tai olet esteellinen jossakin asiassa, kerro "
                                                                "siitä ajoissa toimielimen sihteerille.\n" ENTRY_FI SERVICE_END_FI},
                {"Kallelse till sammanträde" WITH("board", ": {board}") " {meeting, date, short}",
                 HELLO_SV "Du kallas till ett sammanträde.\n\n" LINE("board", "Organ: {board}")
                     LINE("municipality", "Kommun: {municipality}") "Tid: {meeting} (finländsk tid)\n" LINE("place", "Plats: {place}")
                         LINE(
                             "items",
                             "Ärenden på föredragningslistan: {items}") "\nFöredragningslistan finns i tjänsten. Om du inte kan "
                                                                        "delta eller är jävig i något ärende ber vi dig meddela "
                                                                        "organets sekreterare i god tid.\n" ENTRY_SV SERVICE_END_SV},
                {"Summons to a meeting" WITH("board", ": {board}") ", {meeting, date, short}",
                 HELLO_EN "You are called to a meeting.\n\n" LINE("board", "Board: {board}")
                     LINE("municipality", "Municipality: {municipality}") "Time: {meeting} (Finnish time)\n" LINE("place", "Place: {place}")
                         LINE(
                             "items",
                             "Items on the agenda: {items}") "\nThe agenda can be read in the service. If you cannot attend, or "
                                                             "have a conflict of interest in some item, please "
                                                             "tell the secretary of the board in good time.\n" ENTRY_EN SERVICE_END_EN},
            },
        [ROW(KIND_MEETING_CANCELLED)] =
            {
                {"Kokous on peruttu" WITH("board", ": {board}") " {meeting, date, short}",
                 HELLO_FI "Kokous, johon sinut kutsuttiin, on peruttu.\n\n" LINE("board", "Toimielin: {board}")
                     LINE("municipality", "Kunta: {municipality}") "Aika olisi ollut: {meeting} (Suomen aikaa)\n" LINE(
                         "reason", "Syy: {reason}") NO_ENTRY_FI SERVICE_END_FI},
                {"Sammanträdet är inställt" WITH("board", ": {board}") " {meeting, date, short}",
                 HELLO_SV "Sammanträdet som du kallades till är inställt.\n\n" LINE("board", "Organ: {board}")
                     LINE("municipality", "Kommun: {municipality}") "Tiden skulle ha varit: {meeting} (finländsk tid)\n" LINE(
                         "reason", "Orsak: {reason}") NO_ENTRY_SV SERVICE_END_SV},
                {"The meeting has been cancelled" WITH("board", ": {board}") ", {meeting, date, short}",
                 HELLO_EN "The meeting to which you were called has been cancelled.\n\n" LINE("board", "Board: {board}")
                     LINE("municipality", "Municipality: {municipality}") "It would have been: {meeting} (Finnish time)\n" LINE(
                         "reason", "Reason: {reason}") NO_ENTRY_EN SERVICE_END_EN},
            },
        [ROW(KIND_CASE_DECIDED)] =
            {
                {"{outcome, select, returned {Asia palautettiin valmisteltavaksi} tabled {Asia jätettiin pöydälle} withdrawn {Asiaa ei "
                 "ratkaistu} other {Päätös}}: {case}",
                 HELLO_FI OUTCOME_FI "\n\n" MATTER_FI HANDLED_FI "\n" DECISION_FI REVIEW_FI SERVICE_END_FI},
                {"{outcome, select, returned {Ärendet återremitterades} tabled {Ärendet bordlades} withdrawn {Ärendet avgjordes inte} "
                 "other {Beslut}}: {case}",
                 HELLO_SV OUTCOME_SV "\n\n" MATTER_SV HANDLED_SV "\n" DECISION_SV REVIEW_SV SERVICE_END_SV},
                {"{outcome, select, returned {The case was returned} tabled {The case was tabled} withdrawn {The case was not decided} "
                 "other {Decision}}: {case}",
                 HELLO_EN OUTCOME_EN "\n\n" MATTER_EN HANDLED_EN "\n" DECISION_EN REVIEW_EN SERVICE_END_EN},
            },
        [ROW(KIND_NOMINATED)] =
            {
                {"Sinut on nimetty tehtävään: {group}",
                 HELLO_FI "Sinut on nimetty tehtävään kunnan päätöksellä.\n\nMihin: {group}\n" LINE(
                     "role",
                     "Tehtävä: {role, select, member {jäsen} deputy {varajäsen} other {puheenjohtaja}}") "\n" MATTER_FI HANDLED_FI
                                                                                                         "\n" EXTRACT_FI SERVICE_END_FI},
                {"Du har utsetts till ett uppdrag: {group}",
                 HELLO_SV "Du har utsetts till ett uppdrag genom kommunens beslut.\n\nTill: {group}\n" LINE(
                     "role",
                     "Uppdrag: {role, select, member {ledamot} deputy {ersättare} other {ordförande}}") "\n" MATTER_SV HANDLED_SV
                                                                                                        "\n" EXTRACT_SV SERVICE_END_SV},
                {"You have been named to: {group}",
                 HELLO_EN "You have been named by a decision of the municipality.\n\nTo: {group}\n" LINE(
                     "role", "As: {role, select, member {member} deputy {deputy member} other {chair}}") "\n" MATTER_EN HANDLED_EN
                                                                                                         "\n" EXTRACT_EN SERVICE_END_EN},
            },
        [ROW(KIND_SHARE_DECIDED)] =
            {
                {"{covered, select, yes {Koko rahoitus on myönnetty} other {Rahoitusosuudesta on päätetty}}: {project}", HELLO_FI
                 "Hankkeesi rahoitussuunnitelman osuudesta on tehty päätös: rahoitusosuus {granted, select, yes {on myönnetty} other "
                 "{ei ole myönnetty}}.\n\nHanke: {project}\nRahoittaja: {funder}\n" LINE("applied", "Haettu: {applied}")
                     LINE("amount", "Myönnetty: {amount}") "\nRahoitussuunnitelma nyt:\n" PLAN_FI PLAN_END_FI},
                {"{covered, select, yes {Hela finansieringen har beviljats} other {En finansieringsandel har avgjorts}}: {project}",
                 HELLO_SV
                 "Ett beslut har fattats om en andel av ditt projekts finansieringsplan: finansieringsandelen {granted, select, yes "
                 "{har beviljats} other {har inte beviljats}}.\n\nProjekt: {project}\nFinansiär: {funder}\n" LINE(
                     "applied", "Sökt: {applied}") LINE("amount", "Beviljat: {amount}") "\nFinansieringsplanen nu:\n" PLAN_SV PLAN_END_SV},
                {"{covered, select, yes {The whole funding has been granted} other {A share of the funding has been decided}}: {project}",
                 HELLO_EN
                 "A share of your project''s funding plan has been decided: it {granted, select, yes {has been granted} other {has not "
                 "been granted}}.\n\nProject: {project}\nFunder: {funder}\n" LINE("applied", "Applied for: {applied}")
                     LINE("amount", "Granted: {amount}") "\nThe funding plan now:\n" PLAN_EN PLAN_END_EN},
            },
};
