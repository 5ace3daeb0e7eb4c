/* The promise, day by day: how many mails a relay first took that day in Helsinki, and how many of them within 10 s. The senders count it
 * with each outcome (spool.c); here it is read. */
#ifndef HV_NOTIFICATION_STORE_PROMISE_H
#define HV_NOTIFICATION_STORE_PROMISE_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define PROMISE_DAYS_MAX 366 /* and of the statement's limit */

struct promise_day {
    struct span day; /* "2026-11-22" */
    int64_t sent, within;
};
struct promise_ask {
    struct part_item item;    /* first */
    int32_t since;            /* the first day wanted: days since 1970-01-01 */
    struct promise_day *days; /* the newest first; days without a mail are left out */
    size_t count;
};
struct promise_ask *promise_ask(struct workset *w, const struct job *job, int32_t since);
struct promise_ask *promise_asked(const struct workset *w, const struct job *job);

extern const struct store_part promise_part;

#endif
