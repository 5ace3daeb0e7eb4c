/* Study units and webinars over real NNG and PostgreSQL: a webinar keeps its id while its times change and its sequence rises, what is
 * called off stays to be heard of, and what somebody attended cannot go; by single edits and by imports alike. */
#include "tests/service/enrolment/editor.h"

#define MOMENT (2000000000LL * TIME_SECOND) /* in 2033: rests on no clock */

static struct rig *rig;

/* A unit of two webinars, and the programme it is put into. */
struct unit {
    struct world world;
    Enrolment__PutUnitRequest put;
    Enrolment__Unit unit;
    Enrolment__Webinar webinar[2], *webinars[2];
    Bus__Text title;
};

static void unit_init(struct unit *u, const char *code)
{
    u->world = rig_programme(rig, &(struct programme_plan){.code = code, .cap = 10, .capacity = 2, .waiting_cap = 3, .count = 1});
    enrolment__put_unit_request__init(&u->put);
    enrolment__unit__init(&u->unit);
    u->title = editor_text("Opintojakso");
    for (size_t i = 0; i < 2; i++) {
        enrolment__webinar__init(&u->webinar[i]);
        u->webinar[i].starts_us = MOMENT + (int64_t)i * TIME_DAY;
        u->webinar[i].ends_us = u->webinar[i].starts_us + TIME_HOUR;
        u->webinars[i] = &u->webinar[i];
    }
    u->unit.title = &u->title;
    u->unit.credits_tenths = 20;
    u->unit.webinars = u->webinars;
    u->unit.n_webinars = 2;
    u->put.programme_id = rig_bytes(&u->world.programme);
    u->put.unit = &u->unit;
}

static int64_t dates_told(const struct uuid *programme)
{
    char text[UUID_TEXT];

    uuid_format(*programme, text);
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.DateChanged.v1' and subject = '%s'",
                       text);
}

/* The newest DateChanged, as a subscriber would read it. */
static const Enrolment__DateChanged *date_told(void)
{
    static uint8_t bytes[1000];
    const char *hex = kit_sql(rig_pg(rig), "select encode(payload, 'hex') from enrolment.event_log where type = 'enrolment.DateChanged.v1'"
                                           " order by recorded_at desc, stream, seq desc limit 1");
    const size_t len = strlen(hex) / 2;
    assert_in_range(len, 1, sizeof bytes);
    for (size_t i = 0; i < len; i++) {
        unsigned byte;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
        bytes[i] = (uint8_t)byte;
    }
    return enrolment__date_changed__unpack(NULL, len, bytes);
}

static void date_free(const Enrolment__DateChanged *told)
{
    enrolment__date_changed__free_unpacked((Enrolment__DateChanged *)(uintptr_t)told, NULL);
}

static void test_unit_fields(void **state)
{
    struct unit u;
    (void)state;
    unit_init(&u, "unit-fields");
    u.put.unit = NULL;
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "field.missing", "unit");
    u.put.unit = &u.unit;
    u.unit.credits_tenths = 3001;
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "field.range", "unit.creditsTenths");
    u.unit.credits_tenths = 20;
    u.unit.title = NULL;
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "field.missing", "unit.title");
    u.unit.title = &u.title;
    u.webinar[1].starts_us = 0;
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "field.missing", "unit.webinars[1].startsAt");
    u.webinar[1].starts_us = u.webinar[1].ends_us + 1;
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "enrolment.webinar.order", "unit.webinars[1].endsAt");
    u.webinar[1].starts_us = u.webinar[1].ends_us;
    u.webinar[0].id = rig_bytes(&u.world.programme);
    REFUSED("PutUnit", &u.put.base, 1, ERR_INVALID, "enrolment.webinar.unknown", "unit.webinars[0].id");
    u.webinar[0].id = (ProtobufCBinaryData){0};
    u.put.unit_id = rig_bytes(&u.world.programme);
    assert_int_equal(editor_ask(rig, "PutUnit", &u.put.base, 1).err, ERR_NOT_FOUND);
    assert_int_equal(dates_told(&u.world.programme), 0);
}

