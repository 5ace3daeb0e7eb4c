/* The file of a PDF: numbered objects, and where each of them stands. Whatever is no stream goes by the hundred into object streams (ISO
 * 32000-1, 7.5.7), for the tags of a letter are two hundred small objects that say nearly the same: packed together they take a
 * tenth of the room. Numbers are given first and written later, in any order; each exactly once. */
#ifndef HV_DOC_PDF_FILE_H
#define HV_DOC_PDF_FILE_H
#include <stdbool.h>

#include "common/base/buf.h"

struct libdeflate_compressor;
struct pdf_file {
    struct buf bytes;         /* what is written */
    struct buf packed, heads; /* the object stream that is being filled: its objects; their numbers and offsets */
    unsigned packed_count, packed_number;
    struct pdf_place *places; /* by number */
    unsigned count, cap;
    struct libdeflate_compressor *press; /* borrowed */
};

/* What streams are deflated with: it takes most of a megabyte and is used again and again. */
struct libdeflate_compressor *press_new(void);
void press_free(struct libdeflate_compressor *press);
void press_add(struct libdeflate_compressor *press, struct span from, struct buf *out); /* appends the bytes, deflated */

void pdf_integer(struct buf *out, size_t number);
void pdf_number(struct buf *out, double number); /* with at most two decimals, and a point in every locale */
/* The character that begins here in valid UTF-8; *len: its bytes. */
uint32_t pdf_character(const uint8_t *text, size_t left, size_t *len);
void pdf_utf16(struct buf *out, const uint8_t *text, size_t len); /* hexadecimal of valid UTF-8 */

void pdf_file_init(struct pdf_file *file, struct libdeflate_compressor *press);
void pdf_file_fini(struct pdf_file *file);
unsigned pdf_file_number(struct pdf_file *file); /* of an object that will be written */
/* Where the text of this object is to be written, before anything else is asked of the file. */
struct buf *pdf_file_object(struct pdf_file *file, unsigned number);
/* about: what the dictionary says beside length and filter; deflated: the bytes, made by press_add. */
void pdf_file_stream(struct pdf_file *file, unsigned number, const char *about, struct span deflated);
void pdf_file_end(struct pdf_file *file, unsigned root, unsigned info);

#endif
