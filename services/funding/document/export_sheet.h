/* Whole lists of a call as sheets (common/doc/sheet.h: xlsx or CSV), in the reader's language: decisions, applications and payments with
 * their sums by theme and by state under them, and the public data of granted aid (688/2001, 32 a-e s.), which has rows alone and names
 * organisations only, no people. */
#ifndef HV_FUNDING_DOCUMENT_EXPORT_SHEET_H
#define HV_FUNDING_DOCUMENT_EXPORT_SHEET_H
#include "common/doc/sheet.h"
#include "services/funding/domain/export.h"

struct export_of {
    enum export_list list;
    const struct call *call;
    struct uuid theme_id; /* the rows are of that theme alone; nil: of all */
    const struct export_row *rows;
    size_t count;
};
/* The sheet lives on the arena, as do the rows it borrows words from. */
struct sheet *export_sheet(struct arena *arena, const struct export_of *of, const char *language);
const char *export_name(enum export_list list); /* of its file, without ending: "decisions" */

#endif
