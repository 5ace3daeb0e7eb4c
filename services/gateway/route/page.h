/* A page: an address the gateway answers by itself, without a route: health, metrics, live streams, the API's own description. */
#ifndef HV_GATEWAY_PAGE_H
#define HV_GATEWAY_PAGE_H
#include <protobuf-c/protobuf-c.h>

#include "services/gateway/http/exchange.h"

struct page {
    const char *path;
    const char *type;                               /* media type, for the OpenAPI document */
    const char *query;                              /* the one UUID parameter it needs, or NULL */
    const char *summary;                            /* NULL: not in the OpenAPI document */
    const ProtobufCMessageDescriptor *answer;       /* the message its JSON is; NULL: text */
    void (*serve)(void *owner, struct exchange *x); /* answers or waits */
    void *owner;
};

#endif
