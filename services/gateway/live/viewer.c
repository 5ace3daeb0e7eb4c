/* One stream: libmicrohttpd asks for bytes, and is suspended when there are none. Everything sent is a shared text, so a
 * thousand viewers cost a thousand pointers. */
#include <string.h>

#include "common/base/alloc.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/http/server.h"
#include "services/gateway/live/seats_own.h"

enum { BLOCK_BYTES = 4096 };

struct viewer *viewer_new(struct channel *channel, struct exchange *x)
{
    struct viewer *v = mem_new(sizeof *v);
    v->channel = channel;
    v->x = x;
    v->wants_picture = true;
    memcpy(v->client, x->client, sizeof v->client);
    v->next = channel->viewers;
    if (v->next)
        v->next->prev = v;
    channel->viewers = v;
    channel->seats->viewer_count++;
    return v;
}

/* libmicrohttpd calls this when it is done with the stream, however that came about. */
void viewer_free(void *viewer)
{
    struct viewer *v = viewer;
    struct channel *channel = v->channel;
    *(v->prev ? &v->prev->next : &channel->viewers) = v->next;
    if (v->next)
        v->next->prev = v->prev;
    channel->seats->viewer_count--;
    feed_text_drop(v->sending);
    mem_free(v);
}

/* What is to be sent next: a picture, a tick, a sign of life, or nothing (NULL). The viewer holds it. */
static struct feed_text *choose(struct viewer *v)
{
    struct channel *channel = v->channel;
    struct feed *feed = &channel->feed;
    if (v->at < feed->tail)
        v->wants_picture = true;
    if (v->wants_picture) {
        if (!channel_has_picture(channel)) {
            channel->wanted = true;
            return NULL;
        }
        v->wants_picture = false;
        v->at = channel->picture_head;
        return feed_text_hold(channel->picture);
    }
    if (v->at < feed->head)
        return feed_text_hold(feed->ring[v->at++ % FEED_RING].text);
    if (!v->wants_beat)
        return NULL;
    v->wants_beat = false;
    return feed_text_hold(channel->seats->beat);
}

static ssize_t read_some(void *viewer, uint64_t position, char *out, size_t max)
{
    struct viewer *v = viewer;
    (void)position;
    if (v->channel->seats->draining)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (!v->sending) {
        v->sending = choose(v);
        v->sent = 0;
    }
    if (!v->sending) {
        v->suspended = true;
        MHD_suspend_connection(v->connection);
        return 0;
    }
    size_t len = v->sending->len - v->sent;
    if (len > max)
        len = max;
    memcpy(out, v->sending->data + v->sent, len);
    v->sent += len;
    if (v->sent == v->sending->len) {
        feed_text_drop(v->sending);
        v->sending = NULL;
    }
    return (ssize_t)len;
}

static void header(struct MHD_Response *response, const char *name, const char *value)
{
    if (MHD_add_response_header(response, name, value) != MHD_YES)
        bug("a response header was refused");
}

void viewer_begin(struct viewer *v)
{
    struct exchange *x = v->x;
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_some, v, viewer_free);
    if (!response)
        bug("out of memory for a response");
    header(response, "Content-Type", "text/event-stream");
    header(response, "Cache-Control", "no-store");
    header(response, "X-Accel-Buffering", "no");
    header(response, "X-Content-Type-Options", "nosniff");
    header(response, "Content-Security-Policy", ANSWER_POLICY);
    header(response, "Referrer-Policy", "no-referrer");
    v->x = NULL;
    v->connection = x->connection;
    v->server = x->server;
    exchange_answer(x, 200, response);
    MHD_destroy_response(response); /* the last share is the connection's; with it goes the viewer */
}

void viewer_wake(struct viewer *v)
{
    if (!v->suspended)
        return;
    v->suspended = false;
    MHD_resume_connection(v->connection);
    http_server_soon(v->server);
}

size_t viewer_count_of(const struct seats *seats, const char *client)
{
    size_t count = 0;
    for (size_t i = 0; i < seats->channel_count; i++) {
        for (const struct viewer *v = seats->channels[i]->viewers; v; v = v->next)
            count += strcmp(v->client, client) == 0;
    }
    return count;
}
