/* The border between the contract and the domain. */
#include "services/notification/handler/convert.h"

#include <string.h>

/* No tighter than what enrolment lets in (200 characters of a name or title, 50 places of 100, four bytes each), or the event would be
 * parked and its people never told. */
#define NAME_MAX_BYTES   800
#define EMAIL_MAX_BYTES  320
#define TITLE_MAX_BYTES  2000
#define PLACES_MAX_BYTES (20 * 1024 + 200)
#define REASON_MAX_BYTES 2000
#define PARTS_MAX        2000

bool convert_id(struct uuid *out, ProtobufCBinaryData bytes)
{
    return uuid_read(out, span_of(bytes.data, bytes.len));
}

static bool short_enough(const char *text, size_t most)
{
    return strlen(text) <= most;
}

bool convert_recipient(struct recipient *out, const Enrolment__Person *person)
{
    if (person == NULL || !convert_id(&out->id, person->id) || !short_enough(person->name, NAME_MAX_BYTES) ||
        !short_enough(person->email, EMAIL_MAX_BYTES))
        return false;
    out->name = span_text(person->name);
    out->email = span_text(person->email);
    out->language = language_read(person->language, strlen(person->language));
    out->version = (int64_t)person->version;
    return true;
}

static bool convert_texts(struct texts *out, const Bus__Text *text)
{
    *out = (struct texts){.fi = span_text("")};
    if (text == NULL)
        return true;
    if (!short_enough(text->fi, TITLE_MAX_BYTES) || !short_enough(text->sv, TITLE_MAX_BYTES) || !short_enough(text->en, TITLE_MAX_BYTES))
        return false;
    *out = (struct texts){span_text(text->fi), span_text(text->sv), span_text(text->en)};
    return true;
}

/* "Kuopio, Joensuu, Mikkeli": ready to print in any of the three languages. */
static struct span join_places(struct arena *arena, char *const *places, size_t count)
{
    size_t len = 0;
    char *text;

    for (size_t i = 0; i < count; i++)
        len += strlen(places[i]) + 2;
    text = arena_alloc(arena, len + 1);
    len = 0;
    for (size_t i = 0; i < count; i++) {
        size_t one = strlen(places[i]);
        if (i > 0) {
            memcpy(text + len, ", ", 2);
            len += 2;
        }
        memcpy(text + len, places[i], one);
        len += one;
    }
    return span_of(text, len);
}

static bool convert_implementation(struct implementation *out, const Enrolment__Implementation *in, struct arena *arena)
{
    if (in->n_places > PARTS_MAX || !convert_id(&out->id, in->id) || !convert_texts(&out->title, in->title) ||
        !convert_texts(&out->organiser, in->organiser))
        return false;
    if (out->title.fi.len == 0)
        out->title.fi = span_text(in->code);
    out->places = join_places(arena, in->places, in->n_places);
    out->place_count = (int32_t)in->n_places;
    return out->places.len <= PLACES_MAX_BYTES;
}

static bool convert_unit(struct unit *out, const Enrolment__Unit *in, struct arena *arena)
{
    if (in->n_webinars > PARTS_MAX || !convert_id(&out->id, in->id) || !convert_texts(&out->title, in->title))
        return false;
    out->ordinal = (int32_t)in->ordinal;
    out->webinars = arena_array(arena, in->n_webinars + 1, sizeof *out->webinars);
    out->webinar_count = 0;
    for (size_t i = 0; i < in->n_webinars; i++) {
        const Enrolment__Webinar *webinar = in->webinars[i];
        if (webinar->starts_us > 0 && !webinar->cancelled)
            out->webinars[out->webinar_count++] = (struct webinar){webinar->starts_us, webinar->ends_us, webinar->advance_notice};
    }
    return true;
}

bool convert_training(struct training *out, const Enrolment__Programme *programme, struct arena *arena)
{
    if (programme == NULL || programme->n_implementations > PARTS_MAX || programme->n_units > PARTS_MAX ||
        !convert_id(&out->id, programme->id) || !convert_texts(&out->title, programme->title))
        return false;
    out->code = span_text(programme->code);
    if (out->title.fi.len == 0)
        out->title.fi = out->code;
    out->version = (int64_t)programme->version;
    out->implementation_count = programme->n_implementations;
    out->implementations = arena_array(arena, out->implementation_count + 1, sizeof *out->implementations);
    for (size_t i = 0; i < out->implementation_count; i++)
        if (!convert_implementation(&out->implementations[i], programme->implementations[i], arena))
            return false;
    out->unit_count = programme->n_units;
    out->units = arena_array(arena, out->unit_count + 1, sizeof *out->units);
    for (size_t i = 0; i < out->unit_count; i++)
        if (!convert_unit(&out->units[i], programme->units[i], arena))
            return false;
    return true;
}

bool convert_registration(struct message *out, const Enrolment__Registration *registration)
{
    *out = (struct message){.reason = span_text(""), .code = span_text("")};
    if (registration == NULL || !convert_id(&out->recipient_id, registration->person_id) ||
        !convert_id(&out->programme_id, registration->programme_id) ||
        !convert_id(&out->implementation_id, registration->implementation_id) || !convert_id(&out->registration_id, registration->id))
        return false;
    out->order_no = registration->order_no;
    out->position = registration->position;
    out->reply_due_us = registration->reply_due_us;
    out->review = (enum message_review)registration->review;
    return true;
}

struct span convert_reason(const char *reason)
{
    size_t len = strlen(reason);

    if (len > REASON_MAX_BYTES) {
        len = REASON_MAX_BYTES;
        while (len > 0 && ((uint8_t)reason[len] & 0xC0) == 0x80)
            len--; /* not in the middle of a character */
    }
    return span_of(reason, len);
}

static ProtobufCBinaryData id_bytes(struct arena *arena, struct uuid id)
{
    struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){.len = copy.len, .data = (uint8_t *)(uintptr_t)copy.data};
}

Notification__Message *convert_row(struct arena *arena, const struct message_row *row)
{
    Notification__Message *out = arena_alloc(arena, sizeof *out);

    notification__message__init(out);
    out->id = id_bytes(arena, row->said.id);
    out->event_id = id_bytes(arena, row->said.event_id);
    out->recipient_id = id_bytes(arena, row->said.recipient_id);
    out->kind = (char *)(uintptr_t)message_kind_name(row->said.kind);
    out->language = arena_text(arena, row->language);
    out->subject = arena_text(arena, row->subject);
    out->body = arena_text(arena, row->body);
    out->state = (Notification__MessageState)row->state; /* the domain's numbers are the contract's */
    out->created_us = row->queued_us;
    out->sent_us = row->sent_us;
    out->next_attempt_us = row->state == MESSAGE_QUEUED || row->state == MESSAGE_UNSURE ? row->next_us : 0;
    return out;
}

void convert_attempts(struct arena *arena, Notification__Message *message, const struct attempt_row *rows, size_t count)
{
    message->attempts = arena_array(arena, count + 1, sizeof *message->attempts);
    message->n_attempts = count;
    for (size_t i = 0; i < count; i++) {
        Notification__Attempt *attempt = arena_alloc(arena, sizeof *attempt);
        notification__attempt__init(attempt);
        attempt->number = (uint32_t)rows[i].number;
        attempt->started_us = rows[i].started_us;
        attempt->ended_us = rows[i].ended_us;
        attempt->smtp_code = (uint32_t)rows[i].smtp_code;
        attempt->answer = arena_text(arena, rows[i].answer);
        message->attempts[i] = attempt;
    }
}
