/* When to try again: what an SMTP answer means, and how long to wait. Pure: the clock and the dice are parameters. */
#ifndef HV_NOTIFICATION_DOMAIN_RETRY_H
#define HV_NOTIFICATION_DOMAIN_RETRY_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/time.h"
#include "services/notification/domain/message.h"

#define RETRY_SPAN (72 * TIME_HOUR) /* then the message fails; the span mail relays themselves keep trying */

/* A message whose recipient's address or training is not known yet is looked at again after this, then ever more rarely
 * (store/statements.h): the event that brings it wakes the message at once, this is the net below. */
#define RETRY_RECHECK (60 * TIME_SECOND)

/* So often a relay may have had a message without saying that it took it, then it is sent no more: whoever reads it has it several times by
 * now, and a relay that is slow to answer would be given a copy each hour for three days. */
#define RETRY_DOUBTS 3

/* How far an attempt came. */
enum retry_stage {
    STAGE_SESSION,  /* connecting, greeting, signing in: says something about the relay or about us, nothing about the recipient */
    STAGE_ENVELOPE, /* MAIL, RCPT, DATA */
    STAGE_BODY      /* the last dot was out: the relay may have taken it */
};

/* What became of an attempt, and so of its message. smtp_code: the last answer of the relay, 0 for none.
 * Returns MOVE_TAKEN, MOVE_LATER, MOVE_REFUSED or MOVE_DOUBT. */
enum message_move retry_judge(enum retry_stage stage, unsigned smtp_code);

/* How long to wait after the given number of attempts (1, 2, ...): 2 s doubling to one hour, spread by `dice` (any 32 random bits)
 * over its second half, so that a thousand mails refused in one second do not come back in one second. */
int64_t retry_delay_us(unsigned attempts, uint32_t dice);

/* The moment of the next attempt, or false: the span since it was queued would be over by then. */
bool retry_next(int64_t queued_us, int64_t now_us, unsigned attempts, uint32_t dice, int64_t *next_us);

#endif
