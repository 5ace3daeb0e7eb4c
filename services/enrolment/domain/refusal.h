/* Refusals: what the rules of enrolment say no with. One table: name, rule id for ever stable, Finnish, Swedish, English.
 *
 * A refusal is an answer, not a fault: the handler turns a row into a problem (ERR_REFUSED with the rule id and the facts it
 * was based on), and enrolments that were refused are counted in table refusal, so that coordinators see who was turned away
 * by which rule. Eligibility rules are data (eligibility.h) and bring their own ids and texts. */
#ifndef HV_ENROLMENT_DOMAIN_REFUSAL_H
#define HV_ENROLMENT_DOMAIN_REFUSAL_H

#define REFUSAL_MAP(X)                                                                                                                     \
    X(PERSON_UNKNOWN, "enrolment.person.unknown", "Täytä ensin omat tietosi: kelpoisuus ratkaistaan niiden perusteella",                   \
      "Fyll först i dina egna uppgifter: behörigheten avgörs utifrån dem",                                                                 \
      "Fill in your own details first: eligibility is decided by them")                                                                    \
    X(WINDOW_NONE, "enrolment.window.none", "Koulutukselle ei ole määrätty ilmoittautumisaikaa",                                           \
      "Ingen anmälningstid har bestämts för utbildningen", "No enrolment period has been set for this programme")                          \
    X(WINDOW_NOT_OPEN, "enrolment.window.not-open", "Ilmoittautuminen ei ole vielä alkanut", "Anmälan har inte börjat ännu",               \
      "Enrolment has not opened yet")                                                                                                      \
    X(WINDOW_CLOSED, "enrolment.window.closed", "Ilmoittautumisaika on päättynyt", "Anmälningstiden har gått ut", "Enrolment has closed")  \
    X(ALREADY_REGISTERED, "enrolment.already-registered", "Sinulla on jo paikka tai varasija tässä koulutuksessa",                         \
      "Du har redan en plats eller köplats i den här utbildningen", "You already have a place or a waiting-list place in this programme")  \
    X(FULL, "enrolment.full", "Toteutus ja sen varasijajono ovat täynnä", "Genomförandet och dess kö är fulla",                            \
      "The implementation and its waiting list are full")                                                                                  \
    X(CAPACITY_BELOW_TAKEN, "enrolment.capacity.below-taken", "Paikkamäärä ei voi olla pienempi kuin jo annettujen paikkojen määrä",       \
      "Antalet platser kan inte vara mindre än antalet redan givna platser", "The capacity cannot be less than the places already taken")  \
    X(WAITING_BELOW_QUEUED, "enrolment.waiting-cap.below-queued", "Varasijoja ei voi olla vähemmän kuin jonossa olevia",                   \
      "Köplatserna kan inte vara färre än de som redan köar", "The waiting list cannot be shorter than the people already on it")          \
    X(WINDOW_ORDER, "enrolment.window.order", "Ilmoittautumisen on päätyttävä alkamisensa jälkeen",                                        \
      "Anmälan måste sluta efter att den har börjat", "Enrolment must close after it opens")                                               \
    X(WINDOW_OVERLAP, "enrolment.window.overlap", "Ilmoittautumisaika menee päällekkäin toisen kanssa",                                    \
      "Anmälningstiden överlappar en annan", "The enrolment period overlaps another one")                                                  \
    X(REASON_MISSING, "enrolment.cancel.reason-missing", "Kerro syy, kun perut toisen paikan",                                             \
      "Ange en orsak när du avbokar någon annans plats", "Give a reason when you cancel somebody else's place")

enum refusal {
#define REFUSAL_ENUM(name, rule, fi, sv, en) REFUSAL_##name,
    REFUSAL_MAP(REFUSAL_ENUM)
#undef REFUSAL_ENUM
        REFUSAL_COUNT
};

struct refusal_text {
    const char *rule, *fi, *sv, *en;
};
const struct refusal_text *refusal_text(enum refusal refusal);

#endif
