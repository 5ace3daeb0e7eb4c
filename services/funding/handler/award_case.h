/* What the use cases after a decision share: how an award is asked for by whatever names it, who may see and change it, and how it closes
 * when nothing of it waits any more. Officials' and leads' writes lock the call first, then the award. */
#ifndef HV_FUNDING_HANDLER_AWARD_CASE_H
#define HV_FUNDING_HANDLER_AWARD_CASE_H
#include "common/work/check.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/store/amendment.h"
#include "services/funding/store/award.h"
#include "services/funding/store/call.h"
#include "services/funding/store/obligation.h"
#include "services/funding/store/report.h"

/* In needs. To look: the call and the award. To change: these locked, with obligations, reports and amendments. */
void award_look_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id);
void award_change_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id);

/* In decide; NULL: the job was ended. Whoever may not see an award does not learn that there is one; an official with a conflict of
 * interest in it, or whose own grant it is, is refused. */
struct award *award_seen(struct job *job, struct workset *w);     /* its lead, officials of its call, admins */
struct award *award_owned(struct job *job, struct workset *w);    /* its lead */
struct award *award_prepared(struct job *job, struct workset *w); /* a preparer of its call */
struct award *award_decided(struct job *job, struct workset *w);  /* a decision-maker of its call */
/* False, and the job refused: it is not accepted (any more). */
bool award_is_accepted(struct job *job, const struct award *award);
bool award_version(struct job *job, const struct award *award); /* the one the caller saw, where it says which */

/* The obligation of this kind (not of repayments) is met, or open again until another day; told. Does nothing where there is none, or it is
 * so already. */
void award_meet(struct workset *w, const struct job *job, const struct award *award, enum obligation_kind kind, const char *why,
                struct uuid actor);
void award_reopen(struct workset *w, const struct job *job, const struct award *award, enum obligation_kind kind, int64_t due_on,
                  const char *why);
/* The obligation to pay a recovery back. */
void award_owes(struct workset *w, const struct job *job, const struct award *award, const struct recovery *recovery);
void award_owes_no_more(struct workset *w, const struct job *job, const struct award *award, const struct recovery *recovery);

/* The last step of a change (award_change_want): sums and version; the award closes when nothing of it waits, and then the call ends when
 * it was the last. A last one that is refused ends no call: the others may still ask for a review of theirs, and be granted it. */
void award_settle(struct job *job, struct workset *w, struct award *award);

#endif
