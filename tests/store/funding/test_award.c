/* What follows a decision, in the database: awards with their plan as amendments change it, change applications that come back as they were
 * asked and decided, reports and obligations as arrays, what the clock has to do where, and a draw whose rows stay. With a real PostgreSQL
 * and the service's role. */
#include "tests/store/funding/turn.h"

#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/funding/domain/application.h"
#include "services/funding/store/amendment.h"
#include "services/funding/store/award.h"
#include "services/funding/store/draw.h"
#include "services/funding/store/due.h"
#include "services/funding/store/obligation.h"
#include "services/funding/store/report.h"

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;

static struct workset *begin(void)
{
    return workset_new(arena, time_now_us(), NULL);
}

static struct award *award_now(void)
{
    struct workset *w = begin();
    struct job *job = turn_job(arena);

    award_want(w, job, AWARD_BY_ID, world_id(FIRST), AWARD_LOCK);
    turn_load(w, db);
    struct award *award = award_found(w, job);
    db_rollback(db);
    assert_non_null(award);
    return award;
}

static struct change empty_change(void)
{
    return (struct change){.use_until = NO_DAY, .words = ""};
}

/* --- awards ------------------------------------------------------------------------------------------------------------ */
static void test_an_award_and_what_hangs_on_it(void **state)
{
    const struct award *award = award_now();

    (void)state;
    assert_int_equal(award->state, AWARD_OFFERED);
    assert_int_equal(award->granted_cents, 500);
    assert_int_equal(award->planned_cents, 300);
    assert_string_equal(award->register_number, "2/20.01/2026");
    assert_string_equal(award->language, "fi");
    assert_int_equal(award->instalment_count, 1);
    assert_int_equal(award->instalments[0].cents, 300);
    assert_true(award->instalments[0].paid_on == NO_DAY);
    assert_int_equal(award->recovery_count, 0);
    assert_int_equal(award->lines.count, 1);
    assert_int_equal(award->lines.rows[0].cents, 500);
    assert_int_equal(award->partners.count, 2);
    assert_int_equal(award->partners.rows[1].cents, 100);
}

/* What is cancelled goes before what is new, so that the plan is never over the grant on the way. */
static void test_a_new_plan(void **state)
{
    struct workset *w = begin();
    struct job *job = turn_job(arena);
    const struct instalment whole = {.id = uuid_v7(w->now_us), .n = 2, .cents = 500, .due_on = 20500};

    (void)state;
    award_want(w, job, AWARD_BY_ID, world_id(FIRST), AWARD_LOCK);
    turn_load(w, db);
    struct award *award = award_found(w, job);
    instalment_add(w, award->id, &whole, "planned", world_id(SOMEBODY)); /* said in the other order */
    instalment_move(w, &award->instalments[0], INSTALMENT_CANCELLED, "planned", world_id(SOMEBODY));
    award_touch(w, award);
    turn_save(w, db);
    const struct award *now = award_now();
    assert_int_equal(now->planned_cents, 500);
    assert_int_equal(now->instalment_count, 2);
    assert_int_equal(now->instalments[1].due_on, 20500);
    assert_int_equal(now->version, award->version);
}

/* --- amendments -------------------------------------------------------------------------------------------------------- */
static struct amendment *asked(struct workset *w, struct amount *lines, size_t count)
{
    struct amendment *m = arena_alloc(arena, sizeof *m);

    *m = (struct amendment){.id = uuid_v7(w->now_us),
                            .award_id = world_id(FIRST),
                            .state = AMENDMENT_SUBMITTED,
                            .reasons = "Ä 'lainaus' \\ \n\"json\"",
                            .submitted_us = w->now_us,
                            .late = true,
                            .version = 1,
                            .part_count = 3};
    for (size_t i = 0; i < 3; i++)
        m->parts[i] = (struct amendment_part){.asked = empty_change(), .accepted = empty_change(), .reason = ""};
    m->parts[0].kind = CHANGE_PERIOD;
    m->parts[0].asked.use_until = 21000;
    m->parts[1].kind = CHANGE_CONTENT;
    m->parts[1].asked.words = "Sana \"lainaus\" \\ {} å";
    m->parts[2].kind = CHANGE_BUDGET;
    m->parts[2].asked.amounts = (struct amounts){lines, count};
    return m;
}

