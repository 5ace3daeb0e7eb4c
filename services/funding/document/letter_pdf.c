/* See letter_pdf.h. */
#include "services/funding/document/letter_pdf.h"

#include "common/doc/pdf.h"

#define NEW_PAGE 1000.0 /* points: more than a page is tall */

static void table(struct pdf *pdf, const struct letter_block *b)
{
    static const double TWO[] = {1, 2}, THREE[] = {4, 2, 2}, FOUR[] = {4, 2.4, 2.2, 2.2}, DAYS[] = {1, 3, 2};
    const double *usual = b->columns == 2 ? TWO : b->columns == 4 ? FOUR : b->total ? THREE : DAYS;

    pdf_table(pdf, b->cells, b->rows, b->columns, b->widths != NULL ? b->widths : usual, b->kind == LETTER_TABLE ? 1 : 0, b->right);
}

enum err letter_pdf(const struct letter *letter, struct pdf_shelf *shelf, struct buf *out)
{
    const struct pdf_about about = {
        .language = letter->language, .title = letter->title, .author = letter->author, .created_us = letter->created_us};
    struct pdf *pdf = pdf_new_on(&about, shelf);

    pdf_footer(pdf, letter->footer);
    if (letter->draft_word != NULL)
        pdf_draft(pdf, letter->draft_word, letter->draft_line);
    for (const struct letter_block *b = letter->blocks; b != NULL; b = b->next)
        switch (b->kind) {
        case LETTER_HEADING:
            pdf_heading(pdf, b->level, b->text);
            break;
        case LETTER_PARAGRAPH:
            pdf_paragraph(pdf, b->text);
            break;
        case LETTER_PAIRS:
        case LETTER_TABLE:
            table(pdf, b);
            break;
        case LETTER_LIST:
            pdf_list(pdf, b->cells, b->rows);
            break;
        case LETTER_PAGE:
            pdf_space(pdf, NEW_PAGE);
            break;
        }
    return pdf_end(pdf, out);
}
