/* Evaluations, assessments and proposals in the database: what is written comes back as it was, empty and full, and what nobody may do is
 * refused whoever asks; with a real PostgreSQL and the service's role. */
#include "tests/store/funding/world.h"

#include "common/base/time.h"
#include "services/funding/store/evaluation.h"
#include "services/funding/store/proposal.h"
#include "services/funding/store/assessment.h"
#include "services/funding/store/remark.h"

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;

static struct uuid id_of(const char *quoted)
{
    struct uuid id;

    assert_true(uuid_parse(&id, span_of(quoted + 1, UUID_TEXT - 1)));
    return id;
}

static struct job *job_new(void)
{
    static const Bus__Request REQUEST = BUS__REQUEST__INIT;
    struct job *job = arena_alloc(arena, sizeof *job);

    job->arena = arena;
    job->request = &REQUEST;
    return job;
}

static struct workset *begin(void)
{
    return workset_new(arena, time_now_us(), NULL);
}

static void load(struct workset *w)
{
    db_begin(db, DB_READ_WRITE);
    if (workset_load(w, db) != ERR_OK)
        fail_msg("not loaded: %s", db_message(db));
}

static enum err save(struct workset *w)
{
    workset_save(w, db);
    const enum err err = db_commit(db);
    if (err != ERR_OK)
        db_rollback(db);
    return err;
}

static void must_save(struct workset *w)
{
    if (save(w) != ERR_OK)
        fail_msg("not saved: %s", db_message(db));
}

static const struct evaluation_ask *evaluations_of(struct workset *w, const char *application)
{
    struct job *job = job_new();

    evaluation_want(w, job, id_of(application));
    load(w);
    return evaluation_asked(w, job);
}

static struct evaluation evaluation_of(const char *person, int64_t cents)
{
    return (struct evaluation){.application_id = id_of(SECOND),
                               .person_id = id_of(person),
                               .verdict = VERDICT_FUND,
                               .cents = cents,
                               .comment = "Ä\n2",
                               .points_total = 8400,
                               .saved_us = 1764000000000001,
                               .version = 1};
}

static void put(const struct evaluation *e)
{
    struct workset *w = begin();

    (void)evaluations_of(w, SECOND);
    evaluation_put(w, e);
    must_save(w);
}

static void test_evaluations_come_back(void **state)
{
    struct evaluation one = evaluation_of(SOMEBODY, 300), two = evaluation_of(ANOTHER, 0);
    struct score scores[2] = {{.points = 5}, {.points = 3}};

    (void)state;
    world_apply(db, "insert into criterion values ('00000000-0000-8000-8000-0000000000f7', " CALL ", 8, 'x', 'x', 'x', 1, 5), "
                    "('00000000-0000-8000-8000-0000000000f8', " CALL ", 9, 'x', 'x', 'x', 1, 5)");
    scores[0].criterion_id = id_of("'00000000-0000-8000-8000-0000000000f7'");
    scores[1].criterion_id = id_of("'00000000-0000-8000-8000-0000000000f8'");
    one.scores = scores;
    one.score_count = 2;
    two.verdict = VERDICT_DO_NOT_FUND;
    two.scores = scores;
    two.score_count = 1;
    put(&two);
    put(&one);
    one.version = 2;
    one.score_count = 1;
    put(&one); /* replaces the scores too */
    one.score_count = 2;
    put(&one);
    struct workset *w = begin();
    const struct evaluation_ask *all = evaluations_of(w, SECOND);
    db_rollback(db);
    assert_int_equal(all->count, 2);
    const struct evaluation *read = evaluation_by(all, id_of(SECOND), id_of(SOMEBODY));
    assert_int_equal(read->cents, 300);
    assert_int_equal(read->version, 2);
    assert_int_equal(read->saved_us, 1764000000000001);
    assert_string_equal(read->comment, "Ä\n2");
    assert_int_equal(read->score_count, 2);
    assert_int_equal(read->scores[0].points, 5);
    assert_int_equal(read->scores[1].points, 3);
    assert_int_equal(evaluation_by(all, id_of(SECOND), id_of(ANOTHER))->score_count, 1);
    assert_null(evaluation_by(all, id_of(THIRD), id_of(SOMEBODY)));
    /* All of the call, and of each application its own. */
    w = begin();
    struct job *job = job_new();
    size_t count;
    evaluation_want_call(w, job, id_of(CALL));
    load(w);
    db_rollback(db);
    assert_int_equal(evaluation_asked(w, job)->count, 2);
    assert_int_equal(evaluation_rows(evaluation_asked(w, job), id_of(SECOND), &count)->points_total, 8400);
    assert_int_equal(count, 2);
    (void)evaluation_rows(evaluation_asked(w, job), id_of(FIRST), &count);
    assert_int_equal(count, 0);
}

