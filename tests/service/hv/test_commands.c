/* hv as an operator uses it: the real program against hv-gateway, hv-enrolment and hv-notification on a real database, from an empty
 * database to a verified order. The tests tell one story, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/time.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"
#include "tests/service/hv/world.h"

static bool is_healthy(void *arg)
{
    return HV((struct world *)arg, "health") == HV_YES;
}

/* --- the story -------------------------------------------------------------------------------------------------------------- */

static void test_help_and_mistakes(void **state)
{
    struct world *world = *state;
    static const char *const COMMANDS[] = {"migrate", "import", "health", "events", "replay", "dead", "verify", "account"};
    assert_int_equal(HV(world, "--help"), HV_YES);
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        world_assert_said(world, COMMANDS[i]);
        assert_int_equal(HV(world, COMMANDS[i], "--no-such-option"), HV_USAGE);
        assert_int_equal(HV(world, COMMANDS[i], "--help"), HV_YES);
        char example[32];
        (void)snprintf(example, sizeof example, " hv %s ", COMMANDS[i]);
        world_assert_said(world, example);
        assert_int_equal(HV(world, "--help"), HV_YES);
    }
    assert_int_equal(HV(world, "emigrate"), HV_USAGE);
    assert_int_equal(HV(world, "verify"), HV_USAGE);
    assert_int_equal(HV(world, "replay", "notification"), HV_USAGE);
    assert_int_equal(HV(world, "dead", "notification", "--retry", "enrolment.0"), HV_USAGE);
    assert_int_equal(HV(world, "import"), HV_USAGE);
    world_assert_said(world, "this is missing: FILE");
    assert_int_equal(HV(world, "import", "/nowhere/file.json"), HV_USAGE);
    world_assert_said(world, "hv: /nowhere/file.json cannot be read: No such file or directory\n");
    assert_int_equal(HV(world, "migrate", "--url", "http://127.0.0.1:1"), HV_USAGE); /* it asks no gateway */
    assert_int_equal(HV(world, "account", "list"), HV_USAGE);                        /* no token */
    world_assert_said(world, "HV_TOKEN");
    assert_int_equal(HV(world, "bounce", "--no-such-option"), EX_USAGE); /* a mail server asks: its own numbers */
    assert_int_equal(HV(world, "bounce", "--help"), EX_OK);
    world_assert_said(world, " hv bounce ");
    assert_int_equal(HV(world, "bounce"), EX_TEMPFAIL);
    world_assert_said(world, "HV_TOKEN");
    assert_int_equal(HV(world, "health"), HV_UNREACHED);
    assert_int_equal(HV(world, "migrate", "--database", "host=/nowhere"), HV_UNREACHED);
    assert_int_equal(HV(world, "migrate", "--database", "postgresql://localhost/x"), HV_USAGE);
}

static void test_migrate_makes_everything_once(void **state)
{
    struct world *world = *state;
    assert_int_equal(HV(world, "migrate", "--admin", "operator", "--json"), HV_YES);
    json_t *report = world_said_json(world);
    assert_true(json_is_true(json_object_get(report, "databaseCreated")));
    assert_int_equal(json_array_size(json_object_get(report, "schemas")), 4);
    (void)snprintf(world->password, sizeof world->password, "%s", output_text(json_object_get(report, "admin"), "password"));
    assert_int_equal(strlen(world->password), 20);
    json_decref(report);
    assert_int_equal(HV(world, "migrate", "--admin", "another"), HV_YES);
    world_assert_said(world, "is there");
    world_assert_said(world, "schema enrolment: 0 of");
    world_assert_said(world, "there is an admin already");
}

static void test_health_says_who_answers(void **state)
{
    struct world *world = *state;
    static const char *const DAEMONS[] = {"hv-enrolment", "hv-notification", "hv-gateway", "hv-funding"};
    for (size_t i = 0; i < 4; i++) {
        const char *argv[] = {kit_program(DAEMONS[i]), NULL};
        world->daemons[i] = kit_spawn(argv, NULL, getenv("HV_TEST_LOG") ? NULL : "/dev/null");
    }
    assert_true(kit_wait_until(is_healthy, world, KIT_PATIENCE_MS));
    assert_int_equal(HV(world, "health", "--all"), HV_YES);
    world_assert_said(world, "enrolment/postgresql:writer");
    assert_int_equal(HV(world, "health", "--json"), HV_YES);
    json_t *report = world_said_json(world);
    assert_string_not_equal(output_text(report, "status"), "fail");
    json_decref(report);
}

