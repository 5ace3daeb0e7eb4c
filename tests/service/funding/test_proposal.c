/* Proposals over real NNG and PostgreSQL: the choice within the allocations, what displaced whom, when it is outdated, deviations from it,
 * and what is not shown to whom. That the choice is the best one is shown in tests/unit/funding/test_portfolio.c. */
#include "tests/service/funding/evaluations.h"

#include <sodium.h>

static struct rig *rig;

static void assert_refused(struct answer answer, enum err err, const char *rule)
{
    if (answer.err != err || strcmp(answer.rule, rule) != 0)
        fail_msg("error %d %s %s, not %d %s", (int)answer.err, answer.rule, answer.field, (int)err, rule);
}

static const ProtobufCMessage *given(struct answer answer)
{
    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer.err, answer.rule, answer.field);
    return answer.message;
}

static const Funding__Proposal *proposed(const char *method, const struct rig_call *call, struct uuid who, uint32_t roles)
{
    return (const Funding__Proposal *)given(rig_of_call(rig, method, call, who, roles));
}

static const Funding__ProposalRow *row_of(const Funding__Proposal *p, const struct rig_application *a)
{
    for (size_t i = 0; i < p->n_rows; i++)
        if (memcmp(p->rows[i]->application_id.data, a->id.b, 16) == 0)
            return p->rows[i];
    fail_msg("%s is not in it", a->register_number);
    return NULL;
}

struct scene {
    struct rig_call call;
    struct rig_application a[6];
};

/* One theme of 1000 euros. Points 10000, 8000, 6000, 9000 (too dear), against, not evaluated; only the first two fit. */
static struct scene scene(const char *code)
{
    static const int64_t CENTS[] = {60000, 40000, 50000, 110000, 10000, 10000};
    static const uint32_t POINTS[] = {5, 4, 3, 4, 5};
    struct scene s = {.call = rig_call(rig, &(struct call_plan){.code = code, .theme_cents = 100000})};

    for (size_t i = 0; i < 6; i++) {
        s.a[i] = rig_submitted(rig, &s.call, &(struct write_plan){.cents = CENTS[i], .title = "Hanke"});
        const struct evaluation_plan plan = {.points = {POINTS[i < 5 ? i : 0], POINTS[i < 5 ? i : 0]},
                                             .verdict = i == 4 ? FUNDING__VERDICT__VERDICT_DO_NOT_FUND : 0,
                                             .cents = i == 4 ? 0 : CENTS[i]};
        if (i < 5)
            (void)given(rig_evaluate(rig, &s.call, &s.a[i], 0, plan));
    }
    return s;
}

static void test_the_best_within_the_allocation(void **state)
{
    (void)state;
    const struct scene s = scene("best");
    const Funding__Proposal *p = proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);

    assert_int_equal(p->n_rows, 6);
    assert_int_equal(p->points, 18000);
    assert_int_equal(p->cents, 100000);
    assert_false(p->outdated);
    assert_true(row_of(p, &s.a[0])->chosen && row_of(p, &s.a[1])->chosen);
    assert_int_equal(row_of(p, &s.a[0])->loss, 4000); /* 2 and 3 instead */
    assert_int_equal(row_of(p, &s.a[1])->loss, 8000); /* 1 alone */
    const Funding__ProposalRow *third = row_of(p, &s.a[2]);
    assert_false(third->chosen);
    assert_int_equal(third->loss, 4000);
    assert_non_null(strstr(third->why->fi, s.a[0].register_number));
    assert_non_null(strstr(third->why->sv, "4000"));
    assert_non_null(strstr(third->why->en, "displace"));
    assert_int_equal(row_of(p, &s.a[3])->loss, -1);
    assert_int_equal(row_of(p, &s.a[4])->cents, 0);
    assert_non_null(strstr(row_of(p, &s.a[4])->why->en, "do not recommend"));
    assert_non_null(strstr(row_of(p, &s.a[5])->why->en, "no evaluation"));
    assert_int_equal(rig_events(rig, "funding.ProposalMade.v1", s.call.id), 1);
    /* It is kept as it was. */
    const Funding__Proposal *kept = proposed("GetProposal", &s.call, s.call.decider, RIG_DECIDER);
    assert_memory_equal(kept->id.data, p->id.data, 16);
    assert_memory_equal(kept->input_hash.data, p->input_hash.data, 32);
    assert_false(kept->outdated);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(row_of(kept, &s.a[i])->loss, row_of(p, &s.a[i])->loss);
        assert_string_equal(row_of(kept, &s.a[i])->why->fi, row_of(p, &s.a[i])->why->fi);
    }
    /* The same input gives the same answer, under another id. */
    const Funding__Proposal *again = proposed("MakeProposal", &s.call, s.call.second_preparer, RIG_PREPARER);
    assert_memory_not_equal(again->id.data, p->id.data, 16);
    assert_memory_equal(again->input_hash.data, p->input_hash.data, 32);
    assert_int_equal(again->points, p->points);
}

