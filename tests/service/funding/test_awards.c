/* Grants: accepted, refused, accepted by silence; money that comes back; and the end of it all. Instalments: test_instalments.c. */
#include "tests/service/funding/awards.h"

#include "common/base/workday.h"

#define GRANT INT64_C(10000000) /* 100,000.00 euros */

static struct rig *rig;

static const Funding__Award *award_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Award *)answer->message;
}

static int64_t granted_of(const struct rig_call *call)
{
    char id[UUID_TEXT];

    uuid_format(call->themes[0], id);
    return kit_sql_int(rig_pg(rig), "select granted_cents from funding.theme where id = '%s'", id);
}

static void test_begins(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "alku"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);
    const struct answer mine = rig_award(rig, &a, a.owner, RIG_APPLICANT);
    const Funding__Award *award = award_of(&mine);

    (void)state;
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_OFFERED);
    assert_int_equal(award->granted_cents, GRANT);
    assert_int_equal(award->planned_cents, GRANT);
    assert_int_equal(award->n_instalments, 2);
    assert_string_equal(award->register_number, a.register_number);
    assert_true(*award->answer_until != '\0');
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.report where award_id = %s and state = 1"), 2);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and state = 1"), 3);
    assert_int_equal(rig_events(rig, "funding.ObligationSet.v1", a.id), 3);
    assert_int_equal(rig_award(rig, &a, rig_new_id(), RIG_APPLICANT).err, ERR_NOT_FOUND);
    assert_int_equal(rig_award(rig, &a, rig_new_id(), RIG_PREPARER).err, ERR_NOT_FOUND); /* of another call */
}

static void test_accepted(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "otettu"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);

    (void)state;
    const struct rig_application stranger = {.id = a.id, .owner = rig_new_id()};
    assert_int_equal(rig_answer(rig, &stranger, true).err, ERR_NOT_FOUND); /* only its lead answers */
    const struct answer answered = rig_answer(rig, &a, false);
    assert_int_equal(award_of(&answered)->state, FUNDING__AWARD_STATE__AWARD_ACCEPTED);
    assert_int_equal(rig_events(rig, "funding.GrantAnswered.v1", a.id), 1);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and kind = 1 and state = 2"), 1);
    rig_refused(rig_answer(rig, &a, true), "funding.award.answered");
    assert_int_equal(granted_of(&call), GRANT);
}

static void test_refused(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "torjuttu"});
    struct rig_application all[2];

    (void)state;
    rig_grant_all(rig, &call, all, 2, GRANT);
    assert_int_equal(granted_of(&call), 2 * GRANT);
    const struct answer answered = rig_answer(rig, &all[0], true);
    const Funding__Award *award = award_of(&answered);
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_REFUSED);
    assert_int_equal(award->granted_cents, 0);
    assert_int_equal(award->planned_cents, 0);
    assert_int_equal(award->version, rig_award_of(rig, &call, &all[0])->version);
    assert_int_equal(granted_of(&call), GRANT); /* the money is free again */
    assert_int_equal(rig_count(rig, &all[0], "select count(*) from funding.obligation where award_id = %s and state = 1"), 0);
    assert_int_equal(rig_count(rig, &all[0], "select count(*) from funding.report where award_id = %s and state = 6"), 2);
    assert_int_equal(rig_events(rig, "funding.ObligationEnded.v1", all[0].id), 3);
    rig_refused(rig_answer(rig, &all[0], false), "funding.award.ended");
    rig_refused(rig_pay(rig, &call, &all[0], 0, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", ""), "funding.award.not-accepted");
    assert_int_equal(rig_answer(rig, &all[1], true).err, ERR_OK); /* the last one: what was rejected can still be corrected */
    assert_int_equal(rig_count(rig, &all[1], "select c.state from funding.call c join funding.award w on w.call_id = c.id where w.id = %s"),
                     3);
}

static void test_silence(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "hiljaa"});
    struct rig_application all[2];

    (void)state;
    rig_grant_all(rig, &call, all, 2, GRANT);
    (void)rig_count(rig, &all[0], "update funding.award set answer_until = answer_until - 100 where id = %s returning 1");
    rig_refused(rig_answer(rig, &all[0], true), "funding.award.answered"); /* too late, whether the tick has been or not */
    assert_true(rig_soon(rig, &all[0], "select state from funding.award where id = %s", 2));
    assert_int_equal(rig_events(rig, "funding.GrantAnswered.v1", all[0].id), 1);
    assert_int_equal(rig_count(rig, &all[0], "select count(*) from funding.obligation where award_id = %s and kind = 1 and state = 2"), 1);
    assert_int_equal(
        rig_count(rig, &all[0],
                  "select count(*) from funding.move where subject = %s and machine = 'award' and to_state = 2 and actor is null"),
        1);
    kit_sleep_ms(1500); /* the next look finds nothing to do */
    assert_int_equal(rig_events(rig, "funding.GrantAnswered.v1", all[0].id), 1);
    assert_int_equal(rig_count(rig, &all[1], "select state from funding.award where id = %s"), 1); /* the other has its time */
}

