/* The style that a page of a service carries, as a Content-Security-Policy names it: by its hash, that one and no other (CSP level 3,
 * 2.3.1). It stands in the head, before any word of people, and is the first in the page. */
#ifndef HV_GATEWAY_STYLE_H
#define HV_GATEWAY_STYLE_H
#include "common/base/span.h"

#define STYLE_HASH 52                                    /* "sha256-<44 characters of base64>" and NUL */
void style_hash(struct span page, char out[STYLE_HASH]); /* "": the page carries none */

#endif
