/* Supplements: a preparer asks for more until a day, the owner changes what was submitted and answers, also after the call has closed;
 * until then officials see what was submitted, and the rows of decisions stay as they were. */
#include "tests/service/funding/applications.h"

#include "common/base/uuid.h"

static struct rig *rig;

static const char *text_of(struct uuid id)
{
    static char text[4][UUID_TEXT];
    static size_t next;
    char *out = text[next++ % 4];

    uuid_format(id, out);
    return out;
}

static const Funding__Application *application_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Application *)answer->message;
}

static const char *contacts(const struct rig_application *a)
{
    return kit_sql(rig_pg(rig),
                   "select string_agg(business_id || contact_id, ' ' order by ordinal) from funding.partner where application_id = '%s'",
                   text_of(a->id));
}

static void test_supplemented(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "taydennys"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 6000000, .partners = 3});
    Funding__Content *content =
        rig_written(rig, &call, &(struct write_plan){.cents = 5000000, .partners = 4, .title = "Täsmennetty hanke"});
    const char *before = arena_strdup(rig_arena(rig), contacts(&a)), *number = arena_strdup(rig_arena(rig), a.register_number),
               *receipt = arena_strdup(rig_arena(rig), a.receipt);

    (void)state;
    const struct answer asked = rig_ask_supplement(rig, &call, &a, "Lisää aiesopimukset.", 14);
    assert_int_equal(application_of(&asked)->state, FUNDING__APPLICATION_STATE__APPLICATION_TO_SUPPLEMENT);
    assert_string_equal(application_of(&asked)->supplements[0]->words, "Lisää aiesopimukset.");
    assert_int_equal(rig_events(rig, "funding.SupplementRequested.v1", a.id), 1);
    assert_string_equal(rig_ask_supplement(rig, &call, &a, "Vielä tämä.", 14).rule, "funding.supplement.state");
    rig_closes_in(rig, &call, -TIME_HOUR);
    assert_int_equal(rig_save(rig, &a, content, 0).err, ERR_OK);
    const struct answer mine = rig_get(rig, &a, a.owner, RIG_APPLICANT), theirs = rig_get(rig, &a, call.preparer, RIG_PREPARER);
    assert_string_equal(application_of(&mine)->content->title, "Täsmennetty hanke");
    assert_string_equal(application_of(&theirs)->content->title, "Yhteinen hanke");
    assert_string_equal(application_of(&theirs)->title, "Yhteinen hanke");
    assert_int_equal(application_of(&theirs)->applied_cents, 6000000);
    assert_string_equal(contacts(&a), before);
    const struct answer answered = rig_answer_supplement(rig, &a, NULL); /* what was saved */
    const Funding__Application *m = application_of(&answered);
    assert_int_equal(m->state, FUNDING__APPLICATION_STATE__APPLICATION_SUBMITTED);
    assert_string_equal(m->register_number, number);
    assert_string_not_equal(m->receipt, receipt);
    assert_int_equal(m->applied_cents, 5000000);
    assert_true(m->supplements[0]->answered_us > m->supplements[0]->asked_us);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.partner where application_id = '%s'", text_of(a.id)), 4);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(cents) from funding.budget_line where application_id = '%s'", text_of(a.id)),
                     5000000);
    assert_memory_equal(contacts(&a), before, strlen(before)); /* the three that were there are the same people */
    assert_int_equal(rig_events(rig, "funding.ApplicationSubmitted.v1", a.id), 2);
    assert_string_equal(
        kit_sql(rig_pg(rig),
                "select string_agg(kind::text, ' ' order by version) from funding.application_version where application_id = '%s'",
                text_of(a.id)),
        "1 2 1 3");
    const struct answer again = rig_answer_supplement(rig, &a, NULL);
    assert_string_equal(again.rule, "funding.supplement.none");
}

