/* The JSON codec: every form of field, every message of the contract there and back, and everything a client can get wrong. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"
#include "envelope.pb-c.h"
#include "funding.pb-c.h"
#include "gateway.pb-c.h"
#include "municipal.pb-c.h"
#include "notification.pb-c.h"
#include "services/gateway/route/codec.h"

#define UUID_A "0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define UUID_B "0297f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"

static int up(void **state)
{
    *state = arena_new(64 * 1024);
    return 0;
}

static int down(void **state)
{
    arena_free(*state);
    return 0;
}

static const char *encoded(struct arena *arena, const ProtobufCMessage *message)
{
    struct buf out = {0};
    codec_encode(&out, message);
    const char *text = arena_text(arena, buf_span(&out));
    buf_fini(&out);
    return text;
}

static ProtobufCMessage *decoded(struct arena *arena, const ProtobufCMessageDescriptor *type, const char *json)
{
    struct codec_fault fault;
    ProtobufCMessage *message = codec_new(arena, type);
    enum err err = codec_decode(arena, span_text(json), message, &fault);
    if (err != ERR_OK)
        print_message("fault %d at %s of %s\n", (int)fault.fault, fault.field, json);
    assert_int_equal(err, ERR_OK);
    return message;
}

static void test_empty(void **state)
{
    Enrolment__Registration registration = ENROLMENT__REGISTRATION__INIT;
    assert_string_equal(encoded(*state, &registration.base),
                        "{\"state\":\"STATE_UNKNOWN\",\"orderNo\":0,\"programmeOrder\":0,\"position\":0,\"version\":\"0\",\"review\":"
                        "\"REVIEW_NOT_NEEDED\",\"priority\":0,\"chancePercent\":0}");
    Enrolment__ProgrammeList list = ENROLMENT__PROGRAMME_LIST__INIT;
    assert_string_equal(encoded(*state, &list.base), "{\"programmes\":[]}");
}

static void test_forms(void **state)
{
    uint8_t bytes[3] = {0xfb, 0xff, 0x01};
    struct uuid id;
    assert_true(uuid_parse(&id, span_text(UUID_A)));
    Enrolment__ChainHead head = ENROLMENT__CHAIN_HEAD__INIT;
    head.implementation_id = (ProtobufCBinaryData){16, id.b};
    head.n = 4294967295u;
    head.hash = (ProtobufCBinaryData){3, bytes};
    head.at_us = 1769850000000001;
    assert_string_equal(encoded(*state, &head.base), "{\"implementationId\":\"" UUID_A "\",\"n\":4294967295,\"hash\":\"+/8B\","
                                                     "\"at\":\"2026-01-31T09:00:00.000001Z\"}");
    Bus__Heartbeat beat = BUS__HEARTBEAT__INIT;
    beat.head_seq = UINT64_MAX;
    assert_string_equal(encoded(*state, &beat.base), "{\"headSeq\":\"18446744073709551615\",\"lowSeq\":\"0\"}");
    Bus__Metric metric = BUS__METRIC__INIT;
    double bounds[2] = {0.5, 1e300};
    metric.value = 0.1;
    metric.n_bounds = 2;
    metric.bounds = bounds;
    const Bus__Metric *back = (const Bus__Metric *)decoded(*state, &bus__metric__descriptor, encoded(*state, &metric.base));
    assert_true(back->value == 0.1 && back->bounds[1] == 1e300);
}

/* A list of ids that says so in its name is a list of UUID texts, there and back. */
static void test_lists_of_ids(void **state)
{
    static const char TEXT[] = "{\"applicationIds\":[\"" UUID_A "\",\"" UUID_B "\"],\"dryRun\":true}";
    const ProtobufCMessageDescriptor *type = &funding__send_decisions_request__descriptor;
    const Funding__SendDecisionsRequest *request = (const Funding__SendDecisionsRequest *)decoded(*state, type, TEXT);
    struct codec_fault fault;
    struct uuid id;
    assert_int_equal(request->n_application_ids, 2);
    assert_true(uuid_read(&id, span_of(request->application_ids[1].data, request->application_ids[1].len)));
    assert_string_equal(encoded(*state, &request->base), TEXT);
    assert_int_equal(codec_decode(*state, span_text("{\"applicationIds\":[\"" UUID_A "\",\"AZf00mw7ehCPADseWiydQQ==\"]}"),
                                  codec_new(*state, type), &fault),
                     ERR_INVALID);
    assert_int_equal(fault.fault, FAULT_UUID);
    assert_string_equal(fault.field, "applicationIds[1]");
}

