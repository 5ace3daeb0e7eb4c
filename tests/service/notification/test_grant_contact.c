/* Whom letters about an application reach: the contact which that application names, though its account has other applications with other
 * contacts. Real publisher, real SMTP, real parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/grants.h"

static struct stage stage;

static int open_stage(void **state)
{
    (void)state;
    stage_open(&stage);
    stage_funding_open(&stage);
    return 0;
}

static int close_stage(void **state)
{
    (void)state;
    stage_close(&stage);
    return 0;
}

static void say_answered(unsigned n, unsigned owner)
{
    Funding__GrantAnswered m = FUNDING__GRANT_ANSWERED__INIT;

    m.call_id = facts_bytes(stage.arena, grant_call());
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.application_id = facts_bytes(stage.arena, grant_application(n));
    m.owner_id = facts_bytes(stage.arena, facts_id(owner));
    m.cents = 100;
    (void)grant_tell(&stage, "funding.GrantAnswered.v1", &m.base);
}

/* A grant office applies for many on one account: what is about an application goes to the contact it names, in their language, though the
 * account has named somebody else since, or has said who it is itself; its inbox has all of it. */
static void test_each_to_its_own_contact(void **state)
{
    (void)state;
    grant_contact_of(&stage, 41, 40, "Vieno Vanhempi-Esimerkki", "fi", "vanhempi@example.fi");
    grant_contact_of(&stage, 42, 40, "Ulf Nyare-Exempel", "sv", "nyare@example.fi");
    say_answered(41, 40);
    say_answered(42, 40);
    assert_true(stage_wait_tally(&stage, "sent", 2, KIT_PATIENCE_MS));
    assert_int_equal(grant_mails(&stage, "vanhempi@example.fi", "grant_answered", "Hei Vieno Vanhempi-Esimerkki!"), 1);
    assert_int_equal(grant_mails(&stage, "nyare@example.fi", "grant_answered", "Hej Ulf Nyare-Exempel!"), 1);
    (void)stage_publish(&stage, facts_id(40), "enrolment.PersonStored.v1",
                        &facts_person(stage.arena, 40, "en", "toimisto@example.fi")->base);
    grant_wait(&stage, "select count(*) from notification.recipient where email = 'toimisto@example.fi'", "1");
    grant_contact_of(&stage, 41, 40, "Vieno Vanhempi-Esimerkki", "fi", "vaihtunut@example.fi");
    say_answered(41, 40);
    say_answered(43, 40); /* which has named nobody */
    assert_true(stage_wait_tally(&stage, "sent", 4, KIT_PATIENCE_MS));
    assert_int_equal(grant_mails(&stage, "vaihtunut@example.fi", "grant_answered", "Hei Vieno Vanhempi-Esimerkki!"), 1);
    assert_int_equal(grant_mails(&stage, "toimisto@example.fi", "grant_answered", "The grant has been accepted"), 1);
    assert_int_equal(grant_mails(&stage, "nyare@example.fi", "grant_answered", ""), 1);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message m join notification.recipient r on r.id = "
                                           "m.recipient_id where r.email = 'toimisto@example.fi'"),
                     4);
}

/* With the account its contacts go, and what was said to them. */
static void test_contacts_go_with_their_account(void **state)
{
    Enrolment__PersonErased erased = ENROLMENT__PERSON_ERASED__INIT;

    (void)state;
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.recipient where account_id is not null"), 2);
    erased.person_id = facts_bytes(stage.arena, facts_id(40));
    (void)stage_publish(&stage, facts_id(40), "enrolment.PersonErased.v1", &erased.base);
    grant_wait(&stage, "select count(*) from notification.recipient where account_id is not null or email = 'toimisto@example.fi'", "0");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message where reader_id is not null and subject is not null "
                                           "and reader_id not in (select id from notification.recipient)"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_to_its_own_contact),        /* in their language; who names nobody: the account's own */
        cmocka_unit_test(test_contacts_go_with_their_account), /* and the words said to them */
    };

    return cmocka_run_group_tests_name("notification grant contact", tests, open_stage, close_stage);
}
