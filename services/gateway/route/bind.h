/*~ 2. Path, query and JSON body become the request message of the route's method. */
#ifndef HV_GATEWAY_BIND_H
#define HV_GATEWAY_BIND_H
#include "services/gateway/route/codec.h"
#include "services/gateway/route/match.h"

/* The body first, then the query (routes without a body only), then the path, which has the last word.
 * shard: of the first id in the path, for picking a replica; 0 without one. ERR_INVALID: fault says what and where. */
enum err bind_request(struct arena *arena, const struct route *route, const struct match *match, struct span query, struct span body,
                      ProtobufCMessage **out, uint32_t *shard, struct codec_fault *fault) MUST_CHECK;

/* The text of a parameter: percent-decoded, in a query with '+' for a blank. ERR_INVALID: a bad escape or a NUL. */
enum err bind_text(struct arena *arena, struct span raw, bool query, struct span *out) MUST_CHECK;

/* The value of a name in a query string, or NULL. */
const char *bind_query_value(struct arena *arena, struct span query, const char *name);

#endif
