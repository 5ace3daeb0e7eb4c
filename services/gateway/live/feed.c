/* Texts are server-sent events (HTML, "Server-sent events"): an id line that Last-Event-ID brings back, a name, one line of JSON. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/gateway/http/json.h"
#include "services/gateway/live/feed.h"

struct feed_text *feed_text_hold(struct feed_text *text)
{
    text->holders++;
    return text;
}

void feed_text_drop(struct feed_text *text)
{
    if (text && --text->holders == 0)
        mem_free(text);
}

static struct feed_text *text_of(struct buf *from)
{
    struct feed_text *text = mem_new(sizeof *text + from->len);
    text->holders = 1;
    text->len = from->len;
    memcpy(text->data, from->data, from->len);
    buf_fini(from);
    return text;
}

void feed_init(struct feed *feed, struct uuid programme)
{
    *feed = (struct feed){.programme = programme};
}

static void ring_clear(struct feed *feed)
{
    for (; feed->tail < feed->head; feed->tail++)
        feed_text_drop(feed->ring[feed->tail % FEED_RING].text);
}

void feed_fini(struct feed *feed)
{
    ring_clear(feed);
}

static size_t changed_index(struct feed *feed, struct uuid id)
{
    size_t i = 0;
    while (i < feed->changed_count && uuid_compare(feed->changed[i].id, id) != 0)
        i++;
    return i;
}

void feed_change(struct feed *feed, const char *stream, uint64_t seq, const Enrolment__Seats *seats)
{
    struct uuid id;
    if (!uuid_read(&id, span_of(seats->implementation_id.data, seats->implementation_id.len)))
        id = (struct uuid){{0}}; /* the programme's cap alone changed */
    if (!feed->stream[0]) {
        strncpy(feed->stream, stream, sizeof feed->stream - 1);
        feed->floor = seq - 1;
    }
    feed->seq = seq;
    feed->taken = seats->programme_taken;
    feed->cap = seats->programme_cap;
    feed->held = seats->programme_held;
    feed->reserved = seats->programme_reserved;
    size_t i = changed_index(feed, id);
    if (i == FEED_IMPLEMENTATIONS) {
        feed->overflow = true;
        return;
    }
    feed->changed[i] = (struct feed_seats){id, seats->capacity, seats->taken, seats->waiting, seats->held, seats->reserved};
    if (i == feed->changed_count)
        feed->changed_count++;
}

static void number(struct buf *out, bool *first, const char *name, uint64_t value)
{
    json_name(out, first, name);
    json_uint(out, value);
}

static void id_member(struct buf *out, bool *first, const char *name, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_format(id, text);
    json_name(out, first, name);
    json_text(out, span_of(text, UUID_TEXT - 1));
}

static void begin(struct buf *out, bool *first, const struct feed *feed, const char *name, uint64_t seq)
{
    if (feed->stream[0])
        buf_printf(out, "id: %s:%" PRIu64 "\n", feed->stream, seq);
    buf_printf(out, "event: %s\ndata: {", name);
    id_member(out, first, "programmeId", feed->programme);
}

static void implementation(struct buf *out, bool *first, const struct feed_seats *seats)
{
    bool none = true;
    if (!*first)
        buf_u8(out, ',');
    *first = false;
    buf_u8(out, '{');
    id_member(out, &none, "id", seats->id);
    number(out, &none, "capacity", seats->capacity);
    number(out, &none, "taken", seats->taken);
    number(out, &none, "waiting", seats->waiting);
    number(out, &none, "held", seats->held);
    number(out, &none, "reserved", seats->reserved);
    buf_u8(out, '}');
}

static struct feed_text *changes_text(const struct feed *feed)
{
    struct buf out = {0};
    bool first = true, none = true;
    begin(&out, &first, feed, "seats", feed->seq);
    number(&out, &first, "taken", feed->taken);
    number(&out, &first, "cap", feed->cap);
    number(&out, &first, "held", feed->held);
    number(&out, &first, "reserved", feed->reserved);
    json_name(&out, &first, "implementations");
    buf_u8(&out, '[');
    for (size_t i = 0; i < feed->changed_count; i++) {
        if (!uuid_is_nil(feed->changed[i].id))
            implementation(&out, &none, &feed->changed[i]);
    }
    buf_text(&out, "]}\n\n");
    return text_of(&out);
}

bool feed_tick(struct feed *feed)
{
    if (feed->overflow) {
        feed_lost(feed, feed->seq);
        return true;
    }
    if (feed->changed_count == 0)
        return false;
    struct feed_tick *slot = &feed->ring[feed->head % FEED_RING];
    if (feed->head - feed->tail == FEED_RING) {
        feed->floor = slot->seq;
        feed_text_drop(slot->text);
        feed->tail++;
    }
    *slot = (struct feed_tick){changes_text(feed), feed->seq};
    feed->head++;
    feed->changed_count = 0;
    return true;
}

void feed_lost(struct feed *feed, uint64_t seq)
{
    ring_clear(feed);
    feed->head++; /* no viewer stands here: all of them are behind the tail */
    feed->tail = feed->head;
    feed->changed_count = 0;
    feed->overflow = false;
    feed->seq = feed->floor = seq;
}

bool feed_resume(const struct feed *feed, const char *last_event_id, uint64_t *next)
{
    size_t len = strlen(feed->stream);
    char *end;
    if (!last_event_id || !len || strncmp(last_event_id, feed->stream, len) != 0 || last_event_id[len] != ':')
        return false;
    uint64_t seen = strtoull(last_event_id + len + 1, &end, 10);
    if (*end || end == last_event_id + len + 1 || seen < feed->floor || seen > feed->seq)
        return false;
    *next = feed->head;
    while (*next > feed->tail && feed->ring[(*next - 1) % FEED_RING].seq > seen)
        (*next)--;
    return true;
}

struct feed_text *feed_snapshot(const struct feed *feed, uint64_t seq, const Enrolment__Programme *programme)
{
    struct buf out = {0};
    bool first = true, none = true;
    begin(&out, &first, feed, "snapshot", seq);
    number(&out, &first, "taken", programme->taken);
    number(&out, &first, "cap", programme->cap);
    number(&out, &first, "held", programme->held);
    number(&out, &first, "reserved", programme->reserved);
    json_name(&out, &first, "implementations");
    buf_u8(&out, '[');
    for (size_t i = 0; i < programme->n_implementations; i++) {
        const Enrolment__Implementation *it = programme->implementations[i];
        struct feed_seats seats = {
            .capacity = it->capacity, .taken = it->taken, .waiting = it->waiting, .held = it->held, .reserved = it->reserved};
        if (uuid_read(&seats.id, span_of(it->id.data, it->id.len)))
            implementation(&out, &none, &seats);
    }
    buf_text(&out, "]}\n\n");
    return text_of(&out);
}
