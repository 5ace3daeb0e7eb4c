/* Decisions in the database: what is written comes back to the byte, many at once, in a chain; what a decision is made of; who has looked;
 * and what nobody may do to one, whoever asks. With a real PostgreSQL and the service's role. */
#include "tests/store/funding/turn.h"

#include "common/base/date.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/funding/store/decision.h"

#define NEW_ID   "'00000000-0000-8000-8000-0000000000d9'"
#define OTHER_ID "'00000000-0000-8000-8000-0000000000d8'"

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;

/* --- writing ------------------------------------------------------------------------------------------------------------ */
static struct decision_partner partners[] = {{"0313471-7", "Åbo övningsskola", 101}, {"0245894-7", "Kuopio \"B\"", 99}};
static struct decision_line lines[] = {{COST_STAFF, "Ohjaaja\\, {x}", 300, 150}, {COST_OTHER, "Muu", 1, 0}, {COST_TRAVEL, "", 70, 60}};

/* A grant of 200 cents, or a rejection, on SECOND or THIRD. */
static struct decision draft(const char *id, const char *application, const char *theme, bool granted)
{
    static const char PDF[] = "%PDF-1.5 \0 and what follows";
    struct decision d = {.id = world_id(id),
                         .call_id = world_id(CALL),
                         .theme_id = world_id(theme),
                         .application_id = world_id(application),
                         .granted = granted,
                         .cents = granted ? 200 : 0,
                         .own_permille = 125,
                         .purpose = granted ? "Yhteiseen kehittämiseen" : "",
                         .use_from = granted ? date_days(2026, 1, 1) : NO_DAY,
                         .use_until = granted ? date_days(2026, 12, 31) : NO_DAY,
                         .answer_until = granted ? date_days(2026, 12, 28) : NO_DAY,
                         .reasons = "Ä\n\"2\", {3}",
                         .terms = "",
                         .language = "sv",
                         .decided_us = 1764000000000001,
                         .decided_by = world_id(DECIDER),
                         .presented_by = world_id(ANOTHER),
                         .review_days = 30,
                         .review_version = "state-2020",
                         .event_id = world_id(OTHER_ID),
                         .html = span_text("<p>\xc3\x84</p>"),
                         .pdf = span_of(PDF, sizeof PDF - 1)};
    struct hash *hash = arena_alloc(arena, sizeof *hash);

    *hash = hash_sha256(&d.pdf, 1);
    d.sha256 = span_of(hash->b, sizeof hash->b);
    d.partners = partners;
    d.lines = lines;
    d.partner_count = granted ? 2 : 0;
    d.line_count = granted ? 3 : 0;
    return d;
}

/* In one batch; each ends its application, as SendDecisions would. */
static void add(const struct decision *rows, size_t count)
{
    struct workset *w = workset_new(arena, time_now_us(), NULL);

    for (size_t i = 0; i < count; i++) {
        char id[UUID_TEXT], sql[2000];
        uuid_format(rows[i].application_id, id);
        (void)snprintf(sql, sizeof sql, PRESENT("'%1$s'"), id);
        world_apply(db, sql);
    }
    turn_load(w, db);
    for (size_t i = 0; i < count; i++)
        decision_add(w, &rows[i]);
    workset_save(w, db);
    for (size_t i = 0; i < count; i++) {
        char id[UUID_TEXT], sql[200];
        uuid_format(rows[i].application_id, id);
        (void)snprintf(sql, sizeof sql, "update application set state = 5, why = 'x' where id = '%s' and state = 2", id);
        assert_int_equal(db_script(db, sql), ERR_OK);
    }
    if (db_commit(db) != ERR_OK)
        fail_msg("not saved: %s", db_message(db));
}

