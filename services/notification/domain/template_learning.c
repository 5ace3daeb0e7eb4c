/* The words about the training itself: moved webinars, announcements, completions, teams, and an officer's own. Terms: opintopiste (op) -
 * studiepoäng (sp) - credit (ECTS); todistus - intyg - certificate. */
#include "services/notification/domain/template_words.h"

/* What became of a date; and, to those with a seat, of its entry in their calendar. */
#define TILL(ends) WITH(ends, "–{" ends "}")
#define CHANGE_FI                                                                                                                          \
    WHEN("called_off", "Webinaari on peruttu.\n")                                                                                          \
    LINE("was", "Aiempi ajankohta: {was}" TILL("was_ends") " (Suomen aikaa)")                                                              \
    LINE("becomes", "Uusi ajankohta: {becomes}" TILL("ends") " (Suomen aikaa)")                                                            \
    LINE("same", "Ajankohdan tiedot ovat tarkentuneet: {same}" TILL("ends") " (Suomen aikaa)") LINE("reason", "Syy: {reason}")
#define CHANGE_SV                                                                                                                          \
    WHEN("called_off", "Webbinariet har ställts in.\n")                                                                                    \
    LINE("was", "Tidigare tidpunkt: {was}" TILL("was_ends") " (finländsk tid)")                                                            \
    LINE("becomes", "Ny tidpunkt: {becomes}" TILL("ends") " (finländsk tid)")                                                              \
    LINE("same", "Uppgifterna om tidpunkten har preciserats: {same}" TILL("ends") " (finländsk tid)") LINE("reason", "Orsak: {reason}")
#define CHANGE_EN                                                                                                                          \
    WHEN("called_off", "The webinar has been called off.\n")                                                                               \
    LINE("was", "Earlier date: {was}" TILL("was_ends") " (Finnish time)")                                                                  \
    LINE("becomes", "New date: {becomes}" TILL("ends") " (Finnish time)")                                                                  \
    LINE("same", "The details of the date have been made more precise: {same}" TILL("ends") " (Finnish time)")                             \
    LINE("reason", "Reason: {reason}")
#define ENTRY(gone, moved, all)                                                                                                            \
    "\n{called_off, select, yes {" LINE("entries_removed", gone) "} other {" LINE("entries_added", moved) WHEN("seated", all "\n") "}}"
#define ENTRY_FI                                                                                                                           \
    ENTRY("Webinaarin kalenterimerkintä poistuu: sen peruutus on sähköpostin liitteenä.",                                                  \
          "Ajantasainen kalenterimerkintä on sähköpostin liitteenä.",                                                                      \
          "Kaikki webinaarit sisältävän kalenteritiedoston voit hakea ilmoittautumispalvelun kohdasta Omat ilmoittautumiset.")
#define ENTRY_SV                                                                                                                           \
    ENTRY("Kalenderposten för webbinariet tas bort: avbokningen av den är bifogad till e-postmeddelandet.",                                \
          "Den aktuella kalenderposten är bifogad till e-postmeddelandet.",                                                                \
          "En kalenderfil med alla webbinarier kan du hämta under Mina anmälningar i anmälningstjänsten.")
#define ENTRY_EN                                                                                                                           \
    ENTRY("The calendar entry of the webinar is removed: its cancellation is attached to the e-mail.",                                     \
          "The up-to-date calendar entry is attached to the e-mail.",                                                                      \
          "You can fetch a calendar file with all webinars under My enrolments in the enrolment service.")
#define CHANGED(off, moved) "{called_off, select, yes {" off "} other {" moved "}}: {training}"

#define ROW(kind) ((kind)-KIND_DATE_CHANGED) /* the first of this table */

