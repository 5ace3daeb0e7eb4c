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

void *vector_add(struct arena *arena, struct vector *vector, size_t size); /* the new item, zeroed; moves the others */

#endif