/* From new to moved to called off: one id, three sequences, three events. */
static void test_webinar_life(void **state)
{
    struct unit u;
    (void)state;
    unit_init(&u, "webinar-life");
    const Enrolment__Programme *p = editor_programme(rig, "PutUnit", &u.put.base, 1);
    assert_int_equal(p->n_units, 1);
    assert_int_equal(dates_told(&u.world.programme), 2); /* two that are new */
    const Enrolment__DateChanged *told = date_told();
    assert_null(told->before);
    date_free(told);

    const struct uuid unit = rig_id(p->units[0]->id);
    Enrolment__Unit same = *p->units[0]; /* as it was read, moved by an hour */
    u.put.unit = &same;
    u.put.unit_id = rig_bytes(&unit);
    u.put.reason = (char *)"kouluttaja sairastui";
    assert_int_equal(editor_programme(rig, "PutUnit", &u.put.base, 2)->version, 2); /* the same again is no change */
    const struct uuid first = rig_id(same.webinars[0]->id);
    same.webinars[0]->starts_us += TIME_HOUR;
    same.webinars[0]->ends_us += TIME_HOUR;
    p = editor_programme(rig, "PutUnit", &u.put.base, 2);
    assert_memory_equal(p->units[0]->webinars[0]->id.data, first.b, sizeof first.b);
    assert_int_equal(p->units[0]->webinars[0]->sequence, 1);
    assert_int_equal(p->units[0]->webinars[1]->sequence, 0);
    assert_int_equal(dates_told(&u.world.programme), 3);
    told = date_told();
    assert_true(told->before->starts_us + TIME_HOUR == told->after->starts_us && told->after->sequence == 1);
    assert_string_equal(told->reason, "kouluttaja sairastui");
    date_free(told);

    Enrolment__Webinar *twice[2] = {same.webinars[0], same.webinars[0]}, **const both = same.webinars;
    same.webinars = twice;
    REFUSED("PutUnit", &u.put.base, 3, ERR_INVALID, "field.twice", "unit.webinars[1].id");
    same.webinars = both;
    same.webinars[0]->advance_notice = true; /* that alone is news as well */
    assert_int_equal(editor_programme(rig, "PutUnit", &u.put.base, 3)->units[0]->webinars[0]->sequence, 2);
    Enrolment__Webinar *second[1] = {same.webinars[1]};
    same.webinars = second;
    same.n_webinars = 1;
    p = editor_programme(rig, "PutUnit", &u.put.base, 4);
    p = editor_get(rig, u.world.programme);
    assert_int_equal(p->units[0]->n_webinars, 2);
    const Enrolment__Webinar *off = p->units[0]->webinars[1]; /* behind those that take place */
    assert_memory_equal(off->id.data, first.b, sizeof first.b);
    assert_true(off->cancelled && off->sequence == 3);
    assert_int_equal(dates_told(&u.world.programme), 5);
    told = date_told();
    assert_true(told->after->cancelled && !told->before->cancelled);
    date_free(told);
    assert_int_equal(editor_programme(rig, "PutUnit", &u.put.base, 5)->version, 5); /* left out again: it is called off already */
    assert_non_null(strstr(editor_becomes(rig, u.world.programme, "units[0].webinars[1]"), "cancelled"));
}

static void attend(const struct uuid *unit)
{
    char text[UUID_TEXT];

    uuid_format(*unit, text);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.attendance (registration_id, unit_id, presence, marked_at)"
                  " select r.id, u.id, 1, now() from enrolment.unit u join enrolment.registration r using (programme_id)"
                  " where u.id = '%s' returning 1",
                  text);
}

static void test_unit_removed(void **state)
{
    struct unit u;
    Enrolment__RemoveUnitRequest removal = ENROLMENT__REMOVE_UNIT_REQUEST__INIT;
    (void)state;
    unit_init(&u, "unit-removed");
    (void)editor_programme(rig, "PutUnit", &u.put.base, 1);
    const Enrolment__Programme *p = editor_programme(rig, "PutUnit", &u.put.base, 2);
    assert_int_equal(p->units[1]->ordinal, 2);
    const struct uuid first = rig_id(p->units[0]->id), second = rig_id(p->units[1]->id);
    removal.programme_id = u.put.programme_id;
    removal.unit_id = rig_bytes(&first);
    p = editor_programme(rig, "RemoveUnit", &removal.base, 3);
    assert_int_equal(p->n_units, 1);
    assert_int_equal(dates_told(&u.world.programme), 6); /* four that are new, two that do not take place */
    const Enrolment__DateChanged *told = date_told();
    assert_true(told->after->cancelled && told->after->sequence == 1);
    date_free(told);
    assert_int_equal(editor_ask(rig, "RemoveUnit", &removal.base, 4).err, ERR_NOT_FOUND);
    const struct answer seat = rig_enrol(rig, &u.world, 0, rig_person(rig, "teacher", "basic"));
    assert_int_equal(seat.err, ERR_OK);
    attend(&second);
    removal.unit_id = rig_bytes(&second);
    REFUSED("RemoveUnit", &removal.base, 4, ERR_REFUSED, "enrolment.unit.in-use", "");
    p = editor_programme(rig, "PutUnit", &u.put.base, 4); /* behind the last, whatever went before */
    assert_int_equal(p->units[1]->ordinal, 3);
}

