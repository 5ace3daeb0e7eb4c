/* Programmes made and changed piece by piece over real NNG and PostgreSQL: what the programme says, its implementations, windows and
 * rules; who may, the version, what is refused, and the history that each change leaves. */
#include <stdlib.h>

#include "tests/service/enrolment/editor.h"

static struct rig *rig;

/* A programme of one implementation of two seats, open since an hour, for teachers and principals. */
static struct world some_programme(const char *code)
{
    return rig_programme(rig, &(struct programme_plan){.code = code, .cap = 10, .capacity = 2, .waiting_cap = 3, .count = 2});
}

static void test_create(void **state)
{
    Enrolment__CreateProgrammeRequest create = ENROLMENT__CREATE_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme programme = ENROLMENT__PROGRAMME__INIT;
    Bus__Text title = editor_text("Uusi koulutus");
    (void)state;
    REFUSED("CreateProgramme", &create.base, 0, ERR_INVALID, "field.missing", "programme");
    create.programme = &programme;
    create.reason = (char *)"päätös 7 §";
    title.fi = (char *)" ";
    programme.code = (char *)"created";
    programme.title = &title;
    REFUSED("CreateProgramme", &create.base, 0, ERR_INVALID, "field.missing", "programme.title.fi"); /* spaces are no name */
    title.fi = (char *)"Uusi koulutus";
    programme.code = (char *)"";
    programme.cap = 5;
    programme.hold_minutes = 15;
    REFUSED("CreateProgramme", &create.base, 0, ERR_INVALID, "field.missing", "programme.code");
    programme.code = (char *)"created";
    programme.hold_minutes = 61;
    REFUSED("CreateProgramme", &create.base, 0, ERR_INVALID, "field.range", "programme.holdMinutes");
    programme.hold_minutes = 15;
    const Enrolment__Programme *made = editor_programme(rig, "CreateProgramme", &create.base, 0);
    const struct uuid id = rig_id(made->id);
    assert_int_equal(made->version, 1);
    assert_int_equal(made->hold_minutes, 15);
    assert_int_equal(editor_get(rig, id)->cap, 5);
    const Enrolment__Change *change = editor_change(rig, id);
    assert_int_equal(change->n, 1);
    assert_string_equal(change->call, "enrolment.CreateProgramme");
    assert_string_equal(change->reason, "päätös 7 §");
    REFUSED("CreateProgramme", &create.base, 0, ERR_CONFLICT, "enrolment.programme.code-taken", "programme.code");
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "CreateProgramme", .message = &create.base, .actor = rig_new_id(), .roles = RIG_PARTICIPANT})
            .err,
        ERR_FORBIDDEN);
}