const struct template_built_in TEMPLATES_LEARNING[KIND_NOTICE - KIND_DATE_CHANGED + 1][LANGUAGE_COUNT] =
    {
        [ROW(KIND_DATE_CHANGED)] =
            {
                {CHANGED("Webinaari on peruttu", "Ajankohta muuttui"),
                 HELLO_FI "Koulutuksen {training} ohjelma on muuttunut.\n\n" LINE("unit", "Opintojakso: {unit}") CHANGE_FI WHEN(
                     "waiting", "\nOlet koulutuksen varasijajonossa. Tämä tiedoksi siltä varalta, että saat paikan.\n") ENTRY_FI END_FI},
                {CHANGED("Webbinariet är inställt", "Tidpunkten har ändrats"),
                 HELLO_SV "Programmet för utbildningen {training} har ändrats.\n\n" LINE("unit", "Studieavsnitt: {unit}")
                     CHANGE_SV WHEN("waiting", "\nDu står i kö till utbildningen. Det här är för kännedom, ifall du får en plats.\n")
                         ENTRY_SV END_SV},
                {CHANGED("Webinar called off", "The date has changed"),
                 HELLO_EN "The programme of the training {training} has changed.\n\n" LINE("unit", "Study unit: {unit}")
                     CHANGE_EN
                         WHEN("waiting",
                              "\nYou are on the waiting list of the training. This is for your information, in case you get a place.\n")
                             ENTRY_EN END_EN},
            },
        [ROW(KIND_ANNOUNCEMENT)] =
            {
                {"{subject}", HELLO_FI "{body}\n\nTämä on koulutuksen {training} järjestäjän viesti osallistujille.\n" END_FI},
                {"{subject}",
                 HELLO_SV "{body}\n\nDet här är ett meddelande från anordnaren av utbildningen {training} till deltagarna.\n" END_SV},
                {"{subject}",
                 HELLO_EN "{body}\n\nThis is a message to the participants from the organiser of the training {training}.\n" END_EN},
            },
        [ROW(KIND_COMPLETED)] =
            {
                {"Olet suorittanut koulutuksen: {training}",
                 HELLO_FI "Onnittelut! Olet suorittanut koulutuksen {training}.\n\n" LINE("credits", "Laajuus: {credits} op")
                     LINE("code", "Todistuksen tarkistuskoodi: {code}") "\nTodistuksen voit hakea ilmoittautumispalvelun kohdasta Omat "
                                                                        "ilmoittautumiset.\n" PAPER_FI END_FI},
                {"Du har slutfört utbildningen: {training}",
                 HELLO_SV "Gratulerar! Du har slutfört utbildningen {training}.\n\n" LINE("credits", "Omfattning: {credits} sp")
                     LINE("code", "Intygets kontrollkod: {code}") "\nIntyget kan du hämta under Mina anmälningar i "
                                                                  "anmälningstjänsten.\n" PAPER_SV END_SV},
                {"You have completed the training: {training}",
                 HELLO_EN "Congratulations! You have completed the training {training}.\n\n" LINE(
                     "credits", "Scope: {credits, plural, one {# ECTS credit} other {# ECTS credits}}")
                     LINE("code", "Verification code of the certificate: {code}") "\nYou can fetch the certificate under My enrolments in "
                                                                                  "the enrolment service.\n" PAPER_EN END_EN},
            },
        [ROW(KIND_TEAM)] =
            {
                {"Ryhmäsi on ilmoitettu: {training}",
                 HELLO_FI "Ryhmäsi " WITH("reason", "{reason} ") "on ilmoitettu koulutukseen {training}.\n\n" WHAT_FI
                     LINE("order", "{order, plural, one {Paikan sai # henkilö} other {Paikan sai # henkilöä}}.")
                         LINE("position", "{position, plural, one {Varasijalla on # henkilö} other {Varasijalla "
                                          "on # henkilöä}}.") "\nJokainen saa vahvistuksen omaan "
                                                              "sähköpostiinsa.\n" CLOSE_FI},
                {"Din grupp har anmälts: {training}",
                 HELLO_SV "Din grupp " WITH("reason", "{reason} ") "har anmälts till utbildningen {training}.\n\n" WHAT_SV
                     LINE("order", "{order, plural, one {# person fick en plats} other {# personer fick en plats}}.")
                         LINE("position",
                              "{position, plural, one {# person står i kö} other {# personer står i kö}}.") "\nVar och en får en "
                                                                                                            "bekräftelse till sin egen "
                                                                                                            "e-post.\n" CLOSE_SV},
                {"Your team has been enrolled: {training}",
                 HELLO_EN "Your team " WITH("reason", "{reason} ") "has been enrolled in the training {training}.\n\n" WHAT_EN
                     LINE("order", "{order, plural, one {# person has a place} other {# people have a place}}.")
                         LINE("position", "{position, plural, one {# person is on the waiting list} other {# people are on the waiting "
                                          "list}}.") "\nEverybody receives a confirmation by e-mail.\n" CLOSE_EN},
            },
        [ROW(KIND_NOTICE)] =
            {
                {"{subject}", HELLO_FI
                 "{body}\n\n" LINE("training", "Viesti koskee koulutusta {training}.") "Tämän viestin lähetti koulutuspalvelujen "
                                                                                       "henkilöstö. Siihen ei voi vastata.\n" LINK_FI},
                {"{subject}", HELLO_SV
                 "{body}\n\n" LINE("training",
                                   "Meddelandet gäller utbildningen {training}.") "Meddelandet skickades av utbildningstjänsternas "
                                                                                  "personal. Det kan inte besvaras.\n" LINK_SV},
                {"{subject}",
                 HELLO_EN "{body}\n\nThis message was sent by the staff of the training services and cannot be replied to.\n" LINE(
                     "training", "It is about the training {training}.") LINK_EN},
            },
};
