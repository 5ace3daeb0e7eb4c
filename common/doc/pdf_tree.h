/* The tags of a PDF (ISO 32000-1, 14.7): a tree in reading order, whose leaves name the marked content of pages. A screen reader follows
 * it, and reads nothing that it does not name. */
#ifndef HV_DOC_PDF_TREE_H
#define HV_DOC_PDF_TREE_H
#include "common/doc/pdf_file.h"

struct pdf_tree {
    struct pdf_node *nodes;   /* in reading order; 0 is the document */
    struct pdf_piece *pieces; /* of pages, page by page, in the order of their marks; 0 is nobody's */
    unsigned count, cap, piece_count, piece_cap;
    unsigned open;  /* the innermost one that is not ended */
    unsigned leaf;  /* what was marked last */
    unsigned marks; /* on the page so far */
    unsigned page;  /* of what is marked now, from 0 */
};

void pdf_tree_init(struct pdf_tree *tree);
void pdf_tree_fini(struct pdf_tree *tree);
void pdf_tree_begin(struct pdf_tree *tree, const char *tag);      /* holds others; tag: a constant */
void pdf_tree_list(struct pdf_tree *tree, const char *numbering); /* the same of a list, "L": "Decimal" or "Disc" */
void pdf_tree_end(struct pdf_tree *tree);
unsigned pdf_tree_mark(struct pdf_tree *tree, const char *tag); /* holds content of the page: the number it is marked with */
unsigned pdf_tree_more(struct pdf_tree *tree, unsigned leaf);   /* this tag goes on in another piece, of this page or a later one */
void pdf_tree_scope(struct pdf_tree *tree, const char *scope);  /* what was marked last heads its "Column" or "Row" */
void pdf_tree_page(struct pdf_tree *tree);                      /* what follows stands on the next page */
/* Writes it; pages: their numbers as objects. The number of its root. */
unsigned pdf_tree_write(const struct pdf_tree *tree, struct pdf_file *file, const unsigned *pages);

#endif
