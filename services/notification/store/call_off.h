/* Messages that an operator calls off while no sender has them and they are not out: queued ones, those that wait for a digest that has not
 * been written, and those that may have left and would be sent again. One by its id, or what is left of one SendMessage by the id of its
 * event.
 * Whoever calls off runs alone in its batch (handler.c), so what it sees here is what it changes. */
#ifndef HV_NOTIFICATION_STORE_CALL_OFF_H
#define HV_NOTIFICATION_STORE_CALL_OFF_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct call_off_ask {
    struct part_item item; /* first */
    struct uuid event_id;
    bool found;           /* somebody was told by it, whatever has become of that */
    struct uuid *waiting; /* those that can be called off, under their lock */
    size_t count;
};
struct call_off_ask *call_off_ask(struct workset *w, const struct job *job, struct uuid event_id);
struct call_off_ask *call_off_asked(const struct workset *w, const struct job *job);

bool call_off_can(enum message_state state, struct uuid digest_id);
/* Those of them that can be called off are not sent. All is borrowed until the batch ends. */
void call_off(struct workset *w, const struct uuid *messages, size_t count, struct span why, struct uuid actor);

extern const struct store_part call_off_part;

#endif
