/* What an accepted final report does to the grant: no more is paid than it shows as used. Its acceptance cancels what is planned or ordered
 * beyond that, the latest first, plans what is left of the last one anew, and proposes that what was paid beyond it comes back. The
 * database holds the same (instalment_added, report_settles), so whoever plans instalments asks settlement_most first. */
#ifndef HV_FUNDING_HANDLER_SETTLEMENT_H
#define HV_FUNDING_HANDLER_SETTLEMENT_H
#include "common/work/job.h"
#include "services/funding/store/award.h"
#include "services/funding/store/report.h"

/* In decide, before anything changes: true, and the job refused, where what was used is not planned, or what is at the bank is more than
 * what was used. */
bool settlement_refused(struct job *job, const struct award *award, const struct report *final);
/* The final report was accepted: cancels, plans anew, proposes a return; told. */
void settlement_make(struct job *job, struct workset *w, struct award *award, const struct report *final);
/* The most that can be planned and paid of a grant of so much: all of it, after its final report what was used. NULL reports: none. */
int64_t settlement_most(int64_t granted_cents, const struct report_ask *reports);

#endif
