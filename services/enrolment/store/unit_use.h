/* Which study units of a programme somebody has attended or completed: those must not go. A part of the store (part.h). */
#ifndef HV_ENROLMENT_STORE_UNIT_USE_H
#define HV_ENROLMENT_STORE_UNIT_USE_H
#include "services/enrolment/store/workset.h"

/* Asks for the units of the programme with this id or this code ("": by its id alone). */
void unit_use_want(struct workset *w, const struct job *job, struct uuid programme, const char *code);
bool unit_in_use(const struct workset *w, const struct job *job, struct uuid unit); /* false when the job did not ask */

#endif
