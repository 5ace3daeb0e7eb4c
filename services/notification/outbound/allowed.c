/* See allowed.h: a walk over the list. */
#include "services/notification/outbound/allowed.h"

#include <strings.h>

#define BETWEEN " ,"

bool mail_allowed(const char *domains, struct span address)
{
    const char *at = domains + strspn(domains, BETWEEN);
    size_t from = address.len;

    if (*at == '\0')
        return true;
    while (from > 0 && address.data[from - 1] != '@')
        from--;
    if (from == 0)
        return false;
    for (; *at != '\0'; at += strspn(at, BETWEEN)) {
        size_t len = strcspn(at, BETWEEN);
        if (len == address.len - from && strncasecmp(at, (const char *)address.data + from, len) == 0)
            return true;
        at += len;
    }
    return false;
}
