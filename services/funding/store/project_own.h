/* What the two files of the part "project" share: project.c asks and reads, project_save.c changes and writes. */
#ifndef HV_FUNDING_STORE_PROJECT_OWN_H
#define HV_FUNDING_STORE_PROJECT_OWN_H
#include "services/funding/store/project.h"

void project_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
