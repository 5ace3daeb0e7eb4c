/* See minutes.h. */
#include "services/funding/domain/minutes.h"

#include "common/base/day.h"
#include "services/funding/domain/answer_time.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

struct minutes_days minutes_days(enum outcome outcome, int64_t decided_on, int64_t published_on, int32_t names_days)
{
    struct minutes_days days = {.published_on = published_on,
                                .review_until = NO_DAY,
                                .letter_until = NO_DAY,
                                .member_until = NO_DAY,
                                .names_until = published_on + names_days};

    if (!outcome_is_final(outcome))
        return days;
    days.review = review_instruction_for(AUTHORITY_MUNICIPAL, decided_on);
    if (days.review == NULL) /* decided before the instructions that are known here: told by the one of today */
        days.review = review_instruction_for(AUTHORITY_MUNICIPAL, published_on);
    if (days.review == NULL)
        return days;
    days.review_until = review_last_day(days.review, published_on, false);
    days.letter_until = review_last_day(days.review, published_on, true);
    days.member_until = answer_last_day(published_on + MINUTES_NOTICE_DAYS, days.review->days);
    days.names_until = later(days.names_until, later(days.review_until, later(days.letter_until, days.member_until)));
    return days;
}
