/* Applications in the eyes of others, and of later days: who sees what, lists, versions, attachments. */
#include "tests/service/funding/applications.h"

#include "common/base/hash.h"
#include "common/base/uuid.h"

static struct rig *rig;

static const Funding__Application *application_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Application *)answer->message;
}

static const char *text_of(struct uuid id)
{
    static char text[4][UUID_TEXT];
    static size_t next;
    char *out = text[next++ % 4];

    uuid_format(id, out);
    return out;
}

/* --- who sees what ----------------------------------------------------------------------------------------------------- */
static void test_eyes(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "silmat"}),
                          other = rig_call(rig, &(struct call_plan){.code = "muut"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 1}), (struct uuid){.b = {0}});

    (void)state;
    assert_int_equal(rig_get(rig, &a, a.owner, RIG_APPLICANT).err, ERR_OK);
    assert_int_equal(rig_get(rig, &a, rig_new_id(), RIG_APPLICANT).err, ERR_NOT_FOUND);
    assert_int_equal(rig_get(rig, &a, call.preparer, RIG_PREPARER).err, ERR_NOT_FOUND); /* a draft is its owner's */
    assert_int_equal(rig_get(rig, &a, rig_new_id(), RIG_ADMIN).err, ERR_NOT_FOUND);
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK);
    const struct answer seen = rig_get(rig, &a, call.evaluators[1], RIG_EVALUATOR);
    assert_string_equal(application_of(&seen)->content->title, "Yhteinen hanke");
    assert_int_equal(rig_get(rig, &a, call.preparer, RIG_PREPARER).err, ERR_OK);
    assert_int_equal(rig_get(rig, &a, call.decider, RIG_DECIDER).err, ERR_OK);
    assert_int_equal(rig_get(rig, &a, rig_new_id(), RIG_ADMIN).err, ERR_OK);
    assert_int_equal(rig_get(rig, &a, other.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
    assert_int_equal(rig_get(rig, &a, call.evaluators[1], RIG_APPLICANT).err, ERR_NOT_FOUND); /* without the role there is no office */
    assert_int_equal(rig_get(rig, &a, (struct uuid){.b = {0}}, RIG_PUBLIC).err, ERR_UNAUTHENTICATED);
}

static struct answer receipt_of(const struct rig_application *a, uint64_t version, struct uuid who, uint32_t roles)
{
    Funding__GetVersionRequest request = FUNDING__GET_VERSION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.version = version;
    return rig_ask(rig, &(struct ask){.method = "GetReceipt", .message = &request.base, .actor = who, .roles = roles});
}

/* The bytes behind a receipt are for those who see the application; a draft has none, whoever knows its version. */
static void test_receipts(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kuitti"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 1}), (struct uuid){.b = {0}});
    char hex[HASH_TEXT];

    (void)state;
    assert_int_equal(receipt_of(&a, 0, a.owner, RIG_APPLICANT).err, ERR_NOT_FOUND);
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK);
    const struct answer own = receipt_of(&a, 0, a.owner, RIG_APPLICANT);
    const Bus__File *file = (const Bus__File *)own.message;
    const struct span bytes = span_of(file->content.data, file->content.len);
    const struct hash hash = hash_sha256(&bytes, 1);
    hash_hex(&hash, hex);
    assert_string_equal(hex, kit_sql(rig_pg(rig), "select receipt from funding.application where id = '%s'", text_of(a.id)));
    assert_int_equal(receipt_of(&a, 0, call.evaluators[0], RIG_EVALUATOR).err, ERR_OK);
    assert_int_equal(receipt_of(&a, 0, rig_new_id(), RIG_APPLICANT).err, ERR_NOT_FOUND);
    assert_string_equal(receipt_of(&a, 1, a.owner, RIG_APPLICANT).field, "version"); /* the draft */
    assert_string_equal(receipt_of(&a, 1, call.preparer, RIG_PREPARER).field, "version");
    assert_int_equal(receipt_of(&a, UINT64_MAX, a.owner, RIG_APPLICANT).err, ERR_INVALID);
    (void)kit_sql(rig_pg(rig), "insert into funding.conflict values ('%s', '%s', 'sukulainen', now(), '%s')", text_of(a.id),
                  text_of(call.preparer), text_of(call.preparer));
    assert_string_equal(receipt_of(&a, 0, call.preparer, RIG_PREPARER).rule, "funding.conflict.no-part");
}

