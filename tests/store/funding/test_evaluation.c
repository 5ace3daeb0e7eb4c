/* Evaluations, assessments and proposals in the database: what is written comes back as it was, empty and full, and what nobody may do is
 * refused whoever asks; with a real PostgreSQL and the service's role. */
#include "tests/store/funding/turn.h"

#include <pthread.h>
#include <time.h>

#include "common/base/time.h"
#include "services/funding/store/evaluation.h"
#include "services/funding/store/proposal.h"
#include "services/funding/store/assessment.h"
#include "services/funding/store/remark.h"

#define EVALUATOR "'00000000-0000-8000-8000-000000000003'" /* SOMEBODY owns the applications */

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;

static struct workset *begin(void)
{
    return workset_new(arena, time_now_us(), NULL);
}

static const struct evaluation_ask *evaluations_of(struct workset *w, const char *application)
{
    struct job *job = turn_job(arena);

    evaluation_want(w, job, world_id(application));
    turn_load(w, db);
    return evaluation_asked(w, job);
}

static struct evaluation evaluation_of(const char *person, int64_t cents)
{
    return (struct evaluation){.application_id = world_id(SECOND),
                               .person_id = world_id(person),
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
    turn_save(w, db);
}

static void test_evaluations_come_back(void **state)
{
    struct evaluation one = evaluation_of(EVALUATOR, 300), two = evaluation_of(ANOTHER, 0);
    struct score scores[2] = {{.points = 5}, {.points = 3}};

    (void)state;
    world_apply(db, "insert into criterion values ('00000000-0000-8000-8000-0000000000f7', " CALL ", 8, 'x', 'x', 'x', 1, 5), "
                    "('00000000-0000-8000-8000-0000000000f8', " CALL ", 9, 'x', 'x', 'x', 1, 5)");
    scores[0].criterion_id = world_id("'00000000-0000-8000-8000-0000000000f7'");
    scores[1].criterion_id = world_id("'00000000-0000-8000-8000-0000000000f8'");
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
    const struct evaluation *read = evaluation_by(all, world_id(SECOND), world_id(EVALUATOR));
    assert_int_equal(read->cents, 300);
    assert_int_equal(read->version, 2);
    assert_int_equal(read->saved_us, 1764000000000001);
    assert_string_equal(read->comment, "Ä\n2");
    assert_int_equal(read->score_count, 2);
    assert_int_equal(read->scores[0].points, 5);
    assert_int_equal(read->scores[1].points, 3);
    assert_int_equal(evaluation_by(all, world_id(SECOND), world_id(ANOTHER))->score_count, 1);
    assert_null(evaluation_by(all, world_id(THIRD), world_id(EVALUATOR)));
    /* All of the call, and of each application its own. */
    w = begin();
    struct job *job = turn_job(arena);
    size_t count;
    evaluation_want_call(w, job, world_id(CALL));
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(evaluation_asked(w, job)->count, 2);
    assert_int_equal(evaluation_rows(evaluation_asked(w, job), world_id(SECOND), &count)->points_total, 8400);
    assert_int_equal(count, 2);
    (void)evaluation_rows(evaluation_asked(w, job), world_id(FIRST), &count);
    assert_int_equal(count, 0);
}

static void test_a_conflict_excludes(void **state)
{
    const struct evaluation one = evaluation_of(EVALUATOR, 300);
    const struct conflict conflict = {.application_id = world_id(SECOND),
                                      .person_id = world_id(EVALUATOR),
                                      .reason = "Sukulainen",
                                      .noted_us = 5,
                                      .noted_by = world_id(ANOTHER)};
    struct workset *w = begin();

    (void)state;
    put(&one);
    (void)evaluations_of(w, SECOND);
    conflict_add(w, &conflict);
    turn_save(w, db);
    w = begin();
    const struct evaluation_ask *all = evaluations_of(w, SECOND);
    assert_true(all->rows[0].excluded);
    assert_int_equal(conflict_count(all, world_id(SECOND)), 1);
    assert_string_equal(conflict_of(all, world_id(SECOND), world_id(EVALUATOR))->reason, "Sukulainen");
    assert_null(conflict_of(all, world_id(SECOND), world_id(ANOTHER)));
    assert_true(conflict_of(all, world_id(SECOND), world_id(SOMEBODY))->party); /* the owner, whom nobody has to note */
    assert_false(conflict_of(all, world_id(SECOND), world_id(EVALUATOR))->party);
    evaluation_put(w, &one);
    assert_int_not_equal(turn_try(w, db), ERR_OK); /* nor can it be written again */
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.evaluation where excluded"), 1);
    w = begin();
    (void)evaluations_of(w, SECOND);
    conflict_add(w, &conflict);
    assert_int_equal(turn_try(w, db), ERR_CONFLICT); /* noted once */
}

/* What the decision rests on stays as it was; the conflict counts from then on. */
static void test_a_conflict_after_the_decision(void **state)
{
    const struct evaluation one = evaluation_of(EVALUATOR, 300);
    const struct conflict conflict = {.application_id = world_id(SECOND),
                                      .person_id = world_id(EVALUATOR),
                                      .reason = "Uusi työ",
                                      .noted_us = 5,
                                      .noted_by = world_id(EVALUATOR)};
    struct workset *w = begin();

    (void)state;
    put(&one);
    world_apply(db, "update application set state = 5, why = 'x' where id = " SECOND);
    (void)evaluations_of(w, SECOND);
    conflict_add(w, &conflict);
    turn_save(w, db);
    w = begin();
    const struct evaluation_ask *all = evaluations_of(w, SECOND);
    db_rollback(db);
    assert_false(all->rows[0].excluded);
    assert_non_null(conflict_of(all, world_id(SECOND), world_id(EVALUATOR)));
}

/* A supplement has asked for less than what was recommended: a conflict excludes the evaluation all the same. */
static void test_a_conflict_after_a_supplement(void **state)
{
    const struct evaluation one = evaluation_of(EVALUATOR, 300);

    (void)state;
    put(&one);
    world_apply(db, "update application set state = 3, why = 'x' where id = " SECOND "; "
                    "update application set applied_cents = 200 where id = " SECOND "; "
                    "insert into conflict values (" SECOND ", " EVALUATOR ", 'x', now(), " ANOTHER ")");
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.evaluation where excluded and cents = 300"), 1);
}

/* By hand, on two connections: whoever evaluates while a conflict is noted waits, and is refused. */
static void *note_by_hand(void *other)
{
    return db_script(other, "insert into evaluation values (" SECOND ", " EVALUATOR ", 1, 300, '', 0, now())") == ERR_OK ? other : NULL;
}

static void test_a_conflict_meanwhile(void **state)
{
    struct db *other = world_connect(pg);
    pthread_t thread;
    void *went;

    (void)state;
    world_apply(db, "begin; insert into conflict values (" SECOND ", " EVALUATOR ", 'x', now(), " ANOTHER ")");
    assert_int_equal(pthread_create(&thread, NULL, note_by_hand, other), 0);
    for (size_t i = 0;
         i < 1000 &&
         kit_sql_int(pg, "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") == 0;
         i++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    world_apply(db, "commit");
    assert_int_equal(pthread_join(thread, &went), 0);
    assert_null(went);
    if (strstr(db_message(other), "conflict of interest") == NULL)
        fail_msg("stopped by %s", db_message(other));
    db_close(other);
}

/* A row that others point to is deleted or locked by looking up who does: each such column begins an index. Of the tables of evaluation. */
static void test_references_are_indexed(void **state)
{
    const char *missing =
        kit_sql(pg, "select coalesce(string_agg(c.conrelid::regclass || '.' || c.conname, ', '), '') from pg_constraint c "
                    "where c.contype = 'f' and c.connamespace = 'funding'::regnamespace "
                    "and c.conrelid::regclass::text ~ '(score|evaluation|conflict|remark|assessment|proposal)$' "
                    "and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])");

    (void)state;
    assert_string_equal(missing, "");
}

static void assert_database_refuses(const char *sql)
{
    if (db_script(db, sql) == ERR_OK)
        fail_msg("went: %s", sql);
}

static void test_what_nobody_may(void **state)
{
    (void)state;
    assert_database_refuses("insert into evaluation values (" SECOND ", " EVALUATOR ", 1, 301, '', 0, now())");
    assert_database_refuses("insert into evaluation values (" SECOND ", " EVALUATOR ", 4, 0, '', 0, now())");
    world_apply(db, "insert into conflict values (" SECOND ", " EVALUATOR ", 'x', now(), " ANOTHER ")");
    assert_database_refuses("insert into evaluation values (" SECOND ", " EVALUATOR ", 1, 300, '', 0, now())");
    assert_database_refuses("update conflict set reason = 'y'");
    assert_database_refuses("delete from conflict");
    world_apply(db, "insert into proposal values ('00000000-0000-8000-8000-0000000000d9', " CALL ", now(), " EVALUATOR
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
    struct job *job = turn_job(arena);

    assessment_want(w, job, world_id(SECOND));
    turn_load(w, db);
    db_rollback(db);
    return assessment_of(w, job, world_id(SECOND));
}

static void write_assessment(struct assessment *a)
{
    struct workset *w = begin();

    turn_load(w, db);
    a->version++;
    assessment_put(w, a, "test", world_id(ANOTHER));
    turn_save(w, db);
    a->stored = true;
}

static void test_assessments_come_back(void **state)
{
    int64_t partners[] = {0, 999999999999999}, lines[] = {7};
    int32_t reasons[] = {22, 3};
    struct planned_instalment instalments[] = {{20000, 5}, {20001, 999999999999999}};
    struct assessment a = assessment_begin(world_id(SECOND), world_id(CALL));

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
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.move where machine = 'assessment' and actor = " ANOTHER), 3);
    /* The decision moves it, and then it stays. */
    struct workset *w = begin();
    turn_load(w, db);
    assessment_move(w, world_id(SECOND), ASSESSMENT_DECIDED, "decision", world_id(ANOTHER));
    turn_save(w, db);
    assert_int_equal(assessment_read_back()->version, 4);
    assert_int_equal(assessment_read_back()->state, ASSESSMENT_DECIDED);
    w = begin();
    turn_load(w, db);
    assessment_move(w, world_id(SECOND), ASSESSMENT_GRANT, "again", world_id(ANOTHER));
    assert_int_not_equal(turn_try(w, db), ERR_OK);
}

/* --- proposals and remarks --------------------------------------------------------------------------------------------- */
static void add_proposal(const char *id, int64_t made_us, bool second_chosen)
{
    struct proposal_row *rows = arena_array(arena, 2, sizeof *rows);
    struct proposal *p = arena_alloc(arena, sizeof *p);
    struct workset *w = begin();

    rows[0] = (struct proposal_row){.application_id = world_id(SECOND),
                                    .theme_id = world_id(THEME_ONE),
                                    .points = 10000,
                                    .cents = 300,
                                    .why = second_chosen ? PORTFOLIO_CHOSEN : PORTFOLIO_TOO_DEAR,
                                    .chosen = second_chosen,
                                    .loss = second_chosen ? 123456 : NO_LOSS};
    rows[1] = (struct proposal_row){.application_id = world_id(THIRD),
                                    .theme_id = world_id(THEME_TWO),
                                    .cents = 400,
                                    .why = PORTFOLIO_NO_ROOM,
                                    .displaces = {world_id(SECOND), world_id(FIRST)},
                                    .displaces_count = 2,
                                    .displaces_all = 17};
    *p = (struct proposal){.id = world_id(id),
                           .call_id = world_id(CALL),
                           .actor = world_id(SOMEBODY),
                           .made_us = made_us,
                           .points = 10000,
                           .cents = 300,
                           .words = "words",
                           .rows = rows,
                           .count = 2};
    memset(p->input_hash.b, 0xa5, sizeof p->input_hash.b);
    turn_load(w, db);
    proposal_add(w, p);
    turn_save(w, db);
}

static void test_the_newest_proposal_counts(void **state)
{
    struct workset *w = begin();
    struct job *of_call = turn_job(arena), *of_application = turn_job(arena), *of_nothing = turn_job(arena);

    (void)state;
    add_proposal("'00000000-0000-8000-8000-0000000000d7'", 2000000, true);
    add_proposal("'00000000-0000-8000-8000-0000000000d8'", 1000000, false); /* made before */
    proposal_want(w, of_call, world_id(CALL));
    proposal_want_application(w, of_application, world_id(THIRD));
    proposal_want(w, of_nothing, world_id(SECOND));
    turn_load(w, db);
    db_rollback(db);
    const struct proposal *p = proposal_found(w, of_call);
    assert_int_equal(p->made_us, 2000000);
    assert_int_equal(p->count, 2);
    assert_int_equal(p->input_hash.b[31], 0xa5);
    assert_int_equal(p->rows[0].loss, 123456);
    assert_true(proposal_of(p, world_id(SECOND)).chosen);
    assert_false(proposal_of(p, world_id(THIRD)).chosen);
    assert_false(proposal_of(p, world_id(FIRST)).any);
    assert_false(proposal_of(NULL, world_id(FIRST)).any);
    assert_int_equal(p->rows[1].displaces_count, 2);
    assert_int_equal(p->rows[1].displaces_all, 17);
    assert_int_equal(uuid_compare(p->rows[1].displaces[1], world_id(FIRST)), 0);
    p = proposal_found(w, of_application);
    assert_int_equal(p->count, 1);
    assert_int_equal(proposal_of(p, world_id(THIRD)).cents, 400);
    assert_null(proposal_found(w, of_nothing));
}

static void test_remarks_in_their_order(void **state)
{
    struct job *job = turn_job(arena);
    struct workset *w;

    (void)state;
    for (size_t i = 0; i < REMARKS_MAX + 2; i++) {
        struct remark *r = arena_alloc(arena, sizeof *r);

        *r = (struct remark){.id = uuid_v7(1764000000000000 + (int64_t)i * 1000),
                             .application_id = world_id(SECOND),
                             .person_id = world_id(ANOTHER),
                             .at_us = (int64_t)i + 1,
                             .words = arena_printf(arena, "%zu", i)};
        w = begin();
        turn_load(w, db);
        remark_add(w, r);
        turn_save(w, db);
    }
    w = begin();
    remark_want(w, job, world_id(SECOND));
    turn_load(w, db);
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
        cmocka_unit_test_setup(test_a_conflict_after_the_decision, fresh),
        cmocka_unit_test_setup(test_a_conflict_after_a_supplement, fresh),
        cmocka_unit_test_setup(test_a_conflict_meanwhile, fresh),
        cmocka_unit_test_setup(test_references_are_indexed, fresh),
        cmocka_unit_test_setup(test_what_nobody_may, fresh),
        cmocka_unit_test_setup(test_assessments_come_back, fresh),
        cmocka_unit_test_setup(test_the_newest_proposal_counts, fresh),
        cmocka_unit_test_setup(test_remarks_in_their_order, fresh),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
