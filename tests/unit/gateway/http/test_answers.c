/* What answers are made of: languages, problem documents, JSON text, traces, listen addresses. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <netinet/in.h>
#include <string.h>

#include "services/gateway/http/answer.h"
#include "services/gateway/http/json.h"
#include "services/gateway/http/listen.h"
#include "services/gateway/http/pool.h"

#define TRACE "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

static void test_language(void **state)
{
    static const struct {
        const char *header;
        enum language language;
    } CASES[] = {
        {NULL, LANGUAGE_FI},
        {"", LANGUAGE_FI},
        {"sv", LANGUAGE_SV},
        {"en-GB,en;q=0.9", LANGUAGE_EN},
        {"de, sv-FI;q=0.3", LANGUAGE_SV},
        {"fi;q=0.1, en;q=0.2", LANGUAGE_EN},
        {"EN", LANGUAGE_EN},
        {"eng", LANGUAGE_FI},
        {"en;q=0, sv;q=0.001", LANGUAGE_SV},
        {"en;q=2", LANGUAGE_FI},
        {"en;q=x, sv;q=0.5", LANGUAGE_SV},
        {"sv;q = 0.8, en;q=0.9", LANGUAGE_EN},
        {",,;;q=,sv", LANGUAGE_SV},
        {"de,fr,*", LANGUAGE_FI},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        if (language_of(CASES[i].header) != CASES[i].language)
            print_message("%s\n", CASES[i].header);
        assert_int_equal(language_of(CASES[i].header), CASES[i].language);
    }
}

static void test_language_falls_back(void **state)
{
    Bus__Text text = BUS__TEXT__INIT;
    text.fi = (char *)(uintptr_t) "suomeksi";
    (void)state;
    assert_string_equal(language_pick(LANGUAGE_SV, &text), "suomeksi");
    text.sv = (char *)(uintptr_t) "på svenska";
    assert_string_equal(language_pick(LANGUAGE_SV, &text), "på svenska");
}

static void expect_disposition(const char *name, const char *disposition)
{
    const struct answer answer = {.status = 200, .type = "application/pdf", .file = name};
    struct MHD_Response *response = answer_make(&answer);
    assert_string_equal(MHD_get_response_header(response, "Content-Disposition"), disposition);
    MHD_destroy_response(response);
}

static void test_file_names(void **state)
{
    (void)state;
    expect_disposition("kirje.pdf", "attachment; filename=\"kirje.pdf\"");
    expect_disposition("Lasku (2).pdf", "attachment; filename=\"Lasku (2).pdf\"; filename*=UTF-8''Lasku%20%282%29.pdf");
    expect_disposition("Yö–työ.pdf", "attachment; filename=\"Y__ty_.pdf\"; filename*=UTF-8''Y%C3%B6%E2%80%93ty%C3%B6.pdf");
}

static void test_a_page_and_its_own_style(void **state)
{
    static const char HASH[] = "sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64=";
    const struct answer page = {.status = 200, .type = "text/html", .style = HASH}, plain = {.status = 200};
    (void)state;
    struct MHD_Response *response = answer_make(&page);
    const char *policy = MHD_get_response_header(response, "Content-Security-Policy");
    assert_non_null(strstr(policy, "default-src 'none'"));
    assert_non_null(strstr(policy, "; style-src 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='"));
    MHD_destroy_response(response);
    response = answer_make(&plain);
    assert_null(strstr(MHD_get_response_header(response, "Content-Security-Policy"), "style-src"));
    MHD_destroy_response(response);
}

static void test_problem_of_fault(void **state)
{
    struct buf out = {0};
    (void)state;
    assert_int_equal(problem_write(&out, ERR_BUSY, NULL, LANGUAGE_EN, TRACE), 503);
    buf_u8(&out, 0);
    assert_string_equal((char *)out.data,
                        "{\"type\":\"https://hakuvayla.example/problems/service.busy\","
                        "\"title\":\"Congested; try again shortly with the same key\",\"status\":503,"
                        "\"detail\":\"Congested; try again shortly with the same key\",\"rule\":\"service.busy\","
                        "\"texts\":{\"fi\":\"Ruuhkaa; yritä hetken päästä uudelleen samalla tunnisteella\","
                        "\"sv\":\"Rusning; försök strax igen med samma nyckel\",\"en\":\"Congested; try again shortly with the same key\"},"
                        "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
    buf_fini(&out);
}

static void test_problem_of_rule(void **state)
{
    struct arena *arena = arena_new(1024);
    struct buf out = {0};
    Bus__Problem *problem = problem_make(arena, "enrolment.full", "implementationId", "Täynnä", "Fullt", "Full");
    Bus__Fact one = BUS__FACT__INIT, two = BUS__FACT__INIT, *facts[] = {&one, &two, &one};
    (void)state;
    one.name = (char *)(uintptr_t) "capacity";
    one.value = (char *)(uintptr_t) "20";
    two.name = (char *)(uintptr_t) "a\"b";
    two.value = (char *)(uintptr_t) "";
    problem->n_facts = 3;
    problem->facts = facts;
    assert_int_equal(problem_write(&out, ERR_REFUSED, problem, LANGUAGE_SV, TRACE), 409);
    buf_u8(&out, 0);
    assert_non_null(strstr((char *)out.data, "\"detail\":\"Fullt\",\"rule\":\"enrolment.full\",\"field\":\"implementationId\","
                                             "\"facts\":{\"capacity\":\"20\",\"a\\\"b\":\"\"},\"texts\":{\"fi\":\"Täynnä\""));
    assert_non_null(strstr((char *)out.data, "\"title\":\"Reglerna tillåter inte detta\""));
    buf_fini(&out);
    arena_free(arena);
}

static void test_numbers(void **state)
{
    struct buf out = {0};
    (void)state;
    json_uint(&out, 0);
    buf_u8(&out, ' ');
    json_uint(&out, UINT64_MAX);
    buf_u8(&out, ' ');
    json_int(&out, INT64_MIN);
    buf_u8(&out, ' ');
    json_double(&out, 1.0 / 0.0);
    buf_u8(&out, 0);
    assert_string_equal((char *)out.data, "0 18446744073709551615 -9223372036854775808 \"Infinity\"");
    buf_fini(&out);
}

static void test_trace(void **state)
{
    static const char *const BAD[] = {NULL,
                                      "",
                                      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                                      "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                      "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                                      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                                      "00-4bf92f3577b34da6a3ce929d0e0e473\"-00f067aa0ba902b7-01"};
    struct exchange_pool pool;
    char first[EXCHANGE_TRACE], second[EXCHANGE_TRACE];
    (void)state;
    pool_init(&pool, 1, 1);
    trace_adopt(&pool, TRACE, first);
    assert_string_equal(first, TRACE);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        trace_adopt(&pool, BAD[i], first);
        trace_adopt(&pool, first, second); /* what we make is valid */
        assert_string_equal(first, second);
        assert_true(!BAD[i] || strcmp(first, BAD[i]) != 0);
        trace_adopt(&pool, NULL, second);
        assert_string_not_equal(first, second);
    }
    pool_fini(&pool);
}