static void test_conflict(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "esteellinen"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.partners = 1});

    (void)state;
    (void)kit_sql(rig_pg(rig), "insert into funding.conflict values ('%s', '%s', 'sukulainen', now(), '%s')", text_of(a.id),
                  text_of(call.preparer), text_of(call.preparer));
    assert_string_equal(rig_get(rig, &a, call.preparer, RIG_PREPARER).rule, "funding.conflict.no-part");
    assert_string_equal(rig_ask_supplement(rig, &call, &a, "Täsmennä.", 3).rule, "funding.conflict.no-part");
    assert_int_equal(rig_get(rig, &a, call.second_preparer, RIG_PREPARER).err, ERR_OK);
}

static struct answer moves_of(const char *machine, struct uuid subject, struct uuid who, uint32_t roles)
{
    Funding__GetMovesRequest request = FUNDING__GET_MOVES_REQUEST__INIT;

    request.machine = (char *)(uintptr_t)machine;
    request.subject_id = rig_bytes(&subject);
    return rig_ask(rig, &(struct ask){.method = "GetMoves", .message = &request.base, .actor = who, .roles = roles});
}

static void test_moves(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "siirrot"}),
                          other = rig_call(rig, &(struct call_plan){.code = "muut-siirrot"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 1}), (struct uuid){.b = {0}});

    (void)state;
    assert_int_equal(moves_of("application", a.id, call.preparer, RIG_PREPARER).err, ERR_NOT_FOUND); /* a draft is its owner's */
    assert_int_equal(moves_of("application", a.id, rig_new_id(), RIG_ADMIN).err, ERR_NOT_FOUND);
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK);
    const struct answer seen = moves_of("application", a.id, call.evaluators[0], RIG_EVALUATOR);
    assert_int_equal(seen.err, ERR_OK);
    assert_int_equal(((const Funding__MoveList *)seen.message)->n_moves, 2);
    assert_int_equal(moves_of("application", a.id, rig_new_id(), RIG_ADMIN).err, ERR_OK);
    assert_int_equal(moves_of("application", a.id, other.evaluators[0], RIG_EVALUATOR).err, ERR_NOT_FOUND);
    assert_int_equal(moves_of("application", a.id, other.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
    assert_int_equal(moves_of("application", a.id, a.owner, RIG_APPLICANT).err, ERR_FORBIDDEN);
    assert_int_equal(moves_of("call", call.id, other.preparer, RIG_PREPARER).err, ERR_OK);
    (void)kit_sql(rig_pg(rig), "insert into funding.conflict values ('%s', '%s', 'sukulainen', now(), '%s')", text_of(a.id),
                  text_of(call.preparer), text_of(call.preparer));
    assert_string_equal(moves_of("application", a.id, call.preparer, RIG_PREPARER).rule, "funding.conflict.no-part");
}

static void test_lists(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "luettelot"});
    const struct uuid owner = rig_new_id();
    Funding__ListApplicationsRequest request = FUNDING__LIST_APPLICATIONS_REQUEST__INIT;
    Funding__ListMyApplicationsRequest mine = FUNDING__LIST_MY_APPLICATIONS_REQUEST__INIT;
    struct rig_application first = rig_submitted(rig, &call, &(struct write_plan){.owner = owner, .theme = 1, .title = "Ensimmäinen"});

    (void)state;
    for (size_t i = 0; i < 3; i++)
        (void)rig_submitted(rig, &call, &(struct write_plan){.owner = owner});
    (void)rig_draft(rig, &call, NULL, owner);
    request.call_id = rig_bytes(&call.id);
    request.page_size = 3;
    struct ask ask = {.method = "ListApplications", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER};
    const struct answer page = rig_ask(rig, &ask);
    const Funding__ApplicationList *list = (const Funding__ApplicationList *)page.message;
    assert_int_equal(list->n_applications, 3);
    assert_string_equal(list->applications[0]->title, "Ensimmäinen");
    assert_null(list->applications[0]->content);
    request.page_token = arena_strdup(rig_arena(rig), list->next_page_token);
    const struct answer rest = rig_ask(rig, &ask);
    list = (const Funding__ApplicationList *)rest.message;
    assert_int_equal(list->n_applications, 1); /* the draft is not shown */
    assert_string_equal(list->next_page_token, "");
    request.page_token = (char *)"";
    request.theme_id = rig_bytes(&call.themes[1]);
    const struct answer of_theme = rig_ask(rig, &ask);
    list = (const Funding__ApplicationList *)of_theme.message;
    assert_int_equal(list->n_applications, 1);
    assert_string_equal(list->applications[0]->register_number, first.register_number);
    /* What one has a conflict of interest in is left out of the list until it is decided. */
    (void)kit_sql(rig_pg(rig), "insert into funding.conflict values ('%s', '%s', 'sukulainen', now(), '%s')", text_of(first.id),
                  text_of(call.preparer), text_of(call.preparer));
    assert_int_equal(((const Funding__ApplicationList *)rig_ask(rig, &ask).message)->n_applications, 0);
    ask.actor = call.second_preparer;
    assert_int_equal(((const Funding__ApplicationList *)rig_ask(rig, &ask).message)->n_applications, 1);
    ask.actor = rig_new_id();
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN);
    mine.page_size = 4;
    const struct ask own = {.method = "ListMyApplications", .message = &mine.base, .actor = owner, .roles = RIG_APPLICANT};
    const struct answer newest = rig_ask(rig, &own);
    list = (const Funding__ApplicationList *)newest.message;
    assert_int_equal(list->n_applications, 4);
    assert_int_equal(list->applications[0]->state, FUNDING__APPLICATION_STATE__APPLICATION_DRAFT);
    mine.page_token = arena_strdup(rig_arena(rig), list->next_page_token);
    const struct answer oldest = rig_ask(rig, &own);
    assert_int_equal(((const Funding__ApplicationList *)oldest.message)->n_applications, 1);
}