static struct amendment *amendment_now(struct uuid id)
{
    struct workset *w = begin();
    struct job *job = turn_job(arena);

    amendment_want(w, job, AMENDMENTS_ONE, id);
    turn_load(w, db);
    db_rollback(db);
    return amendment_found(w, job);
}

static void test_an_amendment_comes_back(void **state)
{
    struct amount lines[] = {{1, 200, "Palkat \"ja\" muut", ""}, {2, 300, "Matkat", ""}};
    struct workset *w = begin();
    struct amendment *m = asked(w, lines, 2);

    (void)state;
    turn_load(w, db);
    amendment_add(w, m, world_id(SOMEBODY));
    turn_save(w, db);
    struct amendment *back = amendment_now(m->id);
    assert_string_equal(back->reasons, m->reasons);
    assert_true(back->late);
    assert_int_equal(back->part_count, 3);
    assert_int_equal(back->parts[0].asked.use_until, 21000);
    assert_string_equal(back->parts[1].asked.words, m->parts[1].asked.words);
    assert_true(back->parts[1].asked.use_until == NO_DAY);
    assert_int_equal(back->parts[2].asked.amounts.count, 2);
    assert_string_equal(back->parts[2].asked.amounts.rows[0].name, lines[0].name);
    assert_int_equal(award_now()->lines.count, 1); /* what is only asked changes nothing */
    w = begin();
    turn_load(w, db);
    back->parts[0].outcome = ANSWER_REJECTED;
    back->parts[0].reason = "ei";
    back->parts[1].outcome = back->parts[2].outcome = ANSWER_ACCEPTED;
    back->parts[1].accepted = back->parts[1].asked;
    back->parts[2].accepted = back->parts[2].asked;
    back->decided_us = time_now_us() + TIME_SECOND;
    amendment_move(w, back, AMENDMENT_DECIDED, "decided", world_id(ANOTHER));
    turn_save(w, db);
    const struct award *award = award_now();
    assert_int_equal(award->lines.count, 2); /* the plan from now on */
    assert_int_equal(award->lines.rows[1].cents, 300);
    assert_string_equal(award->lines.rows[1].name, "Matkat");
    assert_int_equal(award->partners.count, 2);
    const struct amendment *decided = amendment_now(m->id);
    assert_int_equal(decided->state, AMENDMENT_DECIDED);
    assert_string_equal(decided->parts[0].reason, "ei");
    assert_int_equal(decided->parts[2].accepted.amounts.rows[1].cents, 300);
    assert_int_equal(decided->version, 2);
}

