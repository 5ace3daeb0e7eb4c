/* Exports, opened with a real spreadsheet program (gnumeric): that what people see there is what stands in the service, in order, and that
 * no name becomes a formula. sheet_cells.py says what the program made of each cell. */
#include "tests/service/enrolment/course.h"

#define CSV  ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__FORMAT__CSV
#define XLSX ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__FORMAT__XLSX

/* Columns of the sheet; see document/register.c. */
enum {
    ORDER,
    PROGRAMME_ORDER,
    IMPLEMENTATION,
    STATE,
    POSITION,
    NAME,
    EMAIL,
    ORGANISATION,
    ROLE,
    LEVEL,
    REGION,
    REVIEW,
    ARRIVED,
    RECORDED,
    TEAM
};
#define FIRST_OWN (TEAM + 1)

static struct rig *rig;

static struct answer export_of(const struct course *course, int format, const struct uuid *implementation)
{
    Enrolment__ExportRegistrationsRequest request = ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__INIT;
    request.programme_id = rig_bytes(&course->world.programme);
    if (implementation != NULL)
        request.implementation_id = rig_bytes(implementation);
    request.format = (Enrolment__ExportRegistrationsRequest__Format)format;
    return course_staff(rig, "ExportRegistrations", &request.base);
}

static const char *cells_of(const struct answer *answer, const char *ending)
{
    return course_run("/usr/bin/python3 %s/tests/service/enrolment/sheet_cells.py %s", HV_ROOT, course_save(answer, ending));
}

/* "kind|content" of that cell; "" when there is none. */
static const char *cell(const char *cells, int row, int column)
{
    static char found[4][600];
    static unsigned turn = 0;
    char start[32];
    char *out = found[turn++ % 4];

    (void)snprintf(start, sizeof start, "%d|%d|", row, column);
    const size_t len = strlen(start);
    *out = '\0';
    for (const char *line = cells; *line != '\0'; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
        if (strncmp(line, start, len) != 0)
            continue;
        (void)snprintf(out, sizeof found[0], "%.*s", (int)strcspn(line + len, "\n"), line + len);
        break;
    }
    return out;
}

static const char *const NAMES[] = {"=HYPERLINK(\"http://example.org\";\"x\")",
                                    "+358 Puhelin",
                                    "-2+3",
                                    "@SUM(A1:A9)",
                                    "Tavallinen, Nimi; \"laina\"",
                                    "'Jo heitto",
                                    "1234",
                                    "Åsa Öhman"};
#define NAME_COUNT (sizeof NAMES / sizeof *NAMES)

static struct course dangerous(void)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "danger", .cap = 6, .capacity = 3, .waiting_cap = 9, .count = 2});
    for (size_t i = 0; i < NAME_COUNT; i++)
        (void)course_enrol(rig, &course, i % 2, course_person(rig, NAMES[i], "=1+1"));
    return course;
}

static void test_formulas(void **state)
{
    const struct course course = dangerous();
    (void)state;
    struct answer a = export_of(&course, XLSX, NULL);
    assert_string_equal(((const Bus__File *)a.message)->name, "danger.xlsx");
    const char *cells = cells_of(&a, "xlsx");
    assert_null(strstr(cells, "FORMULA"));
    for (size_t i = 0; i < NAME_COUNT; i++) {
        char expected[128];
        (void)snprintf(expected, sizeof expected, "text|%s", NAMES[i]);
        assert_string_equal(cell(cells, (int)i + 1, NAME), expected); /* the very same characters */
        assert_string_equal(cell(cells, (int)i + 1, ORGANISATION), "text|=1+1");
    }
    a = export_of(&course, CSV, NULL);
    assert_string_equal(((const Bus__File *)a.message)->media_type, "text/csv; charset=utf-8");
    cells = cells_of(&a, "csv");
    assert_null(strstr(cells, "FORMULA"));
    for (size_t i = 0; i < NAME_COUNT; i++) {
        /* The program takes an apostrophe at the head as "this is text" and does not show it. */
        const char *shown = strchr(cell(cells, (int)i + 1, NAME), '|');
        assert_non_null(shown);
        assert_string_equal(shown + 1, NAMES[i] + (NAMES[i][0] == '\''));
        assert_string_equal(cell(cells, (int)i + 1, ORGANISATION), "text|=1+1");
    }
}

