/* Events: whoever knows nothing but the event log arrives at the same registrations and the same counters as the tables. */
#include "tests/service/enrolment/property/book.h"

#include <string.h>

#include "common/wire/wire.h"

struct heard { /* what a listener knows of one registration */
    struct uuid id;
    enum state state;
    uint32_t order_no, programme_order;
};
struct listener {
    struct heard rows[ROWS_MOST];
    size_t count;
    Enrolment__Seats seats[PLACES_MOST]; /* the last heard of each implementation */
    bool seats_heard[PLACES_MOST];
};

static struct heard *heard_of(struct listener *l, struct uuid id)
{
    for (size_t i = 0; i < l->count; i++) {
        if (uuid_compare(l->rows[i].id, id) == 0)
            return &l->rows[i];
    }
    if (l->count == ROWS_MOST)
        return NULL;
    l->rows[l->count] = (struct heard){.id = id};
    return &l->rows[l->count++];
}

static void hear_registration(struct listener *l, const Enrolment__Registration *r)
{
    struct uuid id;

    if (r == NULL || !uuid_read(&id, span_of(r->id.data, r->id.len)))
        return;
    struct heard *h = heard_of(l, id);
    if (h != NULL)
        *h = (struct heard){.id = id, .state = (enum state)r->state, .order_no = r->order_no, .programme_order = r->programme_order};
}

static void hear_seats(struct listener *l, const struct model *m, const Enrolment__Seats *seats)
{
    struct uuid id;

    if (seats == NULL || !uuid_read(&id, span_of(seats->implementation_id.data, seats->implementation_id.len)))
        return;
    for (size_t i = 0; i < m->place_count; i++) {
        if (uuid_compare(m->places[i].id, id) == 0) {
            l->seats[i] = *seats;
            l->seats_heard[i] = true;
        }
    }
}

/* Every event that speaks of a registration or of seats has them under these names, whatever its type. */
static void hear(struct book *book, struct listener *l, struct span type, struct span payload)
{
    static const char PREFIX[] = "enrolment.";
    char name[80];
    ProtobufCMessage *message = NULL;
    const int len = (int)type.len - (int)strlen(PREFIX) - 3; /* without ".v1" */

    (void)snprintf(name, sizeof name, "enrolment.%.*s", len, (const char *)type.data + strlen(PREFIX));
    const ProtobufCMessageDescriptor *d = NULL;
    static const ProtobufCMessageDescriptor *const TYPES[] = {
        &enrolment__seat_taken__descriptor,   &enrolment__queued__descriptor,     &enrolment__promoted__descriptor,
        &enrolment__held__descriptor,         &enrolment__hold_ended__descriptor, &enrolment__offered__descriptor,
        &enrolment__offer_passed__descriptor, &enrolment__cancelled__descriptor,  &enrolment__transferred__descriptor,
        &enrolment__displaced__descriptor,    &enrolment__reviewed__descriptor,   &enrolment__capacity_changed__descriptor};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (strcmp(TYPES[i]->name, name) == 0)
            d = TYPES[i];
    }
    if (d == NULL)
        return;
    if (wire_unpack(book->arena, payload, d, &message) != ERR_OK) {
        story_wrong(book->story, "an event %s cannot be read", name);
        return;
    }
    static const char *const NAMES[] = {"origin", "registration", "origin_seats", "seats"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const ProtobufCFieldDescriptor *f = protobuf_c_message_descriptor_get_field_by_name(d, NAMES[i]);
        if (f == NULL)
            continue;
        const void *part = *(const void *const *)((const char *)message + f->offset);
        if (i < 2)
            hear_registration(l, part);
        else
            hear_seats(l, book->m, part);
    }
}

static void compare(struct book *book, struct listener *l, const struct db_result *rows)
{
    for (int i = 0; i < db_rows(rows); i++) {
        const struct heard *h = heard_of(l, db_get_uuid(rows, i, 0));
        if (h == NULL || h->state != (enum state)db_get_i16(rows, i, 3) || (int32_t)h->order_no != db_get_i32(rows, i, 4) ||
            (int32_t)h->programme_order != db_get_i32(rows, i, 5))
            story_wrong(book->story, "who listens to the events believes row %d to be in state %d, it is in %d", i,
                        h == NULL ? -1 : (int)h->state, db_get_i16(rows, i, 3));
    }
    if (l->count != (size_t)db_rows(rows))
        story_wrong(book->story, "the events tell of %zu registrations, there are %d", l->count, db_rows(rows));
    for (size_t i = 0; i < book->m->place_count; i++) {
        const Enrolment__Seats *s = &l->seats[i];
        const bool untouched = model_taken(book->m, (int)i) + model_count(book->m, (int)i, QUEUED) + model_reserved(book->m, (int)i) == 0;
        if (!l->seats_heard[i] && untouched) /* nothing may have been told of it yet */
            continue;
        if (s->taken != model_taken(book->m, (int)i) || s->waiting != model_count(book->m, (int)i, QUEUED) ||
            s->reserved != model_reserved(book->m, (int)i) ||
            s->held != model_count(book->m, (int)i, HELD) + model_count(book->m, (int)i, OFFERED) ||
            s->capacity != book->m->places[i].capacity)
            story_wrong(book->story, "the events' last seats of implementation %zu are %u taken, %u waiting, %u reserved of %u", i,
                        s->taken, s->waiting, s->reserved, s->capacity);
    }
}

void book_events(struct book *book, const struct db_result *events, const struct db_result *rows)
{
    struct listener *l = arena_alloc(book->arena, sizeof *l);

    for (int i = 0; i < db_rows(events); i++)
        hear(book, l, db_get_span(events, i, 0), db_get_span(events, i, 1));
    compare(book, l, rows);
}
