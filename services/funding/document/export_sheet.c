/* The columns, cells and words of the lists. See export_sheet.h. */
#include "services/funding/document/export_sheet.h"

#include <string.h>

#include "common/base/workday.h"

enum cell {
    CELL_REGISTER,
    CELL_THEME,
    CELL_NAME,
    CELL_BUSINESS_ID,
    CELL_LEAD,
    CELL_TITLE,
    CELL_STATE,
    CELL_ORDINAL,
    CELL_APPLIED,
    CELL_TOTAL,
    CELL_CENTS,
    CELL_IN_FORCE,
    CELL_CANCELLED,
    CELL_RECOVERED,
    CELL_AT,
    CELL_DAY, /* the day of the same moment, in Finland */
    CELL_FROM,
    CELL_UNTIL,
    CELL_WORDS,
    CELL_IBAN,
    CELL_CALL,
    CELL_CALL_REGISTER,
    CELL_AUTHORITY
};
struct column {
    enum cell cell;
    double width;
    struct text title;
};

#define REGISTER                                                                                                                           \
    {                                                                                                                                      \
        CELL_REGISTER, 16,                                                                                                                 \
        {                                                                                                                                  \
            "Diaarinumero", "Diarienummer", "Register number"                                                                              \
        }                                                                                                                                  \
    }
#define THEME                                                                                                                              \
    {                                                                                                                                      \
        CELL_THEME, 34,                                                                                                                    \
        {                                                                                                                                  \
            "Teema", "Tema", "Theme"                                                                                                       \
        }                                                                                                                                  \
    }
#define LEAD                                                                                                                               \
    {                                                                                                                                      \
        CELL_NAME, 34,                                                                                                                     \
        {                                                                                                                                  \
            "Hakija", "Sökande", "Applicant"                                                                                               \
        }                                                                                                                                  \
    }
#define LEAD_ID                                                                                                                            \
    {                                                                                                                                      \
        CELL_BUSINESS_ID, 12,                                                                                                              \
        {                                                                                                                                  \
            "Y-tunnus", "FO-nummer", "Business id"                                                                                         \
        }                                                                                                                                  \
    }
#define TITLE                                                                                                                              \
    {                                                                                                                                      \
        CELL_TITLE, 40,                                                                                                                    \
        {                                                                                                                                  \
            "Hanke", "Projekt", "Project"                                                                                                  \
        }                                                                                                                                  \
    }
#define STATE                                                                                                                              \
    {                                                                                                                                      \
        CELL_STATE, 18,                                                                                                                    \
        {                                                                                                                                  \
            "Tila", "Status", "State"                                                                                                      \
        }                                                                                                                                  \
    }
#define APPLIED                                                                                                                            \
    {                                                                                                                                      \
        CELL_APPLIED, 16,                                                                                                                  \
        {                                                                                                                                  \
            "Haettu, €", "Sökt, €", "Applied for, €"                                                                                     \
        }                                                                                                                                  \
    }

static const struct column DECISIONS[] = {REGISTER,
                                          THEME,
                                          LEAD,
                                          LEAD_ID,
                                          TITLE,
                                          STATE,
                                          APPLIED,
                                          {CELL_CENTS, 16, {"Päätetty, €", "Beslutat, €", "Decided, €"}},
                                          {CELL_IN_FORCE, 16, {"Voimassa, €", "I kraft, €", "In force, €"}},
                                          {CELL_DAY, 12, {"Päätöspäivä", "Beslutsdatum", "Decision date"}}};
static const struct column APPLICATIONS[] = {REGISTER,
                                             THEME,
                                             LEAD,
                                             LEAD_ID,
                                             TITLE,
                                             STATE,
                                             {CELL_ORDINAL, 12, {"Osapuolia", "Parter", "Partners"}},
                                             APPLIED,
                                             {CELL_TOTAL, 18, {"Kokonaiskustannus, €", "Totalkostnad, €", "Total cost, €"}},
                                             {CELL_AT, 20, {"Saapumisaika", "Ankomsttid", "Time of receipt"}}};
