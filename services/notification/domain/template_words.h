/* What the letters share, as pieces of patterns: the greeting, what it is about, the webinars, the end. Private to the templates. */
#ifndef HV_NOTIFICATION_DOMAIN_TEMPLATE_WORDS_H
#define HV_NOTIFICATION_DOMAIN_TEMPLATE_WORDS_H
#include "services/notification/domain/template.h"

/* A text only where a fact is known, or a flag set. The text stands in braces. */
#define WITH(fact, text) "{" fact ", select, none {} other {" text "}}"
#define WHEN(flag, text) "{" flag ", select, yes {" text "} other {}}"
/* The same that ends its line: a line that is left out leaves no empty one. */
#define LINE(fact, text) WITH(fact, text "\n")
/* One or many; many where the number is not known. */
#define COUNTED(fact, one, many) "{" fact ", select, none {" many "} other {{" fact ", plural, one {" one "} other {" many "}}}}"

#define WHAT_FI                                                                                                                            \
    LINE("implementation", "Toteutus: {implementation}")                                                                                   \
    LINE("organiser", "Järjestäjä: {organiser}") LINE("places", COUNTED("place_count", "Paikkakunta", "Paikkakunnat") ": {places}")
#define WHAT_SV                                                                                                                            \
    LINE("implementation", "Genomförande: {implementation}")                                                                               \
    LINE("organiser", "Anordnare: {organiser}") LINE("places", COUNTED("place_count", "Ort", "Orter") ": {places}")
#define WHAT_EN                                                                                                                            \
    LINE("implementation", "Implementation: {implementation}")                                                                             \
    LINE("organiser", "Organiser: {organiser}") LINE("places", COUNTED("place_count", "Location", "Locations") ": {places}")

#define HELLO_FI "{name, select, none {Hei!} other {Hei {name}!}}\n\n"
#define HELLO_SV "{name, select, none {Hej!} other {Hej {name}!}}\n\n"
#define HELLO_EN "{name, select, none {Hello,} other {Hello {name},}}\n\n"

#define SESSIONS_FI "\n" LINE("webinars", "Opintojaksojen webinaarit (Suomen aikaa):\n{webinars}")
#define SESSIONS_SV "\n" LINE("webinars", "Studieavsnittens webbinarier (finländsk tid):\n{webinars}")
#define SESSIONS_EN "\n" LINE("webinars", "Webinars of the study units (Finnish time):\n{webinars}")

/* The calendar entries that the mail of a letter carries: those it brings, and those it takes back. Whoever reads it in the inbox reads
 * that they came by mail. */
#define ENTRIES_FI                                                                                                                         \
    "\n" LINE("entries_added", "{entries_added, plural, one {Webinaarin kalenterimerkintä on sähköpostin liitteenä.} "                 \
                               "other {Webinaarien kalenterimerkinnät ovat sähköpostin liitteinä.}}")
#define ENTRIES_SV                                                                                                                         \
    "\n" LINE("entries_added", "{entries_added, plural, one {Webbinariet är bifogat till e-postmeddelandet som kalenderpost.} "           \
                               "other {Webbinarierna är bifogade till e-postmeddelandet som kalenderposter.}}")
#define ENTRIES_EN                                                                                                                         \
    "\n" LINE("entries_added", "{entries_added, plural, one {A calendar entry of the webinar is attached to the e-mail.} "                 \
                               "other {Calendar entries of the webinars are attached to the e-mail.}}")
#define STRIKES_FI                                                                                                                         \
    "\n" LINE("entries_removed", "{entries_removed, plural, one {Webinaarin kalenterimerkintä poistuu: sen peruutus on "                  \
                                 "sähköpostin liitteenä.} other {Webinaarien kalenterimerkinnät poistuvat: niiden peruutukset "        \
                                 "ovat sähköpostin liitteinä.}}")
#define STRIKES_SV                                                                                                                         \
    "\n" LINE("entries_removed", "{entries_removed, plural, one {Kalenderposten för webbinariet tas bort: avbokningen av den är "        \
                                 "bifogad till e-postmeddelandet.} other {Kalenderposterna för webbinarierna tas bort: avbokningarna "    \
                                 "av dem är bifogade till e-postmeddelandet.}}")
#define STRIKES_EN                                                                                                                         \
    "\n" LINE("entries_removed", "{entries_removed, plural, one {The calendar entry of the webinar is removed: its cancellation is "       \
                                 "attached to the e-mail.} other {The calendar entries of the webinars are removed: their "                \
                                 "cancellations are attached to the e-mail.}}")

/* Who was enrolled by somebody else may have no account. */
#define TEAM_FI                                                                                                                            \
    WHEN("team", "\nIlmoittautumisesi on osa johtoryhmän ilmoittautumista. Jos et itse voi kirjautua palveluun, ryhmän ilmoittaja voi "  \
                 "perua sen puolestasi.\n")