static void test_accounts(void **state)
{
    struct world *world = *state;
    char file[64];
    world_path(world, "password", file);
    world_write(world, "password", "certainly not this\n");
    assert_int_equal(HV(world, "account", "sign-in", "operator", "--password-file", file), HV_NO);
    world_assert_said(world, "account.sign-in.wrong");
    world_write(world, "password", world->password);
    assert_int_equal(HV(world, "account", "sign-in", "operator", "--password-file", file, "--json"), HV_YES);
    json_t *token = world_said_json(world);
    setenv("HV_TOKEN", output_text(token, "token"), 1);
    json_decref(token);

    world_write(world, "password", "korkea kuusi 17\n");
    assert_int_equal(HV(world, "account", "create", "aava@example.fi", "--password-file", file), HV_YES);
    assert_int_equal(HV(world, "account", "create", "aava@example.fi"), HV_NO);
    world_assert_said(world, "account.user-name.taken");
    assert_int_equal(HV(world, "account", "set", "aava@example.fi", "--role", "coordinator"), HV_YES);
    assert_int_equal(HV(world, "account", "list"), HV_YES);
    world_assert_said(world, "operator");
    world_assert_said(world, "aava@example.fi                 coordinator");
    assert_int_equal(HV(world, "account", "set", "nobody"), HV_NO);
    assert_int_equal(HV(world, "account", "set", "operator", "--close"), HV_NO);
    world_assert_said(world, "account.admin.last");

    assert_int_equal(HV(world, "account", "token", "aava@example.fi", "--name", "script", "--json"), HV_YES);
    token = world_said_json(world);
    assert_int_equal(HV(world, "account", "tokens", "aava@example.fi"), HV_YES);
    world_assert_said(world, "script");
    assert_int_equal(HV(world, "account", "revoke", output_text(token, "id")), HV_YES);
    world_assert_said(world, "revoked");
    world_write(world, "revoked", output_text(token, "token"));
    world_path(world, "revoked", file);
    assert_int_equal(HV(world, "account", "tokens", "--token-file", file), HV_NO);
    world_assert_said(world, "request.unauthenticated");
    json_decref(token);
}

static const char PROGRAMME[] =
    "{\"code\":\"pilot\",\"title\":{\"fi\":\"Pilotti\",\"sv\":\"Pilot\",\"en\":\"Pilot\"},\"creditsTenths\":50,\"cap\":3,\"replyHours\":48,"
    "\"windows\":[{\"opensAt\":\"2024-08-12T06:00:00Z\",\"closesAt\":\"2024-09-06T13:00:00Z\"}],"
    "\"units\":[{\"ordinal\":1,\"title\":{\"fi\":\"Osa\",\"sv\":\"Del\",\"en\":\"Unit\"},\"creditsTenths\":50,"
    "\"webinars\":[{\"startsAt\":\"2024-09-19T10:00:00Z\",\"endsAt\":\"2024-09-19T12:00:00Z\"}]}],"
    "\"implementations\":[{\"code\":\"one\",\"ordinal\":1,\"title\":{\"fi\":\"Yksi\",\"sv\":\"Ett\",\"en\":\"One\"},"
    "\"organiser\":{\"fi\":\"Esimerkki\",\"sv\":\"Exempel\",\"en\":\"Example\"},\"mode\":\"MODE_ONLINE\",\"capacity\":5,\"waitingCap\":5}]"
    "}";

/* By how many weeks its window is to be shifted to be open now. */
static void weeks_since(char weeks[16])
{
    int64_t first = 0;
    assert_true(time_parse(&first, span_text("2024-08-12T06:00:00Z")));
    (void)snprintf(weeks, 16, "%d", (int)((time_now_us() - first) / (7 * TIME_DAY)));
}