/* The hash can be made again from what the document says: here by SQL and SHA-256 alone. */
static void test_the_hash_of_the_input(void **state)
{
    (void)state;
    const struct scene s = scene("hash");
    const Funding__Proposal *p = proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    const char *text = kit_sql(
        rig_pg(rig),
        "select 'hakuvayla proposal 1' || chr(10) || 'call ' || c.id || ' ' || c.allocation_cents || chr(10) || "
        "(select string_agg('theme ' || t.id || ' ' || t.allocation_cents || chr(10), '' order by t.ordinal) from funding.theme t "
        " where t.call_id = c.id) || "
        "(select string_agg('application ' || a.id || ' ' || a.register_number || ' ' || a.theme_id || ' ' || "
        " case when e.person_id is null then 'not-evaluated' when e.verdict = 3 then 'verdict' else 'candidate' end || ' ' || "
        " coalesce(e.points_total, 0) || ' ' || coalesce(e.cents, 0) || chr(10), '' order by split_part(a.register_number, '/', 1)::int) "
        " from funding.application a left join funding.evaluation e on e.application_id = a.id where a.call_id = c.id) "
        "from funding.call c where c.code = 'hash'");
    uint8_t hash[32];
    size_t len = strlen(text);

    while (len > 0 && text[len - 1] == '\n')
        len--;
    char *whole = arena_printf(rig_arena(rig), "%.*s\n", (int)len, text);
    crypto_hash_sha256(hash, (const uint8_t *)whole, strlen(whole));
    assert_memory_equal(hash, p->input_hash.data, 32);
}

static void test_outdated(void **state)
{
    (void)state;
    struct scene s = scene("outdated");

    (void)proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    (void)given(rig_evaluate(rig, &s.call, &s.a[5], 0, (struct evaluation_plan){.points = {5, 5}, .cents = 100}));
    assert_true(proposed("GetProposal", &s.call, s.call.preparer, RIG_PREPARER)->outdated);
    const Funding__Proposal *p = proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    assert_false(proposed("GetProposal", &s.call, s.call.preparer, RIG_PREPARER)->outdated);
    /* Beside the new one, 2 and 3 are worth more than 1 alone: 14000 points against 10000. */
    assert_true(!row_of(p, &s.a[0])->chosen && row_of(p, &s.a[5])->chosen && row_of(p, &s.a[1])->chosen && row_of(p, &s.a[2])->chosen);
    /* An assessment's amount goes before what evaluators recommend. */
    (void)given(rig_assess(rig, &s.call, &s.a[0], &(struct assess_plan){.cents = 59000, .reason = 22}));
    assert_true(proposed("GetProposal", &s.call, s.call.preparer, RIG_PREPARER)->outdated);
    p = proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    assert_int_equal(row_of(p, &s.a[0])->cents, 59000);
    assert_true(row_of(p, &s.a[0])->chosen && row_of(p, &s.a[5])->chosen && row_of(p, &s.a[1])->chosen);
    /* A withdrawal too, and a conflict that leaves one without an evaluation. */
    (void)given(rig_withdraw(rig, &s.a[0], "Ei tehdäkään"));
    assert_true(proposed("GetProposal", &s.call, s.call.preparer, RIG_PREPARER)->outdated);
    (void)given(rig_note_conflict(rig, &s.a[5], s.call.preparer, RIG_PREPARER, s.call.evaluators[0]));
    p = proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    assert_int_equal(p->n_rows, 5);
    assert_non_null(strstr(row_of(p, &s.a[5])->why->en, "no evaluation"));
}

