/* The route table, its matcher and its binder. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"
#include "envelope.pb-c.h"
#include "funding.pb-c.h"
#include "gateway.pb-c.h"
#include "municipal.pb-c.h"
#include "notification.pb-c.h"
#include "services/gateway/route/bind.h"
#include "services/gateway/route/routes.h"

#define UUID_A "0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"

static struct matcher *all_routes(void)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    return matcher_new(rows, count);
}

static const struct route *row_of(const struct match *match)
{
    size_t count;
    return &routes_table(&count)[match->row];
}

static void test_table_fits_contract(void **state)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const ProtobufCMethodDescriptor *method = route_method(&rows[i]);
        if (!method)
            print_message("%s names a method that is not there: %s\n", rows[i].path, rows[i].call);
        assert_non_null(method);
        if (rows[i].body && rows[i].body[0])
            assert_non_null(field_by_json_name(method->input, span_text(rows[i].body)));
        assert_true(strcmp(rows[i].verb, "GET") == 0 || rows[i].cache_ms == 0);
        assert_true(rows[i].cache_ms == 0 || rows[i].access == ROUTE_PUBLIC);
        for (size_t k = 0; k < i; k++)
            assert_false(strcmp(rows[i].path, rows[k].path) == 0 && strcmp(rows[i].verb, rows[k].verb) == 0);
    }
}

/* Answered inside the house only, each with its reason. */
static const char *const INTERNAL[] = {NULL};

static bool is_internal(const char *call)
{
    for (size_t i = 0; INTERNAL[i]; i++) {
        if (strcmp(INTERNAL[i], call) == 0)
            return true;
    }
    return false;
}

static bool has_row(const char *call)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].call, call) == 0)
            return true;
    }
    return false;
}

static void test_every_method_has_a_row(void **state)
{
    static const ProtobufCServiceDescriptor *const SERVICES[] = {&enrolment__enrolment__descriptor, &notification__notification__descriptor,
                                                                 &funding__funding__descriptor,     &municipal__municipal__descriptor,
                                                                 &bus__event_log__descriptor,       &gateway__gateway__descriptor};
    (void)state;
    for (size_t i = 0; i < sizeof SERVICES / sizeof SERVICES[0]; i++) {
        for (unsigned m = 0; m < SERVICES[i]->n_methods; m++) {
            char call[96];
            (void)snprintf(call, sizeof call, "%s.%s", SERVICES[i]->package, SERVICES[i]->methods[m].name);
            if (has_row(call) == is_internal(call))
                fail_msg("%s needs a row in routes.c, or a line in INTERNAL with the reason; not both", call);
        }
    }
}

/* Methods that only set a value: their services ask for no key (.no_key in their case tables), so neither do their rows. */
static void test_writes_without_a_key(void **state)
{
    static const char *const CALLS[] = {"enrolment.PutPerson",          "enrolment.Follow",       "bus.Rewind",
                                        "notification.PreviewTemplate", "notification.MarkRead",  "notification.SetPreference",
                                        "notification.Unsubscribe",     "notification.ChooseMail"};
    size_t count;
    const struct route *rows = routes_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        bool without = rows[i].home == ROUTE_GATEWAY;
        for (size_t k = 0; k < sizeof CALLS / sizeof CALLS[0]; k++)
            without = without || strcmp(rows[i].call, CALLS[k]) == 0;
        if (strcmp(rows[i].verb, "GET") != 0 && without != ((rows[i].flags & ROUTE_NO_KEY) != 0))
            fail_msg("%s %s", rows[i].verb, rows[i].path);
    }
}

/* No two fields of a message may have one name in JSON, and none may be longer than its room. */
static void test_names_are_unique(void **state)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const ProtobufCMessageDescriptor *type = route_method(&rows[i])->output;
        for (unsigned f = 0; f < type->n_fields; f++) {
            char name[FIELD_NAME_MAX];
            size_t len = field_json_name(&type->fields[f], name);
            assert_true(strlen(type->fields[f].name) < FIELD_NAME_MAX - 4);
            assert_ptr_equal(field_by_json_name(type, span_of(name, len)), &type->fields[f]);
        }
    }
}

