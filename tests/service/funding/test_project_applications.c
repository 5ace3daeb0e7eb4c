/* Projects that come from applications, over real NNG and PostgreSQL: whose they are to import, what they may say before the decision and
 * after it, and who sees them meanwhile. */
#include "tests/service/funding/decisions.h"
#include "tests/service/funding/desk.h"

static struct rig *rig;

static Funding__ProjectShare *share_new(const char *funder, int64_t cents, Funding__PlanState state)
{
    Funding__ProjectShare *share = arena_alloc(rig_arena(rig), sizeof *share);

    funding__project_share__init(share);
    share->funder = (char *)(uintptr_t)funder;
    share->cents = cents;
    share->state = state;
    return share;
}

/* A project with a plan of two shares: the one granted, the other applied for. */
static Funding__Project *planned(const char *code, int64_t granted, int64_t applied)
{
    Funding__Project *project = arena_alloc(rig_arena(rig), sizeof *project);

    funding__project__init(project);
    project->code = (char *)(uintptr_t)code;
    project->title = rig_text(rig, "Hanke", "Projekt", "Project");
    project->funder = project->programme = project->lead_name = (char *)"Valtio";
    project->starts_on = (char *)"2026-01-01";
    project->ends_on = (char *)"2099-12-31";
    project->state = FUNDING__PROJECT_STATE__PROJECT_ONGOING;
    project->n_shares = 2;
    project->shares = arena_array(rig_arena(rig), 2, sizeof *project->shares);
    project->shares[0] = share_new("Valtio", granted, FUNDING__PLAN_STATE__PLAN_GRANTED);
    project->shares[1] = share_new("Esimerkkilän kaupunki", applied, FUNDING__PLAN_STATE__PLAN_APPLIED);
    project->cost_case = FUNDING__PROJECT__COST_TOTAL_CENTS;
    project->total_cents = granted + applied;
    return project;
}

static struct answer import_by(struct uuid who, Funding__Project *project, bool dry_run)
{
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;

    request.project = project;
    request.dry_run = dry_run;
    return desk_ask(rig, who, RIG_PREPARER, "ImportProject", &request.base, 0);
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

static bool has(const Funding__Project *project, const char *rule)
{
    for (size_t i = 0; i < project->n_findings; i++)
        if (strcmp(project->findings[i]->rule, rule) == 0)
            return project->findings[i]->warning;
    return false;
}

/* One application has one project, whichever of two imports comes first. */
static void test_one_project_an_application(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "hankkeet"});
    const struct rig_application a =
        rig_draft(rig, &call, rig_written(rig, &call, &(struct write_plan){.partners = 2, .cents = 1000000}), rig_new_id());
    Funding__Project *first = planned("of-one", 0, 2), *second = planned("of-two", 0, 2);
    first->application_id = second->application_id = rig_bytes(&a.id);
    assert_int_equal(import_by(call.preparer, first, false).err, ERR_OK);
    assert_false(((const Funding__ProjectReport *)import_by(call.preparer, first, false).message)->changed);
    desk_refused(import_by(call.preparer, second, false), ERR_REFUSED, "funding.project.application-taken");
}

/* Neither ties it to an application nor frees it from one: who does not prepare its call, or has a conflict of interest in it. */
static void test_whose_application_it_is(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "whose"}),
                          other = rig_call(rig, &(struct call_plan){.code = "not-whose"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 1000000});
    const struct uuid strangers[] = {other.preparer, call.presenter, call.decider, call.evaluators[0], rig_new_id()};
    Funding__Project *tied = planned("whose-project", 0, 1000000), *free = planned("whose-project", 0, 1000000);
    char id[UUID_TEXT], who[UUID_TEXT];

    (void)state;
    tied->application_id = rig_bytes(&a.id);
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
        desk_refused(import_by(strangers[i], tied, i % 2 == 0), ERR_FORBIDDEN, "funding.project.not-preparer");
    assert_int_equal(import_by(call.preparer, tied, false).err, ERR_OK);
    desk_refused(import_by(other.preparer, free, false), ERR_FORBIDDEN, "funding.project.not-preparer");
    uuid_format(a.id, id);
    uuid_format(call.preparer, who);
    (void)kit_sql(
        rig_pg(rig),
        "insert into funding.conflict (application_id, person_id, reason, noted_at, noted_by) values ('%s', '%s', 'x', now(), '%s')", id,
        who, who);
    desk_refused(import_by(call.preparer, free, false), ERR_FORBIDDEN, "funding.project.not-preparer");
    assert_int_equal(import_by(call.second_preparer, free, false).err, ERR_OK);
    desk_refused(import_by(call.preparer, tied, true), ERR_FORBIDDEN, "funding.project.not-preparer");
}

