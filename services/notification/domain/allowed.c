/* See allowed.h: a walk over the list. */
#include "services/notification/domain/allowed.h"

#include <string.h>

#include "services/notification/domain/head.h"

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
        if (head_same(span_of(at, len), span_of(address.data + from, address.len - from)))
            return true;
        at += len;
    }
    return false;
}