static void test_a_deviation_needs_words(void **state)
{
    (void)state;
    const struct scene s = scene("deviation");
    struct assess_plan grant = {.cents = 50000};
    const struct assess_plan reject = {.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 2};
    const Funding__Assessment *m;

    (void)proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    m = (const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[2], &grant));
    assert_int_equal(m->n_findings, 1);
    assert_string_equal(m->findings[0]->rule, "funding.assessment.deviation");
    grant.deviation = "Alueellinen kattavuus";
    assert_int_equal(((const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[2], &grant)))->n_findings, 0);
    m = (const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[0], &reject));
    assert_string_equal(m->findings[0]->rule, "funding.assessment.deviation");
    assert_int_equal(((const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[3], &reject)))->n_findings, 0);
    assert_int_equal(
        ((const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[1], &(struct assess_plan){.cents = 40000})))->n_findings, 0);
    m = (const Funding__Assessment *)given(rig_assess(rig, &s.call, &s.a[1], &(struct assess_plan){.cents = 39996, .reason = 22}));
    assert_int_equal(m->n_findings, 1);
}

static void test_median_and_majority(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "median"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 90000});
    const struct rig_application b = rig_submitted(rig, &call, &(struct write_plan){.cents = 90000, .theme = 1});
    const struct evaluation_plan against = {.points = {1, 1}, .verdict = FUNDING__VERDICT__VERDICT_DO_NOT_FUND};

    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 90000}));
    (void)given(rig_evaluate(rig, &call, &a, 1, (struct evaluation_plan){.points = {3, 3}, .cents = 50001}));
    (void)given(rig_evaluate(rig, &call, &a, 2, against));
    (void)given(rig_evaluate(rig, &call, &b, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 90000}));
    (void)given(rig_evaluate(rig, &call, &b, 1, against));
    (void)given(rig_evaluate(rig, &call, &b, 2, against));
    const Funding__Proposal *p = proposed("MakeProposal", &call, call.preparer, RIG_PREPARER);
    assert_int_equal(row_of(p, &a)->points, 6000);
    assert_int_equal(row_of(p, &a)->cents, 70000); /* the mean of the two who would fund it, rounded down */
    assert_true(row_of(p, &a)->chosen);
    assert_false(row_of(p, &b)->chosen);
    const Funding__Ranking *r = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.preparer, RIG_PREPARER));
    assert_int_equal(r->n_rows, 2);
    assert_memory_equal(r->rows[0]->application_id.data, a.id.b, 16);
    assert_int_equal(r->rows[0]->recommended_cents, 70000);
    assert_int_equal(r->rows[0]->evaluations, 3);
    assert_int_equal(r->rows[1]->recommended_cents, 0);
    assert_int_equal(r->rows[1]->points, 4667); /* 10000, 2000, 2000 */
}

