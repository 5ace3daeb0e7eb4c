/* The words about places that move: offers, transfers, displacements, reviews. Terms: paikkatarjous - erbjudande om plats - offer;
 * siirto - byte - transfer. */
#include "services/notification/domain/template_words.h"

/* A transfer takes the entries of the old place back, and brings those of the new one if there is one. */
#define MOVED_FI                                                                                                                           \
    LINE("entries_removed", "{entries_removed, plural, one {Aiemman toteutuksen kalenterimerkintä poistuu: sen peruutus on "              \
                            "sähköpostin liitteenä.} other {Aiemman toteutuksen kalenterimerkinnät poistuvat: niiden "                 \
                            "peruutukset ovat sähköpostin liitteinä.}}")
#define MOVED_SV                                                                                                                           \
    LINE("entries_removed", "{entries_removed, plural, one {Kalenderposten för det tidigare genomförandet tas bort: avbokningen av "     \
                            "den är bifogad till e-postmeddelandet.} other {Kalenderposterna för det tidigare genomförandet tas "       \
                            "bort: avbokningarna av dem är bifogade till e-postmeddelandet.}}")
#define MOVED_EN                                                                                                                           \
    LINE("entries_removed", "{entries_removed, plural, one {The calendar entry of the earlier implementation is removed: its "             \
                            "cancellation is attached to the e-mail.} other {The calendar entries of the earlier implementation are "      \
                            "removed: their cancellations are attached to the e-mail.}}")

#define ROW(kind) ((kind)-KIND_OFFER) /* the first of this table */

