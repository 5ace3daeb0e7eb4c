/* Files through the gateway: their bytes as the service made them, with headers a browser can trust; and the budget of writes. */
#include "house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGISTRATION "0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d55"

static struct reply reply;

static void get_calendar(const struct house *house, int programme, const char *headers)
{
    char path[128];
    house_path(path, sizeof path, "/api/programmes/%s/calendar.ics", programme);
    client_call(house->http, "GET", path, headers, NULL, &reply);
}

static void assert_header(const char *name, const char *value)
{
    char is[256];
    assert_non_null(client_header(&reply, name, is, sizeof is));
    assert_string_equal(is, value);
}

static void test_bytes_and_headers(void **state)
{
    struct house *house = *state;
    get_calendar(house, PROGRAMME_PLAIN, "");
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.body_len, 13);
    assert_memory_equal(reply.body, "BEGIN:fi\r\n\001\"", 13);
    assert_header("Content-Type", "text/calendar; charset=utf-8");
    assert_header("Content-Disposition", "inline; filename=\"vepo.ics\"");
    assert_header("X-Content-Type-Options", "nosniff");
    assert_header("Cache-Control", "no-cache");
    assert_header("Vary", "Accept-Language");
}

static void test_private_files_are_saved(void **state)
{
    struct house *house = *state;
    client_call(house->http, "GET", "/api/registrations/" REGISTRATION "/certificate.pdf", house->participant, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_header("Content-Type", "application/pdf");
    assert_header("Content-Disposition", "attachment; filename=\"vepo-certificate.pdf\"");
    assert_header("Cache-Control", "no-store");
    assert_memory_equal(reply.body, "%PDF-1.5\n", 9);
    client_call(house->http, "GET", "/api/registrations/" REGISTRATION "/certificate.pdf", "", NULL, &reply);
    assert_int_equal(reply.status, 401);
    assert_header("Content-Type", "application/problem+json");
}

/* Three languages within one life of a cached answer: each gets its own. */
static void test_each_language_its_own(void **state)
{
    struct house *house = *state;
    for (int round = 0; round < 3; round++) {
        get_calendar(house, PROGRAMME_PLAIN, "Accept-Language: sv\r\n");
        assert_memory_equal(reply.body, "BEGIN:sv", 8);
        get_calendar(house, PROGRAMME_PLAIN, "Accept-Language: en\r\n");
        assert_memory_equal(reply.body, "BEGIN:en", 8);
        get_calendar(house, PROGRAMME_PLAIN, "");
        assert_memory_equal(reply.body, "BEGIN:fi", 8);
    }
}

static void test_unchanged_is_304(void **state)
{
    struct house *house = *state;
    char tag[64], other[64], headers[128];
    kit_sleep_ms(150); /* no cached answer is left, so this one is asked for */
    get_calendar(house, PROGRAMME_PLAIN, "");
    assert_non_null(client_header(&reply, "ETag", tag, sizeof tag));
    get_calendar(house, PROGRAMME_PLAIN, "Accept-Language: sv\r\n");
    assert_non_null(client_header(&reply, "ETag", other, sizeof other));
    assert_string_not_equal(tag, other);
    kit_sleep_ms(150);
    snprintf(headers, sizeof headers, "If-None-Match: \"x\", W/%s\r\n", tag);
    get_calendar(house, PROGRAMME_PLAIN, headers);
    assert_int_equal(reply.status, 304);
    assert_int_equal(reply.body_len, 0);
    assert_header("ETag", tag);
    get_calendar(house, PROGRAMME_PLAIN, headers); /* out of the micro-cache it is the same */
    assert_int_equal(reply.status, 304);
    assert_int_equal(reply.body_len, 0);
    assert_header("ETag", tag);
    assert_header("Cache-Control", "no-cache");
    get_calendar(house, PROGRAMME_PLAIN, "If-None-Match: \"x\"\r\n");
    assert_int_equal(reply.status, 200);
    kit_sleep_ms(150);
    get_calendar(house, PROGRAMME_PLAIN, "If-None-Match: \"x\"\r\n");
    assert_int_equal(reply.status, 200);
}

static void test_errors_stay_problems(void **state)
{
    struct house *house = *state;
    get_calendar(house, PROGRAMME_ABSENT, "");
    assert_int_equal(reply.status, 404);
    assert_header("Content-Type", "application/problem+json");
    assert_non_null(strstr(reply.body, "\"rule\":\"enrolment.programme.unknown\""));
}

/* A page that says what is wrong is a page, not a problem document; a reader who has it hears the status again, no 304. */
static void test_a_page_with_a_status(void **state)
{
    struct house *house = *state;
    char is[64], headers[128];
    get_calendar(house, PROGRAMME_PAGE, "");
    assert_int_equal(reply.status, 404);
    assert_memory_equal(reply.body, "BEGIN:fi", 8);
    assert_null(client_header(&reply, "Vary", is, sizeof is));
    assert_non_null(client_header(&reply, "ETag", is, sizeof is));
    snprintf(headers, sizeof headers, "If-None-Match: %s\r\n", is);
    get_calendar(house, PROGRAMME_PAGE, headers);
    assert_int_equal(reply.status, 404);
}

/* A browser shows a page as its service meant it, and no other style or script; the hash is base64 of SHA-256 of "p{color:red}". */
static void test_a_page_keeps_its_own_style(void **state)
{
    static const char POLICY[] = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    struct house *house = *state;
    char is[64], headers[128], styled[256];
    snprintf(styled, sizeof styled, "%s; style-src 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='", POLICY);
    get_calendar(house, PROGRAMME_STYLED, "");
    assert_int_equal(reply.status, 200);
    assert_header("Content-Security-Policy", styled);
    assert_non_null(client_header(&reply, "ETag", is, sizeof is));
    kit_sleep_ms(150);
    snprintf(headers, sizeof headers, "If-None-Match: %s\r\n", is);
    get_calendar(house, PROGRAMME_STYLED, headers);
    assert_int_equal(reply.status, 304);
    assert_header("Content-Security-Policy", styled); /* what a cache keeps of the page is this */
    get_calendar(house, PROGRAMME_PLAIN, "");
    assert_header("Content-Security-Policy", POLICY);
}

static void test_a_name_no_header_can_hold(void **state)
{
    struct house *house = *state;
    char cookie[64];
    get_calendar(house, PROGRAMME_ODD, "");
    assert_int_equal(reply.status, 500);
    assert_null(client_header(&reply, "Set-Cookie", cookie, sizeof cookie));
}

static void test_openapi_names_the_media_types(void **state)
{
    static const char *const TYPES[] = {"\"text/calendar\":{}", "\"application/pdf\":{}", "\"application/atom+xml\":{}", "\"text/csv\":{}",
                                        "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\":{}"};
    char command[512], *text = malloc(1 << 20);
    snprintf(command, sizeof command, "%s --openapi", kit_program("hv-gateway"));
    FILE *pipe = popen(command, "r");
    (void)state;
    assert_non_null(pipe);
    text[fread(text, 1, (1 << 20) - 1, pipe)] = 0;
    assert_int_equal(pclose(pipe), 0);
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++)
        assert_non_null(strstr(text, TYPES[i]));
    assert_null(strstr(text, "\"schema\":{\"$ref\":\"#/components/schemas/bus.File\"}")); /* no answer: only an event holds one as JSON */
    free(text);
}

