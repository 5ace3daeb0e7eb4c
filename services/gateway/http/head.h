/* The head of a request, before anybody believes it: are its framing and its once-only headers in order? */
#ifndef HV_GATEWAY_HEAD_H
#define HV_GATEWAY_HEAD_H
#include <microhttpd.h>

/* The name of the first header that is wrong, or NULL: all are in order. */
const char *head_flaw(struct MHD_Connection *connection);

#endif
