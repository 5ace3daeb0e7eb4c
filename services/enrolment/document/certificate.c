/* The certificate's page. See certificate.h. */
#include "services/enrolment/document/certificate.h"

#include "common/doc/pdf.h"
#include "services/enrolment/document/words.h"

enum say {
    SAY_TITLE,
    SAY_COMPLETED,
    SAY_COMPLETED_ONE, /* of one credit */
    SAY_ORGANISER,
    SAY_UNIT,
    SAY_CREDITS,
    SAY_DATE,
    SAY_TOTAL,
    SAY_ON,
    SAY_VERIFY,
    SAY_CODE,
    SAY_NAMELESS
};

static const struct text SAYS[] = {
    [SAY_TITLE] = {"Todistus", "Intyg", "Certificate"},
    [SAY_COMPLETED] = {"%s on suorittanut koulutuksen %s. Laajuus on %s opintopistettä (op).",
                       "%s har genomfört utbildningen %s. Omfattningen är %s studiepoäng (sp).",
                       "%s has completed the programme %s. Its scope is %s credits (ECTS)."},
    [SAY_COMPLETED_ONE] = {"%s on suorittanut koulutuksen %s. Laajuus on %s opintopiste (op).",
                           "%s har genomfört utbildningen %s. Omfattningen är %s studiepoäng (sp).",
                           "%s has completed the programme %s. Its scope is %s credit (ECTS)."},
    [SAY_ORGANISER] = {"Järjestäjä", "Anordnare", "Organiser"},
    [SAY_UNIT] = {"Opintojakso", "Studieavsnitt", "Study unit"},
    [SAY_CREDITS] = {"Opintopisteet", "Studiepoäng", "Credits"},
    [SAY_DATE] = {"Suoritettu", "Avlagd", "Completed"},
    [SAY_TOTAL] = {"Yhteensä", "Sammanlagt", "In all"},
    [SAY_ON] = {"Koulutus on suoritettu %s.", "Utbildningen slutfördes %s.", "The programme was completed on %s."},
    [SAY_VERIFY] = {"Todistuksen aitouden voi tarkistaa osoitteessa\n%s%s%s", "Intygets äkthet kan kontrolleras på adressen\n%s%s%s",
                    "That this certificate is genuine can be verified at\n%s%s%s"},
    [SAY_CODE] = {"Varmennekoodi: %s", "Verifieringskod: %s", "Verification code: %s"},
    [SAY_NAMELESS] = {"(nimi poistettu)", "(namnet raderat)", "(name removed)"},
};

static const char *say(enum say what, const char *language)
{
    return words_in(SAYS[what], language);
}

/* A sentence with places for words: each %s in turn, in every language in the same order. */
static char *say_with(struct arena *arena, enum say what, const char *language, const char *const *words, size_t count)
{
    const char *from = say(what, language);
    char *out = arena_strdup(arena, "");

    for (size_t i = 0; i < count; i++) {
        const char *gap = strstr(from, "%s");
        if (gap == NULL)
            break;
        out = arena_printf(arena, "%s%.*s%s", out, (int)(gap - from), from, words[i]);
        from = gap + 2;
    }
    return arena_printf(arena, "%s%s", out, from);
}

#define COLUMNS 3

static const char *tenths(struct arena *arena, uint32_t value, const char *language)
{
    char text[WORDS_TENTHS];
    words_tenths(value, language, text);
    return arena_strdup(arena, text);
}

static const char *date(struct arena *arena, int64_t us, const char *language)
{
    char text[WORDS_DATE];
    words_date(us, language, text);
    return arena_strdup(arena, text);
}

/* The units in the programme's order, as they were marked, and their sum. */
static void draw_units(struct pdf *pdf, struct arena *arena, const struct programme *p, const struct learning *learning,
                       const char *language)
{
    static const double WIDTHS[COLUMNS] = {0.56, 0.2, 0.24};
    const char **cells = arena_array(arena, (p->unit_count + 2) * COLUMNS, sizeof *cells);
    size_t n = 0;

    cells[n++] = say(SAY_UNIT, language);
    cells[n++] = say(SAY_CREDITS, language);
    cells[n++] = say(SAY_DATE, language);
    for (size_t i = 0; i < p->unit_count; i++) {
        const struct unit_mark *mark = learning_mark(learning, p->units[i].id);
        if (mark == NULL || mark->completed_us == 0)
            continue;
        cells[n++] = words_in(p->units[i].title, language);
        cells[n++] = tenths(arena, mark->credits_tenths, language);
        cells[n++] = date(arena, mark->completed_us, language);
    }
    cells[n++] = say(SAY_TOTAL, language);
    cells[n++] = tenths(arena, learning->certificate.credits_tenths, language);
    cells[n++] = "";
    pdf_table(pdf, cells, n / COLUMNS, COLUMNS, WIDTHS, 1, 1u << 1);
}

enum err certificate_pdf(struct buf *out, struct arena *arena, const struct programme *programme, const struct learning *learning,
                         const char *base, const char *language)
{
    const struct certificate *c = &learning->certificate;
    const char *title = words_in(c->title, language), *organiser = words_in(c->organiser, language);
    const char *name = c->name != NULL ? c->name : say(SAY_NAMELESS, language);
    const char *const who[] = {name, title, tenths(arena, c->credits_tenths, language)};
    const char *const when[] = {date(arena, c->completed_us, language)}, *const code[] = {c->code};
    const char *const where[] = {base, CERTIFICATE_VERIFY_PATH, c->code};
    struct pdf *pdf = pdf_new(&(const struct pdf_about){.language = words_language(language),
                                                        .title = arena_printf(arena, "%s: %s", say(SAY_TITLE, language), title),
                                                        .author = organiser,
                                                        .created_us = c->completed_us});

    pdf_footer(pdf, say_with(arena, SAY_CODE, language, code, 1));
    pdf_space(pdf, 48);
    pdf_centred(pdf, true);
    pdf_heading(pdf, 1, say(SAY_TITLE, language));
    pdf_space(pdf, 24);
    pdf_heading(pdf, 2, name);
    pdf_paragraph(pdf, say_with(arena, c->credits_tenths == 10 ? SAY_COMPLETED_ONE : SAY_COMPLETED, language, who, 3));
    pdf_paragraph(pdf, say_with(arena, SAY_ON, language, when, 1));
    pdf_space(pdf, 24);
    draw_units(pdf, arena, programme, learning, language);
    pdf_space(pdf, 24);
    pdf_paragraph(pdf, arena_printf(arena, "%s: %s", say(SAY_ORGANISER, language), organiser));
    pdf_space(pdf, 36);
    pdf_centred(pdf, false);
    pdf_paragraph(pdf, say_with(arena, SAY_CODE, language, code, 1));
    pdf_paragraph(pdf, say_with(arena, SAY_VERIFY, language, where, 3));
    return pdf_end(pdf, out);
}
