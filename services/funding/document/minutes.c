/* See minutes.h: the section as it is read, from the matter and its preparation to the proposal. */
#include <string.h>

#include "services/funding/domain/names.h"
#include "services/funding/document/minutes_own.h"

enum { HEAD_ROWS = 9 };

static const char *section_of(const struct minutes *m)
{
    return arena_printf(m->w.arena, "§ %d", (int)m->f->item->section);
}

/* "kasvatus- ja opetusjohtaja Maija Meikäläinen, kehitysjohtaja ..."; bare: the titles. */
static const char *preparers(const struct minutes *m)
{
    const struct municipal_case *c = m->f->c;
    const char *all = "";

    for (size_t i = 0; i < c->preparer_count; i++) {
        const char *name = minutes_name(m, c->preparers[i].name);
        all = arena_printf(m->w.arena, "%s%s%s%s%s", all, i > 0 ? "\n" : "", minutes_words(m, c->preparers[i].title),
                           *name != '\0' ? " " : "", name);
    }
    return all;
}

static void write_head(struct minutes *m)
{
    struct writer *w = &m->w;
    const struct minutes_facts *f = m->f;
    const struct municipal_case *c = f->c;
    const char *const rows[HEAD_ROWS][2] = {
        {in(w, T("Toimielin", "Organ")), m->authority},
        {in(w, T("Kokous", "Sammanträde")),
         *f->meeting->place != '\0'
             ? arena_printf(w->arena, "%s, %s", minutes_moment(m, f->meeting->starts_us), minutes_words(m, f->meeting->place))
             : minutes_moment(m, f->meeting->starts_us)},
        {in(w, T("Pykälä", "Paragraf")), section_of(m)},
        {word(w, WORD_REGISTER), c->register_number},
        {word(w, WORD_APPLICANT), minutes_words(m, c->applicant)},
        {word(w, WORD_PROJECT),
         SAY(m, T("{0}, {1}–{2}", "{0}, {1}–{2}"), c->project_title, day(w, c->project_starts_on), day(w, c->project_ends_on))},
        {in(w, T("Hankkeen kokonaiskustannus", "Projektets totalkostnad")), money(w, c->total_cents)},
        {in(w, T("Kunnalta haettu osuus", "Andel som söks av kommunen")), money(w, c->applied_cents)},
        {in(w, T("Valmistelija", "Beredare")), preparers(m)},
    };
    const size_t count = c->preparer_count > 0 ? HEAD_ROWS : HEAD_ROWS - 1;

    heading(w, 1, minutes_words(m, c->title));
    paragraph(w, in(w, T("Pöytäkirjanote", "Protokollsutdrag")));
    const char **cells = table(w, LETTER_PAIRS, count, 2, 0, false);
    for (size_t i = 0; i < count; i++) {
        cells[2 * i] = rows[i][0];
        cells[2 * i + 1] = rows[i][1];
    }
}

/* --- what the case tells ----------------------------------------------------------------------------------------------- */
static struct text heading_of(enum case_text_kind kind)
{
    switch (kind) {
    case TEXT_BACKGROUND:
        return T("Asian tausta", "Ärendets bakgrund");
    case TEXT_GOALS:
        return T("Tavoitteet", "Mål");
    case TEXT_RESULTS:
        return T("Tulokset", "Resultat");
    case TEXT_EFFECTIVENESS:
        return T("Vaikuttavuus", "Genomslag");
    case TEXT_WORK_PACKAGES:
        return T("Toimenpiteet", "Åtgärder");
    case TEXT_LONG_TERM:
        return T("Pitkän aikavälin vaikutukset", "Effekter på lång sikt");
    case TEXT_OTHER:
        break;
    }
    return T("Muut tiedot", "Övriga uppgifter");
}

/* A text without a heading of its own, or with that of its kind, goes on under it. */
static void write_texts(struct minutes *m)
{
    const struct municipal_case *c = m->f->c;
    enum case_text_kind last = 0;

    for (size_t i = 0; i < c->text_count; i++) {
        const struct case_text *text = &c->texts[i];

        if (text->confidential)
            continue;
        if (text->kind != last)
            head(m, 2, heading_of(text->kind));
        if (*text->heading != '\0' && strcmp(text->heading, in(&m->w, heading_of(text->kind))) != 0)
            heading(&m->w, 3, minutes_words(m, text->heading));
        minutes_text(m, text->words);
        last = text->kind;
    }
}