const struct template_built_in TEMPLATES_MOVES[KIND_REVIEWED - KIND_OFFER + 1][LANGUAGE_COUNT] =
    {
        [ROW(KIND_OFFER)] =
            {
                {"Sinulle tarjotaan paikkaa: {training}", HELLO_FI
                 "Koulutuksessa {training} vapautui paikka, ja sitä tarjotaan sinulle.\n\n" WHAT_FI
                 "Vastaa viimeistään: {reply_due} (Suomen aikaa)\n" SESSIONS_FI
                 "\nPaikka on varattu sinulle siihen asti. Ota se vastaan, kieltäydy siitä tai anna se tällä kertaa seuraavalle "
                 "ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Jos annat paikan seuraavalle, jäät jonoon nyt jonottavien "
                 "jälkeen. Jos et vastaa määräaikaan mennessä, paikka tarjotaan seuraavalle ja ilmoittautumisesi päättyy.\n" END_FI},
                {"Du erbjuds en plats: {training}", HELLO_SV
                 "En plats i utbildningen {training} har blivit ledig och den erbjuds dig.\n\n" WHAT_SV
                 "Svara senast: {reply_due} (finländsk tid)\n" SESSIONS_SV
                 "\nPlatsen är reserverad för dig till dess. Ta emot den, tacka nej eller låt den gå vidare den här gången under Mina "
                 "anmälningar i anmälningstjänsten. Om du låter platsen gå vidare står du kvar i kön efter dem som köar nu. Om du "
                 "inte svarar inom tidsfristen erbjuds platsen nästa person och din anmälan upphör.\n" END_SV},
                {"You are offered a place: {training}", HELLO_EN
                 "A place in the training {training} has become free and is offered to you.\n\n" WHAT_EN
                 "Please answer by: {reply_due} (Finnish time)\n" SESSIONS_EN
                 "\nThe place is kept for you until then. Accept it, decline it, or let it pass on this time under My enrolments in "
                 "the enrolment service. If you let it pass on, you stay on the waiting list behind those who wait now. If you do "
                 "not answer in time, the place is offered to the next person and your enrolment ends.\n" END_EN},
            },
        [ROW(KIND_OFFER_PASSED)] =
            {
                {"Annoit paikan seuraavalle: {training}", HELLO_FI
                 "Annoit sinulle tarjotun paikan koulutuksessa {training} tällä kertaa seuraavalle. Jäit varasijajonoon.\n\n" WHAT_FI LINE(
                     "position", "Sijasi varasijajonossa: {position}") END_FI},
                {"Du lät platsen gå vidare: {training}", HELLO_SV
                 "Du lät platsen som erbjöds dig i utbildningen {training} gå vidare den här gången. Du står kvar i kön.\n\n" WHAT_SV LINE(
                     "position", "Din plats i kön: {position}") END_SV},
                {"You let the place pass on: {training}",
                 HELLO_EN "You let the place offered to you in the training {training} pass on this time. You are still on the waiting "
                          "list.\n\n" WHAT_EN LINE("position", "Your position on the waiting list: {position}") END_EN},
            },
        [ROW(KIND_TRANSFER)] =
            {
                {"Ilmoittautumisesi on siirretty: {training}", HELLO_FI
                 "Ilmoittautumisesi koulutukseen {training} on siirretty toiseen toteutukseen.\n" WHEN("seated",
                                                                                                       "Sinulla on siinä paikka.\n")
                     WHEN("waiting", "Olet sen varasijajonossa.\n") "\n" WHAT_FI
                         LINE("order", "Järjestysnumerosi toteutuksessa: {order}")
                             LINE("position", "Sijasi varasijajonossa: {position}")
                                 LINE("reason", "Syy: {reason}") SESSIONS_FI ENTRIES_FI MOVED_FI END_FI},
                {"Din anmälan har flyttats: {training}", HELLO_SV
                 "Din anmälan till utbildningen {training} har flyttats till ett annat genomförande.\n" WHEN("seated",
                                                                                                             "Du har en plats i det.\n")
                     WHEN("waiting", "Du står i kö till det.\n") "\n" WHAT_SV
                         LINE("order", "Ditt ordningsnummer i genomförandet: {order}")
                             LINE("position", "Din plats i kön: {position}")
                                 LINE("reason", "Orsak: {reason}") SESSIONS_SV ENTRIES_SV MOVED_SV END_SV},
                {"Your enrolment has been transferred: {training}",
                 HELLO_EN "Your enrolment in the training {training} has been transferred to another implementation.\n" WHEN(
                     "seated", "You have a place in it.\n")
                     WHEN("waiting", "You are on its waiting list.\n") "\n" WHAT_EN
                         LINE("order", "Your order number in the implementation: {order}")
                             LINE("position", "Your position on the waiting list: {position}")
                                 LINE("reason", "Reason: {reason}") SESSIONS_EN ENTRIES_EN MOVED_EN END_EN},
            },
        [ROW(KIND_DISPLACED)] =
            {
                {"Sinut on siirretty varasijajonoon: {training}",
                 HELLO_FI "Toteutuksen paikkamäärää on jouduttu pienentämään, ja sinut on siirretty koulutuksen {training} "
                          "varasijajonon alkuun. Saat paikan takaisin ensimmäisten joukossa, kun niitä vapautuu.\n\n" WHAT_FI LINE(
                              "position", "Sijasi varasijajonossa: {position}") LINE("reason", "Syy: {reason}") STRIKES_FI END_FI},
                {"Du har flyttats till kön: {training}", HELLO_SV
                 "Antalet platser i genomförandet har minskats och du har flyttats till början av kön till utbildningen {training}. "
                 "Du är bland de första som får en plats när det blir lediga.\n\n" WHAT_SV LINE("position", "Din plats i kön: {position}")
                     LINE("reason", "Orsak: {reason}") STRIKES_SV END_SV},
                {"You have been moved to the waiting list: {training}", HELLO_EN
                 "The number of places in the implementation had to be reduced, and you have been moved to the head of the waiting "
                 "list of the training {training}. You are among the first to get a place when one becomes free.\n\n" WHAT_EN LINE(
                     "position", "Your position on the waiting list: {position}") LINE("reason", "Reason: {reason}") STRIKES_EN END_EN},
            },
        [ROW(KIND_REVIEWED)] =
            {
                {"Ilmoittautumisesi on hyväksytty: {training}",
                 HELLO_FI "Ilmoittautumisesi koulutukseen {training} on tarkistettu ja hyväksytty.\n" WHEN(
                     "conditional", "Hyväksyntä on ehdollinen.\n") LINE("reason", "Ehto tai perustelu: {reason}") "\n" WHAT_FI END_FI},
                {"Din anmälan har godkänts: {training}",
                 HELLO_SV "Din anmälan till utbildningen {training} har granskats och godkänts.\n" WHEN("conditional",
                                                                                                        "Godkännandet är villkorligt.\n")
                     LINE("reason", "Villkor eller motivering: {reason}") "\n" WHAT_SV END_SV},
                {"Your enrolment has been accepted: {training}", HELLO_EN
                 "Your enrolment in the training {training} has been reviewed and accepted.\n" WHEN("conditional",
                                                                                                    "The acceptance is conditional.\n")
                     LINE("reason", "Condition or reason: {reason}") "\n" WHAT_EN END_EN},
            },
};
