/* Addresses that get no mail: they came back for good, somebody complained, or an operator said so. In small letters, as the claim looks
 * them up. Every change is kept with its reason (suppression_change), and goes with the person. */
#ifndef HV_NOTIFICATION_STORE_SUPPRESSION_H
#define HV_NOTIFICATION_STORE_SUPPRESSION_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

enum suppression_reason { SUPPRESSION_BOUNCE = 1, SUPPRESSION_COMPLAINT = 2, SUPPRESSION_BY_HAND = 3 }; /* as in the contract */

struct suppression {
    struct span address;
    enum suppression_reason reason;
    int64_t since_us;
    struct span note;
    struct uuid message_id; /* that came back; nil: none */
};

/* --- of cases ---------------------------------------------------------------------------------------------------------- */
struct span suppression_key(struct arena *arena, struct span address); /* as it is kept */
void suppression_want(struct workset *w, const struct job *job, struct span address);
void suppression_want_list(struct workset *w, const struct job *job, struct span after, int32_t limit); /* by address, limit + 1 at most */
const struct suppression *suppression_found(const struct workset *w, const struct job *job, size_t *count);
/* Replaces reason and note where the address is on the list already. Texts are borrowed until the batch ends. */
void suppression_put(struct workset *w, const struct suppression *suppression, struct uuid actor);
void suppression_remove(struct workset *w, struct span address, struct span reason, struct uuid actor);
/* A message came back for good from this address: on the list with it, if it is still that of the message's recipient. */
void suppression_bounce(struct workset *w, struct span address, struct span note, struct uuid message_id);
/* The same of a message that its reader called spam. */
void suppression_complaint(struct workset *w, struct span address, struct span note, struct uuid message_id);

/* --- of the senders ---------------------------------------------------------------------------------------------------- */
/* The same, said at once by a relay; queued behind what the sender's transaction says already. */
void suppression_queue_bounce(struct db *db, struct arena *arena, struct span address, struct span note, struct uuid message_id,
                              int64_t now_us);

extern const struct store_part suppression_part;

#endif