static void test_head(void **state)
{
    const struct world world = some_programme("head");
    (void)some_programme("head-taken");
    Enrolment__EditProgrammeRequest edit = ENROLMENT__EDIT_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme m = *editor_get(rig, world.programme);
    Bus__Text title = editor_text("Toinen nimi");
    (void)state;
    edit.programme_id = rig_bytes(&world.programme);
    edit.programme = &m;
    edit.reason = (char *)"nimi oli väärin";
    assert_int_equal(editor_ask(rig, "EditProgramme", &edit.base, 0).err, ERR_PRECONDITION_REQUIRED);
    assert_int_equal(editor_ask(rig, "EditProgramme", &edit.base, 7).err, ERR_PRECONDITION);
    assert_int_equal(editor_programme(rig, "EditProgramme", &edit.base, 1)->version, 1); /* the same again is no change */
    m.title = &title;
    m.offer_hours = 48;
    m.moderated = m.plan_required = true;
    m.edit_until_us = time_now_us() + TIME_DAY;
    m.retention_days = 365;
    const Enrolment__Programme *after = editor_programme(rig, "EditProgramme", &edit.base, 1);
    assert_int_equal(after->version, 2);
    assert_int_equal(after->n_implementations, 2); /* its parts stay */
    assert_int_equal(after->n_windows, 1);
    after = editor_get(rig, world.programme);
    assert_string_equal(after->title->fi, "Toinen nimi");
    assert_true(after->moderated && after->plan_required && after->edit_until_us == m.edit_until_us);
    assert_int_equal(after->offer_hours, 48);
    assert_int_equal(after->retention_days, 365);
    assert_string_equal(editor_becomes(rig, world.programme, "title.fi"), "\"Toinen nimi\"");
    assert_string_equal(editor_becomes(rig, world.programme, "moderated"), "true");
    assert_string_equal(editor_change(rig, world.programme)->reason, "nimi oli väärin");
    m.cap++;
    REFUSED("EditProgramme", &edit.base, 2, ERR_REFUSED, "enrolment.seats.elsewhere", "");
    m.cap = 0;
    m.code = (char *)"head-taken";
    REFUSED("EditProgramme", &edit.base, 2, ERR_CONFLICT, "enrolment.programme.code-taken", "programme.code");
    m.code = (char *)"Iso Kirjain";
    REFUSED("EditProgramme", &edit.base, 2, ERR_INVALID, "field.code", "programme.code");
    m.code = (char *)"head-renamed";
    assert_int_equal(editor_programme(rig, "EditProgramme", &edit.base, 2)->cap, 10);
    m.retention_days = 50 * 366 + 1;
    REFUSED("EditProgramme", &edit.base, 3, ERR_INVALID, "field.range", "programme.retentionDays");
    m.retention_days = 0;
    m.offer_hours = 24 * 60 + 1;
    REFUSED("EditProgramme", &edit.base, 3, ERR_INVALID, "field.range", "programme.offerHours");
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where type = 'enrolment.ProgrammeStored.v1' and subject = '%s'",
                                 kit_sql(rig_pg(rig), "select id from enrolment.programme where code = 'head-renamed'")),
                     3); /* the import and two edits */
}

static void test_implementations(void **state)
{
    const struct world world = some_programme("implementations");
    Enrolment__PutImplementationRequest put = ENROLMENT__PUT_IMPLEMENTATION_REQUEST__INIT;
    Enrolment__RemoveImplementationRequest removal = ENROLMENT__REMOVE_IMPLEMENTATION_REQUEST__INIT;
    Enrolment__Implementation m = *editor_get(rig, world.programme)->implementations[0];
    (void)state;
    put.programme_id = removal.programme_id = rig_bytes(&world.programme);
    REFUSED("PutImplementation", &put.base, 1, ERR_INVALID, "field.missing", "implementation");
    put.implementation = &m;
    REFUSED("PutImplementation", &put.base, 1, ERR_INVALID, "field.twice", "implementation.code");
    m.code = (char *)"group-3";
    m.capacity = 0;
    REFUSED("PutImplementation", &put.base, 1, ERR_INVALID, "enrolment.import.no-seats", "implementation.capacity");
    m.capacity = 4;
    const Enrolment__Programme *p = editor_programme(rig, "PutImplementation", &put.base, 1);
    assert_int_equal(p->n_implementations, 3);
    assert_int_equal(p->implementations[2]->ordinal, 3);
    struct world third = {.programme = world.programme, .implementations = {rig_id(p->implementations[2]->id)}};
    put.implementation_id = rig_bytes(&third.implementations[0]);
    m.code = (char *)"group-three";
    m.capacity = 5;
    REFUSED("PutImplementation", &put.base, 2, ERR_REFUSED, "enrolment.seats.elsewhere", "");
    m.capacity = m.waiting_cap = 0;
    m.region = (char *)"lappi";
    p = editor_programme(rig, "PutImplementation", &put.base, 2);
    assert_string_equal(p->implementations[2]->code, "group-three");
    assert_int_equal(p->implementations[2]->capacity, 4); /* seats stay as they are */
    assert_int_equal(p->implementations[2]->waiting_cap, 3);
    assert_int_equal(p->implementations[2]->version, 2);
    assert_int_equal(p->implementations[0]->version, 1);
    assert_string_equal(editor_becomes(rig, world.programme, "implementations[group-three].region"), "\"lappi\"");
    const struct answer seat = rig_enrol(rig, &third, 0, rig_person(rig, "teacher", "basic"));
    assert_int_equal(rig_registration(&seat)->state, ENROLMENT__STATE__STATE_SEATED);
    removal.implementation_id = put.implementation_id;
    REFUSED("RemoveImplementation", &removal.base, 3, ERR_REFUSED, "enrolment.implementation.in-use", "");
    removal.implementation_id = rig_bytes(&world.implementations[0]);
    (void)rig_enrol(rig, &world, 0, rig_person(rig, "other", "basic")); /* refused by the rule, which is counted */
    p = editor_programme(rig, "RemoveImplementation", &removal.base, 3);
    assert_int_equal(p->n_implementations, 2);
    assert_int_equal(editor_get(rig, world.programme)->n_implementations, 2);
    assert_string_equal(editor_change(rig, world.programme)->field, "implementations[group-1]");
    assert_int_equal(editor_ask(rig, "RemoveImplementation", &removal.base, 4).err, ERR_NOT_FOUND);
    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_NOT_FOUND);
}

