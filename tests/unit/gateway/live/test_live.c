/* The pure parts of what moves: the feed of seats, and the texts of /health and /metrics. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "services/gateway/live/feed.h"
#include "services/gateway/live/survey.h"

static const struct uuid PROGRAMME = {{1}}, ONE = {{2}}, TWO = {{3}};

static void change(struct feed *feed, uint64_t seq, struct uuid implementation, uint32_t taken)
{
    Enrolment__Seats seats = ENROLMENT__SEATS__INIT;
    seats.implementation_id = (ProtobufCBinaryData){16, implementation.b};
    seats.capacity = 20;
    seats.taken = taken;
    seats.programme_taken = taken + 100;
    seats.programme_cap = 280;
    feed_change(feed, "enrolment.2", seq, &seats);
}

static const char *newest(const struct feed *feed)
{
    static char text[1024];
    const struct feed_text *t = feed->ring[(feed->head - 1) % FEED_RING].text;
    assert_true(t->len < sizeof text);
    memcpy(text, t->data, t->len);
    text[t->len] = 0;
    return text;
}

static void test_feed_gathers(void **state)
{
    struct feed feed;
    (void)state;
    feed_init(&feed, PROGRAMME);
    assert_false(feed_tick(&feed));
    change(&feed, 10, ONE, 1);
    change(&feed, 12, TWO, 7);
    change(&feed, 13, ONE, 2);
    assert_true(feed_tick(&feed));
    assert_string_equal(newest(&feed),
                        "id: enrolment.2:13\nevent: seats\ndata: {\"programmeId\":\"01000000-0000-0000-0000-000000000000\",\"taken\":102,"
                        "\"cap\":280,\"held\":0,\"reserved\":0,\"implementations\":[{\"id\":\"02000000-0000-0000-0000-000000000000\","
                        "\"capacity\":20,\"taken\":2,"
                        "\"waiting\":0,\"held\":0,\"reserved\":0},{\"id\":\"03000000-0000-0000-0000-000000000000\",\"capacity\":20,"
                        "\"taken\":7,\"waiting\":0,\"held\":0,\"reserved\":0}]}\n\n");
    assert_false(feed_tick(&feed));
    feed_fini(&feed);
}

static void test_feed_resumes(void **state)
{
    struct feed feed;
    uint64_t next = 0;
    (void)state;
    feed_init(&feed, PROGRAMME);
    assert_false(feed_resume(&feed, "enrolment.2:9", &next));
    for (uint64_t seq = 10; seq <= 30; seq += 10) {
        change(&feed, seq, ONE, (uint32_t)seq);
        feed_tick(&feed);
    }
    assert_true(feed_resume(&feed, "enrolment.2:30", &next));
    assert_int_equal(next, feed.head);
    assert_true(feed_resume(&feed, "enrolment.2:20", &next));
    assert_int_equal(next, feed.head - 1);
    assert_true(feed_resume(&feed, "enrolment.2:9", &next)); /* right before the first event: all of the ring */
    assert_int_equal(next, 0);
    static const char *const BAD[] = {
        NULL, "", "enrolment.2:8", "enrolment.2:31", "enrolment.1:20", "enrolment.2:", "enrolment.2:x", "enrolment.2:20x"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_false(feed_resume(&feed, BAD[i], &next));
    feed_fini(&feed);
}

static void test_feed_ring_turns(void **state)
{
    struct feed feed;
    uint64_t next;
    (void)state;
    feed_init(&feed, PROGRAMME);
    for (uint64_t seq = 1; seq <= FEED_RING + 5; seq++) {
        change(&feed, seq, ONE, 1);
        feed_tick(&feed);
    }
    assert_int_equal(feed.head - feed.tail, FEED_RING);
    assert_false(feed_resume(&feed, "enrolment.2:4", &next)); /* gone with the ring */
    assert_true(feed_resume(&feed, "enrolment.2:5", &next));
    assert_int_equal(next, feed.tail);
    feed_fini(&feed);
}

static void test_feed_lost(void **state)
{
    struct feed feed;
    uint64_t next;
    (void)state;
    feed_init(&feed, PROGRAMME);
    change(&feed, 1, ONE, 1);
    feed_tick(&feed);
    uint64_t viewer = feed.head;
    feed_lost(&feed, 50);
    assert_true(viewer < feed.tail); /* whoever stood here must have a new picture */
    assert_false(feed_resume(&feed, "enrolment.2:1", &next));
    assert_true(feed_resume(&feed, "enrolment.2:50", &next));
    feed_fini(&feed);
}

/* More implementations than one message tells of: everybody gets a picture instead. */
static void test_feed_overflows(void **state)
{
    struct feed feed;
    (void)state;
    feed_init(&feed, PROGRAMME);
    uint64_t viewer = feed.head;
    for (uint32_t i = 0; i <= FEED_IMPLEMENTATIONS; i++)
        change(&feed, i + 1, (struct uuid){{9, (uint8_t)i}}, i);
    assert_true(feed_tick(&feed));
    assert_true(viewer < feed.tail);
    feed_fini(&feed);
}

