/* The letter of a decision: the document its recipients get, with all the law asks of one (hallintolaki 434/2003, 44-46 s.;
 * valtionavustuslaki 688/2001, 11 s.), in the language of the case. It is built once, out of the facts of the decision, as a list of
 * headings, paragraphs and tables, and rendered twice: as HTML (letter_html.h) and as tagged PDF (letter_pdf.h), so that both say the same.
 *
 * The words are in letter_words.h. Everything stands on the arena that is given; facts are borrowed. The same facts give the same bytes. */
#ifndef HV_FUNDING_DOCUMENT_LETTER_H
#define HV_FUNDING_DOCUMENT_LETTER_H
#include "common/base/arena.h"
#include "services/funding/domain/decision.h"

struct letter_paid { /* an instalment that is paid, or ordered to be */
    int64_t day, cents;
    bool paid;
};
struct letter_facts {
    const struct call *call;
    const struct decision *decision; /* whole, but for its documents and event */
    int64_t applied_cents, submitted_us;
    const struct planned_instalment *instalments;
    size_t instalment_count;        /* still to be paid */
    const struct letter_paid *done; /* of a correction: before those */
    size_t done_count;
    const char *iban;                                /* of the lead */
    const struct call_official *presenter, *decider; /* presenter NULL: decided without a presentation */
    const struct decision *corrects;                 /* the one before; NULL: this is the first */
    const char *correction;                          /* why it is corrected */
    bool answered;                                   /* the grant was accepted before this correction of it */
    bool preview;                                    /* it is not sent yet: the letter says so */
};

enum letter_kind {
    LETTER_HEADING,
    LETTER_PARAGRAPH,
    LETTER_PAIRS, /* a table of two columns: what it is, and what of it; the first column are headings of rows */
    LETTER_TABLE, /* the first row are headings of columns */
    LETTER_LIST,  /* of two columns: what stands before an item ("2."; "": a bullet), and the item */
    LETTER_PAGE   /* what follows begins a page: an attachment */
};
struct letter_block {
    struct letter_block *next;
    enum letter_kind kind;
    unsigned level;           /* of a heading: 1..3 */
    const char *text;         /* of a heading or paragraph; of a table its caption */
    const char *const *cells; /* row by row */
    size_t rows, columns;
    uint32_t right;       /* bit c: column c holds amounts */
    const double *widths; /* of the columns; NULL: as usual */
    bool total;           /* the last row is a sum */
};
struct letter {
    const char *language, *title, *author, *footer;
    const char *draft_word, *draft_line; /* on every page of a draft; NULL: it is none */
    int64_t created_us;
    const struct letter_block *blocks;
};

const struct letter *letter_build(struct arena *arena, const struct letter_facts *facts);

#endif
