/* The history of a message: every change of its state, as the trigger of its table wrote it down (message_change). Read only. */
#ifndef HV_NOTIFICATION_STORE_HISTORY_H
#define HV_NOTIFICATION_STORE_HISTORY_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define HISTORY_MAX 1000 /* the newest; a message is tried some 30 times in its 72 hours */

struct change {
    enum message_state from, to; /* from 0: it was made */
    int64_t at_us;
    struct span why;
    struct uuid actor; /* nil: the rules */
};
struct history_ask {
    struct part_item item; /* first */
    struct uuid message;
    bool found;             /* there is such a message, though it may never have changed */
    struct change *changes; /* the oldest first */
    size_t count;
    int changes_result;
};
struct history_ask *history_ask(struct workset *w, const struct job *job, struct uuid message);
struct history_ask *history_asked(const struct workset *w, const struct job *job);

extern const struct store_part history_part;

#endif
