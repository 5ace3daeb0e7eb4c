/* Filling a sheet: rows and cells on the arena. Texts are cleaned and copied here, so both writers may take them as they are. */
#include <assert.h>

#include "common/base/day.h"
#include "common/doc/clean.h"
#include "common/doc/sheet_cell.h"

#define SHEET_NAME 31 /* characters a spreadsheet program allows */

static const char *sheet_clean(struct arena *arena, const char *text)
{
    struct buf clean = {0};
    char *copy;

    clean_add(&clean, text);
    copy = arena_text(arena, buf_span(&clean));
    buf_fini(&clean);
    return copy;
}

/* Programs refuse these in a sheet's name, and one that is too long: replaced and cut at a character. */
static const char *sheet_name(struct arena *arena, const char *name)
{
    char *copy = arena_strdup(arena, sheet_clean(arena, name && *name != '\0' ? name : "1"));
    size_t characters = 0;

    for (char *p = copy; *p != '\0'; p++) {
        if (strchr("[]:*?/\\'\n\t", *p))
            *p = ' ';
        characters += (*p & 0xc0) != 0x80;
        if (characters > SHEET_NAME) {
            *p = '\0';
            break;
        }
    }
    return copy;
}

struct sheet *sheet_new(struct arena *arena, const char *name, const struct sheet_column *columns, size_t count)
{
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct sheet_column *copy = arena_array(arena, count, sizeof *copy);

    assert(count > 0);
    for (size_t i = 0; i < count; i++)
        copy[i] = (struct sheet_column){sheet_clean(arena, columns[i].title), columns[i].width};
    *sheet = (struct sheet){.arena = arena, .name = sheet_name(arena, name), .columns = copy, .count = count};
    return sheet;
}

void sheet_row(struct sheet *sheet)
{
    struct sheet_line *line = arena_alloc(sheet->arena, sizeof *line + sheet->count * sizeof line->cells[0]);

    if (sheet->last)
        sheet->last->next = line;
    else
        sheet->first = line;
    sheet->last = line;
    sheet->filled = 0;
}

static void sheet_put(struct sheet *sheet, struct sheet_cell cell)
{
    assert(sheet->last && "a row is begun before its cells");
    assert(sheet->filled < sheet->count && "a row has as many cells as there are columns");
    sheet->last->cells[sheet->filled++] = cell;
}

void sheet_text(struct sheet *sheet, const char *text)
{
    sheet_put(sheet, (struct sheet_cell){.kind = SHEET_TEXT, .text = sheet_clean(sheet->arena, text)});
}

void sheet_number(struct sheet *sheet, int64_t value)
{
    sheet_put(sheet, (struct sheet_cell){.kind = SHEET_NUMBER, .value = value});
}

void sheet_tenths(struct sheet *sheet, int64_t tenths)
{
    sheet_put(sheet, (struct sheet_cell){.kind = SHEET_TENTHS, .value = tenths});
}

void sheet_cents(struct sheet *sheet, int64_t cents)
{
    sheet_put(sheet, (struct sheet_cell){.kind = SHEET_CENTS, .value = cents});
}

void sheet_time(struct sheet *sheet, int64_t us)
{
    sheet_put(sheet, (struct sheet_cell){.kind = us == 0 ? SHEET_EMPTY : SHEET_TIME, .value = us});
}

void sheet_day(struct sheet *sheet, int64_t day)
{
    sheet_put(sheet, (struct sheet_cell){.kind = day == NO_DAY ? SHEET_EMPTY : SHEET_DAY, .value = day});
}

void sheet_empty(struct sheet *sheet)
{
    sheet_put(sheet, (struct sheet_cell){.kind = SHEET_EMPTY});
}
