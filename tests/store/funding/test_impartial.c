/* The nets of the schema around evaluation, attacked by hand-written SQL under the service's own role: who takes no part takes none, what
 * was evaluated, remarked, assessed or proposed stays as it was. */
#include "tests/store/funding/attack.h"

static struct kit_pg *pg;
static struct db *db;

#define EVALUATE(application, person, points)                                                                                              \
    "insert into evaluation (application_id, person_id, verdict, cents, comment, points_total, saved_at) values (" application ", " person \
    ", 1, 1, 'x', " points ", now());"
#define OTHER_CRITERION "'00000000-0000-8000-8000-0000000000f9'"
#define SCORE                                                                                                                              \
    "insert into criterion values (" NEW_ID ", " CALL ", 1, 'x', '', '', 1, 5); insert into score values (" SECOND ", " ANOTHER            \
    ", " NEW_ID ", 1);"
#define ANOTHER_CALL                                                                                                                       \
    "insert into call select (jsonb_populate_record(c, jsonb_build_object('id', " NEW_ID ", 'code', 'another', 'register_number', '9',"    \
    " 'state', 1, 'themes_cents', 0, 'granted_cents', 0))).* from call c;"                                                                 \
    "insert into criterion values (" OTHER_CRITERION ", " NEW_ID ", 1, 'x', '', '', 1, 5);"
#define DECIDED                          "update application set state = 5, why = 'x' where id = " SECOND ";"
#define REMARK                           "insert into remark values (" NEW_ID ", " SECOND ", " ANOTHER ", now(), 'x');"
#define CONFLICT_OF(application, person) "insert into conflict values (" application ", " person ", 'x', now(), " DECIDER ");"
#define TAKEN_BACK                       "update conflict set ended_at = now(), ended_by = " DECIDER ", why = 'x';"
#define ASSESSED                                                                                                                           \
    "insert into assessment (id, call_id, state, why) values (" SECOND ", " CALL ", 1, 'x'); update assessment set state = 5, why = 'x';"  \
    "update assessment set state = 6, why = 'x';"

static void test_no_part_taken(void **state)
{
    static const struct attack attacks[] = {
        {"a conflict that says something else", CONFLICT_OF(SECOND, ANOTHER) "update conflict set reason = 'y'", "stays as it was noted"},
        {"a conflict taken back without a word", CONFLICT_OF(SECOND, ANOTHER) "update conflict set ended_at = now(), ended_by = " DECIDER,
         "conflict_taken_back"},
        {"a conflict taken back by who has it",
         CONFLICT_OF(SECOND, ANOTHER) "update conflict set ended_at = now(), ended_by = " ANOTHER ", why = 'x'", "conflict_not_by_oneself"},
        {"a conflict taken back by who applies",
         CONFLICT_OF(SECOND, ANOTHER) "update conflict set ended_at = now(), ended_by = " SOMEBODY ", why = 'x'", "takes no part"},
        {"a conflict taken back by who has one too",
         CONFLICT_OF(SECOND, ANOTHER) CONFLICT_OF(SECOND, DECIDER) "update conflict set ended_at = now(), ended_by = " DECIDER
                                                                   ", why = 'x' where person_id = " ANOTHER,
         "takes no part"},
        {"a conflict taken back twice", CONFLICT_OF(SECOND, ANOTHER) TAKEN_BACK "update conflict set why = 'y'", "stays as it was noted"},
        {"a conflict noted twice",
         CONFLICT_OF(SECOND, ANOTHER) "insert into conflict values (" SECOND ", " ANOTHER ", 'x', '2026-01-01', " DECIDER ")",
         "conflict_stands"},
        {"not counted, though the conflict was taken back",
         EVALUATE(SECOND, ANOTHER, "1") CONFLICT_OF(SECOND, ANOTHER) TAKEN_BACK "update evaluation set excluded = true",
         "conflict of interest"},
        {"a remark despite a conflict", CONFLICT_OF(SECOND, ANOTHER) REMARK, "takes no part"},
        {"a remark about one's own application", "insert into remark values (" NEW_ID ", " SECOND ", " SOMEBODY ", now(), 'x')",
         "takes no part"},
        {"an assessment despite a conflict",
         CONFLICT_OF(SECOND, ANOTHER) "insert into assessment (id, call_id, state, why, actor) values (" SECOND ", " CALL
                                      ", 1, 'x', " ANOTHER ")",
         "takes no part"},
        {"an assessment of one's own application",
         "insert into assessment (id, call_id, state, why, actor) values (" SECOND ", " CALL ", 1, 'x', " SOMEBODY ")", "takes no part"},
        {"a supplement asked for despite a conflict",
         CONFLICT_OF(SECOND, ANOTHER) "update application set state = 3, why = 'x', actor = " ANOTHER " where id = " SECOND,
         "takes no part"},
    };
    (void)state;
    EXPECT(attacks);
}