/* --- reports and obligations ------------------------------------------------------------------------------------------- */
static void test_reports_and_obligations(void **state)
{
    struct workset *w = begin();
    struct job *job = turn_job(arena);
    const struct report final = {.id = uuid_v7(w->now_us), .award_id = world_id(FIRST), .kind = REPORT_FINAL, .due_on = 20600};
    const struct obligation one = {.id = uuid_v7(w->now_us), .award_id = world_id(FIRST), .kind = OBLIGATION_FINAL, .due_on = 20600};
    const struct obligation two = {.id = uuid_v7(w->now_us), .award_id = world_id(FIRST), .kind = OBLIGATION_ANSWER, .due_on = 20500};

    (void)state;
    turn_load(w, db);
    report_add(w, &final, "decision", world_id(SOMEBODY));
    obligation_add(w, &one, "decision", (struct uuid){{0}});
    obligation_add(w, &two, "decision", world_id(SOMEBODY));
    turn_save(w, db);
    w = begin();
    report_want(w, job, REPORTS_OF_AWARD, world_id(FIRST));
    obligation_want(w, job, OBLIGATIONS_OF_REPORT, final.id);
    turn_load(w, db);
    struct report_row *report = report_of(report_asked(w, job), REPORT_FINAL);
    struct obligation_ask *obligations = obligation_asked(w, job);
    assert_int_equal(obligations->count, 2);
    assert_int_equal(obligations->rows[0].kind, OBLIGATION_ANSWER); /* by kind */
    report->content = span_of("\0\1x", 3);
    report->report.used_cents = 400;
    report->report.submitted_us = 1764000000000001;
    report_move(w, report, REPORT_SUBMITTED, "handed in", world_id(SOMEBODY));
    obligation_move(w, &obligations->rows[0], OBLIGATION_MET, "rules: x", (struct uuid){{0}});
    obligations->rows[1].due_on = 20700;
    obligations->rows[1].late = true;
    obligation_put(w, &obligations->rows[1]);
    turn_save(w, db);
    w = begin();
    job = turn_job(arena);
    report_want(w, job, REPORTS_ONE, final.id);
    obligation_want(w, job, OBLIGATIONS_OF_AWARD, world_id(FIRST));
    turn_load(w, db);
    db_rollback(db);
    const struct report_row *back = report_found(w, job);
    assert_int_equal(back->report.state, REPORT_SUBMITTED);
    assert_int_equal(back->report.submitted_us, 1764000000000001);
    assert_int_equal(back->content.len, 3);
    assert_int_equal(back->report.version, 2);
    obligations = obligation_asked(w, job);
    assert_int_equal(obligations->rows[0].state, OBLIGATION_MET);
    assert_int_equal(obligations->rows[1].state, OBLIGATION_OPEN);
    assert_int_equal(obligations->rows[1].due_on, 20700);
    assert_true(obligations->rows[1].late);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.move where machine = 'obligation'"), 3); /* the day moved no state */
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.move where machine = 'obligation' and actor is null"), 2);
}

/* --- the clock --------------------------------------------------------------------------------------------------------- */
static size_t due_now(void)
{
    struct due due = {.count = 0};

    db_begin(db, DB_READ_WRITE);
    assert_int_equal(due_find(db, arena, time_now_us(), (struct uuid){{0}}, &due), ERR_OK);
    db_rollback(db);
    return due.count;
}

static void test_what_is_due(void **state)
{
    (void)state;
    (void)kit_sql(pg, "update funding.award set answer_until = current_date + 5; "
                      "update funding.call set closes_at = now() - interval '299 seconds'");
    assert_int_equal(due_now(), 0); /* the world's draft has a second still */
    (void)kit_sql(pg, "update funding.call set closes_at = now() - interval '301 seconds'");
    assert_int_equal(due_now(), 1);
    (void)kit_sql(pg, "update funding.application set state = 6, why = 'x' where id = " DRAFT);
    assert_int_equal(due_now(), 0);
    const int open =
        (int)obligations_passed(helsinki_day(time_now_us() - APPLICATION_LAPSE_GRACE_US)); /* the earliest day that is not over */
    (void)kit_sql(pg, "update funding.award set answer_until = date '1970-01-01' + %d", open);
    assert_int_equal(due_now(), 0); /* the whole last day is time to answer */
    (void)kit_sql(pg, "update funding.award set answer_until = date '1970-01-01' + %d", open - 1);
    assert_int_equal(due_now(), 1);
    (void)kit_sql(pg,
                  "update funding.award set state = 2, why = 'x'; insert into funding.obligation (id, award_id, kind, due_on, state, why) "
                  "values (gen_random_uuid(), " FIRST ", 2, date '1970-01-01' + %d, 1, 'x')",
                  open - 1);
    assert_int_equal(due_now(), 1);
    (void)kit_sql(pg, "update funding.obligation set late = true");
    assert_int_equal(due_now(), 0); /* told once */
}

