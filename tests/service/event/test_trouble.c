/* What an operator meets: events that cannot be applied, publishers whose history changed or is gone. The line goes on where it may,
 * stops where it must, says so in health, and starts again when told to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "common/base/time.h"
#include "tests/service/event/world.h"

#define PASS BUS__HEALTH_CHECK__STATUS__PASS
#define WARN BUS__HEALTH_CHECK__STATUS__WARN
#define FAIL BUS__HEALTH_CHECK__STATUS__FAIL

static int64_t so_far; /* events applied in this program's world */

struct expected_health {
    struct world *world;
    const char *component;
    int status;
    char output[512];
};

static bool is_so(void *arg)
{
    struct expected_health *e = arg;

    return probe_health(e->world, e->component, e->output) == e->status;
}

static struct expected_health expect_health(struct world *w, const char *component, int status)
{
    struct expected_health e = {w, component, status, ""};

    if (!kit_wait_until(is_so, &e, KIT_PATIENCE_MS))
        fail_msg("the check %s never came to %d: %s", component, status, e.output);
    return e;
}

static bool is_parked(void *arg)
{
    struct world *w = arg;

    return kit_sql_int(w->pg, "select count(*) from probe.event_dead") == 1;
}

/* The one dead letter there is. */
static Bus__DeadEvent *dead_letter(struct world *w, struct arena *arena)
{
    Bus__ListDeadRequest request = BUS__LIST_DEAD_REQUEST__INIT;
    Bus__DeadList *list;

    assert_true(kit_wait_until(is_parked, w, KIT_PATIENCE_MS));
    assert_int_equal(ask(w, w->probe_client, "bus.ListDead", &request.base, &bus__dead_list__descriptor, arena, &list), ERR_OK);
    assert_int_equal(list->n_events, 1);
    request.page_token = list->next_page_token;
    Bus__DeadEvent *dead = list->events[0];
    assert_int_equal(ask(w, w->probe_client, "bus.ListDead", &request.base, &bus__dead_list__descriptor, arena, &list), ERR_OK);
    assert_int_equal(list->n_events, 0);
    return dead;
}

static Bus__RetryDeadReply *retry(struct world *w, const Bus__DeadEvent *dead, struct arena *arena)
{
    Bus__RetryDeadRequest request = BUS__RETRY_DEAD_REQUEST__INIT;
    Bus__RetryDeadReply *reply;

    request.stream = dead->stream;
    request.seq = dead->seq;
    assert_int_equal(ask(w, w->probe_client, "bus.RetryDead", &request.base, &bus__retry_dead_reply__descriptor, arena, &reply), ERR_OK);
    return reply;
}

static void rewind_to(struct world *w, const char *stream, uint64_t after, uint64_t was)
{
    struct arena *arena = arena_new(4096);
    Bus__RewindRequest request = BUS__REWIND_REQUEST__INIT;
    Bus__RewindReply *reply;

    request.stream = (char *)(uintptr_t)stream;
    request.after_seq = after;
    assert_int_equal(ask(w, w->probe_client, "bus.Rewind", &request.base, &bus__rewind_reply__descriptor, arena, &reply), ERR_OK);
    assert_int_equal(reply->was, was);
    assert_int_equal(reply->now, after);
    arena_free(arena);
}

static void forget_dead(struct world *w)
{
    (void)kit_sql(w->pg, "delete from probe.event_dead");
    (void)probe_stop(w, SIGTERM);
    probe_start(w);
}

/* --- events that cannot be applied ---------------------------------------------------------------------------------- */

static void test_poison(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);

    make(w, "plain", 20);
    make(w, "poison", 1);
    make(w, "plain", 20);
    so_far += 40;
    expect_applied(w, so_far); /* the line goes on */
    Bus__DeadEvent *dead = dead_letter(w, arena);
    assert_string_equal(dead->error, "probe.poison: This one is poison");
    assert_string_equal(dead->event->type, "origin.Made.v1");
    assert_int_equal(dead->tries, 1);
    char component[64];
    (void)snprintf(component, sizeof component, "events:%s", dead->stream);
    struct expected_health e = expect_health(w, component, WARN);
    assert_non_null(strstr(e.output, "hv dead"));

    Bus__RetryDeadReply *reply = retry(w, dead, arena);
    assert_false(reply->applied);
    assert_string_equal(reply->error, "probe.poison: This one is poison");
    assert_int_equal(dead_letter(w, arena)->tries, 2);

    (void)kit_sql(w->pg, "insert into probe.cure default values");
    reply = retry(w, dead, arena);
    assert_true(reply->applied);
    so_far += 1;
    assert_int_equal(applied(w), so_far);
    assert_int_equal(kit_sql_int(w->pg, "select count(*) from probe.event_dead"), 0);
    assert_int_equal(kit_sql_int(w->pg, "select count(*) from probe.effect where name = 'poison'"), 1);
    (void)expect_health(w, component, PASS);
    (void)kit_sql(w->pg, "delete from probe.effect; delete from probe.cure"); /* a letter comes later than its place in the order */
    so_far = 0;
    arena_free(arena);
}