static struct answer waive(const struct rig_call *call, const struct rig_application *a, int kind, struct uuid who)
{
    Funding__WaiveObligationRequest request = FUNDING__WAIVE_OBLIGATION_REQUEST__INIT;
    char id[UUID_TEXT];
    struct uuid obligation;

    uuid_format(a->id, id);
    assert_true(uuid_parse(
        &obligation, span_text(kit_sql(rig_pg(rig), "select id from funding.obligation where award_id = '%s' and kind = %d", id, kind))));
    request.application_id = rig_bytes(&a->id);
    request.obligation_id = rig_bytes(&obligation);
    request.reason = arena_strdup(rig_arena(rig), "Hanke jäi pieneksi.");
    (void)call;
    return rig_ask(rig, &(struct ask){.method = "WaiveObligation", .message = &request.base, .actor = who, .roles = RIG_DECIDER});
}

/* Whoever has a conflict of interest takes no part in what follows the decision either. */
static void test_conflict(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "esteellinen"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    assert_int_equal(rig_note_conflict(rig, &a, call.decider, RIG_DECIDER, call.decider).err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->n_instalments, 2);
    const struct answer waived = waive(&call, &a, 2, call.decider);
    assert_int_equal(waived.err, ERR_FORBIDDEN);
    assert_string_equal(waived.rule, "funding.conflict.no-part");
    assert_string_equal(rig_award(rig, &a, call.decider, RIG_DECIDER).rule, "funding.conflict.no-part");
    const struct answer report = rig_report(rig, &a, FUNDING__REPORT_KIND__REPORT_INTERIM, 100, true);
    const struct uuid id = rig_id(((const Funding__Report *)report.message)->id);
    assert_int_equal(rig_note_conflict(rig, &a, call.second_preparer, RIG_PREPARER, call.second_preparer).err, ERR_OK);
    assert_string_equal(rig_review(rig, call.second_preparer, id, FUNDING__REVIEW_STEP__REVIEW_VERIFY, "").rule,
                        "funding.conflict.no-part");
    assert_int_equal(rig_review(rig, call.preparer, id, FUNDING__REVIEW_STEP__REVIEW_VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and state = 3"), 0);
}

/* What counts is when an answer arrived at the gateway, to the end of the last day in Helsinki. */
static void test_last_moment(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "keskiyo"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);
    Funding__AnswerGrantRequest request = FUNDING__ANSWER_GRANT_REQUEST__INIT;
    int64_t last = helsinki_day(time_now_us()) + 3;

    (void)state;
    while (!day_works(last))
        last++;
    (void)rig_count(rig, &a,
                    arena_printf(rig_arena(rig),
                                 "update funding.award set answer_until = date '1970-01-01' + %d where id = %%s returning 1", (int)last));
    request.application_id = rig_bytes(&a.id);
    request.answer = FUNDING__GRANT_ANSWER__GRANT_ACCEPT;
    struct ask ask = {.method = "AnswerGrant", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT};
    ask.received_us = helsinki_midnight_us(last + 1);
    rig_refused(rig_ask(rig, &ask), "funding.award.answered");
    ask.received_us--;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
}

/* --- recoveries -------------------------------------------------------------------------------------------------------- */
struct wish {
    const Funding__Recovery *of; /* NULL: a new one */
    Funding__RecoveryState state;
    int64_t cents;
    bool decider, discretionary;
    const char *reasons; /* NULL: some */
};

static struct answer recover(const struct rig_call *call, const struct rig_application *a, struct wish wish)
{
    Funding__PutRecoveryRequest request = FUNDING__PUT_RECOVERY_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    if (wish.of != NULL)
        request.recovery_id = wish.of->id;
    request.kind = wish.discretionary ? FUNDING__RECOVERY_KIND__RECOVERY_DISCRETIONARY : FUNDING__RECOVERY_KIND__RECOVERY_MANDATORY;
    request.cents = wish.cents;
    request.reasons = arena_strdup(rig_arena(rig), wish.reasons != NULL ? wish.reasons : "Käytetty muuhun tarkoitukseen.");
    request.due_on = rig_day(rig, 30);
    request.paid_on = rig_day(rig, 0);
    request.state = wish.state;
    return rig_ask(rig, &(struct ask){.method = "PutRecovery",
                                      .message = &request.base,
                                      .actor = wish.decider ? call->decider : call->preparer,
                                      .roles = wish.decider ? RIG_DECIDER : RIG_PREPARER});
}

/* An ordered one is a decision: its document says all the law asks of one, and travels with the event. */
static void order_has_its_letter(const struct rig_application *a, const Funding__Recovery *recovery)
{
    static const char *const SAYS[] = {"Takaisinperintäpäätös",
                                       "perii avustusta takaisin 100,01",
                                       "Käytetty muuhun tarkoitukseen.",
                                       "FI21 1234 5600 0007 85",
                                       "Diaarinumero",
                                       "Eräpäivä",
                                       "21 ja 34 §",
                                       "Pauli Päättäjä",
                                       "Liite: Oikaisuvaatimusohje"};

    rig_follow_says(rig, a, recovery->id, SAYS, sizeof SAYS / sizeof *SAYS);
    assert_int_equal(rig_count(rig, a,
                               "select count(*) from funding.event_log e join funding.follow_decision d on d.event_id = e.event_id "
                               "where d.award_id = %s and e.type = 'funding.RecoveryMoved.v1' and position(d.pdf in e.payload) > 0"),
                     1);
}

/* Up to 100 euros may be left; and what was only weighed is not recovered after all. */
static void may_be_left(const struct rig_call *call, const struct rig_application *a)
{
    const struct answer small = recover(call, a, (struct wish){.cents = 10000});
    const Funding__Recovery *left = award_of(&small)->recoveries[1];
    assert_int_equal(recover(call, a, (struct wish){.of = left, .state = FUNDING__RECOVERY_STATE__RECOVERY_WAIVED, .decider = true}).err,
                     ERR_OK);
    const struct answer weighed = recover(call, a, (struct wish){.cents = 20000, .discretionary = true});
    const Funding__Recovery *other = award_of(&weighed)->recoveries[2]; /* after weighing it, not recovered after all */
    assert_int_equal(recover(call, a, (struct wish){.of = other, .state = FUNDING__RECOVERY_STATE__RECOVERY_WAIVED, .decider = true}).err,
                     ERR_OK);
}

static void test_recovery(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "perinta"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_refused(recover(&call, &a, (struct wish){.cents = 1}), "funding.recovery.over-paid"); /* nothing was paid */
    rig_paid(rig, &call, &a, 0);
    rig_refused(recover(&call, &a, (struct wish){.cents = GRANT / 2 + 1}), "funding.recovery.over-paid");
    const struct answer proposed = recover(&call, &a, (struct wish){.cents = 20000});
    const Funding__Recovery *recovery = award_of(&proposed)->recoveries[0];
    assert_int_equal(recovery->state, FUNDING__RECOVERY_STATE__RECOVERY_PROPOSED);
    const struct answer mended = recover(&call, &a, (struct wish){.of = recovery, .cents = 10001});
    assert_int_equal(award_of(&mended)->recoveries[0]->cents, 10001);
    assert_int_equal(recover(&call, &a, (struct wish){.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_ORDERED}).err,
                     ERR_FORBIDDEN); /* the decision-maker orders */
    rig_refused(recover(&call, &a, (struct wish){.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_WAIVED, .decider = true}),
                "funding.recovery.not-small"); /* a cent more than 100 euros */
    char call_id[UUID_TEXT];
    uuid_format(call.id, call_id);
    (void)kit_sql(rig_pg(rig), "update funding.call set payee_iban = '' where id = '%s'", call_id);
    rig_refused(recover(&call, &a, (struct wish){.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_ORDERED, .decider = true}),
                "funding.recovery.no-payee"); /* nobody could pay it */
    (void)kit_sql(rig_pg(rig), "update funding.call set payee_iban = 'FI21 1234 5600 0007 85' where id = '%s'", call_id);
    const struct answer ordered =
        recover(&call, &a, (struct wish){.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_ORDERED, .decider = true});
    assert_int_equal(award_of(&ordered)->recoveries[0]->state, FUNDING__RECOVERY_STATE__RECOVERY_ORDERED);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and kind = 4 and state = 1"), 1);
    order_has_its_letter(&a, recovery);
    rig_refused(recover(&call, &a, (struct wish){.of = recovery, .cents = 5}), "funding.recovery.state");
    const struct wish garbled = {.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_PAID, .reasons = "maksettu\x07"};
    assert_int_equal(recover(&call, &a, garbled).err, ERR_INVALID); /* words of a step are looked at too */
    const struct answer back = recover(&call, &a, (struct wish){.of = recovery, .state = FUNDING__RECOVERY_STATE__RECOVERY_PAID});
    assert_int_equal(award_of(&back)->returned_cents, 10001);
    assert_int_equal(rig_count(rig, &a, "select returned_cents from funding.award where id = %s"), 10001);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and kind = 4 and state = 2"), 1);
    assert_int_equal(rig_events(rig, "funding.RecoveryMoved.v1", a.id), 3);
    may_be_left(&call, &a);
}

static void test_late(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "myohassa"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    (void)rig_count(rig, &a, "update funding.obligation set due_on = current_date - 20 where kind = 2 and award_id = %s returning 1");
    assert_true(rig_soon(rig, &a, "select count(*) from funding.obligation where late and award_id = %s", 1));
    kit_sleep_ms(1500);
    assert_int_equal(rig_events(rig, "funding.ObligationLate.v1", a.id), 1); /* once */
}

/* Drafts that were not submitted lapse once the call has closed; what was submitted stays. */
static void test_lapsed(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "rauennut"});
    const struct uuid nobody = {{0}};

    (void)state;
    const struct rig_application draft = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.cents = GRANT}), nobody);
    const struct rig_application submitted = rig_submitted(rig, &call, &(struct write_plan){.cents = GRANT});
    rig_closes_in(rig, &call, -240 * TIME_SECOND); /* what was received in time may still be in a queue */
    kit_sleep_ms(1500);
    assert_int_equal(rig_application_state(rig, &draft), 1);
    rig_closes_in(rig, &call, -360 * TIME_SECOND);
    assert_true(rig_soon(rig, &draft, "select state from funding.application where id = %s", 6));
    assert_int_equal(rig_application_state(rig, &submitted), 2);
    assert_int_equal(rig_events(rig, "funding.ApplicationEnded.v1", draft.id), 1);
}