/* --- versions ---------------------------------------------------------------------------------------------------------- */
static void test_versions(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "versiot"});
    Funding__Content *content = rig_written(rig, &call, &(struct write_plan){.partners = 1});
    struct rig_application a = rig_draft(rig, &call, content, (struct uuid){.b = {0}});
    Funding__GetApplicationRequest request = FUNDING__GET_APPLICATION_REQUEST__INIT;
    Funding__GetVersionRequest one = FUNDING__GET_VERSION_REQUEST__INIT;

    (void)state;
    for (int i = 2; i <= 60; i++) {
        content->title = arena_printf(rig_arena(rig), "Tallennus %d", i);
        assert_int_equal(rig_save(rig, &a, content, 0).err, ERR_OK);
    }
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(*) from funding.application_version where application_id = '%s'", text_of(a.id)), 50);
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK);
    request.application_id = rig_bytes(&a.id);
    const struct answer own =
        rig_ask(rig, &(struct ask){.method = "ListVersions", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT});
    const Funding__VersionList *list = (const Funding__VersionList *)own.message;
    assert_int_equal(list->n_versions, 51);
    assert_string_equal(list->versions[0]->kind, "submitted");
    assert_int_equal(list->versions[0]->version, 61);
    const struct answer seen =
        rig_ask(rig, &(struct ask){.method = "ListVersions", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER});
    assert_int_equal(((const Funding__VersionList *)seen.message)->n_versions, 1);
    one.application_id = rig_bytes(&a.id);
    one.version = 42;
    struct ask ask = {.method = "GetVersion", .message = &one.base, .actor = a.owner, .roles = RIG_APPLICANT};
    const struct answer then = rig_ask(rig, &ask);
    assert_string_equal(application_of(&then)->content->title, "Tallennus 42");
    assert_string_equal(application_of(&then)->receipt, "");
    ask.actor = call.preparer;
    ask.roles = RIG_PREPARER;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
    one.version = 61;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
    one.version = 3;
    ask.actor = a.owner;
    ask.roles = RIG_APPLICANT;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
}