static const struct column PAYMENTS[] = {REGISTER,
                                         THEME,
                                         LEAD,
                                         LEAD_ID,
                                         {CELL_ORDINAL, 8, {"Erä", "Rat", "Instalment"}},
                                         STATE,
                                         {CELL_CENTS, 16, {"Summa, €", "Belopp, €", "Amount, €"}},
                                         {CELL_CANCELLED, 16, {"Peruttu, €", "Annullerat, €", "Cancelled, €"}},
                                         {CELL_RECOVERED, 16, {"Palautettava, €", "Att återbetala, €", "To be paid back, €"}},
                                         {CELL_FROM, 12, {"Eräpäivä", "Förfallodag", "Due date"}},
                                         {CELL_UNTIL, 12, {"Maksupäivä", "Betalningsdag", "Date of payment"}},
                                         {CELL_IBAN, 24, {"Tili", "Konto", "Account"}},
                                         {CELL_WORDS, 24, {"Viite", "Referens", "Reference"}}};
static const struct column GRANTS[] = {
    {CELL_AUTHORITY, 30, {"Valtionapuviranomainen", "Statsbidragsmyndighet", "Granting authority"}},
    {CELL_BUSINESS_ID, 12, {"Saajan Y-tunnus", "Mottagarens FO-nummer", "Recipient's business id"}},
    {CELL_NAME, 34, {"Saaja", "Mottagare", "Recipient"}},
    {CELL_LEAD, 12, {"Hallinnoijan Y-tunnus", "Koordinatorns FO-nummer", "Lead's business id"}},
    {CELL_CENTS, 16, {"Myönnetty, €", "Beviljat, €", "Granted, €"}},
    {CELL_WORDS, 50, {"Käyttötarkoitus", "Användningsändamål", "Purpose"}},
    {CELL_TITLE, 40, {"Hanke", "Projekt", "Project"}},
    {CELL_FROM, 12, {"Käyttöaika alkaa", "Användningstiden börjar", "Use from"}},
    {CELL_UNTIL, 12, {"Käyttöaika päättyy", "Användningstiden går ut", "Use until"}},
    {CELL_DAY, 12, {"Päätöspäivä", "Beslutsdatum", "Decision date"}},
    REGISTER,
    {CELL_CALL, 40, {"Haku", "Utlysning", "Call"}},
    {CELL_CALL_REGISTER, 16, {"Haun diaarinumero", "Utlysningens diarienummer", "Call's register number"}},
    THEME};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define STATES_MAX (EXPORT_RECOVERY + 5)
static const struct {
    const char *file;
    struct text name;
    const struct column *columns;
    size_t count;
    struct text states[STATES_MAX];
} LISTS[EXPORT_COUNT] = {
    [EXPORT_DECISIONS] = {"decisions",
                          {"Päätökset", "Beslut", "Decisions"},
                          DECISIONS,
                          COUNT(DECISIONS),
                          {{"Hylätty", "Avslag", "Rejected"},
                           {"Myönnetty", "Beviljat", "Granted"},
                           {"Vastaanotettu", "Mottaget", "Accepted"},
                           {"Kieltäydytty", "Avböjt", "Refused"},
                           {"Päättynyt", "Avslutat", "Closed"},
                           {"Kumottu", "Upphävt", "Annulled"}}},
    [EXPORT_APPLICATIONS] = {"applications",
                             {"Hakemukset", "Ansökningar", "Applications"},
                             APPLICATIONS,
                             COUNT(APPLICATIONS),
                             {[APPLICATION_SUBMITTED] = {"Saapunut", "Inkommen", "Submitted"},
                              [APPLICATION_TO_SUPPLEMENT] = {"Täydennettävänä", "Ska kompletteras", "To be supplemented"},
                              [APPLICATION_WITHDRAWN] = {"Peruttu", "Återtagen", "Withdrawn"},
                              [APPLICATION_DECIDED] = {"Päätetty", "Avgjord", "Decided"},
                              [APPLICATION_LAPSED] = {"Rauennut", "Förfallen", "Lapsed"}}},
    [EXPORT_PAYMENTS] = {"payments",
                         {"Maksut", "Betalningar", "Payments"},
                         PAYMENTS,
                         COUNT(PAYMENTS),
                         {[INSTALMENT_PLANNED] = {"Suunniteltu", "Planerad", "Planned"},
                          [INSTALMENT_ORDERED] = {"Määrätty maksuun", "Utanordnad", "Ordered"},
                          [INSTALMENT_SENT] = {"Lähetetty pankkiin", "Sänd till banken", "Sent to the bank"},
                          [INSTALMENT_PAID] = {"Maksettu", "Betald", "Paid"},
                          [INSTALMENT_CANCELLED] = {"Peruttu", "Annullerad", "Cancelled"},
                          [INSTALMENT_CAME_BACK] = {"Palautunut", "Returnerad", "Came back"},
                          [EXPORT_RECOVERY +
                              RECOVERY_PROPOSED] = {"Takaisinmaksua ehdotettu", "Återbetalning föreslagen", "Repayment proposed"},
                          [EXPORT_RECOVERY + RECOVERY_ORDERED] = {"Takaisinmaksu määrätty", "Återbetalning bestämd", "Repayment ordered"},
                          [EXPORT_RECOVERY + RECOVERY_PAID] = {"Maksettu takaisin", "Återbetald", "Paid back"},
                          [EXPORT_RECOVERY + RECOVERY_WAIVED] = {"Jätetty perimättä", "Har inte återkrävts", "Not recovered"}}},
    [EXPORT_GRANTS] = {"grants", {"Myönnetyt avustukset", "Beviljade understöd", "Granted aid"}, GRANTS, COUNT(GRANTS), {{0}}},
};
static const struct text TOGETHER = {"Yhteensä", "Sammanlagt", "Together"};
static const struct text TOGETHER_LIVE = {"Yhteensä ilman peruttuja ja rauenneita", "Sammanlagt utan återtagna och förfallna",
                                          "Together without withdrawn and lapsed ones"};

