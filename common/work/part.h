/* Parts of a service's store: one noun with its own tables, loaded and saved in the same round trips as the rest of the batch. It keeps
 * rows out of the workset that only a few use cases know.
 *
 * A part's file (store/webhook.c, say) holds its statements, its rows and the functions of its own header that use cases call: one that
 * asks (in needs: part_ask with a struct of its own that begins with part_item), one that looks (in decide: part_asked), one that
 * changes (in decide: part_change). What its store_part defines is called once a batch, only when there is something to do: load and
 * read when it was asked, save when something changed, all of them when it has rows of its own. A part nobody asked for costs nothing.
 *
 * The service's workset holds a `struct parts` and calls parts_load, parts_read and parts_save in its own load and save. */
#ifndef HV_WORK_PART_H
#define HV_WORK_PART_H
#include "common/db/db.h"
#include "common/work/job.h"

struct part_item { /* the head of everything that is asked or changed */
    struct part_item *next;
    const struct job *job; /* who asked; of a change: NULL */
    int result;            /* for load to keep the index of its result; -1: none */
};
struct part_rows { /* of one part in one batch */
    struct part_item *asks, **asks_end, *changes, **changes_end;
    struct part_item *at; /* the ask that was made or looked for last: jobs look in the order in which they asked */
    void *own;            /* rows at hand that several jobs share; the part's. NULL: none */
};
struct store_part {                                                         /* each may be NULL */
    void (*load)(struct workset *w, struct part_rows *rows, struct db *db); /* queues statements for rows->asks */
    void (*read)(struct workset *w, struct part_rows *rows, struct db *db); /* reads their results */
    void (*save)(struct workset *w, struct part_rows *rows, struct db *db); /* queues rows->changes */
};
struct parts {
    struct arena *arena;                   /* of the batch */
    const struct store_part *const *table; /* the service's, by its own enum */
    size_t count;
    struct part_rows *rows;
};

void parts_init(struct parts *parts, struct arena *arena, const struct store_part *const *table, size_t count);
/* A zeroed struct of `size` bytes for what this job asks of the part; one a job and part. */
void *part_ask(struct parts *parts, size_t part, const struct job *job, size_t size);
void *part_asked(const struct parts *parts, size_t part, const struct job *job); /* NULL: it did not ask */
/* A zeroed struct of `size` bytes at the end of the part's changes. */
void *part_change(struct parts *parts, size_t part, size_t size);

/* In order of the table. */
void parts_load(struct parts *parts, struct workset *w, struct db *db);
void parts_read(struct parts *parts, struct workset *w, struct db *db);
void parts_save(struct parts *parts, struct workset *w, struct db *db);

#endif
