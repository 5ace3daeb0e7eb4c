/* The register of projects over real NNG and PostgreSQL: Strapetsi's file as it is imported, what disagrees in a project, its moves and
 * its funding plan, whose shares are its cost whoever asks. */
#include "services/gateway/route/codec.h"
#include "tests/service/funding/desk.h"

static struct rig *rig;

static Funding__Project *from_file(void)
{
    static char text[64 * 1024];
    ProtobufCMessage *message = codec_new(rig_arena(rig), &funding__project__descriptor);
    struct codec_fault fault;
    FILE *file = fopen(HV_TEST_SOURCE "/deploy/strapetsi-project.json", "r");

    assert_non_null(file);
    const size_t len = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    if (codec_decode(rig_arena(rig), span_of(text, len), message, &fault) != ERR_OK)
        fail_msg("deploy/strapetsi-project.json does not decode");
    return (Funding__Project *)message;
}

/* A project of the file's with another code and a plan of two shares. */
static Funding__Project *planned(const char *code, int64_t granted, int64_t applied)
{
    Funding__Project *project = from_file();
    Funding__ProjectShare **shares = arena_array(rig_arena(rig), 2, sizeof *shares);

    for (size_t i = 0; i < 2; i++) {
        shares[i] = arena_alloc(rig_arena(rig), sizeof *shares[i]);
        funding__project_share__init(shares[i]);
        shares[i]->funder = i == 0 ? (char *)"Valtio" : (char *)"Esimerkkilän kaupunki";
        shares[i]->cents = i == 0 ? granted : applied;
        shares[i]->state = i == 0 ? FUNDING__PLAN_STATE__PLAN_GRANTED : FUNDING__PLAN_STATE__PLAN_APPLIED;
    }
    project->code = (char *)(uintptr_t)code;
    project->ends_on = (char *)"2099-12-31";
    project->shares = shares;
    project->n_shares = 2;
    project->cost_case = FUNDING__PROJECT__COST_TOTAL_CENTS;
    project->total_cents = granted + applied;
    return project;
}

static struct answer import(Funding__Project *project, bool dry_run)
{
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;

    request.project = project;
    request.dry_run = dry_run;
    return desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 0);
}

static const Funding__ProjectReport *imported(Funding__Project *project)
{
    const struct answer a = import(project, false);

    if (a.err != ERR_OK)
        fail_msg("%s %s %s", err_text(a.err)->name, a.rule, a.field);
    return (const Funding__ProjectReport *)a.message;
}

static struct answer see(struct uuid id)
{
    Funding__GetProjectRequest request = FUNDING__GET_PROJECT_REQUEST__INIT;

    request.project_id = rig_bytes(&id);
    return desk_public(rig, "GetProject", &request.base);
}

static const Funding__Project *seen(struct uuid id)
{
    const struct answer a = see(id);

    assert_int_equal(a.err, ERR_OK);
    return (const Funding__Project *)a.message;
}

static struct answer move(struct uuid id, Funding__ProjectState state, const char *reason, uint64_t version)
{
    Funding__MoveProjectRequest request = FUNDING__MOVE_PROJECT_REQUEST__INIT;

    request.project_id = rig_bytes(&id);
    request.state = state;
    request.reason = (char *)(uintptr_t)reason;
    return desk_ask(rig, rig_new_id(), RIG_PREPARER, "MoveProject", &request.base, version);
}

static bool has(const Funding__Project *project, const char *rule)
{
    for (size_t i = 0; i < project->n_findings; i++)
        if (strcmp(project->findings[i]->rule, rule) == 0)
            return project->findings[i]->warning;
    return false;
}