static void test_text_escaped(void **state)
{
    Bus__Fact fact = BUS__FACT__INIT;
    fact.name = (char *)(uintptr_t) "a\"b\\c\nd\x01<ä€😀";
    assert_string_equal(encoded(*state, &fact.base), "{\"name\":\"a\\\"b\\\\c\\nd\\u0001\\u003cä€😀\"}");
    const Bus__Fact *back = (const Bus__Fact *)decoded(*state, &bus__fact__descriptor, encoded(*state, &fact.base));
    assert_string_equal(back->name, fact.name);
}

static void test_oneof(void **state)
{
    const ProtobufCMessageDescriptor *type = &enrolment__set_implementation_capacity_request__descriptor;
    const Enrolment__SetImplementationCapacityRequest *none, *zero;
    none = (const Enrolment__SetImplementationCapacityRequest *)decoded(*state, type, "{\"capacity\":5}");
    zero = (const Enrolment__SetImplementationCapacityRequest *)decoded(*state, type, "{\"capacity\":5,\"waitingCap\":0}");
    assert_int_equal(none->waiting_case, 0);
    assert_int_equal(zero->waiting_case, ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP);
    assert_string_equal(encoded(*state, &none->base), "{\"capacity\":5,\"displace\":false}");
    assert_string_equal(encoded(*state, &zero->base), "{\"capacity\":5,\"waitingCap\":0,\"displace\":false}");
}

static void test_lenient_where_proto3_is(void **state)
{
    const Enrolment__Implementation *it = (const Enrolment__Implementation *)decoded(
        *state, &enrolment__implementation__descriptor,
        "{\"capacity\":\"20\",\"version\":7,\"title\":null,\"mode\":\"MODE_ONLINE\",\"places\":[\"Oulu\",\"Kemi\"],\"id\":"
        "\"0197F4D2-6C3B-7A10-8F00-3B1E5A2C9D41\"}");
    assert_int_equal(it->capacity, 20);
    assert_int_equal(it->version, 7);
    assert_null(it->title);
    assert_int_equal(it->mode, ENROLMENT__MODE__MODE_ONLINE);
    assert_int_equal(it->n_places, 2);
    assert_string_equal(it->places[1], "Kemi");
    assert_int_equal(it->id.len, 16);
    decoded(*state, &enrolment__implementation__descriptor, "");
}

/* ---- samples: every field of a message filled, deterministically, three levels deep ----------------------------------- */

static void fill(struct arena *arena, ProtobufCMessage *message, unsigned seed, int depth);

static void fill_bytes(struct arena *arena, const ProtobufCFieldDescriptor *field, ProtobufCBinaryData *at, unsigned seed)
{
    size_t len = field_form(field) == FORM_UUID ? 16 : 1 + seed % 40;
    uint8_t *data = arena_alloc(arena, len);
    for (size_t i = 0; i < len; i++)
        data[i] = (uint8_t)(seed * 31 + i * 7);
    *at = (ProtobufCBinaryData){len, data};
}

