/* Decisions as protobuf, and their documents as files. */
#ifndef HV_FUNDING_HANDLER_DECISION_MESSAGE_H
#define HV_FUNDING_HANDLER_DECISION_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/store/decision.h"

Funding__Decision *decision_message(struct arena *arena, const struct decision *decision, bool whole); /* else as lists have it */
Bus__File *decision_file(struct arena *arena, const struct decision *decision, bool pdf);              /* the PDF, else the HTML */
/* A page of what was asked for: limit was one more than is shown. */
Funding__DecisionList *decision_message_list(struct arena *arena, const struct decision_ask *found);

#endif