static struct text effect_of(enum impact_effect effect)
{
    switch (effect) {
    case IMPACT_POSITIVE:
        return T("Myönteinen", "Positiv");
    case IMPACT_NEUTRAL:
        return T("Neutraali", "Neutral");
    case IMPACT_NEGATIVE:
        break;
    }
    return T("Kielteinen", "Negativ");
}

static const char *dimension_of(const struct minutes *m, int32_t n)
{
    const struct municipality *town = m->f->municipality;

    for (size_t i = 0; i < town->dimension_count; i++)
        if (town->dimensions[i].n == n)
            return in(&m->w, town->dimensions[i].title);
    return arena_printf(m->w.arena, "%d", (int)n);
}

static void write_impacts(struct minutes *m)
{
    static const double WIDTHS[] = {3, 1.4, 3};
    const struct municipal_case *c = m->f->c;
    struct writer *w = &m->w;

    if (c->impact_count == 0)
        return;
    head(m, 2, T("Vaikutusten arviointi", "Konsekvensbedömning"));
    const char **cells = table_wide(w, c->impact_count + 1, 3, WIDTHS, 0);
    *cells++ = in(w, T("Vaikutus", "Konsekvens"));
    *cells++ = in(w, T("Arvio", "Bedömning"));
    *cells++ = in(w, T("Huomautus", "Anmärkning"));
    for (size_t i = 0; i < c->impact_count; i++) {
        *cells++ = dimension_of(m, c->impacts[i].dimension);
        *cells++ = in(w, effect_of(c->impacts[i].effect));
        *cells++ = minutes_words(m, c->impacts[i].remark);
    }
}

static void write_statement(struct minutes *m, const struct statement *s)
{
    struct writer *w = &m->w;

    heading(w, 3, minutes_words(m, s->asked));
    switch (s->state) {
    case STATEMENT_GIVEN:
        paragraph(w, SAY(m, T("Käsitelty {0}. Lausunto:", "Behandlat den {0}. Utlåtande:"), day(w, s->given_on)));
        minutes_text(m, s->words);
        break;
    case STATEMENT_REFERRED:
        paragraph(w, SAY(m,
                         T("Käsitelty {0}. Oikeaksi lausunnonantajaksi nimettiin {1}.",
                           "Behandlat den {0}. Som rätt instans att ge utlåtandet angavs {1}."),
                         day(w, s->given_on), minutes_words(m, s->referred_to)));
        minutes_text(m, s->words);
        break;
    case STATEMENT_REQUESTED:
        paragraph(w, SAY(m,
                         T("Lausuntoa pyydettiin {0} mennessä. Sitä ei ole annettu.",
                           "Utlåtandet skulle ges senast den {0}. Det har inte getts."),
                         day(w, s->due_on)));
        break;
    case STATEMENT_NOT_GIVEN:
        paragraph(w, in(w, T("Lausuntoa ei annettu.", "Inget utlåtande gavs.")));
        break;
    }
}

static void write_statements(struct minutes *m)
{
    const struct municipal_case *c = m->f->c;

    if (c->statement_count == 0)
        return;
    head(m, 2, T("Lausunnot", "Utlåtanden"));
    for (size_t i = 0; i < c->statement_count; i++)
        write_statement(m, &c->statements[i]);
}

/* Titles of what anybody may ask for; of what is confidential not even that. */
static void write_documents(struct minutes *m)
{
    const struct municipal_case *c = m->f->c;
    size_t count = 0;

    for (size_t i = 0; i < c->document_count; i++)
        count += !c->documents[i].confidential;
    if (count == 0)
        return;
    head(m, 2, T("Oheismateriaali", "Bakgrundsmaterial"));
    const char **cells = list(&m->w, count);
    for (size_t i = 0; i < c->document_count; i++) {
        const struct case_document *document = &c->documents[i];

        if (document->confidential)
            continue;
        *cells++ = "";
        *cells++ = arena_printf(m->w.arena, "%s-%d: %s", c->register_number, (int)document->n, minutes_words(m, document->title));
    }
}

