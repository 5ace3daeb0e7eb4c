/* Faces of type in a PDF: which characters a document shows with each, and the part of the face that is put into the file.
 *
 * A document carries the glyphs it shows and no others: a kilobyte for twenty of them, and letters are stored by the ten thousand.
 * A set of faces lives on a shelf and is shared by its documents. Nearly every document is content with the letters, digits and marks of
 * Finnish, Swedish and English: these are cut out of a face once (with HarfBuzz), and the parts of documents out of that. Letters that are
 * written by the hundred show the same ones again and again: the last parts are kept as they were put into the file. A document that shows
 * more gets a part of its own. What is in a document depends on that document alone.
 * Glyphs keep the numbers they have in the face, and a text is a row of them, two bytes each (Identity-H). */
#ifndef HV_DOC_PDF_FONT_H
#define HV_DOC_PDF_FONT_H
#include <pango/pangocairo.h>

#include "common/base/err.h"
#include "common/doc/pdf_file.h"

struct pdf_face;
struct pdf_faces {
    struct pdf_face **rows;
    size_t count, cap;
    struct pdf_sized *sized; /* fonts of Pango that were met: a face in a size */
    size_t sized_count;
};
struct pdf_sized {
    PangoFont *font; /* ours */
    struct pdf_face *face;
    int size; /* in units of Pango */
};
struct pdf_cut; /* what one document shows of one face */
struct pdf_cuts {
    struct pdf_cut *rows; /* by their number in the document: /F0, /F1 ... */
    size_t count, cap;
};

void pdf_faces_fini(struct pdf_faces *faces);
/* A face that cannot be put into a PDF (one of coloured pictures), or may not, answers false: nothing of it can be shown. So does NULL. */
bool pdf_faces_find(struct pdf_faces *faces, PangoFont *font, struct pdf_sized *out);
bool pdf_face_reads(const struct pdf_face *face, const PangoGlyphString *glyphs, struct span text); /* each is a letter of our languages */
unsigned pdf_face_space(const struct pdf_face *face);                                               /* its glyph */
double pdf_face_width(const struct pdf_face *face, unsigned glyph); /* in thousandths of the size, to a tenth */

size_t pdf_cuts_use(struct pdf_cuts *cuts, struct pdf_face *face); /* its number in this document */
/* The document shows this glyph. Where it is no letter of our languages, pdf_cuts_glyph says what it stands for. */
void pdf_cuts_letter(struct pdf_cuts *cuts, size_t number, unsigned glyph);
/* The document shows this glyph for these characters. What is said first of a glyph counts: false when it is known for others, or stands
 * for none or for more than are kept. */
bool pdf_cuts_glyph(struct pdf_cuts *cuts, size_t number, unsigned glyph, struct span characters);
/* Writes all faces, and appends what the pages' resources say of them. ERR_INTERNAL: a face is broken. */
enum err pdf_cuts_write(struct pdf_cuts *cuts, struct pdf_file *file, struct buf *resources) MUST_CHECK;
void pdf_cuts_fini(struct pdf_cuts *cuts);

#endif
