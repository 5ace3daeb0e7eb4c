/* What goes to webhooks, as the writer sees it: an event becomes a row for each webhook that wants its type (fan-out by one statement a
 * batch), operators look at them and have one sent again. The id of a delivery is made from webhook, event and type, so an event heard
 * twice is delivered under the same webhook-id. How they leave is in dispatch.h. */
#ifndef HV_NOTIFICATION_delivery_part_H
#define HV_NOTIFICATION_delivery_part_H
#include "services/notification/domain/webhook.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define DELIVERY_SHOWN 100 /* of one webhook, the newest */

struct delivery {
    struct uuid id, webhook_id;
    struct span type;
    enum delivery_state state;
    int32_t tries, http_status;
    struct span answer;
    int64_t created_us, next_us, done_us;
    enum webhook_state webhook_state; /* of its webhook */
};

/* --- needs --------------------------------------------------------------------------------------------------------------- */
void delivery_want_audience(struct workset *w, const struct job *job); /* who wants what: read once a batch */
void delivery_want_of(struct workset *w, const struct job *job, struct uuid webhook_id);
void delivery_want(struct workset *w, const struct job *job, struct uuid id); /* locked */

/* --- decide -------------------------------------------------------------------------------------------------------------- */
bool delivery_wanted(const struct workset *w, struct span type);                                /* some webhook that is on wants it */
struct delivery *delivery_found(const struct workset *w, const struct job *job, size_t *count); /* of delivery_want_of and delivery_want */
/* Texts are borrowed until the batch ends. */
void delivery_tell(struct workset *w, struct uuid event_id, struct span type, struct span body); /* to all who want it */
/* To one webhook, whatever it wants: id is the delivery's. */
void delivery_test(struct workset *w, struct uuid webhook_id, struct uuid id, struct span type, struct span body);
void delivery_again(struct workset *w, struct uuid id);             /* a dead one, with all its tries anew */
void delivery_hurry(struct workset *w, struct uuid id);             /* one that waits is due now */
void delivery_hurry_all(struct workset *w, struct uuid webhook_id); /* all that wait for it are */
void delivery_forget(struct workset *w, struct uuid person_id);     /* takes them out of what is to go, and of what failed */

bool delivery_changed(const struct workset *w); /* there is something new to send */

extern const struct store_part delivery_part;

#endif
