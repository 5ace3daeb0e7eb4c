/* Dates that would erase people for good: a programme with people in it, and each edit by which a wrong year could have them forgotten
 * within seconds. Every one is refused and changes nothing; the same edits are free where nobody has enrolled. */
#include "tests/service/enrolment/editor.h"

#define LATER  (2000000000LL * TIME_SECOND) /* in 2033 */
#define BEFORE (1000000000LL * TIME_SECOND) /* in 2001: the wrong year */
#define RULE   "enrolment.retention.at-once"

static struct rig *rig;
static struct world world;
static uint64_t version; /* of the programme */

/* Refused, and nobody is forgotten: nothing has changed. */
static void slips(const char *method, const ProtobufCMessage *message, int64_t forgets_us)
{
    const struct answer a = editor_ask(rig, method, message, version);
    char expected[TIME_TEXT];

    if (a.err != ERR_REFUSED || strcmp(a.rule, RULE) != 0)
        fail_msg("%s: %s %s", method, err_text(a.err)->name, a.rule);
    time_format(forgets_us, expected);
    assert_string_equal(rig_fact(&a, "forgetsAt"), expected);
    assert_int_equal(editor_get(rig, world.programme)->version, version);
}

static void goes(const char *method, const ProtobufCMessage *message)
{
    assert_int_equal(editor_programme(rig, method, message, version)->version, version + 1);
    version++;
}

static void keep_for(uint32_t days, bool allowed)
{
    Enrolment__EditProgrammeRequest edit = ENROLMENT__EDIT_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme m = *editor_get(rig, world.programme);

    m.retention_days = days;
    edit.programme_id = rig_bytes(&world.programme);
    edit.programme = &m;
    if (allowed)
        goes("EditProgramme", &edit.base);
    else
        slips("EditProgramme", &edit.base, m.windows[0]->closes_us + days * TIME_DAY);
}

static void put_window(size_t at, int64_t opens_us, bool allowed)
{
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    Enrolment__SetWindowRequest set = ENROLMENT__SET_WINDOW_REQUEST__INIT;

    set.programme_id = rig_bytes(&world.programme);
    if (at < p->n_windows)
        set.window_id = p->windows[at]->id;
    set.opens_us = opens_us;
    set.closes_us = opens_us + TIME_DAY;
    if (allowed)
        goes("SetWindow", &set.base);
    else
        slips("SetWindow", &set.base, set.closes_us + 30 * TIME_DAY);
}

static void remove_window(size_t at, bool allowed)
{
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    Enrolment__RemoveWindowRequest remove = ENROLMENT__REMOVE_WINDOW_REQUEST__INIT;

    remove.programme_id = rig_bytes(&world.programme);
    remove.window_id = p->windows[at]->id;
    if (allowed)
        goes("RemoveWindow", &remove.base);
    else
        slips("RemoveWindow", &remove.base, BEFORE + 31 * TIME_DAY);
}

static void put_webinar(int64_t starts_us, bool allowed)
{
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    Enrolment__PutUnitRequest put = ENROLMENT__PUT_UNIT_REQUEST__INIT;
    Enrolment__Unit unit = ENROLMENT__UNIT__INIT;
    Enrolment__Webinar webinar = ENROLMENT__WEBINAR__INIT, *webinars[] = {&webinar};
    Bus__Text title = editor_text("Opintojakso");

    put.programme_id = rig_bytes(&world.programme);
    put.unit = &unit;
    unit.title = &title;
    unit.webinars = webinars;
    unit.n_webinars = 1;
    webinar.starts_us = webinar.ends_us = starts_us;
    if (p->n_units > 0) {
        put.unit_id = p->units[0]->id;
        webinar.id = p->units[0]->webinars[0]->id;
    }
    if (allowed)
        goes("PutUnit", &put.base);
    else
        slips("PutUnit", &put.base, BEFORE + 31 * TIME_DAY); /* the window is what is left then */
}

static void remove_unit(void)
{
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    Enrolment__RemoveUnitRequest remove = ENROLMENT__REMOVE_UNIT_REQUEST__INIT;

    remove.programme_id = rig_bytes(&world.programme);
    remove.unit_id = p->units[0]->id;
    slips("RemoveUnit", &remove.base, BEFORE + 31 * TIME_DAY);
}

/* The programme as it stands without its units, as a file that forgot them. */
static void import_without_units(bool dry_run)
{
    Enrolment__ImportProgrammeRequest import = ENROLMENT__IMPORT_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme m = *editor_get(rig, world.programme);

    m.n_units = 0;
    import.programme = &m;
    import.dry_run = dry_run;
    slips("ImportProgramme", &import.base, BEFORE + 31 * TIME_DAY);
}

static void test_people_stay(void **state)
{
    (void)state;
    world = rig_programme(rig, &(struct programme_plan){.code = "slip", .cap = 9, .capacity = 9, .count = 1});
    version = 1;
    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    keep_for(1, false); /* the day after tomorrow */
    keep_for(30, true);
    put_window(0, BEFORE, false);
    put_window(9, LATER, true); /* a second round: the first may be set to whatever */
    put_window(0, BEFORE, true);
    remove_window(1, false);
    put_webinar(LATER, true); /* a webinar ahead: the second round may go */
    remove_window(1, true);
    put_webinar(BEFORE, false);
    remove_unit();
    import_without_units(true);
    import_without_units(false);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where person_id is not null"), 1);
}

static void test_nobody_there(void **state)
{
    (void)state;
    world = rig_programme(rig, &(struct programme_plan){.code = "nobody", .cap = 9, .capacity = 9, .count = 1});
    version = 1;
    keep_for(1, true);
    put_window(0, BEFORE, true);
    put_webinar(BEFORE, true);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_people_stay,
                               rig_group_rest), /* retention, windows, webinars, units and whole files: each way is refused */
        cmocka_unit_test_setup(test_nobody_there, rig_group_rest) /* without people any date will do */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment retention edits", tests, start, rig_group_stop));
}
