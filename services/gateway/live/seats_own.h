/* Inside the live view, for its files alone: the hub (seats.c), a channel per programme (channel.c), a viewer per stream (viewer.c). */
#ifndef HV_GATEWAY_SEATS_OWN_H
#define HV_GATEWAY_SEATS_OWN_H
#include "services/gateway/live/feed.h"
#include "services/gateway/live/seats.h"

enum { SEATS_CHANNELS = 64, SEATS_STREAMS = 64 };

/* What was heard of one stream of the publisher. */
struct heard {
    char name[FEED_STREAM_MAX];
    struct uuid epoch;
    uint64_t seq;       /* the newest event heard */
    uint64_t suspected; /* a heartbeat told of this one, which had not come yet */
};

struct viewer;

/* One programme that somebody watches, or watched a moment ago. */
struct channel {
    struct seats *seats;
    struct feed feed;
    struct viewer *viewers;
    struct feed_text *picture; /* the last full one, or NULL */
    uint64_t picture_head;     /* ticks after it begin here */
    int64_t picture_us;        /* when it was asked for, steady clock */
    bool wanted;               /* a running viewer needs a new picture */
    bool asking;
    uint64_t asked_head, asked_seq;
    int64_t asked_us, idle_us; /* idle_us: since when nobody looks */
    struct rpc_call call;
    struct arena *arena; /* of the call */
    uint8_t payload[32];
};

struct viewer {
    struct viewer *next, *prev;
    struct channel *channel;
    struct exchange *x; /* until the stream begins */
    struct MHD_Connection *connection;
    struct http_server *server;
    bool suspended;
    bool wants_picture, wants_beat;
    uint64_t at;               /* the tick to send next */
    struct feed_text *sending; /* held */
    size_t sent;               /* bytes of it */
    char client[EXCHANGE_CLIENT];
};

struct seats {
    struct seats_config config;
    uv_loop_t *loop;
    uv_timer_t tick;
    unsigned ticks;
    struct listener *listener;
    struct heard heard[SEATS_STREAMS];
    size_t heard_count;
    struct channel *channels[SEATS_CHANNELS];
    size_t channel_count, viewer_count;
    struct feed_text *beat; /* ": hb" */
    bool draining;
    struct metric *viewers_gauge, *pictures, *losses;
};

/* channel.c */
struct channel *channel_open(struct seats *seats, struct uuid programme); /* found or made; NULL: no room */
struct channel *channel_find(const struct seats *seats, struct uuid programme);
bool channel_has_picture(const struct channel *channel);
enum err channel_ask(struct channel *channel) MUST_CHECK; /* for a full picture; ERR_OK too when one is on its way */

/* viewer.c */
struct viewer *viewer_new(struct channel *channel, struct exchange *x);
void viewer_free(void *viewer);
void viewer_begin(struct viewer *viewer); /* the answer's head goes out */
void viewer_wake(struct viewer *viewer);
size_t viewer_count_of(const struct seats *seats, const char *client);

#endif