static void test_import_says_first_what_it_would_do(void **state)
{
    struct world *world = *state;
    char file[64], weeks[16];
    world_path(world, "pilot.json", file);
    world_write(world, "pilot.json", PROGRAMME);
    weeks_since(weeks);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks, "--dry-run"), HV_YES);
    world_assert_said(world, "4 dates are shifted");
    world_assert_said(world, "creates    code");
    world_assert_said(world, "DISAGREES  cap");
    world_assert_said(world, "What disagrees would not stop the import.");
    json_t *none = world_ask(getenv("HV_TOKEN"), "GET", "/api/programmes", NULL);
    assert_int_equal(json_array_size(json_object_get(none, "programmes")), 0);
    json_decref(none);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks, "--json"), HV_YES);
    json_t *report = world_said_json(world);
    assert_true(json_is_true(json_object_get(json_object_get(report, "report"), "applied")));
    const char *id = output_text(json_object_get(report, "report"), "programmeId");
    char where[96];
    (void)snprintf(where, sizeof where, "/api/programmes/%s", id);
    world->programme = world_ask(getenv("HV_TOKEN"), "GET", where, NULL);
    json_decref(report);
    assert_int_equal(HV(world, "import", file, "--shift-to", "tomorrow"), HV_USAGE);
    world_write(world, "pilot.json", "{\"code\":");
    assert_int_equal(HV(world, "import", file), HV_USAGE);
    world_write(world, "pilot.json", "{\"code\":\"pilot\",\"colour\":\"red\"}");
    assert_int_equal(HV(world, "import", file), HV_NO);
    world_assert_said(world, "colour");
}

/* The cap of the programme as it is now. */
static int64_t cap_now(const struct world *world)
{
    char where[96];
    (void)snprintf(where, sizeof where, "/api/programmes/%s", output_text(world->programme, "id"));
    json_t *now = world_ask(getenv("HV_TOKEN"), "GET", where, NULL);
    const int64_t cap = json_integer_value(json_object_get(now, "cap"));
    json_decref(now);
    return cap;
}

/* hv import at a terminal, where this is typed. */
static int import_typing(struct world *world, const char *file, const char *weeks, const char *typed)
{
    char line[TEXT];
    (void)snprintf(line, sizeof line, "echo %s | script -qec '%s import %s --shift-weeks %s' /dev/null", typed, kit_program("hv"), file,
                   weeks);
    return world_run_program(world, (const char *const[]){"/bin/sh", "-c", line, NULL});
}

static void test_import_asks_before_it_changes(void **state)
{
    struct world *world = *state;
    char file[64], weeks[16], text[sizeof PROGRAMME];
    const int64_t before = cap_now(world);
    world_path(world, "pilot.json", file);
    weeks_since(weeks);
    memcpy(text, PROGRAMME, sizeof text);
    strstr(text, "\"cap\":3")[6] = '4';
    world_write(world, "pilot.json", PROGRAMME);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks), HV_YES); /* nothing changes: nothing to ask */
    world_write(world, "pilot.json", text);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks), HV_NO);
    world_assert_said(world, "--yes applies it");
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks, "--json"), HV_NO);
    assert_int_equal(import_typing(world, file, weeks, "n"), HV_NO);
    world_assert_said(world, "apply? [y/N]");
    assert_int_equal(cap_now(world), before);
    assert_int_equal(import_typing(world, file, weeks, "y"), HV_YES);
    assert_int_not_equal(cap_now(world), before);
    world_write(world, "pilot.json", PROGRAMME);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks, "--yes"), HV_YES);
    assert_int_equal(cap_now(world), before);

    /* A webinar more changes nothing that stood, and yet everybody with a place gets mail of it. */
    char more[sizeof PROGRAMME + 80];
    const char *end = strstr(PROGRAMME, "}]}],\"implementations\"");
    (void)snprintf(more, sizeof more, "%.*s},{\"startsAt\":\"2024-09-26T10:00:00Z\",\"endsAt\":\"2024-09-26T12:00:00Z\"%s",
                   (int)(end - PROGRAMME), PROGRAMME, end);
    world_write(world, "pilot.json", more);
    assert_int_equal(HV(world, "import", file, "--shift-weeks", weeks), HV_NO);
    world_assert_said(world, "would change in 1 place;");
}

