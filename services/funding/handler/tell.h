/* Events about calls, and where events of funding go: the stream of their call. The other nouns have tell_<noun>.h. */
#ifndef HV_FUNDING_HANDLER_TELL_H
#define HV_FUNDING_HANDLER_TELL_H
#include "services/funding/domain/call.h"
#include "services/funding/store/workset.h"

void tell_call(struct workset *w, const struct job *job, const struct call *call); /* CallStored: of a published one */
void tell_call_moved(struct workset *w, const struct job *job, const struct call *call, enum call_state from, enum call_state to,
                     const char *reason);

#endif