static void test_windows(void **state)
{
    const struct world world = some_programme("window-edits");
    Enrolment__AddWindowRequest add = ENROLMENT__ADD_WINDOW_REQUEST__INIT;
    Enrolment__SetWindowRequest set = ENROLMENT__SET_WINDOW_REQUEST__INIT;
    Enrolment__RemoveWindowRequest removal = ENROLMENT__REMOVE_WINDOW_REQUEST__INIT;
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    const struct uuid open = rig_id(p->windows[0]->id);
    (void)state;
    add.programme_id = set.programme_id = removal.programme_id = rig_bytes(&world.programme);
    add.opens_us = p->windows[0]->closes_us - 1;
    REFUSED("AddWindow", &add.base, 1, ERR_INVALID, "field.missing", "closesAt");
    add.closes_us = add.opens_us + TIME_DAY;
    add.quota = 100001;
    REFUSED("AddWindow", &add.base, 1, ERR_INVALID, "field.range", "quota");
    add.quota = 5;
    REFUSED("AddWindow", &add.base, 1, ERR_REFUSED, "enrolment.window.overlap", "");
    add.opens_us++;
    p = editor_programme(rig, "AddWindow", &add.base, 1);
    assert_int_equal(p->n_windows, 2);
    assert_int_equal(p->windows[1]->quota, 5);
    const struct uuid second = rig_id(p->windows[1]->id);
    set.window_id = rig_bytes(&second);
    set.opens_us = add.opens_us;
    set.closes_us = add.closes_us;
    assert_int_equal(editor_programme(rig, "SetWindow", &set.base, 2)->version, 2); /* without a quota it stays */
    set.round_case = ENROLMENT__SET_WINDOW_REQUEST__ROUND_QUOTA;
    set.quota = 4;
    assert_int_equal(editor_programme(rig, "SetWindow", &set.base, 2)->windows[1]->quota, 4);
    assert_non_null(strstr(editor_change(rig, world.programme)->was, "quota 5"));
    assert_non_null(strstr(editor_change(rig, world.programme)->becomes, "quota 4"));
    assert_true(kit_sql_int(rig_pg(rig), "with u as (update enrolment.application_window set used = 3 where quota = 4 returning 1)"
                                         " select count(*) from u") == 1);
    set.quota = 2;
    REFUSED("SetWindow", &set.base, 3, ERR_REFUSED, "enrolment.window.quota-below-used", "");
    removal.window_id = rig_bytes(&open);
    REFUSED("RemoveWindow", &removal.base, 3, ERR_REFUSED, "enrolment.window.open", "");
    removal.window_id = rig_bytes(&second);
    REFUSED("RemoveWindow", &removal.base, 3, ERR_REFUSED, "enrolment.window.used", "");
    (void)kit_sql(rig_pg(rig), RIG_LOCKED "update enrolment.application_window set used = 0 where quota = 4");
    assert_int_equal(editor_programme(rig, "RemoveWindow", &removal.base, 3)->n_windows, 1);
    assert_int_equal(editor_ask(rig, "RemoveWindow", &removal.base, 4).err, ERR_NOT_FOUND);
    set.window_id = (ProtobufCBinaryData){.len = 0}; /* a new one that has long closed, for the record: nobody is told that it opens */
    set.opens_us = p->windows[0]->opens_us - 3 * TIME_DAY;
    set.closes_us = set.opens_us + TIME_DAY;
    assert_int_equal(editor_programme(rig, "SetWindow", &set.base, 4)->n_windows, 2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.application_window where closes_at < now()"
                                              " and opened_told and closed_told"),
                     1);
    char subject[UUID_TEXT];
    uuid_format(world.programme, subject);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where subject = '%s' and type like"
                                 " 'enrolment.WindowClosed%%'",
                                 subject),
                     0);
}

