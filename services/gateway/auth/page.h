/* Pages of a list: 1 to 200 rows, 50 when not said. */
#ifndef HV_GATEWAY_AUTH_PAGE_H
#define HV_GATEWAY_AUTH_PAGE_H
#include <stddef.h>
#include <stdint.h>

static inline size_t page_size(uint32_t asked)
{
    return asked == 0 ? 50 : asked > 200 ? 200 : asked;
}

#endif
