/* Applications from the first draft to the receipt: what is missing is said, what is late is late by the microsecond, nobody else's draft
 * is seen, and a crowd before the deadline loses nothing. */
#include <pthread.h>

#include "tests/service/funding/applications.h"

#include "common/base/uuid.h"
#include "common/db/db.h"

static struct rig *rig;

static const Funding__Application *application_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Application *)answer->message;
}

static bool finds(const Funding__Application *a, const char *rule, const char *field)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (strcmp(a->findings[i]->rule, rule) == 0 && (field == NULL || strcmp(a->findings[i]->field, field) == 0))
            return true;
    return false;
}

static const char *text_of(struct uuid id)
{
    static char text[4][UUID_TEXT];
    static size_t next;
    char *out = text[next++ % 4];

    uuid_format(id, out);
    return out;
}

static void test_draft_to_receipt(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "luonnos", .own_permille = 50});
    struct rig_application a = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});
    Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.cents = 9500000, .own_cents = 500000, .partners = 4});

    (void)state;
    content->iban = (char *)"";
    struct answer saved = rig_save(rig, &a, content, 0);
    const Funding__Application *m = application_of(&saved);
    assert_int_equal(m->state, FUNDING__APPLICATION_STATE__APPLICATION_DRAFT);
    assert_int_equal(m->n_findings, 1);
    assert_true(finds(m, "funding.application.missing", "content.iban"));
    assert_null(m->content);
    assert_int_equal(m->total_cents, 10000000);
    assert_int_equal(m->trainee_days_tenths, 4500); /* 5 credits x 4.5 x 20 people */
    assert_string_equal(m->register_number, "");
    content->iban = (char *)"fi2112345600000785";
    const struct answer submitted = rig_submit(rig, &a, content, 0);
    m = application_of(&submitted);
    assert_int_equal(m->state, FUNDING__APPLICATION_STATE__APPLICATION_SUBMITTED);
    assert_int_equal(m->applied_cents, 9500000);
    assert_int_equal(m->own_cents, 500000);
    assert_non_null(strstr(m->register_number, "/20.01/20"));
    assert_true(m->submitted_us > 0);
    const char *id = text_of(a.id);
    assert_string_equal(
        kit_sql(rig_pg(rig),
                "select encode(sha256(content), 'hex') from funding.application_version where kind = 2 and application_id = '%s'", id),
        m->receipt);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.partner where application_id = '%s'", id), 4);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.budget_line where application_id = '%s'", id), 3);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.funding_share where application_id = '%s'", id), 2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.work_package where application_id = '%s'", id), 2);
    assert_string_equal(kit_sql(rig_pg(rig), "select contact_id from funding.partner where ordinal = 1 and application_id = '%s'", id),
                        text_of(a.owner));
    assert_int_equal(rig_events(rig, "funding.DraftStarted.v1", a.id), 1);
    assert_int_equal(rig_events(rig, "funding.ApplicationSubmitted.v1", a.id), 1);
    assert_int_equal(rig_events(rig, "funding.ContactStored.v1", a.owner), 1); /* with the save; the submission told nothing new */
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.event_log where type = 'funding.ContactStored.v1' and subject = '%s' and "
                                 "position(uuid_send('%s') in payload) > 0",
                                 text_of(a.owner), id),
                     1); /* and says whose contact it is */
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.event_log e join funding.partner p on p.contact_id::text = e.subject::text "
                                 "where e.type = 'funding.ContactStored.v1' and p.application_id = '%s'",
                                 id),
                     4);
    assert_int_equal(rig_save(rig, &a, content, 0).err, ERR_REFUSED);
    const struct answer again = rig_get(rig, &a, a.owner, RIG_APPLICANT);
    assert_string_equal(application_of(&again)->receipt, a.receipt);
}

