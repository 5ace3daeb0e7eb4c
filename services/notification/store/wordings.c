/* See wordings.h: sixty-odd entries, each one block of memory that holds its three texts. */
#include "services/notification/store/wordings.h"

#include "common/base/alloc.h"
#include "services/notification/domain/template.h"
#include "services/notification/store/spool_statements.h"

struct wording {
    int32_t version; /* 0: not read */
    uint8_t *memory;
    struct template_texts texts;
};
struct wordings {
    struct wording of[KIND_LAST + 1][LANGUAGE_COUNT];
};

struct wordings *wordings_new(void)
{
    return mem_new(sizeof(struct wordings));
}

void wordings_free(struct wordings *wordings)
{
    if (wordings == NULL)
        return;
    for (int kind = 0; kind <= KIND_LAST; kind++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            mem_free(wordings->of[kind][language].memory);
    mem_free(wordings);
}

static bool is_missing(const struct wordings *wordings, const struct due *due)
{
    return due->template_version > 0 && wordings->of[due->said.kind][due->person.language].version != due->template_version;
}

int wordings_queue(const struct wordings *wordings, struct db *db, struct arena *arena, const struct due *dues, size_t count)
{
    struct db_params *p = db_params(arena);
    size_t missing = 0;

    for (size_t i = 0; i < count; i++)
        missing += is_missing(wordings, &dues[i]);
    if (missing == 0)
        return -1;
    db_array(p, DB_I16, missing);
    for (size_t i = 0; i < count; i++)
        if (is_missing(wordings, &dues[i]))
            db_array_i16(p, (int16_t)dues[i].said.kind);
    db_array(p, DB_TEXT, missing);
    for (size_t i = 0; i < count; i++)
        if (is_missing(wordings, &dues[i]))
            db_array_text(p, span_text(language_code(dues[i].person.language)));
    db_array(p, DB_I32, missing);
    for (size_t i = 0; i < count; i++)
        if (is_missing(wordings, &dues[i]))
            db_array_i32(p, dues[i].template_version);
    return db_queue(db, &STMT_CLAIM_TEMPLATES, p);
}

static struct span keep(uint8_t **at, struct span text)
{
    struct span kept = span_of(*at, text.len);

    if (text.len > 0)
        memcpy(*at, text.data, text.len);
    *at += text.len;
    return kept;
}

static void read_wording(struct wording *w, const struct db_result *r, int row)
{
    struct span subject = db_get_span(r, row, 3), text = db_get_span(r, row, 4), html = db_get_span(r, row, 5);
    uint8_t *at;

    mem_free(w->memory);
    at = w->memory = mem_new(subject.len + text.len + html.len + 1);
    w->version = db_get_i32(r, row, 2);
    w->texts.subject = keep(&at, subject);
    w->texts.text = keep(&at, text);
    w->texts.html = keep(&at, html);
}

static struct template_texts built_in(enum message_kind kind, enum language language)
{
    const struct template_built_in *words = template_built_in(kind, language);

    return (struct template_texts){.subject = span_text(words->subject), .text = span_text(words->text), .html = span_text("")};
}

void wordings_give(struct wordings *wordings, const struct db *db, int result, struct due *dues, size_t count)
{
    const struct db_result *r = result >= 0 ? db_result(db, result) : NULL;

    for (int row = 0; r != NULL && row < db_rows(r); row++) {
        struct span language = db_get_span(r, row, 1);
        int16_t kind = db_get_i16(r, row, 0);
        if (kind >= KIND_CONFIRMATION && kind <= KIND_LAST)
            read_wording(&wordings->of[kind][language_read((const char *)language.data, language.len)], r, row);
    }
    for (size_t i = 0; i < count; i++) {
        const struct wording *w = &wordings->of[dues[i].said.kind][dues[i].person.language];
        dues[i].texts = dues[i].template_version > 0 ? w->texts : built_in(dues[i].said.kind, dues[i].person.language);
    }
}
