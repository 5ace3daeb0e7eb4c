/* A database of the version before facts: its messages keep what they say, where they stand and what is counted of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/facts.h"
#include "tests/store/notification/shelf.h"

#define BEFORE 3 /* the common tables, 001 and 002 */

extern const struct db_schema notification_schema;

/* One of each state and of the kinds whose columns become facts. */
static const char *const OLD_ROWS =
    "insert into notification.message (id, event_id, recipient_id, kind, state, training_id, order_no, position, stood, reply_due, "
    " opens_at, closes_at, reason, queued_at, next_at, sent_at, doubts, cause, review, credits_tenths, code, template_version) values "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 3, gen_random_uuid(), 7, 0, 0, null, null, null, '', 'epoch', null, "
    " '2025-01-01', 0, 0, 1, 0, '', 3), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 2, 1, gen_random_uuid(), 8, 2, 0, '2026-01-31 14:00:00.5+00', null, null, "
    " '', '2025-01-02', '2025-01-02', null, 0, 0, 0, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 4, 4, gen_random_uuid(), 8, 0, 2, null, null, null, 'sanoi \"ei\"', "
    " '2025-01-02', null, null, 0, 5, 2, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 5, 5, gen_random_uuid(), 0, 0, 0, null, '2026-01-01', '2026-02-01', '', "
    " '2025-01-02', '2025-01-02', null, 1, 0, 0, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 12, 2, gen_random_uuid(), 0, 0, 0, null, '2026-01-01', '2026-02-01', '', "
    " '2025-01-02', '2025-01-02', null, 0, 0, 0, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 12, 1, gen_random_uuid(), 0, 0, 0, null, '2026-01-01', '2026-01-01', '', "
    " '2025-01-02', '2025-01-02', null, 0, 0, 0, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 12, 1, gen_random_uuid(), 0, 0, 0, null, '2026-01-01', null, '', "
    " '2025-01-02', '2025-01-02', null, 0, 0, 0, 0, '', null), "
    "(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 14, 1, gen_random_uuid(), 0, 0, 0, null, null, null, '', "
    " '2025-01-02', '2025-01-02', null, 0, 0, 0, 25, 'K7P3', null)";

static const char *const SHOWN = "select concat_ws('/', state, topic, lane, facts, sends) from notification.message order by number "
                                 "offset %d limit 1";

static void test_messages_keep_what_they_say(void **state)
{
    const struct db_schema before = {notification_schema.name, notification_schema.migrations, BEFORE};
    static const char *const EXPECTED[] = {
        "3/1/1/{\"order\": 7, \"unreviewed\": true}/1",
        "1/1/1/{\"order\": 8, \"position\": 2, \"reply_due\": 1769868000500000}/0",
        "4/1/1/{\"cause\": \"expired\", \"order\": 8, \"reason\": \"sanoi \\\"ei\\\"\", \"waiting\": true, \"conditional\": true}/0",
        "5/5/2/{\"opens\": 1767225600000000, \"closes\": 1769904000000000}/0",
        "2/3/1/{\"was\": 1767225600000000, \"becomes\": 1769904000000000}/0",
        "1/3/1/{\"same\": 1767225600000000}/0",
        "1/3/1/{\"was\": 1767225600000000, \"called_off\": true}/0",
        "1/2/1/{\"code\": \"K7P3\", \"credits\": 25}/0",
    };
    struct kit_pg *pg = kit_pg_new();
    struct arena *arena = arena_new(4096);
    struct facts facts;

    (void)state;
    kit_pg_apply(pg, &before);
    (void)kit_sql(pg, "set timezone = 'UTC'; %s", OLD_ROWS);
    kit_pg_apply(pg, &notification_schema);
    for (int i = 0; i < (int)(sizeof EXPECTED / sizeof EXPECTED[0]); i++) {
        assert_string_equal(kit_sql(pg, SHOWN, i), EXPECTED[i]);
        assert_true(facts_decode(
            arena, span_text(kit_sql(pg, "select facts from notification.message order by number offset %d limit 1", i)), &facts));
    }
    assert_true(facts.of[FACT_CODE].known && facts.of[FACT_CREDITS].number == 25);
    assert_int_equal(kit_sql_int(pg, "select count(*) from notification.message where promised_at <> queued_at"), 0);
    assert_int_equal(kit_sql_int(pg, "select count(*) from notification.message_change"), 0);
    assert_int_equal(kit_sql_int(pg, "select count(*) from notification.tally where what = 'withheld'"), 256);
    arena_free(arena);
    kit_pg_free(pg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_messages_keep_what_they_say), /* columns become facts the reader of today understands; state and counters stay */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
