/* What the two files of the part "award" share: award.c asks and reads, award_save.c writes. */
#ifndef HV_FUNDING_STORE_AWARD_OWN_H
#define HV_FUNDING_STORE_AWARD_OWN_H
#include "services/funding/store/award.h"

void award_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
