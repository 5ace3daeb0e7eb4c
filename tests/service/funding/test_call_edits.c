/* Grant calls changed part by part, and imported: what may change and until when, what is refused with words before the database would, and
 * the file of the demonstration. */
#include <stdlib.h>

#include "services/gateway/route/codec.h"
#include "tests/service/funding/desk.h"

static struct rig *rig;

/* --- edits -------------------------------------------------------------------------------------------------------------- */
static void test_parts_are_changed_moved_added_and_removed(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "parts", .themes = 3, .draft = true});
    const Funding__Call *before = desk_seen(rig, call.id);
    Funding__CallContent *c = before->content;
    Funding__Group *group = c->groups[0];
    Funding__Theme *first = group->themes[0], *last = group->themes[2];
    Funding__Theme added = FUNDING__THEME__INIT;
    added.title = rig_text(rig, "Uusi", "", "");
    added.allocation_cents = 150000000;
    first->allocation_cents = 50000000; /* the whole stays what it is at every step, or the database would refuse */
    group->themes[0] = last;
    group->themes[1] = &added;
    group->themes[2] = first;
    const struct answer a = desk_edit(rig, &call, c, before->version);
    const Funding__CallContent *after = desk_call(a)->content;
    assert_memory_equal(after->groups[0]->themes[0]->id.data, call.themes[2].b, 16);
    assert_string_equal(after->groups[0]->themes[1]->title->fi, "Uusi");
    assert_memory_equal(after->groups[0]->themes[2]->id.data, call.themes[0].b, 16);
    const Funding__Call *stored = desk_seen(rig, call.id);
    assert_int_equal(stored->version, before->version + 1);
    assert_int_equal(stored->content->groups[0]->n_themes, 3);
    assert_memory_equal(stored->content->groups[0]->themes[0]->id.data, call.themes[2].b, 16);
    assert_int_equal(stored->content->groups[0]->themes[2]->allocation_cents, 50000000);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select themes_cents from funding.call where code = 'parts'"), 300000000);
    desk_refused(desk_edit(rig, &call, stored->content, before->version), ERR_PRECONDITION, "request.precondition");
}

static void test_less_money_and_fewer_parts(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "less", .themes = 3, .draft = true});
    const Funding__Call *before = desk_seen(rig, call.id);
    before->content->groups[0]->n_themes = 1;
    before->content->n_questions = 0;
    before->content->allocation_cents = 100000000;
    assert_int_equal(desk_edit(rig, &call, before->content, before->version).err, ERR_OK);
    const Funding__Call *after = desk_seen(rig, call.id);
    assert_int_equal(after->content->groups[0]->n_themes, 1);
    assert_int_equal(after->content->n_questions, 0);
    assert_int_equal(after->content->allocation_cents, 100000000);
}

static void test_a_part_of_another_call_is_unknown(void **state)
{
    (void)state;
    const struct rig_call other = rig_call(rig, &(struct call_plan){.code = "other", .draft = true});
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "own", .draft = true});
    const Funding__Call *before = desk_seen(rig, call.id);
    before->content->groups[0]->themes[1]->id = rig_bytes(&other.themes[0]);
    const struct answer a = desk_edit(rig, &call, before->content, before->version);
    desk_refused(a, ERR_INVALID, "funding.call.part-unknown");
    assert_string_equal(a.field, "content.groups[0].themes[1].id");
    before->content->groups[0]->themes[1]->id = rig_bytes(&call.themes[0]);
    desk_refused(desk_edit(rig, &call, before->content, before->version), ERR_INVALID, "funding.call.part-twice");
}