static void test_not_whole(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "vajaa"});
    struct rig_application a = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});
    Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 3});

    (void)state;
    content->partners[2]->cents += 1;
    content->partners[1]->business_id = (char *)"1234567-8";
    const struct answer refused = rig_submit(rig, &a, content, 0);
    assert_int_equal(refused.err, ERR_REFUSED);
    assert_string_equal(refused.rule, "funding.application.business-id");
    assert_string_equal(refused.field, "content.partners[1].businessId");
    assert_string_equal(rig_fact(&refused, "errors"), "2");
    assert_string_equal(rig_fact(&refused, "rules"), "funding.application.business-id funding.application.partners-sum");
    assert_int_equal(rig_application_state(rig, &a), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.register_series where last > 1 and series = 'none'"), 0);
    Funding__GetApplicationRequest request = FUNDING__GET_APPLICATION_REQUEST__INIT;
    request.application_id = rig_bytes(&a.id);
    assert_int_equal(rig_save(rig, &a, content, 0).err, ERR_OK);
    const struct ask ask = {.method = "CheckApplication", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT};
    const struct answer checked = rig_ask(rig, &ask);
    const Funding__ApplicationChecks *checks = (const Funding__ApplicationChecks *)checked.message;
    assert_false(checks->submittable);
    assert_int_equal(checks->n_findings, 2);
    /* A sum that is wrong is told with what it is, what it has to be, and what lies between. */
    content = rig_written(rig, &call, &(struct write_plan){.partners = 3, .cents = 10000000});
    content->partners[2]->cents += 123456;
    const struct answer sum = rig_submit(rig, &a, content, 0);
    assert_string_equal(sum.rule, "funding.application.partners-sum");
    assert_string_equal(rig_fact(&sum, "isCents"), "10123456");
    assert_string_equal(rig_fact(&sum, "boundCents"), "10000000");
    assert_string_equal(rig_fact(&sum, "differenceCents"), "123456");
    assert_non_null(strstr(sum.problem->detail->fi, "Nyt 101\u00a0234,56\u00a0€, oltava 100\u00a0000,00\u00a0€, ero 1\u00a0234,56\u00a0€"));
    assert_non_null(strstr(sum.problem->detail->sv, "skillnaden är 1\u00a0234,56\u00a0€"));
    assert_non_null(strstr(sum.problem->detail->en, "Now €101,234.56, has to be €100,000.00, the difference is €1,234.56"));
    content = rig_written(rig, &call, &(struct write_plan){.partners = 3});
    assert_int_equal(rig_save(rig, &a, content, 0).err, ERR_OK);
    const struct answer good = rig_ask(rig, &ask);
    assert_true(((const Funding__ApplicationChecks *)good.message)->submittable);
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK); /* what was saved last */
}

/* --- the deadline ------------------------------------------------------------------------------------------------------ */
static struct answer submit_at(struct rig_application *a, int64_t received_us)
{
    Funding__SubmitApplicationRequest request = FUNDING__SUBMIT_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    return rig_ask(rig, &(struct ask){.method = "SubmitApplication",
                                      .message = &request.base,
                                      .actor = a->owner,
                                      .roles = RIG_APPLICANT,
                                      .if_match = a->version,
                                      .received_us = received_us});
}

static void test_deadline(void **state)
{
    const int64_t opens_us = time_now_us() - TIME_DAY, closes_us = time_now_us() + 50 * TIME_DAY + 7;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "maaraika", .opens_us = opens_us, .closes_us = closes_us});
    const Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 1});
    struct rig_application first = rig_draft(rig, &call, content, (struct uuid){.b = {0}}),
                           last = rig_draft(rig, &call, content, first.owner);

    (void)state;
    const struct answer early = submit_at(&first, opens_us - 1);
    assert_int_equal(early.err, ERR_REFUSED);
    assert_string_equal(early.rule, "funding.application.not-open");
    assert_int_equal(submit_at(&first, opens_us).err, ERR_OK); /* the moment it opens is in time */
    const struct answer late = submit_at(&last, closes_us);    /* the moment it closes is late */
    assert_int_equal(late.err, ERR_REFUSED);
    assert_string_equal(late.rule, "funding.application.closed");
    assert_int_equal(submit_at(&last, closes_us + 1).err, ERR_REFUSED);
    assert_int_equal(rig_application_state(rig, &last), 1);
    const struct answer in_time = submit_at(&last, closes_us - 1);
    assert_int_equal(application_of(&in_time)->submitted_us, closes_us - 1);
    /* What came in time is received, though it is looked at after the call has closed. */
    struct rig_application queued = rig_draft(rig, &call, content, (struct uuid){.b = {0}});
    rig_closes_in(rig, &call, -30 * TIME_SECOND);
    const int64_t closed_us = kit_sql_int(
        rig_pg(rig), "select (extract(epoch from closes_at) * 1000000)::bigint from funding.call where id = '%s'", text_of(call.id));
    assert_int_equal(submit_at(&queued, closed_us).err, ERR_REFUSED);
    assert_int_equal(submit_at(&queued, closed_us - 1).err, ERR_OK);
}

