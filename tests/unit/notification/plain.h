/* A plain manner for tests of the domain: moments as RFC 3339, digits without separators. How they look to people is outbound/format's, and
 * is tested there. */
#ifndef HV_TESTS_NOTIFICATION_PLAIN_H
#define HV_TESTS_NOTIFICATION_PLAIN_H
#include <inttypes.h>
#include <stdio.h>

#include "common/base/time.h"
#include "services/notification/domain/pattern.h"

static inline const char *plain_moment(void *own, int64_t us, enum pattern_style style, char *out, size_t size)
{
    static const char *const STYLES[] = {"", "number ", "full ", "long ", "medium ", "short ", "time ", "hour "};
    char text[TIME_TEXT];

    (void)own;
    time_format(us, text);
    snprintf(out, size, "%s%.16s", STYLES[style], text);
    return out;
}

static inline const char *plain_number(void *own, int64_t number, bool tenths, char *out, size_t size)
{
    (void)own;
    snprintf(out, size, tenths && number % 10 != 0 ? "%" PRId64 ".%" PRId64 : "%" PRId64, tenths ? number / 10 : number, number % 10);
    return out;
}

static inline const char *plain_money(void *own, int64_t cents, char *out, size_t size)
{
    (void)own;
    snprintf(out, size, "%" PRId64 " cents", cents);
    return out;
}

static const struct manner PLAIN = {.moment = plain_moment, .number = plain_number, .money = plain_money};

#endif