static void test_stays_the_same_case(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "sama-asia"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 6000000, .partners = 2});

    (void)state;
    assert_int_equal(rig_ask_supplement(rig, &call, &a, "Täsmennä.", 3).err, ERR_OK);
    const Funding__Content *more = rig_written(rig, &call, &(struct write_plan){.cents = 6000001, .partners = 2});
    assert_string_equal(rig_answer_supplement(rig, &a, more).rule, "funding.application.supplement-more");
    const Funding__Content *other = rig_written(rig, &call, &(struct write_plan){.cents = 6000000, .partners = 2, .theme = 1});
    assert_string_equal(rig_answer_supplement(rig, &a, other).rule, "funding.application.supplement-theme");
    Funding__Content *led = rig_written(rig, &call, &(struct write_plan){.cents = 6000000, .partners = 2});
    Funding__Partner *lead = led->partners[0];
    led->partners[0] = led->partners[1];
    led->partners[1] = lead;
    const struct answer stranger = rig_answer_supplement(rig, &a, led);
    assert_string_equal(stranger.rule, "funding.application.supplement-applicant");
    assert_string_equal(stranger.field, "content.partners[0].businessId");
    const struct answer submit = rig_submit(rig, &a, NULL, 0);
    assert_string_equal(submit.rule, "funding.application.supplement");
    Funding__Content *vague = rig_written(rig, &call, &(struct write_plan){.cents = 6000000, .partners = 2});
    vague->iban = (char *)"";
    const struct answer saved = rig_save(rig, &a, vague, 0); /* may be unfinished */
    assert_int_equal(application_of(&saved)->n_findings, 1);
    assert_string_equal(rig_answer_supplement(rig, &a, NULL).rule, "funding.application.missing");
    assert_int_equal(rig_application_state(rig, &a), 3);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select applied_cents from funding.application where id = '%s'", text_of(a.id)), 6000000);
}

/* An attachment of the owner's, and what is asked about it. */
static Funding__AddAttachmentRequest contract(const struct rig_application *a)
{
    Funding__AddAttachmentRequest request = FUNDING__ADD_ATTACHMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.kind = 3;
    request.name = (char *)"sopimus.txt";
    request.media_type = (char *)"text/plain";
    request.content = (ProtobufCBinaryData){5, (uint8_t *)(uintptr_t) "sovit"};
    return request;
}

static struct answer add_contract(const struct rig_application *a)
{
    const Funding__AddAttachmentRequest request = contract(a);
    return rig_ask(rig, &(struct ask){.method = "AddAttachment", .message = &request.base, .actor = a->owner, .roles = RIG_APPLICANT});
}

static struct answer about(const char *method, const struct rig_application *a, const struct uuid *id, struct uuid actor, uint32_t roles)
{
    Funding__AttachmentRequest request = FUNDING__ATTACHMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.attachment_id = rig_bytes(id);
    return rig_ask(rig, &(struct ask){.method = method, .message = &request.base, .actor = actor, .roles = roles});
}

static size_t seen_attachments(const struct rig_application *a, struct uuid actor, uint32_t roles)
{
    const struct answer got = rig_get(rig, a, actor, roles);
    return application_of(&got)->n_attachments;
}

