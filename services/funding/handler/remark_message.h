/* Internal comments as protobuf. */
#ifndef HV_FUNDING_HANDLER_REMARK_MESSAGE_H
#define HV_FUNDING_HANDLER_REMARK_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/store/remark.h"

/* Those that were there, and one that has just been added (NULL: none). An evaluator who has not saved their own evaluation yet does not
 * see what the other evaluators have remarked. */
Funding__RemarkList *remark_list_message(struct job *job, const struct workset *w, const struct evaluation_case *c,
                                         const struct remark *added);

#endif
