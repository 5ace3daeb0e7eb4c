/* The mail relays of a process, shared by its senders: who gets the next mail, how each has fared, what health and metrics say of them.
 * The policy is domain/relay.h; here are the lock, the clock and the words. */
#ifndef HV_NOTIFICATION_OUTBOUND_RELAY_H
#define HV_NOTIFICATION_OUTBOUND_RELAY_H
#include "common/base/log.h"
#include "common/base/metric.h"
#include "services/notification/outbound/relay_list.h"
#include "services/notification/outbound/smtp.h"

struct relays;

struct relays *relays_new(const struct relay_list *list, const struct log *log, struct metrics *metrics); /* borrows the list */
void relays_free(struct relays *relays);                                                                  /* NULL is fine */
size_t relays_count(const struct relays *relays);
const struct relay_setting *relays_setting(const struct relays *relays, size_t index);

/* The relay for a mail, RELAY_NONE when all were tried. tried: bit n set: not n. Whoever gets one says how it went. */
int relays_pick(struct relays *relays, uint32_t tried);
void relays_note(struct relays *relays, int index, const struct smtp_result *result, int64_t took_us);
/* 0: a relay may be asked now; else how long until one may. */
int64_t relays_rest_us(struct relays *relays);

struct relay_view { /* for health */
    const char *name;
    enum relay_state state;
    int score;
    char error[SMTP_ANSWER]; /* why it failed last; "" since it served */
};
size_t relays_view(struct relays *relays, struct relay_view out[RELAYS_MAX]);

#endif
