/* The words of reminders and of the day's digest. Terms: muistutus - påminnelse - reminder; kooste - sammandrag - digest. */
#include "services/notification/domain/template_words.h"

#define ROW(kind) ((kind)-KIND_OPENS_SOON) /* the first of this table */

#define ASKED_FI "\nSait tämän muistutuksen, koska olet pyytänyt tietoa koulutuksen ilmoittautumisajoista.\n"
#define ASKED_SV "\nDu får den här påminnelsen eftersom du har bett om information om utbildningens anmälningstider.\n"
#define ASKED_EN "\nYou receive this reminder because you asked to be told about the enrolment periods of the training.\n"

const struct template_built_in TEMPLATES_REMINDERS[KIND_DIGEST - KIND_OPENS_SOON + 1][LANGUAGE_COUNT] = {
    [ROW(KIND_OPENS_SOON)] =
        {
            {"Ilmoittautuminen alkaa pian: {training}", HELLO_FI
             "Ilmoittautuminen koulutukseen {training} alkaa pian. Paikat täytetään ilmoittautumisjärjestyksessä.\n\n"
             "Ilmoittautumisaika alkaa: {opens} (Suomen aikaa)\n" LINE("closes", "Ilmoittautumisaika päättyy: {closes} (Suomen aikaa)")
                 LINK_FI ASKED_FI},
            {"Anmälningstiden börjar snart: {training}",
             HELLO_SV "Anmälningstiden för utbildningen {training} börjar snart. Platserna fylls i anmälningsordning.\n\n"
                      "Anmälningstiden börjar: {opens} (finländsk tid)\n" LINE("closes", "Anmälningstiden går ut: {closes} (finländsk tid)")
                          LINK_SV ASKED_SV},
            {"Enrolment opens soon: {training}", HELLO_EN
             "Enrolment in the training {training} opens soon. Places are filled in the order of enrolment.\n\n"
             "The enrolment period begins: {opens} (Finnish time)\n" LINE("closes", "The enrolment period ends: {closes} (Finnish time)")
                 LINK_EN ASKED_EN},
        },
    [ROW(KIND_CLOSES_SOON)] =
        {
            {"Ilmoittautuminen päättyy pian: {training}",
             HELLO_FI "Ilmoittautuminen koulutukseen {training} päättyy pian, etkä ole vielä ilmoittautunut siihen.\n\n"
                      "Ilmoittautumisaika päättyy: {closes} (Suomen aikaa)\n" LINK_FI ASKED_FI},
            {"Anmälningstiden går snart ut: {training}",
             HELLO_SV "Anmälningstiden för utbildningen {training} går snart ut och du har ännu inte anmält dig.\n\n"
                      "Anmälningstiden går ut: {closes} (finländsk tid)\n" LINK_SV ASKED_SV},
            {"Enrolment closes soon: {training}",
             HELLO_EN "Enrolment in the training {training} closes soon, and you have not enrolled yet.\n\n"
                      "The enrolment period ends: {closes} (Finnish time)\n" LINK_EN ASKED_EN},
        },
    [ROW(KIND_WEBINAR_SOON)] =
        {
            {"Webinaari lähestyy: {training}",
             HELLO_FI "Muistutus: sinulla on paikka koulutuksessa {training}, ja sen webinaari lähestyy.\n\n" LINE(
                 "unit", "Opintojakso: {unit}") "Ajankohta: {starts} (Suomen aikaa)\n" WHAT_FI
                                                "\nJos et pääse mukaan, ota yhteyttä koulutuksen järjestäjään.\n" END_FI},
            {"Webbinariet närmar sig: {training}",
             HELLO_SV "Påminnelse: du har en plats i utbildningen {training} och ett webbinarium närmar sig.\n\n" LINE(
                 "unit", "Studieavsnitt: {unit}") "Tidpunkt: {starts} (finländsk tid)\n" WHAT_SV
                                                  "\nOm du inte kan delta ber vi dig kontakta utbildningens anordnare.\n" END_SV},
            {"A webinar is coming up: {training}",
             HELLO_EN "A reminder: you have a place in the training {training}, and a webinar is coming up.\n\n" LINE(
                 "unit", "Study unit: {unit}") "Date: {starts} (Finnish time)\n" WHAT_EN
                                               "\nIf you cannot take part, please contact the organiser of the training.\n" END_EN},
        },
    [ROW(KIND_OFFER_ENDS)] =
        {
            {"Vastaa paikkatarjoukseen: {training}",
             HELLO_FI "Muistutus: sinulle on tarjottu paikkaa koulutuksessa {training}, etkä ole vielä vastannut.\n\n" WHAT_FI
                      "Vastaa viimeistään: {reply_due} (Suomen aikaa)\n"
                      "\nVoit vastata ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Jos et vastaa määräaikaan mennessä, paikka "
                      "tarjotaan seuraavalle ja ilmoittautumisesi päättyy.\n" END_FI},
            {"Svara på erbjudandet om plats: {training}",
             HELLO_SV "Påminnelse: du har erbjudits en plats i utbildningen {training} och har ännu inte svarat.\n\n" WHAT_SV
                      "Svara senast: {reply_due} (finländsk tid)\n"
                      "\nDu kan svara under Mina anmälningar i anmälningstjänsten. Om du inte svarar inom tidsfristen erbjuds platsen "
                      "nästa person och din anmälan upphör.\n" END_SV},
            {"Please answer the offer of a place: {training}",
             HELLO_EN "A reminder: you have been offered a place in the training {training} and have not answered yet.\n\n" WHAT_EN
                      "Please answer by: {reply_due} (Finnish time)\n"
                      "\nYou can answer under My enrolments in the enrolment service. If you do not answer in time, the place is offered "
                      "to the next person and your enrolment ends.\n" END_EN},
        },
    [ROW(KIND_DIGEST)] =
        {
            {"{topic, select, reminders {Muistutukset} windows {Ilmoittautumisajat} announcements {Tiedotteet} other {Viestit}}: "
             "{count, plural, one {# viesti} other {# viestiä}}",
             HELLO_FI "Tässä on päivän kooste. Olet pyytänyt "
                      "{topic, select, reminders {muistutukset} windows {tiedot ilmoittautumisajoista} announcements {tiedotteet} "
                      "other {nämä viestit}} kerran päivässä.\n\n{entries}\n"
                      "\nViestit kokonaisuudessaan löydät ilmoittautumispalvelusta.\n" LINK_FI "\n" AUTOMATIC_FI},
            {"{topic, select, reminders {Påminnelser} windows {Anmälningstider} announcements {Meddelanden} other {Meddelanden}}: "
             "{count, plural, one {# meddelande} other {# meddelanden}}",
             HELLO_SV "Här är dagens sammandrag. Du har bett att få "
                      "{topic, select, reminders {påminnelser} windows {information om anmälningstider} announcements {meddelanden} "
                      "other {dessa meddelanden}} en gång om dagen.\n\n{entries}\n"
                      "\nMeddelandena i sin helhet finns i anmälningstjänsten.\n" LINK_SV "\n" AUTOMATIC_SV},
            {"{topic, select, reminders {Reminders} windows {Enrolment periods} announcements {Announcements} other {Messages}}: "
             "{count, plural, one {# message} other {# messages}}",
             HELLO_EN "Here is the digest of the day. You asked to get "
                      "{topic, select, reminders {reminders} windows {messages about enrolment periods} announcements {announcements} "
                      "other {these messages}} once a day.\n\n{entries}\n"
                      "\nThe messages in full are in the enrolment service.\n" LINK_EN "\n" AUTOMATIC_EN},
        },
};
