/* The audit sample: bound before the reports, drawn with a value nobody knew then, and drawn again by Python from what the public sees. */
#define _GNU_SOURCE
#include "tests/service/funding/awards.h"

#include "common/base/hash.h"

#define GRANT  INT64_C(1000000)
#define GRANTS 5
#define BEACON "Arvonta 20.11.2026: 3 14 15 92 65"

static struct rig *rig;

static struct answer of_call(const char *method, const struct rig_call *call, struct uuid who, uint32_t roles)
{
    return rig_of_call(rig, method, call, who, roles);
}

static struct answer make(const struct rig_call *call, const char *beacon)
{
    Funding__MakeDrawRequest request = FUNDING__MAKE_DRAW_REQUEST__INIT;

    request.call_id = rig_bytes(&call->id);
    request.beacon = arena_strdup(rig_arena(rig), beacon);
    return rig_ask(rig, &(struct ask){.method = "MakeDraw", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER});
}

static const Funding__Draw *draw_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Draw *)answer->message;
}

static const char *hex(ProtobufCBinaryData bytes)
{
    char *text = arena_alloc(rig_arena(rig), 2 * bytes.len + 1);

    for (size_t i = 0; i < bytes.len; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", bytes.data[i]);
    return text;
}

/* Whoever sees the draw needs a few lines of Python: tags, order, who is drawn, and that the seed is the one that was bound. */
static void check_with_python(const Funding__Draw *draw)
{
    char *rows = arena_strdup(rig_arena(rig), "");
    char answer[16] = "";

    for (size_t i = 0; i < draw->n_rows; i++)
        rows = arena_printf(rig_arena(rig), "%s('%s','%s',%d),", rows, draw->rows[i]->register_number, hex(draw->rows[i]->tag),
                            draw->rows[i]->drawn);
    FILE *python = popen(arena_printf(rig_arena(rig),
                                      "/usr/bin/python3 -c \"import hmac,hashlib,math\n"
                                      "seed=bytes.fromhex('%s'); rows=[%s]\n"
                                      "assert hashlib.sha256(seed).hexdigest()=='%s'\n"
                                      "tags=sorted((hmac.new(seed,('%s'+n).encode(),hashlib.sha256).hexdigest(),n) for n,_,_ in rows)\n"
                                      "assert [(t,n) for n,t,_ in rows]==tags\n"
                                      "k=math.ceil(len(rows)*%u/1000)\n"
                                      "assert [d for _,_,d in rows]==[1]*k+[0]*(len(rows)-k)\n"
                                      "print('agreed')\"",
                                      hex(draw->seed), rows, hex(draw->commitment), draw->beacon, draw->sample_permille),
                         "r");
    assert_non_null(python);
    assert_int_equal(fscanf(python, "%15s", answer), 1);
    assert_int_equal(pclose(python), 0);
    assert_string_equal(answer, "agreed");
}

static void test_drawn(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "otos", .sample_permille = 300});
    const struct uuid nobody = {{0}};
    struct rig_application all[GRANTS];

    (void)state;
    assert_int_equal(of_call("GetDraw", &call, nobody, RIG_PUBLIC).err, ERR_NOT_FOUND);
    rig_refused(make(&call, BEACON), "funding.draw.not-bound");
    assert_int_equal(of_call("CommitDraw", &call, rig_new_id(), RIG_PREPARER).err, ERR_FORBIDDEN);
    const struct answer bound = of_call("CommitDraw", &call, call.preparer, RIG_PREPARER);
    assert_int_equal(draw_of(&bound)->commitment.len, 32);
    assert_int_equal(draw_of(&bound)->seed.len, 0); /* not yet */
    const char *commitment = hex(draw_of(&bound)->commitment);
    rig_refused(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER), "funding.draw.bound");
    rig_grant_all(rig, &call, all, GRANTS, GRANT);
    for (size_t i = 0; i < GRANTS - 1; i++)
        rig_accept(rig, &all[i]);
    rig_refused(make(&call, BEACON), "funding.draw.unanswered");
    assert_int_equal(rig_answer(rig, &all[GRANTS - 1], true).err, ERR_OK);
    const struct answer before = of_call("GetDraw", &call, nobody, RIG_PUBLIC);
    assert_int_equal(draw_of(&before)->seed.len, 0);
    assert_int_equal(draw_of(&before)->n_rows, 0);
    const struct answer made = make(&call, BEACON);
    assert_int_equal(draw_of(&made)->n_rows, GRANTS - 1); /* whoever refused is not in it */
    rig_refused(make(&call, "toinen"), "funding.draw.drawn");
    const struct answer shown = of_call("GetDraw", &call, nobody, RIG_PUBLIC);
    const Funding__Draw *draw = draw_of(&shown);
    assert_string_equal(hex(draw->commitment), commitment);
    assert_string_equal(draw->beacon, BEACON);
    assert_int_equal(draw->n_rows, GRANTS - 1);
    assert_true(draw->rows[0]->drawn && draw->rows[1]->drawn && !draw->rows[2]->drawn); /* 30 % of four, rounded up */
    check_with_python(draw);
    assert_int_equal(rig_events(rig, "funding.DrawMade.v1", call.id), 1);
    for (size_t i = 0; i < draw->n_rows; i++) {
        const struct rig_application row = {.id = rig_id(draw->rows[i]->application_id)};
        assert_int_equal(rig_count(rig, &row, "select count(*) from funding.report where sampled and kind = 2 and award_id = %s"),
                         draw->rows[i]->drawn);
    }
}

