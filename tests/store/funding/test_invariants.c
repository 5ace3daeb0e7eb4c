/* The nets of the schema, attacked by hand-written SQL under the service's own role: whatever a use case forgets, the database refuses.
 * What is about evaluation and conflicts of interest: test_impartial.c. */
#include "tests/store/funding/attack.h"

static struct kit_pg *pg;
static struct db *db;

static void test_money_of_calls_and_themes(void **state)
{
    static const struct attack attacks[] = {
        {"a theme by one cent", DECIDE(NEW_ID, THEME_ONE, SECOND, "101", "1", "100"), "theme_not_overspent"},
        {"the whole of a theme from another",
         DECIDE(NEW_ID, THEME_TWO, SECOND, "300", "200", "100") DECIDE("gen_random_uuid()", THEME_TWO, THIRD, "101", "1", "100"),
         "theme_not_overspent"},
        {"a theme below what is granted", "update theme set allocation_cents = 499 where id = " THEME_ONE, "theme_not_overspent"},
        {"a call below what is granted",
         "update theme set allocation_cents = 0 where id = " THEME_TWO "; update call set allocation_cents = 599",
         "call_not_overallocated"},
        {"themes above their call", "update theme set allocation_cents = 401 where id = " THEME_TWO, "call_not_overallocated"},
        {"one theme more than there is money for",
         "insert into theme (id, call_id, group_id, ordinal, title_fi, title_sv, title_en, allocation_cents) values "
         "(gen_random_uuid(), " CALL ", " GROUP_ROW ", 3, 'x', '', '', 1)",
         "call_not_overallocated"},
        {"a theme into another call", "update theme set call_id = gen_random_uuid() where id = " THEME_TWO, "violates foreign key"},
        {"a theme that has an award", "delete from theme where id = " THEME_ONE, "violates foreign key"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_sums_by_hand(void **state)
{
    static const struct attack attacks[] = {
        {"granted of a call", "update call set granted_cents = 0", "is a sum"},
        {"allocations of a call", "update call set themes_cents = 0", "is a sum"},
        {"granted of a theme", "update theme set granted_cents = 0 where id = " THEME_ONE, "is a sum"},
        {"a theme that begins with money",
         "update call set allocation_cents = 2000; insert into theme (id, call_id, group_id, ordinal, title_fi, title_sv, title_en, "
         "allocation_cents, granted_cents) values (gen_random_uuid(), " CALL ", " GROUP_ROW ", 3, 'x', '', '', 5, -5)",
         "begins at 0"},
        {"partners of an application", "update application set partners_cents = 1 where id = " DRAFT, "is a sum"},
        {"lines of an application", "update application set lines_cents = 1 where id = " DRAFT, "is a sum"},
        {"shares of an application", "update application set shares_cents = 1 where id = " DRAFT, "is a sum"},
        {"an application that begins with sums",
         "insert into application (id, call_id, state, why, owner_id, language, title, lead_name, content_version, created_at, "
         "saved_at, partners_cents) values (gen_random_uuid(), " CALL ", 1, 'x', " SOMEBODY ", 'fi', '', '', 1, now(), now(), 7)",
         "begins at 0"},
        {"planned of an award", "update award set planned_cents = 0", "is a sum"},
        {"paid of an award", "update award set paid_cents = 1", "is a sum"},
        {"returned of an award", "update award set returned_cents = 1", "is a sum"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_amounts_of_an_application(void **state)
{
    static const struct attack attacks[] = {
        {"a partner's cent more", "update partner set cents = cents + 1 where application_id = " SECOND " and ordinal = 1",
         "application_partners_sum"},
        {"a partner less", "delete from partner where application_id = " SECOND " and ordinal = 2", "application_partners_sum"},
        {"a partner more", "insert into partner values (" SECOND ", 3, '0204819-8', 'x', " SOMEBODY ", 'x', 'x@example.fi', 'fi', 1)",
         "application_partners_sum"},
        {"a partner twice", "insert into partner values (" SECOND ", 3, '0245894-7', 'x', " SOMEBODY ", 'x', 'x@example.fi', 'fi', 0)",
         "partner_application_id_business_id_key"},
        {"a line's cent less", "update budget_line set cents = cents - 1 where application_id = " SECOND " and ordinal = 1",
         "application_lines_sum"},
        {"a share less", "delete from funding_share where application_id = " SECOND " and ordinal = 2", "application_shares_sum"},
        {"a partner from one to another",
         "update partner set application_id = " THIRD ", ordinal = 3, business_id = '0204819-8' "
         "where application_id = " SECOND " and ordinal = 2",
         "application_partners_sum"},
        {"more applied for than there is", "update application set applied_cents = 301 where id = " SECOND, "application_partners_sum"},
        {"what is decided, afterwards", "update partner set cents = 0 where application_id = " FIRST, "application_partners_sum"},
        {"submitted without a number", "update application set state = 2, why = 'x', theme_id = " THEME_ONE " where id = " DRAFT,
         "application_complete"},
        {"without its number afterwards", "update application set register_number = null where id = " SECOND, "stays as it was"},
        {"submitted with nothing in it",
         "update application set state = 2, why = 'x', total_cents = 5, theme_id = " THEME_ONE
         ", register_number = 'x', submitted_at = now() where id = " DRAFT,
         "application_lines_sum"},
        {"a theme of another call", "update application set theme_id = gen_random_uuid() where id = " DRAFT, "violates foreign key"},
    };
    (void)state;
    EXPECT(attacks);
}

#define SUBMITTED "insert into application_version values (" SECOND ", 7, 2, now(), null, 'x'); "
#define ATTACHED                                                                                                                           \
    "insert into attachment values (" NEW_ID ", " SECOND ", 1, 'x', 'text/plain', sha256('x'), 'x', now() - interval '1 day', " SOMEBODY   \
    ", null); "

static void test_what_was_submitted(void **state)
{
    static const struct attack attacks[] = {
        {"another register number", "update application set register_number = '9/20.01/2026' where id = " SECOND, "stays as it was"},
        {"another moment", "update application set submitted_at = submitted_at - interval '1 day' where id = " SECOND, "stays as it was"},
        {"other words", SUBMITTED "update application_version set content = 'y' where kind = 2", "stays as it was"},
        {"no words", SUBMITTED "delete from application_version where kind = 2", "stays as it was"},
        {"another attachment", ATTACHED "update attachment set content = 'y', sha256 = sha256('y')", "never changed"},
        {"an attachment comes back", ATTACHED "update attachment set removed_at = now(); update attachment set removed_at = null",
         "never changed"},
        {"an attachment goes", SUBMITTED ATTACHED "delete from attachment", "that was submitted stays"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, SUBMITTED ATTACHED "update attachment set removed_at = now(); insert into attachment values (gen_random_uuid(), " SECOND
                                       ", 1, 'x', 'text/plain', sha256('x'), 'x', clock_timestamp(), " SOMEBODY
                                       ", null); delete from attachment where removed_at is null");
}

static void test_a_sent_decision(void **state)
{
    static const struct attack attacks[] = {
        {"its amount", "update decision set cents = 1", "never changed or deleted"},
        {"its words", "update decision set reasons = 'y'", "never changed or deleted"},
        {"its document", "update decision set pdf = 'y', sha256 = sha256('y')", "never changed or deleted"},
        {"itself", "delete from decision", "never changed or deleted"},
        {"a partner's amount", "update decision_partner set cents = cents + 1 where ordinal = 1", "never changed or deleted"},
        {"a partner", "delete from decision_partner", "never changed or deleted"},
        {"a partner more", "insert into decision_partner values (" DECISION ", 3, '0204819-8', 'x', 0)", "nothing is added"},
        {"a line's amount", "update decision_line set accepted_cents = 0", "never changed or deleted"},
        {"a line more", "insert into decision_line values (" DECISION ", 9, 1, 'x', 0, 0)", "nothing is added"},
        {"a second one", DECIDE(NEW_ID, THEME_ONE, FIRST, "100", "50", "50"), "decision_first"},
        {"a correction about another", DECIDE_AS(NEW_ID, THEME_TWO, THIRD, DECISION, "100", "50", "50"), "about the same application"},
        {"a document that is not the one",
         "insert into decision select gen_random_uuid(), call_id, theme_id, " SECOND
         ", null, granted, 100, own_permille, purpose, use_from, use_until, reasons, terms, language, "
         "decided_at, decided_by, presented_by, answer_until, review_days, review_version, event_id, html, "
         "'forged', sha256 from decision",
         "decision_check"},
        {"its partners by a cent", DECIDE(NEW_ID, THEME_TWO, THIRD, "300", "200", "99"), "the award is 300"},
        {"without partners",
         "insert into decision select gen_random_uuid(), call_id, " THEME_TWO ", " THIRD
         ", null, granted, 100, own_permille, purpose, use_from, use_until, reasons, terms, language, decided_at, "
         "decided_by, presented_by, answer_until, review_days, review_version, event_id, html, pdf, sha256 from decision",
         "the award is 100"},
        {"more than was applied for",
         "update application set theme_id = " THEME_TWO " where id = " SECOND ";" DECIDE(NEW_ID, THEME_TWO, SECOND, "301", "201", "100"),
         "more is granted than was applied for"},
        {"in a theme of another call", DECIDE(NEW_ID, "gen_random_uuid()", SECOND, "1", "1", "0"), "violates foreign key"},
        {"what a call said before",
         "insert into call_version values (" CALL ", 1, now(), " SOMEBODY ", ''); update call_version set actor = gen_random_uuid()",
         "never changed or deleted"},
        {"and thrown away", "insert into call_version values (" CALL ", 1, now(), " SOMEBODY ", ''); delete from call_version",
         "never changed or deleted"},
        {"what was prepared before",
         "insert into assessment (id, call_id, state, why) values (" SECOND ", " CALL ", 1, 'x') on conflict do nothing; "
         "insert into assessment_version values (" SECOND ", 1, now(), " SOMEBODY ", ''); update assessment_version set version = 2",
         "never changed or deleted"},
        {"a look that never was",
         "insert into decision_view values (" DECISION ", " SOMEBODY ", now(), 1); update decision_view set form = 2",
         "never changed or deleted"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_awards(void **state)
{
    static const struct attack attacks[] = {
        {"one by hand",
         "insert into award (id, call_id, theme_id, decision_id, state, why, decided_cents, granted_cents) values (" SECOND ", " CALL
         ", " THEME_ONE ", " DECISION ", 1, 'x', 1, 1)",
         "made by a decision"},
        {"deleted", "delete from instalment; delete from award", "cancelled, not deleted"},
        {"deleted, with nothing on it", "update instalment set state = 5, why = 'x'; delete from award", "not deleted"},
        {"more money", "update award set granted_cents = 501", "moves with its decisions"},
        {"less money", "update award set granted_cents = 400", "moves with its decisions"},
        {"another theme", "update award set theme_id = " THEME_TWO, "moves with its decisions"},
        {"another decision", "update award set decision_id = gen_random_uuid()", "moves with its decisions"},
        {"refused while money is planned", "update award set state = 3, why = 'x'", "award_not_overplanned"},
        {"corrected below what is ordered",
         "update instalment set state = 2, why = 'x' where id = " INSTALMENT
         ";" DECIDE_AS(NEW_ID, THEME_ONE, FIRST, DECISION, "299", "199", "100"),
         "award_not_overplanned"},
        {"granted again once refused",
         "update instalment set state = 5, why = 'x'; update award set state = 3, why = 'x';" DECIDE_AS(NEW_ID, THEME_ONE, FIRST, DECISION,
                                                                                                        "100", "50", "50"),
         "cannot be granted again"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_payments(void **state)
{
    static const struct attack attacks[] = {
        {"more planned than granted",
         "insert into instalment (id, award_id, ordinal, cents, due_on, state, why) values (gen_random_uuid(), " FIRST
         ", 2, 201, '2026-03-01', 1, 'x')",
         "award_not_overplanned"},
        {"one that grows", "update instalment set cents = 501", "award_not_overplanned"},
        {"deleted", "delete from instalment", "cancelled, not deleted"},
        {"paid without a day",
         "update instalment set state = 2, why = 'x'; update instalment set state = 3, why = 'x'; "
         "update instalment set state = 4, why = 'x'",
         "instalment_check"},
        {"paid at once", "update instalment set state = 4, paid_on = '2026-03-01', why = 'x'", "cannot go from state 1 to 4"},
        {"paid, then changed",
         "update instalment set state = 2, why = 'x'; update instalment set state = 3, why = 'x'; "
         "update instalment set state = 4, paid_on = '2026-03-01', why = 'x'; update instalment set cents = 1",
         "what was ordered stays"},
        {"ordered, then changed", "update instalment set state = 2, why = 'x'; update instalment set cents = 1", "what was ordered stays"},
        {"paid, then cancelled",
         "update instalment set state = 2, why = 'x'; update instalment set state = 3, why = 'x'; "
         "update instalment set state = 4, paid_on = '2026-03-01', why = 'x'; "
         "update instalment set state = 5, paid_on = null, why = 'x'",
         "cannot go from state 4 to 5"},
        {"ordered and sent by one person",
         "update instalment set state = 2, why = 'x', actor = " ANOTHER "; update instalment set state = 3, why = 'x'",
         "sent by another person than ordered it"},
        {"paid back more than was paid",
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values "
         "(gen_random_uuid(), " FIRST ", 1, 1, 'x', '2026-09-01', 1, 'x'); update recovery set state = 2, "
         "why = 'x'; update recovery set state = 3, why = 'x'",
         "award_not_overreturned"},
        {"paid back from the beginning",
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values "
         "(gen_random_uuid(), " FIRST ", 1, 1, 'x', '2026-09-01', 3, 'x')",
         "cannot go from state 0 to 3"},
        {"more than 100 euros waived",
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values "
         "(gen_random_uuid(), " FIRST ", 1, 10001, 'x', '2026-09-01', 1, 'x'); update recovery set state = 4, "
         "why = 'x'",
         "recovery_small_only_waived"},
        {"paid back, then deleted",
         "update instalment set state = 2, why = 'x'; update instalment set state = 3, why = 'x'; "
         "update instalment set state = 4, paid_on = '2026-03-01', why = 'x'; "
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values (gen_random_uuid(), " FIRST
         ", 1, 300, 'x', '2026-09-01', 1, 'x'); update recovery set state = 2, why = 'x'; "
         "update recovery set state = 3, why = 'x'; delete from recovery",
         "what was ordered stays"},
        {"paid back, and more in the same breath",
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values (gen_random_uuid(), " FIRST
         ", 1, 1, 'x', '2026-09-01', 1, 'x'); update recovery set state = 2, why = 'x'; update recovery set state = 3, cents = 2, why = "
         "'x'",
         "what was ordered stays"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_moves(void **state)
{
    static const struct attack attacks[] = {
        {"a call begins published",
         "insert into call select gen_random_uuid(), 'other', 'other', 2, 0, why, actor, kind, authority, authority_fi, authority_sv, "
         "authority_en, contact, payee, payee_iban, payee_reference, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, "
         "terms_fi, terms_sv, terms_en, series, "
         "opens_at, closes_at, use_from, use_until, interim_due, final_due, answer_days, own_permille, 0, 0, 0, 0, 1, created_at from call",
         "cannot go from state 0 to 2"},
        {"an instalment begins paid",
         "insert into instalment (id, award_id, ordinal, cents, due_on, paid_on, state, why) values (gen_random_uuid(), " FIRST
         ", 2, 1, '2026-03-01', null, 1, 'x'), (gen_random_uuid(), " FIRST ", 3, 1, '2026-03-01', '2026-03-01', 4, 'x')",
         "cannot go from state 0 to 4"},
        {"a duty begins as met",
         "insert into obligation (id, award_id, kind, due_on, state, why) values (gen_random_uuid(), " FIRST ", 1, '2026-03-01', 2, 'x')",
         "cannot go from state 0 to 2"},
        {"a report begins accepted",
         "insert into report (id, award_id, kind, due_on, state, why, verified_by, accepted_by) values (gen_random_uuid(), " FIRST
         ", 2, '2026-03-01', 4, 'x', " SOMEBODY ", " ANOTHER ")",
         "cannot go from state 0 to 4"},
        {"one that has moved before it began",
         "insert into obligation (id, award_id, kind, due_on, state, moves, why) values (gen_random_uuid(), " FIRST
         ", 1, '2026-03-01', 1, 3, 'x')",
         "has not moved yet"},
        {"a published call ends", "update call set state = 4, why = 'x'", "cannot go from state 2 to 4"},
        {"submitted becomes a draft", "update application set state = 1, why = 'x' where id = " SECOND, "cannot go from state 2 to 1"},
        {"decided is withdrawn", "update application set state = 4, why = 'x' where id = " FIRST, "cannot go from state 5 to 4"},
        {"a draft is decided", "update application set state = 5, why = 'x' where id = " DRAFT, "cannot go from state 1 to 5"},
        {"an offered award closes", "update award set state = 4, why = 'x'", "cannot go from state 1 to 4"},
        {"a refused award with another theme",
         "update instalment set state = 5, why = 'x'; update award set state = 3, why = 'x', theme_id = " THEME_TWO,
         "moves with its decisions"},
        {"another table of rules before it", "create temp table transition (machine text, from_state smallint, to_state smallint)",
         "permission denied"},
        {"a move more", "insert into move values ('application', " FIRST ", 9, 5, 2, now(), null, 'x')", "written by what moves"},
        {"a move other", "update move set why = 'y'", "never changed or deleted"},
        {"a move less", "delete from move", "never changed or deleted"},
        {"a rule more", "insert into transition values ('application', 5, 2)", "never changed or deleted"},
        {"a rule other", "update transition set to_state = 1", "never changed or deleted"},
        {"a rule less", "delete from transition", "never changed or deleted"},
        {"without its triggers", "alter table decision disable trigger all", "must be owner"},
        {"as a replica", "set session_replication_role = replica", "permission denied"},
        {"emptied", "truncate decision cascade", "permission denied"},
    };
    (void)state;
    EXPECT(attacks);
}

/* Each move leaves its row, by whose hand and why, and nobody counts them by hand. */
static void test_each_move_leaves_a_row(void **state)
{
    (void)state;
    world_apply(db, "update application set state = 3, why = 'more is needed', actor = " ANOTHER ", moves = 77 where id = " SECOND);
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', n, from_state, to_state, actor, why) from funding.move where machine = "
                                    "'application' and subject = " SECOND " order by n desc limit 1"),
                        "2 2 3 00000000-0000-8000-8000-000000000002 more is needed");
    world_apply(db, "update application set title = 'y', moves = 50 where id = " SECOND);
    assert_int_equal(kit_sql_int(pg, "select moves from funding.application where id = " SECOND), 2);
    world_apply(db, "update award set moves = 50");
    assert_int_equal(kit_sql_int(pg, "select moves from funding.award"), 0);
    world_apply(db, "insert into obligation (id, award_id, kind, due_on, state, why, actor) select gen_random_uuid(), " FIRST
                    ", kind, '2026-03-01', 1, 'duty ' || kind, " ANOTHER " from generate_series(1, 3) kind");
    assert_string_equal(
        kit_sql(pg, "select string_agg(concat_ws(' ', n, from_state, to_state, m.why), ', ' order by m.why) from funding.move m "
                    "join funding.obligation o on o.id = m.subject and o.actor = m.actor where machine = 'obligation'"),
        "0 0 1 duty 1, 0 0 1 duty 2, 0 0 1 duty 3");
}

static void test_reports_and_amendments(void **state)
{
#define REPORT "insert into report (id, award_id, kind, due_on, state, why) values (gen_random_uuid(), " FIRST ", 2, '2027-03-01', 1, 'x');"
#define ACCEPTED(used)                                                                                                                     \
    "update report set state = 2, submitted_at = now(), used_cents = " used ", why = 'x'; update report set state = 3, why = 'x', "        \
    "verified_by = " DECIDER "; update report set state = 4, why = 'x', accepted_by = " ANOTHER ";"
#define CONFLICTED "insert into conflict values (" FIRST ", " ANOTHER ", 'x', now(), " DECIDER ");"
#define AMENDMENT                                                                                                                          \
    "insert into amendment (id, award_id, state, why, reasons, submitted_at, late) values (" NEW_ID ", " FIRST                             \
    ", 1, 'x', 'x', now(), false);"
#define PROJECT(total)                                                                                                                     \
    "insert into project (id, code, title_fi, title_sv, title_en, funder, programme, lead_name, starts_on, ends_on, target, state, why, "  \
    "total_cents) values (" NEW_ID ", 'p1', 'x', '', '', 'x', 'x', 'x', '2024-01-01', '2024-12-31', 'x', 2, 'x', " total ");"
    static const struct attack attacks[] = {
        {"one person verifies and accepts",
         REPORT
         "update report set state = 2, submitted_at = now(), why = 'x'; update report set state = 3, why = 'x', verified_by = " SOMEBODY
         "; update report set state = 4, why = 'x', accepted_by = " SOMEBODY,
         "report_four_eyes"},
        {"accepted by nobody",
         REPORT
         "update report set state = 2, submitted_at = now(), why = 'x'; update report set state = 3, why = 'x', verified_by = " SOMEBODY
         "; update report set state = 4, why = 'x'",
         "report_steps"},
        {"a final report that leaves more planned than was used", REPORT ACCEPTED("299"), "no more is paid"},
        {"planned beyond what was used",
         REPORT ACCEPTED(
             "300") "insert into instalment (id, award_id, ordinal, cents, due_on, state, why) values (gen_random_uuid(), " FIRST
                    ", 2, 1, '2026-03-01', 1, 'x')",
         "no more is paid"},
        {"an instalment that grows beyond what was used",
         REPORT ACCEPTED("300") "set constraints all immediate; update instalment set cents = cents + 1", "no more is paid"},
        {"an accepted report that shows less", REPORT ACCEPTED("300") "update report set used_cents = 1", "stays as it was"},
        {"ordered despite a conflict", CONFLICTED "update instalment set state = 2, why = 'x', actor = " ANOTHER, "takes no part"},
        {"ordered by the lead", "update instalment set state = 2, why = 'x', actor = " SOMEBODY, "takes no part"},
        {"recovered by the lead",
         "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why, actor) values "
         "(gen_random_uuid(), " FIRST ", 1, 1, 'x', '2026-09-01', 1, 'x', " SOMEBODY ")",
         "takes no part"},
        {"a change decided despite a conflict", AMENDMENT CONFLICTED "update amendment set state = 2, why = 'x', actor = " ANOTHER,
         "takes no part"},
        {"a report verified despite a conflict",
         REPORT CONFLICTED
         "update report set state = 2, submitted_at = now(), why = 'x'; update report set state = 3, why = 'x', verified_by "
         "= " ANOTHER ", actor = " ANOTHER,
         "takes no part"},
        {"a report that was handed in, written anew",
         REPORT "update report set state = 2, submitted_at = now(), why = 'x'; update report_handed_in set content = 'x'", "never changed"},
        {"two amendments at once",
         AMENDMENT "insert into amendment (id, award_id, state, why, reasons, submitted_at, late) values "
                   "(gen_random_uuid(), " FIRST ", 1, 'x', 'x', now(), false)",
         "amendment_open"},
        {"partners' amounts that grow",
         AMENDMENT "insert into amendment_part values (" NEW_ID ", 4, '[]', 1, '[{\"n\": 1, \"cents\": 501}]')", "they have to stay 500"},
        {"lines that grow", AMENDMENT "insert into amendment_part values (" NEW_ID ", 3, '[]', 2, '[{\"n\": 1, \"cents\": 501}]')",
         "they have to stay 500"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_draws_and_projects(void **state)
{
    static const struct attack attacks[] = {
        {"a seed that does not fit",
         "insert into audit_draw (call_id, commitment, seed, committed_at, permille) values (" CALL
         ", sha256('x'), sha256('y'), now(), 100)",
         "audit_draw_check"},
        {"a seed that changes",
         "insert into audit_draw (call_id, commitment, seed, committed_at, permille) values (" CALL
         ", sha256(sha256('y')), sha256('y'), now(), 100); update audit_draw set seed = sha256('z'), commitment = "
         "sha256(sha256('z'))",
         "stays as it was bound"},
        {"a draw made again",
         "insert into audit_draw (call_id, commitment, seed, committed_at, permille) values (" CALL
         ", sha256(sha256('y')), sha256('y'), now(), 100); update audit_draw set drawn_at = now(), beacon = 'a'; "
         "update audit_draw set beacon = 'b'",
         "stays as it was bound"},
        {"a draw forgotten",
         "insert into audit_draw (call_id, commitment, seed, committed_at, permille) values (" CALL
         ", sha256(sha256('y')), sha256('y'), now(), 100); delete from audit_draw",
         "stays as it was bound"},
        {"a project's shares by a cent", PROJECT("100") "insert into project_share values (gen_random_uuid(), " NEW_ID ", 1, 'x', 99, 1)",
         "its cost is 100"},
        {"a project's cost later",
         PROJECT("100") "insert into project_share values (gen_random_uuid(), " NEW_ID
                        ", 1, 'x', 100, 1); update project set total_cents = 101",
         "its cost is 101"},
        {"a project's share later",
         PROJECT("100") "insert into project_share values (gen_random_uuid(), " NEW_ID ", 1, 'x', 100, 1); delete from project_share",
         "its cost is 100"},
        {"two who answer for a call",
         "insert into official values (" CALL ", " SOMEBODY ", 1, true, 'x', 'x'), (" CALL ", " ANOTHER ", 1, true, 'x', 'x')",
         "official_responsible"},
        {"two open requests to supplement",
         "insert into supplement_request values (gen_random_uuid(), " SECOND ", now(), " SOMEBODY
         ", 'x', '2026-12-01', null), (gen_random_uuid(), " SECOND ", now(), " SOMEBODY ", 'x', '2026-12-01', null)",
         "supplement_open"},
        {"the same register number", "update application set register_number = '2/20.01/2026' where id = " DRAFT,
         "application_register_number_key"},
    };
    (void)state;
    EXPECT(attacks);
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
        cmocka_unit_test_setup(test_money_of_calls_and_themes, fill),
        cmocka_unit_test_setup(test_sums_by_hand, fill),
        cmocka_unit_test_setup(test_amounts_of_an_application, fill),
        cmocka_unit_test_setup(test_what_was_submitted, fill),
        cmocka_unit_test_setup(test_a_sent_decision, fill),
        cmocka_unit_test_setup(test_awards, fill),
        cmocka_unit_test_setup(test_payments, fill),
        cmocka_unit_test_setup(test_moves, fill),
        cmocka_unit_test_setup(test_each_move_leaves_a_row, fill),
        cmocka_unit_test_setup(test_reports_and_amendments, fill),
        cmocka_unit_test_setup(test_draws_and_projects, fill),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
