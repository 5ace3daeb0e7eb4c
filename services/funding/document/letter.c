/* See letter.h: the structure of a decision letter, section by section in the order in which it is read. */
#include "services/funding/document/letter_own.h"
#include "services/funding/domain/review_instruction.h"

/* --- sections ---------------------------------------------------------------------------------------------------------- */
/* 44 s.: the authority and the date, the parties. */
static void write_head(struct writer *w, const char *title)
{
    const struct letter_facts *f = w->facts;
    const struct decision *d = f->decision;

    heading(w, 1, title);
    if (f->preview)
        paragraph(w, word(w, WORD_PREVIEW));
    const char **cells = table(w, LETTER_PAIRS, 7, 2, 0, false);
    const char *const rows[7][2] = {
        {word(w, WORD_AUTHORITY), in(w, f->call->authority)},
        {word(w, WORD_DATE), day(w, w->today)},
        {word(w, WORD_REGISTER), d->register_number},
        {word(w, d->partner_count > 1 ? WORD_APPLICANT_LEADS : WORD_APPLICANT),
         d->partner_count > 0 ? FILL(w, WORD_CALL_VALUE, d->partners[0].name, d->partners[0].business_id) : ""},
        {word(w, WORD_PROJECT), d->title},
        {word(w, WORD_CALL), FILL(w, WORD_CALL_VALUE, in(w, f->call->title), f->call->register_number)},
        {word(w, WORD_GRANT_KIND), word(w, f->call->kind == GRANT_GENERAL ? WORD_GENERAL : WORD_SPECIAL)},
    };
    for (size_t i = 0; i < 7; i++) {
        cells[2 * i] = rows[i][0];
        cells[2 * i + 1] = rows[i][1];
    }
}

static void write_matter(struct writer *w)
{
    const struct letter_facts *f = w->facts;

    section(w, WORD_MATTER);
    paragraph(w, FILL(w, WORD_MATTER_TEXT, day(w, helsinki_day(f->submitted_us)), in(w, f->call->title)));
    if (f->corrects == NULL)
        return;
    paragraph(w, FILL(w, WORD_CORRECTS, day(w, helsinki_day(f->corrects->decided_us)), f->correction));
    if (f->corrects->granted)
        paragraph(w, FILL(w, WORD_CORRECTS_GRANT, money(w, f->corrects->cents), money(w, f->decision->cents - f->corrects->cents)));
    else
        paragraph(w, word(w, WORD_CORRECTS_REJECTION));
}

/* 44 s.: what is decided; 688/2001, 11 s.: the amount, and the greatest share of the costs it may be. */
static void write_decision(struct writer *w)
{
    const struct letter_facts *f = w->facts;
    const struct decision *d = f->decision;
    const char *authority = in(w, f->call->authority);

    section(w, WORD_DECISION);
    if (!d->granted) {
        const bool annuls = f->corrects != NULL && f->corrects->granted;
        paragraph(w, FILL(w, WORD_REJECTED, authority, d->title));
        if (annuls)
            paragraph(w, word(w, WORD_ANNULLED));
        paragraph(w, FILL(w, WORD_APPLIED, money(w, f->applied_cents)));
        return;
    }
    paragraph(w, FILL(w, WORD_GRANTED, authority, d->title, money(w, d->cents)));
    paragraph(w, FILL(w, WORD_APPLIED, money(w, f->applied_cents)));
    paragraph(w, FILL(w, WORD_SHARE, letter_share(w->arena, decision_share(d), w->language), money(w, decision_accepted(d))));
    if (d->own_permille > 0)
        paragraph(w, FILL(w, WORD_OWN, letter_share(w->arena, (int64_t)d->own_permille * 10, w->language)));
}

/* 688/2001, 11 s.: the recipients, each with its amount. */
static void write_recipients(struct writer *w)
{
    const struct decision *d = w->facts->decision;

    section(w, WORD_RECIPIENTS);
    paragraph(w, word(w, d->partner_count > 1 ? WORD_RECIPIENTS_TEXT : WORD_RECIPIENTS_ONE));
    const char **cells = table(w, LETTER_TABLE, d->partner_count + 2, 3, 4, true);
    *cells++ = word(w, WORD_RECIPIENT);
    *cells++ = word(w, WORD_BUSINESS_ID);
    *cells++ = word(w, WORD_AMOUNT);
    for (size_t i = 0; i < d->partner_count; i++) {
        *cells++ = d->partners[i].name;
        *cells++ = d->partners[i].business_id;
        *cells++ = money(w, d->partners[i].cents);
    }
    *cells++ = word(w, WORD_TOGETHER);
    *cells++ = "";
    *cells++ = money(w, d->cents);
}

