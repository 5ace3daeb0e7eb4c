/* Everything is bounded: queues that are full say so, deadlines end what hangs, what is too large is refused or comes in
 * parts, a server that drains sends nobody away unanswered. */
#include "rig.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/time.h"
#include "common/wire/limits.h"

static size_t answered_with(const struct rig *rig, unsigned err)
{
    size_t count = 0;

    for (size_t i = 0; i < rig->count; i++)
        count += rig->shots[i].done == 1 && rig->shots[i].call.err == ERR_OK && rig->shots[i].call.reply->err == err;
    return count;
}

static void test_rpc_a_full_queue_says_busy(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 1000);
    rig_load(&rig, 40, "rpctest.Slow", "20", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 40);
    assert_true(rig_run(&rig, 40, KIT_PATIENCE_MS));
    size_t fine = answered_with(&rig, ERR_OK), busy = answered_with(&rig, ERR_BUSY);
    assert_int_equal(fine + busy, 40);
    assert_in_range(fine, 4, 20);
    assert_string_equal(rig_answer(&rig, &rig.shots[0])->value, "0"); /* first come, first served */
    assert_int_equal((int)bench_metric(b, "rpc_server_refused_total"), busy);
    rig_close(&rig);
}

/* Speaks the wire protocol below nng by hand: the greeting of a REQ socket, then the length of a message to come. */
static int claim(const char *url, uint64_t len)
{
    static const uint8_t greeting[8] = {0, 'S', 'P', 0, 0, 0x30, 0, 0};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(strrchr(url, ':') + 1))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    uint8_t head[8];

    assert_true(fd >= 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(write(fd, greeting, sizeof greeting), sizeof greeting);
    assert_int_equal(recv(fd, head, sizeof head, MSG_WAITALL), sizeof head);
    for (unsigned i = 0; i < 8; i++)
        head[i] = (uint8_t)(len >> (56 - 8 * i));
    assert_int_equal(write(fd, head, sizeof head), sizeof head);
    return fd;
}

static void test_rpc_a_claimed_gigabyte_closes_the_connection(void **state)
{
    struct bench *b = *state;
    struct rig rig;
    char byte;

    /* Within the limit the server waits for the rest; beyond it, it hangs up at once, before any of it has come. */
    int honest = claim(b->url, WIRE_MESSAGE_MAX), liar = claim(b->url, UINT64_C(1) << 30);
    assert_int_equal(poll(&(struct pollfd){.fd = liar, .events = POLLIN}, 1, KIT_PATIENCE_MS), 1);
    assert_true(recv(liar, &byte, 1, 0) <= 0);
    assert_int_equal(poll(&(struct pollfd){.fd = honest, .events = POLLIN}, 1, 200), 0);
    rig_open(&rig, b->urls, 1, 8, 100);
    rig_load(&rig, 1, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 1);
    assert_true(rig_run(&rig, 1, KIT_PATIENCE_MS));
    rig_answer(&rig, &rig.shots[0]);
    rig_close(&rig);
    close(liar);
    close(honest);
}

static void test_rpc_a_full_client_takes_no_more(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 10);
    rig_load(&rig, 12, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 10);
    assert_int_equal(rpc_client_send(rig.client, &rig.shots[10].call), ERR_BUSY);
    assert_int_equal(rpc_client_waiting(rig.client), 10);
    assert_true(rig_run(&rig, 10, KIT_PATIENCE_MS));
    rig.shots[11].call.request.payload.len = WIRE_PAYLOAD_MAX + 1;
    assert_int_equal(rpc_client_send(rig.client, &rig.shots[11].call), ERR_TOO_LARGE);
    rig_run(&rig, 11, 100);
    assert_int_equal(rig.done, 10);
    assert_int_equal(rig.shots[10].done + rig.shots[11].done, 0);
    rig_close(&rig);
}

static void test_rpc_replies_too_large_for_one_message_come_in_several(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 1000);
    rig_load(&rig, 12, "rpctest.Large", "300000", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 12);
    assert_true(rig_run(&rig, 12, KIT_PATIENCE_MS));
    for (size_t i = 0; i < rig.count; i++)
        assert_int_equal(strlen(rig_answer(&rig, &rig.shots[i])->value), 300000);
    assert_true(rig_metric(&rig, "rpc_client_retries_total") >= 9);
    rig_load(&rig, 2, "rpctest.Large", "400000", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 2);
    assert_true(rig_run(&rig, 2, KIT_PATIENCE_MS));
    assert_int_equal(answered_with(&rig, ERR_TOO_LARGE), 2);
    rig_close(&rig);
}

static void test_rpc_large_requests_go_in_several_messages(void **state)
{
    struct bench *b = *state;
    struct rig rig;
    Bus__Fact fact = BUS__FACT__INIT;

    rig_open(&rig, b->urls, 1, 8, 1000);
    rig_load(&rig, 20, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
    char *value = arena_alloc(rig.arena, 200001);
    memset(value, 'y', 200000);
    fact.value = value;
    struct span payload = wire_pack(rig.arena, &fact.base);
    for (size_t i = 0; i < rig.count; i++)
        rig.shots[i].call.request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)payload.data};
    rig_send(&rig, 0, 20);
    assert_true(rig_run(&rig, 20, KIT_PATIENCE_MS));
    for (size_t i = 0; i < rig.count; i++)
        assert_string_equal(rig_answer(&rig, &rig.shots[i])->value, value);
    assert_int_equal((int)rig_metric(&rig, "rpc_client_lost_total"), 0);
    rig_close(&rig);
}

