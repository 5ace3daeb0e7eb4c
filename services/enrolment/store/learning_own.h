/* What loading and saving of learning share: the rows at hand of the batch. The store's own; see learning.h. */
#ifndef HV_ENROLMENT_STORE_LEARNING_OWN_H
#define HV_ENROLMENT_STORE_LEARNING_OWN_H
#include "services/enrolment/store/learning.h"
#include "services/enrolment/store/part.h"

struct learning_state { /* what all jobs of the batch share */
    struct uuid *ids;
    size_t id_count, id_room;
    struct learning **list;
    size_t count, room;
    struct map seen, by_id; /* by registration: asked for; at hand */
    int learners, marks;    /* results */
};
void learning_save(struct workset *w, struct part_rows *rows, struct db *db);

#endif
