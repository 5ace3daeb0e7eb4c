/* Calendars people subscribe to: what python3-icalendar reads in them, that they are the same when nothing changed, and that what changed
 * comes with the same UID and a higher SEQUENCE. */
#include "tests/service/enrolment/editor.h"

#include <stdlib.h>

#include "tests/unit/doc/look.h"

static struct rig *rig;

#define FIRST (1790000000 * TIME_SECOND) /* 2026-09-21T14:13:20Z */

static const char reader[] =
    "/usr/bin/python3 -c \"import icalendar\nc = icalendar.Calendar.from_ical(open('x.ics','rb').read())\nprint(c.get('X-WR-CALNAME'))\n"
    "for e in c.walk('VEVENT'):\n print(e['UID'][36:], e['SEQUENCE'], e['DTSTART'].dt.isoformat(), e['STATUS'], e['SUMMARY'], '|', "
    "e.get('LOCATION'), '|', e.get('DESCRIPTION'))\"";

struct unit_form {
    Enrolment__PutUnitRequest request;
    Enrolment__Unit unit;
    Enrolment__Webinar webinars[2], *list[2];
    Bus__Text title;
};

static void unit_form(struct unit_form *f, const struct world *world)
{
    *f = (struct unit_form){.request = ENROLMENT__PUT_UNIT_REQUEST__INIT, .unit = ENROLMENT__UNIT__INIT};
    f->request.programme_id = rig_bytes(&world->programme);
    f->request.unit = &f->unit;
    f->title = editor_text("Johtaminen");
    f->unit.title = &f->title;
    f->unit.ordinal = 1;
    f->unit.credits_tenths = 20;
    f->unit.webinars = f->list;
    f->unit.n_webinars = 2;
    for (int i = 0; i < 2; i++) {
        enrolment__webinar__init(&f->webinars[i]);
        f->webinars[i].starts_us = FIRST + i * TIME_DAY;
        f->webinars[i].ends_us = FIRST + i * TIME_DAY + TIME_HOUR;
        f->list[i] = &f->webinars[i];
    }
    f->webinars[1].advance_notice = true;
}

static struct world course(const char *code, uint32_t capacity)
{
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = code, .cap = 10, .capacity = capacity, .waiting_cap = 5, .count = 1});
    struct unit_form f;

    unit_form(&f, &world);
    (void)editor_programme(rig, "PutUnit", &f.request.base, editor_get(rig, world.programme)->version);
    return world;
}

static const Bus__File *file_of(struct answer a)
{
    assert_int_equal(a.err, ERR_OK);
    assert_ptr_equal(a.message->descriptor, &bus__file__descriptor);
    return (const Bus__File *)a.message;
}

static struct answer of_registration(const Enrolment__Registration *r, struct uuid actor, const char *language)
{
    Enrolment__GetCalendarRequest request = ENROLMENT__GET_CALENDAR_REQUEST__INIT;

    request.registration_id = r->id;
    return rig_ask(
        rig,
        &(struct ask){.method = "GetCalendar", .message = &request.base, .actor = actor, .roles = RIG_PARTICIPANT, .language = language});
}

static const Bus__File *own(const Enrolment__Registration *r)
{
    return file_of(of_registration(r, rig_id(r->person_id), "fi"));
}

static const Bus__File *of_programme(struct uuid programme, const char *language)
{
    Enrolment__GetProgrammeCalendarRequest request = ENROLMENT__GET_PROGRAMME_CALENDAR_REQUEST__INIT;

    request.programme_id = rig_bytes(&programme);
    return file_of(rig_ask(rig, &(struct ask){.method = "GetProgrammeCalendar", .message = &request.base, .language = language}));
}

static char *read_file(const Bus__File *file)
{
    const struct buf bytes = {.data = file->content.data, .len = file->content.len};

    assert_string_equal(file->media_type, "text/calendar; charset=utf-8");
    assert_true(file->inline_view);
    return look("x.ics", &bytes, reader);
}

static void assert_says(const Bus__File *file, const char *words)
{
    char *said = read_file(file);

    if (strstr(said, words) == NULL)
        fail_msg("not said: %s\nin: %s", words, said);
    free(said);
}

static struct span content(const Bus__File *file)
{
    return span_of(file->content.data, file->content.len);
}

static void the_programme_has_one_for_everybody(void **state)
{
    (void)state;
    const struct world world = course("cal-open", 3);
    const Bus__File *file = of_programme(world.programme, "fi");
    struct uuid nobody = rig_new_id();
    Enrolment__GetProgrammeCalendarRequest request = ENROLMENT__GET_PROGRAMME_CALENDAR_REQUEST__INIT;

    assert_string_equal(file->name, "cal-open.ics");
    assert_says(file, "@hakuvayla.example.fi 0 2026-09-21T14:13:20+00:00 CONFIRMED ");
    assert_says(file, ": Johtaminen | None | None\n");
    assert_says(file, "@hakuvayla.example.fi 0 2026-09-22T14:13:20+00:00 TENTATIVE ");
    assert_says(file, "Ennakkotieto: aika voi vielä muuttua.");
    assert_says(of_programme(world.programme, "sv"), "Preliminär uppgift: tiden kan ännu ändras.");
    assert_says(of_programme(world.programme, "sv"), ": på svenska |");
    assert_true(span_equal(content(file), content(of_programme(world.programme, "fi"))));
    request.programme_id = rig_bytes(&nobody);
    assert_int_equal(rig_ask(rig, &(struct ask){.method = "GetProgrammeCalendar", .message = &request.base}).err, ERR_NOT_FOUND);
    rig_rest(rig);
}