/* The programme as it stands, as the file of an import. */
static struct answer import(Enrolment__Programme *p, bool dry_run)
{
    Enrolment__ImportProgrammeRequest request = ENROLMENT__IMPORT_PROGRAMME_REQUEST__INIT;

    request.programme = p;
    request.dry_run = dry_run;
    return editor_ask(rig, "ImportProgramme", &request.base, 0);
}

static bool says(const struct answer *a, const char *words)
{
    const Enrolment__ImportReport *report = (const Enrolment__ImportReport *)a->message;

    assert_int_equal(a->err, ERR_OK);
    for (size_t i = 0; i < report->n_lines; i++)
        if (strstr(report->lines[i]->text->en, words) != NULL)
            return true;
    return false;
}

static void test_import_keeps(void **state)
{
    struct unit u;
    (void)state;
    unit_init(&u, "import-keeps");
    (void)editor_programme(rig, "PutUnit", &u.put.base, 1);
    const Enrolment__Programme *before = editor_programme(rig, "PutUnit", &u.put.base, 2);
    const struct uuid unit = rig_id(before->units[0]->id), webinar = rig_id(before->units[0]->webinars[1]->id);
    assert_int_equal(rig_enrol(rig, &u.world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    attend(&unit);

    Enrolment__Programme file = *before; /* a file names no ids: places count */
    Enrolment__Unit *units[2] = {&u.unit, &u.unit};
    file.id = (ProtobufCBinaryData){0};
    file.units = units;
    assert_false(says(&(const struct answer){.message = import(&file, false).message}, "becomes"));
    assert_int_equal(editor_get(rig, u.world.programme)->version, 3);
    u.webinar[1].starts_us += TIME_HOUR;
    u.webinar[1].ends_us += TIME_HOUR;
    assert_int_equal(import(&file, false).err, ERR_OK);
    const Enrolment__Programme *p = editor_get(rig, u.world.programme);
    assert_memory_equal(p->units[0]->id.data, unit.b, sizeof unit.b);
    assert_memory_equal(p->units[0]->webinars[1]->id.data, webinar.b, sizeof webinar.b);
    assert_int_equal(p->units[0]->webinars[1]->sequence, 1);
    assert_string_equal(editor_change(rig, u.world.programme)->call, "enrolment.ImportProgramme");

    file.n_units = 0; /* both left out: one is in use */
    const struct answer kept = import(&file, true);
    assert_true(says(&kept, "has been attended or completed; stays as it is"));
    assert_int_equal(editor_get(rig, u.world.programme)->n_units, 2); /* it was a dry run */
    assert_int_equal(import(&file, false).err, ERR_OK);
    p = editor_get(rig, u.world.programme);
    assert_int_equal(p->n_units, 1);
    assert_memory_equal(p->units[0]->id.data, unit.b, sizeof unit.b);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_unit_fields, rig_group_rest),  /* every field gone wrong, and ids of somebody else's */
        cmocka_unit_test_setup(test_webinar_life, rig_group_rest), /* new, moved, uncertain, called off: its id stays, its sequence rises */
        cmocka_unit_test_setup(test_unit_removed, rig_group_rest), /* goes with its webinars, unless somebody attended it */
        cmocka_unit_test_setup(test_import_keeps, rig_group_rest), /* a file without ids keeps units and webinars by their places */
    };
    return rig_told(cmocka_run_group_tests_name("units", tests, start, rig_group_stop));
}
