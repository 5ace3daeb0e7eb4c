/* An application in the hands of its owner: what each of the owner's use cases asks for, looks at and changes in the same way. Whose it is
 * not, gets "not found": whether there is such an application is nobody else's business. */
#ifndef HV_FUNDING_HANDLER_OWN_APPLICATION_H
#define HV_FUNDING_HANDLER_OWN_APPLICATION_H
#include "services/funding/handler/content.h"
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"

/* In needs: an applicant, and this id. */
enum err own_application_id(struct job *job, const ProtobufCBinaryData *id, struct uuid *out) MUST_CHECK;
/* In decide: the application that was asked for; NULL: the job was ended. */
struct application *own_application(struct job *job, struct workset *w);

/* The call is open for whoever's request came at this moment (request->received_us); false: the job was refused. */
bool own_application_in_time(struct job *job, const struct call *call);
/* The application may be written: a draft in time, or one to supplement. False: the job was refused. */
bool own_application_writable(struct job *job, const struct application *a, const struct call *call);

/* What was written becomes what stands in the row: the packed bytes, and of a draft or a submission the columns too. */
void own_application_write(struct workset *w, struct application *a, const Funding__Content *message, const struct content *content,
                           const struct call *call, bool columns);
/* Everything that keeps it from being submitted: the domain's check, and of a supplement what may not change any more. */
void own_application_findings(const struct application *a, const struct content *content, const struct call *call,
                              struct findings *findings);
/* Submits it: number (of a first time), receipt, rows, events. Nothing can refuse it any more. */
void own_application_submit(struct job *job, struct workset *w, struct application *a, const Funding__Content *message,
                            const struct content *content, const struct call *call);

#endif