static void test_waived(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "vapautettu"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    assert_int_equal(waive(&call, &a, 2, rig_new_id()).err, ERR_FORBIDDEN);
    rig_refused(waive(&call, &a, 1, call.decider), "funding.obligation.not-waivable");
    assert_int_equal(waive(&call, &a, 2, call.decider).err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select state from funding.report where kind = 1 and award_id = %s"), 6);
    assert_int_equal(waive(&call, &a, 3, call.decider).err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->state, FUNDING__AWARD_STATE__AWARD_ACCEPTED); /* two instalments wait */
    rig_paid(rig, &call, &a, 0);
    assert_int_equal(rig_pay(rig, &call, &a, 1, FUNDING__INSTALMENT_STATE__INSTALMENT_CANCELLED, "", "").err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->state, FUNDING__AWARD_STATE__AWARD_CLOSED);
    assert_int_equal(rig_count(rig, &a, "select c.state from funding.call c join funding.award w on w.call_id = c.id where w.id = %s"), 4);
    assert_int_equal(rig_events(rig, "funding.CallMoved.v1", call.id), 3); /* published, resolved, ended */
}

/* A report that was returned can be waived too: nothing is awaited of it any more. */
static void test_waived_returned(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "riittaa"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer given = rig_report(rig, &a, FUNDING__REPORT_KIND__REPORT_INTERIM, 100, true);
    const struct uuid id = rig_id(((const Funding__Report *)given.message)->id);

    (void)state;
    assert_int_equal(rig_review(rig, call.preparer, id, FUNDING__REVIEW_STEP__REVIEW_RETURN, "Täydennä").err, ERR_OK);
    assert_int_equal(waive(&call, &a, 2, call.decider).err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select state from funding.report where kind = 1 and award_id = %s"), 6);
}

/* A call that was called off has no drafts: at once, not when it would have closed. */
static void test_called_off(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "perutaan"});
    const struct uuid nobody = {{0}};
    const struct rig_application draft = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.cents = GRANT}), nobody);
    Funding__MoveCallRequest request = FUNDING__MOVE_CALL_REQUEST__INIT;

    (void)state;
    request.call_id = rig_bytes(&call.id);
    request.reason = arena_strdup(rig_arena(rig), "Määräraha peruttiin.");
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "CallOffCall", .message = &request.base, .actor = call.decider, .roles = RIG_DECIDER}).err,
        ERR_OK);
    assert_true(rig_soon(rig, &draft, "select state from funding.application where id = %s", 6));
    assert_int_equal(rig_events(rig, "funding.ApplicationEnded.v1", draft.id), 1);
}