static void test_strapetsi_is_imported_and_flagged(void **state)
{
    (void)state;
    const struct answer dry = import(from_file(), true);
    assert_int_equal(dry.err, ERR_OK);
    assert_true(((const Funding__ProjectReport *)dry.message)->created);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from funding.project where code = 'strapetsi'"), 0);

    const Funding__ProjectReport *report = imported(from_file());
    assert_true(report->created);
    const struct uuid id = rig_id(report->project->id);
    const Funding__Project *project = seen(id);
    size_t implementers = 0;
    for (size_t i = 0; i < project->n_members; i++)
        implementers += project->members[i]->role == FUNDING__MEMBER_ROLE__MEMBER_IMPLEMENTER;
    assert_int_equal(implementers, 81);
    assert_int_equal(project->n_members, 81 + 19);
    assert_string_equal(project->members[80]->name, "Koulutuksen järjestäjä 81");
    assert_string_equal(project->lead_name, "Turun kaupunki");
    assert_int_equal(project->n_areas, 4);
    assert_string_equal(project->areas[3]->title->sv, "Framtiden och visionärt ledarskap");
    assert_string_equal(project->ends_on, "2024-12-31");
    assert_string_equal(project->page_until, "2030-12-31");
    /* Both stand as they were said, and that they disagree is told. */
    assert_int_equal(project->state, FUNDING__PROJECT_STATE__PROJECT_ONGOING);
    assert_true(has(project, "funding.project.period-over"));
    assert_int_equal(rig_events(rig, "funding.ProjectStored.v1", id), 1);
}

static void test_the_same_file_again_changes_nothing(void **state)
{
    (void)state;
    (void)imported(from_file());
    const Funding__ProjectReport *again = imported(from_file());
    assert_false(again->created || again->changed);
    const struct uuid id = rig_id(again->project->id);
    const int64_t events = rig_events(rig, "funding.ProjectStored.v1", id);
    const uint64_t version = again->project->version;

    Funding__Project *fewer = from_file();
    fewer->n_members = 90;
    fewer->areas[0]->goals = (char *)"Toinen tavoite.";
    const Funding__ProjectReport *changed = imported(fewer);
    assert_true(changed->changed && !changed->created);
    assert_int_equal(changed->project->version, version + 1);
    assert_int_equal(seen(id)->n_members, 90);
    assert_string_equal(seen(id)->areas[0]->goals, "Toinen tavoite.");
    assert_int_equal(rig_events(rig, "funding.ProjectStored.v1", id), events + 1);
    (void)imported(from_file());
}

static void test_shares_are_the_cost(void **state)
{
    (void)state;
    Funding__Project *wrong = planned("plan-wrong", 100000, 316300);
    wrong->total_cents++;
    const struct answer a = import(wrong, false);
    desk_refused(a, ERR_INVALID, "funding.project.shares");
    assert_string_equal(rig_fact(&a, "sharesCents"), "416300");

    const struct uuid id = rig_id(imported(planned("plan", 100000, 316300))->project->id);
    const Funding__Project *project = seen(id);
    assert_int_equal(project->total_cents, 416300);
    assert_int_equal(project->n_shares, 2);
    assert_string_equal(project->findings[0]->field, "shares[1].state");
    assert_true(has(project, "funding.project.share-open"));
    assert_false(has(project, "funding.project.period-over"));
    /* And changed, with other sums. */
    assert_int_equal(imported(planned("plan", 1, 2))->project->total_cents, 3);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select shares_cents from funding.project where code = 'plan'"), 3);
}

/* Fails unless the schema refuses it. */
static void by_hand(const char *sql)
{
    (void)kit_sql(rig_pg(rig),
                  "do $$ begin %s; set constraints all immediate; raise exception 'it went through'; "
                  "exception when check_violation then null; end $$",
                  sql);
}

static void test_by_hand_neither(void **state)
{
    (void)state;
    (void)imported(planned("by-hand", 500, 700));
    by_hand(
        "update funding.project_share set cents = cents + 1 where project_id = (select id from funding.project where code = 'by-hand')");
    by_hand("update funding.project set shares_cents = 1, total_cents = 1 where code = 'by-hand'");
    by_hand("update funding.project set state = 1, why = 'x' where code = 'by-hand'");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select shares_cents from funding.project where code = 'by-hand'"), 1200);
}