static void fill_one(struct arena *arena, const ProtobufCFieldDescriptor *field, void *at, unsigned seed, int depth)
{
    const ProtobufCEnumDescriptor *named = field->descriptor;
    switch (field_form(field)) {
    case FORM_BOOL:
        *(protobuf_c_boolean *)at = 1;
        return;
    case FORM_INT32:
    case FORM_UINT32:
        *(uint32_t *)at = seed * 2654435761u;
        return;
    case FORM_INT64:
    case FORM_UINT64:
        *(uint64_t *)at = UINT64_MAX / 3 - seed;
        return;
    case FORM_TIME:
        *(int64_t *)at = 1700000000000000 + seed * 1000003LL;
        return;
    case FORM_DOUBLE:
        *(double *)at = seed / 7.0;
        return;
    case FORM_TEXT:
        *(char **)at = arena_printf(arena, "teksti-%u \"ä\"\t<", seed);
        return;
    case FORM_UUID:
    case FORM_BYTES:
        fill_bytes(arena, field, at, seed);
        return;
    case FORM_ENUM:
        *(int *)at = named->values[seed % named->n_values].value;
        return;
    case FORM_MESSAGE:
        *(ProtobufCMessage **)at = codec_new(arena, field->descriptor);
        fill(arena, *(ProtobufCMessage **)at, seed + 1, depth - 1);
        return;
    }
}

static void fill(struct arena *arena, ProtobufCMessage *message, unsigned seed, int depth)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        uint8_t *at = (uint8_t *)message + field->offset;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && depth == 0)
            continue;
        if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
            *(uint32_t *)((uint8_t *)message + field->quantifier_offset) = field->id;
        if (!field_repeated(field)) {
            fill_one(arena, field, at, seed + i, depth);
            continue;
        }
        size_t count = seed % 3;
        uint8_t *list = arena_array(arena, count + 1, field_size(field));
        for (size_t k = 0; k < count; k++)
            fill_one(arena, field, list + k * field_size(field), seed + i + (unsigned)k, depth);
        *(uint8_t **)at = list;
        *(size_t *)((uint8_t *)message + field->quantifier_offset) = count;
    }
}

static size_t packed(struct arena *arena, const ProtobufCMessage *message, uint8_t **out)
{
    *out = arena_alloc(arena, protobuf_c_message_get_packed_size(message) + 1);
    return protobuf_c_message_pack(message, *out);
}

static void there_and_back(const ProtobufCMessageDescriptor *type)
{
    for (unsigned seed = 0; seed < 12; seed++) {
        struct arena *arena = arena_new(64 * 1024);
        ProtobufCMessage *message = codec_new(arena, type);
        uint8_t *before, *after;
        fill(arena, message, seed, 3);
        size_t len = packed(arena, message, &before);
        ProtobufCMessage *back = decoded(arena, type, encoded(arena, message));
        assert_int_equal(packed(arena, back, &after), len);
        assert_memory_equal(after, before, len);
        arena_free(arena);
    }
}

static void test_every_message(void **state)
{
    static const ProtobufCServiceDescriptor *const SERVICES[] = {&enrolment__enrolment__descriptor, &notification__notification__descriptor,
                                                                 &funding__funding__descriptor,     &municipal__municipal__descriptor,
                                                                 &bus__event_log__descriptor,       &gateway__gateway__descriptor};
    static const ProtobufCMessageDescriptor *const OTHERS[] = {&bus__request_batch__descriptor,
                                                               &bus__reply_batch__descriptor,
                                                               &bus__event_batch__descriptor,
                                                               &bus__heartbeat__descriptor,
                                                               &bus__health_report__descriptor,
                                                               &bus__survey__descriptor,
                                                               &enrolment__seat_taken__descriptor,
                                                               &enrolment__promoted__descriptor,
                                                               &enrolment__cancelled__descriptor,
                                                               &enrolment__queued__descriptor,
                                                               &enrolment__capacity_changed__descriptor,
                                                               &enrolment__person_stored__descriptor,
                                                               &enrolment__programme_stored__descriptor,
                                                               &enrolment__window_opened__descriptor,
                                                               &enrolment__followed__descriptor};
    (void)state;
    for (size_t s = 0; s < sizeof SERVICES / sizeof SERVICES[0]; s++) {
        for (unsigned m = 0; m < SERVICES[s]->n_methods; m++) {
            there_and_back(SERVICES[s]->methods[m].input);
            there_and_back(SERVICES[s]->methods[m].output);
        }
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++)
        there_and_back(OTHERS[i]);
}

/* ---- what clients get wrong ------------------------------------------------------------------------------------------- */

