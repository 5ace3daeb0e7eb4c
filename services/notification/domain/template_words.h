/* What all letters share: the greeting, what it is about, the webinars, the end. Private to the templates. */
#ifndef HV_NOTIFICATION_DOMAIN_TEMPLATE_WORDS_H
#define HV_NOTIFICATION_DOMAIN_TEMPLATE_WORDS_H

#define WHAT_FI                                                                                                                            \
    "?implementation|Toteutus: {implementation}\n"                                                                                         \
    "?organiser|Järjestäjä: {organiser}\n"                                                                                              \
    "?places|{place_count|Paikkakunta|Paikkakunnat}: {places}\n"
#define WHAT_SV                                                                                                                            \
    "?implementation|Genomförande: {implementation}\n"                                                                                    \
    "?organiser|Anordnare: {organiser}\n"                                                                                                  \
    "?places|{place_count|Ort|Orter}: {places}\n"
#define WHAT_EN                                                                                                                            \
    "?implementation|Implementation: {implementation}\n"                                                                                   \
    "?organiser|Organiser: {organiser}\n"                                                                                                  \
    "?places|{place_count|Location|Locations}: {places}\n"

#define HELLO_FI "?name|Hei {name}!\n!name|Hei!\n\n"
#define HELLO_SV "?name|Hej {name}!\n!name|Hej!\n\n"
#define HELLO_EN "?name|Hello {name},\n!name|Hello,\n\n"

#define SESSIONS_FI "\n?sessions|Opintojaksojen webinaarit (Suomen aikaa):\n*|- {unit}: {when}~\n"
#define SESSIONS_SV "\n?sessions|Studieavsnittens webbinarier (finländsk tid):\n*|- {unit}: {when}~\n"
#define SESSIONS_EN "\n?sessions|Webinars of the study units (Finnish time):\n*|- {unit}: {when}~\n"

#define END_FI                                                                                                                             \
    "\n?registration|Ilmoittautumisen tunnus: {registration}\n"                                                                            \
    "Tämä viesti on lähetetty automaattisesti, eikä siihen voi vastata.\n"
#define END_SV                                                                                                                             \
    "\n?registration|Anmälans id: {registration}\n"                                                                                       \
    "Det här meddelandet har skickats automatiskt och kan inte besvaras.\n"
#define END_EN                                                                                                                             \
    "\n?registration|Enrolment id: {registration}\n"                                                                                       \
    "This message was sent automatically and cannot be replied to.\n"

/* Where a coordinator has still to look at the enrolment. */
#define REVIEW_FI "?unreviewed|Kouluttaja tarkistaa vielä ilmoittautumisesi ja ilmoittaa ratkaisusta. Järjestyksesi säilyy siihen asti.\n"
#define REVIEW_SV "?unreviewed|Utbildningens anordnare granskar ännu din anmälan och meddelar avgörandet. Din ordning bevaras tills dess.\n"
#define REVIEW_EN                                                                                                                          \
    "?unreviewed|The organiser will still review your enrolment and tell you the outcome. Your place in order is kept until then.\n"

#endif
