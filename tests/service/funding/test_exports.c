/* Whole lists of a call, opened with a real spreadsheet program (gnumeric): what people see there is what stands in the service, sums are
 * the sums, no name becomes a formula, and the public data name no people. */
#include <stdlib.h>
#include <unistd.h>

#include "tests/service/funding/awards.h"
#include "tests/service/funding/decisions.h"
#include "tests/service/funding/desk.h"

#define XLSX FUNDING__EXPORT_REQUEST__FORMAT__XLSX
#define CSV  FUNDING__EXPORT_REQUEST__FORMAT__CSV

static struct rig *rig;
static struct rig_call call;
static struct rig_application all[4];
static const char *const NAMES[4] = {"=HYPERLINK(\"http://example.org\";\"x\")", "+358 Opisto", "@SUM(A1:A9)", "Åbo \"läroanstalt\"; ab"};

static struct answer export_of_theme(const char *method, int format, uint32_t roles, struct uuid theme)
{
    Funding__ExportRequest request = FUNDING__EXPORT_REQUEST__INIT;

    request.call_id = rig_bytes(&call.id);
    if (!uuid_is_nil(theme))
        request.theme_id = rig_bytes(&theme);
    request.format = (Funding__ExportRequest__Format)format;
    return rig_ask(rig, &(struct ask){.method = method,
                                      .message = &request.base,
                                      .actor = roles == 0 ? (struct uuid){{0}} : call.preparer,
                                      .roles = roles,
                                      .language = "en"});
}

static struct answer export_of(const char *method, int format, uint32_t roles)
{
    return export_of_theme(method, format, roles, (struct uuid){{0}});
}