static void test_moves_have_reasons(void **state)
{
    (void)state;
    const struct uuid id = rig_id(imported(planned("moves", 1, 1))->project->id);
    desk_refused(move(id, FUNDING__PROJECT_STATE__PROJECT_ENDED, "", 1), ERR_INVALID, "field.missing");
    desk_refused(move(id, FUNDING__PROJECT_STATE__PROJECT_ENDED, "valmis", 0), ERR_PRECONDITION_REQUIRED, "");
    const struct answer back = move(id, FUNDING__PROJECT_STATE__PROJECT_PLANNED, "takaisin", 1);
    desk_refused(back, ERR_REFUSED, "funding.project.move");
    assert_string_equal(rig_fact(&back, "state"), "ongoing");
    assert_int_equal(move(id, FUNDING__PROJECT_STATE__PROJECT_INTERRUPTED, "tauko", 1).err, ERR_OK);
    assert_int_equal(move(id, FUNDING__PROJECT_STATE__PROJECT_ENDED, "valmis", 1).err, ERR_PRECONDITION);
    assert_int_equal(move(id, FUNDING__PROJECT_STATE__PROJECT_ENDED, "valmis", 2).err, ERR_OK);
    assert_true(has(seen(id), "funding.project.ended-early"));
    /* The file says "ongoing": an import moves nothing. */
    const struct answer a = import(planned("moves", 1, 1), false);
    desk_refused(a, ERR_REFUSED, "funding.project.state");
    assert_int_equal(
        kit_sql_int(rig_pg(rig),
                    "select count(*) from funding.move m join funding.project p on p.id = m.subject where p.code = 'moves' and "
                    "m.machine = 'project' and m.why in ('imported', 'tauko', 'valmis')"),
        3);
}

static void test_who_may(void **state)
{
    (void)state;
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;
    request.project = planned("who-may", 1, 1);
    desk_refused(desk_public(rig, "ImportProject", &request.base), ERR_UNAUTHENTICATED, "");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_APPLICANT | RIG_ADMIN, "ImportProject", &request.base, 0), ERR_FORBIDDEN, "");
    desk_refused(see(rig_new_id()), ERR_NOT_FOUND, "");
}

static void test_fields_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *field, *rule;
    } expected[] = {{"project.code", "field.code"},
                    {"project.title.fi", "field.missing"},
                    {"project.leadName", "field.missing"},
                    {"project.startsOn", "field.day"},
                    {"project.endsOn", "funding.project.order"},
                    {"project.state", "field.range"},
                    {"project.members[3].name", "field.missing"},
                    {"project.shares[1].cents", "field.range"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        Funding__Project *p = planned("checked", 1, 1);
        switch (i) {
        case 0:
            p->code = (char *)"Iso Kirjain";
            break;
        case 1:
            p->title->fi = (char *)"";
            break;
        case 2:
            p->lead_name = (char *)" ";
            break;
        case 3:
            p->starts_on = (char *)"31.12.2024";
            break;
        case 4:
            p->ends_on = (char *)"2020-01-01";
            break;
        case 5:
            p->state = (Funding__ProjectState)9;
            break;
        case 6:
            p->members[3]->name = (char *)"";
            break;
        case 7:
            p->shares[1]->cents = INT64_MAX;
            break;
        }
        const struct answer a = import(p, false);
        assert_string_equal(a.rule, expected[i].rule);
        assert_string_equal(a.field, expected[i].field);
    }
    Funding__Project *p = planned("checked", 1, 1);
    const struct uuid nobody = rig_new_id();
    p->application_id = rig_bytes(&nobody);
    const struct answer a = import(p, false);
    assert_int_equal(a.err, ERR_NOT_FOUND);
}

static void test_pages(void **state)
{
    (void)state;
    Funding__ListProjectsRequest request = FUNDING__LIST_PROJECTS_REQUEST__INIT;
    size_t pages = 0, rows = 0;
    for (int i = 0; i < 5; i++)
        (void)imported(planned(arena_printf(rig_arena(rig), "page-%d", i), i, i));
    const int64_t all = kit_sql_int(rig_pg(rig), "select count(*) from funding.project");
    request.page_size = 2;
    do {
        const struct answer a = desk_public(rig, "ListProjects", &request.base);
        assert_int_equal(a.err, ERR_OK);
        const Funding__ProjectList *list = (const Funding__ProjectList *)a.message;
        rows += list->n_projects;
        pages++;
        assert_true(list->n_projects > 0 && list->projects[0]->n_members == 0);
        request.page_token = list->next_page_token;
    } while (*request.page_token != '\0');
    assert_int_equal(rows, all);
    assert_int_equal(pages, (all + 1) / 2);
}