static void test_a_conflict_excludes(void **state)
{
    const struct evaluation one = evaluation_of(SOMEBODY, 300);
    const struct conflict conflict = {
        .application_id = id_of(SECOND), .person_id = id_of(SOMEBODY), .reason = "Sukulainen", .noted_us = 5, .noted_by = id_of(ANOTHER)};
    struct workset *w = begin();

    (void)state;
    put(&one);
    (void)evaluations_of(w, SECOND);
    conflict_add(w, &conflict);
    must_save(w);
    w = begin();
    const struct evaluation_ask *all = evaluations_of(w, SECOND);
    assert_true(all->rows[0].excluded);
    assert_int_equal(conflict_count(all, id_of(SECOND)), 1);
    assert_string_equal(conflict_of(all, id_of(SECOND), id_of(SOMEBODY))->reason, "Sukulainen");
    assert_null(conflict_of(all, id_of(SECOND), id_of(ANOTHER)));
    evaluation_put(w, &one);
    assert_int_not_equal(save(w), ERR_OK); /* nor can it be written again */
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.evaluation where excluded"), 1);
    w = begin();
    (void)evaluations_of(w, SECOND);
    conflict_add(w, &conflict);
    assert_int_equal(save(w), ERR_CONFLICT); /* noted once */
}

static void assert_database_refuses(const char *sql)
{
    if (db_script(db, sql) == ERR_OK)
        fail_msg("went: %s", sql);
}

static void test_what_nobody_may(void **state)
{
    (void)state;
    assert_database_refuses("insert into evaluation values (" SECOND ", " SOMEBODY ", 1, 301, '', 0, now())");
    assert_database_refuses("insert into evaluation values (" SECOND ", " SOMEBODY ", 4, 0, '', 0, now())");
    world_apply(db, "insert into conflict values (" SECOND ", " SOMEBODY ", 'x', now(), " ANOTHER ")");
    assert_database_refuses("insert into evaluation values (" SECOND ", " SOMEBODY ", 1, 300, '', 0, now())");
    assert_database_refuses("update conflict set reason = 'y'");
    assert_database_refuses("delete from conflict");
    world_apply(db, "insert into proposal values ('00000000-0000-8000-8000-0000000000d9', " CALL ", now(), " SOMEBODY
                    ", sha256('x'), 1, 1, 'x'); insert into proposal_row values ('00000000-0000-8000-8000-0000000000d9', " SECOND
                    ", " THEME_ONE ", 1, 1, true, 1, 0)");
    assert_database_refuses("update proposal set points = 2");
    assert_database_refuses("delete from proposal_row");
    assert_database_refuses("insert into proposal_row values ('00000000-0000-8000-8000-0000000000d9', " THIRD ", " THEME_TWO
                            ", 1, 1, true, 2, 0)");
    assert_database_refuses("insert into assessment (id, call_id, state, why) values (" SECOND ", " CALL ", 5, 'x')");
    world_apply(db, "insert into assessment (id, call_id, state, why) values (" SECOND ", " CALL ", 1, 'x')");
    assert_database_refuses("update assessment set state = 6 where id = " SECOND);
    assert_database_refuses("update assessment set cents = -1 where id = " SECOND);
}

/* --- assessments ------------------------------------------------------------------------------------------------------- */
static const struct assessment *assessment_read_back(void)
{
    struct workset *w = begin();
    struct job *job = job_new();

    assessment_want(w, job, id_of(SECOND));
    load(w);
    db_rollback(db);
    return assessment_of(w, job, id_of(SECOND));
}

