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

static struct answer export_of(const char *method, int format, uint32_t roles)
{
    Funding__ExportRequest request = FUNDING__EXPORT_REQUEST__INIT;

    request.call_id = rig_bytes(&call.id);
    request.format = (Funding__ExportRequest__Format)format;
    return rig_ask(rig, &(struct ask){.method = method,
                                      .message = &request.base,
                                      .actor = roles == 0 ? (struct uuid){{0}} : call.preparer,
                                      .roles = roles,
                                      .language = "en"});
}

/* What the program made of it: a line a cell, "row|column|kind|content". */
static const char *cells_of(struct answer a, const char *ending)
{
    static char printed[200000];
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
        cmocka_unit_test_setup(test_payments, rig_group_rest),
        cmocka_unit_test_setup(test_granted_aid_is_public_and_names_no_people, rig_group_rest),
        cmocka_unit_test_setup(test_who_may, rig_group_rest),
    };
    return cmocka_run_group_tests(tests, setup, rig_group_stop);
}
