/* Health over real NNG: a surveyor asks responders in the same loop; who is away is missing, who has another key is not heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/time.h"
#include "common/run/health.h"
#include "tests/support/kit.h"

struct survey {
    bool done;
    size_t count, checks, metrics;
    char output[128];
    double value;
};

static void surveyed(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct survey *s = owner;

    s->done = true;
    s->count = count;
    for (size_t i = 0; i < count; i++) {
        s->checks += reports[i]->n_checks;
        s->metrics += reports[i]->n_metrics;
        if (reports[i]->n_checks > 0)
            (void)snprintf(s->output, sizeof s->output, "%s %s", reports[i]->service, reports[i]->checks[0]->output);
        for (size_t m = 0; m < reports[i]->n_metrics; m++) {
            if (strcmp(reports[i]->metrics[m]->name, "test_things_total") == 0)
                s->value = reports[i]->metrics[m]->value;
        }
    }
}

static struct survey ask(uv_loop_t *loop, struct health_surveyor *surveyor, bool with_metrics, int wait_ms)
{
    struct survey s = {.done = false};

    assert_int_equal(health_survey(surveyor, with_metrics, wait_ms, surveyed, &s), ERR_OK);
    assert_int_equal(health_survey(surveyor, with_metrics, wait_ms, surveyed, &s), ERR_BUSY);
    while (!s.done)
        (void)uv_run(loop, UV_RUN_ONCE);
    return s;
}

static void checks(void *owner, struct health *health)
{
    const int *number = owner;

    for (int i = 0; i < *number; i++)
        health_add(health, "thing", "number", BUS__HEALTH_CHECK__STATUS__WARN, i, "things", "mend the thing");
}

static char *port_url(void)
{
    static char urls[4][48];
    static int next;
    char *url = urls[next++ % 4];

    (void)snprintf(url, sizeof urls[0], "tcp://127.0.0.1:%d", kit_port());
    return url;
}

static struct seal *seal_of(uint8_t byte)
{
    uint8_t key[32] = {byte};
    struct seal *seal;

    assert_int_equal(seal_new(&seal, span_of(key, sizeof key)), ERR_OK);
    return seal;
}

static struct health_responder *respond(uv_loop_t *loop, const char *url, const struct seal *seal, struct metrics *metrics, int *number)
{
    struct health_responder_config config = {.service = "thing",
                                             .instance = "0",
                                             .version = "1",
                                             .url = url,
                                             .seal = seal,
                                             .log = kit_log(),
                                             .metrics = metrics,
                                             .checks = checks,
                                             .owner = number};
    struct health_responder *responder;

    assert_int_equal(health_responder_open(&responder, loop, &config), ERR_OK);
    return responder;
}

/* NNG's dialers connect in the background. */
static struct survey ask_until(uv_loop_t *loop, struct health_surveyor *surveyor, size_t count)
{
    struct survey s = {.done = false};

    for (int i = 0; i < 200; i++) {
        s = ask(loop, surveyor, true, 100);
        if (s.count == count)
            return s;
    }
    fail_msg("%zu reports came, not %zu", s.count, count);
    return s;
}

static void test_all(void **state)
{
    uv_loop_t loop;
    struct seal *seal = seal_of(1), *other = seal_of(2);
    struct metrics *metrics = metrics_new();
    const char *urls[] = {port_url(), port_url(), port_url()};
    int one = 1, many = 40;
    struct health_surveyor *surveyor;

    (void)state;
    metric_add(metric_counter(metrics, "test_things_total", "", "Things."), 17);
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(health_surveyor_open(&surveyor, &loop, urls, 3, seal, kit_log()), ERR_OK);
    struct survey s = ask(&loop, surveyor, false, 50);
    assert_int_equal(s.count, 0); /* nobody is there: the survey ends by its own time */

    struct health_responder *first = respond(&loop, urls[0], seal, metrics, &one);
    s = ask_until(&loop, surveyor, 1);
    assert_int_equal(s.checks, 1);
    assert_string_equal(s.output, "thing mend the thing");
    assert_true(s.metrics >= 1);
    assert_float_equal(s.value, 17, 0);

    struct health_responder *second = respond(&loop, urls[1], seal, metrics, &many);
    struct health_responder *stranger = respond(&loop, urls[2], other, metrics, &one);
    s = ask_until(&loop, surveyor, 2);
    assert_int_equal(s.checks, 41);
    for (int i = 0; i < 4; i++) {              /* again and again: nothing is left over from the survey before */
        s = ask(&loop, surveyor, false, 1000); /* as long as the stranger is waited for */
        assert_int_equal(s.count, 2);
        assert_int_equal(s.metrics, 0);
    }
    health_responder_close(first);
    health_responder_close(second);
    health_responder_close(stranger);
    health_surveyor_close(surveyor);
    (void)uv_run(&loop, UV_RUN_DEFAULT); /* nothing keeps it busy: every handle is closed */
    assert_int_equal(uv_loop_close(&loop), 0);
    metrics_free(metrics);
    seal_free(seal);
    seal_free(other);
}

static void test_quick(void **state)
{
    uv_loop_t loop;
    struct seal *seal = seal_of(1);
    struct metrics *metrics = metrics_new();
    const char *urls[] = {port_url()};
    int none = 0;
    struct health_surveyor *surveyor;

    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    struct health_responder *responder = respond(&loop, urls[0], seal, metrics, &none);
    assert_int_equal(health_surveyor_open(&surveyor, &loop, urls, 1, seal, kit_log()), ERR_OK);
    (void)ask_until(&loop, surveyor, 1);
    int64_t began_us = time_steady_us();
    for (int i = 0; i < 20; i++)
        assert_int_equal(ask(&loop, surveyor, true, 5000).count, 1);
    assert_true(time_steady_us() - began_us < 50 * TIME_SECOND); /* ends when all have answered, not when the time is over */
    health_responder_close(responder);
    health_surveyor_close(surveyor);
    (void)uv_run(&loop, UV_RUN_DEFAULT); /* nothing keeps it busy: every handle is closed */
    assert_int_equal(uv_loop_close(&loop), 0);
    metrics_free(metrics);
    seal_free(seal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"those who are there answer, with checks and metrics; strangers are not heard", test_all, NULL, NULL, NULL},
        {"a survey ends with the last answer", test_quick, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("health", tests, NULL, NULL);
}
