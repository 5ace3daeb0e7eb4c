/* What the files of an extract share: minutes.c (what was prepared), minutes_decision.c (what was decided, and how one is told), and
 * minutes_text.c (texts that people have written). */
#ifndef HV_FUNDING_DOCUMENT_MINUTES_OWN_H
#define HV_FUNDING_DOCUMENT_MINUTES_OWN_H
#include "services/funding/document/letter_own.h"
#include "services/funding/document/minutes.h"

struct minutes {
    struct writer w;
    const struct minutes_facts *f;
    bool bare;
    const char *authority; /* "Kannuksen kaupunki, kaupunginhallitus" */
};

#define T(fi_, sv_) ((struct text){.fi = (fi_), .sv = (sv_), .en = ""})
#define SAY(m, text, ...)                                                                                                                  \
    letter_fill((m)->w.arena, in(&(m)->w, text), (const char *const[]){__VA_ARGS__},                                                       \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* minutes_text.c: a text without its brackets, and bare without the names in them; the same as paragraphs and lists, which begin with "- "
 * or a number and a point; a name that stands by itself, "" when it is bare. */
const char *minutes_words(const struct minutes *m, const char *text);
void minutes_text(struct minutes *m, const char *text);
const char *minutes_name(const struct minutes *m, const char *name);
const char *minutes_moment(const struct minutes *m, int64_t us); /* "10.3.2026 klo 17.00" */

/* minutes_decision.c */
void minutes_write_nominations(struct minutes *m, const struct nomination *rows, size_t count);
void minutes_write_decision(struct minutes *m);
void minutes_write_end(struct minutes *m);
const char *minutes_outcome(const struct minutes *m, enum outcome outcome);

static inline void head(struct minutes *m, unsigned level, struct text text)
{
    heading(&m->w, level, in(&m->w, text));
}

#endif
