/* What the thirty-one applications say. Each theme is applied for by some four tenths more than it has, in amounts that end in odd cents,
 * so that a choice has to be made and every cent of it shows. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/up_grant.h"

#define PROVIDERS     40
#define FIRST_NUMBER  9900000 /* of business ids: far beyond those given out */
#define NUMBER_STEP   37
#define OWN_PERMILLE  53 /* own financing beside the grant, of the grant */
#define PARTICIPANTS  240
#define BUSINESS_TEXT 16
#define IBAN_TEXT     19

/* The theme, in order of the call's groups, and how much of it is applied for, in thousandths. */
static const struct {
    unsigned theme, permille;
} PLAN[GRANT_APPLICATIONS] = {
    {0, 340}, {1, 480}, {2, 520}, {3, 560}, {4, 490}, {5, 700}, {6, 510}, {7, 450}, {0, 210}, {0, 180}, {1, 390},
    {2, 410}, {3, 420}, {4, 430}, {5, 520}, {6, 400}, {7, 380}, {0, 150}, {0, 140}, {1, 310}, {2, 330}, {3, 350},
    {4, 380}, {6, 350}, {7, 310}, {0, 120}, {0, 100}, {1, 250}, {7, 260}, {0, 90},  {0, 80},
};
static const char *const TOPICS[] = {"Ohjaus kantaa",           "Perustaidot kuntoon",        "Opiskelija vaikuttaa",
                                     "Liikettä opintoihin",     "Yhdessä ryhmäksi",           "Turvallinen oppilaitos",
                                     "Muutos johtaa eteenpäin", "Pedagogiikka johtajan työnä"};
static const char *const TOPICS_SV[] = {"Handledningen bär",     "Basfärdigheter i skick",       "Den studerande påverkar",
                                        "Rörelse i studierna",   "Tillsammans en grupp",         "En trygg läroanstalt",
                                        "Förändring för framåt", "Pedagogik som ledarens arbete"};
static const char *const HEADS[] = {"Koivu", "Lumi", "Saari", "Kivi", "Tuuli", "Metsä", "Ranta", "Suvi"};
static const char *const TAILS[] = {"lahden", "harjun", "vaaran", "niemen", "salmen"};
static const char *const LANGUAGES[] = {"fi", "fi", "sv", "fi", "fi", "fi", "fi", "sv", "fi", "en"};

/* The check digit of a business id: seven digits by their weights; a remainder of 1 has none, and the number is not used. */
static void business_id(size_t provider, char out[BUSINESS_TEXT])
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2};
    int number = FIRST_NUMBER + (int)provider * NUMBER_STEP;

    for (;; number++) {
        int sum = 0;
        snprintf(out, BUSINESS_TEXT, "%07d-", number);
        for (size_t i = 0; i < 7; i++)
            sum += (out[i] - '0') * WEIGHTS[i];
        if (sum % 11 == 1)
            continue;
        out[8] = (char)('0' + (sum % 11 == 0 ? 0 : 11 - sum % 11));
        out[9] = '\0';
        return;
    }
}

/* A Finnish account number: fourteen digits, and two that make the whole 1 modulo 97 with "FI00" behind it ("F" is 15, "I" is 18). */
static void iban(size_t provider, char out[IBAN_TEXT])
{
    char digits[24];
    unsigned rest = 0;

    snprintf(digits, sizeof digits, "%014" PRIu64 "151800", (uint64_t)(99000000000000 + provider * 1237));
    for (const char *at = digits; *at != '\0'; at++)
        rest = (rest * 10 + (unsigned)(*at - '0')) % 97;
    snprintf(out, IBAN_TEXT, "FI%02u%.14s", 98 - rest, digits);
}

size_t grant_partners(size_t i)
{
    return i == 0 ? GRANT_LARGEST : 3 + i * 7 % 13;
}

const json_t *grant_theme(const json_t *call, size_t n)
{
    const json_t *group = NULL;
    size_t g = 0;

    json_array_foreach(json_object_get(json_object_get(call, "content"), "groups"), g, group)
    {
        const json_t *themes = json_object_get(group, "themes");
        if (n < json_array_size(themes))
            return json_array_get(themes, n);
        n -= json_array_size(themes);
    }
    return NULL;
}

/* 64-bit integers are text in JSON. */
static json_t *cents_json(int64_t cents)
{
    return json_sprintf("%" PRId64, cents);
}

static json_t *partner(size_t provider, int64_t cents)
{
    char number[BUSINESS_TEXT], place[40];

    business_id(provider, number);
    snprintf(place, sizeof place, "%s%s", HEADS[provider % 8], TAILS[provider / 8]);
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o}", "businessId", number, "name", json_sprintf("%s ammattiopisto", place), "contactName",
                     json_sprintf("%s yhteyshenkilö", place), "contactEmail", json_sprintf("jarjestaja-%02zu@example.fi", provider + 1),
                     "language", LANGUAGES[provider % 10], "cents", cents_json(cents));
}

