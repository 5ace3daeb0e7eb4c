/* Answers on a real PostgreSQL: written whole, read as they were, sealed rows found by their key, nets by their names. */
#include "common/base/time.h"
#include "services/enrolment/store/answer.h"
#include "services/enrolment/store/data_key.h"
#include "tests/store/enrolment/shelf.h"

static struct kit_pg *pg;
static const struct job JOB; /* only its address counts */

static int fill(void **state)
{
    (void)state;
    shelf_fill(pg);
    return 0;
}

static struct answer plain(unsigned registration, const char *code, const char *values)
{
    return (struct answer){.registration = shelf_registration(registration), .code = code, .plain = span_text(values)};
}

static struct answer sealed(unsigned registration, const char *code, const char *bytes, uint32_t key_no)
{
    return (struct answer){.registration = shelf_registration(registration), .code = code, .sealed = span_text(bytes), .key_no = key_no};
}

static void put(unsigned registration, const struct answer *rows, size_t count)
{
    struct hand hand = hand_open(pg);
    hand_load(&hand);
    answer_put(hand.w, shelf_registration(registration), rows, count);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
}

static const char *stored(unsigned registration)
{
    return kit_sql(pg,
                   "select string_agg(code || '=' || coalesce(array_to_string(plain, ','), encode(sealed, 'escape') || '/' || key_no), ' ' "
                   "order by code)"
                   " from enrolment.answer where registration_id = ('00000004-0000-8000-8000-' || lpad('%u', 12, '0'))::uuid",
                   registration);
}

static void test_there_and_back(void **state)
{
    const struct answer rows[] = {plain(1, "meal", "fish\x1fplants"), plain(1, "words", "a, b\nc"), sealed(1, "diet", "sealed", 3)};
    (void)state;
    put(1, rows, 3);
    assert_string_equal(stored(1), "diet=sealed/3 meal=fish,plants words=a, b\nc");
    struct hand hand = hand_open(pg);
    answer_want(hand.w, &JOB, shelf_registration(1));
    hand_load(&hand);
    const struct answer_list list = answer_list(hand.w, &JOB);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.rows[0].code, "diet");
    assert_null(list.rows[0].plain.data);
    assert_true(span_equal(list.rows[0].sealed, span_text("sealed")));
    assert_int_equal(list.rows[0].key_no, 3);
    assert_true(span_equal(list.rows[1].plain, span_text("fish\x1fplants")));
    assert_null(list.rows[1].sealed.data);
    assert_true(span_equal(list.rows[2].plain, span_text("a, b\nc")));
    assert_int_equal(uuid_compare(list.rows[2].registration, shelf_registration(1)), 0);
    hand_close(&hand);
}

/* Within a batch the last word holds, and a job sees what those before it put. */
static void test_replaced_whole(void **state)
{
    const struct answer first[] = {plain(1, "a", "1"), plain(1, "b", "2")}, second[] = {plain(1, "b", "3")}, other[] = {plain(2, "a", "x")};
    (void)state;
    put(1, first, 2);
    struct hand hand = hand_open(pg);
    answer_want(hand.w, &JOB, shelf_registration(1));
    hand_load(&hand);
    answer_put(hand.w, shelf_registration(1), NULL, 0);
    assert_int_equal(answer_list(hand.w, &JOB).count, 0);
    answer_put(hand.w, shelf_registration(2), other, 1);
    answer_put(hand.w, shelf_registration(1), second, 1);
    assert_int_equal(answer_list(hand.w, &JOB).count, 1);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    assert_string_equal(stored(1), "b=3");
    assert_string_equal(stored(2), "a=x");
    put(1, NULL, 0);
    assert_string_equal(stored(1), "");
}

static void fill_sealed(void)
{
    const struct answer one[] = {sealed(1, "a", "s1", 1), sealed(1, "b", "s2", 2), plain(1, "c", "p")}, two[] = {sealed(2, "a", "s1", 1)},
                        three[] = {sealed(3, "a", "s3", 3)};
    put(1, one, 3);
    put(2, two, 1);
    put(3, three, 1);
}

static void test_older(void **state)
{
    static const uint32_t keys[] = {1};
    (void)state;
    fill_sealed();
    struct hand hand = hand_open(pg);
    answer_want_older(hand.w, &JOB, keys, 1, 3, 10);
    hand_load(&hand);
    const struct answer_list list = answer_list(hand.w, &JOB);
    assert_int_equal(list.count, 2);                       /* of the keys we have */
    assert_int_equal(answer_older_count(hand.w, &JOB), 3); /* of all that is not sealed with the newest */
    for (size_t i = 0; i < list.count; i++) {
        struct answer *row = arena_alloc(hand.arena, sizeof *row);
        assert_true(span_equal(list.rows[i].sealed, span_text("s1")));
        *row = list.rows[i];
        row->sealed = span_text("new");
        row->key_no = 3;
        answer_reseal(hand.w, row);
    }
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    assert_string_equal(stored(1), "a=new/3 b=s2/2 c=p");
    assert_string_equal(stored(2), "a=new/3");
}

static void test_older_in_steps(void **state)
{
    static const uint32_t keys[] = {1, 2};
    (void)state;
    fill_sealed();
    struct hand hand = hand_open(pg);
    answer_want_older(hand.w, &JOB, keys, 2, 3, 2);
    hand_load(&hand);
    assert_int_equal(answer_list(hand.w, &JOB).count, 2);
    assert_int_equal(answer_older_count(hand.w, &JOB), 3);
    hand_close(&hand);
}

