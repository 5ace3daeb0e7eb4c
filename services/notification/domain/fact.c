/* The table of facts: name, type, and what a preview shows. Whoever adds one adds it to the enum, here, and to the kinds that have it. */
#include "services/notification/domain/fact.h"

#include <assert.h>

#include "common/base/time.h"
#include "common/base/utf8.h"

#define DIGITS_MAX 15 /* of a number in the API */
#define PART_KEYS  "accepted changed rejected"

struct fact_row {
    const char *name;
    enum fact_type type;
    bool told; /* comes with the message */
    bool tenths;
    bool zero;        /* 0 is a value of it */
    bool hour;        /* its time alone is shown */
    bool deadline;    /* until when one has time */
    const char *keys; /* of a text that is one of few */
    const char *sample;
};

static const struct fact_row ROWS[FACT_COUNT_OF] = {
    [FACT_NAME] = {.name = "name", .type = FACT_TEXT, .sample = "Tuuli Esimerkki"},
    [FACT_TRAINING] = {.name = "training", .type = FACT_TEXT, .sample = "Voimaa johtajuuteen"},
    [FACT_IMPLEMENTATION] = {.name = "implementation", .type = FACT_TEXT, .sample = "Itä 1"},
    [FACT_ORGANISER] = {.name = "organiser", .type = FACT_TEXT, .sample = "Esimerkkiyliopisto"},
    [FACT_PLACES] = {.name = "places", .type = FACT_TEXT, .sample = "Kuopio, Joensuu"},
    [FACT_PLACE_COUNT] = {.name = "place_count", .type = FACT_NUMBER, .sample = "2"},
    [FACT_WEBINARS] = {.name = "webinars",
                       .type = FACT_LIST,
                       .sample = "- Yhdessä johtaminen: torstai 17.9.2026 klo 9.00–11.30\n- Moninaisuus: torstai 28.1.2027 klo 9.00–11.30"},
    [FACT_UNIT] = {.name = "unit", .type = FACT_TEXT, .sample = "Yhdessä johtaminen"},
    [FACT_REGISTRATION] = {.name = "registration", .type = FACT_TEXT, .sample = "0197a3c2-5b1e-7c40-9d2f-6e8a4b0c1d35"},
    [FACT_LINK] = {.name = "link", .type = FACT_TEXT, .sample = "https://hakuvayla.example.fi/"},
    [FACT_ENTRIES_ADDED] = {.name = "entries_added", .type = FACT_NUMBER, .sample = "2"},
    [FACT_ENTRIES_REMOVED] = {.name = "entries_removed", .type = FACT_NUMBER, .sample = "2"},
    [FACT_ORDER] = {.name = "order", .type = FACT_NUMBER, .told = true, .sample = "7"},
    [FACT_POSITION] = {.name = "position", .type = FACT_NUMBER, .told = true, .sample = "3"},
    [FACT_AHEAD] = {.name = "ahead", .type = FACT_NUMBER, .zero = true, .sample = "2"},
    [FACT_SEATED] = {.name = "seated", .type = FACT_FLAG, .told = true, .sample = "true"},
    [FACT_WAITING] = {.name = "waiting", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_REPLY_DUE] = {.name = "reply_due", .type = FACT_MOMENT, .told = true, .deadline = true, .sample = "2026-09-10T12:00:00+03:00"},
    [FACT_OPENS] = {.name = "opens", .type = FACT_MOMENT, .told = true, .sample = "2026-08-17T09:00:00+03:00"},
    [FACT_CLOSES] = {.name = "closes", .type = FACT_MOMENT, .told = true, .deadline = true, .sample = "2026-08-30T23:59:00+03:00"},
    [FACT_WAS] = {.name = "was", .type = FACT_MOMENT, .told = true, .sample = "2026-09-17T09:00:00+03:00"},
    [FACT_BECOMES] = {.name = "becomes", .type = FACT_MOMENT, .told = true, .sample = "2026-09-18T09:00:00+03:00"},
    [FACT_WAS_ENDS] = {.name = "was_ends", .type = FACT_MOMENT, .told = true, .hour = true, .sample = "2026-09-17T11:30:00+03:00"},
    [FACT_ENDS] = {.name = "ends", .type = FACT_MOMENT, .told = true, .hour = true, .sample = "2026-09-18T11:30:00+03:00"},
    [FACT_SAME] = {.name = "same", .type = FACT_MOMENT, .told = true, .sample = "2026-09-18T09:00:00+03:00"},
    [FACT_CALLED_OFF] = {.name = "called_off", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_CAUSE] =
        {.name = "cause", .type = FACT_TEXT, .told = true, .keys = "given_up removed rejected declined expired", .sample = "removed"},
    [FACT_UNREVIEWED] = {.name = "unreviewed", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_CONDITIONAL] = {.name = "conditional", .type = FACT_FLAG, .told = true, .sample = "true"},
    [FACT_REASON] = {.name = "reason", .type = FACT_TEXT, .told = true, .sample = "Työvuoro"},
    [FACT_SUBJECT] = {.name = "subject", .type = FACT_TEXT, .told = true, .sample = "Materiaalit"},
    [FACT_BODY] = {.name = "body", .type = FACT_TEXT, .told = true, .sample = "Aineisto on julkaistu.\nTervetuloa!"},
    [FACT_CREDITS] = {.name = "credits", .type = FACT_NUMBER, .told = true, .tenths = true, .sample = "2.5"},
    [FACT_CODE] = {.name = "code", .type = FACT_TEXT, .told = true, .sample = "K7P3-9XQM-4TZR-WB8N"},
    [FACT_STARTS] = {.name = "starts", .type = FACT_MOMENT, .told = true, .sample = "2026-09-17T09:00:00+03:00"},
    [FACT_TEAM] = {.name = "team", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_TOPIC] = {.name = "topic",
                    .type = FACT_TEXT,
                    .told = true,
                    .keys = "places decisions changes reminders windows announcements",
                    .sample = "windows"},
    [FACT_COUNT] = {.name = "count", .type = FACT_NUMBER, .told = true, .sample = "2"},
    [FACT_ENTRIES] = {.name = "entries",
                      .type = FACT_LIST,
                      .told = true,
                      .sample =
                          "- Ilmoittautuminen on alkanut: Voimaa johtajuuteen\n- Ilmoittautuminen on alkanut: Moninaisuus työyhteisössä"},
    [FACT_PROJECT] = {.name = "project", .type = FACT_TEXT, .told = true, .sample = "Osaamisen silta"},
    [FACT_REGISTER] = {.name = "register", .type = FACT_TEXT, .told = true, .sample = "12/20.01/2026"},
    [FACT_CALL] = {.name = "call", .type = FACT_TEXT, .sample = "Johtamisen kehittäminen 2026"},
    [FACT_CALL_FI] = {.name = "call_fi", .type = FACT_TEXT, .told = true, .sample = "Johtamisen kehittäminen 2026"},
    [FACT_CALL_SV] = {.name = "call_sv", .type = FACT_TEXT, .told = true, .sample = "Utveckling av ledarskapet 2026"},
    [FACT_CALL_EN] = {.name = "call_en", .type = FACT_TEXT, .told = true, .sample = "Developing leadership 2026"},
    [FACT_AUTHORITY] = {.name = "authority", .type = FACT_TEXT, .sample = "Esimerkkivirasto"},
    [FACT_AUTHORITY_FI] = {.name = "authority_fi", .type = FACT_TEXT, .told = true, .sample = "Esimerkkivirasto"},
    [FACT_AUTHORITY_SV] = {.name = "authority_sv", .type = FACT_TEXT, .told = true, .sample = "Exempelverket"},
    [FACT_AUTHORITY_EN] = {.name = "authority_en", .type = FACT_TEXT, .told = true, .sample = "The Example Agency"},
    [FACT_APPLIED] = {.name = "applied", .type = FACT_MONEY, .told = true, .sample = "12500000"},
    [FACT_RECEIVED] = {.name = "received", .type = FACT_MOMENT, .told = true, .sample = "2026-03-27T15:42:00+02:00"},
    [FACT_RECEIPT] = {.name = "receipt", .type = FACT_TEXT, .told = true, .sample = "9F2C-41D7-E8B0"},
    [FACT_AGAIN] = {.name = "again", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_WORDS] = {.name = "words", .type = FACT_TEXT, .told = true, .sample = "Liitä kustannusarvion erittely."},
    [FACT_DUE] = {.name = "due", .type = FACT_MOMENT, .told = true, .deadline = true, .sample = "2026-10-01T00:00:00+03:00"},
    [FACT_USE_UNTIL] = {.name = "use_until", .type = FACT_MOMENT, .told = true, .deadline = true, .sample = "2028-01-01T00:00:00+02:00"},
    [FACT_GRANTED] = {.name = "granted", .type = FACT_FLAG, .told = true, .sample = "true"},
    [FACT_CORRECTED] = {.name = "corrected", .type = FACT_FLAG, .told = true, .sample = "false"},
    [FACT_LEAD] = {.name = "lead", .type = FACT_FLAG, .told = true, .sample = "true"},
    [FACT_AMOUNT] = {.name = "amount", .type = FACT_MONEY, .told = true, .sample = "9800000"},
    [FACT_SHARE] = {.name = "share", .type = FACT_MONEY, .told = true, .sample = "2450050"},
    [FACT_USED] = {.name = "used", .type = FACT_MONEY, .told = true, .sample = "9612345"},
    [FACT_OUTCOME] = {.name = "outcome",
                      .type = FACT_TEXT,
                      .told = true,
                      .keys =
                          "withdrawn lapsed called_off accepted refused silence paid returned received supplement ordered waived approved "
                          "changed rejected tabled",
                      .sample = "accepted"},
    [FACT_REPORT] = {.name = "report", .type = FACT_TEXT, .told = true, .keys = "interim final", .sample = "final"},
    [FACT_RECOVERY] = {.name = "recovery", .type = FACT_TEXT, .told = true, .keys = "return mandatory discretionary", .sample = "return"},
    [FACT_PERIOD] = {.name = "period", .type = FACT_TEXT, .told = true, .keys = PART_KEYS, .sample = "changed"},
    [FACT_PERIOD_REASON] = {.name = "period_reason", .type = FACT_TEXT, .told = true, .sample = "Haun käyttöaika päättyy."},
    [FACT_CONTENT] = {.name = "content", .type = FACT_TEXT, .told = true, .keys = PART_KEYS, .sample = "accepted"},
    [FACT_CONTENT_REASON] = {.name = "content_reason", .type = FACT_TEXT, .told = true, .sample = "Muutos tukee tavoitetta."},
    [FACT_BUDGET] = {.name = "budget", .type = FACT_TEXT, .told = true, .keys = PART_KEYS, .sample = "rejected"},
    [FACT_BUDGET_REASON] = {.name = "budget_reason", .type = FACT_TEXT, .told = true, .sample = "Kulu ei ole hyväksyttävä."},
    [FACT_CONSORTIUM] = {.name = "consortium", .type = FACT_TEXT, .told = true, .keys = PART_KEYS, .sample = "accepted"},
    [FACT_CONSORTIUM_REASON] = {.name = "consortium_reason", .type = FACT_TEXT, .told = true, .sample = "Osuudet säilyvät."},
    [FACT_CONTACT] = {.name = "contact", .type = FACT_TEXT, .told = true, .sample = "Esimerkkivirasto, avustukset@example.fi"},
    [FACT_REVIEW] = {.name = "review", .type = FACT_TEXT, .sample = "Oikaisuvaatimusohje"},
    [FACT_REVIEW_FI] = {.name = "review_fi", .type = FACT_TEXT, .told = true, .sample = "Oikaisuvaatimusohje"},
    [FACT_REVIEW_SV] = {.name = "review_sv", .type = FACT_TEXT, .told = true, .sample = "Anvisning om begäran om omprövning"},
    [FACT_REVIEW_EN] = {.name = "review_en", .type = FACT_TEXT, .told = true, .sample = "How to request a review"},
    [FACT_DOCUMENT] = {.name = "document", .type = FACT_TEXT, .told = true, .keys = "fi sv en", .sample = "fi"},
    [FACT_PAID_ON] = {.name = "paid_on", .type = FACT_MOMENT, .told = true, .sample = "2026-10-15T00:00:00+03:00"},
    [FACT_ACCOUNT] = {.name = "account", .type = FACT_TEXT, .told = true, .sample = "0785"},
    [FACT_REFERENCE] = {.name = "reference", .type = FACT_TEXT, .told = true, .sample = "RF18 5390 0754 7034"},
    [FACT_CASE] = {.name = "case", .type = FACT_TEXT, .told = true, .sample = "Rahoitusosuus Osaamisen silta -hankkeeseen"},
    [FACT_MUNICIPALITY] = {.name = "municipality", .type = FACT_TEXT, .sample = "Esimerkkilän kaupunki"},
    [FACT_MUNICIPALITY_FI] = {.name = "municipality_fi", .type = FACT_TEXT, .told = true, .sample = "Esimerkkilän kaupunki"},
    [FACT_MUNICIPALITY_SV] = {.name = "municipality_sv", .type = FACT_TEXT, .told = true, .sample = "Exempelby stad"},
    [FACT_MUNICIPALITY_EN] = {.name = "municipality_en", .type = FACT_TEXT, .told = true, .sample = "The Town of Example"},
    [FACT_BOARD] = {.name = "board", .type = FACT_TEXT, .sample = "Kaupunginhallitus"},
    [FACT_BOARD_FI] = {.name = "board_fi", .type = FACT_TEXT, .told = true, .sample = "Kaupunginhallitus"},
    [FACT_BOARD_SV] = {.name = "board_sv", .type = FACT_TEXT, .told = true, .sample = "Stadsstyrelsen"},
    [FACT_BOARD_EN] = {.name = "board_en", .type = FACT_TEXT, .told = true, .sample = "City board"},
    [FACT_SECTION] = {.name = "section", .type = FACT_NUMBER, .told = true, .sample = "29"},
    [FACT_MEETING] = {.name = "meeting", .type = FACT_MOMENT, .told = true, .sample = "2026-03-10T16:00:00+02:00"},
    [FACT_PLACE] = {.name = "place", .type = FACT_TEXT, .told = true, .sample = "Kaupungintalo, Keskuskatu 1"},
    [FACT_ITEMS] = {.name = "items", .type = FACT_NUMBER, .told = true, .sample = "12"},
    [FACT_GROUP] = {.name = "group", .type = FACT_TEXT, .told = true, .sample = "Hankkeen ohjausryhmä"},
    [FACT_ROLE] = {.name = "role", .type = FACT_TEXT, .told = true, .keys = "member deputy chair", .sample = "deputy"},
    [FACT_FUNDER] = {.name = "funder", .type = FACT_TEXT, .told = true, .sample = "Esimerkkilän kaupunki"},
    [FACT_TOTAL] = {.name = "total", .type = FACT_MONEY, .told = true, .sample = "40105200"},
    [FACT_PLAN_GRANTED] = {.name = "plan_granted", .type = FACT_MONEY, .told = true, .sample = "38000000"},
    [FACT_PLAN_REFUSED] = {.name = "plan_refused", .type = FACT_MONEY, .told = true, .sample = "500000"},
    [FACT_PLAN_OPEN] = {.name = "plan_open", .type = FACT_MONEY, .told = true, .sample = "1605200"},
    [FACT_COVERED] = {.name = "covered", .type = FACT_FLAG, .told = true, .sample = "false"},
};

