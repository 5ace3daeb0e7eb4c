/* The words of the spine: a place, the waiting list, windows; and the table of all. Terms: ilmoittautuminen - anmälan - enrolment;
 * ilmoittautumisaika - anmälningstid - enrolment period; toteutus - genomförande - implementation; varasijajono - kö - waiting list;
 * opintojakso - studieavsnitt - study unit. */
#include "services/notification/domain/template.h"

#include <assert.h>

#include "services/notification/domain/template_words.h"

/* Who gets a freed place: the rule of enrolment's domain/promotion.h, as those who wait read it. */
#define RULE_FI                                                                                                                            \
    "Vapautuva paikka annetaan ilmoittautumisjärjestyksessä: sen saa ensimmäisenä ilmoittautunut niistä, jotka jonottavat "           \
    "toteutukseen, jossa on vapaa paikka. "
#define RULE_SV                                                                                                                            \
    "En plats som blir ledig ges i anmälningsordning: den går till den som anmälde sig först av dem som köar till ett genomförande " \
    "med ledig plats. "
#define RULE_EN                                                                                                                            \
    "A place that becomes free is given in the order of enrolment: to the first to have enrolled of those who wait for an "                \
    "implementation with a free place. "

/* Where a coordinator has still to look at the enrolment. */
#define REVIEW_FI                                                                                                                          \
    WHEN("unreviewed", "Koulutuksen järjestäjä tarkistaa vielä ilmoittautumisesi ja ilmoittaa ratkaisusta. Paikkasi järjestyksessä " \
                       "säilyy siihen asti.\n")
#define REVIEW_SV                                                                                                                          \
    WHEN("unreviewed",                                                                                                                     \
         "Utbildningens anordnare granskar ännu din anmälan och meddelar avgörandet. Din plats i ordningen bevaras tills dess.\n")
#define REVIEW_EN                                                                                                                          \
    WHEN("unreviewed", "The organiser will still review your enrolment and tell you the outcome. Your place in order is kept until "       \
                       "then.\n")

/* Why one hears of a window. */
#define FOLLOWS_FI "\nSait tämän viestin, koska olet pyytänyt tietoa koulutuksen ilmoittautumisajoista.\n"
#define FOLLOWS_SV "\nDu får det här meddelandet eftersom du har bett om information om utbildningens anmälningstider.\n"
#define FOLLOWS_EN "\nYou receive this message because you asked to be told about the enrolment periods of the training.\n"

