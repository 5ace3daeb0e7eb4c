/* Requests over real sockets to a real worker: answers find their questions, faults stay with their request, what is not
 * sealed is dropped, and nothing is done or answered twice. */
#include "rig.h"

#include <nng/nng.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/time.h"
#include "common/wire/limits.h"

static void test_rpc_ten_thousand_in_flight_find_their_answers(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 20000);
    rig_load(&rig, 10000, "rpctest.Echo", "n", false, 30000);
    rig_send(&rig, 0, 10000);
    assert_int_equal(rpc_client_waiting(rig.client), 10000);
    assert_true(rig_run(&rig, 10000, KIT_PATIENCE_MS));
    for (size_t i = 0; i < rig.count; i++) {
        assert_string_equal(rig_answer(&rig, &rig.shots[i])->value, rig.shots[i].value);
        assert_int_equal(rig.shots[i].call.reply->version, 7);
    }
    assert_int_equal(rpc_client_waiting(rig.client), 0);
    assert_true(rig_metric(&rig, "rpc_client_messages_total") < 10000.0 / WIRE_BATCH_REQUESTS + 1);
    assert_int_equal((int)rig_metric(&rig, "rpc_client_lost_total"), 0);
    rig_close(&rig);
}

static void test_rpc_writes_are_done_once_and_replayed(void **state)
{
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 20000);
    for (unsigned round = 0; round < 2; round++) {
        rig_load(&rig, 1000, "rpctest.Add", "n", true, 20000);
        rig_send(&rig, 0, 1000);
        assert_true(rig_run(&rig, 1000, KIT_PATIENCE_MS));
        for (size_t i = 0; i < rig.count; i++) {
            assert_string_equal(rig_answer(&rig, &rig.shots[i])->value, rig.shots[i].value);
            assert_int_equal(rig.shots[i].call.reply->replayed, round == 1);
        }
    }
    assert_int_equal(kit_sql_int(b->pg, "select count(*) * 10000 + count(distinct word) from rpctest.tally"), 1000 * 10000 + 1000);
    rig_close(&rig);
}

/* One request of a mixed message is changed by its number. */
static void mix(struct rpc_call *call, unsigned kind)
{
    static uint8_t junk[80] = "\xff\xff\xff";

    switch (kind) {
    case 0:
        call->request.method = "rpctest.Nothing";
        return;
    case 1:
        call->request.method = "rpctest.Thing.v1";
        return;
    case 2:
        call->request.payload = (ProtobufCBinaryData){3, junk};
        return;
    case 3:
        call->request.method = "rpctest.Add";
        return;
    case 4:
        call->request.method = "rpctest.Add";
        call->request.idempotency_key = (ProtobufCBinaryData){WIRE_KEY_MAX + 1, junk};
        return;
    case 5:
        call->request.actor = (ProtobufCBinaryData){5, junk};
        return;
    case 6:
        call->request.method = "rpctest.Refuse";
        return;
    default:
        return;
    }
}

static void test_rpc_a_bad_request_fails_alone(void **state)
{
    static const unsigned expected[] = {ERR_NOT_FOUND, ERR_NOT_FOUND, ERR_INVALID, ERR_PRECONDITION_REQUIRED,
                                        ERR_INVALID,   ERR_INVALID,   ERR_REFUSED, ERR_OK};
    struct bench *b = *state;
    struct rig rig;

    rig_open(&rig, b->urls, 1, 8, 20000);
    rig_load(&rig, 80, "rpctest.Echo", "rpctest.rule", false, KIT_PATIENCE_MS);
    for (unsigned i = 0; i < 80; i++)
        mix(&rig.shots[i].call, i % 8);
    rig_send(&rig, 0, 80);
    assert_true(rig_run(&rig, 80, KIT_PATIENCE_MS));
    for (unsigned i = 0; i < 80; i++) {
        assert_int_equal(rig.shots[i].call.err, ERR_OK);
        assert_int_equal(rig.shots[i].call.reply->err, expected[i % 8]);
        if (i % 8 == 6)
            assert_string_equal(rig.shots[i].call.reply->problem->rule, "rpctest.rule");
        if (i % 8 == 7)
            assert_string_equal(rig_answer(&rig, &rig.shots[i])->value, rig.shots[i].value);
    }
    assert_int_equal((int)rig_metric(&rig, "rpc_client_messages_total"), 1);
    assert_int_equal(kit_sql_int(b->pg, "select count(*) from rpctest.tally"), 0);
    rig_close(&rig);
}