static void write_assessment(struct assessment *a)
{
    struct workset *w = begin();

    load(w);
    a->version++;
    assessment_put(w, a, "test", id_of(SOMEBODY));
    must_save(w);
    a->stored = true;
}

static void test_assessments_come_back(void **state)
{
    int64_t partners[] = {0, 999999999999999}, lines[] = {7};
    int32_t reasons[] = {22, 3};
    struct planned_instalment instalments[] = {{20000, 5}, {20001, 999999999999999}};
    struct assessment a = assessment_begin(id_of(SECOND), id_of(CALL));

    (void)state;
    assert_null(assessment_read_back());
    a.state = ASSESSMENT_PREPARED;
    write_assessment(&a); /* empty but for the state */
    const struct assessment *read = assessment_read_back();
    assert_true(read->stored);
    assert_int_equal(read->state, ASSESSMENT_PREPARED);
    assert_int_equal(read->version, 2);
    assert_true(read->use_from == NO_DAY && read->use_until == NO_DAY);
    assert_int_equal(read->partner_count + read->line_count + read->reason_count + read->instalment_count, 0);
    assert_string_equal(read->purpose, "");
    a.state = ASSESSMENT_GRANT;
    a.cents = 300;
    a.partner_cents = partners;
    a.partner_count = 2;
    a.line_cents = lines;
    a.line_count = 1;
    a.reasons = reasons;
    a.reason_count = 2;
    a.instalments = instalments;
    a.instalment_count = 2;
    a.use_from = 20000;
    a.use_until = 20500;
    a.purpose = "Mihin, \"lainaus\" {x}";
    a.own_reasons = "o";
    a.terms = "t";
    a.deviation = "d";
    write_assessment(&a);
    read = assessment_read_back();
    assert_int_equal(read->cents, 300);
    assert_int_equal(read->partner_cents[1], 999999999999999);
    assert_int_equal(read->partner_cents[0], 0);
    assert_int_equal(read->line_cents[0], 7);
    assert_int_equal(read->reasons[0], 22);
    assert_int_equal(read->reasons[1], 3);
    assert_int_equal(read->instalments[1].due_on, 20001);
    assert_int_equal(read->instalments[1].cents, 999999999999999);
    assert_int_equal(read->use_from, 20000);
    assert_string_equal(read->purpose, "Mihin, \"lainaus\" {x}");
    assert_string_equal(read->deviation, "d");
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.move where machine = 'assessment' and actor = " SOMEBODY), 3);
    /* The decision moves it, and then it stays. */
    struct workset *w = begin();
    load(w);
    assessment_move(w, id_of(SECOND), ASSESSMENT_DECIDED, "decision", id_of(ANOTHER));
    must_save(w);
    assert_int_equal(assessment_read_back()->version, 4);
    assert_int_equal(assessment_read_back()->state, ASSESSMENT_DECIDED);
    w = begin();
    load(w);
    assessment_move(w, id_of(SECOND), ASSESSMENT_GRANT, "again", id_of(ANOTHER));
    assert_int_not_equal(save(w), ERR_OK);
}

/* --- proposals and remarks --------------------------------------------------------------------------------------------- */
static void add_proposal(const char *id, int64_t made_us, bool second_chosen)
{
    struct proposal_row *rows = arena_array(arena, 2, sizeof *rows);
    struct proposal *p = arena_alloc(arena, sizeof *p);
    struct workset *w = begin();

    rows[0] = (struct proposal_row){.application_id = id_of(SECOND),
                                    .theme_id = id_of(THEME_ONE),
                                    .points = 10000,
                                    .cents = 300,
                                    .why = second_chosen ? PORTFOLIO_CHOSEN : PORTFOLIO_TOO_DEAR,
                                    .chosen = second_chosen,
                                    .loss = second_chosen ? 123456 : NO_LOSS};
    rows[1] = (struct proposal_row){.application_id = id_of(THIRD),
                                    .theme_id = id_of(THEME_TWO),
                                    .cents = 400,
                                    .why = PORTFOLIO_NO_ROOM,
                                    .displaces = {id_of(SECOND), id_of(FIRST)},
                                    .displaces_count = 2,
                                    .displaces_all = 17};
    *p = (struct proposal){.id = id_of(id),
                           .call_id = id_of(CALL),
                           .actor = id_of(SOMEBODY),
                           .made_us = made_us,
                           .points = 10000,
                           .cents = 300,
                           .words = "words",
                           .rows = rows,
                           .count = 2};
    memset(p->input_hash.b, 0xa5, sizeof p->input_hash.b);
    load(w);
    proposal_add(w, p);
    must_save(w);
}