/* What was drawn from stays: an award that closes or a call that changes its share afterwards changes nothing. */
static void test_stays(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "pysyy", .sample_permille = 500});
    struct rig_application all[2];
    char id[UUID_TEXT];

    (void)state;
    assert_int_equal(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER).err, ERR_OK);
    rig_grant_all(rig, &call, all, 2, GRANT);
    rig_accept(rig, &all[0]);
    rig_accept(rig, &all[1]);
    const struct answer made = make(&call, BEACON);
    const char *first = hex(draw_of(&made)->rows[0]->tag);
    uuid_format(call.id, id);
    (void)kit_sql(rig_pg(rig), "update funding.call set sample_permille = 1000 where id = '%s'", id);
    (void)rig_count(rig, &all[0], "update funding.instalment set state = 5, why = 'test' where award_id = %s returning 1");
    (void)rig_count(rig, &all[0], "update funding.award set state = 5, why = 'test' where id = %s returning 1");
    const struct answer shown = of_call("GetDraw", &call, rig_new_id(), RIG_PUBLIC);
    const Funding__Draw *draw = draw_of(&shown);
    assert_int_equal(draw->n_rows, 2);
    assert_string_equal(hex(draw->rows[0]->tag), first);
    assert_true(draw->rows[0]->drawn && !draw->rows[1]->drawn);
    assert_int_equal(draw->sample_permille, 500);
    check_with_python(draw);
}

static void test_when(void **state)
{
    const struct rig_call none = rig_call(rig, &(struct call_plan){.code = "eiotosta"});
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "myohaan", .sample_permille = 100});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_refused(of_call("CommitDraw", &none, none.preparer, RIG_PREPARER), "funding.draw.no-sample");
    assert_int_equal(rig_report(rig, &a, FUNDING__REPORT_KIND__REPORT_FINAL, GRANT, true).err, ERR_OK);
    rig_refused(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER), "funding.draw.too-late");
}

/* Whoever is granted later would not be in it: it waits for the last decision. */
static void test_unresolved(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kesken", .sample_permille = 500});
    char id[UUID_TEXT];

    (void)state;
    assert_int_equal(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER).err, ERR_OK);
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    uuid_format(call.id, id);
    (void)kit_sql(rig_pg(rig),
                  "begin; set local session_replication_role = replica; update funding.call set state = 2 where id = '%s'; commit", id);
    rig_refused(make(&call, BEACON), "funding.draw.unresolved");
    (void)kit_sql(rig_pg(rig),
                  "begin; set local session_replication_role = replica; update funding.call set state = 3 where id = '%s'; commit", id);
    assert_int_equal(make(&call, BEACON).err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.report where sampled and award_id = %s"), 1);
}

/* Pages: all of them together are the draw. */
static void test_pages(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "sivut", .sample_permille = 400});
    Funding__GetDrawRequest request = FUNDING__GET_DRAW_REQUEST__INIT;
    struct rig_application all[GRANTS];
    Funding__DrawRow *rows[GRANTS];
    size_t count = 0;

    (void)state;
    assert_int_equal(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER).err, ERR_OK);
    rig_grant_all(rig, &call, all, GRANTS, GRANT);
    for (size_t i = 0; i < GRANTS; i++)
        rig_accept(rig, &all[i]);
    assert_int_equal(make(&call, BEACON).err, ERR_OK);
    request.call_id = rig_bytes(&call.id);
    request.page_size = 2;
    Funding__Draw whole;
    do {
        const struct answer page = rig_ask(rig, &(struct ask){.method = "GetDraw", .message = &request.base, .actor = {{0}}});
        whole = *draw_of(&page);
        assert_int_equal(whole.row_count, GRANTS);
        for (size_t i = 0; i < whole.n_rows; i++)
            rows[count++] = whole.rows[i];
        request.page_token = whole.next_page_token;
    } while (*whole.next_page_token != '\0');
    assert_int_equal(count, GRANTS);
    whole.rows = rows;
    whole.n_rows = count;
    check_with_python(&whole);
}

/* The seed that was bound cannot be exchanged, whoever tries. */
static void test_by_hand(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "siemen", .sample_permille = 100});
    char id[UUID_TEXT];

    (void)state;
    assert_int_equal(of_call("CommitDraw", &call, call.preparer, RIG_PREPARER).err, ERR_OK);
    uuid_format(call.id, id);
    const char *said =
        kit_sql(rig_pg(rig),
                "create temp table said (what text); do $$ begin update funding.audit_draw set seed = sha256('x'), commitment = "
                "sha256(sha256('x')) where call_id = '%s'; exception when check_violation then insert into said values "
                "('refused'); end $$; select what from said",
                id);
    assert_string_equal(said, "refused");
    (void)kit_sql(rig_pg(rig), "drop table if exists said");
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_drawn, rig_group_rest),      /* bound, drawn once, checked by Python from what the public sees */
        cmocka_unit_test_setup(test_stays, rig_group_rest),      /* what happens afterwards does not change what was drawn */
        cmocka_unit_test_setup(test_when, rig_group_rest),       /* before the first final report; only where there is a sample */
        cmocka_unit_test_setup(test_unresolved, rig_group_rest), /* not before the last decision */
        cmocka_unit_test_setup(test_pages, rig_group_rest),      /* page by page the same draw */
        cmocka_unit_test_setup(test_by_hand, rig_group_rest)     /* the seed stays, in the database too */
    };
    return rig_told(cmocka_run_group_tests_name("funding draw", tests, start, rig_group_stop));
}
