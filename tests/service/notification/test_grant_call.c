/* What letters about grants say of their call: where to ask, how to request a review, why it was called off. Real publisher, real SMTP,
 * real parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/grants.h"

#define WAIT_MS 20000
#define OWNER   1
#define ADDRESS "sven@example.fi"

static int open_stage(void **state)
{
    static struct stage stage;

    stage_open(&stage);
    stage_funding_open(&stage);
    grant_contact(&stage, OWNER, "Sven Exempel", "sv", ADDRESS);
    *state = &stage;
    return stage_wait_tally(&stage, "recipient", 1, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return 0;
}

static void tell_call(struct stage *s, uint64_t version, const char *contact)
{
    Funding__CallStored m = FUNDING__CALL_STORED__INIT;
    Bus__Text review = BUS__TEXT__INIT;

    m.call_id = facts_bytes(s->arena, grant_call());
    m.closes_us = grant_at("2026-03-27T14:15:00Z");
    m.version = version;
    m.contact = arena_strdup(s->arena, contact);
    review.fi = arena_printf(s->arena, "Oikaisuvaatimusohje %d", (int)version);
    review.sv = arena_printf(s->arena, "Omprövningsanvisning %d", (int)version);
    review.en = arena_printf(s->arena, "Review instruction %d", (int)version);
    m.review = &review;
    (void)grant_tell(s, "funding.CallStored.v1", &m.base);
}

static void tell_recovery(struct stage *s, Funding__RecoveryState state, const char *reasons)
{
    static const char CONTENT[] = "%PDF-1.7\n% the decision\n%%EOF\n";
    Funding__RecoveryMoved m = FUNDING__RECOVERY_MOVED__INIT;
    Bus__File pdf = BUS__FILE__INIT;

    pdf.name = "palautuspaatos-7-20.01-2026.pdf";
    pdf.media_type = "application/pdf";
    pdf.content = (ProtobufCBinaryData){sizeof CONTENT - 1, (uint8_t *)(uintptr_t)CONTENT};
    m.application_id = facts_bytes(s->arena, grant_application(1));
    m.call_id = facts_bytes(s->arena, grant_call());
    m.owner_id = facts_bytes(s->arena, facts_id(OWNER));
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.kind = FUNDING__RECOVERY_KIND__RECOVERY_MANDATORY;
    m.cents = 777;
    m.reasons = arena_strdup(s->arena, reasons);
    m.due_on = "2093-01-15";
    m.state = state;
    if (state == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED)
        m.document = &pdf;
    (void)grant_tell(s, "funding.RecoveryMoved.v1", &m.base);
}

/* As the call says now, whatever is heard again; a review is of what was decided against somebody, in their language. */
static void test_where_to_ask(void **state)
{
    struct stage *s = *state;

    tell_call(s, 2, "Uusi neuvonta, 029 000 0002");
    tell_call(s, 1, "Vanha neuvonta, 029 000 0001");
    tell_recovery(s, FUNDING__RECOVERY_STATE__RECOVERY_ORDERED, "Motiverat så.");
    tell_recovery(s, FUNDING__RECOVERY_STATE__RECOVERY_PAID, "Betalt.");
    assert_true(stage_wait_tally(s, "sent", 2, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Understöd återkrävs: "), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Omprövningsanvisning 2"), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Motiverat så."), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Betalt."), 0);
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Mer information: Uusi neuvonta, 029 000 0002"), 2);
    assert_int_equal(grant_mails(s, ADDRESS, "recovery", "Vanha"), 0);
}

/* A reminder says it as it is when it leaves, and not as it was when it was made. */
static void test_where_to_ask_later(void **state)
{
    struct stage *s = *state;

    grant_obligation_set(s, 1, FUNDING__OBLIGATION_KIND__OBLIGATION_ANSWER, OWNER, "2090-02-15");
    grant_wait(s, "select count(*) from notification.reminder where state = 1", "1");
    tell_call(s, 3, "Uusin neuvonta, 029 000 0003");
    grant_wait(s, "select version from notification.grant_call", "3");
    (void)kit_sql(s->pg, "update notification.reminder set due_at = now() - interval '1 second'");
    assert_true(stage_wait_tally(s, "sent", 3, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "answer_due", "Mer information: Uusin neuvonta, 029 000 0003"), 1);
}

static void test_called_off(void **state)
{
    struct stage *s = *state;
    Funding__CallMoved moved = FUNDING__CALL_MOVED__INIT;
    Funding__ApplicationEnded ended = FUNDING__APPLICATION_ENDED__INIT;

    moved.call_id = facts_bytes(s->arena, grant_call());
    moved.to = FUNDING__CALL_STATE__CALL_CALLED_OFF;
    moved.reason = "Anslaget drogs in.";
    (void)grant_tell(s, "funding.CallMoved.v1", &moved.base);
    ended.application_id = facts_bytes(s->arena, grant_application(1));
    ended.call_id = moved.call_id;
    ended.owner_id = facts_bytes(s->arena, facts_id(OWNER));
    ended.register_number = GRANT_NUMBER;
    ended.title = GRANT_TITLE;
    ended.state = FUNDING__APPLICATION_STATE__APPLICATION_LAPSED;
    ended.called_off = true;
    (void)grant_tell(s, "funding.ApplicationEnded.v1", &ended.base);
    assert_true(stage_wait_tally(s, "sent", 4, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "application_ended", "Utlysningen har återkallats: "), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "application_ended", "Orsak: Anslaget drogs in."), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_to_ask),       /* the newest version; how to request a review of an order alone */
        cmocka_unit_test(test_where_to_ask_later), /* reminders look it up when they leave */
        cmocka_unit_test(test_called_off),         /* who applied reads why */
    };

    return cmocka_run_group_tests_name("notification grant call", tests, open_stage, close_stage);
}
