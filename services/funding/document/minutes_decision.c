/* See minutes_own.h: what the board has decided and how, who was there, until when minutes are shown and a review may be requested. */
#include <string.h>

#include "services/funding/document/minutes_own.h"

/* --- nominations ------------------------------------------------------------------------------------------------------- */
static struct text role_of(enum nominee_role role)
{
    switch (role) {
    case NOMINEE_MEMBER:
        return T("jäsen", "ledamot");
    case NOMINEE_DEPUTY:
        return T("varajäsen", "ersättare");
    case NOMINEE_CHAIR:
        break;
    }
    return T("puheenjohtaja", "ordförande");
}

/* "hankkeen ohjausryhmä, varajäsen: perusopetuksen rehtori (lisätty kokouksessa)" */
void minutes_write_nominations(struct minutes *m, const struct nomination *rows, size_t count)
{
    struct writer *w = &m->w;

    if (count == 0)
        return;
    const char **cells = list(w, count);
    for (size_t i = 0; i < count; i++) {
        const struct nomination *n = &rows[i];
        const char *name = minutes_name(m, n->name), *title = minutes_words(m, n->title);
        const char *who = arena_printf(w->arena, "%s%s%s", title, *title != '\0' && *name != '\0' ? " " : "", name);
        const char *place = arena_printf(w->arena, "%s, %s", minutes_words(m, n->body), in(w, role_of(n->role)));

        *cells++ = "";
        *cells++ = arena_printf(w->arena, "%s%s%s%s", place, *who != '\0' ? ": " : "", who,
                                n->added ? in(w, T(" (lisätty kokouksessa)", " (tillagd vid sammanträdet)")) : "");
    }
}

/* --- decision ---------------------------------------------------------------------------------------------------------- */
const char *minutes_outcome(const struct minutes *m, enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_APPROVED:
        return in(&m->w, T("hyväksytty ehdotuksen mukaan", "förslaget godkändes"));
    case OUTCOME_CHANGED:
        return in(&m->w, T("päätetty ehdotuksesta poiketen", "beslutet avviker från förslaget"));
    case OUTCOME_REJECTED:
        return in(&m->w, T("hylätty", "ansökan avslogs"));
    case OUTCOME_RETURNED:
        return in(&m->w, T("palautettu valmisteltavaksi", "ärendet återremitterades för beredning"));
    case OUTCOME_TABLED:
        break;
    }
    return in(&m->w, T("jätetty pöydälle", "ärendet bordlades"));
}

/* Of a case that its applicant has taken back meanwhile the board decides nothing, and it does not come again. */
static const char *outcome_here(const struct minutes *m)
{
    if (m->f->c->state == CASE_WITHDRAWN)
        return in(&m->w, T("hakemus on peruutettu, asiaa ei ratkaistu", "ansökan har återtagits, ärendet avgjordes inte"));
    return minutes_outcome(m, m->f->item->outcome);
}

static void write_outcome(struct minutes *m)
{
    const struct item *item = m->f->item;
    struct writer *w = &m->w;
    const bool final = outcome_is_final(item->outcome);

    head(m, 2, T("Päätös", "Beslut"));
    minutes_text(m, item->words);
    const char **cells = table(w, LETTER_PAIRS, final ? 3 : 2, 2, 0, false);
    *cells++ = in(w, T("Ratkaisu", "Avgörande"));
    *cells++ = outcome_here(m);
    *cells++ = in(w, T("Päätöksentekotapa", "Hur beslutet fattades"));
    *cells++ = item->manner == MANNER_VOTED ? in(w, T("äänestyksellä", "genom omröstning")) : in(w, T("yksimielisesti", "enhälligt"));
    if (final) {
        *cells++ = in(w, T("Myönnetty osuus", "Beviljad andel"));
        *cells++ = money(w, item->cents);
    }
    if (item->nomination_count > 0)
        head(m, 3, T("Nimeämiset", "Val av representanter"));
    minutes_write_nominations(m, item->nominations, item->nomination_count);
}

/* --- votes ------------------------------------------------------------------------------------------------------------- */
static const char *voters_of(const struct minutes *m, enum choice choice)
{
    const struct item *item = m->f->item;
    const char *all = "";

    for (size_t i = 0; i < item->vote_count; i++)
        if (item->votes[i].choice == choice)
            all = arena_printf(m->w.arena, "%s%s%s", all, *all != '\0' ? ", " : "", minutes_name(m, item->votes[i].name));
    return all;
}

