/* Which calls the clock has something to do in: drafts of a call that has closed or was called off, offers that silence accepts,
 * obligations whose day has passed. Read by the look of main.c outside the parts, with plain blocking calls; the tick of each call
 * (handler/tick.c) then loads what is due under the call's lock. */
#ifndef HV_FUNDING_STORE_DUE_H
#define HV_FUNDING_STORE_DUE_H
#include "services/funding/store/workset.h"

#define DUE_CALLS_MAX 20 /* of one look */

struct due {
    struct uuid calls[DUE_CALLS_MAX];
    size_t count;
};
/* Calls behind `after` first, then from the beginning, so that many of them take their turns. */
enum err due_find(struct db *db, struct arena *arena, int64_t now_us, struct uuid after, struct due *due) MUST_CHECK;

#endif