static void test_list(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "luettelo"});
    Funding__ListAwardsRequest request = FUNDING__LIST_AWARDS_REQUEST__INIT;
    struct rig_application all[3];

    (void)state;
    rig_grant_all(rig, &call, all, 3, GRANT / 10);
    rig_accept(rig, &all[1]);
    request.call_id = rig_bytes(&call.id);
    request.page_size = 2;
    struct ask ask = {.method = "ListAwards", .message = &request.base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR};
    struct answer page = rig_ask(rig, &ask);
    const Funding__AwardList *list = (const Funding__AwardList *)page.message;
    assert_int_equal(list->n_awards, 2);
    assert_int_equal(list->awards[0]->n_instalments, 0);
    request.page_token = list->next_page_token;
    page = rig_ask(rig, &ask);
    list = (const Funding__AwardList *)page.message;
    assert_int_equal(list->n_awards, 1);
    assert_string_equal(list->next_page_token, "");
    request.page_token = (char *)"";
    request.state = FUNDING__AWARD_STATE__AWARD_ACCEPTED;
    page = rig_ask(rig, &ask);
    list = (const Funding__AwardList *)page.message;
    assert_int_equal(list->n_awards, 1);
    assert_string_equal(list->awards[0]->register_number, all[1].register_number);
    ask.actor = rig_new_id();
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN);
}