static const struct fact_row *row(enum fact_name name)
{
    assert((unsigned)name < FACT_COUNT_OF);
    return &ROWS[name];
}

const char *fact_text_name(enum fact_name name)
{
    return row(name)->name;
}

enum fact_type fact_type_of(enum fact_name name)
{
    return row(name)->type;
}

bool fact_tenths(enum fact_name name)
{
    return row(name)->tenths;
}

bool fact_deadline(enum fact_name name)
{
    return row(name)->deadline;
}

bool fact_hour(enum fact_name name)
{
    return row(name)->hour;
}

bool fact_told(enum fact_name name)
{
    return row(name)->told;
}

const char *fact_keys(enum fact_name name)
{
    return row(name)->keys;
}

const char *fact_sample(enum fact_name name)
{
    return row(name)->sample;
}

bool fact_find(struct span text, enum fact_name *out)
{
    for (int name = 0; name < FACT_COUNT_OF; name++) {
        if (span_equal(text, span_text(ROWS[name].name))) {
            *out = (enum fact_name)name;
            return true;
        }
    }
    return false;
}

void facts_text(struct facts *facts, enum fact_name name, struct span text)
{
    assert(row(name)->type == FACT_TEXT || row(name)->type == FACT_LIST);
    facts->of[name] = (struct fact){.known = text.len > 0, .text = text};
}