static void test_health(void **state)
{
    static const struct survey_member MEMBERS[] = {{"enrolment", "a"}, {"enrolment", "b"}, {"notification", "c"}};
    Bus__HealthReport one = BUS__HEALTH_REPORT__INIT, two = BUS__HEALTH_REPORT__INIT, *reports[] = {&one, &two};
    Bus__HealthCheck good = BUS__HEALTH_CHECK__INIT, bad = BUS__HEALTH_CHECK__INIT, *checks_one[] = {&good}, *checks_two[] = {&bad};
    struct buf out = {0};
    (void)state;
    one.service = two.service = (char *)(uintptr_t) "enrolment";
    one.instance = (char *)(uintptr_t) "0";
    two.instance = (char *)(uintptr_t) "1";
    good.component = bad.component = (char *)(uintptr_t) "queue";
    good.measure = bad.measure = (char *)(uintptr_t) "depth";
    bad.status = BUS__HEALTH_CHECK__STATUS__WARN;
    bad.output = (char *)(uintptr_t) "add a \"replica\"";
    one.n_checks = two.n_checks = 1;
    one.checks = checks_one;
    two.checks = checks_two;
    struct survey_result result = {reports, 2, MEMBERS, 2};
    assert_int_equal(health_write(&out, &result, 1), 200);
    buf_u8(&out, 0);
    assert_non_null(strstr((char *)out.data, "\"enrolment/queue:depth\":[{\"componentId\":\"0\",\"observedValue\":0,\"status\":\"pass\""));
    assert_non_null(strstr((char *)out.data, "},{\"componentId\":\"1\",\"observedValue\":0,\"status\":\"warn\""));
    assert_non_null(strstr((char *)out.data, "\"output\":\"add a \\\"replica\\\"\"}]},\"status\":\"warn\"}"));
    buf_clear(&out);
    result.member_count = 3; /* notification did not answer */
    assert_int_equal(health_write(&out, &result, 1), 503);
    buf_u8(&out, 0);
    assert_non_null(
        strstr((char *)out.data, "\"notification:answers\":[{\"observedValue\":0,\"observedUnit\":\"replicas\",\"status\":\"fail\""));
    buf_fini(&out);
}

static void test_metrics(void **state)
{
    Bus__HealthReport one = BUS__HEALTH_REPORT__INIT, two = BUS__HEALTH_REPORT__INIT, *reports[] = {&one, &two};
    Bus__Metric jobs = BUS__METRIC__INIT, seconds = BUS__METRIC__INIT, *both[] = {&seconds, &jobs};
    double bounds[] = {0.5, 1};
    uint64_t counts[] = {2, 0, 1};
    struct buf out = {0};
    (void)state;
    one.service = (char *)(uintptr_t) "a";
    two.service = (char *)(uintptr_t) "b";
    one.instance = two.instance = (char *)(uintptr_t) "0";
    jobs.name = (char *)(uintptr_t) "jobs_total";
    jobs.help = (char *)(uintptr_t) "Jobs\\done\n";
    jobs.labels = (char *)(uintptr_t) "kind=\"x\"";
    jobs.value = 3;
    seconds.name = (char *)(uintptr_t) "wait_seconds";
    seconds.kind = BUS__METRIC__KIND__HISTOGRAM;
    seconds.n_bounds = 2;
    seconds.bounds = bounds;
    seconds.n_counts = 3;
    seconds.counts = counts;
    seconds.sum = 2.5;
    one.n_metrics = two.n_metrics = 2;
    one.metrics = two.metrics = both;
    const struct survey_result result = {reports, 2, NULL, 0};
    metrics_write(&out, &result);
    buf_u8(&out, 0);
    assert_non_null(strstr((char *)out.data,
                           "# HELP jobs_total Jobs\\\\done\\n\n# TYPE jobs_total counter\n"
                           "jobs_total{service=\"a\",instance=\"0\",kind=\"x\"} 3\njobs_total{service=\"b\",instance=\"0\",kind=\"x\"} 3\n"
                           "# HELP wait_seconds "));
    assert_non_null(strstr((char *)out.data,
                           "wait_seconds_bucket{service=\"a\",instance=\"0\",le=\"0.5\"} 2\n"
                           "wait_seconds_bucket{service=\"a\",instance=\"0\",le=\"1\"} 2\n"
                           "wait_seconds_bucket{service=\"a\",instance=\"0\",le=\"+Inf\"} 3\n"
                           "wait_seconds_sum{service=\"a\",instance=\"0\"} 2.5\nwait_seconds_count{service=\"a\",instance=\"0\"} 3\n"));
    buf_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feed_gathers),    /* many changes, one message with the newest numbers */
        cmocka_unit_test(test_feed_resumes),    /* Last-Event-ID: where to go on, and when not to */
        cmocka_unit_test(test_feed_ring_turns), /* what left the ring cannot be resumed from */
        cmocka_unit_test(test_feed_lost),       /* a loss puts everybody behind the ring */
        cmocka_unit_test(test_feed_overflows),  /* too much for one message */
        cmocka_unit_test(test_health),          /* replicas side by side, the missing named, the status of the worst */
        cmocka_unit_test(test_metrics),         /* samples of a name together; histograms cumulative */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
