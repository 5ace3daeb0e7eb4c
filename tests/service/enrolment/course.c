/* A course in words. See course.h. */
#include "tests/service/enrolment/course.h"

#include <stdlib.h>
#include <unistd.h>

struct answer course_ask(struct rig *rig, struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = actor, .roles = roles, .language = "en"});
}

struct answer course_staff(struct rig *rig, const char *method, const ProtobufCMessage *message)
{
    return course_ask(rig, rig_coordinator(), RIG_COORDINATOR, method, message);
}

static struct course course_of(struct rig *rig, ProtobufCBinaryData id)
{
    Enrolment__GetProgrammeRequest request = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;
    struct course course = {.world = {.programme = rig_id(id)}};

    request.programme_id = id;
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetProgramme", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__Programme *p = (const Enrolment__Programme *)a.message;
    for (size_t i = 0; i < p->n_implementations; i++)
        course.world.implementations[i] = rig_id(p->implementations[i]->id);
    for (size_t i = 0; i < COURSE_UNITS; i++)
        course.units[i] = rig_id(p->units[i]->id);
    return course;
}

struct course course_new(struct rig *rig, const struct course_plan *plan)
{
    Enrolment__ImportProgrammeRequest request = ENROLMENT__IMPORT_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme programme = ENROLMENT__PROGRAMME__INIT;
    Enrolment__Implementation all[8], *list[8];
    Enrolment__Unit units[COURSE_UNITS], *unit_list[COURSE_UNITS];
    Enrolment__Window window = ENROLMENT__WINDOW__INIT, *windows[1] = {&window};
    Bus__Text title = BUS__TEXT__INIT, organiser = BUS__TEXT__INIT, unit_titles[COURSE_UNITS];
    static const char *const unit_names[COURSE_UNITS] = {"The core task", "Shared leadership", "Diversity"};
    static const uint32_t credits[COURSE_UNITS] = {20, 20, 10};
    char codes[8][32];

    title.fi = (char *)"Voimaa johtajuuteen";
    title.en = (char *)"Strength for leadership";
    organiser.fi = (char *)"Esimerkkiyliopisto";
    organiser.en = (char *)"Example University";
    for (size_t i = 0; i < plan->count; i++) {
        enrolment__implementation__init(&all[i]);
        (void)snprintf(codes[i], sizeof codes[i], "group-%zu", i + 1);
        all[i].code = codes[i];
        all[i].title = &title;
        all[i].organiser = &organiser;
        all[i].capacity = plan->capacity;
        all[i].waiting_cap = plan->waiting_cap;
        list[i] = &all[i];
    }
    for (size_t i = 0; i < COURSE_UNITS; i++) {
        enrolment__unit__init(&units[i]);
        bus__text__init(&unit_titles[i]);
        unit_titles[i].fi = unit_titles[i].en = (char *)(uintptr_t)unit_names[i];
        units[i].ordinal = (uint32_t)i + 1;
        units[i].title = &unit_titles[i];
        units[i].credits_tenths = credits[i];
        unit_list[i] = &units[i];
    }
    window.opens_us = time_now_us() - TIME_HOUR;
    window.closes_us = time_now_us() + TIME_DAY;
    programme.code = (char *)(uintptr_t)plan->code;
    programme.title = &title;
    programme.credits_tenths = 50;
    programme.cap = plan->cap;
    programme.plan_required = plan->plan_required;
    programme.moderated = plan->moderated;
    programme.units = unit_list;
    programme.n_units = COURSE_UNITS;
    programme.implementations = list;
    programme.n_implementations = plan->count;
    programme.windows = windows;
    programme.n_windows = 1;
    programme.questions = plan->questions;
    programme.n_questions = plan->question_count;
    request.programme = &programme;
    const struct answer a = course_staff(rig, "ImportProgramme", &request.base);
    assert_int_equal(a.err, ERR_OK);
    return course_of(rig, ((const Enrolment__ImportReport *)a.message)->programme_id);
}

struct uuid course_person(struct rig *rig, const char *name, const char *organisation)
{
    const struct uuid id = rig_new_id();
    Enrolment__PutPersonRequest request = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person person = ENROLMENT__PERSON__INIT;

    person.name = (char *)(uintptr_t)name;
    person.email = (char *)"osallistuja@example.fi";
    person.language = (char *)"en";
    person.role = (char *)"teacher";
    person.level = (char *)"basic";
    person.organisation_kind = (char *)"municipality";
    person.organisation = (char *)(uintptr_t)organisation;
    person.region = (char *)"uusimaa";
    request.person = &person;
    assert_int_equal(course_ask(rig, id, RIG_PARTICIPANT, "PutPerson", &request.base).err, ERR_OK);
    return id;
}