static void test_rules(void **state)
{
    const struct world world = some_programme("rule-edits");
    Enrolment__PutRulesRequest put = ENROLMENT__PUT_RULES_REQUEST__INIT;
    Enrolment__Rule rule = ENROLMENT__RULE__INIT, *rules[1] = {&rule};
    char *allowed[1] = {(char *)"lappi"};
    Bus__Text reason = editor_text("Vain Lapista");
    const struct uuid person = rig_person(rig, "teacher", "basic");
    (void)state;
    put.programme_id = rig_bytes(&world.programme);
    put.rules = rules;
    put.n_rules = 1;
    rule.rule = (char *)"edits.region";
    rule.reason = &reason;
    rule.allowed = allowed;
    rule.n_allowed = 1;
    REFUSED("PutRules", &put.base, 1, ERR_INVALID, "field.word", "rules[0].fact");
    rule.fact = (char *)"region";
    rule.n_allowed = 0;
    REFUSED("PutRules", &put.base, 1, ERR_INVALID, "field.range", "rules[0].allowed");
    rule.n_allowed = 1;
    put.implementation_id = rig_bytes(&world.implementations[1]);
    const Enrolment__Programme *p = editor_programme(rig, "PutRules", &put.base, 1);
    assert_int_equal(p->implementations[1]->n_rules, 1);
    assert_int_equal(p->n_rules, 1);
    assert_string_equal(rig_enrol(rig, &world, 1, person).rule, "edits.region");
    put.implementation_id = rig_bytes(&person);
    assert_int_equal(editor_ask(rig, "PutRules", &put.base, 2).err, ERR_NOT_FOUND);
    put.implementation_id = (ProtobufCBinaryData){0};
    rule.review = true;
    p = editor_programme(rig, "PutRules", &put.base, 2); /* in place of the programme's own */
    assert_int_equal(p->n_rules, 1);
    assert_true(p->rules[0]->review);
    const Enrolment__Change *change = editor_change(rig, world.programme);
    assert_string_equal(change->field, "rules[0]");
    assert_non_null(strstr(change->was, "test.role: role = teacher,principal"));
    assert_non_null(strstr(change->becomes, "edits.region: region = lappi, review"));
    reason.fi = (char *)"Vain | Lapista"; /* a word moves from one language to the other: that is a change, whatever stands between */
    reason.sv = (char *)"Lappland";
    assert_int_equal(editor_programme(rig, "PutRules", &put.base, 3)->version, 4);
    reason.fi = (char *)"Vain";
    reason.sv = (char *)"Lapista | Lappland";
    assert_int_equal(editor_programme(rig, "PutRules", &put.base, 4)->version, 5);
    put.n_rules = 0;
    assert_int_equal(editor_programme(rig, "PutRules", &put.base, 5)->n_rules, 0);
    assert_string_equal(editor_change(rig, world.programme)->becomes, "");
    const struct uuid anybody = rig_person(rig, "", "");
    const struct answer a = rig_enrol(rig, &world, 0, anybody); /* without rules nobody is asked for facts */
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
}

