/* The register's columns and cells. See register.h. */
#include "services/enrolment/document/register.h"

#include <string.h>

#include "services/enrolment/document/words.h"

/* The columns that every programme has, in order; then one a question, one a unit, and the credits. */
#define COLUMN_MAP(X)                                                                                                                      \
    X(ORDER, 10, "Järjestysnumero", "Ordningsnummer", "Order number")                                                                      \
    X(PROGRAMME_ORDER, 10, "Järjestys koulutuksessa", "Ordning i utbildningen", "Order in the programme")                                  \
    X(IMPLEMENTATION, 14, "Toteutus", "Genomförande", "Implementation")                                                                    \
    X(STATE, 16, "Tila", "Status", "State")                                                                                                \
    X(POSITION, 10, "Varasija", "Köplats", "Waiting-list place")                                                                           \
    X(NAME, 26, "Nimi", "Namn", "Name")                                                                                                    \
    X(EMAIL, 30, "Sähköposti", "E-post", "E-mail")                                                                                         \
    X(ORGANISATION, 26, "Organisaatio", "Organisation", "Organisation")                                                                    \
    X(ROLE, 20, "Rooli", "Roll", "Role")                                                                                                   \
    X(LEVEL, 20, "Koulutusaste", "Utbildningsnivå", "Level of education")                                                                  \
    X(REGION, 16, "Maakunta", "Landskap", "Region")                                                                                        \
    X(REVIEW, 20, "Käsittely", "Behandling", "Review")                                                                                     \
    X(ARRIVED, 20, "Saapunut", "Ankom", "Arrived")                                                                                         \
    X(RECORDED, 20, "Kirjattu", "Registrerad", "Recorded")                                                                                 \
    X(TEAM, 20, "Ryhmä", "Grupp", "Team")

enum column {
#define COLUMN_ENUM(name, width, fi, sv, en) COLUMN_##name,
    COLUMN_MAP(COLUMN_ENUM)
#undef COLUMN_ENUM
        COLUMN_COUNT
};
static const struct {
    double width;
    struct text title;
} COLUMNS[] = {
#define COLUMN_ROW(name, width, fi, sv, en) {width, {fi, sv, en}},
    COLUMN_MAP(COLUMN_ROW)
#undef COLUMN_ROW
};

static const struct text SHEET_NAME = {"Ilmoittautumiset", "Anmälningar", "Registrations"};
static const struct text PRESENCE = {"läsnäolo", "närvaro", "attendance"}; /* what a unit's column tells, behind its title */
static const struct text CREDITS = {"Opintopisteet", "Studiepoäng", "Credits"};

static const struct text NAMELESS = {"(nimi poistettu)", "(namnet raderat)", "(name removed)"}; /* they were forgotten */

static const struct text STATES[] = {
    [REGISTRATION_NEW] = {"", "", ""},
    [REGISTRATION_SEATED] = {"Paikka", "Plats", "Seated"},
    [REGISTRATION_QUEUED] = {"Varasijalla", "I kö", "Waiting"},
    [REGISTRATION_CANCELLED] = {"Peruttu", "Avbokad", "Cancelled"},
    [REGISTRATION_HELD] = {"Paikka varattuna", "Plats reserverad", "Held"},
    [REGISTRATION_OFFERED] = {"Paikka tarjottu", "Plats erbjuden", "Offered"},
    [REGISTRATION_TRANSFERRED] = {"Siirretty", "Överflyttad", "Transferred"},
};
static const struct text REVIEWS[] = {
    [REVIEW_NOT_NEEDED] = {"", "", ""},
    [REVIEW_UNREVIEWED] = {"Käsittelemättä", "Obehandlad", "Not reviewed"},
    [REVIEW_CONDITIONAL] = {"Hyväksytty ehdolla", "Godkänd med villkor", "Accepted on a condition"},
    [REVIEW_ACCEPTED] = {"Hyväksytty", "Godkänd", "Accepted"},
};
static const struct text PRESENCES[] = {
    [PRESENCE_UNKNOWN] = {"", "", ""},
    [PRESENCE_PRESENT] = {"Läsnä", "Närvarande", "Present"},
    [PRESENCE_PARTLY] = {"Osittain läsnä", "Delvis närvarande", "Partly present"},
    [PRESENCE_ABSENT] = {"Poissa", "Frånvarande", "Absent"},
};