static int cancel(const struct house *house, const char *who, int n)
{
    char headers[700], path[128];
    house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_PLAIN);
    snprintf(headers, sizeof headers, "Content-Type: application/json\r\n%sIdempotency-Key: budget-%d\r\n", who, n);
    client_call(house->http, "POST", path, headers, "{}", &reply);
    return reply.status;
}

/* A hundred requests of one account: 30 are done, the rest is asked to wait, and nobody else notices. */
static void test_a_program_that_tries_everything(void **state)
{
    struct house *house = *state;
    int done = 0, told = 0;
    char after[16];
    for (int i = 0; i < 100; i++) {
        int status = cancel(house, house->participant, i);
        done += status == 201;
        told += status == 429;
    }
    assert_int_equal(done, 30);
    assert_int_equal(told, 70);
    assert_non_null(strstr(reply.body, "\"rule\":\"request.too-many-writes\""));
    assert_non_null(client_header(&reply, "Retry-After", after, sizeof after));
    assert_in_range(atoi(after), 1, 10);
    assert_int_equal(cancel(house, house->coordinator, 200), 201);
    client_call(house->http, "GET", "/api/registrations/" REGISTRATION "/certificate.pdf", house->participant, NULL, &reply);
    assert_int_equal(reply.status, 200); /* reading goes on */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_and_headers),               /* the bytes, their type, name, nosniff */
        cmocka_unit_test(test_private_files_are_saved),         /* as an attachment, stored nowhere; 401 without a sign-in */
        cmocka_unit_test(test_each_language_its_own),           /* the micro-cache keeps languages apart */
        cmocka_unit_test(test_unchanged_is_304),                /* If-None-Match with the tag of these bytes */
        cmocka_unit_test(test_errors_stay_problems),            /* 404 as a problem document */
        cmocka_unit_test(test_a_page_with_a_status),            /* 404 as the page it is, in one language */
        cmocka_unit_test(test_a_page_keeps_its_own_style),      /* and nothing else */
        cmocka_unit_test(test_a_name_no_header_can_hold),       /* 500, and no header of the name's making */
        cmocka_unit_test(test_openapi_names_the_media_types),   /* each file's type in the OpenAPI document */
        cmocka_unit_test(test_a_program_that_tries_everything), /* 30 writes in ten seconds, then 429 with Retry-After */
    };
    return cmocka_run_group_tests(tests, house_up, house_down);
}