/* What a rejected application applied for is not granted; what others granted is. */
static void test_of_a_rejected_application(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "rejected"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 1000000});
    Funding__Project *project = planned("rejected-project", 1000000, 100000);

    (void)state;
    project->application_id = rig_bytes(&a.id);
    project->shares[0]->state = FUNDING__PLAN_STATE__PLAN_APPLIED;
    assert_int_equal(import_by(call.preparer, project, false).err, ERR_OK);
    (void)rig_decided(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 2});
    project->shares[0]->state = FUNDING__PLAN_STATE__PLAN_GRANTED;
    const struct answer refused = import_by(call.preparer, project, false);
    desk_refused(refused, ERR_REFUSED, "funding.project.rejected");
    assert_string_equal(rig_fact(&refused, "excessCents"), "900000");
    project->shares[0]->state = FUNDING__PLAN_STATE__PLAN_REFUSED;
    project->shares[1]->state = FUNDING__PLAN_STATE__PLAN_GRANTED;
    const struct answer told = import_by(call.preparer, project, false);
    assert_int_equal(told.err, ERR_OK);
    assert_false(has(((const Funding__ProjectReport *)told.message)->project, "funding.project.rejected"));
    assert_false(has(seen(rig_id(((const Funding__ProjectReport *)told.message)->project->id)), "funding.project.rejected"));
}

/* On some page of the register, as whoever has these roles reads it. */
static bool is_listed(struct uuid id, uint32_t roles)
{
    Funding__ListProjectsRequest request = FUNDING__LIST_PROJECTS_REQUEST__INIT;
    bool found = false;

    request.page_size = 200;
    do {
        const struct answer a =
            desk_ask(rig, roles == RIG_PUBLIC ? (struct uuid){{0}} : rig_new_id(), roles, "ListProjects", &request.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Funding__ProjectList *list = (const Funding__ProjectList *)a.message;
        for (size_t i = 0; i < list->n_projects; i++)
            found |= uuid_compare(rig_id(list->projects[i]->id), id) == 0;
        request.page_token = list->next_page_token;
    } while (*request.page_token != '\0');
    return found;
}

/* Nobody but officials sees what is not decided, and no file says that it is granted; once it is decided everybody does. */
static void test_an_undecided_application_is_no_news(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "undecided"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 1000000});
    Funding__Project *project = planned("undecided-project", 1000000, 100000);
    project->application_id = rig_bytes(&a.id);
    const struct answer refused = import_by(call.preparer, project, false);
    desk_refused(refused, ERR_REFUSED, "funding.project.not-granted");
    assert_string_equal(rig_fact(&refused, "missingCents"), "900000");
    project->shares[0]->state = FUNDING__PLAN_STATE__PLAN_APPLIED;
    const struct answer told = import_by(call.preparer, project, false);
    assert_int_equal(told.err, ERR_OK);
    const Funding__ProjectReport *report = (const Funding__ProjectReport *)told.message;
    assert_true(has(report->project, "funding.project.undecided"));
    const struct uuid id = rig_id(report->project->id);

    Funding__GetProjectRequest request = FUNDING__GET_PROJECT_REQUEST__INIT;
    request.project_id = rig_bytes(&id);
    desk_refused(see(id), ERR_NOT_FOUND, "");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_APPLICANT, "GetProject", &request.base, 0), ERR_NOT_FOUND, "");
    assert_int_equal(desk_ask(rig, rig_new_id(), RIG_PREPARER, "GetProject", &request.base, 0).err, ERR_OK);
    assert_false(is_listed(id, RIG_PUBLIC));
    assert_false(is_listed(id, RIG_APPLICANT));
    assert_true(is_listed(id, RIG_PREPARER));

    (void)rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 1000000});
    assert_false(has(seen(id), "funding.project.undecided"));
    assert_true(is_listed(id, RIG_PUBLIC));
    project->shares[0]->state = FUNDING__PLAN_STATE__PLAN_GRANTED;
    assert_true(((const Funding__ProjectReport *)import_by(call.preparer, project, false).message)->changed);
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_one_project_an_application, rig_group_rest),
        cmocka_unit_test_setup(test_whose_application_it_is, rig_group_rest),   /* its call's preparers', to tie and to free */
        cmocka_unit_test_setup(test_of_a_rejected_application, rig_group_rest), /* no file grants what it applied for */
        cmocka_unit_test_setup(test_an_undecided_application_is_no_news, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
