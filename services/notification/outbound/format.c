/* Dates by ICU patterns. The day and the time are formatted apart and joined by the language's own word. */
#include "services/notification/outbound/format.h"

#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "common/base/alloc.h"

struct format {
    UDateFormat *day[LANGUAGE_COUNT], *time[LANGUAGE_COUNT];
};

struct manner {
    const char *locale;
    const UChar *day, *time;
    const char *joint, *span_joint; /* between day and time, and before a time from - to */
};

static const struct manner MANNERS[LANGUAGE_COUNT] = {
    [LANGUAGE_FI] = {"fi_FI", u"cccc d.M.yyyy", u"H.mm", " klo ", " klo "}, /* cccc: torstai; EEEE would be torstaina */
    [LANGUAGE_SV] = {"sv_FI", u"cccc d.M.yyyy", u"H.mm", " kl. ", " kl. "},
    [LANGUAGE_EN] = {"en_GB", u"EEEE d MMMM yyyy", u"H:mm", " at ", ", "},
};

static UDateFormat *pattern_open(const char *locale, const UChar *pattern)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"Europe/Helsinki", -1, pattern, -1, &status);

    return U_SUCCESS(status) ? format : NULL;
}

enum err format_open(struct format **out)
{
    struct format *format = mem_new(sizeof *format);

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        format->day[i] = pattern_open(MANNERS[i].locale, MANNERS[i].day);
        format->time[i] = pattern_open(MANNERS[i].locale, MANNERS[i].time);
        if (format->day[i] == NULL || format->time[i] == NULL) {
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
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (format->day[i])
            udat_close(format->day[i]);
        if (format->time[i])
            udat_close(format->time[i]);
    }
    mem_free(format);
}

/* A text that does not fit becomes empty; none of our patterns comes near. */
static void apply(const UDateFormat *format, int64_t us, char *out, size_t size)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[64];
    int32_t len = 0;

    out[0] = '\0';
    int32_t wide_len = udat_format(format, (UDate)us / 1000, wide, 64, NULL, &status);
    u_strToUTF8(out, (int32_t)size, &len, wide, wide_len, &status);
    if (U_FAILURE(status) || (size_t)len >= size)
        out[0] = '\0';
}

const char *format_moment(struct format *format, enum language language, int64_t us, char out[FORMAT_TEXT])
{
    char day[100], time[20];

    out[0] = '\0';
    if (us == 0)
        return out;
    apply(format->day[language], us, day, sizeof day);
    apply(format->time[language], us, time, sizeof time);
    (void)snprintf(out, FORMAT_TEXT, "%s%s%s", day, MANNERS[language].joint, time);
    return out;
}

const char *format_span(struct format *format, enum language language, int64_t starts_us, int64_t ends_us, char out[FORMAT_TEXT])
{
    const struct manner *manner = &MANNERS[language];
    char first[52], last[52], from[16], to[16]; /* both days fit */

    if (ends_us <= starts_us)
        return format_moment(format, language, starts_us, out);
    apply(format->day[language], starts_us, first, sizeof first);
    apply(format->day[language], ends_us, last, sizeof last);
    apply(format->time[language], starts_us, from, sizeof from);
    apply(format->time[language], ends_us, to, sizeof to);
    if (strcmp(first, last) == 0)
        (void)snprintf(out, FORMAT_TEXT, "%s%s%s–%s", first, manner->span_joint, from, to);
    else
        (void)snprintf(out, FORMAT_TEXT, "%s%s%s – %s%s%s", first, manner->joint, from, last, manner->joint, to);
    return out;
}