/* With whoever voted so; bare: how many alone. */
static void write_votes(struct minutes *m)
{
    static const double WIDTHS[] = {2.4, 1, 4};
    const struct item *item = m->f->item;
    const struct tally tally = item_tally(item);
    struct writer *w = &m->w;
    const struct {
        struct text what;
        int32_t votes;
        enum choice choice;
    } rows[] = {{T("Esittelijän ehdotus", "Föredragandens förslag"), tally.proposal, CHOICE_PROPOSAL},
                {T("Vastaehdotus", "Motförslag"), tally.counter, CHOICE_COUNTER},
                {T("Tyhjää", "Blankt"), tally.empty, CHOICE_EMPTY}};

    if (item->manner != MANNER_VOTED)
        return;
    head(m, 3, T("Äänestys", "Omröstning"));
    paragraph(w, SAY(m, T("Vastaehdotus: {0}", "Motförslag: {0}"), minutes_words(m, item->counter)));
    const char **cells = table_wide(w, 4, m->bare ? 2 : 3, WIDTHS, 2);
    *cells++ = in(w, T("Vaihtoehto", "Alternativ"));
    *cells++ = in(w, T("Ääniä", "Röster"));
    if (!m->bare)
        *cells++ = in(w, T("Äänestäneet", "De som röstade så"));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        *cells++ = in(w, rows[i].what);
        *cells++ = arena_printf(w->arena, "%d", (int)rows[i].votes);
        if (!m->bare)
            *cells++ = voters_of(m, rows[i].choice);
    }
    if (item_leader_decides(m->f->meeting, item))
        paragraph(w, in(w, T("Äänet menivät tasan, joten puheenjohtajan ääni ratkaisi (kuntalaki 410/2015, 104 §).",
                             "Rösterna föll lika, och ordförandens röst avgjorde (kommunallagen 410/2015, 104 §).")));
}

static void write_dissents(struct minutes *m)
{
    const struct item *item = m->f->item;

    if (item->dissent_count == 0)
        return;
    head(m, 3, T("Eriävät mielipiteet", "Avvikande meningar"));
    for (size_t i = 0; i < item->dissent_count; i++)
        minutes_text(m, item->dissents[i]);
}

/* Who they are and why tells of a person: bare, only that there were some. */
static void write_disqualified(struct minutes *m)
{
    const struct item *item = m->f->item;
    struct writer *w = &m->w;

    if (item->disqualified_count == 0)
        return;
    head(m, 3, T("Esteellisyys", "Jäv"));
    paragraph(w, SAY(m,
                     T("Esteellisiä jäseniä, jotka eivät osallistuneet asian käsittelyyn: {0} (hallintolaki 434/2003, 27–28 §).",
                       "Jäviga ledamöter, som inte deltog i behandlingen av ärendet: {0} (förvaltningslagen 434/2003, 27–28 §)."),
                     arena_printf(w->arena, "%zu", item->disqualified_count)));
    if (m->bare)
        return;
    const char **cells = list(w, item->disqualified_count);
    for (size_t i = 0; i < item->disqualified_count; i++) {
        *cells++ = "";
        *cells++ =
            arena_printf(w->arena, "%s: %s", minutes_name(m, item->disqualified[i].name), minutes_words(m, item->disqualified[i].ground));
    }
}

/* --- the meeting ------------------------------------------------------------------------------------------------------- */
/* Those who took part in this item, with whoever led it; or those who check the minutes, who may have stood aside in it. */
static const char *attendees_of(const struct minutes *m, bool checks)
{
    const struct meeting *meeting = m->f->meeting;
    const struct attendee *leader = item_leader(meeting, m->f->item);
    const char *all = "";

    for (size_t i = 0; i < meeting->attendee_count; i++) {
        const struct attendee *a = &meeting->attendees[i];

        if (checks ? !a->checks_minutes : item_disqualified(m->f->item, a->person_id) != NULL)
            continue;
        all = arena_printf(m->w.arena, "%s%s%s%s", all, *all != '\0' ? "\n" : "", minutes_name(m, a->name),
                           !checks && a == leader ? in(&m->w, T(", puheenjohtajana", ", ordförande")) : "");
    }
    return all;
}

static int64_t checked_on(const struct meeting *meeting)
{
    int64_t last = 0;

    for (size_t i = 0; i < meeting->attendee_count; i++)
        last = meeting->attendees[i].checked_us > last ? meeting->attendees[i].checked_us : last;
    return helsinki_day(last);
}