static void test_rpc_a_deadline_ends_a_call_in_flight_once(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 1000);
    rig_load(&rig, 2, "rpctest.Slow", "2000", false, KIT_PATIENCE_MS);
    rig.shots[0].call.request.deadline_us = time_now_us() + 150000;
    int64_t since_us = time_steady_us();
    rig_send(&rig, 0, 2);
    assert_true(rig_run(&rig, 1, KIT_PATIENCE_MS));
    int64_t took_us = time_steady_us() - since_us;
    assert_in_range(took_us, 120000, 1900000); /* before its answer */
    assert_int_equal(rig.shots[0].call.err, ERR_TIMEOUT);
    /* Its neighbour in the same message has time, and is answered; the one given up is not done again by that. */
    assert_true(rig_run(&rig, 2, KIT_PATIENCE_MS));
    assert_string_equal(rig_answer(&rig, &rig.shots[1])->value, "1");
    assert_int_equal(rig.shots[0].done, 1);
    rig_close(&rig);
}

/* 35 days are more milliseconds than nng's durations hold. */
static void test_rpc_a_far_deadline_is_no_near_one(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 1000);
    rig_load(&rig, 2, "rpctest.Slow", "200", false, KIT_PATIENCE_MS);
    rig.shots[0].call.request.deadline_us = time_now_us() + 35 * TIME_DAY;
    rig.shots[1].call.request.deadline_us = INT64_MAX;
    rig_send(&rig, 0, 2);
    assert_true(rig_run(&rig, 2, KIT_PATIENCE_MS));
    assert_string_equal(rig_answer(&rig, &rig.shots[0])->value, "0");
    assert_string_equal(rig_answer(&rig, &rig.shots[1])->value, "1");
    assert_int_equal((int)rig_metric(&rig, "rpc_client_lost_total"), 0);
    rig_close(&rig);
}

static void test_rpc_nobody_there_is_unavailable_at_the_deadline(void **state)
{
    char url[64];
    const char *urls[] = {url};
    struct rig rig;

    (void)state;
    snprintf(url, sizeof url, "tcp://127.0.0.1:%d", kit_port());
    rig_open(&rig, urls, 1, 2, 1000);
    rig_load(&rig, 30, "rpctest.Echo", "n", false, 200);
    rig_send(&rig, 0, 30);
    assert_true(rig_run(&rig, 30, KIT_PATIENCE_MS));
    for (size_t i = 0; i < rig.count; i++)
        assert_int_equal(rig.shots[i].call.err, ERR_UNAVAILABLE);
    /* Closing does every open call. */
    rig_load(&rig, 5, "rpctest.Echo", "n", false, 60000);
    rig_send(&rig, 0, 5);
    rig_close(&rig);
}

static void test_rpc_a_dead_replica_is_passed_over(void **state)
{
    struct bench *b = *state;
    char dead[64];
    const char *urls[] = {dead, b->url};
    struct rig rig;

    snprintf(dead, sizeof dead, "tcp://127.0.0.1:%d", kit_port());
    rig_open(&rig, urls, 2, 4, 1000);
    rig_load(&rig, 200, "rpctest.Add", "n", true, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 200);
    assert_true(rig_run(&rig, 200, KIT_PATIENCE_MS));
    assert_int_equal(answered_with(&rig, ERR_OK), 200);
    assert_int_equal(kit_sql_int(b->pg, "select count(*) from rpctest.tally"), 200);
    rig_close(&rig);
}

static void test_rpc_a_draining_server_answers_what_it_has(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 4, 1000);
    rig_load(&rig, 4, "rpctest.Slow", "100", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 3);
    while (rpc_server_in_flight(b->little.server) == 0)
        rig_run(&rig, 1, 5);
    rpc_server_drain(b->little.server, KIT_PATIENCE_MS);
    assert_int_equal(rpc_server_in_flight(b->little.server), 0);
    assert_true(rig_run(&rig, 3, KIT_PATIENCE_MS));
    assert_int_equal(answered_with(&rig, ERR_OK), 3);
    /* A newcomer is told, tries again until its deadline, and then knows. */
    rig.shots[3].call.request.deadline_us = time_now_us() + 2 * TIME_SECOND;
    rig_send(&rig, 3, 4);
    assert_true(rig_run(&rig, 4, KIT_PATIENCE_MS));
    assert_int_equal(rig.shots[3].call.err, ERR_UNAVAILABLE);
    assert_true(rig_metric(&rig, "rpc_client_retries_total") >= 2);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rpc_a_full_queue_says_busy, bench_up_small, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_claimed_gigabyte_closes_the_connection, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_full_client_takes_no_more, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_replies_too_large_for_one_message_come_in_several, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_large_requests_go_in_several_messages, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_deadline_ends_a_call_in_flight_once, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_far_deadline_is_no_near_one, bench_up, bench_down),
        cmocka_unit_test(test_rpc_nobody_there_is_unavailable_at_the_deadline),
        cmocka_unit_test_setup_teardown(test_rpc_a_dead_replica_is_passed_over, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_draining_server_answers_what_it_has, bench_up, bench_down),
    };
    return cmocka_run_group_tests_name("rpc limits", tests, NULL, NULL);
}