struct uuid course_enrol(struct rig *rig, const struct course *course, size_t implementation, struct uuid person)
{
    const struct answer a = rig_enrol(rig, &course->world, implementation, person);
    return rig_id(rig_registration(&a)->id);
}

#define LIST_MAX 600

struct answer course_attend(struct rig *rig, const struct course *course, size_t unit, const struct uuid *registrations, size_t count,
                            Enrolment__Presence presence)
{
    static Enrolment__MarkAttendanceRequest__Entry entries[LIST_MAX], *list[LIST_MAX];
    Enrolment__MarkAttendanceRequest request = ENROLMENT__MARK_ATTENDANCE_REQUEST__INIT;

    for (size_t i = 0; i < count; i++) {
        enrolment__mark_attendance_request__entry__init(&entries[i]);
        entries[i].registration_id = rig_bytes(&registrations[i]);
        entries[i].presence = presence;
        list[i] = &entries[i];
    }
    request.programme_id = rig_bytes(&course->world.programme);
    request.unit_id = rig_bytes(&course->units[unit]);
    request.entries = list;
    request.n_entries = count;
    return course_staff(rig, "MarkAttendance", &request.base);
}

struct answer course_complete(struct rig *rig, const struct course *course, size_t unit, const struct uuid *registrations, size_t count,
                              bool undo)
{
    static Enrolment__MarkCompletionsRequest__Entry entries[LIST_MAX], *list[LIST_MAX];
    Enrolment__MarkCompletionsRequest request = ENROLMENT__MARK_COMPLETIONS_REQUEST__INIT;

    for (size_t i = 0; i < count; i++) {
        enrolment__mark_completions_request__entry__init(&entries[i]);
        entries[i].registration_id = rig_bytes(&registrations[i]);
        entries[i].undo = undo;
        list[i] = &entries[i];
    }
    request.programme_id = rig_bytes(&course->world.programme);
    request.unit_id = rig_bytes(&course->units[unit]);
    request.entries = list;
    request.n_entries = count;
    return course_staff(rig, "MarkCompletions", &request.base);
}

void course_complete_all(struct rig *rig, const struct course *course, const struct uuid *registrations, size_t count)
{
    for (size_t unit = 0; unit < COURSE_UNITS; unit++)
        assert_int_equal(course_complete(rig, course, unit, registrations, count, false).err, ERR_OK);
}

Enrolment__Progress course_progress(struct rig *rig, struct uuid registration)
{
    Enrolment__GetProgressRequest request = ENROLMENT__GET_PROGRESS_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    const struct answer a = course_staff(rig, "GetProgress", &request.base);
    assert_int_equal(a.err, ERR_OK);
    return *(const Enrolment__Progress *)a.message;
}

struct answer course_certificate(struct rig *rig, struct uuid actor, uint32_t roles, struct uuid registration, const char *language)
{
    Enrolment__GetCertificateRequest request = ENROLMENT__GET_CERTIFICATE_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    return rig_ask(
        rig, &(struct ask){.method = "GetCertificate", .message = &request.base, .actor = actor, .roles = roles, .language = language});
}

int64_t course_events(struct rig *rig, const char *type)
{
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.%s.v1'", type);
}

static char saved[64];

static void remove_saved(void)
{
    if (saved[0] != '\0')
        (void)unlink(saved);
}

const char *course_save(const struct answer *answer, const char *ending)
{
    const Bus__File *file = (const Bus__File *)answer->message;
    static bool registered = false;

    assert_int_equal(answer->err, ERR_OK);
    assert_true(file->content.len > 0);
    if (!registered)
        (void)atexit(remove_saved);
    registered = true;
    remove_saved();
    (void)snprintf(saved, sizeof saved, "/tmp/hv-course-%d.%s", (int)getpid(), ending);
    FILE *out = fopen(saved, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file->content.data, 1, file->content.len, out), file->content.len);
    assert_int_equal(fclose(out), 0);
    return saved;
}

const char *course_run(const char *format, ...)
{
    static char printed[400000];
    char command[512];
    va_list values;

    va_start(values, format);
    (void)vsnprintf(command, sizeof command, format, values);
    va_end(values);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    const size_t len = fread(printed, 1, sizeof printed - 1, pipe);
    printed[len] = '\0';
    const int status = pclose(pipe);
    if (status != 0)
        fail_msg("%s ended with %d: %s", command, status, printed);
    return printed;
}
