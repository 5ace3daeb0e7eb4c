/* A call as protobuf: what its readers may see of it. */
#ifndef HV_FUNDING_HANDLER_CALL_MESSAGE_H
#define HV_FUNDING_HANDLER_CALL_MESSAGE_H
#include "common/base/arena.h"
#include "funding.pb-c.h"
#include "services/funding/domain/call.h"

/* Officials see who does what in it, and how many have applied. Texts are borrowed from the call. */
Funding__Call *call_message(struct arena *arena, const struct call *call, int64_t now_us, bool official);
/* For lists: without long texts and parts. */
Funding__Call *call_line(struct arena *arena, const struct call *call, int64_t now_us);
void call_message_count(Funding__Call *m, const struct call *call);                                /* how many have applied */
Funding__Theme **call_themes_message(struct arena *arena, const struct call *call, size_t *count); /* of all its groups, in order */

#endif