/* An answer that says neither is none. */
static void test_unsaid(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "sanomatta"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);
    Funding__AnswerGrantRequest request = FUNDING__ANSWER_GRANT_REQUEST__INIT;

    (void)state;
    request.application_id = rig_bytes(&a.id);
    const struct answer unsaid =
        rig_ask(rig, &(struct ask){.method = "AnswerGrant", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT});
    assert_int_equal(unsaid.err, ERR_INVALID);
    assert_string_equal(unsaid.field, "answer");
    assert_int_equal(rig_award_of(rig, &call, &a)->state, FUNDING__AWARD_STATE__AWARD_OFFERED);
}

/* Both accept and refuse at once: one of them counts. */
static void test_at_once(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "yhtaikaa"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);
    Funding__AnswerGrantRequest yes = FUNDING__ANSWER_GRANT_REQUEST__INIT, no = FUNDING__ANSWER_GRANT_REQUEST__INIT;
    struct answer *answers[16];
    size_t done = 0;

    (void)state;
    yes.application_id = no.application_id = rig_bytes(&a.id);
    yes.answer = FUNDING__GRANT_ANSWER__GRANT_ACCEPT;
    no.answer = FUNDING__GRANT_ANSWER__GRANT_REFUSE;
    for (size_t i = 0; i < 16; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = "AnswerGrant",
                                                 .message = i % 2 == 0 ? &yes.base : &no.base,
                                                 .actor = a.owner,
                                                 .roles = RIG_APPLICANT,
                                                 .client = i % 2});
    rig_wait(rig);
    for (size_t i = 0; i < 16; i++)
        done += answers[i]->err == ERR_OK;
    assert_int_equal(done, 1);
    assert_int_equal(rig_events(rig, "funding.GrantAnswered.v1", a.id), 1);
}