static void ones_own_has_the_place_and_the_registration(void **state)
{
    (void)state;
    const struct world world = course("cal-own", 1);
    const struct uuid who = rig_person(rig, "teacher", "basic"), next = rig_person(rig, "teacher", "basic");
    char uid[80], id[UUID_TEXT];
    const struct answer first = rig_enrol(rig, &world, 0, who), second = rig_enrol(rig, &world, 0, next);
    const Enrolment__Registration *seated = rig_registration(&first), *waiting = rig_registration(&second);

    uuid_format(rig_id(seated->id), id);
    (void)snprintf(uid, sizeof uid, ".%s@hakuvayla.example.fi 0 2026", id);
    assert_says(own(seated), uid);
    assert_says(own(seated), "CONFIRMED");
    assert_says(own(waiting), "0 2026-09-21T14:13:20+00:00 TENTATIVE ");
    assert_says(own(waiting), "Sinulla ei ole vielä paikkaa.");
    assert_true(span_equal(content(own(seated)), content(own(seated))));
    assert_int_equal(of_registration(seated, next, "fi").err, ERR_FORBIDDEN);
    assert_int_equal(of_registration(seated, (struct uuid){{0}}, "fi").err, ERR_UNAUTHENTICATED);
    rig_rest(rig);
}

static void a_changed_time_moves_the_entry(void **state)
{
    (void)state;
    const struct world world = course("cal-moved", 3);
    const struct answer enrolled = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    const Enrolment__Registration *r = rig_registration(&enrolled);
    const Enrolment__Programme *p = editor_get(rig, world.programme);
    struct unit_form f;

    unit_form(&f, &world);
    f.request.unit_id = p->units[0]->id;
    for (int i = 0; i < 2; i++)
        f.webinars[i].id = p->units[0]->webinars[i]->id;
    f.webinars[0].starts_us += 2 * TIME_HOUR;
    f.webinars[0].ends_us += 2 * TIME_HOUR;
    p = editor_programme(rig, "PutUnit", &f.request.base, p->version);
    assert_says(own(r), "@hakuvayla.example.fi 1 2026-09-21T16:13:20+00:00 CONFIRMED");
    assert_says(own(r), "@hakuvayla.example.fi 0 2026-09-22T14:13:20+00:00 TENTATIVE");
    f.unit.n_webinars = 1; /* the second is called off: kept, and struck */
    (void)editor_programme(rig, "PutUnit", &f.request.base, p->version);
    assert_says(own(r), "@hakuvayla.example.fi 1 2026-09-22T14:13:20+00:00 CANCELLED");
    assert_says(own(r), "Webinaari on peruttu.");
    rig_rest(rig);
}

static void one_who_gave_up_has_the_entries_struck(void **state)
{
    (void)state;
    const struct world world = course("cal-ended", 3);
    const struct answer enrolled = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    const Enrolment__Registration *r = rig_registration(&enrolled);
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;

    cancel.registration_id = r->id;
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "Cancel", .message = &cancel.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT})
            .err,
        ERR_OK);
    char *said = read_file(own(r));
    assert_int_equal(look_count(said, "@hakuvayla.example.fi 1 2026-09-2"), 2);
    assert_int_equal(look_count(said, "CANCELLED"), 2);
    assert_int_equal(look_count(said, "Ilmoittautumisesi on päättynyt."), 2);
    free(said);
    rig_rest(rig);
}

/* Whoever kept the entry of the waiting list has to take the confirmed one in its place. */
static void a_promoted_person_has_newer_entries(void **state)
{
    (void)state;
    const struct world world = course("cal-promoted", 1);
    const struct answer first = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    const struct answer second = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    const Enrolment__Registration *seated = rig_registration(&first), *waiting = rig_registration(&second);
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;

    assert_says(own(waiting), "@hakuvayla.example.fi 0 2026-09-21T14:13:20+00:00 TENTATIVE");
    cancel.registration_id = seated->id;
    assert_int_equal(
        rig_ask(rig,
                &(struct ask){.method = "Cancel", .message = &cancel.base, .actor = rig_id(seated->person_id), .roles = RIG_PARTICIPANT})
            .err,
        ERR_OK);
    assert_says(own(waiting), "@hakuvayla.example.fi 1 2026-09-21T14:13:20+00:00 CONFIRMED");
    rig_rest(rig);
}

static int up(void **state)
{
    (void)state;
    rig = rig_new(1, 1);
    return 0;
}

static int down(void **state)
{
    (void)state;
    rig_free(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programme_has_one_for_everybody),         /* public, in each language, the same twice */
        cmocka_unit_test(ones_own_has_the_place_and_the_registration), /* UID, tentative while waiting, for nobody else */
        cmocka_unit_test(a_changed_time_moves_the_entry),              /* SEQUENCE rises; called off is struck */
        cmocka_unit_test(one_who_gave_up_has_the_entries_struck),      /* CANCELLED with a higher SEQUENCE */
        cmocka_unit_test(a_promoted_person_has_newer_entries),         /* CONFIRMED with a higher SEQUENCE */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment calendars", tests, up, down));
}
