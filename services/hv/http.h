/* The gateway, as a client sees it: JSON requests one at a time, with the operator's token or, after a sign-in, the session.
 * What goes wrong is said on standard error in words; the caller only passes the exit status on. */
#ifndef HV_HV_HTTP_H
#define HV_HV_HTTP_H
#include <jansson.h>
#include <stdint.h>

#include "services/hv/args.h"

struct http;

/* NULL after saying why: an unreadable token file, a URL that is none. needs_token: without one it is said that one is needed. */
struct http *http_open(const struct common *common, bool needs_token);
void http_close(struct http *http);
const char *http_base(const struct http *http); /* the URL it asks, for messages */

/* One request: the exit status, HV_YES when the server answered 2xx. Then *answer (may be NULL) is the JSON that came, the
 * caller's; on HV_NO the problem has been said and *answer is the problem document. Takes body. A write gets an
 * Idempotency-Key of its own and is tried again with it while the server is busy or away, for some seconds. */
int http_call(struct http *http, const char *method, const char *path, json_t *body, json_t **answer);

void http_csrf(struct http *http, const char *token);       /* after a sign-in: goes with writes */
void http_if_match(struct http *http, const char *version); /* goes with writes from now on */
void http_proof(struct http *http, const char *solution);   /* goes with writes from now on; "": no more */
void http_quiet(struct http *http, bool quiet);             /* says nothing about problems and takes a 503 for an answer */

/* A word as part of a path or a query: percent-encoded; mem_free it. */
char *http_escape(const struct http *http, const char *word);

#endif