/* What the program made of it: a line a cell, "row|column|kind|content". */
static const char *cells_of(struct answer a, const char *ending)
{
    static char printed[2000000];
    char path[64], command[300];
    const Bus__File *file = (const Bus__File *)a.message;

    assert_int_equal(a.err, ERR_OK);
    (void)snprintf(path, sizeof path, "/tmp/hv-funding-%d.%s", (int)getpid(), ending);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file->content.data, 1, file->content.len, out), file->content.len);
    assert_int_equal(fclose(out), 0);
    (void)snprintf(command, sizeof command, "/usr/bin/python3 %s/tests/service/enrolment/sheet_cells.py %s", HV_TEST_SOURCE, path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    printed[fread(printed, 1, sizeof printed - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
    (void)unlink(path);
    return printed;
}

/* Rows there are, the titles' among them. */
static int rows_in(const char *cells)
{
    int most = -1;

    for (const char *line = cells; *line != '\0'; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
        const int row = atoi(line);
        most = row > most ? row : most;
    }
    return most + 1;
}

/* "kind|content" of that cell; "" when there is none. */
static const char *cell(const char *cells, int row, int column)
{
    static char found[4][600];
    static unsigned turn = 0;
    char start[32];
    char *out = found[turn++ % 4];

    (void)snprintf(start, sizeof start, "%d|%d|", row, column);
    *out = '\0';
    for (const char *line = cells; *line != '\0'; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n'))
        if (strncmp(line, start, strlen(start)) == 0)
            (void)snprintf(out, sizeof found[0], "%.*s", (int)strcspn(line + strlen(start), "\n"), line + strlen(start));
    return out;
}

/* The number of a cell in cents; the program writes "1234.5". */
static int64_t cents(const char *cells, int row, int column)
{
    const char *found = cell(cells, row, column);

    if (strncmp(found, "number|", 7) != 0)
        fail_msg("%d, %d is \"%s\", no number", row, column, found);
    return (int64_t)(strtod(found + 7, NULL) * 100 + 0.5);
}

static const char *by_register(const char *cells, int column, const char *number, int wanted)
{
    char expected[64];

    (void)snprintf(expected, sizeof expected, "text|%s", number);
    for (int row = 1; row < rows_in(cells); row++)
        if (strcmp(cell(cells, row, column), expected) == 0)
            return cell(cells, row, wanted);
    fail_msg("%s is not in the list", number);
    return "";
}

static void test_decisions_and_their_sums(void **state)
{
    (void)state;
    const char *cells = cells_of(export_of("ExportDecisions", XLSX, RIG_PREPARER), "xlsx");
    assert_null(strstr(cells, "FORMULA"));
    assert_string_equal(cell(cells, 0, 0), "text|Register number");
    /* Titles, four decisions, two themes, two states (granted, rejected), all. */
    assert_int_equal(rows_in(cells), 1 + 4 + 2 + 2 + 1);
    int64_t decided = 0, applied = 0;
    for (int row = 1; row <= 4; row++) {
        decided += cents(cells, row, 7);
        applied += cents(cells, row, 6);
    }
    for (size_t i = 0; i < 4; i++) {
        char expected[128];
        (void)snprintf(expected, sizeof expected, "text|%s", NAMES[i]);
        assert_string_equal(by_register(cells, 0, all[i].register_number, 2), expected);
        assert_string_equal(by_register(cells, 0, all[i].register_number, 5), i == 3 ? "text|Rejected" : "text|Granted");
    }
    assert_int_equal(decided, kit_sql_int(rig_pg(rig), "select sum(cents) from funding.decision"));
    assert_int_equal(applied, kit_sql_int(rig_pg(rig), "select sum(applied_cents) from funding.application"));
    const int last = 9;
    assert_string_equal(cell(cells, last, 0), "text|Together (4)");
    assert_int_equal(cents(cells, last, 7), decided);
    assert_int_equal(cents(cells, last, 6), applied);
    assert_int_equal(cents(cells, 5, 7) + cents(cells, 6, 7), decided); /* by theme */
    assert_int_equal(cents(cells, 7, 7) + cents(cells, 8, 7), decided); /* by state */
    assert_int_equal(cents(cells, last, 8), kit_sql_int(rig_pg(rig), "select granted_cents from funding.call"));
}

static void test_csv_has_no_formulas_either(void **state)
{
    (void)state;
    const struct answer a = export_of("ExportApplications", CSV, RIG_PREPARER);
    assert_string_equal(((const Bus__File *)a.message)->media_type, "text/csv; charset=utf-8");
    assert_string_equal(((const Bus__File *)a.message)->name, "exports-applications.csv");
    const char *cells = cells_of(a, "csv");
    assert_null(strstr(cells, "FORMULA"));
    assert_int_equal(rows_in(cells), 1 + 4 + 2 + 1 + 1);
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(by_register(cells, 0, all[i].register_number, 2), NAMES[i]));
    assert_string_equal(by_register(cells, 0, all[0].register_number, 6), "number|3");
    assert_int_equal(cents(cells, 8, 7), kit_sql_int(rig_pg(rig), "select sum(applied_cents) from funding.application"));
    assert_int_equal(cents(cells, 8, 8), kit_sql_int(rig_pg(rig), "select sum(total_cents) from funding.application"));
}

static void test_payments(void **state)
{
    (void)state;
    const char *cells = cells_of(export_of("ExportPayments", XLSX, RIG_PREPARER), "xlsx");
    const int64_t rows = kit_sql_int(rig_pg(rig), "select count(*) from funding.instalment");
    int64_t sum = 0;
    assert_true(rows > 0);
    for (int row = 1; row <= (int)rows; row++)
        sum += cents(cells, row, 6);
    assert_int_equal(sum, kit_sql_int(rig_pg(rig), "select sum(cents) from funding.instalment"));
    assert_int_equal(cents(cells, rows_in(cells) - 1, 6), sum);
    assert_string_equal(cell(cells, 1, 5), "text|Planned");
    /* A day is a date, which can be sorted and reckoned with: its number counts from 1899-12-30. */
    assert_string_equal(
        cell(cells, 1, 9),
        arena_printf(rig_arena(rig), "number|%s", kit_sql(rig_pg(rig), "select min(due_on) - date '1899-12-30' from funding.instalment")));
}

/* What is cancelled, or to be paid back, stands in its own column, and in no sum of what is or will be paid. */
static void test_cancelled_payments_are_not_summed(void **state)
{
    (void)state;
    const int64_t all_cents = kit_sql_int(rig_pg(rig), "select sum(cents) from funding.instalment");
    const int64_t cancelled = kit_sql_int(rig_pg(rig), "with x as (select id from funding.instalment where state = 1 order by id limit 1) "
                                                       "update funding.instalment i set state = 5, why = 'test' from x where i.id = x.id "
                                                       "returning cents");
    (void)kit_sql(rig_pg(rig),
                  "insert into funding.recovery (id, award_id, kind, cents, reasons, due_on, state, why) select gen_random_uuid(), "
                  "id, 1, 777, 'test', current_date, 1, 'test' from funding.award where state = 1 order by id limit 1");
    const char *cells = cells_of(export_of("ExportPayments", XLSX, RIG_PREPARER), "xlsx");
    const int last = rows_in(cells) - 1;
    assert_true(cancelled > 0);
    assert_string_equal(cell(cells, 0, 7), "text|Cancelled, €");
    assert_string_equal(cell(cells, 0, 8), "text|To be paid back, €");
    assert_int_equal(cents(cells, last, 6), all_cents - cancelled);
    assert_int_equal(cents(cells, last, 7), cancelled);
    assert_int_equal(cents(cells, last, 8), 777);
    assert_int_equal(cents(cells, last, 6), kit_sql_int(rig_pg(rig), "select sum(planned_cents) from funding.award"));
    int64_t by_theme[3] = {0}, rows[3] = {0};
    for (int row = 1; row < last; row++)
        for (int column = 0; column < 3; column++) {
            const bool sum = strncmp(cell(cells, row, 0), "text|Together", 13) == 0;
            if (sum && strncmp(cell(cells, row, 1), "text|", 5) == 0)
                by_theme[column] += cents(cells, row, 6 + column);
            else if (!sum && *cell(cells, row, 6 + column) != '\0')
                rows[column] += cents(cells, row, 6 + column);
        }
    assert_memory_equal(by_theme, rows, sizeof rows);
    assert_int_equal(rows[0], all_cents - cancelled);
    assert_int_equal(rows[1], cancelled);
    assert_int_equal(rows[2], 777);
    assert_non_null(strstr(cells, "text|Repayment proposed"));
    (void)kit_sql(rig_pg(rig), "delete from funding.recovery");
}

/* Register numbers are in the order of their numbers, not of their letters, in every list; a day has no clock time, an hour of receipt has.
 */
static void test_rows_are_in_order(void **state)
{
    static const char *const METHODS[] = {"ExportDecisions", "ExportApplications", "ExportPayments", "ExportGrants"};
    char id[UUID_TEXT];

    (void)state;
    uuid_format(all[0].id, id);
    (void)kit_sql(rig_pg(rig),
                  "set session_replication_role = replica; update funding.application set register_number = '100/20.01/2026' where "
                  "id = '%s'; set session_replication_role = origin",
                  id);
    for (size_t i = 0; i < 4; i++) {
        const char *cells = cells_of(export_of(METHODS[i], XLSX, RIG_PREPARER), "xlsx");
        const int column = i == 3 ? 10 : 0;
        int before = 0;

        for (int row = 1; row < rows_in(cells) && strncmp(cell(cells, row, column), "text|Together", 13) != 0; row++) {
            const int number = atoi(cell(cells, row, column) + strlen("text|"));
            assert_true(number >= before);
            before = number;
        }
        assert_int_equal(before, 100);
        const char *at = cell(cells, 1, 9);
        if (i == 0 || i == 3) {
            assert_string_equal(cell(cells, 0, 9), "text|Decision date");
            assert_null(strchr(at, '.')); /* whole days */
        }
    }
    (void)kit_sql(rig_pg(rig),
                  "set session_replication_role = replica; update funding.application set register_number = '%s' where id = '%s'; "
                  "set session_replication_role = origin",
                  all[0].register_number, id);
}

/* The rows of one theme, its sum and what is together; never another's. */
static void test_one_theme_alone(void **state)
{
    (void)state;
    static const char *const METHODS[] = {"ExportDecisions", "ExportApplications", "ExportPayments", "ExportGrants"};
    for (size_t i = 0; i < 4; i++) {
        const char *const title = i == 3 ? "Theme" : "Register number";
        int rows[3];
        for (int t = 0; t < 3; t++) {
            const struct answer a = export_of_theme(METHODS[i], XLSX, RIG_PREPARER, t == 2 ? (struct uuid){{0}} : call.themes[t]);
            const char *cells = cells_of(a, "xlsx");
            assert_non_null(strstr(cells, title));
            rows[t] = rows_in(cells) - 1;
        }
        if (i == 3)
            assert_int_equal(rows[0] + rows[1], rows[2]);
        else
            assert_true(rows[0] > 2 && rows[1] > 2 && rows[0] < rows[2] && rows[1] < rows[2]);
    }
    const char *cells = cells_of(export_of_theme("ExportDecisions", XLSX, RIG_PREPARER, call.themes[1]), "xlsx");
    const char *sql = "select sum(cents) from funding.decision where theme_id = '%s'";
    char theme[UUID_TEXT];
    uuid_format(call.themes[1], theme);
    assert_int_equal(rows_in(cells), 1 + 2 + 1 + 2 + 1); /* titles, two decisions, their theme, two states, together */
    assert_int_equal(cents(cells, 6, 7), kit_sql_int(rig_pg(rig), sql, theme));
    assert_int_equal(cents(cells, 3, 7), cents(cells, 6, 7));
    desk_refused(export_of_theme("ExportGrants", CSV, RIG_PUBLIC, rig_new_id()), ERR_NOT_FOUND, "request.not-found");
}

/* What was decided on a change of the partners is what the public is told: a new one is there, one without a part is not. */
static void test_amended_parts_are_what_is_granted(void **state)
{
    (void)state;
    char id[UUID_TEXT];
    uuid_format(all[0].id, id);
    const int64_t granted = kit_sql_int(rig_pg(rig), "select granted_cents from funding.award where id = '%s'", id);
    (void)kit_sql(
        rig_pg(rig),
        "do $$ declare m uuid := gen_random_uuid(); begin "
        "insert into funding.amendment (id, award_id, state, why, reasons, submitted_at, late) values (m, '%s', 1, 'test', 'test', "
        "now(), false); "
        "insert into funding.amendment_part (amendment_id, kind, asked, outcome, accepted) select m, 4, j, 1, j from (select "
        "jsonb_agg(jsonb_build_object('n', p.ordinal, 'name', p.name, 'business_id', p.business_id, 'cents', case p.ordinal when 1 "
        "then %lld else 0 end) order by p.ordinal) || jsonb_build_object('n', 4, 'cents', 1, 'name', '=Uusi opisto', "
        "'business_id', '9912345-6') j from funding.decision_partner p join funding.award w on w.decision_id = p.decision_id "
        "where w.id = '%s') x; "
        "update funding.amendment set state = 2, why = 'test', decided_at = clock_timestamp() where id = m; end $$",
        id, (long long)granted - 1, id);
    const char *cells = cells_of(export_of("ExportGrants", XLSX, RIG_PUBLIC), "xlsx");
    char expected[64];
    int64_t sum = 0;
    int found = 0;
    assert_null(strstr(cells, "FORMULA"));
    (void)snprintf(expected, sizeof expected, "text|%s", all[0].register_number);
    for (int row = 1; row < rows_in(cells); row++) {
        sum += cents(cells, row, 4);
        if (strcmp(cell(cells, row, 10), expected) != 0)
            continue;
        const char *name = cell(cells, row, 2), *business_id = cell(cells, row, 1);
        found++;
        assert_string_equal(name, cents(cells, row, 4) == 1 ? "text|=Uusi opisto" : arena_printf(rig_arena(rig), "text|%s", NAMES[0]));
        assert_int_equal(strcmp(business_id, "text|9912345-6") == 0, cents(cells, row, 4) == 1);
    }
    assert_int_equal(found, 2); /* the other two have no part any more */
    assert_int_equal(sum, kit_sql_int(rig_pg(rig), "select granted_cents from funding.call"));
}

/* Whoever is conflicted does not find in the list what is not open to them; once it is decided it is. */
static void test_a_conflict_hides_what_is_not_decided(void **state)
{
    (void)state;
    char id[UUID_TEXT], preparer[UUID_TEXT];
    uuid_format(all[1].id, id);
    uuid_format(call.preparer, preparer);
    (void)kit_sql(rig_pg(rig),
                  "insert into funding.conflict (application_id, person_id, reason, noted_at, noted_by) values ('%s', '%s', 'test', now(), "
                  "gen_random_uuid())",
                  id, preparer);
    assert_non_null(strstr(cells_of(export_of("ExportApplications", XLSX, RIG_PREPARER), "xlsx"), all[1].register_number));
    (void)kit_sql(rig_pg(rig), "set session_replication_role = replica; update funding.application set state = 2 where id = '%s'", id);
    const char *cells = cells_of(export_of("ExportApplications", XLSX, RIG_PREPARER), "xlsx");
    assert_null(strstr(cells, all[1].register_number));
    assert_non_null(strstr(cells, "Together (3)"));
    cells = cells_of(export_of("ExportPayments", XLSX, RIG_PREPARER), "xlsx");
    assert_null(strstr(cells, all[1].register_number));
    assert_non_null(strstr(cells, all[0].register_number));
    (void)kit_sql(rig_pg(rig),
                  "update funding.application set state = 5 where id = '%s'; delete from funding.conflict where application_id = '%s'; set "
                  "session_replication_role = origin",
                  id, id);
}

/* A withdrawn application stands in the list and in the sum of its state, but in no sum of a theme or of all: as /money says. */
static void test_withdrawn_ones_are_not_in_the_sums(void **state)
{
    (void)state;
    char id[UUID_TEXT];
    uuid_format(all[1].id, id);
    (void)kit_sql(rig_pg(rig), "set session_replication_role = replica; update funding.application set state = 4 where id = '%s'", id);
    const char *cells = cells_of(export_of("ExportApplications", XLSX, RIG_PREPARER), "xlsx");
    const int last = rows_in(cells) - 1;
    const int64_t live = kit_sql_int(rig_pg(rig), "select sum(applied_cents) from funding.application where state in (2, 3, 5)");
    assert_string_equal(by_register(cells, 0, all[1].register_number, 5), "text|Withdrawn");
    assert_string_equal(cell(cells, last, 0), "text|Together without withdrawn and lapsed ones (3)");
    assert_int_equal(cents(cells, last, 7), live);
    assert_int_equal(cents(cells, 5, 7) + cents(cells, 6, 7), live); /* by theme */
    assert_string_equal(cell(cells, 7, 0), "text|Together (1)");     /* the withdrawn one */
    assert_string_equal(cell(cells, 7, 5), "text|Withdrawn");
    assert_int_equal(cents(cells, 7, 7) + live, kit_sql_int(rig_pg(rig), "select sum(applied_cents) from funding.application"));
    (void)kit_sql(rig_pg(rig), "update funding.application set state = 5 where id = '%s'; set session_replication_role = origin", id);
}

/* Never cut: refused with what to ask for instead, and that works. */
static void test_a_list_that_is_too_long_is_refused(void **state)
{
    (void)state;
    char id[UUID_TEXT];
    uuid_format(all[0].id, id);
    static const char *const COPIES = "set session_replication_role = replica; insert into funding.application select "
                                      "(jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'register_number', 'X-' || n, "
                                      "'title', repeat('pitkä otsikko ', 14)))).* from funding.application a, generate_series(%d, %d) n "
                                      "where a.id = '%s'; set session_replication_role = origin";
    (void)kit_sql(rig_pg(rig), COPIES, 1, 1500, id);
    struct answer a = export_of("ExportApplications", CSV, RIG_PREPARER);
    desk_refused(a, ERR_REFUSED, "funding.export.long");
    assert_string_equal(rig_fact(&a, "mostBytes"), "307200");
    assert_int_equal(rows_in(cells_of(export_of("ExportApplications", XLSX, RIG_PREPARER), "xlsx")), 1 + 1504 + 2 + 1 + 1);
    (void)kit_sql(rig_pg(rig), COPIES, 1501, 2997, id);
    a = export_of("ExportApplications", XLSX, RIG_PREPARER);
    desk_refused(a, ERR_REFUSED, "funding.export.long");
    assert_string_equal(rig_fact(&a, "mostRows"), "3000");
    assert_int_equal(rows_in(cells_of(export_of_theme("ExportApplications", CSV, RIG_PREPARER, call.themes[1]), "csv")), 1 + 2 + 1 + 1 + 1);
    (void)kit_sql(rig_pg(rig), "set session_replication_role = replica; delete from funding.application where register_number like 'X-%%'; "
                               "set session_replication_role = origin");
}

static bool holds(const Bus__File *file, const char *words)
{
    const size_t len = strlen(words);

    assert_true(len > 0);
    for (size_t i = 0; i + len <= file->content.len; i++)
        if (memcmp(file->content.data + i, words, len) == 0)
            return true;
    return false;
}

static void test_granted_aid_is_public_and_names_no_people(void **state)
{
    (void)state;
    struct answer a = export_of("ExportGrants", CSV, RIG_PUBLIC);
    const Bus__File *file = (const Bus__File *)a.message;
    assert_int_equal(a.err, ERR_OK);
    static const char *const PEOPLE[] = {"@example.fi", "contact"};
    for (size_t i = 0; i < sizeof PEOPLE / sizeof PEOPLE[0]; i++)
        assert_false(holds(file, PEOPLE[i]));
    const char *contact = kit_sql(rig_pg(rig), "select contact_name from funding.partner limit 1");
    assert_false(holds(file, contact));
    a = export_of("ExportGrants", XLSX, RIG_PUBLIC);
    const char *cells = cells_of(a, "xlsx");
    assert_null(strstr(cells, "FORMULA"));
    /* A row for each provider of each grant, and no sums: it is data. */
    assert_int_equal(rows_in(cells) - 1,
                     kit_sql_int(rig_pg(rig), "select count(*) from funding.decision d join funding.decision_partner p on "
                                              "p.decision_id = d.id where d.granted and p.cents > 0"));
    int64_t sum = 0;
    for (int row = 1; row < rows_in(cells); row++) {
        sum += cents(cells, row, 4);
        assert_true(strlen(cell(cells, row, 1)) == strlen("text|1234567-1"));
        assert_true(strlen(cell(cells, row, 5)) > strlen("text|"));
    }
    assert_int_equal(sum, kit_sql_int(rig_pg(rig), "select granted_cents from funding.call"));
}

static void test_who_may(void **state)
{
    (void)state;
    static const char *const METHODS[] = {"ExportDecisions", "ExportApplications", "ExportPayments"};
    for (size_t i = 0; i < 3; i++) {
        desk_refused(export_of(METHODS[i], XLSX, RIG_PUBLIC), ERR_UNAUTHENTICATED, "");
        desk_refused(export_of(METHODS[i], XLSX, RIG_APPLICANT), ERR_FORBIDDEN, "");
        Funding__ExportRequest request = FUNDING__EXPORT_REQUEST__INIT;
        request.call_id = rig_bytes(&call.id);
        desk_refused(desk_ask(rig, rig_new_id(), RIG_EVALUATOR, METHODS[i], &request.base, 0), ERR_FORBIDDEN, "funding.call.not-official");
    }
    /* Accounts are for those who prepare, present and decide. */
    Funding__ExportRequest payments = FUNDING__EXPORT_REQUEST__INIT;
    payments.call_id = rig_bytes(&call.id);
    desk_refused(desk_ask(rig, call.evaluators[0], RIG_EVALUATOR, "ExportPayments", &payments.base, 0), ERR_FORBIDDEN,
                 "funding.export.evaluator");
    assert_int_equal(desk_ask(rig, call.presenter, RIG_PRESENTER, "ExportPayments", &payments.base, 0).err, ERR_OK);
    assert_int_equal(desk_ask(rig, call.decider, RIG_DECIDER, "ExportPayments", &payments.base, 0).err, ERR_OK);
    assert_int_equal(desk_ask(rig, call.evaluators[0], RIG_EVALUATOR, "ExportDecisions", &payments.base, 0).err, ERR_OK);
    desk_refused(export_of("ExportDecisions", 7, RIG_PREPARER), ERR_INVALID, "field.range");
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    call = rig_call(rig, &(struct call_plan){.code = "exports", .themes = 2});
    for (size_t i = 0; i < 4; i++) {
        Funding__Content *content = rig_written(
            rig, &call, &(struct write_plan){.theme = i % 2, .partners = 3, .cents = 10000003 + (int64_t)i * 1111111, .title = "=1+1"});
        content->partners[0]->name = (char *)(uintptr_t)NAMES[i];
        all[i] = rig_draft(rig, &call, content, rig_new_id());
        assert_int_equal(rig_submit(rig, &all[i], NULL, 0).err, ERR_OK);
    }
    for (size_t i = 0; i < 4; i++)
        (void)rig_decided(rig, &call, &all[i],
                          i == 3 ? &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 1}
                                 : &(struct assess_plan){.cents = 5000001 + (int64_t)i * 7, .partners = 3, .reason = 21});
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_decisions_and_their_sums, rig_group_rest),
        cmocka_unit_test_setup(test_csv_has_no_formulas_either, rig_group_rest),
        cmocka_unit_test_setup(test_withdrawn_ones_are_not_in_the_sums, rig_group_rest),
        cmocka_unit_test_setup(test_payments, rig_group_rest),
        cmocka_unit_test_setup(test_granted_aid_is_public_and_names_no_people, rig_group_rest),
        cmocka_unit_test_setup(test_one_theme_alone, rig_group_rest),
        cmocka_unit_test_setup(test_a_conflict_hides_what_is_not_decided, rig_group_rest),
        cmocka_unit_test_setup(test_a_list_that_is_too_long_is_refused, rig_group_rest),
        cmocka_unit_test_setup(test_who_may, rig_group_rest),
        cmocka_unit_test_setup(test_rows_are_in_order, rig_group_rest),
        cmocka_unit_test_setup(test_cancelled_payments_are_not_summed, rig_group_rest),
        cmocka_unit_test_setup(test_amended_parts_are_what_is_granted, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
