/* Register numbers (diaarinumero): "18/20.01/2026" is number 18 of series 20.01 in 2026, the year of Helsinki. They have no gaps: the row
 * of a series and year is locked when it is loaded, each job of the batch that takes a number gets the next one in order, and what was
 * taken is saved with the batch; a job that is refused takes none. The year is that of registering: what comes in the last moments of a
 * year and is registered after midnight has a number of the new year, and keeps the moment at which it came, which alone decides whether it
 * was in time.
 *
 * Each municipality numbers its own cases in its own series; the state's calls have no owner (nil).
 *
 *   register_want(w, job, "20.01");                     in needs, by the series itself, or by what leads to it
 *   const char *number = register_take(w, "20.01");     in decide, once nothing can refuse the job any more */
#ifndef HV_FUNDING_STORE_REGISTER_H
#define HV_FUNDING_STORE_REGISTER_H
#include "services/funding/store/workset.h"

void register_want(struct workset *w, const struct job *job, const char *series);
/* The series of the call of this application. */
void register_want_application(struct workset *w, const struct job *job, struct uuid application_id);
void register_want_municipality(struct workset *w, const struct job *job, struct uuid municipality_id);
/* On the batch's arena. The series was wanted by a job of this batch. */
const char *register_take(struct workset *w, const char *series); /* the state's */
/* Of the series that the municipality had when its row was locked; NULL: it was not there then, or nobody wanted it. */
const char *register_take_municipality(struct workset *w, struct uuid municipality_id);

extern const struct store_part register_part;

#endif
