/* The hub: what the publisher says goes to the feeds; five times a second the feeds go to their viewers. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/http/server.h"
#include "services/gateway/live/seats_own.h"
#include "services/gateway/route/bind.h"

enum { TICK_MS = 200, BEAT_TICKS = 15 * 1000 / TICK_MS };

/* The events that change counters, and where each keeps them; a transfer changes them in two places. */
static const struct {
    const char *type;
    const ProtobufCMessageDescriptor *message;
    size_t seats;
} CHANGES[] = {
    {"enrolment.SeatTaken.v1", &enrolment__seat_taken__descriptor, offsetof(Enrolment__SeatTaken, seats)},
    {"enrolment.Queued.v1", &enrolment__queued__descriptor, offsetof(Enrolment__Queued, seats)},
    {"enrolment.Promoted.v1", &enrolment__promoted__descriptor, offsetof(Enrolment__Promoted, seats)},
    {"enrolment.Cancelled.v1", &enrolment__cancelled__descriptor, offsetof(Enrolment__Cancelled, seats)},
    {"enrolment.Held.v1", &enrolment__held__descriptor, offsetof(Enrolment__Held, seats)},
    {"enrolment.HoldEnded.v1", &enrolment__hold_ended__descriptor, offsetof(Enrolment__HoldEnded, seats)},
    {"enrolment.Offered.v1", &enrolment__offered__descriptor, offsetof(Enrolment__Offered, seats)},
    {"enrolment.OfferPassed.v1", &enrolment__offer_passed__descriptor, offsetof(Enrolment__OfferPassed, seats)},
    {"enrolment.Transferred.v1", &enrolment__transferred__descriptor, offsetof(Enrolment__Transferred, origin_seats)},
    {"enrolment.Transferred.v1", &enrolment__transferred__descriptor, offsetof(Enrolment__Transferred, seats)},
    {"enrolment.Displaced.v1", &enrolment__displaced__descriptor, offsetof(Enrolment__Displaced, seats)},
    {"enrolment.CapacityChanged.v1", &enrolment__capacity_changed__descriptor, offsetof(Enrolment__CapacityChanged, seats)},
};

static struct heard *heard_find(struct seats *seats, const char *name)
{
    for (size_t i = 0; i < seats->heard_count; i++) {
        if (strcmp(seats->heard[i].name, name) == 0)
            return &seats->heard[i];
    }
    if (seats->heard_count == SEATS_STREAMS || strlen(name) >= FEED_STREAM_MAX)
        return NULL;
    struct heard *heard = &seats->heard[seats->heard_count++];
    memcpy(heard->name, name, strlen(name) + 1);
    return heard;
}

/* Events of this stream were missed, so what its feeds know is not to be trusted; a feed that has no stream yet may be one of them. */
static void stream_lost(struct seats *seats, struct heard *heard, uint64_t seq)
{
    heard->seq = seq;
    heard->suspected = 0;
    metric_add(seats->losses, 1);
    for (size_t i = 0; i < seats->channel_count; i++) {
        struct channel *channel = seats->channels[i];
        if (channel->feed.stream[0] && strcmp(channel->feed.stream, heard->name) != 0)
            continue;
        feed_lost(&channel->feed, seq);
        for (struct viewer *v = channel->viewers; v; v = v->next)
            viewer_wake(v);
    }
}

/* Another epoch is another history, as after a restore. */
static bool epoch_moved(struct heard *heard, ProtobufCBinaryData epoch)
{
    struct uuid now;
    if (!uuid_read(&now, span_of(epoch.data, epoch.len)) || uuid_compare(now, heard->epoch) == 0)
        return false;
    bool first = uuid_is_nil(heard->epoch);
    heard->epoch = now;
    return !first;
}

static void apply_counters(struct seats *seats, const char *stream, uint64_t seq, const Enrolment__Seats *counters)
{
    struct uuid programme;
    if (!counters || !uuid_read(&programme, span_of(counters->programme_id.data, counters->programme_id.len)))
        return;
    struct channel *channel = channel_find(seats, programme);
    if (channel)
        feed_change(&channel->feed, stream, seq, counters);
}

static void apply(struct seats *seats, const char *stream, const Bus__Event *event, struct arena *arena)
{
    ProtobufCMessage *message = NULL;
    for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
        if (strcmp(event->type, CHANGES[i].type) != 0)
            continue;
        if (!message && wire_unpack(arena, span_of(event->payload.data, event->payload.len), CHANGES[i].message, &message) != ERR_OK)
            return;
        apply_counters(seats, stream, event->seq, *(Enrolment__Seats *const *)(const void *)((const uint8_t *)message + CHANGES[i].seats));
    }
}

static void on_batch(void *owner, const Bus__EventBatch *batch, struct arena *arena)
{
    struct seats *seats = owner;
    struct heard *heard = heard_find(seats, batch->stream);
    bool moved = heard && epoch_moved(heard, batch->epoch);
    for (size_t i = 0; heard && i < batch->n_events; i++) {
        const Bus__Event *event = batch->events[i];
        if (!moved && event->seq <= heard->seq)
            continue;
        if (moved || event->fetch_me || (heard->seq && event->seq != heard->seq + 1))
            stream_lost(seats, heard, event->seq);
        moved = false;
        heard->seq = event->seq;
        if (seats->channel_count)
            apply(seats, heard->name, event, arena);
    }
}

