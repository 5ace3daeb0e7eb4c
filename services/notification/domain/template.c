/* The words. Terms: ilmoittautuminen - anmälan - enrolment; toteutus - genomförande - implementation; varasijajono - kö - waiting list;
 * opintojakso - studieavsnitt - study unit. Whoever changes a text raises LETTER_VERSION. */
#include "services/notification/domain/template.h"
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

static const struct template TEMPLATES[KIND_WINDOW_CLOSED + 1][LANGUAGE_COUNT] = {
    [KIND_CONFIRMATION] =
        {
            {"Sinulla on paikka: {training}",
             HELLO_FI "Ilmoittautumisesi on vahvistettu: sinulla on paikka koulutuksessa {training}.\n\n" WHAT_FI
                      "?order|Järjestysnumerosi toteutuksessa: {order}\n" REVIEW_FI SESSIONS_FI
                      "\nJos et pääse mukaan, peru paikkasi ilmoittautumispalvelun kohdassa Omat ilmoittautumiset. Vapautunut paikka "
                      "siirtyy varasijajonossa seuraavalle.\n" END_FI},
            {"Du har en plats: {training}",
             HELLO_SV "Din anmälan är bekräftad: du har en plats i utbildningen {training}.\n\n" WHAT_SV
                      "?order|Ditt ordningsnummer i genomförandet: {order}\n" REVIEW_SV SESSIONS_SV
                      "\nOm du inte kan delta ber vi dig avboka platsen under Mina anmälningar i anmälningstjänsten. En plats som blir "
                      "ledig går till nästa person i kön.\n" END_SV},
            {"You have a place: {training}",
             HELLO_EN "Your enrolment is confirmed: you have a place in the training {training}.\n\n" WHAT_EN
                      "?order|Your order number in the implementation: {order}\n" REVIEW_EN SESSIONS_EN
                      "\nIf you cannot take part, please cancel your place under My enrolments in the enrolment service. A place given "
                      "up goes to the next person on the waiting list.\n" END_EN},
        },
    [KIND_WAITING_LIST] =
        {
            {"Olet varasijajonossa: {training}", HELLO_FI
             "Ilmoittautumisesi koulutukseen {training} on otettu vastaan. Valitsemaasi toteutukseen ei ole tällä hetkellä vapaata "
             "paikkaa, joten sait varasijan.\n\n" WHAT_FI "?position|Sijasi varasijajonossa: {position}\n"
             "?ahead|Edelläsi jonossa on {ahead|1 henkilö|# henkilöä}.\n"
             "?first|Olet jonossa ensimmäisenä.\n"
             "\n" RULE_FI "Saat viestin, jos saat paikan. Jos et enää halua olla jonossa, peru ilmoittautumisesi "
             "ilmoittautumispalvelun kohdassa Omat ilmoittautumiset.\n" END_FI},
            {"Du står i kö: {training}", HELLO_SV
             "Din anmälan till utbildningen {training} har tagits emot. Det finns för närvarande ingen ledig plats till det "
             "genomförande du valde, så du har fått en reservplats.\n\n" WHAT_SV "?position|Din plats i kön: {position}\n"
             "?ahead|Före dig i kön finns {ahead|1 person|# personer}.\n"
             "?first|Du står först i kön.\n"
             "\n" RULE_SV "Du får ett meddelande om du får en plats. Om du inte längre vill stå i kö ber vi dig annullera din anmälan "
             "under Mina anmälningar i anmälningstjänsten.\n" END_SV},
            {"You are on the waiting list: {training}", HELLO_EN
             "Your enrolment in the training {training} has been received. There is no free place for the implementation you chose "
             "at the moment, so you are on the waiting list.\n\n" WHAT_EN "?position|Your position on the waiting list: {position}\n"
             "?ahead|{ahead|1 person is|# people are} ahead of you.\n"
             "?first|You are the first on the list.\n"
             "\n" RULE_EN "You will get a message if you get a place. If you no longer wish to wait, please cancel your enrolment "
             "under My enrolments in the enrolment service.\n" END_EN},
        },
    [KIND_PROMOTION] =
        {
            {"Sait paikan varasijalta: {training}", HELLO_FI
             "Koulutuksessa {training} vapautui paikka, ja se on nyt sinun.\n\n" WHAT_FI "?order|Järjestysnumerosi toteutuksessa: {order}\n"
             "\n?reply_due|Jos paikka ei enää sovi sinulle, peru se ilmoittautumispalvelun kohdassa Omat ilmoittautumiset "
             "määräaikaan mennessä. Jos otat paikan vastaan, sinun ei tarvitse tehdä mitään.\n"
             "?reply_due|Määräaika: {reply_due} (Suomen aikaa)\n"
             "!reply_due|Jos paikka ei sovi sinulle, peru se mahdollisimman pian ilmoittautumispalvelun kohdassa Omat "
             "ilmoittautumiset.\n" SESSIONS_FI END_FI},
            {"Du fick en plats från kön: {training}",
             HELLO_SV "En plats i utbildningen {training} har blivit ledig och den är nu din.\n\n" WHAT_SV
                      "?order|Ditt ordningsnummer i genomförandet: {order}\n"
                      "\n?reply_due|Om platsen inte längre passar dig ber vi dig avboka den under Mina anmälningar i anmälningstjänsten "
                      "innan tidsfristen går ut. Om du tar emot platsen behöver du inte göra någonting.\n"
                      "?reply_due|Tidsfrist: {reply_due} (finländsk tid)\n"
                      "!reply_due|Om platsen inte passar dig ber vi dig avboka den så snart som möjligt under Mina anmälningar i "
                      "anmälningstjänsten.\n" SESSIONS_SV END_SV},
            {"You got a place from the waiting list: {training}",
             HELLO_EN "A place in the training {training} has become free and it is now yours.\n\n" WHAT_EN
                      "?order|Your order number in the implementation: {order}\n"
                      "\n?reply_due|If the place no longer suits you, please cancel it under My enrolments in the enrolment service by "
                      "the deadline. If you take the place, you need not do anything.\n"
                      "?reply_due|Deadline: {reply_due} (Finnish time)\n"
                      "!reply_due|If the place does not suit you, please cancel it as soon as possible under My enrolments in the "
                      "enrolment service.\n" SESSIONS_EN END_EN},
        },
    [KIND_CANCELLATION] =
        {
            {"Ilmoittautumisesi on peruttu: {training}",
             HELLO_FI "Ilmoittautumisesi koulutukseen {training} on peruttu.\n"
                      "?seated|Paikkasi on vapautettu.\n"
                      "?queued|Et ole enää varasijajonossa.\n"
                      "?offer_declined|Kieltäydyit sinulle tarjotusta paikasta, ja se on tarjottu seuraavalle.\n"
                      "?offer_expired|Et vastannut paikkatarjoukseen määräaikaan mennessä, ja paikka on tarjottu seuraavalle.\n"
                      "?rejected|Ilmoittautumistasi ei hyväksytty tarkistuksessa.\n"
                      "\n" WHAT_FI "?reason|Syy: {reason}\n"
                      "\nJos et ole itse perunut ilmoittautumistasi, ota yhteyttä koulutuksen järjestäjään.\n" END_FI},
            {"Din anmälan har annullerats: {training}",
             HELLO_SV "Din anmälan till utbildningen {training} har annullerats.\n"
                      "?seated|Din plats har frigjorts.\n"
                      "?queued|Du står inte längre i kö.\n"
                      "?offer_declined|Du tackade nej till platsen som erbjöds dig och den har erbjudits nästa person.\n"
                      "?offer_expired|Du svarade inte på erbjudandet inom tidsfristen och platsen har erbjudits nästa person.\n"
                      "?rejected|Din anmälan godkändes inte vid granskningen.\n"
                      "\n" WHAT_SV "?reason|Orsak: {reason}\n"
                      "\nOm du inte själv har annullerat din anmälan ber vi dig kontakta utbildningens anordnare.\n" END_SV},
            {"Your enrolment has been cancelled: {training}",
             HELLO_EN "Your enrolment in the training {training} has been cancelled.\n"
                      "?seated|Your place has been released.\n"
                      "?queued|You are no longer on the waiting list.\n"
                      "?offer_declined|You declined the place you were offered, and it has been offered to the next person.\n"
                      "?offer_expired|You did not answer the offer in time, and the place has been offered to the next person.\n"
                      "?rejected|Your enrolment was not accepted in the review.\n"
                      "\n" WHAT_EN "?reason|Reason: {reason}\n"
                      "\nIf you did not cancel it yourself, please contact the organiser of the training.\n" END_EN},
        },
    [KIND_WINDOW_OPENED] =
        {
            {"Ilmoittautuminen on alkanut: {training}",
             HELLO_FI "Ilmoittautuminen koulutukseen {training} on alkanut. Paikat täytetään ilmoittautumisjärjestyksessä.\n\n"
                      "?closes|Ilmoittautumisaika päättyy: {closes} (Suomen aikaa)\n"
                      "\nSait tämän viestin, koska olet pyytänyt tietoa koulutuksen ilmoittautumisajoista.\n" END_FI},
            {"Anmälningstiden har börjat: {training}",
             HELLO_SV "Anmälningstiden för utbildningen {training} har börjat. Platserna fylls i anmälningsordning.\n\n"
                      "?closes|Anmälningstiden går ut: {closes} (finländsk tid)\n"
                      "\nDu får det här meddelandet eftersom du har bett om information om utbildningens anmälningstider.\n" END_SV},
            {"Enrolment has opened: {training}",
             HELLO_EN "Enrolment in the training {training} has opened. Places are filled in the order of enrolment.\n\n"
                      "?closes|The enrolment period ends: {closes} (Finnish time)\n"
                      "\nYou receive this message because you asked to be told about the enrolment periods of the training.\n" END_EN},
        },
    [KIND_WINDOW_CLOSED] =
        {
            {"Ilmoittautuminen on päättynyt: {training}",
             HELLO_FI "Ilmoittautuminen koulutukseen {training} on päättynyt.\n\n"
                      "?closes|Ilmoittautumisaika päättyi: {closes} (Suomen aikaa)\n"
                      "\nSait tämän viestin, koska olet pyytänyt tietoa koulutuksen ilmoittautumisajoista.\n" END_FI},
            {"Anmälningstiden har gått ut: {training}",
             HELLO_SV "Anmälningstiden för utbildningen {training} har gått ut.\n\n"
                      "?closes|Anmälningstiden gick ut: {closes} (finländsk tid)\n"
                      "\nDu får det här meddelandet eftersom du har bett om information om utbildningens anmälningstider.\n" END_SV},
            {"Enrolment has closed: {training}",
             HELLO_EN "Enrolment in the training {training} has closed.\n\n"
                      "?closes|The enrolment period ended: {closes} (Finnish time)\n"
                      "\nYou receive this message because you asked to be told about the enrolment periods of the training.\n" END_EN},
        },
};

const struct template *template_of(enum message_kind kind, enum language language)
{
    if (kind >= KIND_DATE_CHANGED)
        return &TEMPLATES_LEARNING[kind - KIND_DATE_CHANGED][language];
    if (kind >= KIND_OFFER)
        return &TEMPLATES_MOVES[kind - KIND_OFFER][language];
    return &TEMPLATES[kind][language];
}

const char *template_advance_notice(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return " (ennakkotieto, ajankohta voi vielä muuttua)";
    case LANGUAGE_SV:
        return " (förhandsinformation, tidpunkten kan ännu ändras)";
    case LANGUAGE_EN:
        return " (advance notice, the date may still change)";
    }
    return "";
}
