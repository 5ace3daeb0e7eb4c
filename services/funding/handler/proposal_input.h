/* What a proposal is computed from, gathered from the rows of a call: for MakeProposal, which chooses, and for GetProposal, which looks
 * whether anything has changed since.
 *
 * Its hash is SHA-256 of a text of lines that end with LF, fields parted by one space, so that anybody can make it again:
 *
 *   hakuvayla proposal 1
 *   call <id> <cents left of its allocation>
 *   theme <id> <cents left of its allocation>                                        in the call's order
 *   application <id> <register number> <theme id> <candidate|verdict|not-evaluated> <points> <cents>   by register number
 *
 * An application's points are the mean of the evaluations that count; its cents are the assessment's amount when that is set, else the
 * median of what those recommend who would fund it; never more than is applied for now. */
#ifndef HV_FUNDING_HANDLER_PROPOSAL_INPUT_H
#define HV_FUNDING_HANDLER_PROPOSAL_INPUT_H
#include "common/base/hash.h"
#include "common/work/check.h"
#include "services/funding/domain/portfolio.h"
#include "services/funding/store/application.h"
#include "services/funding/store/assessment.h"
#include "services/funding/store/call.h"
#include "services/funding/store/evaluation.h"

struct proposal_input {
    struct portfolio portfolio;
    const struct application **applications; /* of portfolio.items, by register number */
    struct hash hash;
};

/* In needs: an official asks about the call of the request's field "callId". */
enum err proposal_input_want(struct job *job, struct workset *w, const ProtobufCBinaryData *call_id, enum call_hold hold) MUST_CHECK;
/* In decide: applications that wait for a decision, with what is left of the money. */
struct proposal_input *proposal_input_of(const struct job *job, const struct workset *w, const struct call *call);
size_t proposal_theme_at(const struct call *call, struct uuid id); /* its place in the call's order */
/* In decide: the call, for its officials; NULL: the job has failed. */
const struct call *proposal_call(struct job *job, const struct workset *w);

#endif
