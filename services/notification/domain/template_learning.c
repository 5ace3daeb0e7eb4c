/* The words about the training itself: moved webinars, announcements, completions, teams. Terms: opintopiste (op) - studiepoäng (sp) -
 * credit (ECTS); todistus - intyg - certificate. Whoever changes a text raises LETTER_VERSION. */
#include "services/notification/domain/template.h"
#include "services/notification/domain/template_words.h"

#define ROW(kind) ((kind)-KIND_DATE_CHANGED) /* the first of this table */

const struct template TEMPLATES_LEARNING[KIND_LAST - KIND_DATE_CHANGED + 1][LANGUAGE_COUNT] = {
    [ROW(KIND_DATE_CHANGED)] =
        {
            {"Ajankohta muuttui: {training}",
             HELLO_FI "Koulutuksen {training} ohjelma on muuttunut.\n\n"
                      "?unit_title|Opintojakso: {unit_title}\n"
                      "?called_off|Webinaari on peruttu.\n"
                      "?was|Aiempi ajankohta: {was} (Suomen aikaa)\n"
                      "?becomes|Uusi ajankohta: {becomes} (Suomen aikaa)\n"
                      "?same|Ajankohdan tiedot ovat tarkentuneet: {same} (Suomen aikaa)\n"
                      "?reason|Syy: {reason}\n"
                      "\nKalenteritiedoston voit hakea uudelleen ilmoittautumispalvelun kohdasta Omat ilmoittautumiset.\n" END_FI},
            {"Tidpunkten har ändrats: {training}",
             HELLO_SV "Programmet för utbildningen {training} har ändrats.\n\n"
                      "?unit_title|Studieavsnitt: {unit_title}\n"
                      "?called_off|Webbinariet har ställts in.\n"
                      "?was|Tidigare tidpunkt: {was} (finländsk tid)\n"
                      "?becomes|Ny tidpunkt: {becomes} (finländsk tid)\n"
                      "?same|Uppgifterna om tidpunkten har preciserats: {same} (finländsk tid)\n"
                      "?reason|Orsak: {reason}\n"
                      "\nKalenderfilen kan du hämta på nytt under Mina anmälningar i anmälningstjänsten.\n" END_SV},
            {"The date has changed: {training}",
             HELLO_EN "The programme of the training {training} has changed.\n\n"
                      "?unit_title|Study unit: {unit_title}\n"
                      "?called_off|The webinar has been called off.\n"
                      "?was|Earlier date: {was} (Finnish time)\n"
                      "?becomes|New date: {becomes} (Finnish time)\n"
                      "?same|The details of the date have been made more precise: {same} (Finnish time)\n"
                      "?reason|Reason: {reason}\n"
                      "\nYou can fetch the calendar file again under My enrolments in the enrolment service.\n" END_EN},
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
             HELLO_FI "Onnittelut! Olet suorittanut koulutuksen {training}.\n\n"
                      "?credits|Laajuus: {credits} op\n"
                      "?code|Todistuksen tarkistuskoodi: {code}\n"
                      "\nTodistuksen voit hakea ilmoittautumispalvelun kohdasta Omat ilmoittautumiset.\n" END_FI},
            {"Du har slutfört utbildningen: {training}",
             HELLO_SV "Gratulerar! Du har slutfört utbildningen {training}.\n\n"
                      "?credits|Omfattning: {credits} sp\n"
                      "?code|Intygets kontrollkod: {code}\n"
                      "\nIntyget kan du hämta under Mina anmälningar i anmälningstjänsten.\n" END_SV},
            {"You have completed the training: {training}",
             HELLO_EN "Congratulations! You have completed the training {training}.\n\n"
                      "?credits|Scope: {credits} ECTS credits\n"
                      "?code|Verification code of the certificate: {code}\n"
                      "\nYou can fetch the certificate under My enrolments in the enrolment service.\n" END_EN},
        },
    [ROW(KIND_TEAM)] =
        {
            {"Ryhmäsi on ilmoitettu: {training}", HELLO_FI "Ryhmäsi {reason} on ilmoitettu koulutukseen {training}.\n\n" WHAT_FI
                                                           "?order|{order|Paikan sai # henkilö|Paikan sai # henkilöä}.\n"
                                                           "?position|{position|Varasijalla on # henkilö|Varasijalla on # henkilöä}.\n"
                                                           "\nJokainen saa vahvistuksen omaan sähköpostiinsa.\n" END_FI},
            {"Din grupp har anmälts: {training}", HELLO_SV "Din grupp {reason} har anmälts till utbildningen {training}.\n\n" WHAT_SV
                                                           "?order|{order|# person fick en plats|# personer fick en plats}.\n"
                                                           "?position|{position|# person står i kö|# personer står i kö}.\n"
                                                           "\nVar och en får en bekräftelse till sin egen e-post.\n" END_SV},
            {"Your team has been enrolled: {training}",
             HELLO_EN "Your team {reason} has been enrolled in the training {training}.\n\n" WHAT_EN
                      "?order|{order|# person has a place|# people have a place}.\n"
                      "?position|{position|# person is on the waiting list|# people are on the waiting list}.\n"
                      "\nEverybody receives a confirmation by e-mail.\n" END_EN},
        },
};