static void test_refused_by_database(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);

    make(w, "explode", 1);
    make(w, "plain", 6);
    so_far += 6;
    expect_applied(w, so_far);
    Bus__DeadEvent *dead = dead_letter(w, arena);
    assert_non_null(strstr(dead->error, "effect_name_check"));
    assert_non_null(strstr(dead->error, "23514"));
    forget_dead(w);
    arena_free(arena);
}

static void test_unknown_type(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);

    make(w, "strange", 1);
    make(w, "plain", 6);
    so_far += 6;
    expect_applied(w, so_far);
    Bus__DeadEvent *dead = dead_letter(w, arena);
    assert_string_equal(dead->event->type, "origin.Strange.v1");
    assert_string_equal(dead->error, "event.unknown-type: This service does not know the type of the event; upgrade it, then retry");
    forget_dead(w);
    arena_free(arena);
}

static void test_no_operator(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);
    Bus__RetryDeadRequest request = BUS__RETRY_DEAD_REQUEST__INIT;
    static char stream[] = "origin.0";

    request.stream = stream;
    request.seq = 999999;
    assert_int_equal(ask(w, w->probe_client, "bus.RetryDead", &request.base, NULL, arena, NULL), ERR_NOT_FOUND);
    arena_free(arena);
}

static uint64_t cursor_of(struct world *w, const char *stream)
{
    return (uint64_t)kit_sql_int(w->pg, "select last_seq from probe.event_cursor where source_stream = '%s'", stream);
}

static void test_moved_by_hand(void **state)
{
    struct world *w = *state;

    make(w, "plain", 10);
    so_far += 10;
    expect_applied(w, so_far);
    uint64_t was = cursor_of(w, "origin.0");
    (void)kit_sql(w->pg,
                  "delete from probe.effect where stream = 'origin.0' and seq > %llu;"
                  "update probe.event_cursor set last_seq = %llu, last_event_id = null where source_stream = 'origin.0'",
                  (unsigned long long)was - 3, (unsigned long long)was - 3);
    make(w, "plain", 10); /* the guard refuses the next event; the position is read again, and what is missing fetched */
    so_far += 10;
    expect_applied(w, so_far);
}

/* --- histories that differ ------------------------------------------------------------------------------------------ */

struct expected_cursor {
    struct world *world;
    const char *stream;
    uint64_t seq;
};

static bool is_there(void *arg)
{
    const struct expected_cursor *e = arg;

    return cursor_of(e->world, e->stream) == e->seq;
}

static void expect_cursor(struct world *w, const char *stream, uint64_t seq)
{
    struct expected_cursor e = {w, stream, seq};

    if (!kit_wait_until(is_there, &e, KIT_PATIENCE_MS))
        fail_msg("%s never came to %llu", stream, (unsigned long long)seq);
}

static bool is_stopped(struct world *w, const char *stream)
{
    struct arena *arena = arena_new(4096);
    Bus__ListStreamsRequest request = BUS__LIST_STREAMS_REQUEST__INIT;
    Bus__StreamList *list;
    bool stopped = false;

    assert_int_equal(ask(w, w->probe_client, "bus.ListStreams", &request.base, &bus__stream_list__descriptor, arena, &list), ERR_OK);
    assert_int_equal(list->n_cursors, 2);
    for (size_t i = 0; i < list->n_cursors; i++)
        stopped = stopped || (list->cursors[i]->stopped && strcmp(list->cursors[i]->source_stream, stream) == 0);
    arena_free(arena);
    return stopped;
}

