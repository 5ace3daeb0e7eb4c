/* Headers of every answer: no sniffing, no framing, nothing executable; private answers are stored nowhere.
 * libmicrohttpd adds Date, Content-Length and Connection. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"

#include "services/gateway/http/answer.h"

static void header(struct MHD_Response *response, const char *name, const char *value)
{
    /* Fails only for a name or value that no header may have, or without memory. */
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        bug("a response header was refused");
}

static void header_policy(struct MHD_Response *response, const char *style)
{
    char policy[sizeof ANSWER_POLICY + 100];

    if (style)
        snprintf(policy, sizeof policy, ANSWER_POLICY "; style-src '%s'", style);
    else
        snprintf(policy, sizeof policy, "%s", ANSWER_POLICY);
    header(response, "Content-Security-Policy", policy);
}

static void headers_always(struct MHD_Response *response, const struct answer *answer)
{
    header(response, "Content-Type", answer->type ? answer->type : "application/json");
    header(response, "Cache-Control", answer->shared ? "no-cache" : "no-store");
    header(response, "X-Content-Type-Options", "nosniff");
    header_policy(response, answer->style);
    header(response, "Referrer-Policy", "no-referrer"); /* some paths hold a secret: the link of a mail, the address of a feed */
}

/* The name in ASCII, and as it is where that says more (RFC 6266, 4.3; RFC 8187): browsers take the second. */
static void file_names(const char *name, char plain[ANSWER_FILE_MAX + 1], char whole[3 * ANSWER_FILE_MAX + 1])
{
    static const char HEX[] = "0123456789ABCDEF";
    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(".-_", c);
        if ((c & 0xC0) != 0x80) /* one sign for a character */
            *plain++ = c < 0x80 ? (char)c : '_';
        if (word)
            *whole++ = (char)c;
        else {
            *whole++ = '%';
            *whole++ = HEX[c >> 4];
            *whole++ = HEX[c & 15];
        }
    }
    *plain = *whole = '\0';
}

/* A file is what it says it is, in the language that was asked for unless it has but one. */
static void headers_file(struct MHD_Response *response, const struct answer *answer)
{
    char plain[ANSWER_FILE_MAX + 1], whole[3 * ANSWER_FILE_MAX + 1], text[4 * ANSWER_FILE_MAX + 64];
    if (strlen(answer->file) > ANSWER_FILE_MAX)
        bug("a file's name is longer than its header");
    file_names(answer->file, plain, whole);
    const char *way = answer->in_place ? "inline" : "attachment";
    if (strcmp(answer->file, whole) == 0)
        snprintf(text, sizeof text, "%s; filename=\"%s\"", way, plain);
    else
        snprintf(text, sizeof text, "%s; filename=\"%s\"; filename*=UTF-8''%s", way, plain, whole);
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