static void test_in_order(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "order", .cap = 3, .capacity = 2, .waiting_cap = 9, .count = 2});
    struct uuid ids[6];
    char name[32], expected[64];
    (void)state;
    for (int i = 0; i < 6; i++) {
        (void)snprintf(name, sizeof name, "Osa %d", i);
        ids[i] = course_enrol(rig, &course, (size_t)i % 2, course_person(rig, name, "Kunta"));
    }
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;
    cancel.registration_id = rig_bytes(&ids[5]);
    cancel.reason = (char *)"kokeilu";
    assert_int_equal(course_staff(rig, "Cancel", &cancel.base).err, ERR_OK);
    assert_int_equal(course_attend(rig, &course, 1, ids, 1, ENROLMENT__PRESENCE__PRESENCE_PARTLY).err, ERR_OK);
    assert_int_equal(course_complete(rig, &course, 0, ids, 1, false).err, ERR_OK);
    assert_int_equal(course_complete(rig, &course, 2, ids, 1, false).err, ERR_OK);

    struct answer a = export_of(&course, XLSX, NULL);
    const char *cells = cells_of(&a, "xlsx");
    assert_string_equal(cell(cells, 0, ORDER), "text|Order number");
    assert_string_equal(cell(cells, 0, FIRST_OWN), "text|The core task (attendance)");
    assert_string_equal(cell(cells, 0, FIRST_OWN + 3), "text|Credits");
    for (int i = 0; i < 6; i++) {
        (void)snprintf(expected, sizeof expected, "number|%d", i + 1);
        assert_string_equal(cell(cells, i + 1, PROGRAMME_ORDER), expected);
        (void)snprintf(expected, sizeof expected, "number|%d", i / 2 + 1);
        assert_string_equal(cell(cells, i + 1, ORDER), expected);
        (void)snprintf(expected, sizeof expected, "text|Osa %d", i);
        assert_string_equal(cell(cells, i + 1, NAME), expected);
        (void)snprintf(expected, sizeof expected, "text|group-%d", i % 2 + 1);
        assert_string_equal(cell(cells, i + 1, IMPLEMENTATION), expected);
    }
    assert_string_equal(cell(cells, 1, STATE), "text|Seated");
    assert_string_equal(cell(cells, 4, STATE), "text|Waiting");
    assert_string_equal(cell(cells, 4, POSITION), "number|1");
    assert_string_equal(cell(cells, 6, STATE), "text|Cancelled");
    assert_string_equal(cell(cells, 7, ORDER), "");
    assert_string_equal(cell(cells, 1, ROLE), "text|Teacher");
    assert_string_equal(cell(cells, 1, LEVEL), "text|Basic education");
    assert_string_equal(cell(cells, 1, REGION), "text|Uusimaa"); /* the region by its name, not by its code */
    assert_string_equal(cell(cells, 1, FIRST_OWN + 1), "text|Partly present");
    assert_string_equal(cell(cells, 1, FIRST_OWN + 3), "number|3");
    assert_string_equal(cell(cells, 2, FIRST_OWN + 1), "");
    assert_string_equal(cell(cells, 2, FIRST_OWN + 3), "number|0");
    assert_int_equal(strncmp(cell(cells, 1, ARRIVED), "number|4", 8), 0); /* a date is a number of days: 4xxxx */

    a = export_of(&course, XLSX, &course.world.implementations[1]); /* one implementation alone */
    cells = cells_of(&a, "xlsx");
    assert_string_equal(cell(cells, 1, NAME), "text|Osa 1");
    assert_string_equal(cell(cells, 3, NAME), "text|Osa 5");
    assert_string_equal(cell(cells, 4, NAME), "");
}

