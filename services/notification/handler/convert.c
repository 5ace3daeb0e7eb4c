/* The border between the contract and the domain. */
#include "services/notification/handler/convert.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/time.h"

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

enum err convert_absent(struct job *job, const char *field)
{
    return job_fail(job, ERR_NOT_FOUND, err_text(ERR_NOT_FOUND)->id, field, NULL, NULL, NULL);
}

enum err convert_asked_id(struct job *job, struct uuid *out, ProtobufCBinaryData bytes, const char *field)
{
    if (convert_id(out, bytes))
        return ERR_OK;
    if (bytes.len == 0)
        return job_fail(job, ERR_INVALID, "field.missing", field, "Tieto puuttuu", "Uppgiften saknas", "The field is missing");
    return job_fail(job, ERR_INVALID, "request.id", field, "Tunniste on virheellinen", "Id:t är felaktigt", "The id is malformed");
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
    out->account = (struct uuid){{0}};
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
    out->online = in->mode == ENROLMENT__MODE__MODE_ONLINE || in->mode == ENROLMENT__MODE__MODE_HYBRID;
    return out->places.len <= PLACES_MAX_BYTES;
}

bool convert_webinar(struct webinar *out, const Enrolment__Webinar *in)
{
    *out = (struct webinar){.starts_us = in->starts_us,
                            .ends_us = in->ends_us,
                            .advance_notice = in->advance_notice,
                            .sequence = (int32_t)in->sequence,
                            .cancelled = in->cancelled};
    return in->id.len == 0 || convert_id(&out->id, in->id);
}

static bool convert_unit(struct unit *out, const Enrolment__Unit *in, struct arena *arena)
{
    if (in->n_webinars > PARTS_MAX || !convert_id(&out->id, in->id) || !convert_texts(&out->title, in->title))
        return false;
    out->ordinal = (int32_t)in->ordinal;
    out->webinars = arena_array(arena, in->n_webinars + 1, sizeof *out->webinars);
    out->webinar_count = 0;
    for (size_t i = 0; i < in->n_webinars; i++)
        if (in->webinars[i]->starts_us > 0 && !convert_webinar(&out->webinars[out->webinar_count++], in->webinars[i]))
            return false;
    return true;
}

