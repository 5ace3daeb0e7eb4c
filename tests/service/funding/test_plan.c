/* The funding plan of a project over real NNG and PostgreSQL: who has decided, who has not, whether all is covered; what a file says of it,
 * and what no file undoes, because a municipal case is about it. */
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town;

static struct answer import(const Funding__Project *project)
{
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;

    request.project = (Funding__Project *)(uintptr_t)project;
    return desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 0);
}

static Funding__ProjectShare *share_new(const char *funder, int64_t cents)
{
    Funding__ProjectShare *share = arena_alloc(rig_arena(rig), sizeof *share);

    funding__project_share__init(share);
    share->funder = (char *)(uintptr_t)funder;
    share->cents = cents;
    share->state = FUNDING__PLAN_STATE__PLAN_APPLIED;
    return share;
}

/* The plan of a file, as new shares in this order; what answers say of decisions is not in it. */
static Funding__Project *file_of(struct uuid id, Funding__ProjectShare **shares, size_t count)
{
    Funding__Project *file = arena_alloc(rig_arena(rig), sizeof *file);

    *file = *rig_project(rig, id);
    file->shares = shares;
    file->n_shares = count;
    file->total_cents = 0;
    for (size_t i = 0; i < count; i++)
        file->total_cents += shares[i]->cents;
    return file;
}

static const Funding__ProjectShare *share_of(const Funding__Project *project, struct uuid id)
{
    for (size_t i = 0; i < project->n_shares; i++)
        if (uuid_compare(rig_id(project->shares[i]->id), id) == 0)
            return project->shares[i];
    fail_msg("the share is gone");
    return NULL;
}

/* A share that is about to be decided, or is, changes its place with the file and nothing else. */
static void test_a_share_with_a_case_stays(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    Funding__ProjectShare *shares[] = {share_new("Uusi rahoittaja", 500), share_new("Esimerkkilän kaupunki", 100000),
                                       share_new("Valtio", 40005200)};

    (void)state;
    for (int decided = 0; decided < 2; decided++) {
        if (decided)
            rig_case_granted(rig, &town, &c);
        (void)rig_got(import(file_of(c.project, shares, 3)));
        const Funding__Project *project = rig_project(rig, c.project);
        const Funding__ProjectShare *share = share_of(project, c.share);
        assert_int_equal(project->n_shares, 3);
        assert_string_equal(project->shares[1]->funder, "Esimerkkilän kaupunki");
        assert_int_equal(share->cents, 100000);
        assert_true(share->in_case);
        assert_int_equal(share->granted_cents, decided ? 100000 : 0);
        assert_int_equal(*share->decided_on != '\0', decided);
        assert_int_equal(project->open_cents, 40005700 + (decided ? 0 : 100000));

        const struct answer lost = import(file_of(c.project, (Funding__ProjectShare *[]){shares[0], shares[2]}, 2));
        desk_refused(lost, ERR_REFUSED, "funding.project.share-in-case");
        assert_string_equal(rig_fact(&lost, "funder"), "Esimerkkilän kaupunki");
        desk_refused(import(file_of(c.project, (Funding__ProjectShare *[]){shares[0], share_new("Esimerkkilän kaupunki", 99999)}, 2)),
                     ERR_REFUSED, "funding.project.share-in-case");
    }
    const struct answer same = import(file_of(c.project, shares, 3));
    assert_false(((const Funding__ProjectReport *)same.message)->changed);
}