static const char *said(struct text text, const char *language)
{
    const char *own = strcmp(language, "sv") == 0 ? text.sv : strcmp(language, "en") == 0 ? text.en : text.fi;

    return own != NULL && *own != '\0' ? own : text.fi != NULL ? text.fi : "";
}

struct writer {
    struct arena *arena;
    struct sheet *sheet;
    enum export_list list;
    const struct call *call;
    const char *language;
};

static const char *theme_title(const struct writer *w, struct uuid id)
{
    const struct call_theme *theme = call_theme(w->call, id);

    return theme != NULL ? said(theme->title, w->language) : "";
}

static const char *state_word(const struct writer *w, int state)
{
    return state >= 0 && state < STATES_MAX ? said(LISTS[w->list].states[state], w->language) : "";
}

/* What a cell of words says; NULL: it is no such cell. */
static const char *words_of(const struct writer *w, enum cell cell, const struct export_row *row)
{
    switch (cell) {
    case CELL_REGISTER:
        return row->register_number;
    case CELL_THEME:
        return theme_title(w, row->theme_id);
    case CELL_NAME:
        return row->name;
    case CELL_BUSINESS_ID:
        return row->business_id;
    case CELL_LEAD:
        return row->lead_business_id;
    case CELL_TITLE:
        return row->title;
    case CELL_STATE:
        return state_word(w, row->state);
    case CELL_WORDS:
        return row->words;
    case CELL_IBAN:
        return row->iban;
    case CELL_CALL:
        return said(w->call->title, w->language);
    case CELL_CALL_REGISTER:
        return w->call->register_number;
    case CELL_AUTHORITY:
        return said(w->call->authority, w->language);
    case CELL_ORDINAL:
    case CELL_APPLIED:
    case CELL_TOTAL:
    case CELL_CENTS:
    case CELL_IN_FORCE:
    case CELL_CANCELLED:
    case CELL_RECOVERED:
    case CELL_AT:
    case CELL_DAY:
    case CELL_FROM:
    case CELL_UNTIL:
        break;
    }
    return NULL;
}

static void amount_cell(const struct writer *w, int64_t cents)
{
    if (cents == 0 && w->list == EXPORT_PAYMENTS) /* a row of payments has its amount in one column of three */
        sheet_empty(w->sheet);
    else
        sheet_cents(w->sheet, cents);
}

/* The amounts of a row, or of a sum: what a cell of money says. False: it is no such cell. */
static bool cents_of(enum cell cell, const struct export_sum *amounts, int64_t *cents)
{
    const struct {
        enum cell cell;
        int64_t cents;
    } all[] = {
        {CELL_APPLIED, amounts->applied_cents},   {CELL_TOTAL, amounts->total_cents},         {CELL_CENTS, amounts->cents},
        {CELL_IN_FORCE, amounts->in_force_cents}, {CELL_CANCELLED, amounts->cancelled_cents}, {CELL_RECOVERED, amounts->recovered_cents}};

    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].cell == cell) {
            *cents = all[i].cents;
            return true;
        }
    return false;
}

