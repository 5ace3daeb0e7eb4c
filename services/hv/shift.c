/* Moving dates by whole weeks: see shift.h. */
#include "services/hv/shift.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/day.h"
#include "common/base/time.h"

#define WEEK_US (7 * TIME_DAY)

/* Days since 1970-01-01 of the last Sunday of March or October of the year that begins on day `new_year`. */
static int64_t last_sunday(int64_t new_year, bool leap, bool october)
{
    const int64_t last_day = new_year + (october ? 303 : 89) + (leap ? 1 : 0); /* the 31st */
    return last_day - (last_day + 4) % 7;                                      /* day 0 was a Thursday: (day + 4) % 7 is 0 on Sundays */
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Source: directive 2000/84/EC, art. 2-3: summer time begins at 1.00 a.m. GMT on the last Sunday in March and ends at 1.00 a.m.
 * GMT on the last Sunday in October. */
int64_t shift_offset_us(int64_t at_us)
{
    const int64_t day = at_us / TIME_DAY;
    int64_t year = 1970, new_year = 0;
    while (day >= new_year + (is_leap(year) ? 366 : 365)) {
        new_year += is_leap(year) ? 366 : 365;
        year++;
    }
    const int64_t from = last_sunday(new_year, is_leap(year), false) * TIME_DAY + TIME_HOUR;
    const int64_t to = last_sunday(new_year, is_leap(year), true) * TIME_DAY + TIME_HOUR;
    return (at_us >= from && at_us < to ? 3 : 2) * TIME_HOUR;
}

int64_t shift_by_weeks(int64_t at_us, int64_t weeks)
{
    const int64_t moved = at_us + weeks * WEEK_US;
    /* The offset is asked at the clock's own time; within the hour of the change the earlier reading counts. */
    return moved + shift_offset_us(at_us) - shift_offset_us(moved + shift_offset_us(at_us) - 3 * TIME_HOUR);
}

int64_t shift_weeks_until(int64_t at_us, int64_t earliest_us)
{
    const int64_t apart = earliest_us - at_us;
    int64_t weeks = apart / WEEK_US;
    while (shift_by_weeks(at_us, weeks) < earliest_us)
        weeks++;
    while (shift_by_weeks(at_us, weeks - 1) >= earliest_us)
        weeks--;
    return weeks;
}

bool shift_first_window(const json_t *programme, int64_t *out)
{
    const char *own = json_string_value(json_object_get(programme, "opensAt")); /* of a grant call */
    bool found = own && time_parse(out, span_text(own));
    size_t i = 0;
    json_t *window = NULL;
    json_array_foreach(json_object_get(programme, "windows"), i, window)
    {
        const char *text = json_string_value(json_object_get(window, "opensAt"));
        int64_t at_us = 0;
        if (text && time_parse(&at_us, span_text(text)) && (!found || at_us < *out)) {
            *out = at_us;
            found = true;
        }
    }
    return found;
}

static bool is_date(const char *name, const json_t *value)
{
    const size_t len = strlen(name);
    return json_is_string(value) && len > 2 && strcmp(name + len - 2, "At") == 0;
}

/* A day of a grant call: "useFrom", "useUntil", "interimDue". */
static bool is_day(const char *name, const json_t *value)
{
    static const char *const endings[] = {"From", "Until", "Due"};
    const size_t len = strlen(name);
    int64_t day = 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (len > strlen(endings[i]) && strcmp(name + len - strlen(endings[i]), endings[i]) == 0)
            return json_is_string(value) && day_parse(&day, span_text(json_string_value(value)));
    return false;
}

static bool shift_day(json_t *object, const char *name, const json_t *value, int64_t weeks)
{
    char text[DAY_TEXT];
    int64_t day = 0;
    if (!day_parse(&day, span_text(json_string_value(value))) || day + weeks * 7 < 0 || day + weeks * 7 > date_days(9999, 12, 31))
        return false;
    day_format(day + weeks * 7, text);
    json_object_set_new(object, name, json_string(text));
    return true;
}

/* One date of an object. False: it is none. */
static bool shift_one(json_t *object, const char *name, const json_t *value, int64_t weeks)
{
    char text[TIME_TEXT];
    int64_t at_us = 0;
    if (!time_parse(&at_us, span_text(json_string_value(value))))
        return false;
    time_format(shift_by_weeks(at_us, weeks), text);
    json_object_set_new(object, name, json_string(text));
    return true;
}

static int shift_list(json_t *list, int64_t weeks, const char **bad)
{
    int count = 0;
    size_t i = 0;
    json_t *element = NULL;
    json_array_foreach(list, i, element)
    {
        const int more = json_is_object(element) ? shift_all(element, weeks, bad) : 0;
        if (more < 0)
            return -1;
        count += more;
    }
    return count;
}

/* The programme's nesting is shallow (units hold webinars), and jansson bounds it when it reads the file. */
int shift_all(json_t *programme, int64_t weeks, const char **bad)
{
    int count = 0;
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(programme, name, value)
    {
        int more = 0;
        if (is_date(name, value))
            more = shift_one(programme, name, value, weeks) ? 1 : -1;
        else if (is_day(name, value))
            more = shift_day(programme, name, value, weeks) ? 1 : -1;
        else if (json_is_object(value))
            more = shift_all(value, weeks, bad);
        else if (json_is_array(value))
            more = shift_list(value, weeks, bad);
        if (more < 0) {
            if (!*bad)
                *bad = name;
            return -1;
        }
        count += more;
    }
    return count;
}
