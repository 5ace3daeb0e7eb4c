/* A face and the parts that are cut out of it, for pdf_font.c and pdf_part.c alone. */
#ifndef HV_DOC_PDF_FACE_H
#define HV_DOC_PDF_FACE_H
#include <hb.h>

#include "common/doc/pdf_font.h"

enum { LETTER_WORDS = 2, PARTS_MOST = 16 };

struct pdf_letters { /* which of the letters of our languages: a bit for each */
    uint64_t bits[LETTER_WORDS];
};
struct pdf_part { /* of a face, as it is put into a file */
    bool made;
    struct pdf_letters letters;
    struct buf program, unicode; /* deflated: the glyphs; which characters they stand for */
    struct buf widths;           /* text of an array */
    size_t plain;                /* bytes of the program before */
    char tag[8];                 /* "ABCDEF+" */
};
struct pdf_face {
    hb_face_t *hb;
    hb_font_t *font; /* in the face's own units */
    unsigned glyphs, upem;
    bool outlines, compact; /* TrueType or CFF; neither: it cannot or may not be put into a PDF */
    char name[64];
    uint16_t *letter; /* by glyph: the character of our languages it stands for; 0: another one */
    uint8_t *place;   /* by glyph: which of those letters, from 0 */
    uint8_t places;   /* how many there are */
    uint16_t *width;  /* by glyph: tenths of thousandths of the size */
    unsigned space;
    hb_face_t *own; /* all those letters alone: parts are cut out of it ten times as fast; NULL: none was yet */
    struct pdf_part parts[PARTS_MOST];
    size_t next; /* the part that makes room for another one */
};
struct pdf_more { /* a glyph a document shows besides */
    unsigned glyph;
    uint8_t len;
    uint8_t characters[15];
};
struct pdf_cut {
    struct pdf_face *face;
    struct pdf_letters letters; /* that it shows */
    uint16_t *known;            /* by glyph: which of the others it is, from 1; NULL: nothing but letters so far */
    struct pdf_more *more;
    size_t count, cap;
};

/* All that the cut shows, lowest glyph first. */
enum err pdf_part_make(struct pdf_part *part, struct pdf_face *face, const struct pdf_cut *cut,
                       struct libdeflate_compressor *press) MUST_CHECK;
unsigned pdf_part_write(const struct pdf_part *part, const struct pdf_face *face, struct pdf_file *file); /* the font's number */
void pdf_part_fini(struct pdf_part *part);

#endif
