/* What is due: looked up once a second on the writer's connection (clock.c), in the order of its moments, from behind the last one that
 * was found. Each becomes a job of its own, so that one whose rows cannot be saved stops nobody else's; what fails is due still when the
 * looks come round to it again. Nothing is locked here: the job sees whether it still is due. */
#ifndef HV_NOTIFICATION_STORE_AGENDA_H
#define HV_NOTIFICATION_STORE_AGENDA_H
#include "common/base/arena.h"
#include "common/base/uuid.h"
#include "common/db/db.h"

#define AGENDA_MAX 200 /* of one look */

struct agenda_entry {
    int64_t due_us;
    struct uuid id; /* of a reminder; of a digest: whose */
    bool wide;      /* a reminder of many people */
};
struct agenda {
    struct agenda_entry entries[AGENDA_MAX];
    size_t count;
};

/* after: where the last look ended; zeroed: from the beginning. In a transaction of the caller. */
enum err agenda_reminders(struct db *db, struct arena *arena, int64_t now_us, const struct agenda_entry *after,
                          struct agenda *out) MUST_CHECK;
enum err agenda_digests(struct db *db, struct arena *arena, int64_t now_us, const struct agenda_entry *after,
                        struct agenda *out) MUST_CHECK;

#endif