/* The words of the vocabularies (person.h), of yes-or-no answers and of Finland's regions. */
static const struct {
    const char *code;
    struct text text;
} VOCABULARY[] = {
    {"teacher", {"Opettaja", "Lärare", "Teacher"}},
    {"principal", {"Rehtori", "Rektor", "Principal"}},
    {"daycare_director", {"Päiväkodin johtaja", "Daghemsföreståndare", "Day-care centre director"}},
    {"leadership_team", {"Johtoryhmän jäsen", "Medlem av ledningsgrupp", "Leadership team member"}},
    {"education_director", {"Sivistysjohtaja", "Bildningsdirektör", "Director of education"}},
    {"early_childhood", {"Varhaiskasvatus", "Småbarnspedagogik", "Early childhood education"}},
    {"pre_primary", {"Esiopetus", "Förskoleundervisning", "Pre-primary education"}},
    {"basic", {"Perusopetus", "Grundläggande utbildning", "Basic education"}},
    {"upper_secondary", {"Lukiokoulutus", "Gymnasieutbildning", "General upper secondary education"}},
    {"vocational", {"Ammatillinen koulutus", "Yrkesutbildning", "Vocational education"}},
    {"other", {"Muu", "Annan", "Other"}},
    {"yes", {"Kyllä", "Ja", "Yes"}},
    {"no", {"Ei", "Nej", "No"}},
    /* The regions (maakunta). Any code may be a region; one that is none of these stands as it is. */
    {"uusimaa", {"Uusimaa", "Nyland", "Uusimaa"}},
    {"varsinais-suomi", {"Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"}},
    {"satakunta", {"Satakunta", "Satakunta", "Satakunta"}},
    {"kanta-hame", {"Kanta-Häme", "Egentliga Tavastland", "Kanta-Häme"}},
    {"pirkanmaa", {"Pirkanmaa", "Birkaland", "Pirkanmaa"}},
    {"paijat-hame", {"Päijät-Häme", "Päijänne-Tavastland", "Päijät-Häme"}},
    {"kymenlaakso", {"Kymenlaakso", "Kymmenedalen", "Kymenlaakso"}},
    {"etela-karjala", {"Etelä-Karjala", "Södra Karelen", "South Karelia"}},
    {"etela-savo", {"Etelä-Savo", "Södra Savolax", "South Savo"}},
    {"pohjois-savo", {"Pohjois-Savo", "Norra Savolax", "North Savo"}},
    {"pohjois-karjala", {"Pohjois-Karjala", "Norra Karelen", "North Karelia"}},
    {"keski-suomi", {"Keski-Suomi", "Mellersta Finland", "Central Finland"}},
    {"etela-pohjanmaa", {"Etelä-Pohjanmaa", "Södra Österbotten", "South Ostrobothnia"}},
    {"pohjanmaa", {"Pohjanmaa", "Österbotten", "Ostrobothnia"}},
    {"keski-pohjanmaa", {"Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"}},
    {"pohjois-pohjanmaa", {"Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"}},
    {"kainuu", {"Kainuu", "Kajanaland", "Kainuu"}},
    {"lappi", {"Lappi", "Lappland", "Lapland"}},
    {"ahvenanmaa", {"Ahvenanmaa", "Åland", "Åland"}},
};

static const char *vocabulary(const char *code, const char *language)
{
    for (size_t i = 0; i < sizeof VOCABULARY / sizeof *VOCABULARY; i++)
        if (strcmp(VOCABULARY[i].code, code) == 0)
            return words_in(VOCABULARY[i].text, language);
    return code;
}

/* One answered value in words: an option by its text. */
static const char *value_words(struct arena *arena, const struct question *q, struct span value, const char *language)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (span_equal(span_text(q->options[i].value), value))
            return words_in(q->options[i].text, language);
    return arena_text(arena, value);
}

