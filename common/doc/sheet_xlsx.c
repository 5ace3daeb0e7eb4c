/* A sheet as an Excel workbook, with libxlsxwriter. Texts are written as string cells, whatever they begin with. The parts of the
 * file and the file itself pass through temporary files that have no name, so none is left behind, however the process ends. */
#include <stdio.h>
#include <time.h>
#include <xlsxwriter.h>

#include "common/base/alloc.h"
#include "common/doc/sheet_cell.h"

#define XLSX_A4   9     /* the format's number for that paper */
#define XLSX_TEXT 32767 /* bytes; the library and Excel take no longer cell */
#define XLSX_1970 25569 /* 1970-01-01 as the format counts days */

struct xlsx {
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *head, *tenths, *cents, *time, *day;
    lxw_error error; /* the first one */
};

static void xlsx_note(struct xlsx *x, lxw_error error)
{
    if (x->error == LXW_NO_ERROR)
        x->error = error;
}

/* A text that is too long for a cell is cut at a character. */
static lxw_error xlsx_text(struct xlsx *x, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format)
{
    size_t len = strlen(text);
    lxw_error error;
    char *cut;

    if (len <= XLSX_TEXT)
        return worksheet_write_string(x->page, row, column, text, format);
    for (len = XLSX_TEXT; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
        len--;
    cut = mem_new(len + 1);
    memcpy(cut, text, len);
    error = worksheet_write_string(x->page, row, column, cut, format);
    mem_free(cut);
    return error;
}

static lxw_error xlsx_time(struct xlsx *x, lxw_row_t row, lxw_col_t column, int64_t us)
{
    const struct sheet_local at = sheet_local(us);
    lxw_datetime value = {at.year, at.month, at.day, at.hour, at.minute, at.second};

    return worksheet_write_datetime(x->page, row, column, &value, x->time);
}

static lxw_error xlsx_cell(struct xlsx *x, lxw_row_t row, lxw_col_t column, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case SHEET_EMPTY:
        return LXW_NO_ERROR;
    case SHEET_TEXT:
        return xlsx_text(x, row, column, cell->text, NULL);
    case SHEET_NUMBER:
        return worksheet_write_number(x->page, row, column, (double)cell->value, NULL);
    case SHEET_TENTHS:
        return worksheet_write_number(x->page, row, column, (double)cell->value / 10, x->tenths);
    case SHEET_CENTS:
        return worksheet_write_number(x->page, row, column, (double)cell->value / 100, x->cents);
    case SHEET_TIME:
        return xlsx_time(x, row, column, cell->value);
    case SHEET_DAY:
        return worksheet_write_number(x->page, row, column, (double)(cell->value + XLSX_1970), x->day);
    }
    return LXW_ERROR_PARAMETER_VALIDATION;
}

static lxw_format *xlsx_format(struct xlsx *x, const char *pattern)
{
    lxw_format *format = workbook_add_format(x->book);

    if (format)
        format_set_num_format(format, pattern);
    return format;
}

/* Headings in bold that stay in sight, on paper too: across an A4 lying down. The filter on them is set when the rows are known. */
static void xlsx_heads(struct xlsx *x, const struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        xlsx_note(x, worksheet_set_column(x->page, (lxw_col_t)i, (lxw_col_t)i, sheet->columns[i].width, NULL));
        xlsx_note(x, xlsx_text(x, 0, (lxw_col_t)i, sheet->columns[i].title, x->head));
    }
    worksheet_freeze_panes(x->page, 1, 0);
    worksheet_set_landscape(x->page);
    worksheet_set_paper(x->page, XLSX_A4);
    worksheet_fit_to_pages(x->page, 1, 0);
    xlsx_note(x, worksheet_repeat_rows(x->page, 0, 0));
}

static void xlsx_rows(struct xlsx *x, const struct sheet *sheet)
{
    lxw_row_t row = 1;

    for (const struct sheet_line *line = sheet->first; line; line = line->next, row++)
        for (size_t i = 0; i < sheet->count; i++)
            xlsx_note(x, xlsx_cell(x, row, (lxw_col_t)i, &line->cells[i]));
    xlsx_note(x, worksheet_autofilter(x->page, 0, 0, row - 1, (lxw_col_t)(sheet->count - 1)));
}

static bool xlsx_prepare(struct xlsx *x, const struct sheet *sheet)
{
    lxw_doc_properties about = {.created = (time_t)1}; /* else the library asks the clock, and no two files were the same */

    x->page = workbook_add_worksheet(x->book, sheet->name);
    x->head = workbook_add_format(x->book);
    x->tenths = xlsx_format(x, "0.0");
    x->cents = xlsx_format(x, "#,##0.00");
    x->time = xlsx_format(x, "yyyy-mm-dd hh:mm:ss");
    x->day = xlsx_format(x, "yyyy-mm-dd");
    if (!x->page || !x->head || !x->tenths || !x->cents || !x->time || !x->day)
        return false;
    format_set_bold(x->head);
    format_set_text_wrap(x->head); /* a question can be longer than its column is wide */
    format_set_align(x->head, LXW_ALIGN_VERTICAL_TOP);
    xlsx_note(x, workbook_set_properties(x->book, &about));
    return true;
}

/* The whole of the file behind the stream. */
static bool xlsx_take(FILE *file, struct buf *out)
{
    long len = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    size_t before = out->len;

    rewind(file);
    if (len <= 0)
        return false;
    if (fread(buf_extend(out, (size_t)len), 1, (size_t)len, file) == (size_t)len)
        return true;
    out->len = before;
    return false;
}

static lxw_error xlsx_write(const struct sheet *sheet, const char *path)
{
    struct xlsx x = {.book = workbook_new(path)};

    if (!x.book)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (xlsx_prepare(&x, sheet)) {
        xlsx_heads(&x, sheet);
        xlsx_rows(&x, sheet);
    } else {
        xlsx_note(&x, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    xlsx_note(&x, workbook_close(x.book));
    return x.error;
}

/* The library writes to a path only. Ours names a file without a name, by the number under which this process holds it open. */
enum err sheet_xlsx(const struct sheet *sheet, struct buf *out)
{
    FILE *file = tmpfile();
    char path[40];
    bool good;

    if (!file)
        return ERR_INTERNAL;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    good = xlsx_write(sheet, path) == LXW_NO_ERROR && xlsx_take(file, out);
    fclose(file);
    return good ? ERR_OK : ERR_INTERNAL;
}