static void test_an_open_call_changes_only_to_the_good(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "open", .own_permille = 100});
    const Funding__Call *before = desk_seen(rig, call.id);
    before->content->closes_us -= TIME_DAY;
    desk_refused(desk_edit(rig, &call, before->content, before->version), ERR_REFUSED, "funding.call.harm");
    before->content->closes_us += 3 * TIME_DAY;
    before->content->own_permille = 50;
    before->content->contact = (char *)"Toinen neuvoja, neuvonta@example.fi";
    before->content->terms->fi = (char *)"Selvemmät ehdot";
    const struct answer edited = desk_edit(rig, &call, before->content, before->version);
    assert_int_equal(edited.err, ERR_OK);
    const Funding__Call *after = (const Funding__Call *)edited.message;
    assert_int_equal(after->n_findings, 2); /* nobody is told of the words, and the other languages keep the old ones */
    assert_string_equal(after->findings[0]->rule, "funding.call.words");
    assert_string_equal(after->findings[1]->rule, "funding.call.words-language");
    assert_string_equal(after->findings[1]->field, "content.terms");
    assert_int_equal(rig_events(rig, "funding.CallStored.v1", call.id), 2);
    before->content->criteria[0]->weight = 50;
    desk_refused(desk_edit(rig, &call, before->content, before->version + 1), ERR_REFUSED, "funding.call.fixed");
}

/* --- imports ------------------------------------------------------------------------------------------------------------ */
static struct answer import(struct uuid actor, Funding__CallContent *content, bool dry_run, bool publish)
{
    Funding__ImportCallRequest request = FUNDING__IMPORT_CALL_REQUEST__INIT;

    request.content = content;
    request.dry_run = dry_run;
    request.publish = publish;
    return desk_ask(rig, actor, RIG_PREPARER, "ImportCall", &request.base, 0);
}

static const Funding__CallReport *report_in(struct answer a)
{
    if (a.err != ERR_OK)
        fail_msg("%s %s %s", err_text(a.err)->name, a.rule, a.field);
    return (const Funding__CallReport *)a.message;
}

static Funding__CallContent *file_read(const char *name)
{
    static char text[200 * 1024];
    ProtobufCMessage *message = codec_new(rig_arena(rig), &funding__call_content__descriptor);
    struct codec_fault fault;
    FILE *file = fopen(arena_printf(rig_arena(rig), "%s/deploy/%s", HV_TEST_SOURCE, name), "r");
    assert_non_null(file);
    const size_t len = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    if (codec_decode(rig_arena(rig), span_of(text, len), message, &fault) != ERR_OK)
        fail_msg("%s: fault %d at %s", name, (int)fault.fault, fault.field);
    return (Funding__CallContent *)message;
}

/* Who changed what it says, when, and what it said before; the officials of the call see it, and nobody else does. */
static void test_what_it_said_before_is_kept(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "said", .draft = true});
    const Funding__Call *before = desk_seen(rig, call.id);
    const char *contact = arena_strdup(rig_arena(rig), before->content->contact);
    before->content->contact = (char *)"Toinen kirjaamo, toinen@example.fi";
    assert_int_equal(desk_edit(rig, &call, before->content, before->version).err, ERR_OK);

    Funding__GetCallRequest all = FUNDING__GET_CALL_REQUEST__INIT;
    Funding__GetCallVersionRequest one = FUNDING__GET_CALL_VERSION_REQUEST__INIT;
    all.call_id = one.call_id = rig_bytes(&call.id);
    struct answer a = desk_ask(rig, call.second_preparer, RIG_PREPARER, "ListCallVersions", &all.base, 0);
    assert_int_equal(a.err, ERR_OK);
    const Funding__CallVersionList *list = (const Funding__CallVersionList *)a.message;
    assert_int_equal(list->n_versions, 2); /* version 2 was its officials: they have their own history */
    assert_int_equal(list->versions[0]->version, before->version + 1);
    assert_int_equal(list->versions[1]->version, 1);
    assert_string_equal(list->versions[0]->name, "Veera Valmistelija");
    assert_null(list->versions[0]->content);
    static const int EXPECTED[] = {1, 3};
    for (size_t i = 0; i < 2; i++) {
        one.version = (uint64_t)EXPECTED[i];
        a = desk_ask(rig, call.decider, RIG_DECIDER, "GetCallVersion", &one.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Funding__CallVersion *version = (const Funding__CallVersion *)a.message;
        assert_string_equal(version->content->contact, i == 0 ? contact : "Toinen kirjaamo, toinen@example.fi");
        assert_int_equal(version->content->groups[0]->n_themes, 2);
        assert_true(version->saved_us > 0);
    }
    one.version = 2;
    desk_refused(desk_ask(rig, call.decider, RIG_DECIDER, "GetCallVersion", &one.base, 0), ERR_NOT_FOUND, "request.not-found");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_EVALUATOR, "ListCallVersions", &all.base, 0), ERR_FORBIDDEN, "funding.call.not-official");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_APPLICANT, "ListCallVersions", &all.base, 0), ERR_FORBIDDEN, "");
    desk_refused(desk_public(rig, "GetCallVersion", &one.base), ERR_UNAUTHENTICATED, "");
}