static void test_attachments_wait(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "lisaliite"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.partners = 2});

    (void)state;
    assert_int_equal(rig_ask_supplement(rig, &call, &a, "Lisää sopimus.", 3).err, ERR_OK);
    const struct answer added = add_contract(&a);
    const struct uuid id = rig_id(application_of(&added)->attachments[0]->id);
    assert_int_equal(seen_attachments(&a, call.preparer, RIG_PREPARER), 0); /* it is the owner's until the answer */
    assert_int_equal(about("GetAttachment", &a, &id, call.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
    assert_int_equal(rig_answer_supplement(rig, &a, NULL).err, ERR_OK);
    assert_int_equal(seen_attachments(&a, call.preparer, RIG_PREPARER), 1);
    assert_int_equal(about("GetAttachment", &a, &id, call.preparer, RIG_PREPARER).err, ERR_OK);
    /* In the next round it is taken away: it stays in the file of the case. */
    assert_int_equal(rig_ask_supplement(rig, &call, &a, "Sopimus on vanha.", 3).err, ERR_OK);
    assert_int_equal(about("RemoveAttachment", &a, &id, a.owner, RIG_APPLICANT).err, ERR_OK);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.attachment where removed_at is not null and application_id = '%s'",
                                 text_of(a.id)),
                     1);
    /* Until the answer officials see what was submitted, and so the one that is to go. */
    assert_int_equal(seen_attachments(&a, call.preparer, RIG_PREPARER), 1);
    assert_int_equal(seen_attachments(&a, a.owner, RIG_APPLICANT), 0);
    assert_int_equal(about("GetAttachment", &a, &id, call.preparer, RIG_PREPARER).err, ERR_OK);
    assert_int_equal(about("GetAttachment", &a, &id, a.owner, RIG_APPLICANT).err, ERR_NOT_FOUND);
}

static void test_attachments_never_submitted(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "liite-kay"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.partners = 2});

    (void)state;
    assert_int_equal(rig_ask_supplement(rig, &call, &a, "Lisää sopimus.", 3).err, ERR_OK);
    /* One that came and went between two submissions was never part of any: nothing of it is kept. */
    const struct answer other = add_contract(&a);
    const struct uuid id = rig_id(application_of(&other)->attachments[0]->id);
    assert_int_equal(about("RemoveAttachment", &a, &id, a.owner, RIG_APPLICANT).err, ERR_OK);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.attachment where id = '%s'", text_of(id)), 0);
    /* Withdrawn without an answer: what was not submitted does not become part of the case. */
    assert_int_equal(add_contract(&a).err, ERR_OK);
    assert_int_equal(rig_withdraw(rig, &a, "").err, ERR_OK);
    assert_int_equal(seen_attachments(&a, call.preparer, RIG_PREPARER), 0);
}

static void test_who_asks(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kuka-pyytaa"}),
                          other = rig_call(rig, &(struct call_plan){.code = "muu-haku"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.partners = 1});
    struct rig_application draft = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});

    (void)state;
    assert_int_equal(rig_ask_supplement(rig, &other, &a, "Täsmennä.", 3).err, ERR_FORBIDDEN);
    assert_int_equal(rig_ask_supplement(rig, &call, &draft, "Täsmennä.", 3).err, ERR_NOT_FOUND);
    assert_string_equal(rig_ask_supplement(rig, &call, &a, "Täsmennä.", -1).rule, "funding.supplement.due");
    assert_string_equal(rig_ask_supplement(rig, &call, &a, "  ", 3).field, "words");
    assert_string_equal(rig_answer_supplement(rig, &a, NULL).rule, "funding.supplement.none");
    assert_int_equal(rig_ask_supplement(rig, &call, &a, "Täsmennä.", 0).err, ERR_OK);
    struct rig_application thief = a;
    thief.owner = rig_new_id();
    assert_int_equal(rig_answer_supplement(rig, &thief, NULL).err, ERR_NOT_FOUND);
    /* Withdrawn while it is waited for: nobody waits any more. */
    assert_int_equal(rig_withdraw(rig, &a, "").err, ERR_OK);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.supplement_request where answered_at is null and application_id = '%s'",
                                 text_of(a.id)),
                     0);
}

static int begin(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_supplemented, rig_group_rest), /* asked, saved, answered after the close; rows, contacts, versions */
        cmocka_unit_test_setup(test_stays_the_same_case, rig_group_rest), /* no other theme, no more money, nothing missing */
        cmocka_unit_test_setup(test_attachments_wait, rig_group_rest), /* officials see a new one once it is answered; an old one is kept */
        cmocka_unit_test(test_attachments_never_submitted),
        cmocka_unit_test_setup(test_who_asks, rig_group_rest) /* preparers of the call; once; the owner alone answers */
    };
    return rig_told(cmocka_run_group_tests_name("funding supplements", tests, begin, rig_group_stop));
}
