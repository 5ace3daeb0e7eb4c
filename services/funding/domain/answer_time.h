/* Times in which somebody may answer a decision: when a recipient is taken to have been told of it, and which day is the last one.
 *
 * An electronic notice counts as received on the third day after it was sent (13/2003, 19 s.), a letter on the seventh (434/2003, 59 s.).
 * The day of the notice is not counted, and a last day that is no working day moves to the next one that is (150/1930, 2 and 5 s.). Days
 * are day numbers (common/base/day.h); no clock, no tables. */
#ifndef HV_FUNDING_DOMAIN_ANSWER_TIME_H
#define HV_FUNDING_DOMAIN_ANSWER_TIME_H
#include <stdint.h>

enum notice_way { NOTICE_ELECTRONIC = 1, NOTICE_LETTER };

int64_t notice_day(int64_t sent_on, enum notice_way way);
/* The last day of a time of so many days from a notice on that day. */
int64_t answer_last_day(int64_t notified_on, int32_t days);

#endif
