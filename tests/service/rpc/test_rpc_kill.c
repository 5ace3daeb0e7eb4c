/* A server is killed in the middle of its work and another takes its place: every keyed call is answered, everything was done
 * exactly once; a write without a key is never sent twice. The server is this same program, started with "serve". */
#include "rig.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { CALLS = 3000, ROUNDS = 3 };

static _Noreturn void serve(const char *url, const char *conninfo)
{
    struct little little;
    const struct little_config config = {conninfo, url, 8, 20000, rig_seal(7), kit_log(), metrics_new()};

    little_start(&little, &config);
    for (;;)
        kit_sleep_ms(1000); /* until it is killed */
}

struct house {
    struct kit_pg *pg;
    char url[64];
    const char *urls[1];
    const char *conninfo;
    pid_t server;
};

static void house_serve(struct house *house)
{
    const char *argv[] = {"/proc/self/exe", "serve", house->url, house->conninfo, NULL};

    house->server = kit_spawn(argv, NULL, NULL);
}

static void house_up(struct house *house)
{
    *house = (struct house){.pg = kit_pg_new()};
    kit_pg_apply(house->pg, &rpctest_schema);
    house->conninfo = kit_pg_conninfo(house->pg, "hv_rpctest");
    snprintf(house->url, sizeof house->url, "tcp://127.0.0.1:%d", kit_port());
    house->urls[0] = house->url;
    house_serve(house);
}

static void house_down(struct house *house)
{
    kit_kill(house->server, SIGKILL);
    kit_pg_free(house->pg);
}

static void test_rpc_a_killed_server_costs_no_call_and_does_none_twice(void **state)
{
    struct house house;
    struct rig rig;

    (void)state;
    house_up(&house);
    rig_open(&rig, house.urls, 1, 4, CALLS);
    rig_load(&rig, CALLS, "rpctest.Add", "n", true, 60000);
    for (size_t round = 0; round < ROUNDS; round++) {
        /* A third leaves; when some are back and some are not, the server dies. */
        size_t from = CALLS / ROUNDS * round, to = CALLS / ROUNDS * (round + 1);
        rig_send(&rig, from, to);
        assert_true(rig_run(&rig, from + 1, 20000));
        assert_true(rig.done < to);
        assert_int_equal(kit_kill(house.server, SIGKILL), 128 + SIGKILL);
        house_serve(&house);
        assert_true(rig_run(&rig, to, 30000));
    }
    size_t replayed = 0;
    for (size_t i = 0; i < rig.count; i++) {
        assert_string_equal(rig_answer(&rig, &rig.shots[i])->value, rig.shots[i].value);
        replayed += rig.shots[i].call.reply->replayed != 0;
    }
    print_message("lost %.0f, sent again %.0f, answered from the first try %zu\n", rig_metric(&rig, "rpc_client_lost_total"),
                  rig_metric(&rig, "rpc_client_retries_total"), replayed);
    assert_true(rig_metric(&rig, "rpc_client_lost_total") > 0);
    assert_int_equal(kit_sql_int(house.pg, "select count(*) from rpctest.tally"), CALLS);
    assert_int_equal(kit_sql_int(house.pg, "select count(distinct word) from rpctest.tally"), CALLS);
    rig_close(&rig);
    house_down(&house);
}

static void test_rpc_a_write_without_a_key_is_not_sent_twice(void **state)
{
    struct house house;
    struct rig rig;
    size_t fine = 0, unknown = 0;

    (void)state;
    house_up(&house);
    rig_open(&rig, house.urls, 1, 4, CALLS);
    rig_load(&rig, CALLS, "rpctest.Put", "n", false, 30000);
    for (size_t i = 0; i < rig.count; i++)
        rig.shots[i].call.write = true;
    rig_send(&rig, 0, CALLS);
    assert_true(rig_run(&rig, 1, 20000));
    kit_kill(house.server, SIGKILL);
    house_serve(&house);
    assert_true(rig_run(&rig, CALLS, 40000));
    for (size_t i = 0; i < rig.count; i++) {
        fine += rig.shots[i].call.err == ERR_OK;
        unknown += rig.shots[i].call.err == ERR_UNAVAILABLE;
    }
    assert_int_equal(fine + unknown, CALLS);
    assert_true(unknown > 0); /* those in flight; those that still waited went to the new server */
    assert_int_equal((int)rig_metric(&rig, "rpc_client_retries_total"), 0);
    assert_int_equal(kit_sql_int(house.pg, "select count(*) - count(distinct word) from rpctest.tally"), 0);
    assert_true(kit_sql_int(house.pg, "select count(*) from rpctest.tally") >= (int64_t)fine);
    rig_close(&rig);
    house_down(&house);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rpc_a_killed_server_costs_no_call_and_does_none_twice),
        cmocka_unit_test(test_rpc_a_write_without_a_key_is_not_sent_twice),
    };
    if (argc == 4 && strcmp(argv[1], "serve") == 0)
        serve(argv[2], argv[3]);
    return cmocka_run_group_tests_name("rpc kill", tests, NULL, NULL);
}
