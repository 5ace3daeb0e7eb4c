/* Classes of SMTP answers (RFC 5321 section 4.2.1: 2 done, 4 not now, 5 never) and the back-off. */
#include "services/notification/domain/retry.h"

#define FIRST_DELAY   (2 * TIME_SECOND)
#define LONGEST_DELAY TIME_HOUR

enum message_move retry_judge(enum retry_stage stage, unsigned smtp_code)
{
    if (stage == STAGE_SESSION)
        return MOVE_LATER; /* a relay that refuses us (no service, no sign-in) says nothing about this mail: an operator will see it */
    if (smtp_code >= 200 && smtp_code < 300)
        return stage == STAGE_BODY ? MOVE_TAKEN : MOVE_LATER;
    if (smtp_code >= 400 && smtp_code < 500)
        return MOVE_LATER;
    if (smtp_code == 530 || smtp_code == 534 || smtp_code == 535 || smtp_code == 538)
        return MOVE_LATER; /* RFC 4954: sign in first. Our configuration, not the recipient */
    if (smtp_code >= 500 && smtp_code < 600)
        return MOVE_REFUSED;
    return stage == STAGE_BODY ? MOVE_DOUBT : MOVE_LATER;
}

int64_t retry_delay_us(unsigned attempts, uint32_t dice)
{
    int64_t delay = FIRST_DELAY;

    for (unsigned n = 1; n < attempts && delay < LONGEST_DELAY; n++)
        delay *= 2;
    if (delay > LONGEST_DELAY)
        delay = LONGEST_DELAY;
    int64_t half = delay / 2;
    return half + (int64_t)(((uint64_t)half * dice) >> 32);
}

bool retry_next(int64_t queued_us, int64_t now_us, unsigned attempts, uint32_t dice, int64_t *next_us)
{
    int64_t next = now_us + retry_delay_us(attempts, dice);

    if (next - queued_us > RETRY_SPAN)
        return false;
    *next_us = next;
    return true;
}