static void test_who_may(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "who"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 90000});

    assert_refused(rig_of_call(rig, "MakeProposal", &call, call.decider, RIG_DECIDER), ERR_FORBIDDEN, "");
    assert_int_equal(rig_of_call(rig, "MakeProposal", &call, rig_new_id(), RIG_PREPARER).err, ERR_FORBIDDEN);
    assert_refused(rig_of_call(rig, "MakeProposal", &call, call.preparer, RIG_PREPARER), ERR_REFUSED, "funding.proposal.nothing");
    assert_refused(rig_of_call(rig, "GetProposal", &call, call.preparer, RIG_PREPARER), ERR_NOT_FOUND, "funding.proposal.none");
    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 90000}));
    (void)proposed("MakeProposal", &call, call.preparer, RIG_PREPARER);
    assert_int_equal(proposed("GetProposal", &call, call.presenter, RIG_PRESENTER)->n_rows, 1);
    /* An evaluator learns the others' points nowhere before their own are saved; nor does who has a conflict. */
    assert_int_equal(proposed("GetProposal", &call, call.evaluators[1], RIG_EVALUATOR)->n_rows, 0);
    assert_int_equal(proposed("GetProposal", &call, call.evaluators[0], RIG_EVALUATOR)->n_rows, 1);
    (void)given(rig_note_conflict(rig, &a, call.presenter, RIG_PRESENTER, (struct uuid){.b = {0}}));
    assert_int_equal(proposed("GetProposal", &call, call.presenter, RIG_PRESENTER)->n_rows, 0);
    const Funding__Ranking *r = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.presenter, RIG_PRESENTER));
    assert_int_equal(r->n_rows, 1);
    assert_int_equal(r->rows[0]->points, 0);
    assert_refused(rig_of_call(rig, "GetRanking", &call, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
}

/* What an evaluator may not know yet is not told by another application's row either: no names, no losses, no sums. */
static void test_nothing_by_a_detour(void **state)
{
    (void)state;
    const struct scene s = scene("detour");
    const struct evaluation_plan plan = {.points = {3, 3}, .cents = 50000};

    (void)proposed("MakeProposal", &s.call, s.call.preparer, RIG_PREPARER);
    (void)given(rig_evaluate(rig, &s.call, &s.a[2], 1, plan));
    const Funding__Proposal *p = proposed("GetProposal", &s.call, s.call.evaluators[1], RIG_EVALUATOR);
    assert_int_equal(p->n_rows, 1);
    assert_null(strstr(p->rows[0]->why->fi, s.a[0].register_number));
    assert_non_null(strstr(p->rows[0]->why->fi, "et näe kaikkia"));
    assert_int_equal(p->rows[0]->loss, 0);
    assert_int_equal(p->points, 0);
    assert_int_equal(p->cents, 0);
    /* Who has a conflict in one: the same of all others. */
    (void)given(rig_note_conflict(rig, &s.a[0], s.call.presenter, RIG_PRESENTER, (struct uuid){.b = {0}}));
    p = proposed("GetProposal", &s.call, s.call.presenter, RIG_PRESENTER);
    assert_int_equal(p->n_rows, 5);
    assert_int_equal(p->points, 8000);
    assert_int_equal(p->cents, 40000);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(p->rows[i]->loss, 0);
    assert_true(row_of(p, &s.a[1])->chosen);
    assert_int_equal(proposed("GetProposal", &s.call, s.call.decider, RIG_DECIDER)->points, 18000);
}

/* Written by hand: submitted, of one partner, evaluated by one. */
static void many_by_hand(const char *code, size_t from, size_t count)
{
    (void)kit_sql(
        rig_pg(rig),
        "create table many as select gen_random_uuid() id, gen_random_uuid() owner, c.id call_id, t.theme_id, k, "
        " 10000 + (k * 7919 %% 100000) cents from generate_series(%zu, %zu) k cross join (select id from funding.call where code = '%s') c "
        "join lateral (select id theme_id from funding.theme where call_id = c.id order by ordinal offset k %% 8 limit 1) t on true",
        from, from + count - 1, code);
    (void)kit_sql(
        rig_pg(rig),
        "insert into funding.application (id, call_id, theme_id, state, why, owner_id, language, title, lead_name, content_version, "
        "created_at, saved_at, total_cents, applied_cents) select id, call_id, theme_id, 1, 'x', owner, 'fi', repeat('Hanke ', 20), "
        "repeat('Koulu ', 20), 1, now(), now(), cents, cents from many;"
        "insert into funding.partner select id, 1, '0313471-7', 'x', owner, 'x', 'x@example.fi', 'fi', cents from many;"
        "insert into funding.budget_line select id, 1, 1, 'x', cents from many;"
        "insert into funding.funding_share select id, 1, 1, 'x', cents from many;"
        "update funding.application a set state = 2, why = 'x', register_number = 1000 + k || '/00.01.99/2026', submitted_at = now() "
        "from many where many.id = a.id;"
        "insert into funding.evaluation select id, gen_random_uuid(), 1, cents, '', 3000 + (k * 104729 %% 7000), now() from many;"
        "drop table many");
}

/* More than one answer holds with all its words: all of them are there, with less about each; and more than a choice is made of. */
static void test_thousands(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "thousands", .themes = 8, .theme_cents = 10000000});

    many_by_hand("thousands", 1, 4900);
    const Funding__Ranking *ranking = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.decider, RIG_DECIDER));
    assert_int_equal(ranking->n_rows, 4900);
    assert_int_equal(ranking->rows[0]->application_id.len, 16);
    assert_true(ranking->rows[0]->points >= ranking->rows[1]->points);
    const Funding__Proposal *p = proposed("MakeProposal", &call, call.preparer, RIG_PREPARER);
    assert_int_equal(p->n_rows, 4900);
    assert_int_equal(p->rows[4899]->application_id.len, 16);
    assert_true(p->points > 0 && p->cents > 0);
    many_by_hand("thousands", 5000, 100);
    assert_refused(rig_of_call(rig, "MakeProposal", &call, call.preparer, RIG_PREPARER), ERR_REFUSED, "funding.proposal.too-many");
}

