/* Retention: what was said is not kept for ever. Of messages that ended longer ago than their kind is kept, the words go: subject, text,
 * HTML, facts, reasons, the relay's answers, the log of moves, and attachments nobody else's message still has. That something of this
 * kind went to this person on that day stays, and the counters stay as they are. */
#ifndef HV_NOTIFICATION_STORE_RETENTION_H
#define HV_NOTIFICATION_STORE_RETENTION_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct retention {                     /* days; 0: for ever */
    int32_t statutory_days, many_days; /* of statutory kinds (domain/kind.h), and of all others */
};

/* One portion, by index; cheap when nothing is due, so the clock calls it as often as it likes. */
void retention_sweep(struct workset *w, const struct retention *rules);

extern const struct store_part retention_part;

#endif
