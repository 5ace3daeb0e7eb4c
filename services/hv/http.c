/* The gateway, as a client sees it: see http.h. */
#include "services/hv/http.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "common/base/time.h"
#include "common/base/uuid.h"
#include "services/hv/commands.h"

#define ANSWER_MOST (16U * 1024 * 1024)
#define TOKEN_MOST  1024
#define TRIES       6 /* 0.2 s, doubling: about 6 s in all */

struct http {
    CURL *curl;
    char *base;
    char token[TOKEN_MOST];
    char csrf[128], if_match[24], proof[TOKEN_MOST];
    bool quiet;
    struct buf answer;
};

static bool read_token(const char *file, char out[TOKEN_MOST])
{
    FILE *in = fopen(file, "re");
    if (!in || !fgets(out, TOKEN_MOST, in)) {
        fprintf(stderr, "hv: the token file %s cannot be read\n", file);
        if (in)
            fclose(in);
        return false;
    }
    fclose(in);
    out[strcspn(out, "\r\n")] = 0;
    return true;
}

static bool find_token(const struct common *common, bool needed, char out[TOKEN_MOST])
{
    const char *set = getenv("HV_TOKEN");
    if (common->token_file)
        return read_token(common->token_file, out);
    if (set && *set)
        snprintf(out, TOKEN_MOST, "%s", set);
    else if (needed) {
        fputs("hv: this needs an API token: set HV_TOKEN or give --token-file; `hv account sign-in NAME` makes one\n", stderr);
        return false;
    }
    return true;
}

struct http *http_open(const struct common *common, bool needs_token)
{
    const char *set = getenv("HV_URL");
    const char *url = common->url ? common->url : set && *set ? set : "http://127.0.0.1:8080";
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) {
        fprintf(stderr, "hv: the URL %s begins with neither http:// nor https://\n", url);
        return NULL;
    }
    struct http *http = mem_new(sizeof *http);
    if (!find_token(common, needs_token, http->token)) {
        mem_free(http);
        return NULL;
    }
    http->base = mem_strdup(url);
    for (size_t len = strlen(http->base); len > 0 && http->base[len - 1] == '/'; len--)
        http->base[len - 1] = 0;
    http->curl = curl_easy_init();
    if (!http->curl)
        bug("libcurl does not start");
    return http;
}

void http_close(struct http *http)
{
    if (!http)
        return;
    curl_easy_cleanup(http->curl);
    buf_fini(&http->answer);
    sodium_memzero(http->token, sizeof http->token);
    mem_free(http->base);
    mem_free(http);
}

const char *http_base(const struct http *http)
{
    return http->base;
}

void http_csrf(struct http *http, const char *token)
{
    snprintf(http->csrf, sizeof http->csrf, "%s", token);
}

void http_if_match(struct http *http, const char *version)
{
    snprintf(http->if_match, sizeof http->if_match, "\"%s\"", version);
}

void http_proof(struct http *http, const char *solution)
{
    snprintf(http->proof, sizeof http->proof, "%s", solution);
}

void http_quiet(struct http *http, bool quiet)
{
    http->quiet = quiet;
}

char *http_escape(const struct http *http, const char *word)
{
    char *escaped = curl_easy_escape(http->curl, word, 0);
    if (!escaped)
        bug("a word that cannot be percent-encoded");
    char *copy = mem_strdup(escaped);
    curl_free(escaped);
    return copy;
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *owner)
{
    struct http *http = owner;
    if (http->answer.len + size * count > ANSWER_MOST)
        return 0; /* libcurl ends the transfer with an error of its own */
    buf_add(&http->answer, bytes, size * count);
    return size * count;
}

static struct curl_slist *header(struct curl_slist *list, const char *name, const char *value)
{
    char line[TOKEN_MOST + 64];
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(list, line);
    if (!longer)
        bug("no memory for a header");
    return longer;
}

