/* Trainings as the public feed shows them: those one can enrol in now, or will be able to within half a year. Read only. */
#ifndef HV_NOTIFICATION_STORE_FEED_H
#define HV_NOTIFICATION_STORE_FEED_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define FEED_AHEAD_US    (183 * TIME_DAY)
#define FEED_WINDOWS_MAX 300

struct feed_window { /* one window of one training */
    struct uuid training;
    struct texts title;
    int64_t opens_us, closes_us;
    int64_t updated_us; /* of the training's particulars */
};
struct feed_ask {
    struct part_item item;       /* first */
    struct feed_window *windows; /* those of one training together, by their beginning */
    size_t count;
};
struct feed_ask *feed_ask(struct workset *w, const struct job *job);
struct feed_ask *feed_asked(const struct workset *w, const struct job *job);

extern const struct store_part feed_part;

#endif