void facts_number(struct facts *facts, enum fact_name name, int64_t number)
{
    assert(row(name)->type != FACT_TEXT && row(name)->type != FACT_LIST);
    facts->of[name] = (struct fact){.known = number != 0 || row(name)->zero || row(name)->type == FACT_FLAG, .number = number};
}

/* Whether the text is one of the keys, which have a space between two. */
static bool key_is(const char *keys, struct span text)
{
    while (*keys) {
        size_t len = strcspn(keys, " ");
        if (span_equal(text, span_of(keys, len)))
            return true;
        keys += len + (keys[len] == ' ');
    }
    return false;
}

static bool list_is(struct span text)
{
    for (size_t at = 0; at < text.len;) {
        if (text.len - at < 3 || memcmp(text.data + at, "- ", 2) != 0)
            return false;
        const uint8_t *end = memchr(text.data + at, '\n', text.len - at);
        at = end ? (size_t)(end - text.data) + 1 : text.len;
    }
    return true;
}

static bool read_text(const struct fact_row *fact, struct span text, struct fact *out)
{
    if (text.len == 0 || !utf8_valid(text) || memchr(text.data, '\0', text.len) != NULL)
        return false;
    if ((fact->keys != NULL && !key_is(fact->keys, text)) || (fact->type == FACT_LIST && !list_is(text)))
        return false;
    *out = (struct fact){.known = true, .text = text};
    return true;
}

