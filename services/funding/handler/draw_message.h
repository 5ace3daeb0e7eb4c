/* A draw as an answer: what binds it before, and once it is made all that anybody needs to check it. */
#ifndef HV_FUNDING_HANDLER_DRAW_MESSAGE_H
#define HV_FUNDING_HANDLER_DRAW_MESSAGE_H
#include "common/work/job.h"
#include "funding.pb-c.h"
#include "services/funding/store/call.h"
#include "services/funding/store/draw.h"

/* `after`: the tag of the last row of the page before, empty for the first page; most: rows. */
Funding__Draw *draw_message(struct arena *arena, const struct call *call, const struct draw_ask *draw, struct span after, size_t most);

#endif