static const struct decision_ask *one_of(struct uuid id, enum decision_document document, bool views)
{
    struct workset *w = workset_new(arena, time_now_us(), NULL);
    struct job *job = turn_job(arena);

    decision_want(w, job, id, document);
    decision_asked(w, job)->views = views;
    turn_load(w, db);
    db_rollback(db);
    return decision_asked(w, job);
}

static void assert_span(struct span is, struct span expected)
{
    assert_true(span_equal(is, expected));
}

static void test_a_decision_comes_back(void **state)
{
    (void)state;
    const struct decision d = draft(NEW_ID, SECOND, THEME_TWO, true);
    world_apply(db, "update application set theme_id = " THEME_TWO " where id = " SECOND);
    add(&d, 1);
    const struct decision *r = one_of(d.id, DOCUMENT_PDF, false)->rows;
    assert_true(r->granted);
    assert_int_equal(r->cents, 200);
    assert_int_equal(r->own_permille, 125);
    assert_string_equal(r->purpose, d.purpose);
    assert_int_equal(r->use_from, d.use_from);
    assert_int_equal(r->use_until, d.use_until);
    assert_int_equal(r->answer_until, d.answer_until);
    assert_string_equal(r->reasons, d.reasons);
    assert_string_equal(r->terms, "");
    assert_string_equal(r->language, "sv");
    assert_int_equal(r->decided_us, d.decided_us);
    assert_int_equal(uuid_compare(r->decided_by, d.decided_by), 0);
    assert_int_equal(uuid_compare(r->presented_by, d.presented_by), 0);
    assert_int_equal(r->review_days, 30);
    assert_string_equal(r->review_version, "state-2020");
    assert_int_equal(uuid_compare(r->event_id, d.event_id), 0);
    assert_true(uuid_is_nil(r->corrects_id) && uuid_is_nil(r->corrected_by_id));
    assert_string_equal(r->register_number, "3/20.01/2026");
    assert_int_equal(uuid_compare(r->owner_id, world_id(SOMEBODY)), 0);
    assert_int_equal(r->partner_count, 2);
    assert_int_equal(r->line_count, 3);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(r->partners[i].business_id, partners[i].business_id);
        assert_string_equal(r->partners[i].name, partners[i].name);
        assert_int_equal(r->partners[i].cents, partners[i].cents);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(r->lines[i].category, lines[i].category);
        assert_string_equal(r->lines[i].title, lines[i].title);
        assert_int_equal(r->lines[i].applied_cents, lines[i].applied_cents);
        assert_int_equal(r->lines[i].accepted_cents, lines[i].accepted_cents);
    }
    /* The document asked for, and no other. */
    assert_span(r->pdf, d.pdf);
    assert_int_equal(r->html.len, 0);
    const struct hash hash = hash_sha256(&r->pdf, 1);
    assert_span(r->sha256, span_of(hash.b, sizeof hash.b));
    const struct decision *page = one_of(d.id, DOCUMENT_HTML, false)->rows;
    assert_span(page->html, d.html);
    assert_int_equal(page->pdf.len, 0);
    const struct decision *plain = one_of(d.id, DOCUMENT_NONE, false)->rows;
    assert_int_equal(plain->pdf.len + plain->html.len, 0);
    assert_int_equal(one_of(world_id(CALL), DOCUMENT_PDF, true)->count, 0);
}

