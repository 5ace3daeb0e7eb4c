/* Internal comments as protobuf. */
#ifndef HV_FUNDING_HANDLER_REMARK_MESSAGE_H
#define HV_FUNDING_HANDLER_REMARK_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/store/remark.h"

/* Those that were there, and one that has just been added (NULL: none). */
Funding__RemarkList *remark_list_message(struct arena *arena, const struct remark_ask *found, const struct remark *added);

#endif