static void test_who_is_silent(void **state)
{
    struct workset *w = begin();
    struct job *job = turn_job(arena);
    const int64_t today = helsinki_day(w->now_us);

    (void)state;
    (void)kit_sql(pg, "insert into funding.obligation (id, award_id, kind, due_on, state, why) values (gen_random_uuid(), " FIRST
                      ", 1, '2026-02-01', 1, 'x'), (gen_random_uuid(), " FIRST ", 3, current_date - 3, 1, 'x'), (gen_random_uuid(), " FIRST
                      ", 2, current_date + 3, 1, 'x')");
    (void)kit_sql(pg, "update funding.award set answer_until = current_date - 3");
    award_want_silent(w, job, world_id(CALL), today, 10);
    obligation_want_due(w, job, world_id(CALL), today, 10);
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(award_asked(w, job)->count, 1);
    assert_null(award_found(w, job)); /* that is of one, not of a list */
    assert_int_equal(obligation_asked(w, job)->count, 2);
    assert_int_equal(obligation_asked(w, job)->rows[0].kind, OBLIGATION_ANSWER); /* answers come first */
    assert_int_equal(obligation_asked(w, job)->rows[1].kind, OBLIGATION_FINAL);
    assert_string_equal(obligation_asked(w, job)->whose[1].register_number, "2/20.01/2026");
}

/* --- the draw ---------------------------------------------------------------------------------------------------------- */
static struct draw_ask *draw_now(struct workset *w)
{
    struct job *job = turn_job(arena);

    draw_want(w, job, world_id(CALL));
    turn_load(w, db);
    return draw_asked(w, job);
}

static void test_a_draw_stays(void **state)
{
    struct workset *w = begin();
    struct draw_ask *draw = draw_now(w);

    (void)state;
    assert_false(draw->bound);
    assert_int_equal(draw->offered, 1);
    assert_int_equal(draw->count, 0); /* an offer is not in it */
    draw->seed[0] = 7;
    draw->commitment = draw_commitment(draw->seed);
    draw->permille = 1000;
    draw->committed_us = w->now_us;
    draw_bind(w, draw);
    turn_save(w, db);
    (void)kit_sql(pg, "update funding.award set state = 2, why = 'x'; insert into funding.report (id, award_id, kind, due_on, state, why) "
                      "values (gen_random_uuid(), " FIRST ", 2, '2027-03-01', 1, 'x')");
    w = begin();
    draw = draw_now(w);
    assert_true(draw->bound && draw->drawn_us == 0 && draw->offered == 0);
    assert_int_equal(draw->count, 1);
    draw->beacon = "majakka ä";
    draw->drawn_us = draw->now_us;
    draw_make(draw->seed, draw->beacon, draw->rows, draw->count, draw->permille);
    draw_show(w, draw);
    turn_save(w, db);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.report where sampled"), 1);
    (void)kit_sql(pg, "update funding.instalment set state = 5, why = 'x'; update funding.award set state = 5, why = 'x'");
    draw = draw_now(begin());
    db_rollback(db);
    assert_int_equal(draw->count, 1); /* it was accepted then */
    assert_string_equal(draw->beacon, "majakka ä");
    assert_int_equal(draw->permille, 1000);
    assert_int_equal(draw->seed[0], 7);
}

/* --- groups ------------------------------------------------------------------------------------------------------------ */
static int setup(void **state)
{
    (void)state;
    pg = world_new();
    db = world_connect(pg);
    arena = arena_new(1 << 20);
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    world_fill(pg);
    arena_reset(arena);
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
        cmocka_unit_test_setup(test_an_award_and_what_hangs_on_it, fresh), /* loaded whole */
        cmocka_unit_test_setup(test_a_new_plan, fresh),                    /* cancelled before added, whatever was said first */
        cmocka_unit_test_setup(test_an_amendment_comes_back, fresh),       /* any letters; accepted amounts become the plan */
        cmocka_unit_test_setup(test_reports_and_obligations, fresh),       /* as arrays; a moved day moves no state */
        cmocka_unit_test_setup(test_what_is_due, fresh),                   /* to the second and the day */
        cmocka_unit_test_setup(test_who_is_silent, fresh),                 /* answers before late ones */
        cmocka_unit_test_setup(test_a_draw_stays, fresh)                   /* its rows are those of its moment */
    };
    return cmocka_run_group_tests_name("store: after the decision", tests, setup, stop);
}