/* A new person with an account and particulars. */
static void put_person(struct world *world, const char *name, char token[TEXT])
{
    assert_int_equal(HV(world, "account", "create", name, "--with-token", "--json"), HV_YES);
    json_t *made = world_said_json(world);
    (void)snprintf(token, TEXT, "%s", output_text(json_array_get(json_object_get(made, "accounts"), 0), "token"));
    json_decref(made);
    json_decref(world_ask(token, "PUT", "/api/me",
                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", "Testi Osallistuja", "email", "testi@example.fi",
                                    "language", "fi", "role", "teacher", "level", "basic", "organisationKind", "municipality",
                                    "organisation", "Esimerkkikunta", "region", "uusimaa")));
}

/* Enrols a new person; the registration. */
static json_t *enrol(struct world *world, const char *name, char token[TEXT])
{
    char where[96];
    put_person(world, name, token);
    (void)snprintf(where, sizeof where, "/api/programmes/%s/registrations", output_text(world->programme, "id"));
    const json_t *implementation = json_array_get(json_object_get(world->programme, "implementations"), 0);
    (void)snprintf(world->implementation, sizeof world->implementation, "%s", output_text(implementation, "id"));
    return world_ask(token, "POST", where, json_pack("{s:s}", "implementationId", world->implementation));
}