static int start(void **state)
{
    *state = rig = rig_new(2, 2);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_begins, rig_group_rest),          /* a decision begins instalments, reports, obligations */
        cmocka_unit_test_setup(test_accepted, rig_group_rest),        /* by its lead alone, once */
        cmocka_unit_test_setup(test_unsaid, rig_group_rest),          /* neither accepted nor refused: the field is named, nothing moves */
        cmocka_unit_test_setup(test_refused, rig_group_rest),         /* frees the money, ends what was to be done */
        cmocka_unit_test_setup(test_silence, rig_group_rest),         /* accepts the day after, once, with two processes */
        cmocka_unit_test_setup(test_conflict, rig_group_rest),        /* takes no part after the decision either */
        cmocka_unit_test_setup(test_last_moment, rig_group_rest),     /* an answer counts by its arrival, to the microsecond */
        cmocka_unit_test_setup(test_recovery, rig_group_rest),        /* at most what was paid; ordered, paid back; what may be left */
        cmocka_unit_test_setup(test_late, rig_group_rest),            /* told once */
        cmocka_unit_test_setup(test_lapsed, rig_group_rest),          /* drafts, five minutes after the call closed */
        cmocka_unit_test_setup(test_waived, rig_group_rest),          /* reports are waived, then the award closes and the call ends */
        cmocka_unit_test_setup(test_waived_returned, rig_group_rest), /* a returned report is not needed any more */
        cmocka_unit_test_setup(test_called_off, rig_group_rest),      /* its drafts lapse at once */
        cmocka_unit_test_setup(test_list, rig_group_rest),            /* pages and states, for officials of the call */
        cmocka_unit_test_setup(test_at_once, rig_group_rest)          /* many answers at once: one counts */
    };
    return rig_told(cmocka_run_group_tests_name("funding awards", tests, start, rig_group_stop));
}
