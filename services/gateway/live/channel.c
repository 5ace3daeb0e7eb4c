/* A channel: the feed of one programme, its viewers, and the full picture they begin with. One question to the enrolment
 * service serves all who wait for it. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/live/seats_own.h"

enum { PICTURE_FRESH_US = 1000000, ASK_MS = 5000, ARENA_BYTES = 16 * 1024 };

struct channel *channel_find(const struct seats *seats, struct uuid programme)
{
    for (size_t i = 0; i < seats->channel_count; i++) {
        if (uuid_compare(seats->channels[i]->feed.programme, programme) == 0)
            return seats->channels[i];
    }
    return NULL;
}

/* The place of the channel that nobody has looked at for the longest time; the count when all are looked at. */
static size_t longest_idle(const struct seats *seats)
{
    size_t best = seats->channel_count;
    for (size_t i = 0; i < seats->channel_count; i++) {
        const struct channel *c = seats->channels[i];
        if (!c->viewers && !c->asking && (best == seats->channel_count || c->idle_us < seats->channels[best]->idle_us))
            best = i;
    }
    return best;
}

static void channel_free(struct channel *channel)
{
    feed_fini(&channel->feed);
    feed_text_drop(channel->picture);
    arena_free(channel->arena);
    mem_free(channel);
}

struct channel *channel_open(struct seats *seats, struct uuid programme)
{
    struct channel *channel = channel_find(seats, programme);
    size_t place = seats->channel_count;
    if (channel)
        return channel;
    if (place == SEATS_CHANNELS) {
        place = longest_idle(seats);
        if (place == seats->channel_count)
            return NULL;
        channel_free(seats->channels[place]);
    } else {
        seats->channel_count++;
    }
    channel = mem_new(sizeof *channel);
    channel->seats = seats;
    channel->arena = arena_new(ARENA_BYTES);
    feed_init(&channel->feed, programme);
    seats->channels[place] = channel;
    return channel;
}

bool channel_has_picture(const struct channel *channel)
{
    return channel->picture && channel->picture_head >= channel->feed.tail && time_steady_us() - channel->picture_us < PICTURE_FRESH_US;
}

/* Those who wait for the head of their answer get the problem; streams that run try again at the next tick. */
static void picture_failed(struct channel *channel, enum err err, const Bus__Problem *problem)
{
    for (struct viewer *v = channel->viewers, *next; v; v = next) {
        next = v->next;
        struct exchange *x = v->x;
        if (!x)
            continue;
        viewer_free(v);
        if (exchange_owed(x))
            answer_problem(x, err, problem);
        exchange_release(x);
    }
}

static void picture_came(struct channel *channel, const Enrolment__Programme *programme)
{
    feed_text_drop(channel->picture);
    channel->picture = feed_snapshot(&channel->feed, channel->asked_seq, programme);
    channel->picture_head = channel->asked_head;
    channel->picture_us = channel->asked_us;
    for (struct viewer *v = channel->viewers, *next; v; v = next) {
        next = v->next;
        struct exchange *x = v->x;
        if (!x) {
            viewer_wake(v);
            continue;
        }
        if (exchange_owed(x))
            viewer_begin(v);
        else
            viewer_free(v);
        exchange_release(x);
    }
}

static void on_programme(struct rpc_call *call)
{
    struct channel *channel = call->owner;
    ProtobufCMessage *programme = NULL;
    enum err err = call->err == ERR_OK ? (enum err)call->reply->err : call->err;
    channel->asking = channel->wanted = false;
    if (err == ERR_OK) {
        struct span payload = span_of(call->reply->payload.data, call->reply->payload.len);
        err = wire_unpack(channel->arena, payload, &enrolment__programme__descriptor, &programme);
    }
    if (err == ERR_OK)
        picture_came(channel, (const Enrolment__Programme *)programme);
    else
        picture_failed(channel, err, call->err == ERR_OK ? call->reply->problem : NULL);
    arena_reset(channel->arena);
}

enum err channel_ask(struct channel *channel)
{
    Enrolment__GetProgrammeRequest request = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;
    Bus__Request *out = &channel->call.request;
    if (channel->asking)
        return ERR_OK;
    request.programme_id = (ProtobufCBinaryData){sizeof channel->feed.programme.b, channel->feed.programme.b};
    channel->call = (struct rpc_call){.shard = uuid_hash(channel->feed.programme), .arena = channel->arena, .owner = channel};
    channel->call.done = on_programme;
    bus__request__init(out);
    out->method = (char *)(uintptr_t) "enrolment.GetProgramme";
    out->received_us = time_now_us();
    out->deadline_us = out->received_us + ASK_MS * 1000LL;
    out->payload = (ProtobufCBinaryData){enrolment__get_programme_request__pack(&request, channel->payload), channel->payload};
    enum err err = rpc_client_send(channel->seats->config.enrolment, &channel->call);
    if (err != ERR_OK)
        return err;
    channel->asking = true;
    channel->asked_us = time_steady_us();
    channel->asked_head = channel->feed.head;
    channel->asked_seq = channel->feed.seq;
    metric_add(channel->seats->pictures, 1);
    return ERR_OK;
}
