/* What letters about grants say of their call beside its name: where one asks, how to request a review, why it was called off. It comes
 * with the call's own events (handler/on_call_stored.c, on_call_moved.c) and is added when something about one of its applications is told.
 * Jobs of a batch that want the same call share its row, so an event behind the call's own in one batch says what that has brought. */
#ifndef HV_NOTIFICATION_STORE_GRANT_CALL_H
#define HV_NOTIFICATION_STORE_GRANT_CALL_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct grant_call {
    struct uuid id;
    int64_t version; /* of what the first three came with; 0: nothing is known */
    struct span contact;
    struct span review[LANGUAGE_COUNT];
    struct span off_reason; /* why it was called off; empty: it was not */
};

void grant_call_want(struct workset *w, const struct job *job, struct uuid id);
/* Never NULL for a job that wanted one; what nobody has told is empty. NULL: the job wanted none. */
struct grant_call *grant_call_found(const struct workset *w, const struct job *job);
/* The row as it now is is written; texts are borrowed until the batch ends. An older version changes nothing that is stored. */
void grant_call_put(struct workset *w, const struct grant_call *call);

extern const struct store_part grant_call_part;

#endif