static void row_cell(const struct writer *w, enum cell cell, const struct export_row *row)
{
    const char *words = words_of(w, cell, row);
    const struct export_sum amounts = export_sum(row, 1, (struct uuid){{0}}, EXPORT_ANY);
    int64_t cents = 0;

    if (words != NULL)
        sheet_text(w->sheet, words);
    else if (cents_of(cell, &amounts, &cents))
        amount_cell(w, cents);
    else if (cell == CELL_ORDINAL && row->ordinal == 0)
        sheet_empty(w->sheet); /* of a recovery */
    else if (cell == CELL_ORDINAL)
        sheet_number(w->sheet, row->ordinal);
    else if (cell == CELL_AT)
        sheet_time(w->sheet, row->at_us);
    else if (cell == CELL_DAY)
        sheet_day(w->sheet, helsinki_day(row->at_us));
    else
        sheet_day(w->sheet, cell == CELL_FROM ? row->from : row->until);
}

/* A sum stands under its amounts: what it is of stands under theme and state, how many rows it is of under the register numbers. */
static void sum_row(const struct writer *w, const struct export_sum *sum, struct text title, const char *theme, const char *state)
{
    int64_t cents = 0;

    sheet_row(w->sheet);
    for (size_t i = 0; i < LISTS[w->list].count; i++) {
        const enum cell cell = LISTS[w->list].columns[i].cell;

        if (cell == CELL_REGISTER)
            sheet_text(w->sheet, arena_printf(w->arena, "%s (%zu)", said(title, w->language), sum->count));
        else if (cell == CELL_THEME)
            sheet_text(w->sheet, theme);
        else if (cell == CELL_STATE)
            sheet_text(w->sheet, state);
        else if (cents_of(cell, sum, &cents))
            sheet_cents(w->sheet, cents);
        else
            sheet_empty(w->sheet);
    }
}

static void sums(const struct writer *w, const struct export_of *of)
{
    const struct uuid any = {{0}};
    const bool live = of->list == EXPORT_APPLICATIONS;
    const int all = live ? EXPORT_LIVE : EXPORT_ANY;
    const struct text title = live ? TOGETHER_LIVE : TOGETHER;
    struct export_sum sum;

    for (size_t g = 0; g < w->call->group_count; g++)
        for (size_t t = 0; t < w->call->groups[g].theme_count; t++) {
            const struct call_theme *theme = &w->call->groups[g].themes[t];

            if (!uuid_is_nil(of->theme_id) && uuid_compare(of->theme_id, theme->id) != 0)
                continue;
            sum = export_sum(of->rows, of->count, theme->id, all);
            sum_row(w, &sum, title, said(theme->title, w->language), "");
        }
    for (int state = 0; state < STATES_MAX; state++) {
        sum = export_sum(of->rows, of->count, any, state);
        if (sum.count > 0)
            sum_row(w, &sum, TOGETHER, "", state_word(w, state));
    }
    sum = export_sum(of->rows, of->count, any, all);
    sum_row(w, &sum, title, "", "");
}

struct sheet *export_sheet(struct arena *arena, const struct export_of *of, const char *language)
{
    const size_t width = LISTS[of->list].count;
    struct sheet_column *columns = arena_array(arena, width, sizeof *columns);
    struct writer w = {.arena = arena, .list = of->list, .call = of->call, .language = language};

    for (size_t i = 0; i < width; i++)
        columns[i] = (struct sheet_column){said(LISTS[of->list].columns[i].title, language), LISTS[of->list].columns[i].width};
    w.sheet = sheet_new(arena, said(LISTS[of->list].name, language), columns, width);
    for (size_t i = 0; i < of->count; i++) {
        sheet_row(w.sheet);
        for (size_t c = 0; c < width; c++)
            row_cell(&w, LISTS[of->list].columns[c].cell, &of->rows[i]);
    }
    if (of->list != EXPORT_GRANTS)
        sums(&w, of);
    return w.sheet;
}

const char *export_name(enum export_list list)
{
    return LISTS[list].file;
}
