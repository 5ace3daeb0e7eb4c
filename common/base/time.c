/* Clocks, and RFC 3339 text to and from microseconds. The calendar is computed (date.h; no leap seconds) rather than
 * asked of the C library, whose functions read the process's time zone. */
#include <stdio.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/date.h"
#include "common/base/time.h"

#define SECOND_OF_0001  (-62135596800LL)
#define SECOND_OF_10000 253402300800LL

static int64_t time_clock_us(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now) != 0)
        bug("the machine has no clock");
    return now.tv_sec * TIME_SECOND + now.tv_nsec / 1000;
}

int64_t time_now_us(void)
{
    return time_clock_us(CLOCK_REALTIME);
}

int64_t time_steady_us(void)
{
    return time_clock_us(CLOCK_MONOTONIC);
}

static bool year_is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t month_days(int64_t year, int64_t month)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && year_is_leap(year));
}

static char *put_digits(char *at, int64_t value, unsigned count, char after)
{
    for (unsigned i = count; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    at[count] = after;
    return at + count + 1;
}

void time_format(int64_t us, char out[TIME_TEXT])
{
    /* What four digits of a year cannot say becomes the nearest they can. */
    if (us < SECOND_OF_0001 * TIME_SECOND)
        us = SECOND_OF_0001 * TIME_SECOND;
    if (us >= SECOND_OF_10000 * TIME_SECOND)
        us = SECOND_OF_10000 * TIME_SECOND - 1;
    const int64_t days = date_floor(us, TIME_DAY), of_day = us - days * TIME_DAY;
    const struct date date = date_of_days(days);
    char *at = put_digits(out, date.year, 4, '-');
    at = put_digits(at, date.month, 2, '-');
    at = put_digits(at, date.day, 2, 'T');
    at = put_digits(at, of_day / TIME_HOUR, 2, ':');
    at = put_digits(at, of_day / (60 * TIME_SECOND) % 60, 2, ':');
    at = put_digits(at, of_day / TIME_SECOND % 60, 2, '.');
    at = put_digits(at, of_day % TIME_SECOND, 6, 'Z');
    *at = '\0';
}

/* A reader over the text: each step fails for good once one has failed. */
struct scan {
    const uint8_t *at, *end;
    bool ok;
};

static int64_t scan_digits(struct scan *s, unsigned count, int64_t least, int64_t most)
{
    int64_t value = 0;

    for (unsigned i = 0; i < count; i++) {
        if (s->at == s->end || *s->at < '0' || *s->at > '9') {
            s->ok = false;
            return least;
        }
        value = value * 10 + (*s->at++ - '0');
    }
    if (value < least || value > most) {
        s->ok = false;
        return least;
    }
    return value;
}

static bool scan_take(struct scan *s, char c)
{
    bool there = s->at < s->end && *s->at == (uint8_t)c;

    s->at += there;
    return there;
}

static void scan_want(struct scan *s, char c)
{
    s->ok = scan_take(s, c) && s->ok;
}

static int64_t scan_fraction_us(struct scan *s)
{
    int64_t us = 0, unit = 100000;

    if (!scan_take(s, '.'))
        return 0;
    const uint8_t *first = s->at;
    for (; s->at < s->end && *s->at >= '0' && *s->at <= '9' && unit > 0; s->at++, unit /= 10)
        us += (*s->at - '0') * unit;
    if (s->at == first)
        s->ok = false;
    return us;
}

/* East of Greenwich is positive: local time minus the offset is UTC. */
static int64_t scan_offset_us(struct scan *s)
{
    if (scan_take(s, 'Z') || scan_take(s, 'z'))
        return 0;
    bool west = scan_take(s, '-');
    if (!west)
        scan_want(s, '+');
    int64_t hours = scan_digits(s, 2, 0, 23);
    scan_want(s, ':');
    int64_t us = (hours * 60 + scan_digits(s, 2, 0, 59)) * 60 * TIME_SECOND;
    return west ? -us : us;
}

bool time_parse(int64_t *out, struct span text)
{
    struct scan s = {text.data, text.data + text.len, true};
    int64_t year = scan_digits(&s, 4, 1970, 9999);

    scan_want(&s, '-');
    const int32_t month = (int32_t)scan_digits(&s, 2, 1, 12);
    scan_want(&s, '-');
    const int32_t day = (int32_t)scan_digits(&s, 2, 1, month_days(year, month));
    if (!scan_take(&s, 't'))
        scan_want(&s, 'T');
    int64_t minutes = scan_digits(&s, 2, 0, 23) * 60;
    scan_want(&s, ':');
    minutes += scan_digits(&s, 2, 0, 59);
    scan_want(&s, ':');
    int64_t us = (minutes * 60 + scan_digits(&s, 2, 0, 59)) * TIME_SECOND;
    us += scan_fraction_us(&s);
    us += date_days(year, month, day) * TIME_DAY - scan_offset_us(&s);
    if (!s.ok || s.at != s.end || us < 0 || us >= SECOND_OF_10000 * TIME_SECOND)
        return false;
    *out = us;
    return true;
}
