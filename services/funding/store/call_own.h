/* What the files of the part "call" share: call.c asks, call_read.c reads what was found, call_save.c and call_parts.c write. */
#ifndef HV_FUNDING_STORE_CALL_OWN_H
#define HV_FUNDING_STORE_CALL_OWN_H
#include "services/funding/store/call.h"

/* Behind the result of the calls themselves and of what leads to them, in this order. */
enum { CALL_GROUPS, CALL_THEMES, CALL_CRITERIA, CALL_QUESTIONS, CALL_OFFICIALS, CALL_FILES, CALL_TABLES };
enum { CALL_USED_THEMES, CALL_USED_CRITERIA, CALL_APPLICATIONS, CALL_AWARDS, CALL_USES };

void call_read_all(struct workset *w, struct part_rows *rows, struct db *db);
/* call_parts.c: of a call that is new; in the place of what stands. */
void call_parts_add(const struct workset *w, const struct call *call, struct db *db);
void call_parts_replace(const struct workset *w, const struct call *call, struct db *db);
void call_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