#define UNHEARD_MS 300 /* so long nothing comes back */
/* What a stranger gets for these bytes: 0 when it is an answer, else nng's number. */
static int stranger_sends(const char *url, const void *bytes, size_t len, int wait_ms)
{
    nng_socket socket;
    nng_msg *msg;

    assert_int_equal(nng_req0_open(&socket), 0);
    assert_int_equal(nng_socket_set_ms(socket, NNG_OPT_REQ_RESENDTIME, NNG_DURATION_INFINITE), 0);
    assert_int_equal(nng_socket_set_ms(socket, NNG_OPT_RECVTIMEO, wait_ms), 0);
    assert_int_equal(nng_socket_set_ms(socket, NNG_OPT_SENDTIMEO, KIT_PATIENCE_MS), 0);
    assert_int_equal(nng_dial(socket, url, NULL, 0), 0);
    assert_int_equal(nng_msg_alloc(&msg, len), 0);
    memcpy(nng_msg_body(msg), bytes, len);
    assert_int_equal(nng_sendmsg(socket, msg, 0), 0);
    int rv = nng_recvmsg(socket, &msg, 0);
    if (rv == 0)
        nng_msg_free(msg);
    return rv;
}

/* nng tells the server that a reply has left a little after the client may have read it. */
static bool is_at_rest(void *arg)
{
    struct bench *b = arg;

    return rpc_server_in_flight(b->little.server) == 0;
}

static void test_rpc_what_is_not_sealed_with_our_key_is_dropped(void **state)
{
    struct bench *b = *state;
    struct rig rig;
    struct seal *other = rig_seal(9);
    struct buf sealed = {0};
    Bus__RequestBatch batch = BUS__REQUEST_BATCH__INIT;

    wire_seal(other, "rq.", &batch.base, &sealed);
    assert_int_equal(stranger_sends(b->url, sealed.data, sealed.len, UNHEARD_MS), NNG_ETIMEDOUT);
    wire_seal(b->seal, "rp.", &batch.base, &sealed);
    assert_int_equal(stranger_sends(b->url, sealed.data, sealed.len, UNHEARD_MS), NNG_ETIMEDOUT);
    assert_int_equal(stranger_sends(b->url, "", 0, UNHEARD_MS), NNG_ETIMEDOUT);
    for (unsigned i = 0; i < 8; i++) /* more than there are contexts: none is lost by it */
        assert_int_equal(stranger_sends(b->url, "rq.\0not a sealed message at all, but long enough to be one", 59, UNHEARD_MS),
                         NNG_ETIMEDOUT);
    assert_int_equal((int)bench_metric(b, "rpc_server_dropped_total"), 11);
    assert_int_equal(bench_said(b, "\"rpc.does-not-open\""), 1);
    wire_seal(b->seal, "rq.", &batch.base, &sealed);
    assert_int_equal(stranger_sends(b->url, sealed.data, sealed.len, KIT_PATIENCE_MS), 0);
    rig_open(&rig, b->urls, 1, 8, 100);
    rig_load(&rig, 20, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 20);
    assert_true(rig_run(&rig, 20, KIT_PATIENCE_MS));
    for (size_t i = 0; i < rig.count; i++)
        rig_answer(&rig, &rig.shots[i]);
    assert_true(kit_wait_until(is_at_rest, b, KIT_PATIENCE_MS));
    rig_close(&rig);
    buf_fini(&sealed);
    seal_free(other);
}

/* Sits between a client and the server. It holds no key, but repeats to every request the first answer it has seen pass. */
struct repeater {
    nng_socket front;
    char url[64];
    const char *server;
    pthread_t thread;
    atomic_bool repeats;
};

static nng_msg *ask(const char *url, nng_msg *request)
{
    nng_socket socket;
    nng_msg *reply;

    assert_int_equal(nng_req0_open(&socket), 0);
    assert_int_equal(nng_socket_set_ms(socket, NNG_OPT_RECVTIMEO, 5000), 0);
    assert_int_equal(nng_dial(socket, url, NULL, 0), 0);
    assert_int_equal(nng_sendmsg(socket, request, 0), 0);
    assert_int_equal(nng_recvmsg(socket, &reply, 0), 0);
    return reply;
}

