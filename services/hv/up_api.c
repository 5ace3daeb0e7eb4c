/* One JSON request at a time, for the steps of the demonstration; see the header. */
#include "services/hv/up_api.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"

#define ANSWER_MAX ((size_t)4 * 1024 * 1024)

struct api {
    CURL *curl;
    char base[128];
    char token[API_TOKEN];
};

struct api *api_open(const char *base_url)
{
    struct api *api = mem_new(sizeof *api);
    snprintf(api->base, sizeof api->base, "%s", base_url);
    api->curl = curl_easy_init();
    if (!api->curl)
        bug("libcurl gives no handle");
    return api;
}

void api_close(struct api *api)
{
    if (!api)
        return;
    curl_easy_cleanup(api->curl);
    mem_free(api);
}

const char *api_base(const struct api *api)
{
    return api->base;
}

void api_token(struct api *api, const char *token)
{
    snprintf(api->token, sizeof api->token, "%s", token ? token : "");
}

const char *api_token_of(const struct api *api)
{
    return api->token;
}

static size_t on_bytes(char *data, size_t one, size_t len, void *owner)
{
    struct buf *out = owner;
    if (out->len + one * len > ANSWER_MAX)
        return 0;
    buf_add(out, data, one * len);
    return one * len;
}

struct curl_slist *api_prepare(CURL *curl, const char *method, const char *url, const char *token, const char *key, uint64_t if_match,
                               bool body)
{
    char line[API_TOKEN + 64];
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    if (body)
        headers = curl_slist_append(headers, "Content-Type: application/json");
    if (token && token[0]) {
        snprintf(line, sizeof line, "Authorization: Bearer %s", token);
        headers = curl_slist_append(headers, line);
    }
    if (key) {
        snprintf(line, sizeof line, "Idempotency-Key: %s", key);
        headers = curl_slist_append(headers, line);
    }
    if (if_match) {
        snprintf(line, sizeof line, "If-Match: \"%" PRIu64 "\"", if_match);
        headers = curl_slist_append(headers, line);
    }
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    return headers;
}

/* One request; text: its body or NULL. Returns the status, 0 when nobody answered. */
static long perform(struct api *api, const char *method, const char *path, const char *key, uint64_t if_match, const char *text,
                    struct buf *out)
{
    char url[128 + API_PATH];
    snprintf(url, sizeof url, "%s%s", api->base, path);
    struct curl_slist *headers = api_prepare(api->curl, method, url, api->token, key, if_match, text != NULL);
    curl_easy_setopt(api->curl, CURLOPT_TIMEOUT_MS, 30000L);
    curl_easy_setopt(api->curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(api->curl, CURLOPT_WRITEDATA, out);
    if (text) {
        curl_easy_setopt(api->curl, CURLOPT_POSTFIELDS, text);
        curl_easy_setopt(api->curl, CURLOPT_POSTFIELDSIZE, (long)strlen(text));
    }
    long status = 0;
    if (curl_easy_perform(api->curl) == CURLE_OK)
        curl_easy_getinfo(api->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    return status;
}

int api_call(struct api *api, const char *method, const char *path, const char *key, uint64_t if_match, json_t *body, json_t **answer)
{
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    struct buf out = {0};
    const long status = perform(api, method, path, key, if_match, text, &out);
    if (answer)
        *answer = out.len ? json_loadb((const char *)out.data, out.len, 0, NULL) : NULL;
    buf_fini(&out);
    free(text);
    return (int)status;
}

int api_fetch(struct api *api, const char *path, struct buf *out)
{
    return (int)perform(api, "GET", path, NULL, 0, NULL, out);
}

const char *api_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

int64_t api_number(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value))
        return strtoll(json_string_value(value), NULL, 10);
    return json_integer_value(value);
}
