/* Fuzz entry for what arrives by HTTP: a request target and a body, as the gateway's matcher, binder and codec take them. What is
 * taken must come back the same when it is written as JSON and read again.
 *
 * The first byte picks the verb, the second the message; then the target up to the first NUL, then the body.
 * Run: build with HV_FUZZ=ON, then `fuzz_json -max_total_time=60 -max_len=4096`. */
#include <string.h>

#include "common/base/alloc.h"
#include "enrolment.pb-c.h"
#include "gateway.pb-c.h"
#include "municipal.pb-c.h"
#include "services/gateway/route/bind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ProtobufCMessageDescriptor *const TYPES[] = {
    &enrolment__import_programme_request__descriptor,
    &enrolment__put_person_request__descriptor,
    &enrolment__set_implementation_capacity_request__descriptor,
    &enrolment__set_window_request__descriptor,
    &enrolment__create_programme_request__descriptor,
    &enrolment__put_questions_request__descriptor,
    &enrolment__enrol_team_request__descriptor,
    &enrolment__mark_completions_request__descriptor,
    &enrolment__programme__descriptor,
    &enrolment__chain__descriptor,
    &bus__health_report__descriptor,
    &bus__event_batch__descriptor,
    &gateway__create_accounts_request__descriptor,
    &municipal__import_municipality_request__descriptor,
    &municipal__put_case_request__descriptor,
    &municipal__decide_item_request__descriptor,
};

static void check_again(struct arena *arena, const ProtobufCMessage *message)
{
    struct buf first = {0}, second = {0};
    struct codec_fault fault;
    ProtobufCMessage *again = codec_new(arena, message->descriptor);
    codec_encode(&first, message);
    if (codec_decode(arena, buf_span(&first), again, &fault) != ERR_OK)
        bug("our own JSON is not taken");
    codec_encode(&second, again);
    if (!span_equal(buf_span(&first), buf_span(&second)))
        bug("a message changed on the way there and back");
    buf_fini(&first);
    buf_fini(&second);
}

static void take_body(struct arena *arena, const ProtobufCMessageDescriptor *type, struct span body)
{
    struct codec_fault fault;
    ProtobufCMessage *message = codec_new(arena, type);
    if (codec_decode(arena, body, message, &fault) == ERR_OK)
        check_again(arena, message);
    else if (fault.fault == FAULT_NONE || memchr(fault.field, 0, CODEC_FIELD_MAX) == NULL)
        bug("a refusal does not say what is wrong");
}

static void take_request(struct arena *arena, const char *verb, struct span target, struct span body)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    struct matcher *matcher = matcher_new(rows, count);
    struct match match;
    struct codec_fault fault;
    ProtobufCMessage *message;
    uint32_t shard;
    const uint8_t *mark = target.len ? memchr(target.data, '?', target.len) : NULL;
    size_t path = mark ? (size_t)(mark - target.data) : target.len;
    struct span query = mark ? span_of(mark + 1, target.len - path - 1) : span_of(NULL, 0);
    if (matcher_find(matcher, verb, span_of(target.data, path), &match) == ERR_OK &&
        bind_request(arena, &rows[match.row], &match, query, body, &message, &shard, &fault) == ERR_OK)
        check_again(arena, message);
    matcher_free(matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const VERBS[] = {"GET", "POST", "PUT", "DELETE"};
    if (size < 2)
        return 0;
    struct arena *arena = arena_new(16384);
    const uint8_t *end = memchr(data + 2, 0, size - 2);
    size_t target = end ? (size_t)(end - data - 2) : size - 2;
    size_t from = end ? 3 + target : 2;
    struct span body = span_of(data + from, size - from);
    take_request(arena, VERBS[data[0] % 4], span_of(data + 2, target), body);
    take_body(arena, TYPES[data[1] % (sizeof TYPES / sizeof TYPES[0])], body);
    arena_free(arena);
    return 0;
}