static bool read_digits(struct span text, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *out = *out * 10 + (text.data[i] - '0');
    }
    return text.len > 0;
}

/* "5" is 50 tenths, "2.5" is 25. */
static bool read_number(const struct fact_row *fact, struct span text, struct fact *out)
{
    bool part = fact->tenths && text.len > 2 && text.data[text.len - 2] == '.';
    int64_t number, tenths = 0;

    if (text.len > DIGITS_MAX || !read_digits(span_of(text.data, text.len - (part ? 2 : 0)), &number))
        return false;
    if (part && !read_digits(span_of(text.data + text.len - 1, 1), &tenths))
        return false;
    if (fact->tenths)
        number = number * 10 + tenths;
    *out = (struct fact){.known = true, .number = number};
    return number != 0 || fact->zero || fact->type == FACT_MONEY;
}

static bool read_flag(struct span text, struct fact *out)
{
    bool yes = span_equal(text, span_text("true"));

    *out = (struct fact){.known = true, .number = yes};
    return yes || span_equal(text, span_text("false"));
}

static bool read_moment(struct span text, struct fact *out)
{
    *out = (struct fact){.known = true};
    return text.len > 0 && time_parse(&out->number, text) && out->number != 0;
}

bool fact_read(enum fact_name name, struct span text, struct fact *out)
{
    switch (row(name)->type) {
    case FACT_TEXT:
    case FACT_LIST:
        return read_text(row(name), text, out);
    case FACT_NUMBER:
    case FACT_MONEY:
        return read_number(row(name), text, out);
    case FACT_MOMENT:
        return read_moment(text, out);
    case FACT_FLAG:
        return read_flag(text, out);
    }
    return false;
}
