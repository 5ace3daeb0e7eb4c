/* See follow_letter.h. Its words stand here, where they are used; what it shares with decisions is in letter_words. */
#include "services/funding/document/follow_letter.h"

#include "services/funding/document/letter_own.h"

struct follow {
    struct writer w;
    const struct follow_facts *facts;
};

#define T(fi_, sv_, en_) ((struct text){.fi = (fi_), .sv = (sv_), .en = (en_)})
#define TELL(w, text, ...)                                                                                                                 \
    letter_fill((w)->arena, in(w, text), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* --- head -------------------------------------------------------------------------------------------------------------- */
static struct text title_of(const struct follow_facts *f)
{
    if (f->amendment != NULL)
        return T("Päätös muutoshakemukseen", "Beslut om ändringsansökan", "Decision on a change application");
    if (f->recovery->kind == RECOVERY_RETURN)
        return T("Päätös avustuksen palauttamisesta", "Beslut om återbetalning av understöd", "Decision on the return of a grant");
    return T("Takaisinperintäpäätös", "Beslut om återkrav", "Decision on the recovery of a grant");
}

static const struct amount *lead_of(const struct award *award)
{
    static const struct amount NOBODY = {.name = "", .business_id = ""};

    return award->partners.count > 0 ? &award->partners.rows[0] : &NOBODY;
}

static void write_head(struct follow *l)
{
    struct writer *w = &l->w;
    const struct follow_facts *f = l->facts;
    const struct amount *lead = lead_of(f->award);

    heading(w, 1, in(w, title_of(f)));
    const char *const rows[6][2] = {
        {word(w, WORD_AUTHORITY), in(w, f->call->authority)},
        {word(w, WORD_DATE), day(w, w->today)},
        {word(w, WORD_REGISTER), f->award->register_number},
        {in(w, T("Avustuksen saaja", "Mottagare av understödet", "Recipient of the grant")),
         FILL(w, WORD_CALL_VALUE, lead->name, lead->business_id)},
        {word(w, WORD_PROJECT), f->award->title},
        {word(w, WORD_CALL), FILL(w, WORD_CALL_VALUE, in(w, f->call->title), f->call->register_number)},
    };
    const char **cells = table(w, LETTER_PAIRS, 6, 2, 0, false);
    for (size_t i = 0; i < 6; i++) {
        cells[2 * i] = rows[i][0];
        cells[2 * i + 1] = rows[i][1];
    }
}

/* --- a change application ---------------------------------------------------------------------------------------------- */
static struct text kind_of(enum change_kind kind)
{
    switch (kind) {
    case CHANGE_PERIOD:
        return T("Käyttöajan pidentäminen", "Förlängning av användningstiden", "A longer period of use");
    case CHANGE_CONTENT:
        return T("Sisällön muuttaminen", "Ändring av innehållet", "A change of the content");
    case CHANGE_BUDGET:
        return T("Käyttösuunnitelman muuttaminen", "Ändring av användningsplanen", "A change of the spending plan");
    case CHANGE_PARTNERS:
        return T("Osapuolten osuuksien muuttaminen", "Ändring av parternas andelar", "A change of the partners' parts");
    }
    return T("", "", "");
}

static struct text outcome_of(enum part_outcome outcome)
{
    switch (outcome) {
    case ANSWER_ACCEPTED:
        return T("Muutos hyväksytään haettuna.", "Ändringen godkänns enligt ansökan.", "The change is accepted as it was applied for.");
    case ANSWER_CHANGED:
        return T("Muutos hyväksytään seuraavasti muutettuna.", "Ändringen godkänns ändrad enligt följande.",
                 "The change is accepted, altered as follows.");
    case ANSWER_REJECTED:
        return T("Muutoshakemus hylätään tältä osin.", "Ändringsansökan avslås i denna del.",
                 "The change application is rejected in this part.");
    case ANSWER_OPEN:
        break;
    }
    return T("", "", "");
}

static const char *amount_at(const struct writer *w, const struct amounts *amounts, uint32_t n)
{
    for (size_t i = 0; i < amounts->count; i++)
        if (amounts->rows[i].n == n)
            return money(w, amounts->rows[i].cents);
    return "–";
}

/* What there is now, was asked and is decided, row by row; rows that are only asked come last. */
static void write_amounts(struct follow *l, const struct amendment_part *part)
{
    struct writer *w = &l->w;
    const bool accepted = part->outcome != ANSWER_REJECTED;
    const struct amounts *before = part->kind == CHANGE_BUDGET ? &l->facts->award->lines : &l->facts->award->partners;
    const struct amounts *last = accepted ? &part->accepted.amounts : before;
    const struct amounts *longest = last->count > before->count ? last : before;
    const char **cells = table(w, LETTER_TABLE, longest->count + 1, 4, 14, false);

    *cells++ = part->kind == CHANGE_BUDGET ? word(w, WORD_COST) : word(w, WORD_RECIPIENT);
    *cells++ = in(w, T("Nyt", "Nu", "Now"));
    *cells++ = word(w, WORD_COST_APPLIED);
    *cells++ = word(w, WORD_DECISION);
    for (size_t i = 0; i < longest->count; i++) {
        const struct amount *row = &longest->rows[i];

        *cells++ = *row->business_id != '\0' ? FILL(w, WORD_CALL_VALUE, row->name, row->business_id) : row->name;
        *cells++ = amount_at(w, before, row->n);
        *cells++ = amount_at(w, &part->asked.amounts, row->n);
        *cells++ = amount_at(w, last, row->n);
    }
}

static void write_change(struct follow *l, const struct amendment_part *part)
{
    struct writer *w = &l->w;
    const bool accepted = part->outcome != ANSWER_REJECTED;

    switch (part->kind) {
    case CHANGE_PERIOD:
        paragraph(w, TELL(w, T("Haettu: käyttöaika päättyy {0}.", "Ansökan: användningstiden går ut {0}.", "Asked: the use ends on {0}."),
                          day(w, part->asked.use_until)));
        if (accepted)
            paragraph(w, TELL(w,
                              T("Päätös: avustusta saa käyttää {0} asti.", "Beslut: understödet får användas till och med {0}.",
                                "Decision: the grant may be used until {0}."),
                              day(w, part->accepted.use_until)));
        if (accepted && l->facts->final_due != NO_DAY)
            paragraph(w, TELL(w,
                              T("Loppuselvitys on annettava viimeistään {0}.", "Slutredovisningen ska lämnas senast den {0}.",
                                "The final report is due on {0} at the latest."),
                              day(w, l->facts->final_due)));
        break;
    case CHANGE_CONTENT:
        paragraph(w, TELL(w, T("Haettu: {0}", "Ansökan: {0}", "Asked: {0}"), part->asked.words));
        if (part->outcome == ANSWER_CHANGED)
            paragraph(w, TELL(w, T("Päätös: {0}", "Beslut: {0}", "Decision: {0}"), part->accepted.words));
        break;
    case CHANGE_BUDGET:
    case CHANGE_PARTNERS:
        write_amounts(l, part);
        break;
    }
}

static void write_amendment(struct follow *l)
{
    struct writer *w = &l->w;
    const struct amendment *m = l->facts->amendment;

    section(w, WORD_MATTER);
    paragraph(w, TELL(w,
                      T("Muutoshakemus, joka on saapunut {0}. Perustelut: {1}", "Ändringsansökan, inkommen den {0}. Motivering: {1}",
                        "Change application, received on {0}. Its reasons: {1}"),
                      day(w, helsinki_day(m->submitted_us)), m->reasons));
    section(w, WORD_DECISION);
    for (size_t i = 0; i < m->part_count; i++) {
        const struct amendment_part *part = &m->parts[i];

        heading(w, 3, in(w, kind_of(part->kind)));
        paragraph(w, in(w, outcome_of(part->outcome)));
        write_change(l, part);
        if (*part->reason != '\0')
            paragraph(w, TELL(w, T("Perustelut: {0}", "Motivering: {0}", "Reasons: {0}"), part->reason));
    }
    paragraph(w, in(w, T("Muilta osin avustuspäätös ja sen ehdot pysyvät voimassa.",
                         "I övrigt gäller understödsbeslutet och dess villkor oförändrade.",
                         "In all else the decision on the grant and its terms stay in force.")));
}

/* --- a recovery -------------------------------------------------------------------------------------------------------- */
static void write_account(struct follow *l)
{
    struct writer *w = &l->w;
    const struct call *call = l->facts->call;
    const struct recovery *r = l->facts->recovery;
    const char *mark = *call->payee_reference != '\0'
                           ? TELL(w, T("{0}, diaarinumero {1}", "{0}, diarienummer {1}", "{0}, register number {1}"), call->payee_reference,
                                  l->facts->award->register_number)
                           : TELL(w, T("Diaarinumero {0}", "Diarienummer {0}", "Register number {0}"), l->facts->award->register_number);
    const char *const rows[5][2] = {
        {in(w, T("Maksun saaja", "Betalningsmottagare", "Payee")), call->payee},
        {in(w, T("Tilinumero", "Kontonummer", "Account")), call->payee_iban},
        {in(w, T("Maksun tiedot", "Betalningens uppgifter", "Mark the payment with")), mark},
        {word(w, WORD_AMOUNT), money(w, r->cents)},
        {in(w, T("Eräpäivä", "Förfallodag", "Due on")), day(w, r->due_on)},
    };
    section(w, WORD_PAY_BACK);
    const char **cells = table(w, LETTER_PAIRS, 5, 2, 0, false);
    for (size_t i = 0; i < 5; i++) {
        cells[2 * i] = rows[i][0];
        cells[2 * i + 1] = rows[i][1];
    }
    paragraph(w, in(w, T("Myöhässä olevalle määrälle voidaan periä viivästyskorkoa.", "Dröjsmålsränta kan tas ut på ett försenat belopp.",
                         "Interest may be charged on an overdue amount.")));
}

static void write_recovery(struct follow *l)
{
    struct writer *w = &l->w;
    const struct follow_facts *f = l->facts;
    const bool returned = f->recovery->kind == RECOVERY_RETURN;

    section(w, WORD_MATTER);
    paragraph(w, TELL(w,
                      T("Avustus {0}, josta on maksettu {1}.", "Understödet {0}, av vilket {1} har betalats.",
                        "The grant of {0}, of which {1} has been paid."),
                      money(w, f->award->granted_cents), money(w, f->award->paid_cents)));
    section(w, WORD_DECISION);
    paragraph(w, TELL(w,
                      returned
                          ? T("{0} määrää avustuksen saajan palauttamaan avustusta {1}.",
                              "{0} ålägger mottagaren att återbetala {1} av understödet.",
                              "{0} orders the recipient to pay back {1} of the grant.")
                          : T("{0} perii avustusta takaisin {1}.", "{0} återkräver {1} av understödet.", "{0} recovers {1} of the grant."),
                      in(w, f->call->authority), money(w, f->recovery->cents)));
    paragraph(w, TELL(w,
                      T("Määrä on maksettava viimeistään {0}.", "Beloppet ska betalas senast den {0}.",
                        "The amount is to be paid on {0} at the latest."),
                      day(w, f->recovery->due_on)));
    section(w, WORD_REASONS);
    paragraph(w, f->recovery->reasons);
    write_account(l);
}

/* --- end --------------------------------------------------------------------------------------------------------------- */
static enum letter_word law_of(const struct follow_facts *f)
{
    if (f->call->authority_kind != AUTHORITY_STATE)
        return WORD_LAW_MUNICIPAL;
    if (f->amendment != NULL)
        return WORD_LAW_AMENDMENT;
    switch (f->recovery->kind) {
    case RECOVERY_RETURN:
        return WORD_LAW_RETURN;
    case RECOVERY_MANDATORY:
        return WORD_LAW_MANDATORY;
    case RECOVERY_DISCRETIONARY:
        break;
    }
    return WORD_LAW_DISCRETIONARY;
}

static void write_end(struct follow *l)
{
    struct writer *w = &l->w;
    const struct follow_facts *f = l->facts;

    section(w, WORD_LAW);
    paragraph(w, word(w, law_of(f)));
    section(w, WORD_REVIEW);
    paragraph(w, FILL(w, WORD_REVIEW_TEXT, arena_printf(w->arena, "%d", (int)f->review_days)));
    section(w, WORD_CONTACT);
    paragraph(w, FILL(w, WORD_CONTACT_TEXT, f->call->contact, f->award->register_number));
    section(w, WORD_SIGNED);
    const char **cells = table(w, LETTER_PAIRS, 2, 2, 0, false);
    cells[0] = word(w, WORD_DECIDED_BY);
    cells[1] = arena_printf(w->arena, "%s, %s", f->decider->name, f->decider->title);
    cells[2] = word(w, WORD_PRESENTED_BY);
    cells[3] = word(w, WORD_UNPRESENTED);
    letter_instruction(w, f->review_version, in(w, f->call->authority), f->call->contact);
}

const struct letter *follow_letter_build(struct arena *arena, const struct follow_facts *facts)
{
    struct letter *letter = arena_alloc(arena, sizeof *letter);
    struct letter_block *first = NULL;
    struct follow l = {.w = {.arena = arena,
                             .call = facts->call,
                             .language = letter_language(facts->award->language),
                             .today = helsinki_day(facts->decided_us),
                             .end = &first},
                       .facts = facts};
    struct writer *w = &l.w;

    write_head(&l);
    if (facts->amendment != NULL)
        write_amendment(&l);
    else
        write_recovery(&l);
    write_end(&l);
    letter->language = w->language == LETTER_SV ? "sv" : w->language == LETTER_EN ? "en" : "fi";
    letter->title = arena_printf(arena, "%s %s", in(w, title_of(facts)), facts->award->register_number);
    letter->author = in(w, facts->call->authority);
    letter->footer = FILL(w, WORD_FOOTER, letter->author, facts->award->register_number);
    letter->created_us = facts->decided_us;
    letter->blocks = first;
    return letter;
}
