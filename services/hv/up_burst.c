/* Hundreds of requests at once: one libcurl multi handle, one connection a request, each shot's time taken from the moment it was
 * given to the network until its answer was whole. Used by the demonstration; the benchmarks have their own driver. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/up_api.h"

#define STILL_MS 30000 /* nothing moved for so long: give up */
#define POLL_MS  200

/* A connection's libcurl handle and what it is doing. */
struct lane {
    CURL *curl;
    struct curl_slist *headers;
    struct shot *shot; /* NULL: idle */
    char url[128 + API_PATH];
};

struct range {
    CURLM *multi;
    struct api *api;
    struct burst *burst;
    struct lane *lanes;
    unsigned lane_count, busy;
};

static size_t on_body(char *data, size_t one, size_t len, void *owner)
{
    struct shot *shot = owner;
    buf_add(&shot->answer, data, one * len);
    return one * len;
}

static size_t on_header(char *data, size_t one, size_t len, void *owner)
{
    struct shot *shot = owner;
    static const char name[] = "idempotency-replayed:";
    size_t n = one * len;
    if (n > sizeof name) {
        bool same = true;
        for (size_t i = 0; i < sizeof name - 1 && same; i++)
            same = (data[i] | 0x20) == name[i] || data[i] == name[i];
        shot->replayed = shot->replayed || same;
    }
    return n;
}

/* Everything of a request that can be made ready before its moment. */
static void lane_load(struct range *range, struct lane *lane, struct shot *shot)
{
    snprintf(lane->url, sizeof lane->url, "%s%s", api_base(range->api), shot->path);
    lane->shot = shot;
    lane->headers = api_prepare(lane->curl, shot->method, lane->url, shot->token, shot->key, 0, shot->body != NULL);
    curl_easy_setopt(lane->curl, CURLOPT_PRIVATE, lane);
    curl_easy_setopt(lane->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(lane->curl, CURLOPT_WRITEDATA, shot);
    curl_easy_setopt(lane->curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(lane->curl, CURLOPT_HEADERDATA, shot);
    if (shot->body)
        curl_easy_setopt(lane->curl, CURLOPT_POSTFIELDS, shot->body);
    shot->status = 0;
    shot->replayed = false;
    buf_clear(&shot->answer);
}

static void lane_fire(struct range *range, struct lane *lane)
{
    if (lane->shot->tries++ == 0)
        lane->shot->sent_us = time_steady_us();
    if (curl_multi_add_handle(range->multi, lane->curl) != CURLM_OK)
        bug("libcurl takes no more requests");
    range->busy++;
}

/* Frees the lane; returns the shot that its answer asks for next. */
static struct shot *lane_done(struct range *range, struct lane *lane, CURLcode result)
{
    struct shot *shot = lane->shot;
    long status = 0;
    if (result == CURLE_OK)
        curl_easy_getinfo(lane->curl, CURLINFO_RESPONSE_CODE, &status);
    shot->status = (int)status;
    shot->latency_us = time_steady_us() - shot->sent_us;
    buf_u8(&shot->answer, 0);
    curl_multi_remove_handle(range->multi, lane->curl);
    curl_slist_free_all(lane->headers);
    lane->headers = NULL;
    lane->shot = NULL;
    range->busy--;
    return range->burst->done ? range->burst->done(range->burst->owner, shot) : NULL;
}

/* Takes what has been answered; a lane that is free gets the next shot. Returns how many were answered. */
static unsigned reap(struct range *range, struct shot *shots, size_t count, size_t *next)
{
    unsigned reaped = 0;
    int left = 0;
    for (CURLMsg *msg; (msg = curl_multi_info_read(range->multi, &left)) != NULL;) {
        if (msg->msg != CURLMSG_DONE)
            continue;
        struct lane *lane = NULL;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&lane);
        struct shot *more = lane_done(range, lane, msg->data.result);
        reaped++;
        if (!more && *next < count)
            more = &shots[(*next)++];
        if (more) {
            lane_load(range, lane, more);
            lane_fire(range, lane);
        }
    }
    return reaped;
}

static void wait_until(int64_t us, atomic_bool *stop)
{
    for (int64_t left; (left = us - time_now_us()) > 0 && !(stop && atomic_load(stop));) {
        int64_t nap_us = left > 100000 ? 100000 : left;
        struct timespec nap = {.tv_sec = 0, .tv_nsec = (long)(nap_us * 1000)};
        (void)nanosleep(&nap, NULL);
    }
}

static void drive(struct range *range, struct shot *shots, size_t count)
{
    size_t next = 0;
    for (; next < range->lane_count && next < count; next++)
        lane_load(range, &range->lanes[next], &shots[next]);
    wait_until(range->burst->start_us, range->burst->stop);
    range->burst->began_us = time_steady_us();
    for (size_t i = 0; i < next; i++)
        lane_fire(range, &range->lanes[i]);
    int64_t moved_us = time_steady_us();
    while (range->busy > 0 && !(range->burst->stop && atomic_load(range->burst->stop))) {
        int running = 0;
        if (curl_multi_perform(range->multi, &running) != CURLM_OK)
            break;
        if (reap(range, shots, count, &next) > 0)
            moved_us = time_steady_us();
        else if (time_steady_us() - moved_us > STILL_MS * 1000LL || curl_multi_poll(range->multi, NULL, 0, POLL_MS, NULL) != CURLM_OK)
            break;
    }
    for (unsigned i = 0; i < range->lane_count; i++) {
        if (range->lanes[i].shot)
            (void)lane_done(range, &range->lanes[i], CURLE_OPERATION_TIMEDOUT);
    }
}

/* Each lane asks something small, all at the same time, so that each has a connection of its own in libcurl's pool. */
static void connect_all(struct range *range)
{
    struct burst quiet = {.stop = range->burst->stop};
    struct burst *burst = range->burst;
    struct shot *hello = mem_array(range->lane_count, sizeof *hello);
    for (unsigned i = 0; i < range->lane_count; i++)
        hello[i] = (struct shot){.method = "GET", .path = "/health/live"};
    range->burst = &quiet;
    drive(range, hello, range->lane_count);
    range->burst = burst;
    for (unsigned i = 0; i < range->lane_count; i++)
        buf_fini(&hello[i].answer);
    mem_free(hello);
}

void burst_run(struct api *api, struct burst *burst, struct shot *shots, size_t count)
{
    struct range range = {.multi = curl_multi_init(), .api = api, .burst = burst};
    if (!range.multi)
        bug("libcurl gives no handle");
    range.lane_count = burst->at_once < count ? burst->at_once : (unsigned)count;
    range.lanes = mem_array(range.lane_count, sizeof *range.lanes);
    curl_multi_setopt(range.multi, CURLMOPT_MAXCONNECTS, (long)range.lane_count + 1);
    for (unsigned i = 0; i < range.lane_count; i++) {
        range.lanes[i].curl = curl_easy_init();
        if (!range.lanes[i].curl)
            bug("libcurl gives no handle");
    }
    if (burst->connect_first)
        connect_all(&range);
    drive(&range, shots, count);
    burst->ended_us = time_steady_us();
    for (unsigned i = 0; i < range.lane_count; i++)
        curl_easy_cleanup(range.lanes[i].curl);
    curl_multi_cleanup(range.multi);
    mem_free(range.lanes);
}