static const char *answer_words(struct arena *arena, const struct question *q, const char *answer, const char *language)
{
    const char *out = "";

    if (q->kind == QUESTION_YES_NO)
        return vocabulary(answer, language);
    if (q->kind != QUESTION_CHOICE && q->kind != QUESTION_CHOICES)
        return answer;
    while (*answer != '\0') { /* a line a value */
        const size_t len = strcspn(answer, "\n");
        const char *words = value_words(arena, q, span_of(answer, len), language);
        out = *out == '\0' ? words : arena_printf(arena, "%s; %s", out, words);
        answer += len + (answer[len] == '\n');
    }
    return out;
}

static struct sheet *open_sheet(struct arena *arena, const struct programme *p, const char *language)
{
    struct sheet_column *columns = arena_array(arena, COLUMN_COUNT + p->question_count + p->unit_count + 1, sizeof *columns);
    size_t n = 0;

    for (; n < COLUMN_COUNT; n++)
        columns[n] = (struct sheet_column){words_in(COLUMNS[n].title, language), COLUMNS[n].width};
    for (size_t i = 0; i < p->question_count; i++)
        if (!p->questions[i].sensitive)
            columns[n++] = (struct sheet_column){words_in(p->questions[i].title, language), 24};
    for (size_t i = 0; i < p->unit_count; i++)
        columns[n++] =
            (struct sheet_column){arena_printf(arena, "%s (%s)", words_in(p->units[i].title, language), words_in(PRESENCE, language)), 24};
    columns[n++] = (struct sheet_column){words_in(CREDITS, language), 12};
    return sheet_new(arena, words_in(SHEET_NAME, language), columns, n);
}

static void person_cells(struct sheet *sheet, const struct person *person, const char *language)
{
    const struct person NOBODY = {
        .name = words_in(NAMELESS, language), .email = "", .organisation = "", .role = "", .level = "", .region = ""};
    const struct person *p = person != NULL ? person : &NOBODY;

    sheet_text(sheet, p->name);
    sheet_text(sheet, p->email);
    sheet_text(sheet, p->organisation);
    sheet_text(sheet, vocabulary(p->role, language));
    sheet_text(sheet, vocabulary(p->level, language));
    sheet_text(sheet, vocabulary(p->region, language));
}

static void learning_cells(struct sheet *sheet, const struct programme *p, const struct learning *learning, const char *language)
{
    for (size_t i = 0; i < p->unit_count; i++) {
        const struct unit_mark *mark = learning != NULL ? learning_mark(learning, p->units[i].id) : NULL;
        if (mark == NULL || mark->presence == PRESENCE_UNKNOWN)
            sheet_empty(sheet);
        else
            sheet_text(sheet, words_in(PRESENCES[mark->presence], language));
    }
    sheet_tenths(sheet, learning != NULL ? learning_credits(learning) : 0);
}

static void line_cells(struct sheet *sheet, struct arena *arena, const struct programme *p, const struct register_line *line,
                       const char *language)
{
    const struct registration *r = line->registration;

    sheet_row(sheet);
    sheet_number(sheet, r->order_no);
    sheet_number(sheet, r->programme_order);
    sheet_text(sheet, line->implementation);
    sheet_text(sheet, words_in(STATES[r->state], language));
    if (r->position > 0)
        sheet_number(sheet, r->position);
    else
        sheet_empty(sheet);
    person_cells(sheet, line->person, language);
    sheet_text(sheet, words_in(REVIEWS[r->review], language));
    sheet_time(sheet, r->received_us);
    sheet_time(sheet, r->created_us);
    sheet_text(sheet, line->team);
    for (size_t i = 0; i < p->question_count; i++) {
        if (p->questions[i].sensitive)
            continue;
        if (line->answers[i] != NULL)
            sheet_text(sheet, answer_words(arena, &p->questions[i], line->answers[i], language));
        else
            sheet_empty(sheet);
    }
    learning_cells(sheet, p, line->learning, language);
}

struct sheet *register_sheet(struct arena *arena, const struct programme *programme, const struct register_line *lines, size_t count,
                             const char *language)
{
    struct sheet *sheet = open_sheet(arena, programme, language);

    for (size_t i = 0; i < count; i++)
        line_cells(sheet, arena, programme, &lines[i], language);
    return sheet;
}
