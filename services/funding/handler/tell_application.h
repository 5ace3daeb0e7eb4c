/* Events about applications. Names and addresses go out only with ContactStored, so that all other events may be kept and passed on. */
#ifndef HV_FUNDING_HANDLER_TELL_APPLICATION_H
#define HV_FUNDING_HANDLER_TELL_APPLICATION_H
#include "services/funding/domain/consortium.h"
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"
#include "services/funding/store/supplement.h"

/* Every contact of a submission; the lead's only where it is not what was told last. */
void tell_application_contacts(struct workset *w, const struct job *job, struct application *a, const struct consortium *consortium);
/* The lead's contact of a draft, once there is an address to write to, and when it changes. */
void tell_application_lead(struct workset *w, const struct job *job, struct application *a, const struct consortium *consortium);
void tell_application_draft(struct workset *w, const struct job *job, const struct application *a, const struct call *call);
void tell_application_submitted(struct workset *w, const struct job *job, const struct application *a, const struct call *call,
                                const struct consortium *consortium, bool again);
void tell_application_supplement(struct workset *w, const struct job *job, const struct application *a,
                                 const struct supplement *supplement);
void tell_application_ended(struct workset *w, const struct job *job, const struct application *a, const struct call *call,
                            const char *reason, bool called_off);

#endif
