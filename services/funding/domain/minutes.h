/* The days that follow from publishing minutes (kuntalaki 410/2015): until when a review of the decision may be requested by whoever it is
 * about (139 §) and by the members of the municipality (140 §), and how long names of people stand in them.
 *
 * What is returned or tabled concerns preparation alone: no review can be requested (136 §). Days are day numbers (common/base/day.h). */
#ifndef HV_FUNDING_DOMAIN_MINUTES_H
#define HV_FUNDING_DOMAIN_MINUTES_H
#include "services/funding/domain/meeting.h"
#include "services/funding/domain/review_instruction.h"

enum { MINUTES_NOTICE_DAYS = 7 }; /* after publication a member of the municipality is taken to know of the decision */

struct minutes_days {
    int64_t published_on;
    const struct review_instruction *review; /* NULL: no review can be requested */
    int64_t review_until;                    /* of whoever was told electronically; NO_DAY: as above */
    int64_t letter_until, member_until;      /* of whoever was told by letter; of members of the municipality */
    int64_t names_until;                     /* the last day on which the public reads names: never before a time for review ends */
};

struct minutes_days minutes_days(enum outcome outcome, int64_t decided_on, int64_t published_on, int32_t names_days);

#endif
