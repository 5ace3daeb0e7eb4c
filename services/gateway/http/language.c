/* Accept-Language of RFC 9110 12.5.4: ranges with weights. Only the primary subtag counts (sv-FI is sv); a weight is read to
 * three digits, and of equal weights the first wins. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "services/gateway/http/language.h"

/* Thousandths: "1" is 1000, "0.85" is 850; what is not a weight counts as 0, so that nonsense is never preferred. */
static int weight_read(const char *text)
{
    if (*text != '0' && *text != '1')
        return 0;
    int weight = (*text++ - '0') * 1000;
    if (*text++ != '.')
        return weight;
    for (int unit = 100; unit > 0 && isdigit((unsigned char)*text); unit /= 10)
        weight += (*text++ - '0') * unit;
    return weight > 1000 ? 1000 : weight;
}

static const char *skip_blank(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

static bool primary_is(const char *range, const char *name)
{
    return strncasecmp(range, name, 2) == 0 && !isalnum((unsigned char)range[2]);
}

/* The weight behind a range, 1000 when none is written. */
static int range_weight(const char *range, const char *end)
{
    const char *semicolon = memchr(range, ';', (size_t)(end - range));
    if (!semicolon)
        return 1000;
    const char *q = skip_blank(semicolon + 1);
    if (*q != 'q' && *q != 'Q')
        return 1000;
    q = skip_blank(q + 1);
    return *q == '=' ? weight_read(skip_blank(q + 1)) : 0;
}

enum language language_of(const char *accept_language)
{
    enum language best = LANGUAGE_FI;
    int best_weight = 0;
    for (const char *at = accept_language; at && *at;) {
        at = skip_blank(at);
        const char *end = at + strcspn(at, ",");
        int weight = range_weight(at, end);
        for (int i = 0; i < 3; i++) {
            if (weight > best_weight && primary_is(at, language_name((enum language)i))) {
                best = (enum language)i;
                best_weight = weight;
            }
        }
        at = *end ? end + 1 : end;
    }
    return best;
}

const char *language_name(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "fi";
    case LANGUAGE_SV:
        return "sv";
    case LANGUAGE_EN:
        return "en";
    }
    return "fi";
}

const char *language_pick(enum language language, const Bus__Text *text)
{
    if (language == LANGUAGE_SV && text->sv && text->sv[0])
        return text->sv;
    if (language == LANGUAGE_EN && text->en && text->en[0])
        return text->en;
    return text->fi ? text->fi : "";
}
