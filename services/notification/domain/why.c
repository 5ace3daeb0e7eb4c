/* The table of why.h. The recipient is spoken to. */
#include "services/notification/domain/why.h"

static const struct {
    const char *why, *words[LANGUAGE_COUNT];
} ROWS[] = {
    {WHY_DOMAIN,
     {"Tämä järjestelmä lähettää sähköpostia vain tiettyihin verkkotunnuksiin, eikä osoitteesi ole niissä",
      "Det här systemet skickar e-post bara till vissa domäner, och din adress hör inte till dem",
      "This system sends mail to some domains only, and your address is not in one of them"}},
    {WHY_SUPPRESSED,
     {"Osoitteesi on niiden osoitteiden luettelossa, joihin ei lähetetä sähköpostia",
      "Din adress finns på listan över adresser som inte får e-post", "Your address is on the list of those that get no mail"}},
    {WHY_TOPIC_OFF,
     {"Olet kytkenyt tämän aiheen sähköpostit pois", "Du har stängt av e-posten om det här ämnet",
      "You have turned mail of this topic off"}},
    {WHY_ADDRESS, {"Osoitteesi ei ole sähköpostiosoite", "Din adress är inte en e-postadress", "Your address is not an e-mail address"}},
    {WHY_DOCUMENT,
     {"Viestin PDF-tiedostoa ei voitu tehdä", "Meddelandets PDF-fil kunde inte skapas", "The message's PDF file could not be made"}},
    {WHY_TEST_LONG, {"Testiviesti on liian pitkä", "Testmeddelandet är för långt", "The test is too long"}},
    {WHY_LONG, {"Viestistä tuli liian pitkä", "Meddelandet blev för långt", "The message became too long"}},
    {WHY_UNKNOWN,
     {"Osoitettasi tai koulutuksen nimeä ei saatu tietoon 72 tunnissa", "Din adress eller utbildningens namn blev inte känt inom 72 timmar",
      "Your address or the training's name did not become known within 72 hours"}},
    {WHY_MISSING,
     {"Jotakin, mitä viestin piti kertoa, ei saatu tietoon 72 tunnissa",
      "Något som meddelandet skulle berätta blev inte känt inom 72 timmar",
      "Something that the message was to say did not become known within 72 hours"}},
    {WHY_SILENCE,
     {"Sähköpostipalvelin ei vahvistanut ottaneensa viestiä vastaan, mutta se on todennäköisesti tullut perille",
      "E-postservern bekräftade inte att den tog emot meddelandet, men det har sannolikt kommit fram",
      "The mail server did not confirm that it took the message, but it has probably arrived"}},
    {WHY_MOVED,
     {"Muistutuksen asialla on nyt toinen ajankohta", "Det som påminnelsen gäller har nu en annan tidpunkt",
      "What the reminder is about has another time now"}},
    {WHY_GONE,
     {"Muistutuksen asia on peruttu", "Det som påminnelsen gäller blir inte av",
      "What the reminder is about does not take place any more"}},
    {WHY_PASSED,
     {"Ajankohta oli jo mennyt, kun muistutus olisi lähtenyt", "Tidpunkten var redan förbi när påminnelsen skulle ha skickats",
      "The moment had passed before the reminder could leave"}},
    {WHY_OVER, {"Paikkatarjous on päättynyt", "Erbjudandet om plats har upphört", "The offer of a place has ended"}},
    {WHY_DONE,
     {"Muistutuksen asia on jo hoidettu tai rauennut", "Det som påminnelsen gäller har redan skötts eller förfallit",
      "What the reminder is about has been done already, or is not needed any more"}},
    {WHY_SEAT_GONE, {"Sinulla ei ole enää paikkaa", "Du har ingen plats längre", "You have no place any more"}},
    {WHY_PERSON, {"Tietosi on poistettu", "Dina uppgifter har raderats", "Your particulars were erased"}},
    {WHY_TRAINING, {"Koulutuksen tiedot on poistettu", "Utbildningens uppgifter har raderats", "The training was erased"}},
    {WHY_UNTRIED,
     {"Viesti odottaa uutta lähetysyritystä", "Meddelandet väntar på ett nytt försök att skickas",
      "The message waits for its next attempt"}},
};

struct span why_words(struct span why, enum language language)
{
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        if (span_equal(why, span_text(ROWS[i].why)))
            return span_text(ROWS[i].words[language]);
    return why;
}
