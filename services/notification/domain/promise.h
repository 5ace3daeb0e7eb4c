/* The promise: 950 of 1000 mails are handed to the relay within ten seconds of their event, or of the moment they were due. The table
 * promise counts it day by day (store/spool.c, store/promise.c); this is the same for the last hour of one process, for its health. Pure.
 */
#ifndef HV_NOTIFICATION_DOMAIN_PROMISE_H
#define HV_NOTIFICATION_DOMAIN_PROMISE_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/time.h"

#define PROMISE_US       (10 * TIME_SECOND)
#define PROMISE_PERMILLE 950
#define PROMISE_FEW      20 /* of fewer mails in the hour no share is made: one late mail at night is no alarm */

struct promise_hour { /* zeroed: nothing was sent */
    struct {
        int64_t minute; /* since 1970; another one than ours: what is in it is an hour old or more */
        uint32_t sent, within;
    } of[60];
};

/* A relay took a mail for the first time, so long after it was due. */
void promise_note(struct promise_hour *hour, int64_t now_us, int64_t delay_us);
void promise_read(const struct promise_hour *hour, int64_t now_us, uint32_t *sent, uint32_t *within);
/* 1000 when nothing was sent. */
uint32_t promise_permille(uint32_t sent, uint32_t within);
/* Whether the hour is worth a warning. */
bool promise_broken(uint32_t sent, uint32_t within);

#endif