/* 44 s.: a rejection is about every partner of a joint project, and names each. */
static void write_parties(struct writer *w)
{
    const struct decision *d = w->facts->decision;

    if (d->partner_count < 2)
        return;
    section(w, WORD_PARTIES);
    paragraph(w, word(w, WORD_PARTIES_TEXT));
    const char **cells = table(w, LETTER_TABLE, d->partner_count + 1, 2, 0, false);
    *cells++ = word(w, WORD_BUSINESS_ID);
    *cells++ = word(w, WORD_PARTY);
    for (size_t i = 0; i < d->partner_count; i++) {
        *cells++ = d->partners[i].business_id;
        *cells++ = d->partners[i].name;
    }
}

/* 45 s.: the facts and the rules it rests on. */
static void write_reasons(struct writer *w)
{
    section(w, WORD_REASONS);
    paragraph(w, w->facts->decision->reasons);
    section(w, WORD_LAW);
    if (of_state(w))
        paragraph(w, word(w, w->facts->decision->granted ? WORD_LAW_STATE : WORD_LAW_STATE_REJECTED));
    else
        paragraph(w, word(w, WORD_LAW_MUNICIPAL));
}

static void write_costs(struct writer *w)
{
    const struct decision *d = w->facts->decision;
    int64_t applied = 0;

    section(w, WORD_COSTS);
    paragraph(w, word(w, WORD_COSTS_TEXT));
    const char **cells = table(w, LETTER_TABLE, d->line_count + 2, 4, 12, true);
    *cells++ = word(w, WORD_COST);
    *cells++ = word(w, WORD_COST_KIND);
    *cells++ = word(w, WORD_COST_APPLIED);
    *cells++ = word(w, WORD_COST_ACCEPTED);
    for (size_t i = 0; i < d->line_count; i++) {
        const struct decision_line *line = &d->lines[i];
        *cells++ = line->title;
        *cells++ = letter_cost(line->category, w->language);
        *cells++ = money(w, line->applied_cents);
        *cells++ = money(w, line->accepted_cents);
        applied += line->applied_cents;
    }
    *cells++ = word(w, WORD_TOGETHER);
    *cells++ = "";
    *cells++ = money(w, applied);
    *cells++ = money(w, decision_accepted(d));
}

/* 688/2001, 11 s.: purpose, period of use, accepted costs. */
static void write_use(struct writer *w)
{
    const struct decision *d = w->facts->decision;

    section(w, WORD_PURPOSE);
    paragraph(w, FILL(w, WORD_PURPOSE_TEXT, d->purpose));
    section(w, WORD_USE);
    paragraph(w, FILL(w, WORD_USE_TEXT, day(w, d->use_from), day(w, d->use_until)));
    write_costs(w);
}

static const char **instalment_table(struct writer *w, size_t rows, enum letter_word day_)
{
    const char **cells = table(w, LETTER_TABLE, rows + 1, 3, 4, false);

    *cells++ = word(w, WORD_PAYMENT_ONE);
    *cells++ = word(w, day_);
    *cells++ = word(w, WORD_AMOUNT);
    return cells;
}

static void write_done(struct writer *w)
{
    const struct letter_facts *f = w->facts;
    const char **cells = instalment_table(w, f->done_count, WORD_PAYMENT_STATE);

    for (size_t i = 0; i < f->done_count; i++) {
        *cells++ = arena_printf(w->arena, "%zu", i + 1);
        *cells++ = FILL(w, f->done[i].paid ? WORD_PAYMENT_PAID : WORD_PAYMENT_ORDERED, day(w, f->done[i].day));
        *cells++ = money(w, f->done[i].cents);
    }
}

static void write_instalments(struct writer *w)
{
    const struct letter_facts *f = w->facts;
    const char **cells = instalment_table(w, f->instalment_count, WORD_PAYMENT_DAY);

    for (size_t i = 0; i < f->instalment_count; i++) {
        *cells++ = arena_printf(w->arena, "%zu", f->done_count + i + 1);
        *cells++ = day(w, f->instalments[i].due_on);
        *cells++ = money(w, f->instalments[i].cents);
    }
}

static void write_payment(struct writer *w)
{
    const struct letter_facts *f = w->facts;

    section(w, WORD_PAYMENT);
    if (f->done_count > 0) {
        paragraph(w, word(w, WORD_PAYMENT_DONE));
        write_done(w);
    }
    if (f->instalment_count > 0) {
        paragraph(w, FILL(w, f->done_count > 0 ? WORD_PAYMENT_NEXT : WORD_PAYMENT_TEXT, f->iban));
        write_instalments(w);
    }
    section(w, WORD_ANSWER);
    if (f->answered)
        paragraph(w, word(w, WORD_ANSWERED));
    else
        paragraph(w, FILL(w, WORD_ANSWER_TEXT, day(w, f->decision->answer_until)));
}