static void test_pool_and_deadlines(void **state)
{
    struct exchange_pool pool;
    (void)state;
    pool_init(&pool, 1000, 2000);
    struct exchange *x = pool_take(&pool, NULL, "/api/me?a=1?b"), *y = pool_take(&pool, NULL, "/");
    assert_true(span_equal(x->path, span_text("/api/me")));
    assert_true(span_equal(x->query, span_text("a=1?b")));
    assert_int_equal(y->query.len, 0);
    assert_null(list_overdue(&pool.reading, x->started_us + 999));
    list_remove(&pool.reading, x);
    list_add(&pool.waiting, x, 5000);
    assert_ptr_equal(list_overdue(&pool.reading, y->started_us + 1000), y);
    assert_null(list_overdue(&pool.reading, y->started_us + 1000));
    assert_ptr_equal(list_overdue(&pool.waiting, 7000), x);
    buf_text(&x->body, "what somebody else said");
    pool_return(&pool, x);
    struct exchange *again = pool_take(&pool, NULL, "/b");
    assert_ptr_equal(again, x); /* taken from the pool, and clean */
    assert_int_equal(again->body.len, 0);
    assert_int_equal(again->state, EXCHANGE_READING);
    assert_int_equal(pool.open, 2);
    list_remove(&pool.reading, again);
    pool_return(&pool, again);
    pool_return(&pool, y);
    pool_fini(&pool);
}

static void test_listen_address(void **state)
{
    struct sockaddr_storage address;
    static const char *const BAD[] = {
        "",        ":",      ":80",   "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80x", "localhost:80",
        "[::1:80", "::1:80", "[]:80", "[::1]80"};
    (void)state;
    assert_int_equal(listen_address("127.0.0.1:8080", &address), ERR_OK);
    assert_int_equal(ntohs(((struct sockaddr_in *)&address)->sin_port), 8080);
    assert_int_equal(listen_address("[::1]:1", &address), ERR_OK);
    assert_int_equal(address.ss_family, AF_INET6);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_int_equal(listen_address(BAD[i], &address), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language),                 /* Accept-Language with weights, regions and nonsense */
        cmocka_unit_test(test_language_falls_back),      /* an absent text is shown in Finnish */
        cmocka_unit_test(test_file_names),               /* in ASCII, and as they are */
        cmocka_unit_test(test_a_page_and_its_own_style), /* by its hash, from the head alone */
        cmocka_unit_test(test_problem_of_fault),         /* the document of a plain fault, whole */
        cmocka_unit_test(test_problem_of_rule),          /* a rule's texts, field and facts */
        cmocka_unit_test(test_numbers),                  /* the outermost numbers */
        cmocka_unit_test(test_trace),                    /* traceparent: kept or made anew */
        cmocka_unit_test(test_pool_and_deadlines),       /* exchanges come back clean; the oldest is overdue first */
        cmocka_unit_test(test_listen_address),           /* addresses to listen on */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