static void test_same_in_both(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "both", .cap = 50, .capacity = 50, .count = 1});
    static char as_xlsx[400000];
    char name[32];
    (void)state;
    for (int i = 0; i < 40; i++) {
        (void)snprintf(name, sizeof name, "Ömer Äijälä %d", i);
        (void)course_enrol(rig, &course, 0, course_person(rig, name, "Kunta"));
    }
    struct answer a = export_of(&course, XLSX, NULL);
    (void)snprintf(as_xlsx, sizeof as_xlsx, "%s", cells_of(&a, "xlsx"));
    a = export_of(&course, CSV, NULL);
    const char *as_csv = cells_of(&a, "csv");
    for (int row = 0; row <= 40; row++)
        for (int column = 0; column < FIRST_OWN; column++)
            if (column != ARRIVED && column != RECORDED) { /* a fraction of a day may differ in its last digit */
                const char *x = strchr(cell(as_xlsx, row, column), '|'), *c = strchr(cell(as_csv, row, column), '|');
                assert_string_equal(x != NULL ? x : "|", c != NULL ? c : "|");
            }
    assert_int_equal(strncmp(cell(as_csv, 1, ARRIVED), "number|4", 8), 0);
}

static void test_answers(void **state)
{
    Enrolment__Question diet = ENROLMENT__QUESTION__INIT, illness = ENROLMENT__QUESTION__INIT, *questions[2] = {&diet, &illness};
    Enrolment__Question__Option meat = ENROLMENT__QUESTION__OPTION__INIT, fish = ENROLMENT__QUESTION__OPTION__INIT;
    Enrolment__Question__Option *options[2] = {&meat, &fish};
    Bus__Text diet_title = BUS__TEXT__INIT, illness_title = BUS__TEXT__INIT, meat_text = BUS__TEXT__INIT, fish_text = BUS__TEXT__INIT;
    (void)state;
    diet_title.fi = (char *)"Ruokavalio";
    diet_title.en = (char *)"=Diet";
    illness_title.fi = (char *)"Sairaudet";
    meat_text.fi = (char *)"Liha";
    meat_text.en = (char *)"Meat";
    fish_text.fi = (char *)"Kala";
    fish_text.en = (char *)"Fish";
    meat.value = (char *)"meat";
    meat.text = &meat_text;
    fish.value = (char *)"fish";
    fish.text = &fish_text;
    diet.code = (char *)"diet";
    diet.kind = ENROLMENT__QUESTION__KIND__CHOICES;
    diet.title = &diet_title;
    diet.options = options;
    diet.n_options = 2;
    illness.code = (char *)"illness";
    illness.kind = ENROLMENT__QUESTION__KIND__TEXT;
    illness.title = &illness_title;
    illness.sensitive = true;
    const struct course course = course_new(
        rig, &(struct course_plan){.code = "asked", .cap = 5, .capacity = 5, .count = 1, .questions = questions, .question_count = 2});

    Enrolment__EnrolRequest enrol = ENROLMENT__ENROL_REQUEST__INIT;
    Enrolment__Answer one = ENROLMENT__ANSWER__INIT, two = ENROLMENT__ANSWER__INIT, *answers[2] = {&one, &two};
    char *diets[2] = {(char *)"meat", (char *)"fish"}, *illnesses[1] = {(char *)"arkaluonteinen asia"};
    one.code = (char *)"diet";
    one.values = diets;
    one.n_values = 2;
    two.code = (char *)"illness";
    two.values = illnesses;
    two.n_values = 1;
    enrol.programme_id = rig_bytes(&course.world.programme);
    enrol.implementation_id = rig_bytes(&course.world.implementations[0]);
    enrol.answers = answers;
    enrol.n_answers = 2;
    assert_int_equal(course_ask(rig, course_person(rig, "Vastaaja", "Kunta"), RIG_PARTICIPANT, "Enrol", &enrol.base).err, ERR_OK);
    struct answer a = export_of(&course, XLSX, NULL);
    const char *cells = cells_of(&a, "xlsx");
    assert_string_equal(cell(cells, 0, FIRST_OWN), "text|=Diet");
    assert_string_equal(cell(cells, 1, FIRST_OWN), "text|Meat; Fish");
    assert_string_equal(cell(cells, 0, FIRST_OWN + 1), "text|The core task (attendance)"); /* the sensitive question has no column */
    assert_null(strstr(cells, "arkaluonteinen"));
    a = export_of(&course, CSV, NULL);
    assert_null(strstr(course_run("cat %s", course_save(&a, "csv")), "arkaluonteinen"));
}

