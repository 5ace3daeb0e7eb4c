/* Texts, dates and numbers for documents. See words.h. */
#include "services/enrolment/document/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "common/base/workday.h"

const char *words_in(struct text text, const char *language)
{
    const char *said = strcmp(language, "sv") == 0 ? text.sv : strcmp(language, "en") == 0 ? text.en : text.fi;
    return said != NULL && *said != '\0' ? said : text.fi;
}

const char *words_language(const char *language)
{
    return words_in((struct text){"fi", "sv", "en"}, language);
}

static unsigned digits(const char *from, size_t count)
{
    unsigned value = 0;

    for (size_t i = 0; i < count; i++)
        value = value * 10 + (unsigned)(from[i] - '0');
    return value;
}

void words_date(int64_t us, const char *language, char out[WORDS_DATE])
{
    static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    char text[TIME_TEXT];

    time_format(us + helsinki_offset_us(us), text); /* "2026-09-05T..." of the clock on the wall */
    const unsigned year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (strcmp(language, "en") == 0)
        (void)snprintf(out, WORDS_DATE, "%u %s %u", day, MONTHS[(month - 1) % 12], year);
    else
        (void)snprintf(out, WORDS_DATE, "%u.%u.%u", day, month, year);
}

void words_tenths(uint32_t tenths, const char *language, char out[WORDS_TENTHS])
{
    if (tenths % 10 == 0)
        (void)snprintf(out, WORDS_TENTHS, "%" PRIu32, tenths / 10);
    else
        (void)snprintf(out, WORDS_TENTHS, "%" PRIu32 "%c%" PRIu32, tenths / 10, strcmp(language, "en") == 0 ? '.' : ',', tenths % 10);
}