static void *repeat(void *arg)
{
    struct repeater *r = arg;
    nng_msg *request, *first = NULL, *reply;

    while (nng_recvmsg(r->front, &request, 0) == 0) {
        if (atomic_load(&r->repeats)) {
            nng_msg_free(request);
        } else {
            if (first)
                nng_msg_free(first);
            first = ask(r->server, request);
        }
        assert_int_equal(nng_msg_dup(&reply, first), 0);
        if (nng_sendmsg(r->front, reply, 0) != 0) /* closed meanwhile */
            nng_msg_free(reply);
    }
    nng_msg_free(first);
    return NULL;
}

static void test_rpc_an_answer_belongs_to_its_own_request(void **state)
{
    struct bench *b = *state;
    struct repeater r = {.server = b->url};
    const char *urls[] = {r.url};
    struct rig rig;

    snprintf(r.url, sizeof r.url, "tcp://127.0.0.1:%d", kit_port());
    assert_int_equal(nng_rep0_open(&r.front), 0);
    assert_int_equal(nng_listen(r.front, r.url, NULL, 0), 0);
    assert_int_equal(pthread_create(&r.thread, NULL, repeat, &r), 0);
    rig_open(&rig, urls, 1, 8, 100);
    rig_load(&rig, 2, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 1);
    assert_true(rig_run(&rig, 1, KIT_PATIENCE_MS));
    assert_string_equal(rig_answer(&rig, &rig.shots[0])->value, "0"); /* passed on as it is, it counts */
    atomic_store(&r.repeats, true);
    rig.shots[1].call.request.deadline_us = time_now_us() + 500000;
    rig_send(&rig, 1, 2);
    assert_true(rig_run(&rig, 2, KIT_PATIENCE_MS));
    assert_int_equal(rig.shots[1].call.err, ERR_UNAVAILABLE); /* not "0" */
    rig_close(&rig);
    assert_int_equal(nng_close(r.front), 0); /* which ends the thread */
    assert_int_equal(pthread_join(r.thread, NULL), 0);
}

static void test_rpc_an_oversize_message_closes_only_its_own_connection(void **state)
{
    struct bench *b = *state;
    struct rig rig;
    uint8_t *large = calloc(1, WIRE_MESSAGE_MAX + 1);

    rig_open(&rig, b->urls, 1, 8, 100);
    rig_load(&rig, 1, "rpctest.Slow", "1500", false, KIT_PATIENCE_MS);
    rig_send(&rig, 0, 1);
    assert_false(rig_run(&rig, 1, 50));
    assert_int_not_equal(stranger_sends(b->url, large, WIRE_MESSAGE_MAX + 1, UNHEARD_MS), 0);
    assert_true(rig_run(&rig, 1, KIT_PATIENCE_MS));
    rig_answer(&rig, &rig.shots[0]);
    assert_int_equal((int)rig_metric(&rig, "rpc_client_lost_total"), 0);
    rig_close(&rig);
    free(large);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void test_rpc_a_lone_request_does_not_wait_for_company(void **state)
{
    struct bench *b = *state;
    struct rig rig;
    int64_t took_us[101];

    rig_open(&rig, b->urls, 1, 8, 100);
    for (unsigned i = 0; i < 101; i++) {
        rig_load(&rig, 1, "rpctest.Echo", "n", false, KIT_PATIENCE_MS);
        int64_t since_us = time_steady_us();
        rig_send(&rig, 0, 1);
        assert_true(rig_run(&rig, 1, KIT_PATIENCE_MS));
        took_us[i] = time_steady_us() - since_us;
    }
    qsort(took_us, 101, sizeof *took_us, by_value);
    print_message("a lone request: median %lld us\n", (long long)took_us[50]);
    assert_true(took_us[10] < 8000); /* a timer would be in each of them; of a busy machine's pauses one in ten is free */
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rpc_ten_thousand_in_flight_find_their_answers, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_writes_are_done_once_and_replayed, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_bad_request_fails_alone, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_what_is_not_sealed_with_our_key_is_dropped, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_an_answer_belongs_to_its_own_request, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_an_oversize_message_closes_only_its_own_connection, bench_up, bench_down),
        cmocka_unit_test_setup_teardown(test_rpc_a_lone_request_does_not_wait_for_company, bench_up, bench_down),
    };
    return cmocka_run_group_tests_name("rpc", tests, NULL, NULL);
}