static void test_a_withdrawn_case_frees_its_share(void **state)
{
    struct rig_case c = rig_case_filed(rig, &town, 100000);
    Municipal__MoveCaseRequest request = MUNICIPAL__MOVE_CASE_REQUEST__INIT;
    Funding__ProjectShare *less[] = {share_new("Valtio", 40005200), share_new("Esimerkkilän kaupunki", 90000)};

    (void)state;
    desk_refused(import(file_of(c.project, less, 2)), ERR_REFUSED, "funding.project.share-in-case");
    request.case_id = rig_bytes(&c.id);
    (void)rig_got(desk_ask(rig, c.applicant, RIG_APPLICANT, "WithdrawCase", &request.base, 0));
    desk_refused(import(file_of(c.project, less, 1)), ERR_REFUSED, "funding.project.share-named");
    (void)rig_got(import(file_of(c.project, less, 2)));
    const Funding__ProjectShare *share = share_of(rig_project(rig, c.project), c.share);
    assert_int_equal(share->cents, 90000);
    assert_false(share->in_case);
    const Municipal__Case *again = rig_got(rig_file(rig, &town, c.project, c.share, c.applicant, RIG_APPLICANT));
    assert_int_equal(again->applied_cents, 90000);
}

/* What a file says of decisions that were made elsewhere. */
static void test_a_file_tells_decisions(void **state)
{
    const int64_t cents[] = {60000, 40000};
    struct uuid ids[2];
    const struct uuid id = rig_plan(rig, "told-by-a-file", cents, 2, ids);
    Funding__ProjectShare *shares[] = {share_new("Valtio", 60000), share_new("Esimerkkilän kaupunki", 40000)};

    (void)state;
    shares[0]->state = FUNDING__PLAN_STATE__PLAN_GRANTED;
    shares[1]->granted_cents = 1; /* of one that is applied for */
    assert_string_equal(import(file_of(id, shares, 2)).field, "project.shares[1].grantedCents");
    shares[1]->granted_cents = 0;
    shares[1]->decided_on = (char *)"2026-03-10";
    desk_refused(import(file_of(id, shares, 2)), ERR_INVALID, "funding.project.share-undecided");
    shares[1]->state = FUNDING__PLAN_STATE__PLAN_GRANTED;
    shares[1]->granted_cents = 40001;
    assert_string_equal(import(file_of(id, shares, 2)).field, "project.shares[1].grantedCents");
    shares[1]->granted_cents = 30000;
    (void)rig_got(import(file_of(id, shares, 2)));
    const Funding__Project *project = rig_project(rig, id);
    assert_int_equal(project->granted_cents, 90000);
    assert_int_equal(project->refused_cents, 10000);
    assert_int_equal(project->open_cents, 0);
    assert_false(project->covered);
    assert_string_equal(project->shares[1]->decided_on, "2026-03-10");
    shares[1]->granted_cents = 0; /* all of it */
    (void)rig_got(import(file_of(id, shares, 2)));
    assert_true(rig_project(rig, id)->covered);
}

/* A list goes without shares, and says how each plan stands. */
static void test_lists_tell_the_plan(void **state)
{
    Funding__ListProjectsRequest request = FUNDING__LIST_PROJECTS_REQUEST__INIT;
    const int64_t cents[] = {70000, 30000};
    struct uuid ids[2];
    const struct uuid id = rig_plan(rig, "listed", cents, 2, ids);
    size_t seen = 0;

    (void)state;
    request.page_size = 100;
    const Funding__ProjectList *list = rig_got(desk_public(rig, "ListProjects", &request.base));
    for (size_t i = 0; i < list->n_projects; i++) {
        const Funding__Project *p = list->projects[i];
        assert_int_equal(p->n_shares, 0);
        assert_int_equal(p->granted_cents + p->open_cents + p->refused_cents, p->total_cents);
        if (uuid_compare(rig_id(p->id), id) != 0)
            continue;
        seen++;
        assert_int_equal(p->granted_cents, 70000);
        assert_int_equal(p->open_cents, 30000);
        assert_false(p->covered);
    }
    assert_int_equal(seen, 1);
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    town = rig_town(rig, "kannus");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_share_with_a_case_stays, rig_group_rest),        /* through imports, before and after the decision */
        cmocka_unit_test_setup(test_a_withdrawn_case_frees_its_share, rig_group_rest), /* with its id */
        cmocka_unit_test_setup(test_a_file_tells_decisions, rig_group_rest),           /* whole, in part, with their day */
        cmocka_unit_test_setup(test_lists_tell_the_plan, rig_group_rest),              /* of each project, without its shares */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
