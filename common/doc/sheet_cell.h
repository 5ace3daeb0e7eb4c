/* What a sheet is inside: columns and a list of cells in blocks on the arena, as sheet.c fills it and sheet_xlsx.c and sheet_csv.c read it.
 */
#ifndef HV_DOC_SHEET_CELL_H
#define HV_DOC_SHEET_CELL_H
#include "common/doc/sheet.h"

enum sheet_kind { SHEET_EMPTY, SHEET_TEXT, SHEET_NUMBER, SHEET_TENTHS, SHEET_CENTS, SHEET_TIME, SHEET_DAY };
struct sheet_cell {
    enum sheet_kind kind;
    const char *text; /* clean UTF-8 */
    int64_t value;
};
struct sheet_line { /* one row: as many cells as there are columns */
    struct sheet_line *next;
    struct sheet_cell cells[];
};
struct sheet {
    struct arena *arena;
    const char *name;
    const struct sheet_column *columns;
    size_t count;
    struct sheet_line *first, *last; /* rows, the last one being filled */
    size_t filled;                   /* cells of the last row */
};

/* A moment on the clocks of Helsinki. */
struct sheet_local {
    int year, month, day, hour, minute, second;
};
struct sheet_local sheet_local(int64_t us);

#endif
