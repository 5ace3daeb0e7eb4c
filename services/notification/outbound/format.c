/* Dates, numbers and money by ICU. The usual moment is a day and a time formatted apart and joined by the language's own word; the styles
 * of patterns are ICU's own. */
#include "services/notification/outbound/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "common/base/alloc.h"

#define ZONE u"Europe/Helsinki"

struct dialect {
    const char *locale;
    const UChar *day, *time;
    const UChar *full;              /* {moment, date, full}; NULL: ICU's own */
    const char *joint, *span_joint; /* between day and time, and before a time from - to */
};
static const struct dialect DIALECTS[LANGUAGE_COUNT] = {
    /* cccc: torstai, of a moment that stands by itself; EEEE: torstaina, for a day is written in full where it stands in a sentence. */
    [LANGUAGE_FI] = {"fi_FI", u"cccc d.M.yyyy", u"H.mm", u"EEEE d. MMMM yyyy", " klo ", " klo "},
    [LANGUAGE_SV] = {"sv_FI", u"cccc d.M.yyyy", u"H.mm", NULL, " kl. ", " kl. "},
    [LANGUAGE_EN] = {"en_GB", u"EEEE d MMMM yyyy", u"H:mm", NULL, " at ", ", "},
};

/* ICU's formatters of one language. */
struct tongue {
    const struct dialect *dialect;
    UDateFormat *day, *time;                              /* the usual moment */
    UDateFormat *full, *lengthy, *medium, *brief, *clock; /* {moment, date, full} ... {moment, time, short} */
    UNumberFormat *number, *money;
};
struct format {
    struct tongue of[LANGUAGE_COUNT];
};

static UDateFormat *open_pattern(const char *locale, const UChar *pattern, UErrorCode *status)
{
    return udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, ZONE, -1, pattern, -1, status);
}

static UDateFormat *open_style(const char *locale, UDateFormatStyle time, UDateFormatStyle date, UErrorCode *status)
{
    return udat_open(time, date, locale, ZONE, -1, NULL, 0, status);
}

/* After a failure ICU's functions do nothing, so one look at the status is enough. */
static bool tongue_open(struct tongue *tongue, const struct dialect *dialect)
{
    UErrorCode status = U_ZERO_ERROR;
    const char *locale = dialect->locale;

    tongue->dialect = dialect;
    tongue->day = open_pattern(locale, dialect->day, &status);
    tongue->time = open_pattern(locale, dialect->time, &status);
    tongue->full = dialect->full != NULL ? open_pattern(locale, dialect->full, &status) : open_style(locale, UDAT_NONE, UDAT_FULL, &status);
    tongue->lengthy = open_style(locale, UDAT_NONE, UDAT_LONG, &status);
    tongue->medium = open_style(locale, UDAT_NONE, UDAT_MEDIUM, &status);
    tongue->brief = open_style(locale, UDAT_NONE, UDAT_SHORT, &status);
    tongue->clock = open_style(locale, UDAT_SHORT, UDAT_NONE, &status);
    tongue->number = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    tongue->money = unum_open(UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
    if (U_SUCCESS(status))
        unum_setTextAttribute(tongue->money, UNUM_CURRENCY_CODE, u"EUR", 3, &status);
    return U_SUCCESS(status);
}

static void tongue_close(struct tongue *tongue)
{
    UDateFormat *const dates[] = {tongue->day, tongue->time, tongue->full, tongue->lengthy, tongue->medium, tongue->brief, tongue->clock};
    UNumberFormat *const numbers[] = {tongue->number, tongue->money};

    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        if (dates[i])
            udat_close(dates[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i])
            unum_close(numbers[i]);
}

enum err format_open(struct format **out)
{
    struct format *format = mem_new(sizeof *format);

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!tongue_open(&format->of[i], &DIALECTS[i])) {
            format_close(format);
            return ERR_INTERNAL;
        }
    }
    *out = format;
    return ERR_OK;
}

void format_close(struct format *format)
{
    if (format == NULL)
        return;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        tongue_close(&format->of[i]);
    mem_free(format);
}

/* ICU's text as UTF-8. What does not fit becomes empty; nothing of ours comes near. */
static const char *narrow(const UChar *wide, int32_t wide_len, UErrorCode status, char *out, size_t size)
{
    int32_t len = 0;

    out[0] = '\0';
    u_strToUTF8(out, (int32_t)size, &len, wide, wide_len, &status);
    if (U_FAILURE(status) || (size_t)len >= size)
        out[0] = '\0';
    return out;
}

