/* What load.c, save.c and workset.c share and handlers need not see. */
#ifndef HV_NOTIFICATION_STORE_ROWS_H
#define HV_NOTIFICATION_STORE_ROWS_H
#include "common/base/alloc.h"
#include "services/notification/store/workset.h"

struct training_version { /* wanted, then found: -1 while it is not known */
    struct uuid id;
    int64_t version;
};
struct following { /* the followers of one programme, as loaded */
    struct uuid training_id;
    struct follow *rows;
    size_t count;
};

struct taking_part { /* who has a seat in one programme, as loaded */
    struct uuid training_id;
    struct participant *rows;
    size_t count;
};

/* Columns of an unnest: one array of the statement from one member of each row. */
#define COLUMN(p, type, add, rows, count, value)                                                                                           \
    do {                                                                                                                                   \
        db_array(p, type, count);                                                                                                          \
        for (size_t i_ = 0; i_ < (count); i_++)                                                                                            \
            add(p, (rows)[i_].value);                                                                                                      \
    } while (0)

/* save_participant.c */
void save_participants(const struct workset *w, struct db *db);
void save_announcements(const struct workset *w, struct db *db);
void save_erased(const struct workset *w, struct db *db);
void save_partings(const struct workset *w, struct db *db);
void save_endings(const struct workset *w, struct db *db);

void *vector_add(struct arena *arena, struct vector *vector, size_t size); /* the new item, zeroed; moves the others */

#endif