static void test_drafts_in_time(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "avoinna"});
    const Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 1});
    struct rig_application a = rig_draft(rig, &call, content, (struct uuid){.b = {0}});
    Funding__CreateApplicationRequest request = FUNDING__CREATE_APPLICATION_REQUEST__INIT;

    (void)state;
    rig_closes_in(rig, &call, -TIME_SECOND);
    assert_string_equal(rig_save(rig, &a, content, 0).rule, "funding.application.closed");
    request.call_id = rig_bytes(&call.id);
    const struct ask ask = {.method = "CreateApplication", .message = &request.base, .actor = rig_new_id(), .roles = RIG_APPLICANT};
    assert_string_equal(rig_ask(rig, &ask).rule, "funding.application.closed");
    const struct rig_call draft = rig_call(rig, &(struct call_plan){.code = "julkaisematon", .draft = true});
    request.call_id = rig_bytes(&draft.id);
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "CreateApplication", .message = &request.base, .actor = rig_new_id(), .roles = RIG_PREPARER})
            .err,
        ERR_FORBIDDEN);
}

/* --- two at once ------------------------------------------------------------------------------------------------------- */
static void test_two_windows(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "ikkunat"});
    const Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 2});
    struct rig_application a = rig_draft(rig, &call, content, (struct uuid){.b = {0}});
    Funding__SaveApplicationRequest request = FUNDING__SAVE_APPLICATION_REQUEST__INIT;
    struct answer *answers[8];
    size_t won = 0;

    (void)state;
    request.application_id = rig_bytes(&a.id);
    request.content = (Funding__Content *)(uintptr_t)content;
    struct ask ask = {
        .method = "SaveApplication", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT, .if_match = a.version};
    for (size_t i = 0; i < 8; i++) {
        ask.client = i % 2;
        answers[i] = rig_send(rig, &ask); /* all say the same version */
    }
    ask.client = 0;
    rig_wait(rig);
    for (size_t i = 0; i < 8; i++) {
        if (answers[i]->err == ERR_OK) {
            won++;
        } else {
            assert_int_equal(answers[i]->err, ERR_PRECONDITION);
            assert_string_equal(rig_fact(answers[i], "version"), "2");
        }
    }
    assert_int_equal(won, 1);
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(*) from funding.application_version where application_id = '%s'", text_of(a.id)), 2);
    ask.if_match = 0;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_PRECONDITION_REQUIRED);
    /* One save and one submission after the other, sent at once: both, in this order, may share a batch. */
    Funding__SubmitApplicationRequest submit = FUNDING__SUBMIT_APPLICATION_REQUEST__INIT;
    submit.application_id = rig_bytes(&a.id);
    ask.if_match = 2;
    const struct answer *saved = rig_send(rig, &ask);
    const struct answer *submitted = rig_send(
        rig,
        &(struct ask){.method = "SubmitApplication", .message = &submit.base, .actor = a.owner, .roles = RIG_APPLICANT, .if_match = 3});
    rig_wait(rig);
    assert_int_equal(saved->err, ERR_OK);
    assert_true(submitted->err == ERR_OK || submitted->err == ERR_PRECONDITION); /* it may have come first */
    if (submitted->err == ERR_OK)
        assert_string_equal(
            kit_sql(rig_pg(rig),
                    "select string_agg(kind::text, ' ' order by version) from funding.application_version where application_id = '%s'",
                    text_of(a.id)),
            "1 1 1 2");
}