/* --- attachments ------------------------------------------------------------------------------------------------------- */
static struct answer attach(struct rig_application *a, const char *name, const char *media_type, const char *bytes)
{
    Funding__AddAttachmentRequest request = FUNDING__ADD_ATTACHMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.kind = 1;
    request.name = (char *)(uintptr_t)name;
    request.media_type = (char *)(uintptr_t)media_type;
    request.content = (ProtobufCBinaryData){strlen(bytes), (uint8_t *)(uintptr_t)bytes};
    const struct answer answer =
        rig_ask(rig, &(struct ask){.method = "AddAttachment", .message = &request.base, .actor = a->owner, .roles = RIG_APPLICANT});
    if (answer.err == ERR_OK)
        a->version = answer.version;
    return answer;
}

static void test_attachments(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "liitteet"});
    struct rig_application a = rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 1}), (struct uuid){.b = {0}});
    Funding__AttachmentRequest request = FUNDING__ATTACHMENT_REQUEST__INIT;

    (void)state;
    assert_string_equal(attach(&a, "suunnitelma.pdf", "application/pdf", "<html>").rule, "funding.attachment.type");
    assert_string_equal(attach(&a, "sivu.html", "text/html", "<html>").rule, "funding.attachment.type");
    const struct answer added = attach(&a, "Hankkeen äly.pdf", "application/pdf", "%PDF-1.7 sisältö");
    assert_int_equal(application_of(&added)->n_attachments, 1);
    const struct uuid id = rig_id(application_of(&added)->attachments[0]->id);
    request.application_id = rig_bytes(&a.id);
    request.attachment_id = rig_bytes(&id);
    struct ask get = {.method = "GetAttachment", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT};
    const struct answer file = rig_ask(rig, &get);
    assert_int_equal(file.err, ERR_OK);
    const Bus__File *m = (const Bus__File *)file.message;
    assert_string_equal(m->name, "Hankkeen-ly.pdf");
    assert_memory_equal(m->content.data, "%PDF-1.7 sisältö", m->content.len);
    get.actor = call.preparer;
    get.roles = RIG_PREPARER;
    assert_int_equal(rig_ask(rig, &get).err, ERR_NOT_FOUND);
    for (size_t i = 0; i < 9; i++)
        assert_int_equal(attach(&a, "x.txt", "text/plain", "teksti").err, ERR_OK);
    assert_string_equal(attach(&a, "x.txt", "text/plain", "teksti").rule, "funding.attachment.many");
    const struct ask remove = {.method = "RemoveAttachment", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT};
    const struct answer removed = rig_ask(rig, &remove);
    assert_int_equal(application_of(&removed)->n_attachments, 9);
    assert_int_equal(rig_ask(rig, &remove).err, ERR_NOT_FOUND);
    a.version = removed.version;
    assert_int_equal(rig_submit(rig, &a, NULL, 0).err, ERR_OK);
    assert_int_equal(attach(&a, "x.txt", "text/plain", "teksti").err, ERR_REFUSED);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.attachment where application_id = '%s'", text_of(a.id)), 9);
}

static int begin(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_eyes, rig_group_rest),        /* drafts are their owner's; offices are those of the call */
        cmocka_unit_test_setup(test_receipts, rig_group_rest),    /* of what was submitted alone */
        cmocka_unit_test_setup(test_conflict, rig_group_rest),    /* whoever has one sees nothing and asks for nothing */
        cmocka_unit_test_setup(test_moves, rig_group_rest),       /* the same eyes for what has happened to it */
        cmocka_unit_test_setup(test_lists, rig_group_rest),       /* pages, themes; no drafts for officials */
        cmocka_unit_test_setup(test_versions, rig_group_rest),    /* fifty drafts are kept, a submission for ever */
        cmocka_unit_test_setup(test_attachments, rig_group_rest), /* what it begins with is what it is; ten at most */
    };
    return rig_told(cmocka_run_group_tests_name("funding application views", tests, begin, rig_group_stop));
}