static void test_epoch(void **state)
{
    struct world *w = *state;

    (void)expect_health(w, "events:origin.0", PASS);
    uint64_t was = cursor_of(w, "origin.0");
    (void)kit_sql(w->pg, "update origin.event_stream set epoch = gen_random_uuid() where stream = 'origin.0'");
    struct expected_health e = expect_health(w, "events:origin.0", FAIL);
    assert_non_null(strstr(e.output, "stopped"));
    assert_true(is_stopped(w, "origin.0"));
    assert_false(is_stopped(w, "origin.1")); /* the others go on */
    make_silently(w, "origin.0");
    make_silently(w, "origin.1");
    expect_applied(w, ++so_far);
    kit_sleep_ms(300);
    assert_int_equal(cursor_of(w, "origin.0"), was);

    rewind_to(w, "origin.0", was, was); /* the operator accepts the new history from here */
    expect_applied(w, ++so_far);
    (void)expect_health(w, "events:origin.0", PASS);
    assert_false(is_stopped(w, "origin.0"));
}

static void test_head_went_back(void **state)
{
    struct world *w = *state;
    uint64_t was = cursor_of(w, "origin.1");

    (void)kit_sql(w->pg,
                  "delete from origin.event_log where stream = 'origin.1' and seq = %lld;"
                  "update origin.event_stream set head_seq = head_seq - 1 where stream = 'origin.1'",
                  (long long)was);
    (void)expect_health(w, "events:origin.1", FAIL); /* confirmed by a Fetch, not believed of one heartbeat */
    make_silently(w, "origin.1");                    /* the number is used again, for another event */
    rewind_to(w, "origin.1", was - 1, was);
    expect_cursor(w, "origin.1", was);
    (void)expect_health(w, "events:origin.1", PASS);
    assert_int_equal(kit_sql_int(w->pg, "select count(*) from probe.effect where stream = 'origin.1' and seq = %lld", (long long)was), 2);
    (void)kit_sql(w->pg, "delete from probe.effect");
    so_far = 0;
}

static void test_same_number_other_event(void **state)
{
    struct world *w = *state;

    (void)probe_stop(w, SIGTERM);
    (void)kit_sql(w->pg, "update origin.event_log l set event_id = gen_random_uuid() from origin.event_stream s"
                         " where l.stream = s.stream and l.seq = s.head_seq and s.stream = 'origin.0'");
    probe_start(w);
    (void)expect_health(w, "events:origin.0", FAIL); /* the log-matching check, although epoch and head are as they were */
    rewind_to(w, "origin.0", cursor_of(w, "origin.0"), cursor_of(w, "origin.0"));
    (void)expect_health(w, "events:origin.0", PASS);
}

static void test_truncated(void **state)
{
    struct world *w = *state;

    (void)probe_stop(w, SIGTERM);
    uint64_t was = cursor_of(w, "origin.0");
    make(w, "plain", 10);
    make_silently(w, "origin.0");
    uint64_t head = (uint64_t)kit_sql_int(w->pg, "select head_seq from origin.event_stream where stream = 'origin.0'");
    (void)kit_sql(w->pg,
                  "delete from origin.event_log where stream = 'origin.0' and seq < %llu;"
                  "update origin.event_stream set low_seq = head_seq where stream = 'origin.0'",
                  (unsigned long long)head);
    probe_start(w);
    struct expected_health e = expect_health(w, "events:origin.0", FAIL);
    assert_non_null(strstr(e.output, "truncated"));
    assert_int_equal(cursor_of(w, "origin.0"), was);
    rewind_to(w, "origin.0", head - 1, was); /* past what is gone: the view was rebuilt by other means */
    expect_cursor(w, "origin.0", head);
    (void)expect_health(w, "events:origin.0", PASS);
}

/* Forward would skip events, or stop the stream beyond its head. */
static void test_forward(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);
    const uint64_t was = cursor_of(w, "origin.1");
    const uint64_t ahead[] = {was + 1, 99999};

    for (size_t i = 0; i < 2; i++) {
        Bus__RewindRequest request = BUS__REWIND_REQUEST__INIT;
        Bus__RewindReply *reply;
        request.stream = (char *)(uintptr_t) "origin.1";
        request.after_seq = ahead[i];
        assert_int_equal(ask(w, w->probe_client, "bus.Rewind", &request.base, &bus__rewind_reply__descriptor, arena, &reply), ERR_REFUSED);
        assert_int_equal(cursor_of(w, "origin.1"), was);
    }
    arena_free(arena);
    (void)expect_health(w, "events:origin.1", PASS);
}