static void write_meeting(struct minutes *m)
{
    const struct meeting *meeting = m->f->meeting;
    struct writer *w = &m->w;

    head(m, 2, T("Kokous", "Sammanträdet"));
    const char **cells = table(w, LETTER_PAIRS, m->bare ? 2 : 4, 2, 0, false);
    *cells++ = in(w, T("Jäseniä läsnä tässä asiassa", "Antal närvarande ledamöter i ärendet"));
    *cells++ = arena_printf(w->arena, "%zu", meeting_voters(meeting, m->f->item));
    if (!m->bare) {
        *cells++ = in(w, T("Läsnä tässä asiassa", "Närvarande i ärendet"));
        *cells++ = attendees_of(m, false);
        *cells++ = in(w, T("Pöytäkirjantarkastajat", "Protokolljusterare"));
        *cells++ = attendees_of(m, true);
    }
    *cells++ = in(w, T("Pöytäkirja tarkastettu", "Protokollet justerat"));
    *cells++ = day(w, checked_on(meeting));
}

void minutes_write_decision(struct minutes *m)
{
    write_outcome(m);
    write_votes(m);
    write_dissents(m);
    write_disqualified(m);
    write_meeting(m);
}

/* --- notice and review ------------------------------------------------------------------------------------------------- */
static void write_review(struct minutes *m)
{
    const struct minutes_days *days = &m->f->days;
    struct writer *w = &m->w;

    head(m, 2, T("Muutoksenhaku", "Ändringssökande"));
    if (days->review == NULL) {
        paragraph(w, in(w, T("Päätös koskee vain asian valmistelua, joten siitä ei saa tehdä oikaisuvaatimusta eikä kunnallisvalitusta "
                             "(kuntalaki 410/2015, 136 §).",
                             "Beslutet gäller bara beredningen av ärendet. Omprövning får inte begäras och kommunalbesvär inte anföras "
                             "(kommunallagen 410/2015, 136 §).")));
        return;
    }
    paragraph(w, FILL(w, WORD_REVIEW_TEXT, arena_printf(w->arena, "%d", (int)days->review->days)));
    const char **cells = table(w, LETTER_PAIRS, 3, 2, 0, false);
    *cells++ = in(w, T("Viimeinen päivä asianosaiselle, jolle päätös on lähetetty sähköisesti",
                       "Sista dagen för en part som har fått beslutet elektroniskt"));
    *cells++ = day(w, days->review_until);
    *cells++ = in(w, T("Viimeinen päivä asianosaiselle, jolle päätös on lähetetty kirjeitse",
                       "Sista dagen för en part som har fått beslutet per brev"));
    *cells++ = day(w, days->letter_until);
    *cells++ = in(w, T("Viimeinen päivä kunnan jäsenelle", "Sista dagen för en kommunmedlem"));
    *cells++ = day(w, days->member_until);
}

/* To whom a review is addressed: the board, and of which municipality where the contact behind it does not say so. */
static const char *review_authority(const struct minutes *m)
{
    const struct municipality *town = m->f->municipality;

    return strstr(town->contact, in(&m->w, town->name)) != NULL ? in(&m->w, m->f->board->title) : m->authority;
}

void minutes_write_end(struct minutes *m)
{
    const struct minutes_days *days = &m->f->days;
    struct writer *w = &m->w;

    head(m, 2, T("Nähtävänäpito ja tiedoksianto", "Framläggande och delgivning"));
    paragraph(
        w, SAY(m,
               T("Pöytäkirja on julkaistu yleisessä tietoverkossa {0}. Kunnan jäsenen katsotaan saaneen päätöksestä tiedon {1} (kuntalaki "
                 "410/2015, 140 §). Asianosaiselle päätös annetaan tiedoksi lähettämällä pöytäkirjanote {0} (139 §).",
                 "Protokollet har publicerats i det allmänna datanätet den {0}. En kommunmedlem anses ha fått del av beslutet den {1} "
                 "(kommunallagen 410/2015, 140 §). En part delges beslutet genom att protokollsutdraget sänds den {0} (139 §)."),
               day(w, days->published_on), day(w, days->published_on + MINUTES_NOTICE_DAYS)));
    if (m->bare)
        paragraph(w, in(w, T("Henkilöiden nimet on poistettu verkossa pidettävästä pöytäkirjasta. Päätös on muuten ennallaan.",
                             "Personnamnen har avlägsnats ur protokollet på webben. Beslutet är i övrigt oförändrat.")));
    else
        paragraph(w, SAY(m,
                         T("Henkilöiden nimet ovat verkossa nähtävänä {0} asti; päätös on siellä sen jälkeenkin.",
                           "Personnamnen visas på webben till och med den {0}; beslutet finns där även därefter."),
                         day(w, days->names_until)));
    write_review(m);
    section(w, WORD_CONTACT);
    paragraph(w, FILL(w, WORD_CONTACT_TEXT, m->f->municipality->contact, m->f->c->register_number));
    if (days->review != NULL)
        letter_instruction(w, days->review->version, review_authority(m), m->f->municipality->contact);
}
