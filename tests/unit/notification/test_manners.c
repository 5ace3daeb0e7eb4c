/* Manners for many threads: the same words as a sender's own, from several threads at once. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/outbound/manners.h"

#define THREADS 4
#define ROUNDS  500

static struct manners *manners;

static int open_manners(void **state)
{
    (void)state;
    return manners_open(&manners) == ERR_OK ? 0 : -1;
}

static int close_manners(void **state)
{
    (void)state;
    manners_close(manners);
    return 0;
}

static void test_same_words(void **state)
{
    const struct manner *fi = &manners_of(manners)[LANGUAGE_FI], *en = &manners_of(manners)[LANGUAGE_EN];
    char out[FORMAT_TEXT];
    int64_t us;

    (void)state;
    assert_true(time_parse(&us, span_text("2024-09-19T06:00:00Z")));
    assert_string_equal(fi->moment(fi->own, us, STYLE_USUAL, out, sizeof out), "torstai 19.9.2024 klo 9.00");
    assert_string_equal(en->moment(en->own, us, STYLE_USUAL, out, sizeof out), "Thursday 19 September 2024 at 9:00");
    assert_string_equal(fi->number(fi->own, 25, true, out, sizeof out), "2,5");
    assert_string_equal(en->money(en->own, 123450, out, sizeof out), "€1,234.50");
}

struct worker {
    pthread_t thread;
    enum language language;
    int64_t us;
    const char *expected;
    int wrong;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    const struct manner *m = &manners_of(manners)[w->language];
    char out[FORMAT_TEXT];

    for (int i = 0; i < ROUNDS; i++)
        w->wrong += strcmp(m->moment(m->own, w->us, STYLE_USUAL, out, sizeof out), w->expected) != 0;
    return NULL;
}

static void test_many_threads(void **state)
{
    struct worker workers[THREADS] = {
        {.language = LANGUAGE_FI, .us = 1726725600LL * TIME_SECOND, .expected = "torstai 19.9.2024 klo 9.00"},
        {.language = LANGUAGE_FI, .us = 1738216800LL * TIME_SECOND, .expected = "torstai 30.1.2025 klo 8.00"},
        {.language = LANGUAGE_SV, .us = 1726725600LL * TIME_SECOND, .expected = "torsdag 19.9.2024 kl. 9.00"},
        {.language = LANGUAGE_EN, .us = 1738216800LL * TIME_SECOND, .expected = "Thursday 30 January 2025 at 8:00"}};

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].wrong, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_words),   /* days, numbers and money by language */
        cmocka_unit_test(test_many_threads), /* at once, in several languages, each its own */
    };
    return cmocka_run_group_tests(tests, open_manners, close_manners);
}