static struct curl_slist *headers(const struct http *http, bool write)
{
    char key[UUID_TEXT], bearer[TOKEN_MOST + 8];
    struct curl_slist *list = header(NULL, "Accept", "application/json");
    list = header(list, "Accept-Language", "en");
    snprintf(bearer, sizeof bearer, "Bearer %s", http->token);
    if (*http->token)
        list = header(list, "Authorization", bearer);
    if (write) {
        uuid_format(uuid_v7(time_now_us()), key);
        list = header(list, "Idempotency-Key", key);
        list = header(list, "Content-Type", "application/json");
        list = header(list, "Expect", ""); /* no waiting for a 100 */
        if (*http->csrf)
            list = header(list, "X-CSRF-Token", http->csrf);
        if (*http->if_match)
            list = header(list, "If-Match", http->if_match);
        if (*http->proof)
            list = header(list, "X-Proof-Of-Work", http->proof);
    }
    return list;
}

static void prepare(struct http *http, const char *method, const char *url, const struct curl_slist *list, const char *body)
{
    CURL *curl = http->curl;
    curl_easy_reset(curl); /* keeps the connection and the cookies */
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "127.0.0.1,localhost");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 3000L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 30000L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, http);
    if (body)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
}

/* Tries until something else than "busy" or "away" comes; a quiet caller wants the first answer there is, also a 503. Returns the HTTP
 * status, 0 when nobody answered. */
static long try_for_long(struct http *http, CURLcode *code)
{
    long status = 0;
    for (unsigned i = 0; i < TRIES; i++) {
        if (i > 0) {
            const long ms = 100L << i;
            const struct timespec nap = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
            nanosleep(&nap, NULL);
        }
        buf_clear(&http->answer);
        status = 0;
        *code = curl_easy_perform(http->curl);
        if (*code == CURLE_OK)
            curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &status);
        if (*code != CURLE_COULDNT_CONNECT && *code != CURLE_RECV_ERROR && *code != CURLE_GOT_NOTHING && (status != 503 || http->quiet))
            break;
        if (*code == CURLE_COULDNT_CONNECT && i >= 1) /* nobody listens: a third try would not help */
            break;
    }
    return status;
}

/* An RFC 9457 problem in words: what, where, on which facts. */
static void say_problem(const json_t *problem, long status)
{
    const char *title = json_string_value(json_object_get(problem, "title"));
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    const char *field = json_string_value(json_object_get(problem, "field"));
    const char *rule = json_string_value(json_object_get(problem, "rule"));
    fprintf(stderr, "hv: %s", detail ? detail : title ? title : "the server refused");
    if (field && *field)
        fprintf(stderr, " (%s)", field);
    fprintf(stderr, " [%s%s%ld]\n", rule ? rule : "", rule ? ", " : "", status);
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(json_object_get(problem, "facts"), name, value)
    {
        if (json_is_string(value))
            fprintf(stderr, "    %s: %s\n", name, json_string_value(value));
    }
}

static int judge(struct http *http, CURLcode code, long status, json_t **answer)
{
    json_error_t error;
    json_t *json = NULL;
    if (code != CURLE_OK) {
        if (!http->quiet)
            fprintf(stderr, "hv: %s does not answer: %s\n", http->base, curl_easy_strerror(code));
        return HV_UNREACHED;
    }
    if (http->answer.len > 0)
        json = json_loadb((const char *)http->answer.data, http->answer.len, JSON_DECODE_ANY, &error);
    const bool good = status >= 200 && status < 300;
    if (!good && !http->quiet)
        say_problem(json, status);
    if (good && http->answer.len > 0 && !json) {
        fprintf(stderr, "hv: %s answered something that is not JSON\n", http->base);
        return HV_UNREACHED;
    }
    if (answer)
        *answer = json;
    else
        json_decref(json);
    return good ? HV_YES : status == 503 || status == 504 ? HV_UNREACHED : HV_NO;
}

int http_call(struct http *http, const char *method, const char *path, json_t *body, json_t **answer)
{
    const bool write = strcmp(method, "GET") != 0;
    struct buf url = {0};
    CURLcode code = CURLE_OK;
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    struct curl_slist *list = headers(http, write);
    if (answer)
        *answer = NULL;
    json_decref(body);
    buf_printf(&url, "%s%s", http->base, path);
    buf_u8(&url, 0);
    prepare(http, method, (const char *)url.data, list, text);
    const long status = try_for_long(http, &code);
    curl_slist_free_all(list);
    free(text);
    buf_fini(&url);
    return judge(http, code, status, answer);
}