static void test_find(void **state)
{
    static const struct {
        const char *verb, *path, *call;
    } CASES[] = {
        {"GET", "/api/programmes", "enrolment.ListProgrammes"},
        {"POST", "/api/programmes:import", "enrolment.ImportProgramme"},
        {"GET", "/api/programmes/x", "enrolment.GetProgramme"},
        {"POST", "/api/programmes/x/registrations", "enrolment.Enrol"},
        {"PUT", "/api/programmes/x/windows/y", "enrolment.SetWindow"},
        {"POST", "/api/registrations/x:cancel", "enrolment.Cancel"},
        {"GET", "/api/registrations/x", "enrolment.GetRegistration"},
        {"GET", "/api/unsubscribe/x/MAIL_OFF", "notification.ShowUnsubscribe"},
        {"GET", "/api/messages:summary", "notification.GetSummary"},
        {"POST", "/api/messages/x:retry", "notification.RetryMessage"},
        {"POST", "/api/messages:retry", "notification.RetryMessages"},
        {"POST", "/api/messages/x:call-off", "notification.CallOffMessage"},
        {"POST", "/api/messages:call-off", "notification.CallOffMessages"},
        {"GET", "/api/messages/x/attachments/2", "notification.GetAttachment"},
        {"GET", "/api/events/enrolment/streams/enrolment.0", "bus.Fetch"},
        {"GET", "/api/events/enrolment/streams", "bus.ListStreams"},
        {"POST", "/api/events/notification/dead:retry", "bus.RetryDead"},
        {"GET", "/api/me", "enrolment.GetPerson"},
        {"GET", "/api/feeds/trainings.rss", "notification.GetTrainingFeed"},
        {"GET", "/api/feeds/abc.rss", "notification.GetPersonFeed"},
        {"POST", "/api/templates/offer/sv:preview", "notification.PreviewTemplate"},
        {"POST", "/api/templates/offer/sv:test", "notification.TestSend"},
        {"POST", "/api/municipalities:import", "municipal.ImportMunicipality"},
        {"GET", "/api/municipalities/x/items.rss", "municipal.GetItemFeed"},
        {"GET", "/api/municipalities/x/meetings.atom", "municipal.GetMeetingFeed"},
        {"GET", "/api/me/cases", "municipal.ListMyCases"},
        {"POST", "/api/cases/x/statements/y:give", "municipal.GiveStatement"},
        {"POST", "/api/cases/x/proposal:take-back", "municipal.TakeBackProposal"},
        {"POST", "/api/meetings/x:summon", "municipal.SummonMeeting"},
        {"POST", "/api/items/x:open-vote", "municipal.OpenVote"},
        {"GET", "/api/items/x/extract", "municipal.GetExtract"},
    };
    struct matcher *matcher = all_routes();
    struct match match;
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        assert_int_equal(matcher_find(matcher, CASES[i].verb, span_text(CASES[i].path), &match), ERR_OK);
        assert_string_equal(row_of(&match)->call, CASES[i].call);
    }
    matcher_free(matcher);
}

static void test_find_nothing(void **state)
{
    static const char *const NOTHING[] = {"",
                                          "/",
                                          "api",
                                          "/api",
                                          "/api/",
                                          "/api/programmes/",
                                          "//api/programmes",
                                          "/api/programmes/x/y/z",
                                          "/api/registrations/:cancel",
                                          "/api/registrations/a:b:cancel",
                                          "/a/b/c/d/e/f/g/h/i/j/k",
                                          "/api/programmes//registrations",
                                          "/api/%70rogrammes"};
    struct matcher *matcher = all_routes();
    struct match match;
    (void)state;
    for (size_t i = 0; i < sizeof NOTHING / sizeof NOTHING[0]; i++)
        assert_int_equal(matcher_find(matcher, "GET", span_text(NOTHING[i]), &match), ERR_NOT_FOUND);
    assert_int_equal(matcher_find(matcher, "DELETE", span_text("/api/programmes/x/registrations"), &match), ERR_METHOD);
    assert_string_equal(match.allow, "POST, GET");
    assert_int_equal(matcher_find(matcher, "GET", span_text("/api/registrations/x:cancel"), &match), ERR_METHOD);
    assert_string_equal(match.allow, "POST");
    matcher_free(matcher);
}

