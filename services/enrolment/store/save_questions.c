/* Saving the questions of a programme. Lists of words travel as lines of one text, as they are loaded (rows_questions.c). */
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"

#include <string.h>

enum column { VALUE, FI, SV, EN };

static const char *option_text(const struct question_option *option, enum column column)
{
    switch (column) {
    case VALUE:
        return option->value;
    case FI:
        return option->text.fi;
    case SV:
        return option->text.sv;
    case EN:
        return option->text.en;
    }
    return "";
}

static char *line_put(char *end, const char *line, bool first)
{
    const size_t len = strlen(line);

    if (!first)
        *end++ = '\n';
    memcpy(end, line, len);
    return end + len;
}

static void add_options(struct workset *w, struct db_params *p, const struct question *q, enum column column)
{
    size_t room = 1;

    for (size_t i = 0; i < q->option_count; i++)
        room += strlen(option_text(&q->options[i], column)) + 1;
    char *lines = arena_alloc(w->arena, room), *end = lines;
    for (size_t i = 0; i < q->option_count; i++)
        end = line_put(end, option_text(&q->options[i], column), i == 0);
    db_text(p, span_of(lines, (size_t)(end - lines)));
}

static void add_when(struct workset *w, struct db_params *p, const struct question *q)
{
    size_t room = 1;

    for (size_t i = 0; i < q->when_count; i++)
        room += strlen(q->when_values[i]) + 1;
    char *lines = arena_alloc(w->arena, room), *end = lines;
    for (size_t i = 0; i < q->when_count; i++)
        end = line_put(end, q->when_values[i], i == 0);
    db_text(p, span_of(lines, (size_t)(end - lines)));
}

static void add_texts(struct db_params *p, const struct text *text)
{
    db_text(p, span_text(text->fi));
    db_text(p, span_text(text->sv));
    db_text(p, span_text(text->en));
}

void save_questions(struct workset *w, struct db *db, const struct programme *programme)
{
    for (size_t i = 0; i < programme->question_count; i++) {
        const struct question *q = &programme->questions[i];
        struct db_params *p = db_params(w->arena);
        db_uuid(p, programme->id);
        db_i32(p, (int32_t)i);
        db_text(p, span_text(q->code));
        db_i16(p, (int16_t)q->kind);
        add_texts(p, &q->title);
        add_texts(p, &q->help);
        db_bool(p, q->required);
        db_bool(p, q->sensitive);
        add_options(w, p, q, VALUE);
        add_options(w, p, q, FI);
        add_options(w, p, q, SV);
        add_options(w, p, q, EN);
        db_text(p, span_text(q->when_code));
        add_when(w, p, q);
        (void)db_queue(db, &ADD_QUESTION, p);
    }
}
