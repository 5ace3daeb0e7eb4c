/* A part of the store: one noun with its own tables, loaded and saved in the same round trips as the places. It keeps rows out of
 * workset.h that only a few use cases know.
 *
 * A part's file (store/invitation.c, say) holds its statements, its rows and the functions of its own header that use cases call: one
 * that asks (in needs: part_ask with a struct of its own that begins with part_item), one that looks (in decide: part_asked), one that
 * changes (in decide: part_change). What it defines here is queued, read and saved for it, after the programme's lock and with the rest.
 * A part nobody asked for costs nothing. */
#ifndef HV_ENROLMENT_STORE_PART_H
#define HV_ENROLMENT_STORE_PART_H
#include "common/db/db.h"
#include "services/enrolment/store/workset.h"

struct store_part {                                 /* each may be NULL */
    void (*load)(struct workset *w, struct db *db); /* queues a statement for each of w->parts[PART].asks */
    void (*read)(struct workset *w, struct db *db); /* reads their results */
    void (*save)(struct workset *w, struct db *db); /* queues what is in .changes; after registrations and moves */
};

/* The parts, each in its own file; the table of parts.c names them. */
extern const struct store_part publication_part;
extern const struct store_part announcement_part, answer_part, invitation_part, change_part, unit_use_part, team_part, learning_part,
    plan_part, sheet_part;
extern const struct store_part fairness_part, erasure_part, chance_part;

/* A zeroed struct of `size` bytes for what this job asks of the part; one a job and part. */
void *part_ask(struct workset *w, enum part part, const struct job *job, size_t size);
void *part_asked(const struct workset *w, enum part part, const struct job *job); /* NULL: it did not ask */
/* A zeroed struct of `size` bytes at the end of the part's changes. */
void *part_change(struct workset *w, enum part part, size_t size);

/* The store's own. */
void parts_load(struct workset *w, struct db *db);
void parts_read(struct workset *w, struct db *db);
void parts_save(struct workset *w, struct db *db);

#endif
