/* An application in the eyes of whoever may look at it: its owner, who sees everything, and the officials of its call, who see what was
 * submitted and never a draft; but for those with a conflict of interest in it, who see only what the public sees. */
#ifndef HV_FUNDING_HANDLER_SEEN_APPLICATION_H
#define HV_FUNDING_HANDLER_SEEN_APPLICATION_H
#include "funding.pb-c.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"

struct seen_application {
    struct application *row; /* NULL: the job was ended with "not found", or refused for a conflict of interest */
    bool official;           /* not its owner */
};

/* In needs: anybody signed in. The ask is NULL, and *err says why, when the job has ended. */
struct application_ask *seen_application_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id,
                                              enum application_content content, enum err *err);
struct seen_application seen_application(struct job *job, struct workset *w); /* in decide */

/* In decide: whoever has a conflict of interest takes no part (hallintolaki, 27 s.). True: the job was refused. */
bool official_conflicted(struct job *job, struct workset *w);
void official_refuse_conflict(struct job *job);
/* An official of this call by a role that the actor has, or an admin. */
bool official_sees(const struct job *job, const struct call *call);
/* The same, by more than as an evaluator, who often comes from outside. */
bool official_handles(const struct job *job, const struct call *call);

#endif