struct bound {
    ProtobufCMessage *message;
    uint32_t shard;
    struct codec_fault fault;
    enum err err;
};

static struct bound bind_all(struct arena *arena, const char *verb, const char *path, const char *query, const char *body)
{
    struct matcher *matcher = all_routes();
    struct match match;
    struct bound out;
    assert_int_equal(matcher_find(matcher, verb, span_text(path), &match), ERR_OK);
    out.err = bind_request(arena, row_of(&match), &match, span_text(query), span_text(body), &out.message, &out.shard, &out.fault);
    matcher_free(matcher);
    return out;
}

static void test_bind(void **state)
{
    struct uuid id;
    assert_true(uuid_parse(&id, span_text(UUID_A)));
    struct bound b = bind_all(*state, "POST", "/api/programmes/" UUID_A "/registrations", "", "{\"personId\":\"" UUID_A "\"}");
    const Enrolment__EnrolRequest *enrol = (const Enrolment__EnrolRequest *)b.message;
    assert_int_equal(b.err, ERR_OK);
    assert_memory_equal(enrol->programme_id.data, id.b, 16);
    assert_memory_equal(enrol->person_id.data, id.b, 16);
    assert_int_equal(b.shard, uuid_hash(id));
    b = bind_all(*state, "PUT", "/api/persons/" UUID_A, "", "{\"id\":\"" UUID_A "\",\"name\":\"N\"}");
    const Enrolment__PutPersonRequest *put = (const Enrolment__PutPersonRequest *)b.message;
    assert_int_equal(b.err, ERR_OK);
    assert_memory_equal(put->person->id.data, id.b, 16); /* said twice, the same */
    assert_string_equal(put->person->name, "N");
    b = bind_all(*state, "PUT", "/api/me", "", "");
    assert_non_null(((const Enrolment__PutPersonRequest *)b.message)->person);
    b = bind_all(*state, "GET", "/api/events/enrolment/streams/enrolment%2E0", "afterSeq=7&maxEvents=5", "");
    const Bus__FetchRequest *fetch = (const Bus__FetchRequest *)b.message;
    assert_int_equal(b.err, ERR_OK);
    assert_string_equal(fetch->stream, "enrolment.0");
    assert_int_equal(fetch->after_seq, 7);
    assert_int_equal(fetch->max_events, 5);
}

/* What the path says without a name for it: the ending of a feed; a field of a field. */
static void test_bind_fixed(void **state)
{
    struct bound b = bind_all(*state, "GET", "/api/feeds/trainings.rss", "", "");
    assert_int_equal(b.err, ERR_OK);
    assert_int_equal(((const Notification__GetTrainingFeedRequest *)b.message)->format, NOTIFICATION__FEED_FORMAT__FEED_RSS);
    b = bind_all(*state, "GET", "/api/feeds/abc.atom", "", "");
    assert_int_equal(((const Notification__GetPersonFeedRequest *)b.message)->format, NOTIFICATION__FEED_FORMAT__FEED_ATOM);
    assert_string_equal(((const Notification__GetPersonFeedRequest *)b.message)->token, "abc");
    b = bind_all(*state, "GET", "/api/feeds/trainings.rss", "format=FEED_ATOM", "");
    assert_int_equal(b.err, ERR_INVALID);
    assert_int_equal(b.fault.fault, FAULT_UNKNOWN);
    b = bind_all(*state, "POST", "/api/templates/offer/sv:test", "", "{\"preview\":{\"subject\":\"x\"}}");
    const Notification__PreviewTemplateRequest *preview = ((const Notification__TestSendRequest *)b.message)->preview;
    assert_string_equal(preview->kind, "offer");
    assert_string_equal(preview->language, "sv");
    assert_string_equal(preview->subject, "x");
}

