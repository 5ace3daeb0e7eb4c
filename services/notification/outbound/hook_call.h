/* One call of a webhook: the request as Standard Webhooks 1.0.0 wants it, over libcurl. It is guarded against being sent to our own house
 * (SSRF): the very address that is connected to is looked at, whatever the name said before; redirects are not followed; no proxy; of the
 * answer 4 KiB are read. One hook_call belongs to one thread and makes one call at a time. */
#ifndef HV_NOTIFICATION_OUTBOUND_HOOK_CALL_H
#define HV_NOTIFICATION_OUTBOUND_HOOK_CALL_H
#include <stdbool.h>

#include <curl/curl.h>

#include "common/base/err.h"
#include "services/notification/store/dispatch.h"

#define HOOK_ANSWER 300

struct hook_rules {
    bool allow_private;    /* http and private addresses too: for tests */
    const char *ca_bundle; /* NULL: the system's */
};

struct hook_call;
enum err hook_call_open(struct hook_call **out, const struct hook_rules *rules) MUST_CHECK;
void hook_call_close(struct hook_call *call); /* NULL is fine */

/* Makes the call ready and signs it; the post is not kept. The caller hands the handle to its multi and takes it out again. */
enum err hook_call_prepare(struct hook_call *call, const struct post *post, int64_t now_us) MUST_CHECK;
CURL *hook_call_handle(struct hook_call *call);

struct hook_answer {
    int http_status;         /* 0: none */
    int64_t retry_after_s;   /* of 429 and 503; 0: not said */
    char words[HOOK_ANSWER]; /* UTF-8, one line: the beginning of the answer, or what went wrong */
};
void hook_call_end(struct hook_call *call, CURLcode code, struct hook_answer *out);

#endif
