/* A sheet of rows for a spreadsheet program, written as Excel (xlsx, libxlsxwriter) or as CSV (RFC 4180, UTF-8 with a byte order mark,
 * ';' between, as Finnish and Swedish programs expect it).
 *
 * Safe against formula injection (CWE-1236): in xlsx every text is a string cell, never a formula; in CSV a text that begins with = + - @
 * (full-width or not, white space before it or not) or a tab gets an apostrophe in front, which programs do not show as part of a formula.
 * Numbers are numbers, days are dates, times are dates with the clock of Europe/Helsinki. Rows are filled from left to right; a row that is
 * short is padded, one that is long is a bug. */
#ifndef HV_DOC_SHEET_H
#define HV_DOC_SHEET_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "common/base/span.h"

struct sheet;
struct sheet_column {
    const char *title;
    double width; /* characters */
};
/* Cells are kept on the arena until it is written. name: of the sheet, at most 31 characters. */
struct sheet *sheet_new(struct arena *arena, const char *name, const struct sheet_column *columns, size_t count);
void sheet_row(struct sheet *sheet); /* begins a row */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_number(struct sheet *sheet, int64_t value);
void sheet_tenths(struct sheet *sheet, int64_t tenths); /* 45 is 4.5 */
void sheet_cents(struct sheet *sheet, int64_t cents);
void sheet_time(struct sheet *sheet, int64_t us); /* 0: an empty cell */
void sheet_day(struct sheet *sheet, int64_t day); /* common/base/day.h; NO_DAY: an empty cell */
void sheet_empty(struct sheet *sheet);
enum err sheet_xlsx(const struct sheet *sheet, struct buf *out) MUST_CHECK; /* ERR_INTERNAL */
void sheet_csv(const struct sheet *sheet, struct buf *out);

#endif