/* A grant and a rejection of one batch: each with its own rows; then the chain. */
static void test_many_at_once_and_a_chain(void **state)
{
    (void)state;
    world_apply(db, "update application set theme_id = " THEME_TWO " where id = " SECOND);
    const struct decision both[] = {draft(NEW_ID, SECOND, THEME_TWO, true), draft(OTHER_ID, THIRD, THEME_TWO, false)};
    add(both, 2);
    const struct decision *no = one_of(both[1].id, DOCUMENT_NONE, false)->rows;
    assert_false(no->granted);
    assert_true(no->use_from == NO_DAY && no->use_until == NO_DAY && no->answer_until == NO_DAY);
    assert_int_equal(no->partner_count + no->line_count, 0);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.award where state = 1"), 2); /* FIRST and SECOND */
    assert_int_equal(kit_sql_int(pg, "select granted_cents from funding.theme where id = " THEME_TWO), 200);

    struct decision fixed = draft("'00000000-0000-8000-8000-0000000000d7'", SECOND, THEME_TWO, true);
    struct decision_partner less[] = {partners[0], partners[1]};
    less[1].cents = 9;
    fixed.partners = less;
    fixed.cents = 110;
    fixed.corrects_id = both[0].id;
    add(&fixed, 1);
    const struct decision *old = one_of(both[0].id, DOCUMENT_NONE, false)->rows, *new = one_of(fixed.id, DOCUMENT_NONE, false)->rows;
    assert_int_equal(old->cents, 200);
    assert_int_equal(uuid_compare(old->corrected_by_id, fixed.id), 0);
    assert_int_equal(uuid_compare(new->corrects_id, both[0].id), 0);
    assert_int_equal(kit_sql_int(pg, "select granted_cents from funding.theme where id = " THEME_TWO), 110);
    assert_int_equal(kit_sql_int(pg, "select decided_cents from funding.award where id = " SECOND), 110);
    /* A chain, not a tree. */
    if (db_script(db, DECIDE_AS("gen_random_uuid()", THEME_TWO, SECOND, NEW_ID, "100", "50", "50")) == ERR_OK)
        fail_msg("a second correction of one decision");
    assert_non_null(strstr(db_constraint(db), "decision_corrects_id_key"));
    db_rollback(db);
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */
static void test_pages_of_a_call_and_of_an_owner(void **state)
{
    (void)state;
    const struct decision both[] = {draft(NEW_ID, SECOND, THEME_ONE, false), draft(OTHER_ID, THIRD, THEME_TWO, false)};
    add(both, 2);
    struct workset *w = workset_new(arena, time_now_us(), NULL);
    struct job *job = turn_job(arena);
    struct decision_ask *ask = decision_want_call(w, job, world_id(CALL));
    ask->limit = 2;
    struct job *next = turn_job(arena), *mine = turn_job(arena), *nobody = turn_job(arena);
    struct decision_ask *rest = decision_want_call(w, next, world_id(CALL)), *own = decision_want_owner(w, mine, world_id(SOMEBODY));
    struct decision_ask *none = decision_want_owner(w, nobody, world_id(ANOTHER));
    rest->after = world_id(OTHER_ID);
    rest->limit = own->limit = none->limit = 10;
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(ask->count, 2); /* ...d1 and ...d8 */
    assert_int_equal(uuid_compare(ask->rows[0].id, world_id(DECISION)), 0);
    assert_int_equal(uuid_compare(ask->rows[1].id, world_id(OTHER_ID)), 0);
    assert_int_equal(rest->count, 1);
    assert_int_equal(uuid_compare(rest->rows[0].id, world_id(NEW_ID)), 0);
    assert_int_equal(own->count, 3); /* the newest first */
    assert_int_equal(uuid_compare(own->rows[0].id, world_id(NEW_ID)), 0);
    assert_int_equal(none->count, 0);
}

static const struct decision_ask *sources_of(const struct uuid *ids, size_t count, const struct workset **out, const struct job **job)
{
    struct workset *w = workset_new(arena, time_now_us(), NULL);
    struct job *asks = turn_job(arena);

    decision_want_sources(w, asks, world_id(CALL), ids, count);
    turn_load(w, db);
    db_rollback(db);
    *out = w;
    *job = asks;
    return decision_asked(w, asks);
}

/* What is not decided, with what was submitted last and the supplement that is waited for; and what the call has come to. */
static void test_what_decisions_are_made_of(void **state)
{
    const struct workset *w;
    const struct job *job;
    (void)state;
    world_apply(db, "insert into application_version (application_id, version, kind, saved_at, content) values (" SECOND
                    ", 1, 2, now(), 'old'), (" SECOND ", 2, 3, now(), 'last'), (" SECOND ", 3, 1, now(), 'draft'), (" THIRD
                    ", 1, 2, now(), 'third'), (" FIRST ", 1, 2, now(), 'first');"
                    "update application set submitted_version = case when id = " SECOND " then 2 else 1 end where state <> 1;"
                    "insert into supplement_request values (gen_random_uuid(), " THIRD ", now(), " SOMEBODY
                    ", 'x', '2026-12-01', now()), (gen_random_uuid(), " THIRD ", now(), " SOMEBODY ", 'x', '2026-12-02', null)");
    const struct decision_ask *all = sources_of(NULL, 0, &w, &job);
    assert_int_equal(all->source_count, 2);
    assert_int_equal(all->granted_before, 1);
    assert_int_equal(all->rejected_before, 0);
    assert_int_equal(all->pending, 2);
    assert_span(decision_source_of(w, job, world_id(SECOND))->content, span_text("last"));
    assert_int_equal(decision_source_of(w, job, world_id(SECOND))->supplement_due_on, NO_DAY);
    assert_int_equal(decision_source_of(w, job, world_id(THIRD))->supplement_due_on, date_days(2026, 12, 2));
    assert_null(decision_source_of(w, job, world_id(FIRST))); /* it is decided */
    const struct uuid named[] = {world_id(FIRST), world_id(THIRD)};
    const struct decision_ask *some = sources_of(named, 2, &w, &job);
    assert_int_equal(some->source_count, 1);
    assert_int_equal(some->pending, 2);
    assert_non_null(decision_source_of(w, job, world_id(THIRD)));
    /* A correction does not count twice: the newest of the chain is in force. */
    world_apply(db, "update instalment set state = 5, why = 'x'");
    struct decision gone = draft(NEW_ID, FIRST, THEME_ONE, false);
    gone.corrects_id = world_id(DECISION);
    add(&gone, 1);
    const struct decision_ask *after = sources_of(NULL, 0, &w, &job);
    assert_int_equal(after->granted_before, 0);
    assert_int_equal(after->rejected_before, 1);
}

static void look(struct uuid person, enum decision_form form, int64_t at_us)
{
    struct workset *w = workset_new(arena, at_us, NULL);

    turn_load(w, db);
    decision_view_add(w, world_id(DECISION), person, form);
    workset_save(w, db);
    assert_int_equal(db_commit(db), ERR_OK);
}

static void test_looks(void **state)
{
    const int64_t at = 1764000000000000;
    (void)state;
    look(world_id(SOMEBODY), FORM_HTML, at);
    look(world_id(SOMEBODY), FORM_HTML, at);                /* the same */
    look(world_id(SOMEBODY), FORM_HTML, at + 59 * 1000000); /* within the minute */
    look(world_id(SOMEBODY), FORM_PDF, at + 30 * 1000000);  /* another form */
    look(world_id(ANOTHER), FORM_HTML, at + 40 * 1000000);  /* another person */
    look(world_id(SOMEBODY), FORM_HTML, at + 61 * 1000000);
    const struct decision_ask *ask = one_of(world_id(DECISION), DOCUMENT_NONE, true);
    assert_int_equal(ask->view_count, 4);
    assert_int_equal(ask->view_rows[0].at_us, at + 61 * 1000000);
    assert_int_equal(uuid_compare(ask->view_rows[1].person_id, world_id(ANOTHER)), 0);
    assert_int_equal(ask->view_rows[2].form, FORM_PDF);
    assert_int_equal(ask->view_rows[3].at_us, at);
    /* The newest are told, and no more of them than may be. */
    (void)kit_sql(pg, "insert into funding.decision_view select " DECISION ", " ANOTHER
                      ", '2026-01-01'::timestamptz + n * interval '1 hour', 1 from generate_series(1, 600) n");
    const struct decision_ask *many = one_of(world_id(DECISION), DOCUMENT_NONE, true);
    assert_int_equal(many->view_count, DECISION_VIEWS_MAX);
    for (size_t i = 1; i < many->view_count; i++)
        assert_true(many->view_rows[i - 1].at_us > many->view_rows[i].at_us);
}

/* --- by hand ------------------------------------------------------------------------------------------------------------ */
struct attack {
    const char *name, *sql, *words;
};

/* Each as one transaction; what is left is looked at afterwards. */
static const struct attack FORBIDDEN[] = {
    {"an application that is not ended by it",
     "insert into decision select " NEW_ID ", call_id, " THEME_TWO ", " THIRD
     ", null, false, 0, own_permille, '', null, null, reasons, terms, language, decided_at, decided_by, presented_by, null, "
     "review_days, "
     "review_version, event_id, html, pdf, sha256 from decision",
     "ends its application"},
    {"an application that was withdrawn",
     "begin; update application set state = 4, why = 'x' where id = " THIRD
     "; " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "commit",
     "ends its application"},
    {"a call that has ended",
     "begin; update call set state = 3, why = 'x'; update instalment set state = 5, why = 'x'; update award set state = 3, why = 'x'; "
     "update call set state = 4, why = 'x'; " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "commit",
     "ends its application"},
    {"by who has a conflict of interest",
     "begin; insert into conflict values (" THIRD ", " DECIDER ", 'x', now(), " SOMEBODY
     "); " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "commit",
     "conflict of interest"},
    {"presented by who has one",
     "begin; insert into conflict values (" THIRD ", " ANOTHER ", 'x', now(), " SOMEBODY
     "); " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "commit",
     "conflict of interest"},
    {"by who applies",
     "insert into decision select " NEW_ID ", call_id, " THEME_TWO ", " THIRD
     ", null, false, 0, own_permille, '', null, null, reasons, terms, language, decided_at, " SOMEBODY ", presented_by, null, "
     "review_days, review_version, event_id, html, pdf, sha256 from decision; update application set state = 5, why = 'x' where id "
     "= " THIRD,
     "conflict of interest"},
    {"by one person alone",
     "insert into decision select " NEW_ID ", call_id, " THEME_TWO ", " THIRD
     ", null, granted, 100, own_permille, purpose, use_from, use_until, reasons, terms, language, decided_at, decided_by, decided_by, "
     "answer_until, review_days, review_version, event_id, html, pdf, sha256 from decision",
     "decision_two_people"},
    {"presented by nobody", DECIDE_UNPRESENTED(NEW_ID, THEME_TWO, THIRD, "null", "100", "50", "50"), "presented before it is made"},
    {"a first decision that names nobody",
     "insert into decision select " NEW_ID ", call_id, " THEME_TWO ", " THIRD
     ", null, granted, 100, own_permille, purpose, use_from, use_until, reasons, terms, language, decided_at, decided_by, null, "
     "answer_until, review_days, review_version, event_id, html, pdf, sha256 from decision",
     "decision_two_people"},
    {"presented as it is not", PRESENT(THIRD) "insert into presentation values (" THIRD ", 9, 1, " ANOTHER ", now())",
     "presented as it is"},
    {"presented before it was supplemented", PRESENT(THIRD) "insert into presentation values (" THIRD ", 1, 9, " ANOTHER ", now())",
     "presented as it is"},
    {"presented in another version",
     PRESENT(THIRD) "update assessment set version = version + 1 where id = " THIRD
                    "; " DECIDE_UNPRESENTED(NEW_ID, THEME_TWO, THIRD, "null", "100", "50", "50"),
     "presented before it is made"},
    {"presented of another submission",
     PRESENT(THIRD) "update application set submitted_version = submitted_version + 1 where id = " THIRD
                    "; " DECIDE_UNPRESENTED(NEW_ID, THEME_TWO, THIRD, "null", "100", "50", "50"),
     "presented before it is made"},
    {"a presentation changed", PRESENT(THIRD) "update presentation set person_id = " SOMEBODY, "never changed"},
    {"a cent more for a partner once the sums were looked at",
     "begin; " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "set constraints all immediate; insert into decision_partner values "
                                                                   "(" NEW_ID ", 3, '0204819-8', 'x', 1); commit",
     "more than the award"},
    {"a part later, of a decision that says it was made then",
     "begin; " DECIDE(NEW_ID, THEME_TWO, THIRD, "100", "50", "50") "commit; begin; insert into decision_line values (" NEW_ID
                                                                   ", 1, 1, 'x', 1, 1); commit",
     "nothing is added"},
};

static void test_what_nobody_may(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FORBIDDEN / sizeof FORBIDDEN[0]; i++) {
        world_fill(pg);
        if (db_script(db, FORBIDDEN[i].sql) == ERR_OK)
            fail_msg("%s: nothing stopped it", FORBIDDEN[i].name);
        if (strstr(db_message(db), FORBIDDEN[i].words) == NULL && strstr(db_constraint(db), FORBIDDEN[i].words) == NULL)
            fail_msg("%s: stopped by \"%s\" (%s)", FORBIDDEN[i].name, db_message(db), db_constraint(db));
        db_rollback(db);
    }
}

