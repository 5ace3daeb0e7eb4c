/* Making the document of what is decided of a grant later (document/follow_letter.h), and telling of it: what DecideAmendment and
 * PutRecovery share. The document is drawn before anything is changed, so that one that cannot be drawn refuses the whole. */
#ifndef HV_FUNDING_HANDLER_FOLLOW_CASE_H
#define HV_FUNDING_HANDLER_FOLLOW_CASE_H
#include "funding.pb-c.h"
#include "services/funding/document/follow_letter.h"
#include "services/funding/store/follow_decision.h"

/* The decision of the job's actor, a decision-maker of the call; facts as they stand, but for the decision-maker and the instruction. NULL:
 * the job has been refused. */
struct follow_decision *follow_make(struct job *job, struct workset *w, struct follow_facts facts);
Bus__File *follow_file(struct arena *arena, const struct follow_decision *decision, const char *register_number, bool pdf);

#endif
