/* Whole lists of a call (domain/export.h): one statement a list, bounded; what is asked beyond EXPORT_ROWS_MAX is one row more, by which
 * the case sees that the list does not fit and says so. */
#ifndef HV_FUNDING_STORE_EXPORT_H
#define HV_FUNDING_STORE_EXPORT_H
#include "services/funding/domain/export.h"
#include "services/funding/store/workset.h"

struct export_ask {
    struct part_item item; /* first */
    enum export_list list;
    struct uuid call_id;
    struct uuid theme_id; /* nil: of all themes */
    struct uuid reader;   /* what they have a conflict of interest in is left out: applications until they are decided, payments */

    struct export_row *rows; /* found */
    size_t count;
};
void export_want(struct workset *w, const struct job *job, enum export_list list, struct uuid call_id, struct uuid theme_id);
const struct export_ask *export_asked(const struct workset *w, const struct job *job);

extern const struct store_part export_part;

#endif
