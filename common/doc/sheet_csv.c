/* A sheet as CSV. Where a text could be taken for a formula it gets an apostrophe in front, also behind white space, which some programs
 * drop while they read, and before the full-width signs, which some take for the narrow ones; numbers are written by us and need none.
 * Decimals have a comma, as the programs that split at ';' expect. */
#include <inttypes.h>
#include <string.h>

#include "common/base/day.h"
#include "common/doc/sheet_cell.h"

/* Bytes of the first of these that the text begins with; 0: none of them. The list ends with NULL. */
static size_t csv_begins(const char *text, const char *const *with)
{
    for (; *with; with++)
        if (strncmp(text, *with, strlen(*with)) == 0)
            return strlen(*with);
    return 0;
}

static bool csv_is_formula(const char *text)
{
    /* The wide ones: no-break space, zero-width space, ideographic space, byte order mark. */
    static const char *const spaces[] = {" ", "\t", "\n", "\u00a0", "\u200b", "\u3000", "\ufeff", NULL};
    static const char *const signs[] = {"=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", NULL};
    bool tab = *text == '\t';

    for (size_t len; (len = csv_begins(text, spaces)) > 0;)
        text += len;
    return tab || csv_begins(text, signs) > 0;
}

static void csv_text(struct buf *out, const char *text)
{
    buf_text(out, csv_is_formula(text) ? "\"'" : "\"");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            buf_u8(out, '"');
        buf_u8(out, (uint8_t)*p);
    }
    buf_u8(out, '"');
}

/* value / 10^digits with a comma. */
static void csv_decimal(struct buf *out, int64_t value, int digits)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t unit = digits == 1 ? 10 : 100;

    buf_printf(out, "%s%" PRIu64 ",%0*" PRIu64, value < 0 ? "-" : "", size / unit, digits, size % unit);
}

static void csv_time(struct buf *out, int64_t us)
{
    const struct sheet_local at = sheet_local(us);

    buf_printf(out, "%04d-%02d-%02d %02d:%02d:%02d", at.year, at.month, at.day, at.hour, at.minute, at.second);
}

static void csv_day(struct buf *out, int64_t day)
{
    char text[DAY_TEXT];

    day_format(day, text);
    buf_text(out, text);
}

static void csv_cell(struct buf *out, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case SHEET_EMPTY:
        return;
    case SHEET_TEXT:
        csv_text(out, cell->text);
        return;
    case SHEET_NUMBER:
        buf_printf(out, "%" PRId64, cell->value);
        return;
    case SHEET_TENTHS:
        csv_decimal(out, cell->value, 1);
        return;
    case SHEET_CENTS:
        csv_decimal(out, cell->value, 2);
        return;
    case SHEET_TIME:
        csv_time(out, cell->value);
        return;
    case SHEET_DAY:
        csv_day(out, cell->value);
        return;
    }
}

void sheet_csv(const struct sheet *sheet, struct buf *out)
{
    buf_text(out, "\xef\xbb\xbf"); /* the byte order mark: without it Excel takes the file for Latin-1 */
    for (size_t i = 0; i < sheet->count; i++) {
        buf_text(out, i == 0 ? "" : ";");
        csv_text(out, sheet->columns[i].title);
    }
    buf_text(out, "\r\n");
    for (const struct sheet_line *line = sheet->first; line; line = line->next) {
        for (size_t i = 0; i < sheet->count; i++) {
            buf_text(out, i == 0 ? "" : ";");
            csv_cell(out, &line->cells[i]);
        }
        buf_text(out, "\r\n");
    }
}
