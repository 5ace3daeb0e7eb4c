/* Result rows to the questions of a programme. Lists come as lines of one text, in the same order. */
#include <string.h>

#include "services/enrolment/store/rows.h"

/* The lines of a text; "" has none. */
static const char **lines(struct workset *w, const char *text, size_t *count)
{
    size_t n = *text != '\0';
    for (const char *c = text; *c != '\0'; c++)
        n += *c == '\n';
    const char **out = arena_array(w->arena, n, sizeof *out);
    char *copy = arena_strdup(w->arena, text);
    for (size_t i = 0; i < n; i++) {
        out[i] = copy;
        copy += strcspn(copy, "\n");
        if (*copy != '\0')
            *copy++ = '\0';
    }
    *count = n;
    return out;
}

static const struct question_option *options(struct workset *w, const struct db_result *r, int row, size_t *count)
{
    size_t fi_count, sv_count, en_count;
    const char **values = lines(w, row_text(w, r, row, 11), count);
    const char **fi = lines(w, row_text(w, r, row, 12), &fi_count), **sv = lines(w, row_text(w, r, row, 13), &sv_count),
               **en = lines(w, row_text(w, r, row, 14), &en_count);
    struct question_option *out = arena_array(w->arena, *count, sizeof *out);

    for (size_t i = 0; i < *count; i++)
        out[i] = (struct question_option){
            .value = values[i],
            .text = {.fi = i < fi_count ? fi[i] : "", .sv = i < sv_count ? sv[i] : "", .en = i < en_count ? en[i] : ""}};
    return out;
}

static void row_question(struct workset *w, const struct db_result *r, int row, struct question *q)
{
    *q = (struct question){.code = row_text(w, r, row, 1),
                           .kind = (enum question_kind)db_get_i16(r, row, 2),
                           .title = row_texts(w, r, row, 3),
                           .help = row_texts(w, r, row, 6),
                           .required = db_get_bool(r, row, 9),
                           .sensitive = db_get_bool(r, row, 10),
                           .when_code = row_text(w, r, row, 15)};
    q->options = options(w, r, row, &q->option_count);
    q->when_values = lines(w, row_text(w, r, row, 16), &q->when_count);
}

void rows_questions(struct workset *w, const struct db_result *r)
{
    for (int row = 0, run; row < db_rows(r); row += run) {
        const struct uuid id = db_get_uuid(r, row, 0);
        struct programme *p = workset_programme(w, id);
        run = 1;
        while (row + run < db_rows(r) && uuid_compare(db_get_uuid(r, row + run, 0), id) == 0)
            run++;
        if (p == NULL)
            continue;
        struct question *questions = arena_array(w->arena, (size_t)run, sizeof *questions);
        for (int i = 0; i < run; i++)
            row_question(w, r, row + i, &questions[i]);
        p->questions = questions;
        p->question_count = (size_t)run;
    }
}
