/* Instalments: planned within the grant, paid along their machine, to the right account. */
#include "tests/service/funding/awards.h"

#define GRANT INT64_C(10000000) /* 100,000.00 euros */

static struct rig *rig;

static const Funding__Award *award_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Award *)answer->message;
}

static void test_payments(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "maksut"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);

    (void)state;
    rig_refused(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", ""), "funding.award.not-accepted");
    rig_accept(rig, &a);
    rig_refused(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID, "RF18", rig_day(rig, 0)),
                "funding.instalment.state");
    const struct answer ordered = rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", "");
    assert_int_equal(award_of(&ordered)->instalments[0]->state, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.instalment where award_id = %s and iban = 'FI21 1234 5600 0007 85'"),
                     1);
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_CAME_BACK, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", "").err, ERR_OK); /* again */
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", "").err, ERR_OK);
    const struct answer nothing = rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID, "", rig_day(rig, 0));
    assert_int_equal(nothing.err, ERR_INVALID); /* paid has the bank's reference */
    assert_string_equal(nothing.field, "reference");
    rig_refused(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID, "RF18", rig_day(rig, 1)),
                "funding.instalment.paid-on");
    const struct answer paid = rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID, "RF18 5390", rig_day(rig, 0));
    assert_int_equal(award_of(&paid)->paid_cents, GRANT / 2);
    assert_int_equal(award_of(&paid)->paid_cents, rig_count(rig, &a, "select paid_cents from funding.award where id = %s"));
    assert_string_equal(award_of(&paid)->instalments[0]->reference, "RF18 5390");
    assert_int_equal(rig_events(rig, "funding.InstalmentMoved.v1", a.id), 6);
}