#define TEAM_SV                                                                                                                              \
    WHEN("team", "\nDin anmälan är en del av en ledningsgrupps anmälan. Om du inte själv kan logga in i tjänsten kan den som anmälde " \
                 "gruppen avboka den åt dig.\n")
#define TEAM_EN                                                                                                                            \
    WHEN("team", "\nYour enrolment is part of a leadership team's. If you cannot sign in to the service yourself, whoever enrolled the "   \
                 "team can cancel it for you.\n")

/* Of one that is attached as a document too. */
#define PAPER_FI "Tämä viesti on myös sähköpostin liitteenä PDF-tiedostona.\n"
#define PAPER_SV "Det här meddelandet är också bifogat till e-postmeddelandet som PDF-fil.\n"
#define PAPER_EN "This message is also attached to the e-mail as a PDF file.\n"
/* Of a decision of its own: the document is the decision, the mail tells what is in it. */
#define DECISION_PAPER_FI "Päätös on tämän viestin liitteenä PDF-tiedostona, ja siinä on ohje oikaisun vaatimisesta.\n"
#define DECISION_PAPER_SV "Beslutet är bifogat till det här meddelandet som PDF-fil, med en anvisning om hur omprövning begärs.\n"
#define DECISION_PAPER_EN "The decision is attached to this message as a PDF file, with instructions for requesting a review.\n"

#define LINK_FI "\n" LINE("link", "Ilmoittautumispalvelu: {link}")
#define LINK_SV "\n" LINE("link", "Anmälningstjänsten: {link}")
#define LINK_EN "\n" LINE("link", "The enrolment service: {link}")

#define AUTOMATIC_FI "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n"
#define AUTOMATIC_SV "Det här meddelandet har skickats automatiskt och kan inte besvaras.\n"
#define AUTOMATIC_EN "This message was sent automatically and cannot be replied to.\n"

/* Of a letter about a grant: what it is about, its end, and where its reader goes. */
#define GRANT_FI     "Hakemus: {project}\nDiaarinumero: {register}\n"
#define GRANT_SV     "Ansökan: {project}\nDiarienummer: {register}\n"
#define GRANT_EN     "Application: {project}\nRegister number: {register}\n"
#define GRANT_END_FI "\n" LINE("contact", "Lisätietoja: {contact}") LINE("link", "Avustuspalvelu: {link}") "\n" AUTOMATIC_FI
#define GRANT_END_SV "\n" LINE("contact", "Mer information: {contact}") LINE("link", "Understödstjänsten: {link}") "\n" AUTOMATIC_SV
#define GRANT_END_EN "\n" LINE("contact", "More information: {contact}") LINE("link", "The grant service: {link}") "\n" AUTOMATIC_EN
/* Of what is decided after the grant itself. */
#define REVIEW "\n" WITH("review", "{review}\n") "\n"

/* The end of what is about nobody's registration. */
#define CLOSE_FI LINK_FI "\n" AUTOMATIC_FI
#define CLOSE_SV LINK_SV "\n" AUTOMATIC_SV
#define CLOSE_EN LINK_EN "\n" AUTOMATIC_EN

#define END_FI LINK_FI "\n" LINE("registration", "Ilmoittautumisen tunnus: {registration}") AUTOMATIC_FI
#define END_SV LINK_SV "\n" LINE("registration", "Anmälans id: {registration}") AUTOMATIC_SV
#define END_EN LINK_EN "\n" LINE("registration", "Enrolment id: {registration}") AUTOMATIC_EN

/* Rows of the table of template.c that stand in files of their own, each from its first kind on. */
extern const struct template_built_in TEMPLATES_MOVES[KIND_REVIEWED - KIND_OFFER + 1][LANGUAGE_COUNT];
extern const struct template_built_in TEMPLATES_LEARNING[KIND_NOTICE - KIND_DATE_CHANGED + 1][LANGUAGE_COUNT];
extern const struct template_built_in TEMPLATES_REMINDERS[KIND_DIGEST - KIND_OPENS_SOON + 1][LANGUAGE_COUNT];
extern const struct template_built_in TEMPLATES_GRANTS[KIND_GRANT_ANSWERED - KIND_DRAFT_CLOSES + 1][LANGUAGE_COUNT];
extern const struct template_built_in TEMPLATES_AWARDS[KIND_REPAYMENT_LATE - KIND_GRANT_PAYMENT + 1][LANGUAGE_COUNT];
extern const struct template_built_in TEMPLATES_MUNICIPAL[KIND_SHARE_DECIDED - KIND_CASE_FILED + 1][LANGUAGE_COUNT];

#endif
