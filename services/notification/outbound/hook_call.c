/* See hook_call.h. */
#include "services/notification/outbound/hook_call.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "common/base/utf8.h"

#define CONNECT_TIMEOUT_MS 5000L
#define CALL_TIMEOUT_MS    15000L
#define ANSWER_MAX         4096

struct hook_call {
    CURL *curl;
    struct curl_slist *headers;
    struct buf body;
    bool allow_private;
    /* of the call under way */
    bool refused; /* the address was private */
    size_t got;
    char words[HOOK_ANSWER];
    size_t words_len;
    char error[CURL_ERROR_SIZE];
};

static bool address_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return webhook_v4_private((const uint8_t *)&v4.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return webhook_v6_private(v6.sin6_addr.s6_addr);
    }
    return true; /* not the internet */
}

/* The guard: libcurl asks for a socket with the address it is about to connect to, after all resolving. A connection that is used again
 * went through here when it was made. */
static curl_socket_t on_socket(void *owner, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct hook_call *call = owner;

    if (purpose != CURLSOCKTYPE_IPCXN || (!call->allow_private && address_private(&address->addr))) {
        call->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Keeps the beginning; ends the transfer when there is too much of it. */
static size_t on_answer(char *data, size_t size, size_t count, void *owner)
{
    struct hook_call *call = owner;
    const size_t len = size * count;
    size_t keep = sizeof call->words - 1 - call->words_len;

    if (keep > len)
        keep = len;
    memcpy(call->words + call->words_len, data, keep);
    call->words_len += keep;
    call->got += len;
    return call->got > ANSWER_MAX ? 0 : len;
}

static bool configure(struct hook_call *call, const struct hook_rules *rules)
{
    CURL *c = call->curl;
    bool ok = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, rules->allow_private ? "https,http" : "https") == CURLE_OK;

    ok = ok && curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, CALL_TIMEOUT_MS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, call) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_answer) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_WRITEDATA, call) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK; /* at least */
    ok = ok && curl_easy_setopt(c, CURLOPT_USERAGENT, "Hakuvayla-Webhook/1") == CURLE_OK;
    if (rules->ca_bundle != NULL)
        ok = ok && curl_easy_setopt(c, CURLOPT_CAINFO, rules->ca_bundle) == CURLE_OK;
    return ok;
}

enum err hook_call_open(struct hook_call **out, const struct hook_rules *rules)
{
    struct hook_call *call = mem_new(sizeof *call);

    call->allow_private = rules->allow_private;
    call->curl = curl_easy_init();
    if (call->curl == NULL || !configure(call, rules)) {
        hook_call_close(call);
        return ERR_INTERNAL;
    }
    *out = call;
    return ERR_OK;
}

void hook_call_close(struct hook_call *call)
{
    if (call == NULL)
        return;
    if (call->curl)
        curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->headers);
    buf_fini(&call->body);
    mem_free(call);
}

static bool add_header(struct hook_call *call, const char *name, const char *value)
{
    char line[64 + WEBHOOK_SIGNATURE_TEXT];

    (void)snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(call->headers, line);
    if (longer != NULL)
        call->headers = longer;
    return longer != NULL;
}

/* The moment signed is that of this try, so that receivers can refuse what somebody else plays to them again. */
static bool write_headers(struct hook_call *call, const struct post *post, int64_t now_us)
{
    char id[UUID_TEXT], timestamp[24], signature[WEBHOOK_SIGNATURE_TEXT];
    const int64_t now_s = now_us / TIME_SECOND;

    curl_slist_free_all(call->headers);
    call->headers = NULL;
    uuid_format(post->id, id);
    (void)snprintf(timestamp, sizeof timestamp, "%lld", (long long)now_s);
    webhook_sign(post->secrets, post->secret_count, span_text(id), now_s, post->body, signature);
    return add_header(call, "content-type", "application/json") && add_header(call, "webhook-id", id) &&
           add_header(call, "webhook-timestamp", timestamp) && add_header(call, "webhook-signature", signature);
}

enum err hook_call_prepare(struct hook_call *call, const struct post *post, int64_t now_us)
{
    CURL *c = call->curl;

    call->refused = false;
    call->got = call->words_len = 0;
    call->error[0] = '\0';
    buf_clear(&call->body);
    buf_add(&call->body, post->body.data, post->body.len);
    bool ok = write_headers(call, post, now_us);
    ok = ok && curl_easy_setopt(c, CURLOPT_URL, post->url) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_HTTPHEADER, call->headers) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_POSTFIELDS, (const char *)call->body.data) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)call->body.len) == CURLE_OK;
    return ok ? ERR_OK : ERR_INTERNAL;
}

CURL *hook_call_handle(struct hook_call *call)
{
    return call->curl;
}

/* As text for the table: UTF-8 without control characters; a character cut in two at the end, and what is no UTF-8, become question marks.
 */
static void keep_words(struct hook_answer *out, const char *text, size_t len)
{
    if (len >= sizeof out->words)
        len = sizeof out->words - 1;
    memcpy(out->words, text, len);
    out->words[len] = '\0';
    const bool valid = utf8_valid(span_of(out->words, len));
    for (size_t i = 0; i < len; i++) {
        const uint8_t c = (uint8_t)out->words[i];
        if (c == '\n' || c == '\r' || c == '\t')
            out->words[i] = ' ';
        else if (c < 32 || c == 127 || (c >= 128 && !valid))
            out->words[i] = '?';
    }
}

static const char *fault_words(const struct hook_call *call, CURLcode code)
{
    if (call->refused)
        return "the address it leads to is private: not connected to";
    return call->error[0] != '\0' ? call->error : curl_easy_strerror(code);
}

/* Once a status has come it is the answer, however the rest of it went. */
void hook_call_end(struct hook_call *call, CURLcode code, struct hook_answer *out)
{
    long status = 0;
    curl_off_t wait = 0;

    *out = (struct hook_answer){.http_status = 0};
    (void)curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || status > 999) {
        keep_words(out, fault_words(call, code), strlen(fault_words(call, code)));
        return;
    }
    out->http_status = (int)status;
    if ((status == 429 || status == 503) && curl_easy_getinfo(call->curl, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK)
        out->retry_after_s = wait;
    if (status >= 300 && status <= 399)
        keep_words(out, "it redirects, and redirects are not followed: enter the URL it leads to", 71);
    else
        keep_words(out, call->words, call->words_len);
}