static const struct attack OF_EVALUATION[] = {
    {"an evaluation despite a conflict",
     "insert into conflict values (" SECOND ", " ANOTHER ", 'x', now(), " SOMEBODY "); insert into evaluation (application_id, person_id, "
     "verdict, cents, comment, points_total, saved_at) values (" SECOND ", " ANOTHER ", 1, 1, 'x', 1, now())",
     "conflict of interest"},
    {"one counted again after a conflict",
     "insert into evaluation (application_id, person_id, verdict, cents, comment, points_total, saved_at) values (" SECOND ", " ANOTHER
     ", 1, 1, 'x', 1, now()); insert into conflict values (" SECOND ", " ANOTHER ", 'x', now(), " SOMEBODY
     "); update evaluation set excluded = false",
     "conflict of interest"},
    {"a conflict that goes away", "insert into conflict values (" SECOND ", " ANOTHER ", 'x', now(), " SOMEBODY "); delete from conflict",
     "never changed or deleted"},
    {"more recommended than applied for",
     "insert into evaluation (application_id, person_id, verdict, cents, comment, points_total, saved_at) values (" SECOND ", " ANOTHER
     ", 1, 301, 'x', 1, now())",
     "more is recommended"},
    {"an evaluation of one's own application", EVALUATE(SECOND, SOMEBODY, "1"), "conflict of interest"},
    {"an evaluation of what is decided", EVALUATE(FIRST, ANOTHER, "1"), "waits for its decision"},
    {"an evaluation of a draft", EVALUATE(DRAFT, ANOTHER, "1"), "waits for its decision"},
    {"more points than there are", EVALUATE(SECOND, ANOTHER, "10001"), "evaluation_points_total_check"},
    {"an evaluation that goes away", EVALUATE(SECOND, ANOTHER, "1") "delete from evaluation", "not deleted"},
    {"one not counted for nothing", EVALUATE(SECOND, ANOTHER, "1") "update evaluation set excluded = true", "conflict of interest"},
    {"an evaluation under another name", EVALUATE(SECOND, ANOTHER, "1") "update evaluation set person_id = gen_random_uuid()",
     "stays with its writer"},
    {"an evaluation changed after the decision", EVALUATE(SECOND, ANOTHER, "1") SCORE DECIDED "update evaluation set points_total = 2",
     "waits for its decision"},
    {"a score changed after the decision", EVALUATE(SECOND, ANOTHER, "1") SCORE DECIDED "update score set points = 2",
     "waits for its decision"},
    {"a score taken away after the decision", EVALUATE(SECOND, ANOTHER, "1") SCORE DECIDED "delete from score", "waits for its decision"},
    {"a score above its criterion", EVALUATE(SECOND, ANOTHER, "1") SCORE "update score set points = 6", "at most its own"},
    {"a score by a criterion of another call",
     EVALUATE(SECOND, ANOTHER, "1") SCORE ANOTHER_CALL "update score set criterion_id = " OTHER_CRITERION, "of the call"},
    {"a remark changed", REMARK "update remark set words = 'y'", "never changed or deleted"},
    {"a remark taken away", REMARK "delete from remark", "never changed or deleted"},
    {"an assessment changed after the decision", ASSESSED "update assessment set cents = 2", "stays as it is"},
    {"an assessment taken away",
     "insert into assessment (id, call_id, state, why) values (" SECOND ", " CALL ", 1, 'x'); delete from assessment", "stays as it is"},
    {"a proposal changed",
     "insert into proposal values (gen_random_uuid(), " CALL ", now(), " SOMEBODY
     ", sha256('x'), 1, 1, 'x'); update proposal set cents = 2",
     "never changed or deleted"},
};

static void test_evaluation_and_proposal(void **state)
{
    (void)state;
    EXPECT(OF_EVALUATION);
}

static int setup(void **state)
{
    (void)state;
    pg = world_new();
    db = world_connect(pg);
    return 0;
}

static int fill(void **state)
{
    (void)state;
    world_fill(pg);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    db_close(db);
    kit_pg_free(pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_no_part_taken, fill),          /* conflicts stay as they were noted; whoever has one moves nothing */
        cmocka_unit_test_setup(test_evaluation_and_proposal, fill) /* what was said and computed stays, within what may be said */
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
