/* See wrong.h. */
#include "services/notification/domain/wrong.h"

#include <string.h>

#include "services/notification/domain/pen.h"

/* {1} {2} {3}: what it is about. */
static const char *const SENTENCES[][LANGUAGE_COUNT] = {
    [WRONG_NOTHING] = {"", "", ""},
    [WRONG_UNKNOWN_FACT] = {"viestilajilla \"{1}\" ei ole tietoa \"{2}\"", "meddelandetypen \"{1}\" har ingen uppgift \"{2}\"",
                            "the kind \"{1}\" has no fact \"{2}\""},
    [WRONG_NOT_ALWAYS_KNOWN] = {"\"{1}\" ei ole aina tiedossa: sen ympärille tarvitaan {{1}, select, none {} other {...}}",
                                "\"{1}\" är inte alltid känd: runt den behövs {{1}, select, none {} other {...}}",
                                "\"{1}\" is not always known: {{1}, select, none {} other {...}} around it"},
    [WRONG_DATE_STYLE] = {"date tarvitsee muodon: full, long, medium tai short", "date behöver ett format: full, long, medium eller short",
                          "date needs a style: full, long, medium or short"},
    [WRONG_TIME_STYLE] = {"time tarvitsee muodon short", "time behöver formatet short", "time needs the style short"},
    [WRONG_SELECT_ONLY] = {"\"{1}\" sopii vain select-valintaan", "\"{1}\" kan bara användas i select", "\"{1}\" is for select only"},
    [WRONG_NO_MOMENT] = {"\"{1}\" ei ole ajankohta", "\"{1}\" är ingen tidpunkt", "\"{1}\" is no moment"},
    [WRONG_NO_FORM] = {"esitystapaa \"{1}\" ei ole: number, date, time, plural tai select",
                       "formen \"{1}\" finns inte: number, date, time, plural eller select",
                       "there is no form \"{1}\": number, date, time, plural or select"},
    [WRONG_NO_NUMBER] = {"\"{1}\" ei ole luku", "\"{1}\" är inget tal", "\"{1}\" is no number"},
    [WRONG_NUMBER_STYLE] = {"number ei tunne muotoa \"{1}\": se on aina ilman muotoa, {tieto, number}",
                            "number har inte formatet \"{1}\": det står alltid utan format, {uppgift, number}",
                            "number has no style \"{1}\": it stands without one, {fact, number}"},
    [WRONG_PLURAL_KEY] = {"plural ei tunne haaraa \"{1}\": =N, one ja other, kaikilla kolmella kielellä",
                          "plural har ingen gren \"{1}\": =N, one och other, på alla tre språken",
                          "plural has no branch \"{1}\": =N, one and other, in all three languages"},
    [WRONG_FLAG_KEY] = {"\"{1}\" ei ole koskaan \"{2}\": yes, no, none tai other", "\"{1}\" är aldrig \"{2}\": yes, no, none eller other",
                        "\"{1}\" is never \"{2}\": yes, no, none or other"},
    [WRONG_TEXT_KEY] = {"\"{1}\" ei ole koskaan \"{2}\": none tai other", "\"{1}\" är aldrig \"{2}\": none eller other",
                        "\"{1}\" is never \"{2}\": none or other"},
    [WRONG_FACT_KEY] = {"\"{1}\" ei ole koskaan \"{2}\": {3} none tai other", "\"{1}\" är aldrig \"{2}\": {3} none eller other",
                        "\"{1}\" is never \"{2}\": {3} none or other"},
    [WRONG_TWICE] = {"haara \"{1}\" on kahdesti", "grenen \"{1}\" finns två gånger", "the branch \"{1}\" is there twice"},
    [WRONG_MANY_BRANCHES] = {"haaroja on enemmän kuin 24", "det finns fler än 24 grenar", "there are more than 24 branches"},
    [WRONG_NO_OTHER] = {"{1} tarvitsee haaran \"other\"", "{1} behöver grenen \"other\"", "{1} needs a branch \"other\""},
    [WRONG_CLOSES_NOTHING] = {"tämä } ei sulje mitään; itse merkki kirjoitetaan '}'",
                              "den här } stänger ingenting; själva tecknet skrivs '}'",
                              "this } closes nothing; the character itself is '}'"},
    [WRONG_BRANCH_OPEN] = {"haaraa ei ole suljettu merkillä }", "en gren stängs inte med }", "a branch is not closed by }"},
    [WRONG_CONTROL] = {"ohjausmerkki (numero {1})", "ett styrtecken (nummer {1})", "a control character (number {1})"},
    [WRONG_NOT_UTF8] = {"teksti ei ole UTF-8-muodossa", "texten är inte UTF-8", "the text is not UTF-8"},
    [WRONG_LONG] = {"teksti on pidempi kuin 16384 tavua", "texten är längre än 16384 byte", "the text is longer than 16384 bytes"},
    [WRONG_QUOTATION] = {"tästä alkava lainaus ei pääty", "citatet som börjar här slutar inte",
                         "the quotation that begins here does not end"},
    [WRONG_OFFSET] = {"sanan offset: perässä on luku", "efter offset: kommer ett tal", "after offset: comes a number"},
    [WRONG_CHOICE_COMMA] = {"sanojen plural ja select perässä on pilkku ja haarat",
                            "efter plural och select kommer ett kommatecken och grenarna",
                            "after plural and select come a comma and the branches"},
    [WRONG_TYPE] = {"pilkun perässä on number, date, time, plural tai select",
                    "efter kommatecknet kommer number, date, time, plural eller select",
                    "after the comma comes number, date, time, plural or select"},
    [WRONG_ARGUMENT_OPEN] = {"kohta ei sulkeudu tässä merkillä }", "argumentet stängs inte med } här",
                             "the argument is not closed by } here"},
    [WRONG_NAME] = {"merkin { perässä on tiedon nimi; itse merkki kirjoitetaan '{'",
                    "efter { kommer namnet på en uppgift; själva tecknet skrivs '{'",
                    "after { comes the name of a fact; the character itself is '{'"},
    [WRONG_NAME_END] = {"tiedon nimen perässä on pilkku tai }", "efter uppgiftens namn kommer ett kommatecken eller }",
                        "after the name of the fact comes a comma or }"},
    [WRONG_NEXT_BRANCH] = {"tässä on seuraava haara, avain {teksti}, tai kohdan sulkeva }",
                           "här kommer nästa gren, nyckel {text}, eller argumentets }",
                           "here comes the next branch, key {text}, or the } of the argument"},
    [WRONG_KEY_END] = {"haaran avaimen perässä on {", "efter grenens nyckel kommer {", "after the key of a branch comes {"},
    [WRONG_DEEP] = {"haaroja on liian monta sisäkkäin", "grenarna ligger för djupt i varandra", "the branches are nested too deep"},
    [WRONG_LINK] = {"linkin osoite alkaa https://, http:// tai mailto:, tai se on {link}",
                    "en länk går till https://, http://, mailto: eller {link}", "a link goes to https://, http://, mailto: or {link}"},
    [WRONG_ATTRIBUTE] = {"määritettä \"{1}\" ei saa käyttää; sallittuja ovat {2}", "attributet \"{1}\" får inte användas; tillåtna är {2}",
                         "the attribute \"{1}\" may not stand here: {2}"},
    [WRONG_ATTRIBUTE_FORM] = {"määrite kirjoitetaan {1}=\"...\"", "ett attribut skrivs {1}=\"...\"", "an attribute is written {1}=\"...\""},
    [WRONG_ATTRIBUTE_OPEN] = {"määritteen \"{1}\" arvo ei pääty lainausmerkkiin", "värdet på \"{1}\" avslutas inte med citattecken",
                              "the value of \"{1}\" is not closed by a quotation mark"},
    [WRONG_ELEMENT] = {"elementtiä <{1}> ei saa käyttää kirjeessä; itse merkki kirjoitetaan &lt;",
                       "elementet <{1}> får inte användas i ett brev; själva tecknet skrivs &lt;",
                       "the element <{1}> may not stand in a letter; the character itself is &lt;"},
    [WRONG_TAG_OPEN] = {"tunniste <{1} ei sulkeudu merkillä >", "taggen <{1} stängs inte med >", "the tag <{1} is not closed by >"},
    [WRONG_ELEMENTS_DEEP] = {"elementtejä on liian monta sisäkkäin", "elementen ligger för djupt i varandra",
                             "the elements lie too deep in each other"},
    [WRONG_END_TAG] = {"</{1}> ei sulje mitään tässä auki olevaa", "</{1}> stänger inget som är öppet här",
                       "</{1}> closes nothing that is open here"},
    [WRONG_ELEMENT_OPEN] = {"<{1}> jää auki", "<{1}> stängs inte", "<{1}> is not closed"},
};

const char *wrong_words(const struct pattern_error *error, enum language language, char out[WRONG_WORDS])
{
    struct pen pen = pen_init(out, WRONG_WORDS, false);
    const char *at = SENTENCES[error->wrong][language];

    while (*at != '\0') {
        const bool place = at[0] == '{' && at[1] >= '1' && at[1] <= '3' && at[2] == '}';
        if (place)
            pen_words(&pen, error->about[at[1] - '1']);
        else
            pen_put(&pen, at, 1);
        at += place ? 3 : 1;
    }
    return out;
}

static void copy_word(char out[WRONG_WORD], struct span word)
{
    size_t len = word.len < WRONG_WORD - 1 ? word.len : WRONG_WORD - 1;

    while (len > 0 && len < word.len && (word.data[len] & 0xC0) == 0x80)
        len--; /* not within a character */
    if (len > 0)
        memcpy(out, word.data, len);
    out[len] = '\0';
}

bool wrong_say(struct pattern_error *error, size_t at, enum wrong wrong, struct span first, struct span second, struct span third)
{
    error->at = at;
    error->wrong = wrong;
    copy_word(error->about[0], first);
    copy_word(error->about[1], second);
    copy_word(error->about[2], third);
    return false;
}