/* A heartbeat may overtake the events it counts; only when the next one finds them missing still, they are lost. */
static void on_heartbeat(void *owner, const Bus__Heartbeat *heartbeat)
{
    struct seats *seats = owner;
    struct heard *heard = heard_find(seats, heartbeat->stream);
    if (!heard)
        return;
    bool moved = epoch_moved(heard, heartbeat->epoch);
    if (!heard->seq)
        heard->seq = heartbeat->head_seq;
    else if (moved || heard->suspected > heard->seq)
        stream_lost(seats, heard, heartbeat->head_seq);
    heard->suspected = heartbeat->head_seq;
}

static void channel_tick(struct channel *channel, bool beat)
{
    bool news = feed_tick(&channel->feed);
    for (struct viewer *v = channel->viewers; v; v = v->next) {
        v->wants_beat |= beat;
        if (news || beat)
            viewer_wake(v);
    }
    if (channel->viewers)
        channel->idle_us = time_steady_us();
    if (channel->wanted && !channel->seats->draining && channel_ask(channel) != ERR_OK)
        log_debug(channel->seats->config.log, NULL, "seats.picture-later"); /* asked again at the next tick */
}

static void on_tick(uv_timer_t *tick)
{
    struct seats *seats = tick->data;
    bool beat = ++seats->ticks % BEAT_TICKS == 0;
    for (size_t i = 0; i < seats->channel_count; i++)
        channel_tick(seats->channels[i], beat);
    metric_set(seats->viewers_gauge, (double)seats->viewer_count);
}

enum err seats_open(struct seats **out, uv_loop_t *loop, const struct seats_config *config)
{
    static const char BEAT[] = ": hb\n\n";
    struct seats *seats = mem_new(sizeof *seats);
    seats->config = *config;
    seats->loop = loop;
    seats->beat = mem_new(sizeof *seats->beat + sizeof BEAT);
    seats->beat->holders = 1;
    seats->beat->len = strlen(BEAT);
    memcpy(seats->beat->data, BEAT, sizeof BEAT - 1);
    seats->viewers_gauge = metric_gauge(config->metrics, "live_viewers", "", "Open streams of seat counts.");
    seats->pictures = metric_counter(config->metrics, "live_pictures_total", "", "Full pictures asked of the enrolment service.");
    seats->losses = metric_counter(config->metrics, "live_losses_total", "", "Times the live view noticed that it had missed events.");
    const struct listener_config listener = {.service = "enrolment",
                                             .urls = config->pub_urls,
                                             .url_count = config->pub_count,
                                             .seal = config->seal,
                                             .log = config->log,
                                             .metrics = config->metrics,
                                             .on_batch = on_batch,
                                             .on_heartbeat = on_heartbeat,
                                             .owner = seats};
    enum err err = listener_open(&seats->listener, loop, &listener);
    if (err != ERR_OK) {
        feed_text_drop(seats->beat);
        mem_free(seats);
        return err;
    }
    uv_timer_init(loop, &seats->tick);
    seats->tick.data = seats;
    uv_timer_start(&seats->tick, on_tick, TICK_MS, TICK_MS);
    *out = seats;
    return ERR_OK;
}

void seats_drain(struct seats *seats)
{
    seats->draining = true;
    for (size_t i = 0; i < seats->channel_count; i++) {
        for (struct viewer *v = seats->channels[i]->viewers; v; v = v->next)
            viewer_wake(v);
    }
}

static enum err admit(struct seats *seats, struct exchange *x, struct uuid *programme, Bus__Problem **problem)
{
    const char *id = bind_query_value(x->arena, x->query, "programmeId");
    if (!uuid_parse(programme, span_text(id))) {
        *problem = problem_make(x->arena, "request.field.uuid", "programmeId", "Anna koulutuksen tunniste: ?programmeId=UUID",
                                "Ange utbildningens identifierare: ?programmeId=UUID", "Give the programme's id: ?programmeId=UUID");
        return ERR_INVALID;
    }
    if (seats->draining || seats->viewer_count >= seats->config.viewers_max)
        return ERR_BUSY;
    if (viewer_count_of(seats, exchange_client(x)) >= seats->config.viewers_per_client)
        return ERR_TOO_MANY;
    return ERR_OK;
}

void seats_serve(void *owner, struct exchange *x)
{
    struct seats *seats = owner;
    struct uuid programme;
    Bus__Problem *problem = NULL;
    enum err err = admit(seats, x, &programme, &problem);
    struct channel *channel = err == ERR_OK ? channel_open(seats, programme) : NULL;
    if (err == ERR_OK && !channel)
        err = ERR_BUSY;
    uint64_t at = 0;
    bool resumes = channel && feed_resume(&channel->feed, exchange_header(x, "Last-Event-ID"), &at);
    if (channel && !resumes && !channel_has_picture(channel))
        err = channel_ask(channel);
    if (err != ERR_OK) {
        answer_problem(x, err, problem);
        return;
    }
    struct viewer *v = viewer_new(channel, x);
    v->wants_picture = !resumes;
    v->at = resumes ? at : channel->feed.head;
    if (resumes || channel_has_picture(channel))
        viewer_begin(v);
    else
        exchange_wait(x);
}