/* The lead has what is left over when the others have got an equal share. */
static json_t *partners(size_t i, int64_t applied)
{
    const size_t count = grant_partners(i);
    const int64_t share = applied / (int64_t)(count + 1);
    json_t *list = json_array();

    for (size_t k = 0; k < count; k++)
        json_array_append_new(list, partner((i + k) % PROVIDERS, k == 0 ? applied - share * (int64_t)(count - 1) : share));
    return list;
}

static json_t *lines(int64_t total)
{
    static const struct {
        const char *category, *title;
        int percent;
    } ROWS[] = {{"COST_TRAVEL", "Verkoston tapaamiset", 9},
                {"COST_SERVICES", "Koulutukset ja asiantuntijat", 22},
                {"COST_OVERHEAD", "Tilat, laitteet ja hallinto", 14},
                {"COST_STAFF", "Palkat sivukuluineen", 0}}; /* the rest */
    int64_t left = total;
    json_t *list = json_array();

    for (size_t k = 0; k < sizeof ROWS / sizeof ROWS[0]; k++) {
        const int64_t cents = ROWS[k].percent > 0 ? total * ROWS[k].percent / 100 : left;
        left -= cents;
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o}", "category", ROWS[k].category, "title", ROWS[k].title, "cents", cents_json(cents)));
    }
    return list;
}

static json_t *packages(const json_t *content, int64_t total)
{
    static const char *const TITLES[] = {"Nykytila ja suunnitelma", "Kokeilut järjestäjien arjessa", "Levittäminen ja juurruttaminen"};
    const char *from = api_text(content, "useFrom"), *until = api_text(content, "useUntil");
    json_t *list = json_array();

    for (size_t k = 0; k < 3; k++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:o}", "title", TITLES[k], "description",
                                              "Työ tehdään yhdessä, ja tulokset ovat kaikkien käytettävissä.", "startsOn", from, "endsOn",
                                              until, "cents", cents_json(k < 2 ? total / 3 : total - total / 3 * 2)));
    return list;
}

static json_t *answers(const json_t *content)
{
    const json_t *question = NULL;
    json_t *list = json_array();
    size_t i = 0;

    json_array_foreach(json_object_get(content, "questions"), i, question)
    {
        json_array_append_new(list,
                              json_pack("{s:s, s:s}", "questionId", api_text(question, "id"), "text",
                                        "Työ jatkaa verkoston aiempia kokeiluja, ja jokainen järjestäjä ottaa mallin omaan arkeensa."));
    }
    return list;
}

static int64_t applied_cents(const json_t *theme, size_t i)
{
    return api_number(theme, "allocationCents") / 1000 * PLAN[i].permille - ((int64_t)i * 7919 + 1234) % 10000;
}

json_t *grant_write(const json_t *call, size_t i)
{
    const json_t *content = json_object_get(call, "content"), *theme = grant_theme(call, PLAN[i].theme);
    const int64_t applied = applied_cents(theme, i), own = applied * OWN_PERMILLE / 1000;
    const char *language = LANGUAGES[i % 10];
    char account[IBAN_TEXT];

    iban(i % PROVIDERS, account);
    json_t *shares = json_pack("[{s:s, s:s, s:o}, {s:s, s:s, s:o}]", "kind", "SHARE_GRANT", "funder", "", "cents", cents_json(applied),
                               "kind", "SHARE_OWN", "funder", "Verkoston järjestäjät", "cents", cents_json(own));
    json_t *parts = json_pack("[{s:s, s:i, s:b, s:i}]", "title", "Verkoston yhteinen koulutus", "scopeTenths", 50, "credits", 1,
                              "participants", PARTICIPANTS + (int)grant_partners(i) * 10);
    json_t *application = json_pack(
        "{s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "themeId", api_text(theme, "id"), "title",
        json_sprintf("%s, hanke %zu", strcmp(language, "sv") == 0 ? TOPICS_SV[PLAN[i].theme] : TOPICS[PLAN[i].theme], i + 1), "summary",
        "Koulutuksen järjestäjät kehittävät yhdessä mallin, kokeilevat sitä arjessaan ja antavat sen kaikkien käyttöön.", "language",
        language, "startsOn", api_text(content, "useFrom"), "endsOn", api_text(content, "useUntil"), "partners", partners(i, applied),
        "lines", lines(applied + own), "shares", shares, "packages", packages(content, applied + own), "answers", answers(content), "parts",
        parts, "iban", account);
    return application;
}