/* A whole call: every application is in the one answer, with its words, and it takes less than a client waits. */
static void test_five_hundred(void **state)
{
    const size_t count = 500;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "five-hundred", .themes = 8, .theme_cents = 300000000});
    size_t chosen = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const int64_t cents = 5000000 + (int64_t)(i * 7919 % 1000) * 30000;
        const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.theme = i % 8, .cents = cents});
        (void)given(rig_evaluate(rig, &call, &a, 0,
                                 (struct evaluation_plan){.points = {(uint32_t)(i % 6), (uint32_t)(i * 31 % 6)}, .cents = cents}));
    }
    const int64_t from_us = time_now_us();
    const Funding__Proposal *p = proposed("MakeProposal", &call, call.preparer, RIG_PREPARER);
    const int64_t took_us = time_now_us() - from_us;
    print_message("# 500 applications, 8 themes: proposed and stored in %lld ms\n", (long long)took_us / 1000);
    assert_true(took_us < INT64_C(20000000));
    assert_int_equal(p->n_rows, count);
    for (size_t i = 0; i < count; i++) {
        chosen += p->rows[i]->chosen != 0;
        assert_string_equal(p->rows[i]->title, "Yhteinen hanke");
        assert_true(p->rows[i]->why != NULL && *p->rows[i]->why->fi != '\0');
    }
    assert_true(chosen > 100 && chosen < count);
    p = proposed("GetProposal", &call, call.decider, RIG_DECIDER);
    assert_int_equal(p->n_rows, count);
    assert_false(p->outdated);
    assert_int_equal(((const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.decider, RIG_DECIDER)))->n_rows, count);
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_the_best_within_the_allocation, rig_group_rest),
        cmocka_unit_test_setup(test_the_hash_of_the_input, rig_group_rest),
        cmocka_unit_test_setup(test_outdated, rig_group_rest),
        cmocka_unit_test_setup(test_a_deviation_needs_words, rig_group_rest),
        cmocka_unit_test_setup(test_median_and_majority, rig_group_rest),
        cmocka_unit_test_setup(test_who_may, rig_group_rest),
        cmocka_unit_test_setup(test_nothing_by_a_detour, rig_group_rest),
        cmocka_unit_test_setup(test_five_hundred, rig_group_rest),
        cmocka_unit_test_setup(test_thousands, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
