/* What the letters of this room are written with, a block after the other: letter.c (a decision on an application), follow_letter.c (what
 * is decided of a grant later), minutes.c (what a board of a municipality has decided). */
#ifndef HV_FUNDING_DOCUMENT_LETTER_OWN_H
#define HV_FUNDING_DOCUMENT_LETTER_OWN_H
#include "common/base/workday.h"
#include "services/funding/document/letter.h"
#include "services/funding/document/letter_words.h"

struct writer {
    struct arena *arena;
    const struct call *call;          /* NULL: it is about none */
    const struct letter_facts *facts; /* of letter.c; NULL: another letter */
    enum letter_language language;
    int64_t today;
    struct letter_block **end;
};

#define FILL(w, word, ...)                                                                                                                 \
    letter_fill((w)->arena, letter_word(word, (w)->language), (const char *const[]){__VA_ARGS__},                                          \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static inline struct letter_block *add(struct writer *w, enum letter_kind kind, const char *text)
{
    struct letter_block *block = arena_alloc(w->arena, sizeof *block);

    block->kind = kind;
    block->text = text;
    *w->end = block;
    w->end = &block->next;
    return block;
}

static inline void heading(struct writer *w, unsigned level, const char *text)
{
    add(w, LETTER_HEADING, text)->level = level;
}

static inline void section(struct writer *w, enum letter_word word)
{
    heading(w, 2, letter_word(word, w->language));
}

static inline void paragraph(struct writer *w, const char *text)
{
    if (*text != '\0')
        (void)add(w, LETTER_PARAGRAPH, text);
}

static inline const char **table(struct writer *w, enum letter_kind kind, size_t rows, size_t columns, uint32_t right, bool total)
{
    struct letter_block *block = add(w, kind, "");
    const char **cells = arena_array(w->arena, rows * columns, sizeof *cells);

    block->cells = cells;
    block->rows = rows;
    block->columns = columns;
    block->right = right;
    block->total = total;
    return cells;
}

/* A table of headings and rows whose columns share the line so (WIDTHS: static). */
static inline const char **table_wide(struct writer *w, size_t rows, size_t columns, const double *widths, uint32_t right)
{
    struct letter_block **at = w->end;
    const char **cells = table(w, LETTER_TABLE, rows, columns, right, false);

    (*at)->widths = widths;
    return cells;
}

/* A list whose items are filled in afterwards: what stands before each, and its text. */
static inline const char **list(struct writer *w, size_t rows)
{
    return table(w, LETTER_LIST, rows, 2, 0, false);
}

static inline const char *in(const struct writer *w, struct text text)
{
    return letter_in(text, w->language);
}

static inline const char *word(const struct writer *w, enum letter_word word_)
{
    return letter_word(word_, w->language);
}

static inline const char *money(const struct writer *w, int64_t cents)
{
    return letter_money(w->arena, cents, w->language);
}

static inline const char *day(const struct writer *w, int64_t day_)
{
    return letter_day(w->arena, day_, w->language);
}

static inline bool of_state(const struct writer *w)
{
    return w->call->authority_kind == AUTHORITY_STATE;
}

/* letter.c: the instruction for requesting a review, on a page of its own (46 s.): to which authority, and how one reaches it. */
void letter_instruction(struct writer *w, const char *version, const char *authority, const char *contact);

#endif