static void test_verify_finds_what_was_tampered_with(void **state)
{
    struct world *world = *state;
    char token[TEXT], where[96], chain[64], receipt[64];
    world_path(world, "chain.json", chain);
    world_path(world, "receipt.json", receipt);
    for (int i = 0; i < 3; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "person-%d", i);
        json_t *registration = enrol(world, name, token);
        (void)snprintf(where, sizeof where, "/api/registrations/%s/receipt", output_text(registration, "id"));
        json_decref(registration);
    }
    world->receipt = world_ask(token, "GET", where, NULL);
    assert_int_equal(json_dump_file(world->receipt, receipt, 0), 0);
    assert_int_equal(HV(world, "verify", "--implementation", world->implementation, "--save", chain), HV_YES);
    world_assert_said(world, "holds, 3 entries, 3 registrations");
    const char *key = output_text(world->receipt, "publicKey");
    assert_int_equal(HV(world, "verify", "--chain", chain, "--receipt", receipt, "--public-key", key), HV_YES);
    world_assert_said(world, "receipt: holds, order 3");
    assert_int_equal(HV(world, "verify", "--receipt", receipt), HV_YES);
    world_assert_said(world, "receipt: holds by the key that came with it, order 3");
    world_assert_said(world, "give --public-key from a source you trust");
    assert_int_equal(HV(world, "verify", "--receipt", receipt, "--json"), HV_YES);
    world_assert_said(world, "\"keyTrusted\": false");
    assert_int_equal(HV(world, "verify", "--chain", chain, "--public-key", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="), HV_NO);
    world_assert_said(world, "another key");

    json_t *bad = json_load_file(chain, 0, NULL);
    json_t *entries = json_object_get(bad, "entries");
    json_object_set(json_array_get(entries, 2), "registrationId", json_object_get(json_array_get(entries, 1), "registrationId"));
    assert_int_equal(json_dump_file(bad, chain, 0), 0);
    assert_int_equal(HV(world, "verify", "--chain", chain), HV_NO);
    world_assert_said(world, "entry 3 was changed");
    json_array_remove(entries, 2);
    assert_int_equal(json_dump_file(bad, chain, 0), 0);
    assert_int_equal(HV(world, "verify", "--chain", chain, "--json"), HV_NO);
    world_assert_said(world, "cut off");
    json_decref(bad);
}

static int64_t sum(const char *path, const char *list, const char *number)
{
    json_t *streams = world_ask(getenv("HV_TOKEN"), "GET", path, NULL), *one = NULL;
    size_t i = 0;
    int64_t all = 0;
    json_array_foreach(json_object_get(streams, list), i, one) all += output_number(one, number);
    json_decref(streams);
    return all;
}

/* Notification has applied what enrolment published. The heads are asked anew: the window's announcement may come at any moment. */
static bool has_replayed(void *arg)
{
    (void)arg;
    const int64_t seen = sum("/api/events/notification/streams", "cursors", "lastSeq");
    return seen > 0 && seen == sum("/api/events/enrolment/streams", "streams", "headSeq");
}

/* Every line of `hv events`: not before the one above it, whatever stream each is of, and no wider than people can read. The streams. */
static size_t assert_merged(const struct world *world)
{
    static const size_t TIME_AT = 16 + 1 + 8 + 2, TIME_LEN = 27, WIDEST = 260;
    const char *before = NULL;
    bool seen[10] = {false};
    size_t streams = 0;
    for (const char *line = world->said; *line; line += strcspn(line, "\n") + 1) {
        assert_true(strcspn(line, "\n") > TIME_AT + TIME_LEN && strcspn(line, "\n") <= WIDEST);
        assert_true(!before || memcmp(before, line + TIME_AT, TIME_LEN) <= 0);
        before = line + TIME_AT;
        const size_t stream = (size_t)(line[strlen("enrolment.")] - '0');
        assert_true(stream < 10);
        streams += !seen[stream];
        seen[stream] = true;
    }
    return streams;
}

static void test_events_are_merged(void **state)
{
    struct world *world = *state;
    char name[16], token[TEXT];
    /* A stream is chosen by the hash of an id: with every new person another one is likely to be among them. */
    for (int i = 0; i < 12; i++) {
        (void)snprintf(name, sizeof name, "merged-%d", i);
        put_person(world, name, token);
    }
    assert_int_equal(HV(world, "events", "enrolment"), HV_YES);
    assert_true(assert_merged(world) > 1);
    world_assert_said(world, " ...\n");
    assert_int_equal(HV(world, "events", "enrolment", "--json"), HV_YES);
    assert_null(strstr(world->said, " ...\n"));
}

static void test_events_replay_and_dead(void **state)
{
    struct world *world = *state;
    char stream[16] = "";
    assert_int_equal(HV(world, "events", "enrolment"), HV_YES);
    world_assert_said(world, "{\"registration\":{\"id\":");
    const char *seat = strstr(world->said, "enrolment.SeatTaken.v1");
    assert_non_null(seat);
    while (seat > world->said && seat[-1] != '\n')
        seat--;
    memcpy(stream, seat, strlen("enrolment.0"));
    assert_true(kit_wait_until(has_replayed, world, KIT_PATIENCE_MS));
    assert_int_equal(HV(world, "replay", "notification", "--stream", stream, "--from", "2"), HV_YES);
    world_assert_said(world, "now stands at 1");
    assert_true(kit_wait_until(has_replayed, world, KIT_PATIENCE_MS));
    assert_int_equal(HV(world, "replay", "notification", "--stream", stream, "--from", "99999"), HV_NO);
    world_assert_said(world, "event.rewind.forward");
    assert_int_equal(HV(world, "events", "gateway"), HV_NO);
    world_assert_said(world, "there are enrolment, notification and funding");
    assert_int_equal(HV(world, "events", "enrolment", "--stream", stream, "--after", "1", "--json"), HV_YES);
    world_assert_said(world, "\"payload\"");
    assert_null(strstr(world->said, "\"seq\":\"1\""));
    assert_int_equal(HV(world, "events", "enrolment", "--stream", "enrolment.99"), HV_NO);
    assert_int_equal(HV(world, "dead", "notification"), HV_YES);
    world_assert_said(world, "0 events of notification are put aside");
    assert_int_equal(HV(world, "dead", "notification", "--retry", "enrolment.0:9999"), HV_NO);
}

static bool is_failing(void *arg)
{
    return HV((struct world *)arg, "health") == HV_NO;
}

/* Last: a service is stopped. A report that something fails is an answer, and comes without waiting for better times. */
static void test_health_in_an_outage(void **state)
{
    struct world *world = *state;
    (void)kit_kill(world->daemons[0], 15);
    world->daemons[0] = 0;
    assert_true(kit_wait_until(is_failing, world, KIT_PATIENCE_MS));
    world_assert_said(world, "enrolment");
    const int64_t began_us = time_steady_us();
    assert_int_equal(HV(world, "health"), HV_NO);
    assert_true(time_steady_us() - began_us < 20 * TIME_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help_and_mistakes),
        cmocka_unit_test(test_migrate_makes_everything_once),
        cmocka_unit_test(test_health_says_who_answers),
        cmocka_unit_test(test_accounts),
        cmocka_unit_test(test_import_says_first_what_it_would_do),
        cmocka_unit_test(test_import_asks_before_it_changes),
        cmocka_unit_test(test_verify_finds_what_was_tampered_with),
        cmocka_unit_test(test_events_are_merged),
        cmocka_unit_test(test_events_replay_and_dead),
        cmocka_unit_test(test_health_in_an_outage),
    };
    return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
