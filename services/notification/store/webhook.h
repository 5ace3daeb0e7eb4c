/* Webhooks as operators see them: who wants which events where. Rows of table webhook; what goes to them is in delivery.h. The writes are
 * cases that run alone (handler.c), so what is found is what there is.
 * The secret stands in the row as it is: whoever signs needs it. It leaves the store only for whoever has just made it, and for the
 * thread that signs. */
#ifndef HV_NOTIFICATION_webhook_part_H
#define HV_NOTIFICATION_webhook_part_H
#include "services/notification/domain/webhook.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

/* Why it is off. Health warns of all reasons but the first. */
#define WEBHOOK_WHY_HAND    "disabled by hand"
#define WEBHOOK_WHY_GONE    "the receiver answered 410 Gone: it wants no more"
#define WEBHOOK_WHY_FAILING "nothing could be delivered for five days"
#define WEBHOOK_WHY_FULL    "100000 deliveries wait: the receiver takes them slower than they are made"

struct webhook {
    struct uuid id;
    struct span url, description;
    struct span types; /* names with a space between; empty: all */
    enum webhook_state state;
    struct span why;
    int64_t created_us, rotated_us;
    int64_t version;
};

struct webhook_ask {
    struct part_item item; /* first */
    enum { WEBHOOK_ASK_LIST, WEBHOOK_ASK_COUNT, WEBHOOK_ASK_ONE, WEBHOOK_ASK_LOCK } what;
    struct uuid id; /* of ONE, and of LOCK: for a change */
    struct webhook *rows;
    size_t count; /* COUNT: how many there are; else of rows */
};
struct webhook_ask *webhook_ask(struct workset *w, const struct job *job);
struct webhook_ask *webhook_asked(const struct workset *w, const struct job *job);
/* The one that was asked for by its id; NULL: there is none. */
struct webhook *webhook_found(const struct workset *w, const struct job *job);

/* Changes. Texts are borrowed until the batch ends. */
void webhook_add(struct workset *w, const struct webhook *webhook, const uint8_t secret[WEBHOOK_SECRET_SIZE]);
void webhook_put(struct workset *w,
                 const struct webhook *webhook); /* url, description, types, state, why, version; one that is on begins anew */
void webhook_rotate(struct workset *w, const struct webhook *webhook, const uint8_t secret[WEBHOOK_SECRET_SIZE]); /* version, rotated_us */
void webhook_remove(struct workset *w, struct uuid id); /* with all that was to go there */

extern const struct store_part webhook_part;

#endif
