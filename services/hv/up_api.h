/* The demonstration's way to the gateway: JSON over HTTP, one request at a time (up_api.c) or hundreds at once (up_burst.c). */
#ifndef HV_HV_UP_API_H
#define HV_HV_UP_API_H
#include <curl/curl.h>
#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"

#define API_TOKEN 256 /* bytes of an API token, NUL included */
#define API_PATH  160
#define API_KEY   65

struct api;

struct api *api_open(const char *base_url); /* "http://127.0.0.1:8080" */
void api_close(struct api *api);
const char *api_base(const struct api *api);
void api_token(struct api *api, const char *token); /* goes with every request from now on; NULL: none */

const char *api_token_of(const struct api *api);

/* One request. key: Idempotency-Key or NULL; if_match: 0 for none; takes body (may be NULL). answer (may be NULL) gets what came, as
 * JSON, or NULL; it is the caller's. Returns the HTTP status, 0 when nobody answered. */
int api_call(struct api *api, const char *method, const char *path, const char *key, uint64_t if_match, json_t *body, json_t **answer);

/* A GET whose answer is a file: its bytes as they came. Returns the HTTP status. */
int api_fetch(struct api *api, const char *path, struct buf *out);

/* What every request of ours has: url, method, headers (the caller frees them after the request), no proxy, no signals. */
struct curl_slist *api_prepare(CURL *curl, const char *method, const char *url, const char *token, const char *key, uint64_t if_match,
                               bool body);

/* Text of a member of an object, "" when it is absent; and a number that may stand as text (64-bit integers do). */
const char *api_text(const json_t *object, const char *name);
int64_t api_number(const json_t *object, const char *name);

/* One request of many. The caller fills the upper part; path, key, token and body stay until the burst is over. */
struct shot {
    const char *method, *path, *key, *token;
    const char *body; /* JSON text */
    void *owner;
    int status; /* 0: no answer */
    bool replayed;
    struct buf answer;  /* the body that came, ended by NUL */
    unsigned tries;     /* how often it was sent; the caller sets 0 */
    int64_t sent_us;    /* steady clock, the first try */
    int64_t latency_us; /* as the caller saw it */
};

/* How a burst is driven. done is called once a shot, in order of completion, and may give one more shot to send at once, or NULL. */
struct burst {
    unsigned at_once;   /* connections */
    bool connect_first; /* opens all connections before the first shot leaves */
    int64_t start_us;   /* wall clock: not before this moment; 0: now */
    struct shot *(*done)(void *owner, struct shot *shot);
    void *owner;
    atomic_bool *stop;          /* gives up when it becomes true; may be NULL */
    int64_t began_us, ended_us; /* out, steady clock: first shot sent, last answer */
};

/* Sends the shots and those that done adds; returns when all are answered or nothing moved for 30 s. */
void burst_run(struct api *api, struct burst *burst, struct shot *shots, size_t count);

#endif
