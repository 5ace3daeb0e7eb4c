/* Inside of the part that forgets people, for its two files. */
#ifndef HV_ENROLMENT_STORE_ERASURE_OWN_H
#define HV_ENROLMENT_STORE_ERASURE_OWN_H
#include "services/enrolment/store/part.h"

void erasure_save(struct workset *w, struct part_rows *rows, struct db *db);

#endif
