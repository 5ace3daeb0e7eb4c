/* Refusals: what the rules of enrolment say no with. One table: name, rule id for ever stable, Finnish, Swedish, English.
 *
 * A refusal is an answer, not a fault: the handler turns a row into a problem (ERR_REFUSED with the rule id and the facts it
 * was based on), and enrolments that were refused are counted in table refusal, so that coordinators see who was turned away
 * by which rule. Eligibility rules are data (eligibility.h) and bring their own ids and texts. */
#ifndef HV_ENROLMENT_DOMAIN_REFUSAL_H
#define HV_ENROLMENT_DOMAIN_REFUSAL_H

#define REFUSAL_MAP(X)                                                                                                                        \
    X(PERSON_UNKNOWN, "enrolment.person.unknown", "Täytä ensin omat tietosi: kelpoisuus ratkaistaan niiden perusteella",                      \
      "Fyll först i dina egna uppgifter: behörigheten avgörs utifrån dem",                                                                    \
      "Fill in your own details first: eligibility is decided by them")                                                                       \
    X(WINDOW_NONE, "enrolment.window.none", "Koulutukselle ei ole määrätty ilmoittautumisaikaa",                                              \
      "Ingen anmälningstid har bestämts för utbildningen", "No enrolment period has been set for this programme")                             \
    X(WINDOW_NOT_OPEN, "enrolment.window.not-open", "Ilmoittautuminen ei ole vielä alkanut", "Anmälan har inte börjat ännu",                  \
      "Enrolment has not opened yet")                                                                                                         \
    X(WINDOW_CLOSED, "enrolment.window.closed", "Ilmoittautumisaika on päättynyt", "Anmälningstiden har gått ut", "Enrolment has closed")     \
    X(ALREADY_REGISTERED, "enrolment.already-registered", "Sinulla on jo paikka tai varasija tässä koulutuksessa",                            \
      "Du har redan en plats eller köplats i den här utbildningen", "You already have a place or a waiting-list place in this programme")     \
    X(FULL, "enrolment.full", "Toteutus ja sen varasijajono ovat täynnä", "Genomförandet och dess kö är fulla",                               \
      "The implementation and its waiting list are full")                                                                                     \
    X(CONGESTED, "enrolment.congested", "Ruuhkaa: vapaat paikat ovat juuri nyt muiden täytettävinä. Yritä hetken kuluttua uudelleen.",        \
      "Trängsel: de lediga platserna fylls just nu i av andra. Försök igen om en stund.",                                                     \
      "Busy: others are just filling in the free places. Try again in a moment.")                                                             \
    X(WINDOW_QUOTA, "enrolment.window.quota", "Tämän ilmoittautumiskierroksen kiintiö on täynnä",                                             \
      "Kvoten för den här anmälningsomgången är full", "The quota of this round of enrolment is full")                                        \
    X(HOLD_OFF, "enrolment.hold.off", "Tässä koulutuksessa paikkaa ei voi varata lomakkeen täyttämisen ajaksi: ilmoittaudu suoraan",          \
      "I den här utbildningen kan en plats inte reserveras medan blanketten fylls i: anmäl dig direkt",                                       \
      "In this programme no place can be held while the form is filled: enrol directly")                                                      \
    X(HOLD_OPEN, "enrolment.hold.open", "Sinulle on jo varattu paikka lomakkeen täyttämisen ajaksi: vahvista se tai luovu siitä",             \
      "En plats är redan reserverad för dig medan du fyller i blanketten: bekräfta den eller avstå från den",                                 \
      "A seat is already held for you while you fill in the form: confirm it or give it up")                                                  \
    X(HOLD_NO_SEAT, "enrolment.hold.no-seat", "Vapaata paikkaa ei ole, mutta voit ilmoittautua varasijalle",                                  \
      "Det finns ingen ledig plats, men du kan anmäla dig till kön", "There is no free place, but you can enrol on the waiting list")         \
    X(HOLD_OVER, "enrolment.hold.over", "Paikan varausaika on päättynyt. Voit ilmoittautua uudelleen.",                                       \
      "Tiden för platsreservationen har gått ut. Du kan anmäla dig på nytt.",                                                                 \
      "The time for which the place was held has run out. You can enrol again.")                                                              \
    X(HOLD_ENDING, "enrolment.hold.ending", "Paikkavarauksesi aika päättyi juuri. Ilmoittaudu uudelleen muutaman sekunnin kuluttua.",         \
      "Tiden för din platsreservation gick just ut. Anmäl dig på nytt om några sekunder.",                                                    \
      "The time for which a seat was held for you has just run out. Enrol again in a few seconds.")                                           \
    X(HOLD_NONE, "enrolment.hold.none",                                                                                                       \
      "Tässä ilmoittautumisessa ei ole vahvistettavaa paikkavarausta. Jos sinulle on tarjottu paikka, vastaa tarjoukseen.",                   \
      "I den här anmälan finns ingen platsreservation att bekräfta. Om du har erbjudits en plats, svara på erbjudandet.",                     \
      "There is no held place to confirm in this registration. If a place has been offered to you, answer the offer.")                        \
    X(HOLD_GIVEN_UP, "enrolment.hold.given-up", "Paikkavarauksesta on luovuttu. Voit ilmoittautua uudelleen.",                                \
      "Platsreservationen har avståtts. Du kan anmäla dig på nytt.", "The held place was given up. You can enrol again.")                     \
    X(HOLD_CONFIRMED, "enrolment.hold.confirmed",                                                                                             \
      "Paikka on jo vahvistettu. Muuta vastauksia ilmoittautumisen vastauksissa (PUT answers).",                                              \
      "Platsen är redan bekräftad. Ändra svaren bland anmälans svar (PUT answers).",                                                          \
      "The place is confirmed already. Change the answers among those of the registration (PUT answers).")                                    \
    X(OFFER_NONE, "enrolment.offer.none", "Tässä ilmoittautumisessa ei ole paikkatarjousta, johon vastata",                                   \
      "I den här anmälan finns inget erbjudande om plats att svara på", "There is no offer of a place to answer in this registration")        \
    X(OFFER_OVER, "enrolment.offer.over", "Paikkatarjouksen vastausaika on päättynyt", "Svarstiden för platserbjudandet har gått ut",         \
      "The time to answer the offer of a place has run out")                                                                                  \
    X(OFFER_NOBODY_ELSE, "enrolment.offer.nobody-else", "Kukaan muu ei odota tätä paikkaa, joten sitä ei voi siirtää seuraavalle",            \
      "Ingen annan väntar på platsen, så den kan inte gå vidare till följande",                                                               \
      "Nobody else waits for this place, so it cannot be let pass on")                                                                        \
    X(ANSWER_UNKNOWN, "enrolment.answer.unknown", "Koulutuksessa ei ole tällaista kysymystä", "Utbildningen har ingen sådan fråga",           \
      "The programme asks no such question")                                                                                                  \
    X(ANSWER_TWICE, "enrolment.answer.twice", "Samaan kysymykseen on vastattu kahdesti", "Samma fråga har besvarats två gånger",              \
      "The same question is answered twice")                                                                                                  \
    X(ANSWER_NOT_ASKED, "enrolment.answer.not-asked", "Tätä ei kysytä, koska aiempi vastaus ei johda siihen",                                 \
      "Detta frågas inte, eftersom ett tidigare svar inte leder hit", "This is not asked, because no earlier answer leads to it")             \
    X(ANSWER_COUNT, "enrolment.answer.count", "Vastauksia on liian monta", "Svaren är för många",                                             \
      "There are too many values in the answer")                                                                                              \
    X(ANSWER_TEXT, "enrolment.answer.text", "Vastauksessa on merkkejä, jotka eivät kelpaa", "Svaret har tecken som inte duger",               \
      "The answer has characters that are not allowed")                                                                                       \
    X(ANSWER_LENGTH, "enrolment.answer.length", "Vastaus on liian pitkä", "Svaret är för långt", "The answer is too long")                    \
    X(ANSWER_OPTION, "enrolment.answer.option", "Vastaus ei ole yksi vaihtoehdoista", "Svaret är inte ett av alternativen",                   \
      "The answer is not one of the options")                                                                                                 \
    X(ANSWER_YES_OR_NO, "enrolment.answer.yes-or-no", "Vastaa yes tai no (kyllä tai ei)", "Svara yes eller no (ja eller nej)",                \
      "Answer yes or no")                                                                                                                     \
    X(ANSWER_NUMBER, "enrolment.answer.number", "Vastauksen on oltava luku", "Svaret måste vara ett tal", "The answer must be a number")      \
    X(ANSWER_REQUIRED, "enrolment.answer.required", "Pakolliseen kysymykseen ei ole vastattu", "En obligatorisk fråga är obesvarad",          \
      "A required question is not answered")                                                                                                  \
    X(ANSWER_NO_KEY, "enrolment.answer.no-key", "Arkaluonteisia vastauksia ei voi juuri nyt tallentaa: palvelulta puuttuu salausavain",       \
      "Känsliga svar kan inte sparas just nu: tjänsten saknar krypteringsnyckel",                                                             \
      "Sensitive answers cannot be stored now: the service has no encryption key")                                                            \
    X(ANSWER_CLOSED, "enrolment.answer.closed", "Vastauksia ei voi enää muuttaa", "Svaren kan inte längre ändras",                            \
      "The answers can no longer be changed")                                                                                                 \
    X(ANSWER_NO_PLACE, "enrolment.answer.no-place", "Ilmoittautuminen ei ole enää voimassa", "Anmälan är inte längre i kraft",                \
      "The registration is no longer in force")                                                                                               \
    X(INVITATION_UNKNOWN, "enrolment.invitation.unknown", "Kutsukoodia ei ole", "Inbjudningskoden finns inte",                                \
      "There is no such invitation code")                                                                                                     \
    X(INVITATION_OTHER, "enrolment.invitation.other-implementation", "Kutsukoodi on toiseen toteutukseen",                                    \
      "Inbjudningskoden gäller ett annat genomförande", "The invitation code is for another implementation")                                  \
    X(INVITATION_OVER, "enrolment.invitation.over", "Kutsukoodi ei ole enää voimassa", "Inbjudningskoden gäller inte längre",                 \
      "The invitation code is no longer valid")                                                                                               \
    X(INVITATION_USED_UP, "enrolment.invitation.used-up", "Kutsukoodin kaikki paikat on käytetty",                                            \
      "Inbjudningskodens alla platser har använts", "All seats of the invitation code have been used")                                        \
    X(INVITATION_NO_ROOM, "enrolment.invitation.no-room", "Vapaita paikkoja ei ole niin monta", "Så många lediga platser finns inte",         \
      "There are not so many free seats")                                                                                                     \
    X(INVITATION_TAKEN, "enrolment.invitation.code-taken", "Kutsukoodi on jo käytössä", "Inbjudningskoden används redan",                     \
      "The invitation code is already in use")                                                                                                \
    X(INVITATION_MANY, "enrolment.invitation.too-many", "Koulutuksella on jo liian monta voimassa olevaa kutsukoodia",                        \
      "Utbildningen har redan för många giltiga inbjudningskoder", "The programme has too many invitation codes in force already")            \
    X(NOT_SEATED, "enrolment.learning.not-seated", "Luettelossa on ilmoittautumisia, joilla ei ole paikkaa tässä koulutuksessa",              \
      "Listan innehåller anmälningar som inte har en plats i den här utbildningen",                                                           \
      "The list has registrations without a place in this programme")                                                                         \
    X(PLAN_NOT_SEATED, "enrolment.plan.not-seated", "Kehittämissuunnitelma koskee vain niitä, joilla on paikka tässä koulutuksessa",          \
      "En utvecklingsplan gäller bara dem som har en plats i den här utbildningen",                                                           \
      "A development plan is only for those who have a place in this programme")                                                              \
    X(PLAN_NONE, "enrolment.plan.none", "Kehittämissuunnitelmaa ei ole palautettu", "Ingen utvecklingsplan har lämnats in",                   \
      "No development plan has been handed in")                                                                                               \
    X(PLAN_STRANGER, "enrolment.plan.not-of-team", "Yhteisön suunnitelman voi palauttaa vain oman ryhmänsä jäsenten puolesta",                \
      "En gemensam plan kan lämnas in bara för medlemmar i den egna gruppen",                                                                 \
      "A community's plan can be handed in only for members of one's own team")                                                               \
    X(PLAN_HAS_OWN, "enrolment.plan.has-own", "Hän on jo palauttanut oman kehittämissuunnitelman",                                            \
      "Hen har redan lämnat in en egen utvecklingsplan", "That person has already handed in a plan of their own")                             \
    X(CERTIFICATE_NONE, "enrolment.certificate.not-completed", "Todistuksen saa, kun koulutus on suoritettu",                                 \
      "Intyget fås när utbildningen är slutförd", "The certificate is given when the programme is completed")                                 \
    X(EXPORT_LONG, "enrolment.export.too-long", "Luettelo on liian pitkä yhteen tiedostoon. Valitse yksi toteutus tai xlsx-muoto.",           \
      "Listan är för lång för en fil. Välj ett genomförande eller formatet xlsx.",                                                            \
      "The list is too long for one file. Choose one implementation, or the format xlsx.")                                                    \
    X(CAPACITY_BELOW_TAKEN, "enrolment.capacity.below-taken", "Paikkamäärä ei voi olla pienempi kuin jo annettujen paikkojen määrä",          \
      "Antalet platser kan inte vara mindre än antalet redan givna platser", "The capacity cannot be less than the places already taken")     \
    X(WAITING_BELOW_QUEUED, "enrolment.waiting-cap.below-queued", "Varasijoja ei voi olla vähemmän kuin jonossa olevia",                      \
      "Köplatserna kan inte vara färre än de som redan köar", "The waiting list cannot be shorter than the people already on it")             \
    X(WINDOW_QUOTA_BELOW_USED, "enrolment.window.quota-below-used", "Kiintiö ei voi olla pienempi kuin ajan kautta jo tulleet",               \
      "Kvoten kan inte vara mindre än dem som redan kommit genom fönstret", "The quota cannot be less than those who came already")           \
    X(WINDOW_IS_OPEN, "enrolment.window.open", "Avointa ilmoittautumisaikaa ei voi poistaa; päätä se ensin",                                  \
      "En pågående anmälningstid kan inte tas bort; avsluta den först", "A window that is open cannot be removed; close it first")            \
    X(WINDOW_USED, "enrolment.window.used", "Ilmoittautumisajan kiintiöstä on jo annettu paikkoja",                                           \
      "Platser har redan getts ur anmälningstidens kvot", "Places of the window's quota have been given already")                             \
    X(UNIT_IN_USE, "enrolment.unit.in-use", "Opintojaksossa on jo osallistumisia tai suorituksia",                                            \
      "Studieavsnittet har redan deltaganden eller prestationer", "The study unit has been attended or completed already")                    \
    X(IMPLEMENTATION_IN_USE, "enrolment.implementation.in-use", "Toteutukseen on jo ilmoittauduttu tai varattu paikkoja",                     \
      "Någon har redan anmält sig till genomförandet eller platser är reserverade",                                                           \
      "Somebody has enrolled in the implementation already, or seats are reserved in it")                                                     \
    X(SEATS_ELSEWHERE, "enrolment.seats.elsewhere", "Paikkamäärä muutetaan omalla toiminnollaan",                                             \
      "Antalet platser ändras med en egen funktion", "The number of seats is changed by a call of its own")                                   \
    X(QUESTION_KIND, "enrolment.question.kind", "Kysymyksen laji ja arkaluonteisuus eivät muutu; kysy uudella koodilla",                      \
      "En frågas art och känslighet ändras inte; fråga med en ny kod",                                                                        \
      "The kind of a question and whether it is sensitive do not change; ask under a new code")                                               \
    X(WINDOW_ORDER, "enrolment.window.order", "Ilmoittautumisen on päätyttävä alkamisensa jälkeen",                                           \
      "Anmälan måste sluta efter att den har börjat", "Enrolment must close after it opens")                                                  \
    X(WINDOW_OVERLAP, "enrolment.window.overlap", "Ilmoittautumisaika menee päällekkäin toisen kanssa",                                       \
      "Anmälningstiden överlappar en annan", "The enrolment period overlaps another one")                                                     \
    X(WEBINAR_ORDER, "enrolment.webinar.order", "Webinaari ei voi päättyä ennen alkamistaan",                                                 \
      "Ett webbinarium kan inte sluta innan det börjar", "A webinar cannot end before it starts")                                             \
    X(RETENTION_AT_ONCE, "enrolment.retention.at-once",                                                                                       \
      "Muutos poistaisi koulutukseen ilmoittautuneiden tiedot heti tai seitsemän päivän kuluessa. Tarkista päivät ja säilytysaika.",          \
      "Ändringen skulle radera de anmäldas uppgifter genast eller inom sju dagar. Kontrollera datumen och förvaringstiden.",                  \
      "The change would erase the particulars of its people at once or within seven days. Check the dates and the retention.")                \
    X(TRANSFER_SAME, "enrolment.transfer.same", "Ilmoittautuminen on jo tässä toteutuksessa",                                                 \
      "Anmälan gäller redan det här genomförandet", "The registration is already in this implementation")                                     \
    X(TRANSFER_OTHER_PROGRAMME, "enrolment.transfer.other-programme", "Siirtyä voi vain saman koulutuksen toiseen toteutukseen",              \
      "Du kan flytta bara till ett annat genomförande av samma utbildning", "A transfer is possible only within the same programme")          \
    X(TRANSFER_STATE, "enrolment.transfer.state", "Vain paikan tai varasijan voi siirtää", "Bara en plats eller köplats kan flyttas",         \
      "Only a place or a waiting-list place can be transferred")                                                                              \
    X(TRANSFER_TOO_LATE, "enrolment.transfer.too-late", "Toteutusta ei voi enää vaihtaa itse: ota yhteyttä järjestäjään",                     \
      "Du kan inte längre själv byta genomförande: kontakta arrangören",                                                                      \
      "It is too late to change the implementation yourself: contact the organiser")                                                          \
    X(TRANSFER_NO_ROOM, "enrolment.transfer.no-room",                                                                                         \
      "Valittuun toteutukseen ei voi siirtyä: siellä ei ole vapaata paikkaa, tai muut odottavat paikkaa ennen sinua, tai jono on täynnä",     \
      "Det går inte att flytta till det valda genomförandet: där finns ingen ledig plats, andra väntar före, eller kön är full",              \
      "The chosen implementation has no place to move to: none is free, others wait for it before, or its waiting list is full")              \
    X(TEAM_NO_ROOM, "enrolment.team.no-room", "Koko tiimille ei ole paikkoja", "Det finns inte platser för hela teamet",                      \
      "There are not places for the whole team")                                                                                              \
    X(TEAM_MEMBER_REFUSED, "enrolment.team.member-refused", "Kaikki tiimin jäsenet eivät voi ilmoittautua",                                   \
      "Alla i teamet kan inte anmäla sig", "Not all members of the team can enrol")                                                           \
    X(REVIEW_NOT_OPEN, "enrolment.review.not-open", "Ilmoittautuminen ei odota käsittelyä", "Anmälan väntar inte på behandling",              \
      "The registration is not waiting for a review")                                                                                         \
    X(PROMOTE_NOT_WAITING, "enrolment.promote.not-waiting", "Paikan voi antaa vain varasijalla olevalle",                                     \
      "En plats kan ges bara åt den som står i kö", "A place can be given only to somebody on the waiting list")                              \
    X(PROMOTE_NO_ROOM, "enrolment.promote.no-room",                                                                                           \
      "Vapaata paikkaa ei ole: toteutuksen tai koulutuksen paikat on annettu tai varattu. Lisää paikka (addSeat), jos se annetaan silti.",    \
      "Det finns ingen ledig plats: genomförandets eller utbildningens platser är givna eller reserverade. Lägg till en (addSeat) om den " \
      "ska ges ändå.",                                                                                                                        \
      "There is no free place: the implementation's or the programme's are all taken or reserved. Add one (addSeat) if it is to be given "    \
      "all the same.")                                                                                                                        \
    X(PROMOTE_OUT_OF_ORDER, "enrolment.promote.out-of-order",                                                                                 \
      "Jonossa on muita ennen tätä ilmoittautumista. Vahvista (despiteOrder), jos paikka annetaan silti.",                                    \
      "Andra står före i kön. Bekräfta (despiteOrder) om platsen ändå ska ges.",                                                              \
      "Others stand before this registration in the line. Confirm (despiteOrder) if the place is given all the same.")                        \
    X(PRIORITY_NOT_WAITING, "enrolment.priority.not-waiting", "Etusijan voi antaa vain varasijalla olevalle",                                 \
      "Företräde kan ges bara åt den som står i kö", "A priority can be given only to somebody on the waiting list")                          \
    X(DISPLACE_TOO_FEW, "enrolment.displace.too-few-seated",                                                                                  \
      "Paikkamäärää ei voi laskea näin alas: paikkoja on tarjottu, täytettävinä tai varattu kutsukoodeille",                                  \
      "Antalet platser kan inte sänkas så mycket: platser är erbjudna, håller på att fyllas eller reserverade för inbjudningskoder",          \
      "The capacity cannot go so low: seats are offered, being filled in or reserved for invitation codes")                                   \
    X(DISPLACE_NO_ROOM, "enrolment.displace.no-waiting-room", "Varasijajonossa ei ole tilaa niille, jotka siirtyisivät jonoon",               \
      "I kön finns inte rum för dem som skulle flyttas dit", "The waiting list has no room for those who would be sent back to it")           \
    X(CANCEL_TRANSFERRED, "enrolment.cancel.transferred",                                                                                     \
      "Paikka on siirretty toiseen toteutukseen. Peru uusi ilmoittautuminen: se näkyy omissa ilmoittautumisissa.",                            \
      "Platsen har flyttats till ett annat genomförande. Avboka den nya anmälan: den syns bland de egna anmälningarna.",                      \
      "The place was transferred to another implementation. Cancel the new registration: it is among one's own registrations.")

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
