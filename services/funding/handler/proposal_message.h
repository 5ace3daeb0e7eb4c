/* A proposal as protobuf, with the words that say why. */
#ifndef HV_FUNDING_HANDLER_PROPOSAL_MESSAGE_H
#define HV_FUNDING_HANDLER_PROPOSAL_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/handler/proposal_input.h"
#include "services/funding/store/proposal.h"

/* The applications give register numbers and titles (application_want_call). Rows about which the actor may not know are left out: of
 * applications with a conflict, and for one of the call's evaluators those that are not evaluated yet; sums are of the rows that are there,
 * and where one is missing no losses are told. By register number. Where all of it would not fit one answer, titles are left out, then
 * words, then register numbers and themes. */
void proposal_answer(struct job *job, struct workset *w, const struct call *call, const struct proposal *proposal, bool outdated);

#endif
