/* The workset: what one batch of jobs asks for, changes and tells. All rows live in the parts (part.h), one noun a file.
 *
 * Writes of officials run alone (WORK_WRITE with `alone`, handler/handler.c): a batch of one job, so that what it has loaded under the
 * call's lock is what there is. The two writes that come by the thousand before a call closes, SaveApplication and SubmitApplication,
 * share batches: their applications are shared rows (application.h), and they lock nothing but their own. */
#ifndef HV_FUNDING_STORE_WORKSET_H
#define HV_FUNDING_STORE_WORKSET_H
#include "common/event/log.h"
#include "common/event/publisher.h"
#include "common/work/job.h"
#include "services/funding/store/part.h"

#define FUNDING_STREAMS 4 /* fixed for ever once used */

struct workset {
    struct arena *arena; /* of the batch */
    int64_t now_us;
    const char *public_url;      /* where people reach the service, without a "/" at its end; "": not known */
    struct publisher *publisher; /* NULL: nobody listens (tests of the store) */
    struct event_list *events;
    struct parts parts;
};

struct workset *workset_new(struct arena *arena, int64_t now_us, struct publisher *publisher);

/* --- the worker's hooks ---------------------------------------------------------------------------------------------- */
enum err workset_load(struct workset *w, struct db *db) MUST_CHECK;
void workset_save(struct workset *w, struct db *db);
void workset_committed(struct workset *w, struct db *db);

#endif