/* The transaction that a decision was made in is what it is, not what somebody writes there. */
static void test_parts_come_in_time(void **state)
{
    (void)state;
    world_apply(
        db,
        PRESENT(
            THIRD) "insert into decision (id, call_id, theme_id, application_id, granted, cents, own_permille, purpose, reasons, terms, "
                   "language, decided_at, decided_by, presented_by, review_days, review_version, event_id, html, pdf, sha256, made_in) "
                   "values (" NEW_ID ", " CALL ", " THEME_TWO ", " THIRD ", false, 0, 0, '', 'x', '', 'fi', now(), " DECIDER ", " ANOTHER
                   ", 30, 'x', gen_random_uuid(), 'x', 'x', sha256('x'), (pg_current_xact_id()::text::bigint + 1)::text::xid8); "
                   "insert into decision_line values (" NEW_ID ", 1, 1, 'x', 1, 0); "
                   "update application set state = 5, why = 'x' where id = " THIRD);
    for (int i = 2; i < 6; i++) { /* one of these would be the transaction it names */
        char sql[200];
        (void)snprintf(sql, sizeof sql, "insert into decision_line values (" NEW_ID ", %d, 1, 'x', 1, 0)", i);
        assert_int_not_equal(db_script(db, sql), ERR_OK);
        assert_non_null(strstr(db_message(db), "nothing is added"));
        db_rollback(db);
    }
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.decision_line where decision_id = " NEW_ID), 1);
}

static int setup(void **state)
{
    pg = world_new();
    db = world_connect(pg);
    arena = arena_new(1 << 20);
    *state = pg;
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    world_fill(pg);
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
        cmocka_unit_test_setup(test_a_decision_comes_back, fresh),           /* each column, partner and line; the document asked for */
        cmocka_unit_test_setup(test_many_at_once_and_a_chain, fresh),        /* a grant and a rejection; a correction, no second one */
        cmocka_unit_test_setup(test_pages_of_a_call_and_of_an_owner, fresh), /* oldest first, newest first, one after another */
        cmocka_unit_test_setup(test_what_decisions_are_made_of, fresh),      /* contents, supplements, counts of those in force */
        cmocka_unit_test_setup(test_looks, fresh),                           /* once a minute, the newest 500 */
        cmocka_unit_test_setup(test_what_nobody_may, fresh),                 /* by hand under the service's role */
        cmocka_unit_test_setup(test_parts_come_in_time, fresh),              /* with the decision, or never */
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
