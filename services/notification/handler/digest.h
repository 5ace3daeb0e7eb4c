/* The day's digests, made by the tick: see store/digest.h. */
#ifndef HV_NOTIFICATION_HANDLER_DIGEST_H
#define HV_NOTIFICATION_HANDLER_DIGEST_H
#include "services/notification/store/workset.h"

/* For the tick's needs and decide. When nothing is due it reads one index entry and writes nothing. */
void digest_due_needs(struct job *job, struct workset *w);
void digest_due_decide(struct job *job, struct workset *w);

#endif
