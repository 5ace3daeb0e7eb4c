/* Events about published minutes: Decided, with the extract, in the stream of the case; ShareDecided in the project's, with its funding
 * plan as it stands now. The extract in an event has names of people, as its recipient has to know them; what is confidential is not in it.
 */
#ifndef HV_FUNDING_HANDLER_TELL_MINUTES_H
#define HV_FUNDING_HANDLER_TELL_MINUTES_H
#include "services/funding/handler/minutes_make.h"
#include "services/funding/store/project.h"

struct uuid tell_decided(struct workset *w, const struct job *job, const struct minutes_made *made); /* the event's id */
void tell_share_decided(struct workset *w, const struct job *job, const struct project *project, const struct project_share *share);

#endif
