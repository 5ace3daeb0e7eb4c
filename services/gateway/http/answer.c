/* Headers of every answer: no sniffing, no framing, nothing executable; private answers are stored nowhere.
 * libmicrohttpd adds Date, Content-Length and Connection. */
#include <stdio.h>

#include "common/base/alloc.h"

#include "services/gateway/http/answer.h"

static void header(struct MHD_Response *response, const char *name, const char *value)
{
    /* Fails only for a name or value that no header may have, or without memory. */
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        bug("a response header was refused");
}

static void headers_always(struct MHD_Response *response, const struct answer *answer)
{
    header(response, "Content-Type", answer->type ? answer->type : "application/json");
    header(response, "Cache-Control", answer->shared ? "no-cache" : "no-store");
    header(response, "X-Content-Type-Options", "nosniff");
    header(response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/* A file is what it says it is, in the language that was asked for unless it has but one. */
static void headers_file(struct MHD_Response *response, const struct answer *answer)
{
    char text[160];
    snprintf(text, sizeof text, "%s; filename=\"%s\"", answer->in_place ? "inline" : "attachment", answer->file);
    header(response, "Content-Disposition", text);
    if (!answer->one_language)
        header(response, "Vary", "Accept-Language");
}

static void headers_sometimes(struct MHD_Response *response, const struct answer *answer)
{
    char text[32];
    if (answer->tag) {
        header(response, "ETag", answer->tag);
    } else if (answer->version) {
        snprintf(text, sizeof text, "\"%llu\"", (unsigned long long)answer->version);
        header(response, "ETag", text);
    }
    if (answer->retry_s) {
        snprintf(text, sizeof text, "%d", answer->retry_s);
        header(response, "Retry-After", text);
    }
    if (answer->replayed)
        header(response, "Idempotency-Replayed", "true");
    if (answer->allow)
        header(response, "Allow", answer->allow);
    if (answer->set_cookie)
        header(response, "Set-Cookie", answer->set_cookie);
    if (answer->file)
        headers_file(response, answer);
    if (answer->status == 401)
        header(response, "WWW-Authenticate", "Bearer");
}

struct MHD_Response *answer_make(const struct answer *answer)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(answer->body.len, (void *)(uintptr_t)answer->body.data,
                                                                    answer->copy ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    if (!response)
        bug("out of memory for a response");
    headers_always(response, answer);
    headers_sometimes(response, answer);
    return response;
}

void answer_send(struct exchange *x, const struct answer *answer)
{
    struct MHD_Response *response = answer_make(answer);
    exchange_answer(x, answer->status, response);
    MHD_destroy_response(response);
}