/* A row somebody changes at this moment is left for the next time; nobody waits. */
static void test_older_waits_for_nobody(void **state)
{
    static const uint32_t keys[] = {1};
    const struct answer changed[] = {sealed(1, "a", "later", 1)};
    (void)state;
    fill_sealed();
    struct hand first = hand_open(pg), second = hand_open(pg);
    hand_load(&first);
    answer_put(first.w, shelf_registration(1), changed, 1);
    store_save(first.w, first.db);
    assert_int_equal(db_flush(first.db), ERR_OK);
    answer_want_older(second.w, &JOB, keys, 1, 3, 10);
    hand_load(&second);
    const struct answer_list list = answer_list(second.w, &JOB);
    assert_int_equal(list.count, 1);
    assert_int_equal(uuid_compare(list.rows[0].registration, shelf_registration(2)), 0);
    hand_close(&second);
    hand_close(&first);
}

/* In one batch: what a registration itself says is the later word. */
static void test_resealed_and_changed(void **state)
{
    static const uint32_t keys[] = {1};
    const struct answer changed[] = {sealed(1, "a", "mine", 3)};
    struct answer resealed = sealed(1, "a", "again", 3);
    (void)state;
    fill_sealed();
    struct hand hand = hand_open(pg);
    answer_want_older(hand.w, &JOB, keys, 1, 3, 10);
    hand_load(&hand);
    answer_put(hand.w, shelf_registration(1), changed, 1);
    answer_reseal(hand.w, &resealed);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    assert_string_equal(stored(1), "a=mine/3");
}

static void refused(const struct answer *row, const char *constraint)
{
    struct hand hand = hand_open(pg);
    hand_load(&hand);
    answer_put(hand.w, row->registration, row, 1);
    assert_int_not_equal(hand_save(&hand), ERR_OK);
    assert_string_equal(db_constraint(hand.db), constraint);
    hand_close(&hand);
}

static void test_nets(void **state)
{
    const struct answer both = {
        .registration = shelf_registration(1), .code = "a", .plain = span_text("x"), .sealed = span_text("y"), .key_no = 1};
    const struct answer neither = {.registration = shelf_registration(1), .code = "a"};
    const struct answer nobodys = plain(99, "a", "x");
    (void)state;
    refused(&both, "answer_one_form");
    refused(&neither, "answer_one_form");
    refused(&nobodys, "answer_registration_id_fkey");
}

/* Keys of services that start, one after the other; each number's proof as long as a hash. */
static enum err start_with(const struct data_key *keys, size_t count, struct data_key_report *report)
{
    struct hand hand = hand_open(pg);
    const enum err err = data_key_check(hand.db, hand.arena, keys, count, report);

    hand_close(&hand);
    return err;
}

static void test_data_keys(void **state)
{
    const struct data_key one = {.number = 1, .proof = {{1}}}, two = {.number = 2, .proof = {{2}}}, other = {.number = 1, .proof = {{9}}};
    const struct data_key both[] = {two, one}, mixed[] = {{.number = 3, .proof = {{3}}}, other};
    const struct answer row = sealed(1, "diet", "x", 1);
    struct data_key_report report = {.wrong = 0};
    (void)state;
    (void)kit_sql(pg, "delete from enrolment.data_key");
    assert_int_equal(start_with(NULL, 0, &report), ERR_OK); /* a service without keys */
    assert_int_equal(start_with(&one, 1, &report), ERR_OK);
    assert_int_equal(start_with(both, 2, &report), ERR_OK); /* another replica, with the next key too */
    assert_int_equal(report.wrong, 0);
    assert_int_equal(start_with(mixed, 2, &report), ERR_OK);
    assert_int_equal(report.wrong, 1);
    assert_int_equal(kit_sql_int(pg, "select sum(number) from enrolment.data_key"), 3); /* nothing was left by it */
    put(1, &row, 1);
    assert_int_equal(start_with(&two, 1, &report), ERR_OK);
    assert_int_equal(report.wrong, 0);
    assert_int_equal(report.missing, 1); /* taken out before all was sealed anew */
    (void)kit_sql(pg, "delete from enrolment.answer");
    assert_int_equal(start_with(&two, 1, &report), ERR_OK);
    assert_int_equal(report.missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_there_and_back, fill),         /* several values, line feeds, sealed bytes */
        cmocka_unit_test_setup(test_replaced_whole, fill),         /* the last word of a batch holds, others' rows stay */
        cmocka_unit_test_setup(test_older, fill),                  /* found by key, sealed anew, what is left is counted */
        cmocka_unit_test_setup(test_older_in_steps, fill),         /* no more than asked for */
        cmocka_unit_test_setup(test_older_waits_for_nobody, fill), /* a row in somebody's hands is left out */
        cmocka_unit_test_setup(test_resealed_and_changed, fill),   /* both in one batch */
        cmocka_unit_test_setup(test_data_keys, fill),              /* a number is one key for ever; a key still needed is missed */
        cmocka_unit_test_setup(test_nets, fill)                    /* plain or sealed, and somebody's */
    };
    pg = shelf_open();
    const int failed = cmocka_run_group_tests_name("answers in the store", tests, NULL, NULL);
    kit_pg_free(pg);
    return failed;
}