/* Who orders does not send: another preparer of the call does, also after it came back and was ordered again. */
static void test_four_eyes(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kaksi"});
    const struct rig_call swapped = {.preparer = call.second_preparer, .second_preparer = call.preparer};
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct rig_call alone = {.preparer = call.preparer, .second_preparer = call.preparer};

    (void)state;
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", "").err, ERR_OK);
    rig_refused(rig_pay(rig, &alone, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", ""), "funding.instalment.four-eyes");
    assert_int_equal(rig_award_of(rig, &call, &a)->instalments[0]->state, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED);
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_CAME_BACK, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &swapped, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", "").err, ERR_OK);
    rig_refused(rig_pay(rig, &call, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", ""), "funding.instalment.four-eyes");
    assert_int_equal(rig_pay(rig, &swapped, &a, 0, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", "").err, ERR_OK);
}

static struct answer plan(const struct rig_call *call, const struct rig_application *a, size_t count, const int64_t *cents,
                          uint64_t if_match)
{
    Funding__PutInstalmentsRequest request = FUNDING__PUT_INSTALMENTS_REQUEST__INIT;
    Funding__PlannedInstalment rows[8], *list[8];

    for (size_t i = 0; i < count; i++) {
        list[i] = &rows[i];
        funding__planned_instalment__init(&rows[i]);
        rows[i].cents = cents[i];
        rows[i].due_on = rig_day(rig, 60 + 90 * (int64_t)i);
    }
    request.application_id = rig_bytes(&a->id);
    request.instalments = list;
    request.n_instalments = count;
    return rig_ask(
        rig,
        &(struct ask){
            .method = "PutInstalments", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER, .if_match = if_match});
}

static void test_plan(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "erat"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const int64_t thirds[] = {GRANT / 2, GRANT / 4, GRANT / 4}, more[] = {GRANT / 2, GRANT / 4, GRANT / 4 + 1}, rest[] = {GRANT / 2 + 1};

    (void)state;
    uint64_t version = rig_award_of(rig, &call, &a)->version;
    rig_refused(plan(&call, &a, 3, more, version), "funding.instalment.over-granted");
    assert_int_equal(plan(&call, &a, 3, thirds, version + 1).err, ERR_PRECONDITION);
    const struct answer planned = plan(&call, &a, 3, thirds, version);
    const Funding__Award *award = award_of(&planned);
    assert_int_equal(award->n_instalments, 4); /* the first stayed, the second is cancelled, two are new */
    assert_int_equal(award->instalments[0]->state, FUNDING__INSTALMENT_STATE__INSTALMENT_PLANNED);
    assert_int_equal(award->instalments[1]->state, FUNDING__INSTALMENT_STATE__INSTALMENT_CANCELLED);
    assert_int_equal(award->planned_cents, GRANT);
    assert_int_equal(rig_count(rig, &a, "select planned_cents from funding.award where id = %s"), GRANT);
    rig_paid(rig, &call, &a, 0);
    version = rig_award_of(rig, &call, &a)->version;
    rig_refused(plan(&call, &a, 1, rest, version), "funding.instalment.over-granted"); /* half is paid: a cent too much */
    assert_int_equal(plan(&call, &a, 0, NULL, version).err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->planned_cents, GRANT / 2); /* what is paid stays */
}

/* A new row begins today at the earliest; one that was planned already stays, though its day has passed. */
static void test_past_day(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "mennyt"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    Funding__PutInstalmentsRequest request = FUNDING__PUT_INSTALMENTS_REQUEST__INIT;
    Funding__PlannedInstalment first = FUNDING__PLANNED_INSTALMENT__INIT, second = FUNDING__PLANNED_INSTALMENT__INIT;
    Funding__PlannedInstalment *rows[] = {&first, &second};

    (void)state;
    (void)rig_count(rig, &a,
                    "with o as (update funding.instalment set due_on = (now() at time zone 'Europe/Helsinki')::date - 1 where ordinal = 1 "
                    "and award_id = %s returning 1) select count(*) from o");
    request.application_id = rig_bytes(&a.id);
    request.instalments = rows;
    request.n_instalments = 2;
    first.cents = GRANT / 2;
    first.due_on = rig_day(rig, -1); /* is planned already */
    second.cents = 1000;
    second.due_on = rig_day(rig, -1);
    struct ask ask = {.method = "PutInstalments",
                      .message = &request.base,
                      .actor = call.preparer,
                      .roles = RIG_PREPARER,
                      .if_match = rig_award_of(rig, &call, &a)->version};
    const struct answer past = rig_ask(rig, &ask);
    rig_refused(past, "funding.instalment.past");
    assert_string_equal(past.field, "instalments[1].dueOn");
    second.due_on = rig_day(rig, 0);
    const struct answer today = rig_ask(rig, &ask);
    assert_int_equal(award_of(&today)->planned_cents, GRANT / 2 + 1000);
}

/* Paid before the day that the decision names: it may be, and is told as long as it stands. */
static void test_early(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "ennen"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    assert_int_equal(rig_award_of(rig, &call, &a)->n_findings, 0);
    rig_paid(rig, &call, &a, 0);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_true(strcmp(award->instalments[0]->paid_on, award->instalments[0]->due_on) < 0);
    assert_int_equal(award->n_findings, 1);
    assert_string_equal(award->findings[0]->rule, "funding.instalment.early");
    assert_string_equal(award->findings[0]->field, "instalments[0].paidOn");
    assert_true(award->findings[0]->warning);
}

/* What is refused leaves everything as it was: the plan before it too. */
static void test_plan_full(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "taynna"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    int64_t cents[8];

    (void)state;
    for (int64_t round = 0; round < 7; round++) { /* two, and eight more each time: fifty after six */
        for (size_t i = 0; i < 8; i++)
            cents[i] = 1000 + round;
        const struct answer planned = plan(&call, &a, 8, cents, rig_award_of(rig, &call, &a)->version);
        if (round < 6)
            assert_int_equal(award_of(&planned)->planned_cents, 8 * (1000 + round));
        else
            rig_refused(planned, "funding.instalment.too-many");
    }
    assert_int_equal(rig_award_of(rig, &call, &a)->planned_cents, 8 * 1005);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.instalment where award_id = %s and state = 1"), 8);
}

/* A payment that came back goes to the account that is right now, and somebody says why. */
static void test_other_account(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "tili"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    Funding__MoveInstalmentRequest request = FUNDING__MOVE_INSTALMENT_REQUEST__INIT;

    (void)state;
    request.application_id = rig_bytes(&a.id);
    request.instalment_id = rig_award_of(rig, &call, &a)->instalments[0]->id;
    request.state = FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED;
    request.iban = arena_strdup(rig_arena(rig), "FI55 1234 5600 0007 86");
    struct ask ask = {.method = "MoveInstalment", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER};
    assert_string_equal(rig_ask(rig, &ask).field, "reason");
    request.reason = arena_strdup(rig_arena(rig), "Saaja ilmoitti uuden tilin 20.11.");
    const struct answer wrong = rig_ask(rig, &ask);
    assert_string_equal(wrong.rule, "funding.instalment.iban");
    assert_string_equal(wrong.field, "iban");
    request.iban = arena_strdup(rig_arena(rig), "FI42 5000 1510 0000 23");
    const struct answer ordered = rig_ask(rig, &ask);
    assert_string_equal(award_of(&ordered)->instalments[0]->iban, "FI42 5000 1510 0000 23");
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.instalment where award_id = %s and iban = 'FI42 5000 1510 0000 23'"),
                     1);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_payments, rig_group_rest),     /* along the machine; came back is ordered again; day and reference */
        cmocka_unit_test_setup(test_four_eyes, rig_group_rest),    /* whoever ordered does not send */
        cmocka_unit_test_setup(test_plan, rig_group_rest),         /* within the grant to the cent, beside what is paid */
        cmocka_unit_test_setup(test_past_day, rig_group_rest),     /* new rows from today on; those that stay stay */
        cmocka_unit_test_setup(test_early, rig_group_rest),        /* a payment before its day is told */
        cmocka_unit_test_setup(test_plan_full, rig_group_rest),    /* fifty in all; a refused plan changes nothing */
        cmocka_unit_test_setup(test_other_account, rig_group_rest) /* a right one, with a reason */
    };
    return cmocka_run_group_tests_name("funding instalments", tests, start, rig_group_stop);
}