static void test_faults(void **state)
{
    static const struct {
        const char *json, *field;
        enum fault fault;
    } CASES[] = {
        {"{", "", FAULT_SYNTAX},
        {"{} x", "", FAULT_SYNTAX},
        {"{\"cap\":01}", "", FAULT_SYNTAX},
        {"1", "", FAULT_OBJECT},
        {"null", "", FAULT_OBJECT},
        {"[{}]", "", FAULT_OBJECT},
        {"{\"nothing\":1}", "nothing", FAULT_UNKNOWN},
        {"{\"programme_id\":1}", "programme_id", FAULT_UNKNOWN},
        {"{\"units\":[{},{\"x\":1}]}", "units[1].x", FAULT_UNKNOWN},
        {"{\"cap\":1,\"cap\":1}", "", FAULT_TWICE},
        {"{\"cap\":true}", "cap", FAULT_TYPE},
        {"{\"cap\":\"x\"}", "cap", FAULT_TYPE},
        {"{\"cap\":\"\"}", "cap", FAULT_TYPE},
        {"{\"cap\":\"-\"}", "cap", FAULT_TYPE},
        {"{\"cap\":1.0}", "cap", FAULT_TYPE},
        {"{\"cap\":{}}", "cap", FAULT_TYPE},
        {"{\"cap\":[]}", "cap", FAULT_TYPE},
        {"{\"code\":1}", "code", FAULT_TYPE},
        {"{\"title\":\"x\"}", "title", FAULT_TYPE},
        {"{\"title\":{\"fi\":[]}}", "title.fi", FAULT_TYPE},
        {"{\"units\":{}}", "units", FAULT_TYPE},
        {"{\"units\":[null]}", "units[0]", FAULT_TYPE},
        {"{\"cap\":-1}", "cap", FAULT_RANGE},
        {"{\"cap\":4294967296}", "cap", FAULT_RANGE},
        {"{\"cap\":\"99999999999999999999999\"}", "cap", FAULT_RANGE},
        {"{\"cap\":99999999999999999999999}", "", FAULT_RANGE},
        {"{\"version\":\"18446744073709551616\"}", "version", FAULT_RANGE},
        {"{\"version\":-1}", "version", FAULT_RANGE},
        {"{\"id\":\"0197f4d2\"}", "id", FAULT_UUID},
        {"{\"id\":\"\"}", "id", FAULT_UUID},
        {"{\"windows\":[{\"opensAt\":\"2026-13-01T00:00:00Z\"}]}", "windows[0].opensAt", FAULT_TIME},
        {"{\"windows\":[{\"opensAt\":\"tomorrow\"}]}", "windows[0].opensAt", FAULT_TIME},
        {"{\"windows\":[{\"opensAt\":1}]}", "windows[0].opensAt", FAULT_TYPE},
        {"{\"implementations\":[{\"mode\":\"MODE_MOON\"}]}", "implementations[0].mode", FAULT_ENUM},
        {"{\"implementations\":[{\"mode\":1}]}", "implementations[0].mode", FAULT_TYPE},
        {"{\"code\":\"\xc3\"}", "", FAULT_UTF8},
        {"{\"code\":\"a\\u0000b\"}", "", FAULT_UTF8},
        {"{\"code\":\"\\ud800\"}", "", FAULT_SYNTAX},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct codec_fault fault;
        ProtobufCMessage *message = codec_new(*state, &enrolment__programme__descriptor);
        enum err err = codec_decode(*state, span_text(CASES[i].json), message, &fault);
        if (err == ERR_OK || fault.fault != CASES[i].fault || strcmp(fault.field, CASES[i].field) != 0)
            print_message("%s: fault %d at \"%s\"\n", CASES[i].json, (int)fault.fault, fault.field);
        assert_int_equal(err, ERR_INVALID);
        assert_int_equal(fault.fault, CASES[i].fault);
        assert_string_equal(fault.field, CASES[i].field);
        assert_true(strlen(codec_problem(*state, &fault)->detail->fi) > 0);
    }
}