static const char *apply(const UDateFormat *format, int64_t us, char *out, size_t size)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[64];
    int32_t len = udat_format(format, (UDate)us / 1000, wide, 64, NULL, &status);

    return narrow(wide, len, status, out, size);
}

/* A decimal number in digits, exactly: no floating point on the way. */
static const char *apply_decimal(const UNumberFormat *format, const char *digits, char *out, size_t size)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[64];
    int32_t len = unum_formatDecimal(format, digits, -1, wide, 64, NULL, &status);

    return narrow(wide, len, status, out, size);
}

static const char *usual_moment(const struct tongue *tongue, int64_t us, char *out, size_t size)
{
    char day[100], time[20];

    (void)apply(tongue->day, us, day, sizeof day);
    (void)apply(tongue->time, us, time, sizeof time);
    (void)snprintf(out, size, "%s%s%s", day, tongue->dialect->joint, time);
    return out;
}

static const char *manner_moment(void *own, int64_t us, enum pattern_style style, char *out, size_t size)
{
    const struct tongue *tongue = own;

    switch (style) {
    case STYLE_USUAL:
    case STYLE_NUMBER: /* of a moment there is none: pattern_check */
        return usual_moment(tongue, us, out, size);
    case STYLE_DATE_FULL:
        return apply(tongue->full, us, out, size);
    case STYLE_DATE_LONG:
        return apply(tongue->lengthy, us, out, size);
    case STYLE_DATE_MEDIUM:
        return apply(tongue->medium, us, out, size);
    case STYLE_DATE_SHORT:
        return apply(tongue->brief, us, out, size);
    case STYLE_TIME:
        return apply(tongue->clock, us, out, size);
    case STYLE_HOUR:
        return apply(tongue->time, us, out, size);
    }
    return out;
}

/* Hundredths or tenths as a decimal number in digits. */
static const char *decimal(int64_t number, unsigned unit, char out[32])
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    (void)snprintf(out, 32, "%s%" PRIu64 ".%0*" PRIu64, number < 0 ? "-" : "", size / unit, unit == 100 ? 2 : 1, size % unit);
    return out;
}

static const char *manner_number(void *own, int64_t number, bool tenths, char *out, size_t size)
{
    const struct tongue *tongue = own;
    char digits[32];

    if (tenths)
        return apply_decimal(tongue->number, decimal(number, 10, digits), out, size);
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    return apply_decimal(tongue->number, digits, out, size);
}

static const char *manner_money(void *own, int64_t cents, char *out, size_t size)
{
    const struct tongue *tongue = own;
    char digits[32];

    return apply_decimal(tongue->money, decimal(cents, 100, digits), out, size);
}

struct manner format_manner(struct format *format, enum language language)
{
    return (struct manner){.own = &format->of[language], .moment = manner_moment, .number = manner_number, .money = manner_money};
}

const char *format_moment(struct format *format, enum language language, int64_t us, char out[FORMAT_TEXT])
{
    out[0] = '\0';
    return us == 0 ? out : usual_moment(&format->of[language], us, out, FORMAT_TEXT);
}

const char *format_span(struct format *format, enum language language, int64_t starts_us, int64_t ends_us, char out[FORMAT_TEXT])
{
    const struct tongue *tongue = &format->of[language];
    const struct dialect *dialect = tongue->dialect;
    char first[52], last[52], from[16], to[16]; /* both days fit */

    if (ends_us <= starts_us)
        return format_moment(format, language, starts_us, out);
    (void)apply(tongue->day, starts_us, first, sizeof first);
    (void)apply(tongue->day, ends_us, last, sizeof last);
    (void)apply(tongue->time, starts_us, from, sizeof from);
    (void)apply(tongue->time, ends_us, to, sizeof to);
    if (strcmp(first, last) == 0)
        (void)snprintf(out, FORMAT_TEXT, "%s%s%s–%s", first, dialect->span_joint, from, to);
    else
        (void)snprintf(out, FORMAT_TEXT, "%s%s%s – %s%s%s", first, dialect->joint, from, last, dialect->joint, to);
    return out;
}