static void test_the_newest_proposal_counts(void **state)
{
    struct workset *w = begin();
    struct job *of_call = job_new(), *of_application = job_new(), *of_nothing = job_new();

    (void)state;
    add_proposal("'00000000-0000-8000-8000-0000000000d7'", 2000000, true);
    add_proposal("'00000000-0000-8000-8000-0000000000d8'", 1000000, false); /* made before */
    proposal_want(w, of_call, id_of(CALL));
    proposal_want_application(w, of_application, id_of(THIRD));
    proposal_want(w, of_nothing, id_of(SECOND));
    load(w);
    db_rollback(db);
    const struct proposal *p = proposal_found(w, of_call);
    assert_int_equal(p->made_us, 2000000);
    assert_int_equal(p->count, 2);
    assert_int_equal(p->input_hash.b[31], 0xa5);
    assert_int_equal(p->rows[0].loss, 123456);
    assert_true(proposal_of(p, id_of(SECOND)).chosen);
    assert_false(proposal_of(p, id_of(THIRD)).chosen);
    assert_false(proposal_of(p, id_of(FIRST)).any);
    assert_false(proposal_of(NULL, id_of(FIRST)).any);
    assert_int_equal(p->rows[1].displaces_count, 2);
    assert_int_equal(p->rows[1].displaces_all, 17);
    assert_int_equal(uuid_compare(p->rows[1].displaces[1], id_of(FIRST)), 0);
    p = proposal_found(w, of_application);
    assert_int_equal(p->count, 1);
    assert_int_equal(proposal_of(p, id_of(THIRD)).cents, 400);
    assert_null(proposal_found(w, of_nothing));
}

static void test_remarks_in_their_order(void **state)
{
    struct job *job = job_new();
    struct workset *w;

    (void)state;
    for (size_t i = 0; i < REMARKS_MAX + 2; i++) {
        struct remark *r = arena_alloc(arena, sizeof *r);

        *r = (struct remark){.id = uuid_v7(1764000000000000 + (int64_t)i * 1000),
                             .application_id = id_of(SECOND),
                             .person_id = id_of(SOMEBODY),
                             .at_us = (int64_t)i + 1,
                             .words = arena_printf(arena, "%zu", i)};
        w = begin();
        load(w);
        remark_add(w, r);
        must_save(w);
    }
    w = begin();
    remark_want(w, job, id_of(SECOND));
    load(w);
    db_rollback(db);
    assert_int_equal(remark_asked(w, job)->count, REMARKS_MAX);
    assert_string_equal(remark_asked(w, job)->rows[0].words, "2"); /* the oldest of the newest */
    assert_string_equal(remark_asked(w, job)->rows[REMARKS_MAX - 1].words, "201");
}

static int fresh(void **state)
{
    (void)state;
    world_fill(pg);
    arena_reset(arena);
    return 0;
}

static int setup(void **state)
{
    pg = world_new();
    db = world_connect(pg);
    arena = arena_new(1 << 20);
    *state = pg;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    db_close(db);
    arena_free(arena);
    kit_pg_free(pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_evaluations_come_back, fresh),
        cmocka_unit_test_setup(test_a_conflict_excludes, fresh),
        cmocka_unit_test_setup(test_what_nobody_may, fresh),
        cmocka_unit_test_setup(test_assessments_come_back, fresh),
        cmocka_unit_test_setup(test_the_newest_proposal_counts, fresh),
        cmocka_unit_test_setup(test_remarks_in_their_order, fresh),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
