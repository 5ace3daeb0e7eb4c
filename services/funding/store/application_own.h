/* Between the files of the part "application": application.c (what cases call), application_load.c, application_save.c. */
#ifndef HV_FUNDING_STORE_APPLICATION_OWN_H
#define HV_FUNDING_STORE_APPLICATION_OWN_H
#include "services/funding/store/application.h"

struct application_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_ROW, CHANGE_VERSION } what;
    struct application *row;
    struct application_version version; /* of CHANGE_VERSION, as it was when it was saved */
    int64_t since;                      /* the submission before it */
};

void application_load(struct workset *w, struct part_rows *rows, struct db *db);
void application_read(struct workset *w, struct part_rows *rows, struct db *db);
void application_write(struct workset *w, struct part_rows *rows, struct db *db);

#endif