/* Which names there are, and what type was expected: a fact each, so that nobody has to guess. */
static void test_faults_say_what_belongs_there(void **state)
{
    static const struct {
        const char *json, *fact, *value;
    } CASES[] = {
        {"{\"implementations\":[{\"mode\":\"MODE_MOON\"}]}", "allowed", "MODE_ON_SITE, MODE_ONLINE, MODE_HYBRID"},
        {"{\"implementations\":[{\"mode\":1}]}", "expected", "string: a name of those allowed"},
        {"{\"implementations\":{}}", "expected", "array"},
        {"{\"implementations\":[1]}", "expected", "object"},
        {"{\"windows\":[{\"opensAt\":1}]}", "expected", "string: date-time"},
        {"{\"code\":1}", "expected", "string"},
        {"{\"cap\":\"many\"}", "expected", "integer"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct codec_fault fault;
        ProtobufCMessage *message = codec_new(*state, &enrolment__programme__descriptor);
        assert_int_equal(codec_decode(*state, span_text(CASES[i].json), message, &fault), ERR_INVALID);
        const Bus__Problem *problem = codec_problem(*state, &fault);
        assert_true(problem->n_facts >= 1);
        assert_string_equal(problem->facts[0]->name, CASES[i].fact);
        assert_string_equal(problem->facts[0]->value, CASES[i].value);
    }
}

static enum fault fault_of(struct arena *arena, const ProtobufCMessageDescriptor *type, const char *json)
{
    struct codec_fault fault;
    (void)!codec_decode(arena, span_text(json), codec_new(arena, type), &fault);
    return fault.fault;
}

static void test_bounds(void **state)
{
    struct buf json = {0};
    buf_text(&json, "{\"places\":[\"a\"");
    for (int i = 1; i < 2000; i++)
        buf_text(&json, ",\"a\"");
    size_t full = json.len;
    buf_add(&json, "]}", 3);
    assert_int_equal(fault_of(*state, &enrolment__implementation__descriptor, (char *)json.data), FAULT_NONE);
    json.len = full;
    buf_add(&json, ",\"a\"]}", 7);
    assert_int_equal(fault_of(*state, &enrolment__implementation__descriptor, (char *)json.data), FAULT_MANY);
    buf_clear(&json);
    buf_text(&json, "{\"code\":\"");
    for (int i = 0; i <= CODEC_TEXT_MAX; i++)
        buf_u8(&json, 'a');
    buf_add(&json, "\"}", 3);
    assert_int_equal(fault_of(*state, &enrolment__programme__descriptor, (char *)json.data), FAULT_LONG);
    buf_clear(&json);
    for (int i = 0; i < 100000; i++)
        buf_text(&json, "{\"a\":");
    buf_u8(&json, 0);
    assert_int_equal(fault_of(*state, &enrolment__programme__descriptor, (char *)json.data), FAULT_DEEP);
    buf_fini(&json);
}

/* A path longer than there is room for is cut, never written past its end. */
static void test_long_names_are_cut(void **state)
{
    struct buf json = {0};
    struct codec_fault fault;
    buf_text(&json, "{\"");
    for (int i = 0; i < 5000; i++)
        buf_u8(&json, 'n');
    buf_text(&json, "\":1}");
    assert_int_equal(codec_decode(*state, buf_span(&json), codec_new(*state, &enrolment__programme__descriptor), &fault), ERR_INVALID);
    assert_int_equal(fault.fault, FAULT_UNKNOWN);
    assert_true(strlen(fault.field) < CODEC_FIELD_MAX);
    buf_fini(&json);
}

/* An event says beside its bytes what they mean; bytes of a type nobody knows here, or that are damaged, stand alone. */
static void test_event_data(void **state)
{
    Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
    Bus__Event event = BUS__EVENT__INIT;
    uint8_t packed[64];
    followed.following = true;
    event.type = (char *)(uintptr_t) "enrolment.Followed.v1";
    event.payload = (ProtobufCBinaryData){enrolment__followed__pack(&followed, packed), packed};
    assert_non_null(strstr(encoded(*state, &event.base), "\"payload\":\"GAE=\",\"fetchMe\":false,\"data\":{\"following\":true}}"));
    event.type = (char *)(uintptr_t) "enrolment.Followed.v2";
    assert_null(strstr(encoded(*state, &event.base), "\"data\""));
    event.type = (char *)(uintptr_t) "enrolment.Followed.v1";
    event.payload.len = 1;
    assert_null(strstr(encoded(*state, &event.base), "\"data\""));
}

/* Whoever reads the streams of funding reads what happened, too. */
static void test_event_data_of_funding(void **state)
{
    static const char *const TYPES[] = {
        "ContactStored",    "CallStored",         "CallMoved",        "DraftStarted",  "ApplicationSubmitted", "SupplementRequested",
        "ApplicationEnded", "Evaluated",          "ProposalMade",     "DecisionSent",  "CallResolved",         "GrantAnswered",
        "InstalmentMoved",  "AmendmentSubmitted", "AmendmentDecided", "ObligationSet", "ObligationEnded",      "ObligationLate",
        "ReportMoved",      "RecoveryMoved",      "DrawMade",         "ProjectStored"};
    Bus__Event event = BUS__EVENT__INIT;
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        event.type = arena_printf(*state, "funding.%s.v1", TYPES[i]);
        if (!strstr(encoded(*state, &event.base), "\"data\":{"))
            fail_msg("%s is of a type unknown to the gateway", event.type);
    }
    uint8_t packed[64];
    Funding__Evaluated evaluated = FUNDING__EVALUATED__INIT;
    evaluated.evaluations = 3;
    event.type = (char *)(uintptr_t) "funding.Evaluated.v1";
    event.payload = (ProtobufCBinaryData){funding__evaluated__pack(&evaluated, packed), packed};
    assert_non_null(strstr(encoded(*state, &event.base), "\"data\":{\"evaluations\":3}"));
}