/* Who was forgotten keeps a row, since the order numbers have no gaps, and nothing of theirs is in it. */
static void test_forgotten(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "gone", .cap = 5, .capacity = 5, .count = 1});
    const struct uuid person = course_person(rig, "Katoava Esimerkki", "Kunta");
    Enrolment__ErasePersonRequest erase = ENROLMENT__ERASE_PERSON_REQUEST__INIT;
    (void)state;
    (void)course_enrol(rig, &course, 0, person);
    (void)course_enrol(rig, &course, 0, course_person(rig, "Jäävä Esimerkki", "Kunta"));
    assert_int_equal(course_ask(rig, person, RIG_PARTICIPANT, "ErasePerson", &erase.base).err, ERR_OK);
    struct answer a = export_of(&course, XLSX, NULL);
    const char *cells = cells_of(&a, "xlsx");
    assert_null(strstr(cells, "Katoava"));
    assert_string_equal(cell(cells, 1, ORDER), "number|1");
    assert_string_equal(cell(cells, 1, STATE), "text|Cancelled");
    assert_string_equal(cell(cells, 1, NAME), "text|(name removed)");
    assert_string_equal(cell(cells, 1, ORGANISATION), "");
    assert_string_equal(cell(cells, 2, NAME), "text|Jäävä Esimerkki");
}

static void test_refused(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "shut", .cap = 5, .capacity = 5, .count = 1});
    const struct course other = course_new(rig, &(struct course_plan){.code = "shut-2", .cap = 5, .capacity = 5, .count = 1});
    Enrolment__ExportRegistrationsRequest request = ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__INIT;
    (void)state;
    request.programme_id = rig_bytes(&course.world.programme);
    assert_int_equal(course_ask(rig, rig_new_id(), RIG_PARTICIPANT, "ExportRegistrations", &request.base).err, ERR_FORBIDDEN);
    assert_int_equal(export_of(&course, XLSX, &other.world.implementations[0]).err, ERR_NOT_FOUND);
    assert_string_equal(export_of(&course, 7, NULL).field, "format");
    assert_int_equal(export_of(&course, CSV, NULL).err, ERR_OK); /* nobody yet: headings only */
    /* Too long: made by the database, since 3,001 enrolments would take a while. */
    (void)kit_sql(
        rig_pg(rig),
        "insert into enrolment.registration (id, programme_id, implementation_id, person_id, state, first_state, order_no,"
        " programme_order, received_at, version, chain_n, chain_hash, salt, caller, idempotency_key, request_hash, line, created_at)"
        " select gen_random_uuid(), i.programme_id, i.id, p.id, 3, 1, n, n, now(), 1, n, sha256('x'), decode(repeat('00', 16), 'hex'),"
        " p.id, n::text::bytea, sha256('x'), n, now() from enrolment.implementation i, (select id from enrolment.person limit 1) p,"
        " generate_series(1, 3001) n where i.programme_id = (select id from enrolment.programme where code = 'shut');"
        " select 1");
    struct answer a = export_of(&course, XLSX, NULL);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.export.too-long");
    assert_string_equal(a.problem->facts[0]->name, "mostRows");
    assert_string_equal(a.problem->facts[0]->value, "3000");
    (void)kit_sql(rig_pg(rig), "delete from enrolment.registration where order_no = 3001; select 1");
    a = export_of(&course, CSV, NULL); /* 3,000 rows, but more bytes than one answer holds */
    assert_string_equal(a.rule, "enrolment.export.too-long");
    assert_string_equal(a.problem->facts[0]->name, "mostBytes");
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_formulas, rig_group_rest), /* =, +, -, @ at the head of a name stay text in both kinds of file */
        cmocka_unit_test_setup(test_in_order, rig_group_rest), /* all of them in order of enrolment, with states, presence and credits */
        cmocka_unit_test_setup(test_same_in_both, rig_group_rest), /* xlsx and CSV say the same, row by row */
        cmocka_unit_test_setup(test_answers, rig_group_rest),      /* an answer a column, in words; a sensitive one nowhere */
        cmocka_unit_test_setup(test_forgotten, rig_group_rest),    /* a row without anything of theirs */
        cmocka_unit_test_setup(test_refused, rig_group_rest),      /* staff only; what does not fit is refused, not cut */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment export", tests, start, rig_group_stop));
}
