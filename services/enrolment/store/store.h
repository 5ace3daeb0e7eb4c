/* The store room as the worker sees it: load what a workset asks for, save what it changed, publish when it is committed. */
#ifndef HV_ENROLMENT_STORE_STORE_H
#define HV_ENROLMENT_STORE_STORE_H
#include "services/enrolment/store/workset.h"

/* One round trip: the locks first, then everything that was asked for. (A page of whole programmes takes one more, before it.)
 * Returns the fault of the flush. */
enum err store_load(struct workset *w, struct db *db) MUST_CHECK;
#define DUE_MAX 50 /* a tick each takes some milliseconds of the writer: no more than a fifth of a second is kept from enrolments */
struct due {
    struct uuid programmes[DUE_MAX];
    size_t count;
};
/* The programmes of which something is due: windows to tell of, seats and invitations whose time ran out. In order of id, those behind
 * `after` first: asked with the last one it gave, it goes round. */
enum err store_find_due(struct db *db, struct arena *arena, int64_t now_us, struct uuid after, struct due *due) MUST_CHECK;
/* Queues what changed, the events last. Nothing changed: queues nothing. */
void store_save(struct workset *w, struct db *db);
/* After COMMIT: the events go out on PUB. */
void store_committed(struct workset *w, struct db *db);

/* The store's own: the lists asked for, in load_query.c, and the parts of imported and edited programmes, in
 * save_edit.c and save_questions.c. */
void load_queries(struct workset *w, struct db *db);
void load_queries_read(struct workset *w, struct db *db);
enum err load_programme_pages(struct workset *w, struct db *db) MUST_CHECK;
enum err erasure_look(struct workset *w, struct db *db) MUST_CHECK; /* before the locks: which they are */
void save_programmes_put(struct workset *w, struct db *db);
void save_questions(struct workset *w, struct db *db, const struct programme *programme);
void save_people(struct workset *w, struct db *db);

#endif
