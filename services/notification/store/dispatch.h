/* The queue of deliveries as the thread sees it that calls webhooks: claim some that are due, end each, on a connection of its own.
 * The claim is the attempt: its row says so, and COMMIT, before anybody is connected to. Whatever is found claimed after a
 * crash is sent again under the same webhook-id: at least once, as the standard has it.
 *
 *   claim (state under way, tries + 1), COMMIT -> the receiver -> end, COMMIT */
#ifndef HV_NOTIFICATION_STORE_DISPATCH_H
#define HV_NOTIFICATION_STORE_DISPATCH_H
#include "common/base/arena.h"
#include "common/base/time.h"
#include "common/db/db.h"
#include "services/notification/domain/webhook.h"

#define DISPATCH_CLAIM (60 * TIME_SECOND) /* longer than a call can take: then a claim lapses */
#define DISPATCH_EACH  4                  /* under way to one webhook: one that hangs does not hold up the others */
#define DISPATCH_MAX   32                 /* under way in all */

struct dispatch;

enum err dispatch_open(struct dispatch **out, const struct db_config *config, int instance, const struct log *log) MUST_CHECK;
void dispatch_close(struct dispatch *dispatch);                    /* NULL is fine */
enum err dispatch_reconnect(struct dispatch *dispatch) MUST_CHECK; /* after ERR_UNAVAILABLE: one try */

struct post { /* a claimed delivery; texts on the caller's arena */
    int64_t number;
    int32_t tries; /* this one included */
    struct uuid id, webhook_id;
    const char *url;
    struct span body;
    struct span secrets[2]; /* the second while keys rotate */
    size_t secret_count;
};
/* Takes up to `most` due ones, of each webhook no more than DISPATCH_EACH with those whose claims hold still: replicas count each other's,
 * and only two that claim in the same moment can have more together. *count 0: none is due. */
enum err dispatch_claim(struct dispatch *dispatch, struct arena *arena, int64_t now_us, size_t most, struct post **out,
                        size_t *count) MUST_CHECK;

struct post_end {
    int64_t number;
    int32_t tries;
    struct uuid webhook_id;
    enum webhook_verdict verdict;
    int http_status;       /* 0: no answer */
    int64_t retry_after_s; /* 0: none asked for */
    uint32_t dice;
    const char *answer; /* UTF-8: the receiver's words or ours */
    /* Out: what became of the delivery; and why this ending disabled its webhook, on the arena, NULL: it did not. */
    enum delivery_state state;
    const char *disabled;
};
/* One transaction. Says nothing of claims that have lapsed; safe to say again. Sorts ends[]. */
enum err dispatch_end(struct dispatch *dispatch, struct arena *arena, struct post_end *ends, size_t count, int64_t now_us) MUST_CHECK;

/* What an earlier run of this replica was about to send is due now. Before its thread starts. */
enum err dispatch_recover(struct dispatch *dispatch, struct arena *arena, int64_t now_us, int64_t *count) MUST_CHECK;
/* Forgets some of what ended WEBHOOK_KEPT_US ago. */
enum err dispatch_prune(struct dispatch *dispatch, struct arena *arena, int64_t now_us) MUST_CHECK;

struct dispatch_state {                           /* for health */
    int64_t webhooks, failing, disabled, waiting; /* disabled: by other reasons than by hand */
    char id[UUID_TEXT], why[120];                 /* of one that is disabled */
};
enum err dispatch_look(struct dispatch *dispatch, struct arena *arena, struct dispatch_state *out) MUST_CHECK;

#endif
