/* See status.h: a bounded read of three numbers, and three short lists. */
#include "services/notification/domain/status.h"

#include <stdint.h>

#define SUBJECT_MOST 999 /* RFC 3463 section 2: one to three digits */

static bool digit_at(struct span text, size_t at)
{
    return at < text.len && text.data[at] >= '0' && text.data[at] <= '9';
}

/* One to three digits at *at, which moves behind them. */
static bool number(struct span text, size_t *at, unsigned *out)
{
    unsigned value = 0;

    if (!digit_at(text, *at))
        return false;
    while (digit_at(text, *at) && value <= SUBJECT_MOST)
        value = value * 10 + (unsigned)(text.data[(*at)++] - '0');
    *out = value;
    return value <= SUBJECT_MOST;
}

static bool dot(struct span text, size_t *at)
{
    return *at < text.len && text.data[(*at)++] == '.';
}

struct status status_read(struct span answer)
{
    const struct status none = {0};
    struct status s;
    size_t at = 4; /* behind "550 " */

    if (answer.len < at || (answer.data[3] != ' ' && answer.data[3] != '-'))
        return none;
    if (!number(answer, &at, &s.class) || !dot(answer, &at) || !number(answer, &at, &s.subject) || !dot(answer, &at) ||
        !number(answer, &at, &s.detail))
        return none;
    bool ends = at == answer.len || answer.data[at] == ' ' || answer.data[at] == '\r' || answer.data[at] == '\n';
    bool agrees = digit_at(answer, 0) && s.class == (unsigned)(answer.data[0] - '0');
    return ends && agrees ? s : none;
}

bool status_address_dead(struct status s)
{
    if (s.class != 5)
        return false;
    if (s.subject == 1)
        return s.detail == 1 || s.detail == 2 || s.detail == 3 || s.detail == 6 || s.detail == 10;
    return s.subject == 2 && s.detail == 1;
}

bool status_ours(struct status s)
{
    if (s.class != 5)
        return false;
    return (s.subject == 1 && (s.detail == 7 || s.detail == 8)) || (s.subject == 7 && (s.detail == 8 || s.detail == 0));
}

bool status_throttles(unsigned code, struct status s)
{
    if (code == 421)
        return true;
    if (code < 400 || code >= 500 || s.class != 4)
        return false;
    return ((code == 450 || code == 451) && s.subject == 7) || (s.subject == 4 && s.detail == 5) || (s.subject == 3 && s.detail == 2);
}
