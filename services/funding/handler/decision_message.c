/* See decision_message.h. */
#include "services/funding/handler/decision_message.h"

#include "common/work/check.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/handler/convert.h"

static void add_parts(struct arena *arena, Funding__Decision *m, const struct decision *d)
{
    m->partners = arena_array(arena, d->partner_count, sizeof *m->partners);
    for (size_t i = 0; i < d->partner_count; i++) {
        Funding__DecisionPartner *p = arena_alloc(arena, sizeof *p);

        funding__decision_partner__init(p);
        p->business_id = convert_text(d->partners[i].business_id);
        p->name = convert_text(d->partners[i].name);
        p->cents = d->partners[i].cents;
        m->partners[m->n_partners++] = p;
    }
    m->lines = arena_array(arena, d->line_count, sizeof *m->lines);
    for (size_t i = 0; i < d->line_count; i++) {
        Funding__DecisionLine *line = arena_alloc(arena, sizeof *line);

        funding__decision_line__init(line);
        line->category = (Funding__CostCategory)d->lines[i].category;
        line->title = convert_text(d->lines[i].title);
        line->applied_cents = d->lines[i].applied_cents;
        line->accepted_cents = d->lines[i].accepted_cents;
        m->lines[m->n_lines++] = line;
    }
}

Funding__Decision *decision_message(struct arena *arena, const struct decision *d, bool whole)
{
    Funding__Decision *m = arena_alloc(arena, sizeof *m);

    funding__decision__init(m);
    m->id = convert_id(arena, d->id);
    m->application_id = convert_id(arena, d->application_id);
    m->register_number = convert_text(d->register_number);
    m->title = convert_text(d->title);
    m->corrects_id = convert_id(arena, d->corrects_id);
    m->corrected_by_id = convert_id(arena, d->corrected_by_id);
    m->granted = d->granted;
    m->cents = d->cents;
    m->use_from = convert_day(arena, d->use_from);
    m->use_until = convert_day(arena, d->use_until);
    m->language = convert_text(d->language);
    m->decided_us = d->decided_us;
    m->decided_by_id = convert_id(arena, d->decided_by);
    m->presented_by_id = convert_id(arena, d->presented_by);
    m->answer_until = convert_day(arena, d->answer_until);
    m->review_days = (uint32_t)d->review_days;
    m->sha256 = convert_bytes(d->sha256);
    m->event_id = convert_id(arena, d->event_id);
    if (!whole)
        return m;
    m->purpose = convert_text(d->purpose);
    m->reasons = convert_text(d->reasons);
    m->terms = convert_text(d->terms);
    add_parts(arena, m, d);
    return m;
}

/* "paatos-12-20.01-2026.pdf", in the language of the case: what of the register number may stand in a file's name. */
static char *file_name(struct arena *arena, const struct decision *d, const char *ending)
{
    static const char *const WORDS[] = {[LETTER_FI] = "paatos", [LETTER_SV] = "beslut", [LETTER_EN] = "decision"};
    char *name = arena_printf(arena, "%s-%s.%s", WORDS[letter_language(d->language)], d->register_number, ending);

    for (char *at = name; *at != '\0'; at++)
        if (*at == '/')
            *at = '-';
    return name;
}

Bus__File *decision_file(struct arena *arena, const struct decision *d, bool pdf)
{
    Bus__File *file = arena_alloc(arena, sizeof *file);

    bus__file__init(file);
    file->name = file_name(arena, d, pdf ? "pdf" : "html");
    file->media_type = convert_text(pdf ? "application/pdf" : "text/html; charset=utf-8");
    file->content = convert_bytes(pdf ? d->pdf : d->html);
    file->inline_view = true;
    file->one_language = true;
    return file;
}

Funding__DecisionList *decision_message_list(struct arena *arena, const struct decision_ask *found)
{
    Funding__DecisionList *list = arena_alloc(arena, sizeof *list);
    const size_t shown = found->count < (size_t)found->limit ? found->count : (size_t)found->limit - 1;

    funding__decision_list__init(list);
    list->decisions = arena_array(arena, shown, sizeof *list->decisions);
    for (size_t i = 0; i < shown; i++)
        list->decisions[list->n_decisions++] = decision_message(arena, &found->rows[i], false);
    if (shown < found->count)
        list->next_page_token = page_token(arena, uuid_span(&found->rows[shown - 1].id));
    return list;
}