static const struct template_built_in
    TEMPLATES[KIND_WINDOW_CLOSED + 1][LANGUAGE_COUNT] =
        {
            [KIND_CONFIRMATION] =
                {
                    {"Sinulla on paikka: {training}",
                     HELLO_FI "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa {training}.\n\n" WHAT_FI LINE(
                         "order", "Järjestysnumerosi toteutuksessa: {order}") REVIEW_FI SESSIONS_FI ENTRIES_FI
                     "\nJos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut paikka "
                     "siirtyy varasijajonossa seuraavalle.\n" TEAM_FI END_FI},
                    {"Du har en plats: {training}",
                     HELLO_SV "Din anmälan är bekräftad: du har en plats i utbildningen {training}.\n\n" WHAT_SV LINE(
                         "order", "Ditt ordningsnummer i genomförandet: {order}") REVIEW_SV SESSIONS_SV ENTRIES_SV
                     "\nOm du inte kan delta ber vi dig avboka platsen under Mina anmälningar i anmälningstjänsten. En plats som blir "
                     "ledig går till nästa person i kön.\n" TEAM_SV END_SV},
                    {"You have a place: {training}",
                     HELLO_EN "Your enrolment is confirmed: you have a place in the training {training}.\n\n" WHAT_EN LINE(
                         "order", "Your order number in the implementation: {order}") REVIEW_EN SESSIONS_EN ENTRIES_EN
                     "\nIf you cannot take part, please cancel your place under My enrolments in the enrolment service. A place given "
                     "up goes to the next person on the waiting list.\n" TEAM_EN END_EN},
                },
            [KIND_WAITING_LIST] =
                {
                    {"Olet varasijajonossa: {training}", HELLO_FI
                     "Ilmoittautumisesi koulutukseen {training} on otettu vastaan. Valitsemassasi toteutuksessa ei ole tällä hetkellä "
                     "vapaata paikkaa, joten sait varasijan.\n\n" WHAT_FI LINE("position", "Sijasi varasijajonossa: {position}")
                         LINE(
                             "ahead",
                             "{ahead, plural, =0 {Olet jonossa ensimmäisenä.} one {Edelläsi jonossa on # henkilö.} "
                             "other {Edelläsi jonossa on # henkilöä.}}") "\n" RULE_FI
                                                                         "Saat viestin, jos saat paikan. Jos et enää halua olla jonossa, "
                                                                         "peru ilmoittautumisesi ilmoittautumispalvelun kohdassa "
                                                                         "Omat ilmoittautumiset.\n" TEAM_FI END_FI},
                    {"Du står i kö: {training}", HELLO_SV
                     "Din anmälan till utbildningen {training} har tagits emot. Det finns för närvarande ingen ledig plats i det "
                     "genomförande du valde, så du har fått en reservplats.\n\n" WHAT_SV LINE("position", "Din plats i kön: {position}")
                         LINE(
                             "ahead",
                             "{ahead, plural, =0 {Du står först i kön.} one {Före dig i kön finns # person.} "
                             "other {Före dig i kön finns # personer.}}") "\n" RULE_SV
                                                                          "Du får ett meddelande om du får en plats. Om du inte längre "
                                                                          "vill stå i kö ber vi dig avboka din anmälan under Mina "
                                                                          "anmälningar i anmälningstjänsten.\n" TEAM_SV END_SV},
                    {"You are on the waiting list: {training}", HELLO_EN
                     "Your enrolment in the training {training} has been received. There is no free place in the implementation you "
                     "chose at the moment, so you are on the waiting list.\n\n" WHAT_EN LINE(
                         "position", "Your position on the waiting list: {position}")
                         LINE(
                             "ahead", "{ahead, plural, =0 {You are the first on the list.} one {# person is ahead of you.} "
                                      "other {# people are ahead of you.}}") "\n" RULE_EN
                                                                             "You will get a message if you get a place. If you no longer "
                                                                             "wish to wait, please cancel your enrolment under My "
                                                                             "enrolments in the enrolment service.\n" TEAM_EN END_EN},
                },
            [KIND_PROMOTION] =
                {
                    {"Sait paikan varasijalta: {training}",
                     HELLO_FI "Koulutuksessa {training} vapautui paikka, ja se on nyt sinun.\n\n" WHAT_FI LINE(
                         "order",
                         "Järjestysnumerosi toteutuksessa: {order}") "\n{reply_due, select, none {Jos paikka ei sovi sinulle, peru se "
                                                                     "mahdollisimman pian ilmoittautumispalvelun kohdassa Omat "
                                                                     "ilmoittautumiset.\n} other {Jos paikka ei enää sovi sinulle, peru se "
                                                                     "ilmoittautumispalvelun kohdassa Omat "
                                                                     "ilmoittautumiset määräaikaan mennessä. Jos otat paikan vastaan, "
                                                                     "sinun ei tarvitse tehdä mitään.\n"
                                                                     "Määräaika: {reply_due} (Suomen aikaa)\n}}" SESSIONS_FI ENTRIES_FI
                                                                         TEAM_FI END_FI},
                    {"Du fick en plats från kön: {training}",
                     HELLO_SV "En plats i utbildningen {training} har blivit ledig och den är nu din.\n\n" WHAT_SV LINE(
                         "order",
                         "Ditt ordningsnummer i genomförandet: {order}") "\n{reply_due, select, none {Om platsen inte passar dig ber "
                                                                         "vi dig avboka den så snart som möjligt under Mina "
                                                                         "anmälningar i "
                                                                         "anmälningstjänsten.\n} other {Om platsen inte längre passar "
                                                                         "dig ber vi dig avboka den under Mina anmälningar i "
                                                                         "anmälningstjänsten innan tidsfristen går ut. Om du tar emot "
                                                                         "platsen behöver du inte göra någonting.\n"
                                                                         "Tidsfrist: {reply_due} (finländsk tid)\n}}" SESSIONS_SV ENTRIES_SV
                                                                             TEAM_SV END_SV},
                    {"You got a place from the waiting list: {training}",
                     HELLO_EN "A place in the training {training} has become free and it is now yours.\n\n" WHAT_EN LINE(
                         "order",
                         "Your order number in the implementation: {order}") "\n{reply_due, select, none {If the place does not suit "
                                                                             "you, please cancel it as soon as possible under My "
                                                                             "enrolments in the "
                                                                             "enrolment service.\n} other {If the place no longer "
                                                                             "suits you, please cancel it under My enrolments in the "
                                                                             "enrolment "
                                                                             "service by the deadline. If you take the place, you need "
                                                                             "not do anything.\n"
                                                                             "Deadline: {reply_due} (Finnish time)\n}}" SESSIONS_EN
                                                                                 ENTRIES_EN TEAM_EN END_EN},
                },
            [KIND_CANCELLATION] =
                {
                    {"Ilmoittautumisesi on peruttu: {training}",
                     HELLO_FI "Ilmoittautumisesi koulutukseen {training} on peruttu.\n" WHEN("seated", "Paikkasi on vapautettu.\n")
                         WHEN("waiting",
                              "Et ole enää varasijajonossa.\n") "{cause, select, declined {Kieltäydyit sinulle tarjotusta paikasta, ja se "
                                                                "on tarjottu seuraavalle.\n} "
                                                                "expired {Et vastannut paikkatarjoukseen määräaikaan mennessä, ja paikka "
                                                                "on tarjottu seuraavalle.\n} "
                                                                "rejected {Ilmoittautumistasi ei hyväksytty tarkistuksessa.\n} other {}}"
                                                                "\n" WHAT_FI LINE("reason", "Syy: {reason}") STRIKES_FI
                     "\nJos et ole itse perunut ilmoittautumistasi, ota "
                     "yhteyttä koulutuksen järjestäjään.\n" END_FI},
                    {"Din anmälan har avbokats: {training}",
                     HELLO_SV "Din anmälan till utbildningen {training} har avbokats.\n" WHEN("seated", "Din plats har frigjorts.\n")
                         WHEN(
                             "waiting",
                             "Du står inte längre i kö.\n") "{cause, select, declined {Du tackade nej till platsen som erbjöds dig och den "
                                                            "har erbjudits nästa person.\n} "
                                                            "expired {Du svarade inte på erbjudandet inom tidsfristen och platsen har "
                                                            "erbjudits nästa person.\n} "
                                                            "rejected {Din anmälan godkändes inte vid granskningen.\n} other {}}"
                                                            "\n" WHAT_SV LINE("reason", "Orsak: {reason}") STRIKES_SV
                     "\nOm du inte själv har avbokat din anmälan ber "
                     "vi dig kontakta utbildningens anordnare.\n" END_SV},
                    {"Your enrolment has been cancelled: {training}", HELLO_EN
                     "Your enrolment in the training {training} has been cancelled.\n" WHEN("seated", "Your place has been released.\n")
                         WHEN(
                             "waiting",
                             "You are no longer on the waiting list.\n") "{cause, select, declined {You declined the place you were "
                                                                         "offered, and it has been offered to the next person.\n} "
                                                                         "expired {You did not answer the offer in time, and the place has "
                                                                         "been offered to the next person.\n} "
                                                                         "rejected {Your enrolment was not accepted in the review.\n} "
                                                                         "other {}}"
                                                                         "\n" WHAT_EN LINE("reason", "Reason: {reason}") STRIKES_EN
                     "\nIf you did not cancel it yourself, "
                     "please contact the organiser of the "
                     "training.\n" END_EN},
                },
            [KIND_WINDOW_OPENED] =
                {
                    {"Ilmoittautuminen on alkanut: {training}", HELLO_FI
                     "Ilmoittautuminen koulutukseen {training} on alkanut. Paikat täytetään ilmoittautumisjärjestyksessä.\n\n" LINE(
                         "closes", "Ilmoittautumisaika päättyy: {closes} (Suomen aikaa)") LINK_FI FOLLOWS_FI},
                    {"Anmälningstiden har börjat: {training}",
                     HELLO_SV "Anmälningstiden för utbildningen {training} har börjat. Platserna fylls i anmälningsordning.\n\n" LINE(
                         "closes", "Anmälningstiden går ut: {closes} (finländsk tid)") LINK_SV FOLLOWS_SV},
                    {"Enrolment has opened: {training}",
                     HELLO_EN "Enrolment in the training {training} has opened. Places are filled in the order of enrolment.\n\n" LINE(
                         "closes", "The enrolment period ends: {closes} (Finnish time)") LINK_EN FOLLOWS_EN},
                },
            [KIND_WINDOW_CLOSED] =
                {
                    {"Ilmoittautuminen on päättynyt: {training}",
                     HELLO_FI "Ilmoittautuminen koulutukseen {training} on päättynyt.\n\n" LINE(
                         "closes", "Ilmoittautumisaika päättyi: {closes} (Suomen aikaa)") LINK_FI FOLLOWS_FI},
                    {"Anmälningstiden har gått ut: {training}",
                     HELLO_SV "Anmälningstiden för utbildningen {training} har gått ut.\n\n" LINE(
                         "closes", "Anmälningstiden gick ut: {closes} (finländsk tid)") LINK_SV FOLLOWS_SV},
                    {"Enrolment has closed: {training}",
                     HELLO_EN "Enrolment in the training {training} has closed.\n\n" LINE(
                         "closes", "The enrolment period ended: {closes} (Finnish time)") LINK_EN FOLLOWS_EN},
                },
};

const struct template_built_in *template_built_in(enum message_kind kind, enum language language)
{
    assert(kind >= KIND_CONFIRMATION && kind <= KIND_LAST && (unsigned)language < LANGUAGE_COUNT);
    if (kind >= KIND_CASE_FILED)
        return &TEMPLATES_MUNICIPAL[kind - KIND_CASE_FILED][language];
    if (kind >= KIND_GRANT_PAYMENT)
        return &TEMPLATES_AWARDS[kind - KIND_GRANT_PAYMENT][language];
    if (kind >= KIND_DRAFT_CLOSES)
        return &TEMPLATES_GRANTS[kind - KIND_DRAFT_CLOSES][language];
    if (kind >= KIND_OPENS_SOON)
        return &TEMPLATES_REMINDERS[kind - KIND_OPENS_SOON][language];
    if (kind >= KIND_DATE_CHANGED)
        return &TEMPLATES_LEARNING[kind - KIND_DATE_CHANGED][language];
    if (kind >= KIND_OFFER)
        return &TEMPLATES_MOVES[kind - KIND_OFFER][language];
    return &TEMPLATES[kind][language];
}
