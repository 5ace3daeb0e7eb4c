/* The day's digests, made by the clock: see store/digest.h. */
#ifndef HV_NOTIFICATION_HANDLER_DIGEST_H
#define HV_NOTIFICATION_HANDLER_DIGEST_H
#include "services/notification/store/workset.h"

/* One person's of one moment: a message for each topic. */
void digest_due_needs(struct job *job, struct workset *w, struct uuid recipient, int64_t due_us);
void digest_due_decide(struct job *job, struct workset *w);

#endif