static void test_parameters(void **state)
{
    Enrolment__ListRegistrationsRequest *request =
        (Enrolment__ListRegistrationsRequest *)codec_new(*state, &enrolment__list_registrations_request__descriptor);
    const ProtobufCMessageDescriptor *type = request->base.descriptor;
    assert_int_equal(codec_set(*state, &request->base, field_by_json_name(type, span_text("pageSize")), span_text("50")), FAULT_NONE);
    assert_int_equal(codec_set(*state, &request->base, field_by_json_name(type, span_text("state")), span_text("STATE_QUEUED")),
                     FAULT_NONE);
    assert_int_equal(codec_set(*state, &request->base, field_by_json_name(type, span_text("implementationId")), span_text(UUID_A)),
                     FAULT_NONE);
    assert_int_equal(codec_set(*state, &request->base, field_by_json_name(type, span_text("pageToken")), span_text("\xff")), FAULT_UTF8);
    assert_int_equal(request->page_size, 50);
    assert_int_equal(request->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_int_equal(request->implementation_id.len, 16);
    assert_null(field_by_json_name(type, span_text("page_size")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),                         /* what is left out and what is always there */
        cmocka_unit_test(test_forms),                         /* ids, times, bytes, large numbers, doubles */
        cmocka_unit_test(test_lists_of_ids),                  /* *_ids: a list of UUID texts, one of them named when it is none */
        cmocka_unit_test(test_text_escaped),                  /* control characters, quotes, '<', four-byte UTF-8 */
        cmocka_unit_test(test_oneof),                         /* a zero that was said differs from one that was not */
        cmocka_unit_test(test_lenient_where_proto3_is),       /* numbers as text, null as absent, an empty body */
        cmocka_unit_test(test_every_message),                 /* every message of the contract, filled, there and back */
        cmocka_unit_test(test_faults),                        /* 38 mistakes, each with its fault and its field */
        cmocka_unit_test(test_faults_say_what_belongs_there), /* facts: the names allowed, the type expected */
        cmocka_unit_test(test_bounds),                        /* lists, texts and depth up to their bounds and past them */
        cmocka_unit_test(test_long_names_are_cut),            /* a path longer than its room */
        cmocka_unit_test(test_event_data),                    /* an event's payload as JSON, when it is known */
        cmocka_unit_test(test_event_data_of_funding),         /* of every type that funding tells */
        cmocka_unit_test(test_parameters),                    /* path and query parameters */
    };
    return cmocka_run_group_tests(tests, up, down);
}
