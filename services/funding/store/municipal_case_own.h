/* What the files of the part "case" share: municipal_case.c asks and takes changes, municipal_case_load.c reads, municipal_case_save.c
 * writes. */
#ifndef HV_FUNDING_STORE_MUNICIPAL_CASE_OWN_H
#define HV_FUNDING_STORE_MUNICIPAL_CASE_OWN_H
#include "services/funding/store/municipal_case.h"

struct case_change {
    struct part_item item; /* first */
    enum {
        CASE_CHANGE_ADD,
        CASE_CHANGE_PUT,
        CASE_CHANGE_MOVE,
        CASE_CHANGE_TOUCH,
        CASE_CHANGE_STATEMENT_ADD,
        CASE_CHANGE_STATEMENT_PUT,
        CASE_CHANGE_DOCUMENT,
        CASE_CHANGE_PROPOSAL,
        CASE_CHANGE_PROPOSAL_MADE
    } what;
    struct municipal_case row;
    const char *why;
    struct uuid actor;
    struct statement statement;
    struct case_document document;
    struct span content;
    struct board_proposal proposal;
};

void case_load_all(struct workset *w, struct part_rows *rows, struct db *db);
void case_read_all(struct workset *w, struct part_rows *rows, struct db *db);
void case_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