static void test_same_key(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "avain"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 1}), (struct uuid){.b = {0}});
    Funding__SubmitApplicationRequest request = FUNDING__SUBMIT_APPLICATION_REQUEST__INIT;

    (void)state;
    request.application_id = rig_bytes(&a.id);
    const struct ask ask = {.method = "SubmitApplication",
                            .message = &request.base,
                            .actor = a.owner,
                            .roles = RIG_APPLICANT,
                            .if_match = a.version,
                            .key = "sama-avain"};
    const struct answer first = rig_ask(rig, &ask), again = rig_ask(rig, &ask);
    assert_false(first.replayed);
    assert_true(again.replayed);
    assert_string_equal(application_of(&first)->receipt, application_of(&again)->receipt);
    assert_string_equal(application_of(&first)->register_number, application_of(&again)->register_number);
    assert_int_equal(rig_events(rig, "funding.ApplicationSubmitted.v1", a.id), 1);
}

/* --- a crowd ----------------------------------------------------------------------------------------------------------- */
#define CROWD 64

static void test_crowd(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "ruuhka"});
    const Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 3, .cents = 3000000, .filler = 8000});
    struct rig_application crowd[CROWD];
    Funding__SaveApplicationRequest saves[CROWD];
    Funding__SubmitApplicationRequest submits[CROWD];
    struct answer *answers[CROWD];

    (void)state;
    for (size_t i = 0; i < CROWD; i++) {
        crowd[i] = rig_draft(rig, &call, content, (struct uuid){.b = {0}});
        funding__save_application_request__init(&saves[i]);
        saves[i].application_id = rig_bytes(&crowd[i].id);
        saves[i].content = (Funding__Content *)(uintptr_t)content;
        funding__submit_application_request__init(&submits[i]);
        submits[i].application_id = rig_bytes(&crowd[i].id);
        submits[i].content = (Funding__Content *)(uintptr_t)content;
    }
    for (size_t i = 0; i < CROWD; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = "SaveApplication",
                                                 .message = &saves[i].base,
                                                 .actor = crowd[i].owner,
                                                 .roles = RIG_APPLICANT,
                                                 .if_match = 1,
                                                 .client = i % 2});
    rig_wait(rig);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(application_of(answers[i])->version, 2);
    for (size_t i = 0; i < CROWD; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = "SubmitApplication",
                                                 .message = &submits[i].base,
                                                 .actor = crowd[i].owner,
                                                 .roles = RIG_APPLICANT,
                                                 .if_match = 2,
                                                 .client = i % 2});
    rig_wait(rig);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(application_of(answers[i])->state, FUNDING__APPLICATION_STATE__APPLICATION_SUBMITTED);
    const char *id = text_of(call.id);
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(distinct register_number) from funding.application where state = 2 and call_id = '%s'", id),
        CROWD);
    assert_int_equal(
        kit_sql_int(rig_pg(rig),
                    "select max(n) - min(n) + 1 from (select split_part(register_number, '/', 1)::int n from funding.application "
                    "where call_id = '%s') r",
                    id),
        CROWD); /* no gap */
    assert_int_equal(
        kit_sql_int(
            rig_pg(rig),
            "select sum(p.cents) from funding.partner p join funding.application a on a.id = p.application_id where a.call_id = '%s'", id),
        CROWD * INT64_C(3000000));
}

/* --- ends -------------------------------------------------------------------------------------------------------------- */
static void *commit_later(void *db)
{
    kit_sleep_ms(700);
    return db_script(db, "commit") == ERR_OK ? NULL : db;
}

/* A submission that comes while somebody calls the call off waits for that, and is refused: nothing is received into a call that ended. */
static void test_called_off_meanwhile(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "peruttava"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 2}), (struct uuid){.b = {0}});
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(rig_pg(rig), "hv_funding"), .schema = "funding", .application_name = "hand"};
    Funding__SubmitApplicationRequest request = FUNDING__SUBMIT_APPLICATION_REQUEST__INIT;
    struct db *db;
    pthread_t thread;
    void *failed;

    (void)state;
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    assert_int_equal(
        db_script(db, arena_printf(rig_arena(rig), "begin; update call set state = 5, why = 'peruttu' where id = '%s'", text_of(call.id))),
        ERR_OK);
    request.application_id = rig_bytes(&a.id);
    assert_int_equal(pthread_create(&thread, NULL, commit_later, db), 0);
    const struct answer answer = rig_ask(
        rig,
        &(struct ask){.method = "SubmitApplication", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT, .if_match = 1});
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    assert_string_equal(answer.rule, "funding.application.call-ended");
    assert_int_equal(rig_application_state(rig, &a), 1);
    db_close(db);
}