static bool was_before(const struct minutes *m, const struct case_item *item)
{
    return item->published && item->starts_us < m->f->meeting->starts_us;
}

/* Where it was before: in which meeting, under which section, with which end. */
static void write_history(struct minutes *m)
{
    const struct municipal_case *c = m->f->c;
    size_t count = 0;

    for (size_t i = 0; i < c->item_count; i++)
        count += was_before(m, &c->items[i]);
    if (count == 0)
        return;
    head(m, 2, T("Aiempi käsittely", "Tidigare behandling"));
    const char **cells = list(&m->w, count);
    for (size_t i = 0; i < c->item_count; i++) {
        const struct case_item *item = &c->items[i];

        if (!was_before(m, item))
            continue;
        *cells++ = "";
        *cells++ = arena_printf(m->w.arena, "%s %s § %d: %s", letter_capital(m->w.arena, in(&m->w, item->board)),
                                day(&m->w, helsinki_day(item->starts_us)), (int)item->section, minutes_outcome(m, item->outcome));
    }
}

static void write_proposal(struct minutes *m)
{
    const struct board_proposal *p = m->f->proposal;
    const char *name = minutes_name(m, p->presenter_name);
    struct writer *w = &m->w;

    head(m, 2, T("Esittelijän ehdotus", "Föredragandens förslag"));
    paragraph(w, SAY(m, T("Esittelijä: {0}", "Föredragande: {0}"),
                     arena_printf(w->arena, "%s%s%s", minutes_words(m, p->presenter_title), *name != '\0' ? " " : "", name)));
    minutes_text(m, p->words);
    if (p->cents > 0)
        paragraph(w, SAY(m, T("Ehdotettu osuus: {0}", "Föreslagen andel: {0}"), money(w, p->cents)));
    if (p->nomination_count > 0)
        head(m, 3, T("Ehdotetut nimeämiset", "Föreslagna representanter"));
    minutes_write_nominations(m, p->nominations, p->nomination_count);
}

/* What was prepared; brief: where it stands. */
static void write_prepared(struct minutes *m)
{
    if (m->f->brief) {
        head(m, 2, T("Valmistelu", "Beredning"));
        paragraph(&m->w, SAY(m,
                             T("Asian tekstit, vaikutusten arviointi ja lausunnot ovat yhdessä liian pitkät pöytäkirjanotteeseen. Ne saa "
                               "kunnan kirjaamosta diaarinumerolla {0}.",
                               "Ärendets texter, konsekvensbedömning och utlåtanden är tillsammans för långa för protokollsutdraget. De "
                               "fås från kommunens registratorskontor med diarienumret {0}."),
                             m->f->c->register_number));
        return;
    }
    write_texts(m);
    write_impacts(m);
    write_statements(m);
}

const struct letter *minutes_build(struct arena *arena, const struct minutes_facts *facts, bool bare)
{
    struct letter *letter = arena_alloc(arena, sizeof *letter);
    struct letter_block *first = NULL;
    struct minutes m = {.w = {.arena = arena,
                              .language = strcmp(facts->c->language, "sv") == 0 ? LETTER_SV : LETTER_FI,
                              .today = facts->days.published_on,
                              .end = &first},
                        .f = facts,
                        .bare = bare};

    m.authority = arena_printf(arena, "%s, %s", in(&m.w, facts->municipality->name), in(&m.w, facts->board->title));
    write_head(&m);
    write_prepared(&m);
    write_documents(&m);
    write_history(&m);
    write_proposal(&m);
    minutes_write_decision(&m);
    minutes_write_end(&m);
    letter->language = m.w.language == LETTER_SV ? "sv" : "fi";
    letter->title = arena_printf(arena, "%s %s %s: %s", letter_capital(arena, in(&m.w, facts->board->title)),
                                 day(&m.w, helsinki_day(facts->meeting->starts_us)), section_of(&m), minutes_words(&m, facts->c->title));
    letter->author = m.authority;
    letter->footer = arena_printf(arena, "%s, %s, %s", m.authority, section_of(&m), facts->c->register_number);
    letter->created_us = facts->published_us;
    letter->blocks = first;
    return letter;
}