static void test_replay(void **state)
{
    struct world *w = *state;
    uint64_t was = cursor_of(w, "origin.1");

    (void)kit_sql(w->pg, "delete from probe.effect where stream = 'origin.1'");
    rewind_to(w, "origin.1", 0, was);
    int64_t whole = kit_sql_int(
        w->pg, "select count(*) from origin.event_log where stream = 'origin.1' and encode(payload, 'escape') like '%%plain%%'");
    int64_t others = kit_sql_int(w->pg, "select count(*) from probe.effect where stream = 'origin.0'");
    expect_applied(w, whole + others);
    expect_cursor(w, "origin.1", was);
}

static void place_at(struct world *w, uint64_t seq)
{
    (void)kit_sql(w->pg,
                  "update origin.event_stream set head_seq = %llu where stream = 'origin.0';"
                  "update probe.event_cursor set last_seq = %llu, last_event_id = null where source_stream = 'origin.0'",
                  (unsigned long long)seq, (unsigned long long)seq);
}

/* The log goes on into its next partition, also when half a million numbers were given since a partition was last made ahead. */
static void test_partition_boundary(void **state)
{
    struct world *w = *state;

    (void)probe_stop(w, SIGTERM);
    (void)kit_kill(w->origin, SIGTERM);
    place_at(w, 1499990);
    origin_start(w);
    make(w, "plain", 2); /* it is up, and has looked at its partitions */
    kit_sleep_ms(500);
    place_at(w, 1999990);
    (void)kit_sql(w->pg, "delete from probe.effect");
    probe_start(w);
    so_far = kit_sql_int(w->pg, "select head_seq - (select last_seq from probe.event_cursor where source_stream = 'origin.1')"
                                " from origin.event_stream where stream = 'origin.1'");
    make(w, "plain", 40);
    so_far += 40;
    expect_applied(w, so_far);
    assert_true(kit_sql_int(w->pg, "select count(*) from origin.event_log where stream = 'origin.0' and seq >= 2000000") > 0);
}

static int64_t transactions(struct world *w)
{
    return kit_sql_int(w->pg, "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
}

/* Numbers that are missing in the publisher's log: nothing after them can be applied, and asking again without a pause helps nobody. */
static void test_hole(void **state)
{
    struct world *w = *state;

    (void)probe_stop(w, SIGTERM);
    for (int i = 0; i < 3; i++)
        make_silently(w, "origin.1");
    (void)kit_sql(w->pg, "delete from origin.event_log l using origin.event_stream s where s.stream = 'origin.1' and l.stream = s.stream"
                         " and l.seq = s.head_seq - 1");
    probe_start(w);
    expect_applied(w, ++so_far);
    kit_sleep_ms(1500);
    const int64_t before = transactions(w);
    kit_sleep_ms(2500);
    assert_true(transactions(w) - before < 200);
    assert_int_equal(applied(w), so_far);
}

static int setup(void **state)
{
    struct world *w = world_new();

    probe_start(w);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    world_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"an event its handler refuses is parked, the line goes on, a retry applies it", test_poison, NULL, NULL, NULL},
        {"an event the database refuses is parked with the database's words", test_refused_by_database, NULL, NULL, NULL},
        {"an event of an unknown type is parked with a clear error", test_unknown_type, NULL, NULL, NULL},
        {"a letter that does not exist cannot be retried", test_no_operator, NULL, NULL, NULL},
        {"a cursor that was moved by hand is noticed at the next event", test_moved_by_hand, NULL, NULL, NULL},
        {"another epoch stops the stream, health says so, a rewind accepts it", test_epoch, NULL, NULL, NULL},
        {"a head that went back stops the stream", test_head_went_back, NULL, NULL, NULL},
        {"another event at the same number stops the stream", test_same_number_other_event, NULL, NULL, NULL},
        {"a truncated log stops the stream; a rewind past the gap goes on", test_truncated, NULL, NULL, NULL},
        {"a rewind of a running stream goes back only", test_forward, NULL, NULL, NULL},
        {"a rewind to the beginning replays the stream", test_replay, NULL, NULL, NULL},
        {"the log goes on over the end of a partition, however fast it came there", test_partition_boundary, NULL, NULL, NULL},
        {"a hole in the publisher's log is asked for with pauses", test_hole, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("events in trouble", tests, setup, teardown);
}