/* The calls that decide over people leave their lines too, and pages of the history go on where they ended. */
static void test_history(void **state)
{
    const struct world world = some_programme("history");
    Enrolment__SetProgrammeCapRequest cap = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__INIT;
    Enrolment__SetImplementationCapacityRequest seats = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    Enrolment__ListChangesRequest list = ENROLMENT__LIST_CHANGES_REQUEST__INIT;
    const struct uuid coordinator = rig_coordinator();
    (void)state;
    cap.programme_id = list.programme_id = rig_bytes(&world.programme);
    cap.seats_case = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP;
    cap.cap = 11;
    cap.reason = (char *)"lisärahoitus";
    (void)editor_programme(rig, "SetProgrammeCap", &cap.base, 1);
    seats.implementation_id = rig_bytes(&world.implementations[0]);
    seats.seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    seats.capacity = 3;
    seats.waiting_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP;
    seats.waiting_cap = 4;
    assert_int_equal(editor_ask(rig, "SetImplementationCapacity", &seats.base, 1).err, ERR_OK);
    const Enrolment__Change *newest = editor_change(rig, world.programme);
    assert_string_equal(newest->field, "implementations[group-1].waitingCap");
    assert_string_equal(newest->was, "3");
    assert_string_equal(newest->becomes, "4");
    assert_memory_equal(newest->actor.data, coordinator.b, sizeof coordinator.b);
    assert_string_equal(editor_becomes(rig, world.programme, "implementations[group-1].capacity"), "3");
    assert_string_equal(editor_becomes(rig, world.programme, "cap"), "11");
    list.page_size = 2;
    uint32_t expected = newest->n, pages = 0;
    do {
        const struct answer a = editor_ask(rig, "ListChanges", &list.base, 0);
        const Enrolment__ChangeList *page = (const Enrolment__ChangeList *)a.message;
        for (size_t i = 0; i < page->n_changes; i++)
            assert_int_equal(page->changes[i]->n, expected--);
        list.page_token = page->next_page_token;
        pages++;
    } while (*list.page_token != '\0');
    assert_int_equal(expected, 0);
    assert_int_equal(pages, (newest->n + 1) / 2);
    list.page_token = (char *)"xx";
    REFUSED("ListChanges", &list.base, 0, ERR_INVALID, "field.page-token", "pageToken");
    list.page_token = (char *)"";
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "ListChanges", .message = &list.base, .actor = rig_new_id(), .roles = RIG_PARTICIPANT}).err,
        ERR_FORBIDDEN);
    list.programme_id = rig_bytes(&world.implementations[0]);
    assert_int_equal(editor_ask(rig, "ListChanges", &list.base, 0).err, ERR_NOT_FOUND);
}

/* Two coordinators who saw the same version: the second is told, and nothing is lost. A repeated key changes nothing twice. */
static void test_versions(void **state)
{
    const struct world world = some_programme("versions");
    Enrolment__PutRulesRequest put = ENROLMENT__PUT_RULES_REQUEST__INIT;
    (void)state;
    put.programme_id = rig_bytes(&world.programme);
    const struct ask ask = {.method = "PutRules",
                            .message = &put.base,
                            .actor = rig_coordinator(),
                            .roles = RIG_COORDINATOR,
                            .key = "put-rules-once",
                            .if_match = 1};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
    const struct answer again = rig_ask(rig, &ask);
    assert_int_equal(again.err, ERR_OK);
    assert_true(again.replayed);
    const struct answer second = editor_ask(rig, "PutRules", &put.base, 1);
    assert_int_equal(second.err, ERR_PRECONDITION);
    assert_string_equal(second.problem->facts[0]->name, "version");
    assert_string_equal(second.problem->facts[0]->value, "2");
}

/* A list of a programme that is none is no empty list: whoever mistyped an id hears so. */
static void test_lists_of_nothing(void **state)
{
    const struct uuid nobody = rig_new_id();
    Enrolment__ListChangesRequest changes = ENROLMENT__LIST_CHANGES_REQUEST__INIT;
    Enrolment__ListAnnouncementsRequest announcements = ENROLMENT__LIST_ANNOUNCEMENTS_REQUEST__INIT;
    Enrolment__ListRefusalsRequest refusals = ENROLMENT__LIST_REFUSALS_REQUEST__INIT;
    (void)state;
    changes.programme_id = announcements.programme_id = refusals.programme_id = rig_bytes(&nobody);
    assert_int_equal(editor_ask(rig, "ListChanges", &changes.base, 0).err, ERR_NOT_FOUND);
    assert_int_equal(editor_ask(rig, "ListAnnouncements", &announcements.base, 0).err, ERR_NOT_FOUND);
    assert_int_equal(editor_ask(rig, "ListRefusals", &refusals.base, 0).err, ERR_NOT_FOUND);
}