/* 688/2001, 11 s.: reports and their days; what the recipient is bound to. */
static void write_duties(struct writer *w)
{
    static const enum letter_word DUTIES[][2] = {{WORD_DUTY_USE, WORD_SOURCE_USE},
                                                 {WORD_DUTY_TELL, WORD_SOURCE_TELL},
                                                 {WORD_DUTY_AUDIT, WORD_SOURCE_AUDIT},
                                                 {WORD_DUTY_RETURN, WORD_SOURCE_RETURN},
                                                 {WORD_DUTY_RECOVERY, WORD_SOURCE_RECOVERY}};
    const struct call *call = w->facts->call;
    const bool interim = call->interim_due != NO_DAY;

    section(w, WORD_REPORTS);
    paragraph(w, word(w, WORD_REPORTS_TEXT));
    const char **cells = table(w, LETTER_TABLE, interim ? 3 : 2, 2, 0, false);
    *cells++ = word(w, WORD_REPORT);
    *cells++ = word(w, WORD_DUE);
    if (interim) {
        *cells++ = word(w, WORD_INTERIM);
        *cells++ = day(w, call->interim_due);
    }
    *cells++ = word(w, WORD_FINAL);
    *cells++ = day(w, call->final_due);
    section(w, WORD_DUTIES);
    for (size_t i = 0; i < sizeof DUTIES / sizeof DUTIES[0]; i++)
        paragraph(w, FILL(w, DUTIES[i][0], of_state(w) ? word(w, DUTIES[i][1]) : ""));
    if (*w->facts->decision->terms != '\0') {
        section(w, WORD_TERMS);
        paragraph(w, w->facts->decision->terms);
    }
}

/* 44 s.: who tells more; who has decided. */
static void write_end(struct writer *w)
{
    const struct letter_facts *f = w->facts;

    section(w, WORD_REVIEW);
    paragraph(w, FILL(w, WORD_REVIEW_TEXT, arena_printf(w->arena, "%d", (int)f->decision->review_days)));
    section(w, WORD_CONTACT);
    paragraph(w, FILL(w, WORD_CONTACT_TEXT, f->call->contact, f->decision->register_number));
    section(w, WORD_SIGNED);
    const char **cells = table(w, LETTER_PAIRS, 2, 2, 0, false);
    cells[0] = word(w, WORD_DECIDED_BY);
    cells[1] = arena_printf(w->arena, "%s, %s", f->decider->name, f->decider->title);
    cells[2] = word(w, WORD_PRESENTED_BY);
    cells[3] = f->presenter != NULL ? arena_printf(w->arena, "%s, %s", f->presenter->name, f->presenter->title) : word(w, WORD_UNPRESENTED);
}

/* 46 s.: the instruction is attached. */
void letter_instruction(struct writer *w, const char *version, const char *authority, const char *contact)
{
    const struct review_instruction *review = review_instruction_named(version);

    if (review == NULL)
        return;
    (void)add(w, LETTER_PAGE, "");
    heading(w, 1, FILL(w, WORD_ATTACHMENT, in(w, review->title)));
    const char *const with[] = {authority, contact, day(w, review_last_day(review, w->today, false)),
                                day(w, review_last_day(review, w->today, true))};
    for (size_t i = 0; i < REVIEW_PARAGRAPHS; i++)
        paragraph(w, letter_fill(w->arena, in(w, *review->paragraphs[i]), with, 4));
}

const struct letter *letter_build(struct arena *arena, const struct letter_facts *facts)
{
    struct letter *letter = arena_alloc(arena, sizeof *letter);
    struct letter_block *first = NULL;
    struct writer w = {.arena = arena,
                       .call = facts->call,
                       .facts = facts,
                       .language = letter_language(facts->decision->language),
                       .today = helsinki_day(facts->decision->decided_us),
                       .end = &first};
    const char *title = word(&w, facts->call->authority_kind == AUTHORITY_STATE ? WORD_TITLE_STATE : WORD_TITLE_MUNICIPAL);

    if (facts->corrects != NULL)
        title = FILL(&w, WORD_TITLE_CORRECTION, title);
    write_head(&w, title);
    write_matter(&w);
    write_decision(&w);
    if (facts->decision->granted)
        write_recipients(&w);
    else
        write_parties(&w);
    write_reasons(&w);
    if (facts->decision->granted) {
        write_use(&w);
        write_payment(&w);
        write_duties(&w);
    }
    write_end(&w);
    letter_instruction(&w, facts->decision->review_version, in(&w, facts->call->authority), facts->call->contact);
    letter->language = w.language == LETTER_SV ? "sv" : w.language == LETTER_EN ? "en" : "fi";
    letter->title = arena_printf(arena, "%s %s", title, facts->decision->register_number);
    letter->author = in(&w, facts->call->authority);
    letter->footer = FILL(&w, WORD_FOOTER, letter->author, facts->decision->register_number);
    letter->draft_word = facts->preview ? word(&w, WORD_DRAFT) : NULL;
    letter->draft_line = facts->preview ? word(&w, WORD_PREVIEW) : NULL;
    letter->created_us = facts->decision->decided_us;
    letter->blocks = first;
    return letter;
}