static void test_the_file_of_the_demonstration(void **state)
{
    (void)state;
    Funding__CallContent *file = file_read("oikeus-osata.json");
    int64_t sum = 0;
    const Funding__CallReport *report = report_in(import(rig_new_id(), file, true, false));
    assert_true(report->created);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.call where code = 'oikeus-osata-2020'"), 0);
    report = report_in(import(rig_new_id(), file, false, true));
    assert_int_equal(report->call->state, FUNDING__CALL_STATE__CALL_DRAFT); /* its time is over: it stays a draft, and says why */
    for (size_t i = 0; i < report->n_findings; i++)
        if (!report->findings[i]->warning)
            assert_string_equal(report->findings[i]->rule, "funding.call.past");
    assert_int_equal(report->call->content->n_groups, 3);
    for (size_t g = 0; g < 3; g++)
        for (size_t t = 0; t < report->call->content->groups[g]->n_themes; t++)
            sum += report->call->content->groups[g]->themes[t]->allocation_cents;
    assert_int_equal(sum, 1530000000);
    assert_int_equal(report->call->content->allocation_cents, 1530000000);
    report = report_in(import(rig_new_id(), file, false, false)); /* the same file again changes nothing */
    assert_true(!report->created && !report->changed);
    assert_int_equal(report->call->version, 1);
}

static void test_an_import_is_published_and_changed(void **state)
{
    (void)state;
    Funding__CallContent *content = rig_content(rig, &(struct call_plan){.code = "imported"});
    const struct uuid preparer = rig_new_id();
    const Funding__CallReport *report = report_in(import(preparer, content, false, true));
    assert_true(report->created);
    assert_int_equal(report->call->state, FUNDING__CALL_STATE__CALL_PUBLISHED);
    const struct uuid id = rig_id(report->call->id), theme = rig_id(report->call->content->groups[0]->themes[1]->id);
    content->title = rig_text(rig, "Uusi nimi", "Nytt namn", "New name");
    report = report_in(import(preparer, content, false, true));
    assert_true(!report->created && report->changed);
    assert_memory_equal(report->call->id.data, id.b, 16);
    assert_memory_equal(report->call->content->groups[0]->themes[1]->id.data, theme.b, 16);
    content->allocation_cents += 100; /* more is no harm; less would be */
    assert_int_equal(import(preparer, content, false, false).err, ERR_OK);
    content->groups[0]->themes[0]->allocation_cents -= 100;
    desk_refused(import(preparer, content, false, false), ERR_REFUSED, "funding.call.harm");
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 4);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_parts_are_changed_moved_added_and_removed, rig_group_rest),
        cmocka_unit_test_setup(test_less_money_and_fewer_parts, rig_group_rest),
        cmocka_unit_test_setup(test_a_part_of_another_call_is_unknown, rig_group_rest),
        cmocka_unit_test_setup(test_an_open_call_changes_only_to_the_good, rig_group_rest),
        cmocka_unit_test_setup(test_what_it_said_before_is_kept, rig_group_rest),
        cmocka_unit_test_setup(test_the_file_of_the_demonstration, rig_group_rest),
        cmocka_unit_test_setup(test_an_import_is_published_and_changed, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
