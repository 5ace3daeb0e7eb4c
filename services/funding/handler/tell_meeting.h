/* Events about meetings, in the stream of the meeting: its members are called, or told that it does not take place. */
#ifndef HV_FUNDING_HANDLER_TELL_MEETING_H
#define HV_FUNDING_HANDLER_TELL_MEETING_H
#include "services/funding/domain/meeting.h"
#include "services/funding/store/workset.h"

void tell_meeting_summoned(struct workset *w, const struct job *job, const struct meeting *meeting,
                           const struct municipality *municipality);
void tell_meeting_cancelled(struct workset *w, const struct job *job, const struct meeting *meeting,
                            const struct municipality *municipality, const char *reason);

#endif