/* --- what all edits check alike, by the descriptors of their requests ------------------------------------------------------------- */

static void *member(ProtobufCMessage *m, const char *name)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(m->descriptor, name);

    return field != NULL ? (char *)m + field->offset : NULL;
}

static void expect_id(const char *method, ProtobufCMessage *m, const char *name, const char *json)
{
    static uint8_t short_id[3] = {1, 2, 3};
    ProtobufCBinaryData *id = member(m, name);

    if (id == NULL)
        return;
    const ProtobufCBinaryData kept = *id;
    *id = (ProtobufCBinaryData){sizeof short_id, short_id};
    REFUSED(method, m, 1, ERR_INVALID, "field.id", json);
    *id = kept;
}

static enum err err_as(const char *method, const ProtobufCMessage *m, uint32_t roles)
{
    const struct uuid who = roles == RIG_PUBLIC ? (struct uuid){{0}} : rig_new_id();

    return rig_ask(rig, &(struct ask){.method = method, .message = m, .actor = who, .roles = roles, .if_match = 1}).err;
}

static void expect_guarded(const char *method, const struct uuid *programme)
{
    static char long_reason[502];
    const ProtobufCMethodDescriptor *rpc = protobuf_c_service_descriptor_get_method_by_name(&enrolment__enrolment__descriptor, method);
    ProtobufCMessage *m = calloc(1, rpc->input->sizeof_message);
    assert_non_null(m);
    protobuf_c_message_init(rpc->input, m);
    REFUSED(method, m, 1, ERR_INVALID, "field.missing", "programmeId");
    expect_id(method, m, "programme_id", "programmeId");
    *(ProtobufCBinaryData *)member(m, "programme_id") = rig_bytes(programme);
    assert_int_equal(err_as(method, m, RIG_PUBLIC), ERR_UNAUTHENTICATED);
    assert_int_equal(err_as(method, m, RIG_PARTICIPANT), ERR_FORBIDDEN);
    assert_int_equal(editor_ask(rig, method, m, 0).err, ERR_PRECONDITION_REQUIRED);
    memset(long_reason, 'x', sizeof long_reason - 1);
    *(char **)member(m, "reason") = long_reason;
    REFUSED(method, m, 1, ERR_INVALID, "field.length", "reason");
    *(char **)member(m, "reason") = (char *)"";
    expect_id(method, m, "unit_id", "unitId");
    expect_id(method, m, "implementation_id", "implementationId");
    expect_id(method, m, "window_id", "windowId");
    free(m);
}

static void test_guarded(void **state)
{
    static const char *const methods[] = {"EditProgramme", "PutUnit",   "RemoveUnit",   "PutImplementation", "RemoveImplementation",
                                          "AddWindow",     "SetWindow", "RemoveWindow", "PutRules",          "PutQuestions"};
    const struct world world = some_programme("guarded");
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        expect_guarded(methods[i], &world.programme);
    assert_int_equal(editor_get(rig, world.programme)->version, 1);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_guarded, rig_group_rest), /* who may, the version, the ids and the reason of each of them */
        cmocka_unit_test_setup(test_create, rig_group_rest),  /* a programme from nothing; a code is one programme's */
        cmocka_unit_test_setup(test_head, rig_group_rest),    /* what it says of itself, field by field; its seats are not edited here */
        cmocka_unit_test_setup(test_implementations, rig_group_rest), /* new, renamed, removed unless somebody ever enrolled */
        cmocka_unit_test_setup(test_windows, rig_group_rest),         /* a second round with its quota; none goes that is open or used */
        cmocka_unit_test_setup(test_rules, rig_group_rest),   /* of the programme and of an implementation; none: anybody without facts */
        cmocka_unit_test_setup(test_history, rig_group_rest), /* newest first, page by page, with who, what and why */
        cmocka_unit_test_setup(test_lists_of_nothing, rig_group_rest), /* not found, rather than empty */
        cmocka_unit_test_setup(test_versions, rig_group_rest),         /* an old version is refused, a repeated key answered again */
    };
    return rig_told(cmocka_run_group_tests_name("edits", tests, start, rig_group_stop));
}