static bool convert_windows(struct training *out, const Enrolment__Programme *programme, struct arena *arena)
{
    out->windows = arena_array(arena, programme->n_windows + 1, sizeof *out->windows);
    out->window_count = programme->n_windows;
    for (size_t i = 0; i < out->window_count; i++) {
        const Enrolment__Window *window = programme->windows[i];
        out->windows[i].opens_us = window->opens_us;
        out->windows[i].closes_us = window->closes_us;
        if (!convert_id(&out->windows[i].id, window->id) || window->opens_us <= 0 || window->closes_us <= 0)
            return false;
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
    return programme->n_windows <= PARTS_MAX && convert_windows(out, programme, arena);
}

bool convert_registration(struct message *out, enum message_kind kind, const Enrolment__Registration *registration)
{
    *out = (struct message){.kind = kind};
    if (registration == NULL || !convert_id(&out->recipient_id, registration->person_id) ||
        !convert_id(&out->programme_id, registration->programme_id) ||
        !convert_id(&out->implementation_id, registration->implementation_id) || !convert_id(&out->registration_id, registration->id))
        return false;
    out->registration_version = (int64_t)registration->version;
    convert_number(out, FACT_ORDER, registration->order_no);
    convert_number(out, FACT_POSITION, registration->position);
    convert_number(out, FACT_REPLY_DUE, registration->reply_due_us);
    convert_flag(out, FACT_UNREVIEWED, registration->review == ENROLMENT__REVIEW_STATE__REVIEW_UNREVIEWED);
    convert_flag(out, FACT_CONDITIONAL, registration->review == ENROLMENT__REVIEW_STATE__REVIEW_CONDITIONAL);
    convert_flag(out, FACT_TEAM, registration->team_id.len > 0);
    return true;
}

static bool is_told(const struct message *message, enum fact_name fact)
{
    bool required;

    return kind_has(message->kind, fact, &required) && kind_told(message->kind, fact);
}

void convert_number(struct message *out, enum fact_name fact, int64_t number)
{
    if (number != 0 && is_told(out, fact))
        facts_number(&out->facts, fact, number);
}

void convert_flag(struct message *out, enum fact_name fact, bool holds)
{
    convert_number(out, fact, holds);
}

void convert_text(struct message *out, enum fact_name fact, struct span text)
{
    if (is_told(out, fact))
        facts_text(&out->facts, fact, text);
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

ProtobufCBinaryData convert_id_bytes(struct arena *arena, struct uuid id)
{
    struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){.len = copy.len, .data = (uint8_t *)(uintptr_t)copy.data};
}

Notification__Message *convert_row(struct arena *arena, const struct message_row *row)
{
    Notification__Message *out = arena_alloc(arena, sizeof *out);

    notification__message__init(out);
    out->id = convert_id_bytes(arena, row->said.id);
    out->event_id = convert_id_bytes(arena, row->said.event_id);
    out->recipient_id = convert_id_bytes(arena, row->said.recipient_id);
    out->kind = (char *)(uintptr_t)kind_of(row->said.kind)->name;
    out->language = arena_text(arena, row->language);
    out->subject = arena_text(arena, row->subject);
    out->body = arena_text(arena, row->body);
    out->state = (Notification__MessageState)row->state; /* the domain's numbers are the contract's */
    out->created_us = row->queued_us;
    out->sent_us = row->sent_us;
    out->topic = (Notification__Topic)row->topic;
    out->template_version = (uint32_t)row->template_version;
    out->read_us = row->read_us;
    out->why = arena_text(arena, row->why);
    if (!uuid_is_nil(row->digest_id))
        out->digest_id = convert_id_bytes(arena, row->digest_id);
    out->test = row->test;
    out->sends = (uint32_t)row->sends;
    out->doubts = (uint32_t)row->doubts;
    out->not_before_us = row->not_before_us;
    out->next_attempt_us =
        row->state == MESSAGE_QUEUED || row->state == MESSAGE_UNSURE || row->state == MESSAGE_GATHERED ? row->next_us : 0;
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
        attempt->relay = arena_text(arena, rows[i].relay);
        message->attempts[i] = attempt;
    }
}

/* As SendMessage takes it (fact_read). */
static const char *fact_value(struct arena *arena, enum fact_name name, const struct fact *fact)
{
    char *moment;

    switch (fact_type_of(name)) {
    case FACT_TEXT:
    case FACT_LIST:
        return arena_text(arena, fact->text);
    case FACT_MOMENT:
        moment = arena_alloc(arena, TIME_TEXT);
        time_format(fact->number, moment);
        return moment;
    case FACT_FLAG:
        return fact->number != 0 ? "true" : "false";
    case FACT_NUMBER:
    case FACT_MONEY:
        break;
    }
    if (fact_tenths(name) && fact->number % 10 != 0)
        return arena_printf(arena, "%" PRId64 ".%" PRId64, fact->number / 10, fact->number % 10);
    return arena_printf(arena, "%" PRId64, fact_tenths(name) ? fact->number / 10 : fact->number);
}

void convert_facts(struct arena *arena, Notification__Message *message, const struct facts *facts)
{
    message->facts = arena_array(arena, FACT_COUNT_OF, sizeof *message->facts);
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        if (!facts->of[i].known)
            continue;
        Notification__FactValue *value = arena_alloc(arena, sizeof *value);
        notification__fact_value__init(value);
        value->name = (char *)(uintptr_t)fact_text_name((enum fact_name)i);
        value->value = (char *)(uintptr_t)fact_value(arena, (enum fact_name)i, &facts->of[i]);
        message->facts[message->n_facts++] = value;
    }
}