/* A body that says otherwise than the path is a mistake of its writer, and no way round a check of the path. */
static void test_bind_contradiction(void **state)
{
    static const struct {
        const char *verb, *path, *body, *field;
    } CASES[] = {
        {"PUT", "/api/persons/" UUID_A, "{\"id\":\"6597f4d2-6c3b-7a10-8f00-3b1e5a2c9d41\"}", "person.id"},
        {"PUT", "/api/me/preferences/TOPIC_REMINDERS", "{\"topic\":\"TOPIC_PLACES\"}", "topic"},
        {"POST", "/api/templates/offer/sv:test", "{\"preview\":{\"kind\":\"offer\",\"language\":\"fi\"}}", "preview.language"},
        {"PUT", "/api/programmes/" UUID_A "/cap", "{\"programmeId\":\"6597f4d2-6c3b-7a10-8f00-3b1e5a2c9d41\"}", "programmeId"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct bound b = bind_all(*state, CASES[i].verb, CASES[i].path, "", CASES[i].body);
        assert_int_equal(b.err, ERR_INVALID);
        assert_int_equal(b.fault.fault, FAULT_PATH);
        assert_string_equal(b.fault.field, CASES[i].field);
    }
    struct bound b =
        bind_all(*state, "PUT", "/api/me/preferences/TOPIC_REMINDERS", "", "{\"topic\":\"TOPIC_REMINDERS\",\"mail\":\"MAIL_OFF\"}");
    assert_int_equal(b.err, ERR_OK);
    assert_int_equal(((const Notification__SetPreferenceRequest *)b.message)->mail, NOTIFICATION__MAIL_SETTING__MAIL_OFF);
}

static void test_bind_faults(void **state)
{
    static const struct {
        const char *verb, *path, *query, *field;
        enum fault fault;
    } CASES[] = {
        {"GET", "/api/programmes/x", "", "programmeId", FAULT_UUID},
        {"GET", "/api/programmes/%zz", "", "programmeId", FAULT_UTF8},
        {"GET", "/api/programmes/%00", "", "programmeId", FAULT_UTF8},
        {"GET", "/api/programmes", "pageSize", "pageSize", FAULT_TYPE},
        {"GET", "/api/programmes", "pageSize=-1", "pageSize", FAULT_RANGE},
        {"GET", "/api/programmes", "page_size=1", "page_size", FAULT_UNKNOWN},
        {"GET", "/api/programmes", "pageToken=%ff", "pageToken", FAULT_UTF8},
        {"GET", "/api/programmes", "pageToken=%f", "pageToken", FAULT_UTF8},
        {"PUT", "/api/programmes/" UUID_A "/cap", "cap=1", "cap", FAULT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct bound b = bind_all(*state, CASES[i].verb, CASES[i].path, CASES[i].query, "");
        assert_int_equal(b.err, ERR_INVALID);
        assert_int_equal(b.fault.fault, CASES[i].fault);
        assert_string_equal(b.fault.field, CASES[i].field);
    }
}

static void test_query_value(void **state)
{
    struct span query = span_text("&a=1+2&&b=%C3%A4&c");
    assert_string_equal(bind_query_value(*state, query, "a"), "1 2");
    assert_string_equal(bind_query_value(*state, query, "b"), "ä");
    assert_string_equal(bind_query_value(*state, query, "c"), "");
    assert_null(bind_query_value(*state, query, "d"));
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_fits_contract),    /* every row names a method and fields that exist */
        cmocka_unit_test(test_every_method_has_a_row), /* a new rpc without a row would be a 404 */
        cmocka_unit_test(test_writes_without_a_key),   /* an Idempotency-Key only where the service wants one */
        cmocka_unit_test(test_names_are_unique),       /* JSON names lead back to their fields */
        cmocka_unit_test(test_find),                   /* paths to rows */
        cmocka_unit_test(test_find_nothing),           /* paths to nothing; verbs that do not fit, with Allow */
        cmocka_unit_test(test_bind),                   /* body, query and path make one message */
        cmocka_unit_test(test_bind_fixed),             /* the ending of a feed is its format */
        cmocka_unit_test(test_bind_contradiction),     /* a body that says otherwise than the path, by name */
        cmocka_unit_test(test_bind_faults),            /* parameters that are wrong, by name */
        cmocka_unit_test(test_query_value),            /* one value of a query */
    };
    return cmocka_run_group_tests(tests, up, down);
}