static void test_withdrawn(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "peruttu"});
    struct rig_application draft = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.partners = 2});

    (void)state;
    assert_int_equal(rig_withdraw(rig, &draft, "").err, ERR_OK);
    const struct answer answer = rig_withdraw(rig, &a, "rahoitus löytyi muualta");
    assert_int_equal(application_of(&answer)->state, FUNDING__APPLICATION_STATE__APPLICATION_WITHDRAWN);
    assert_string_equal(rig_withdraw(rig, &a, "").rule, "funding.application.ended");
    assert_int_equal(rig_submit(rig, &draft, NULL, 0).err, ERR_REFUSED);
    assert_int_equal(rig_events(rig, "funding.ApplicationEnded.v1", a.id), 1);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select why from funding.move where machine = 'application' and to_state = 4 and subject = '%s'",
                                text_of(a.id)),
                        "rahoitus löytyi muualta");
    assert_int_equal(rig_get(rig, &a, call.preparer, RIG_PREPARER).err, ERR_OK); /* it stays in the file of the case */
    assert_int_equal(rig_get(rig, &draft, call.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
}

static void test_bounds(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "rajat"});
    Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 2});
    struct rig_application a = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});
    char *long_text = arena_alloc(rig_arena(rig), 5000);

    (void)state;
    memset(long_text, 'a', 4001);
    content->partners[1]->name = long_text;
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.partners[1].name");
    content = rig_written(rig, &call, &(struct write_plan){.partners = 2});
    content->summary = long_text;
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.summary");
    content->summary = (char *)"";
    content->lines[2]->cents = -1;
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.lines[2].cents");
    content->lines[2]->cents = INT64_MAX;
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.lines[2].cents");
    content->lines[2]->cents = 1;
    content->lines[2]->category = (Funding__CostCategory)99;
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.lines[2].category");
    content->lines[2]->category = FUNDING__COST_CATEGORY__COST_OTHER;
    content->title = (char *)"rivi\nvaihtuu";
    assert_string_equal(rig_save(rig, &a, content, 0).field, "content.title");
    content->title = (char *)"";
    content->starts_on = (char *)"2026-02-30"; /* a draft may say it; a submission may not */
    const struct answer saved = rig_save(rig, &a, content, 0);
    assert_true(finds(application_of(&saved), "funding.application.day", "content.startsOn"));
    assert_true(finds(application_of(&saved), "funding.application.missing", "content.title"));
    assert_string_equal(rig_save(rig, &a, NULL, 0).field, "content");
}

static int begin(void **state)
{
    *state = rig = rig_new(2, 2); /* two replicas, side by side */
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_draft_to_receipt, rig_group_rest), /* what is missing, then number, rows, receipt, events */
        cmocka_unit_test_setup(test_not_whole, rig_group_rest),        /* refused with all rules and the first field; nothing moves */
        cmocka_unit_test_setup(test_deadline, rig_group_rest),         /* first and last microsecond, by receipt and not by our queue */
        cmocka_unit_test_setup(test_drafts_in_time, rig_group_rest),   /* no draft is begun or saved in a call that is not open */
        cmocka_unit_test_setup(test_two_windows, rig_group_rest), /* of saves of one version one goes; a save and a submission at once */
        cmocka_unit_test_setup(test_same_key, rig_group_rest),    /* the same key: the same number and receipt, once */
        cmocka_unit_test_setup(test_crowd, rig_group_rest),       /* 64 saves, 64 submissions at once: none lost, no gap in the numbers */
        cmocka_unit_test_setup(test_called_off_meanwhile, rig_group_rest), /* the call's end comes first: refused */
        cmocka_unit_test_setup(test_withdrawn, rig_group_rest),            /* a draft, a submitted one, and then nothing more */
        cmocka_unit_test_setup(test_bounds, rig_group_rest) /* each bound names its field; a draft may be wrong inside them */
    };
    return rig_told(cmocka_run_group_tests_name("funding applications", tests, begin, rig_group_stop));
}