/* However much projects say, the register can be read to its end, and each of them whole. */
static void test_long_projects_fit_into_answers(void **state)
{
    (void)state;
    Funding__ListProjectsRequest request = FUNDING__LIST_PROJECTS_REQUEST__INIT;
    static char target[2 * 2000 + 1], goals[2 * 1700 + 1], name[2 * 200 + 1];
    size_t rows = 0;
    for (size_t i = 0; i + 2 < sizeof target; i += 2)
        memcpy(target + i, "ä", 2);
    memcpy(goals, target, sizeof goals - 1);
    memcpy(name, target, sizeof name - 1);
    for (int i = 0; i < 60; i++) {
        Funding__Project *p = planned(arena_printf(rig_arena(rig), "long-%d", i), 1, 1);
        p->target = target;
        p->title->fi = p->title->sv = p->title->en = p->funder = p->programme = p->lead_name = name;
        p->n_members = 0;
        (void)imported(p);
    }
    const int64_t all = kit_sql_int(rig_pg(rig), "select count(*) from funding.project");
    request.page_size = 200;
    do {
        const struct answer a = desk_public(rig, "ListProjects", &request.base);
        assert_int_equal(a.err, ERR_OK);
        const Funding__ProjectList *list = (const Funding__ProjectList *)a.message;
        assert_true(list->n_projects > 0);
        rows += list->n_projects;
        request.page_token = list->next_page_token;
    } while (*request.page_token != '\0');
    assert_int_equal(rows, all);

    /* One that is as long as it may be, every share undecided, is told; one that is longer is not taken. */
    Funding__Project *p = planned("long-whole", 1, 1);
    Funding__ProjectMember **members = arena_array(rig_arena(rig), 500, sizeof *members);
    Funding__ProjectShare **shares = arena_array(rig_arena(rig), 100, sizeof *shares);
    for (size_t i = 0; i < 500; i++)
        members[i] = p->members[i % p->n_members];
    for (size_t i = 0; i < 100; i++)
        shares[i] = p->shares[1];
    for (size_t i = 0; i < 100; i++)
        p->members[i]->name = name;
    p->members = members;
    p->n_members = 480;
    p->shares = shares;
    p->n_shares = 100;
    p->cost_case = FUNDING__PROJECT__COST_TOTAL_CENTS;
    p->total_cents = 100;
    const Funding__Project *whole = seen(rig_id(imported(p)->project->id));
    assert_int_equal(whole->n_findings, 100);
    assert_int_equal(whole->n_members, 480);
    p->code = (char *)"long-longer";
    p->n_members = 500;
    for (size_t i = 0; i < p->n_areas; i++)
        p->areas[i]->goals = target;
    Funding__ProjectArea **areas = arena_array(rig_arena(rig), 12, sizeof *areas);
    for (size_t i = 0; i < 12; i++)
        areas[i] = p->areas[i % p->n_areas];
    p->areas = areas;
    p->n_areas = 12;
    desk_refused(import(p, false), ERR_TOO_LARGE, "funding.project.large");
}

/* A version is not asked for; whoever gives one is told when the project has gone on since. */
static void test_import_holds_if_match(void **state)
{
    (void)state;
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;
    request.project = planned("if-match", 1, 1);
    assert_int_equal(desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 1).err, ERR_PRECONDITION);
    assert_int_equal(imported(request.project)->project->version, 1);
    request.project = planned("if-match", 2, 1);
    assert_int_equal(desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 1).err, ERR_OK);
    request.project = planned("if-match", 3, 1);
    assert_int_equal(desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 1).err, ERR_PRECONDITION);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select total_cents from funding.project where code = 'if-match'"), 3);
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_strapetsi_is_imported_and_flagged, rig_group_rest),
        cmocka_unit_test_setup(test_the_same_file_again_changes_nothing, rig_group_rest),
        cmocka_unit_test_setup(test_shares_are_the_cost, rig_group_rest),
        cmocka_unit_test_setup(test_by_hand_neither, rig_group_rest),
        cmocka_unit_test_setup(test_moves_have_reasons, rig_group_rest),
        cmocka_unit_test_setup(test_who_may, rig_group_rest),
        cmocka_unit_test_setup(test_fields_are_checked, rig_group_rest),
        cmocka_unit_test_setup(test_pages, rig_group_rest),
        cmocka_unit_test_setup(test_long_projects_fit_into_answers, rig_group_rest),
        cmocka_unit_test_setup(test_import_holds_if_match, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
