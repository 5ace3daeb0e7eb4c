/* See preview.h. */
#include "services/notification/handler/preview.h"

#include "services/notification/domain/hypertext.h"
#include "services/notification/handler/page.h"

enum err preview_which(struct job *job, const char *kind, const char *language, enum message_kind *k, enum language *l)
{
    const enum err err = asked_kind(job, kind, k);

    if (err != ERR_OK || language_find(span_text(language), l))
        return err;
    return job_fail(job, ERR_INVALID, "notification.template.language", "language", "Kieli on fi, sv tai en", "Språket är fi, sv eller en",
                    "The language is fi, sv or en");
}

/* What an editor counts: characters from one on. A byte of a pattern that is not UTF-8 is said as the first character. */
static size_t character_at(struct span text, size_t at)
{
    size_t count = 1;

    for (size_t i = 0; i < at && i < text.len; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

static enum err wrong_text(struct job *job, const char *rule, const char *field, struct span text, const struct pattern_error *error)
{
    struct arena *arena = job->arena;
    const size_t character = character_at(text, error->at);
    char fi[WRONG_WORDS], sv[WRONG_WORDS], en[WRONG_WORDS];
    const enum err err = job_fail(
        job, ERR_INVALID, rule, field,
        arena_printf(arena, "Mallin teksti ei kelpaa, %zu. merkki: %s", character, wrong_words(error, LANGUAGE_FI, fi)),
        arena_printf(arena, "Mallens text är inte giltig, tecken %zu: %s", character, wrong_words(error, LANGUAGE_SV, sv)),
        arena_printf(arena, "The text cannot be a template, at character %zu: %s", character, wrong_words(error, LANGUAGE_EN, en)));

    job_fact(job, "position", arena_printf(arena, "%zu", error->at));
    job_fact(job, "character", arena_printf(arena, "%zu", character));
    job_fact(job, "reason", arena_text(arena, span_text(en)));
    return err;
}

static enum err check_text(struct job *job, enum message_kind kind, const char *field, struct span text)
{
    struct pattern_error error;

    if (text.len > PATTERN_MAX)
        return job_fail(job, ERR_INVALID, "notification.template.long", field, "Mallin teksti on liian pitkä (16 KiB)",
                        "Mallens text är för lång (16 KiB)", "A text of a template has at most 16 KiB");
    return pattern_check(text, kind, &error) ? ERR_OK : wrong_text(job, "notification.template.pattern", field, text, &error);
}

/* What its pattern says is right already; here what its elements are. */
static enum err check_html(struct job *job, enum message_kind kind, struct span html)
{
    struct pattern_error error;
    const enum err err = check_text(job, kind, "html", html);

    return err != ERR_OK || hypertext_check(html, &error) ? err : wrong_text(job, "notification.template.html", "html", html, &error);
}

static enum err unused(struct job *job, const char *field, enum fact_name fact)
{
    const char *name = fact_text_name(fact);
    const enum err err = job_fail(
        job, ERR_INVALID, "notification.template.fact-unused", field,
        arena_printf(job->arena, "Mallista puuttuu ainakin yhdestä haarasta tieto {%s}, jonka kertomiseksi viesti lähtee", name),
        arena_printf(job->arena, "I mallen saknas i minst en gren uppgiften {%s}, som meddelandet är till för att berätta", name),
        arena_printf(job->arena, "The template does not say {%s}, which the message is there to tell, in each of its branches", name));

    job_fact(job, "fact", name);
    return err;
}

/* Without what its kind is there to tell, every letter would go out empty. A subject of one's own may stand in the subject alone. */
static enum err check_said(struct job *job, enum message_kind kind, const struct template_texts *texts)
{
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        const enum fact_name fact = (enum fact_name)i;
        if (!kind_essential(kind, fact) || (fact == FACT_SUBJECT && pattern_says(texts->subject, fact)))
            continue;
        if (!pattern_says(texts->text, fact))
            return unused(job, fact == FACT_SUBJECT ? "subject" : "text", fact);
        if (texts->html.len > 0 && !pattern_says(texts->html, fact))
            return unused(job, "html", fact);
    }
    return ERR_OK;
}

static enum err empty(struct job *job, const char *field)
{
    return job_fail(job, ERR_INVALID, "notification.template.empty", field, "Mallissa on otsikko ja teksti",
                    "En mall har en rubrik och en text", "A template has a subject and a text");
}

enum err preview_check(struct job *job, enum message_kind kind, const struct template_texts *texts)
{
    enum err err;

    if (texts->subject.len == 0 || texts->text.len == 0)
        return empty(job, texts->subject.len == 0 ? "subject" : "text");
    if (memchr(texts->subject.data, '\n', texts->subject.len) != NULL)
        return job_fail(job, ERR_INVALID, "notification.template.subject", "subject", "Otsikossa on yksi rivi", "En rubrik har en rad",
                        "A subject is one line");
    err = check_text(job, kind, "subject", texts->subject);
    if (err == ERR_OK)
        err = check_text(job, kind, "text", texts->text);
    if (err == ERR_OK && texts->html.len > 0)
        err = check_html(job, kind, texts->html);
    return err == ERR_OK ? check_said(job, kind, texts) : err;
}

struct letter *preview_letter(struct job *job, const struct workset *w, enum message_kind kind, enum language language,
                              const struct template_texts *texts, const struct facts *facts)
{
    struct letter *letter = arena_alloc(job->arena, sizeof *letter);

    switch (letter_write(kind, language, texts, facts, &w->manners[language], "", letter)) {
    case LETTER_OK:
        return letter;
    case LETTER_MISSING: /* texts that were checked say nothing that is not known; were it otherwise, a preview ends no service */
        (void)job_fail(job, ERR_INTERNAL, NULL, NULL, NULL, NULL, NULL);
        return NULL;
    case LETTER_TOO_LONG:
        break;
    }
    (void)job_fail(job, ERR_INVALID, "notification.template.letter-long", NULL, "Kirjeestä tulee liian pitkä", "Brevet blir för långt",
                   "The letter becomes too long");
    return NULL;
}

enum err preview_needs(struct job *job, struct workset *w, const Notification__PreviewTemplateRequest *request)
{
    enum message_kind kind;
    enum language language;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = preview_which(job, request->kind, request->language, &kind, &language);
    if (err != ERR_OK)
        return err;
    struct template_ask *ask = template_ask(w, job);
    ask->what = TEMPLATE_ASK_ONE;
    ask->kind = kind;
    ask->language = language;
    return ERR_OK;
}

/* What is left out is the current template's. Own words without HTML of their own have it made of the text. */
static struct template_texts texts_of(const Notification__PreviewTemplateRequest *request, const struct template_row *current)
{
    struct template_texts texts = {span_text(request->subject), span_text(request->text), span_text(request->html)};

    if (current == NULL)
        return texts;
    if (texts.html.len == 0 && texts.subject.len == 0 && texts.text.len == 0)
        return current->texts;
    if (texts.subject.len == 0)
        texts.subject = current->texts.subject;
    if (texts.text.len == 0)
        texts.text = current->texts.text;
    return texts;
}

struct letter *preview_decide(struct job *job, struct workset *w, const Notification__PreviewTemplateRequest *request)
{
    const struct template_ask *ask = template_asked(w, job);
    const struct template_texts texts = texts_of(request, ask->count > 0 ? &ask->rows[0] : NULL);
    struct facts facts;

    if (preview_check(job, ask->kind, &texts) != ERR_OK ||
        asked_samples(job, ask->kind, ask->language, request->facts, request->n_facts, &facts) != ERR_OK)
        return NULL;
    return preview_letter(job, w, ask->kind, ask->language, &texts, &facts);
}

Notification__Template *preview_row(struct arena *arena, const struct template_row *row)
{
    Notification__Template *out = arena_alloc(arena, sizeof *out);

    notification__template__init(out);
    out->kind = (char *)(uintptr_t)kind_of(row->kind)->name;
    out->language = (char *)(uintptr_t)language_code(row->language);
    out->version = (uint32_t)row->version;
    out->subject = arena_text(arena, row->texts.subject);
    out->text = arena_text(arena, row->texts.text);
    out->html = arena_text(arena, row->texts.html);
    out->built_in = row->built_in;
    out->created_us = row->created_us;
    if (!uuid_is_nil(row->created_by))
        out->creator_id = convert_id_bytes(arena, row->created_by);
    return out;
}
