/* Learning over real NNG and PostgreSQL: presence and completions by list, progress, certificates, trainee days. The certificate is
 * looked at with the programs that people open it with. */
#include "tests/service/enrolment/course.h"

#include <stdlib.h>

static struct rig *rig;

static struct answer verify(const char *code)
{
    Enrolment__VerifyCertificateRequest request = ENROLMENT__VERIFY_CERTIFICATE_REQUEST__INIT;
    request.code = (char *)(uintptr_t)code;
    return course_ask(rig, (struct uuid){{0}}, RIG_PUBLIC, "VerifyCertificate", &request.base);
}

static void test_attendance(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "attend", .cap = 9, .capacity = 4, .count = 2});
    struct uuid people[5], ids[5];
    Enrolment__GetAttendanceRequest get = ENROLMENT__GET_ATTENDANCE_REQUEST__INIT;
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        people[i] = course_person(rig, "Osa Listalla", "Kunta");
        ids[i] = course_enrol(rig, &course, i % 2, people[i]);
    }
    const int64_t before = course_events(rig, "Attended");
    struct answer a = course_attend(rig, &course, 0, ids, 3, ENROLMENT__PRESENCE__PRESENCE_PRESENT);
    assert_int_equal(a.err, ERR_OK);
    assert_int_equal(((const Enrolment__AttendanceSheet *)a.message)->n_rows, 3);
    assert_int_equal(course_events(rig, "Attended"), before + 3);
    assert_int_equal(course_attend(rig, &course, 0, ids, 3, ENROLMENT__PRESENCE__PRESENCE_PRESENT).err, ERR_OK);
    assert_int_equal(course_events(rig, "Attended"), before + 3); /* the same again tells nobody */
    assert_int_equal(course_attend(rig, &course, 0, ids, 1, ENROLMENT__PRESENCE__PRESENCE_PARTLY).err, ERR_OK);
    assert_int_equal(course_events(rig, "Attended"), before + 4);

    get.programme_id = rig_bytes(&course.world.programme);
    get.unit_id = rig_bytes(&course.units[0]);
    get.page_size = 2;
    uint32_t next = 1, marked = 0;
    for (int page = 0; page < 3; page++) {
        a = course_staff(rig, "GetAttendance", &get.base);
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__AttendanceSheet *sheet = (const Enrolment__AttendanceSheet *)a.message;
        for (size_t i = 0; i < sheet->n_rows; i++) {
            assert_int_equal(sheet->rows[i]->registration->programme_order, next++);
            assert_string_equal(sheet->rows[i]->registration->person->name, "Osa Listalla");
            marked += sheet->rows[i]->presence != ENROLMENT__PRESENCE__PRESENCE_UNKNOWN;
        }
        get.page_token = sheet->next_page_token;
    }
    assert_int_equal(next, 6);
    assert_int_equal(marked, 3);
    assert_string_equal(get.page_token, "");
    get.implementation_id = rig_bytes(&course.world.implementations[1]);
    get.page_size = 50;
    a = course_staff(rig, "GetAttendance", &get.base);
    assert_int_equal(((const Enrolment__AttendanceSheet *)a.message)->n_rows, 2);
    assert_int_equal(((const Enrolment__AttendanceSheet *)a.message)->rows[0]->presence, ENROLMENT__PRESENCE__PRESENCE_PRESENT);
    assert_int_equal(((const Enrolment__AttendanceSheet *)a.message)->rows[1]->presence, ENROLMENT__PRESENCE__PRESENCE_UNKNOWN);
    assert_int_equal(course_ask(rig, people[0], RIG_PARTICIPANT, "GetAttendance", &get.base).err, ERR_FORBIDDEN);
    get.unit_id = rig_bytes(&course.world.programme);
    assert_int_equal(course_staff(rig, "GetAttendance", &get.base).err, ERR_NOT_FOUND);
}

static void test_list_refused(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "refused", .cap = 2, .capacity = 2, .waiting_cap = 5, .count = 1});
    const struct course other = course_new(rig, &(struct course_plan){.code = "elsewhere", .cap = 2, .capacity = 2, .count = 1});
    struct uuid ids[5];
    (void)state;
    for (size_t i = 0; i < 3; i++) /* the third waits */
        ids[i] = course_enrol(rig, &course, 0, course_person(rig, "Osa Listalla", "Kunta"));
    ids[3] = course_enrol(rig, &other, 0, course_person(rig, "Osa Muualla", "Kunta"));
    ids[4] = rig_new_id();
    struct answer a = course_attend(rig, &course, 0, ids, 5, ENROLMENT__PRESENCE__PRESENCE_PRESENT);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.learning.not-seated");
    assert_string_equal(a.field, "entries[2].registrationId");
    assert_string_not_equal(rig_fact(&a, "entries[3].registrationId"), "");
    assert_string_not_equal(rig_fact(&a, "entries[4].registrationId"), "");
    assert_string_equal(rig_fact(&a, "entries[1].registrationId"), "");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.attendance a join enrolment.registration r"
                                              " on r.id = a.registration_id join enrolment.programme p on p.id = r.programme_id"
                                              " where p.code = 'refused'"),
                     0); /* all or nothing */
    assert_string_equal(course_complete(rig, &course, 1, ids, 3, false).field, "entries[2].registrationId");
    ids[1] = ids[0];
    a = course_complete(rig, &course, 1, ids, 2, false);
    assert_string_equal(a.rule, "field.twice");
    assert_string_equal(a.field, "entries[1].registrationId");
    assert_string_equal(course_attend(rig, &course, 1, ids, 0, ENROLMENT__PRESENCE__PRESENCE_PRESENT).field, "entries");
    a = course_attend(rig, &course, 1, ids, 1, ENROLMENT__PRESENCE__PRESENCE_UNKNOWN);
    assert_string_equal(a.field, "entries[0].presence");
    assert_string_equal(a.rule, "field.missing");
    Enrolment__MarkCompletionsRequest request = ENROLMENT__MARK_COMPLETIONS_REQUEST__INIT;
    assert_int_equal(course_ask(rig, rig_new_id(), RIG_PARTICIPANT, "MarkCompletions", &request.base).err, ERR_FORBIDDEN);
}

static void test_completed(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "done", .cap = 4, .capacity = 4, .count = 1});
    const struct uuid person = course_person(rig, "Vilma Valmis", "Kunta");
    const struct uuid id = course_enrol(rig, &course, 0, person);
    const int64_t completed = course_events(rig, "Completed"), units = course_events(rig, "UnitCompleted");
    char code[32];
    (void)state;
    struct answer a = course_complete(rig, &course, 0, &id, 1, false);
    assert_int_equal(((const Enrolment__CompletionReport *)a.message)->rows[0]->credits_tenths, 20);
    assert_false(((const Enrolment__CompletionReport *)a.message)->rows[0]->completed);
    a = course_certificate(rig, person, RIG_PARTICIPANT, id, "en");
    assert_string_equal(a.rule, "enrolment.certificate.not-completed");
    assert_string_equal(rig_fact(&a, "unit"), "Shared leadership");
    course_complete_all(rig, &course, &id, 1);
    assert_int_equal(course_events(rig, "UnitCompleted"), units + 3);
    assert_int_equal(course_events(rig, "Completed"), completed + 1);
    Enrolment__Progress p = course_progress(rig, id);
    assert_int_equal(p.credits_tenths, 50);
    assert_int_equal(p.n_units, 3);
    assert_true(p.completed_us > 0 && p.units[2]->completed_us > 0);
    (void)snprintf(code, sizeof code, "%s", p.certificate_code);
    assert_int_equal(strlen(code), 19);
    a = verify(code);
    const Enrolment__CertificateFacts *facts = (const Enrolment__CertificateFacts *)a.message;
    assert_string_equal(facts->name, "Vilma Valmis");
    assert_string_equal(facts->programme->en, "Strength for leadership");
    assert_int_equal(facts->credits_tenths, 50);
    assert_false(facts->withdrawn);

    a = course_complete(rig, &course, 1, &id, 1, true); /* taken back */
    assert_int_equal(((const Enrolment__CompletionReport *)a.message)->rows[0]->credits_tenths, 30);
    assert_int_equal(course_events(rig, "Completed"), completed + 2);
    assert_true(((const Enrolment__CertificateFacts *)verify(code).message)->withdrawn);
    assert_string_equal(course_certificate(rig, person, RIG_PARTICIPANT, id, "en").rule, "enrolment.certificate.not-completed");
    assert_string_equal(course_progress(rig, id).certificate_code, "");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.change where call = 'enrolment.MarkCompletions'"), 1);
    assert_string_equal(
        kit_sql(rig_pg(rig), "select string_agg(field, ' ') from enrolment.change where call = 'enrolment.MarkCompletions'"),
        "units[1].completion");                                                   /* by its place in the list, as every change of a unit */
    assert_int_equal(course_complete(rig, &course, 1, &id, 1, true).err, ERR_OK); /* again: nothing happens */
    assert_int_equal(course_events(rig, "Completed"), completed + 2);

    assert_int_equal(course_complete(rig, &course, 1, &id, 1, false).err, ERR_OK); /* completed again: the same code */
    assert_false(((const Enrolment__CertificateFacts *)verify(code).message)->withdrawn);
    assert_string_equal(course_progress(rig, id).certificate_code, code);
    assert_int_equal(course_events(rig, "Completed"), completed + 3);
}

static void test_verify(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "verify", .cap = 4, .capacity = 4, .count = 1});
    const struct uuid id = course_enrol(rig, &course, 0, course_person(rig, "Vilma Valmis", "Kunta"));
    char typed[64];
    size_t n = 0;
    (void)state;
    course_complete_all(rig, &course, &id, 1);
    const Enrolment__Progress p = course_progress(rig, id);
    for (const char *c = p.certificate_code; *c; c++) /* as somebody types it: small letters, no dashes */
        if (*c != '-')
            typed[n++] = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    typed[n] = '\0';
    assert_int_equal(verify(typed).err, ERR_OK);
    assert_int_equal(verify("2222-2222-2222-2222").err, ERR_NOT_FOUND);
    assert_int_equal(verify("no code at all").err, ERR_NOT_FOUND);
    assert_int_equal(verify("").err, ERR_NOT_FOUND);
}

/* A unit that is taken away leaves people with everything done; the next mark, though it marks nothing new, gives them what is theirs. */
static void test_unit_taken_away(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "shorter", .cap = 4, .capacity = 4, .count = 1});
    const struct uuid id = course_enrol(rig, &course, 0, course_person(rig, "Lyyti Lyhyempi", "Kunta"));
    const int64_t completed = course_events(rig, "Completed"), units = course_events(rig, "UnitCompleted");
    Enrolment__RemoveUnitRequest removal = ENROLMENT__REMOVE_UNIT_REQUEST__INIT;
    (void)state;
    for (size_t unit = 0; unit + 1 < COURSE_UNITS; unit++)
        assert_int_equal(course_complete(rig, &course, unit, &id, 1, false).err, ERR_OK);
    removal.programme_id = rig_bytes(&course.world.programme);
    removal.unit_id = rig_bytes(&course.units[COURSE_UNITS - 1]);
    assert_int_equal(
        rig_ask(rig,
                &(struct ask){
                    .method = "RemoveUnit", .message = &removal.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .if_match = 1})
            .err,
        ERR_OK);
    assert_int_equal(course_events(rig, "Completed"), completed);
    assert_int_equal(course_complete(rig, &course, 0, &id, 1, false).err, ERR_OK);
    assert_int_equal(course_events(rig, "Completed"), completed + 1);
    assert_int_equal(course_events(rig, "UnitCompleted"), units + COURSE_UNITS - 1);
    assert_string_not_equal(course_progress(rig, id).certificate_code, "");
    assert_int_equal(course_complete(rig, &course, 0, &id, 1, false).err, ERR_OK); /* once */
    assert_int_equal(course_events(rig, "Completed"), completed + 1);
}

static void test_transferred(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "moved", .cap = 9, .capacity = 4, .count = 2});
    const struct uuid person = course_person(rig, "Siiri Siirtyjä", "Kunta");
    const struct uuid id = course_enrol(rig, &course, 0, person);
    Enrolment__TransferRequest transfer = ENROLMENT__TRANSFER_REQUEST__INIT;
    (void)state;
    assert_int_equal(course_attend(rig, &course, 0, &id, 1, ENROLMENT__PRESENCE__PRESENCE_PRESENT).err, ERR_OK);
    course_complete_all(rig, &course, &id, 1);
    const Enrolment__Progress before = course_progress(rig, id);
    transfer.registration_id = rig_bytes(&id);
    transfer.implementation_id = rig_bytes(&course.world.implementations[1]);
    transfer.reason = (char *)"muutto";
    const struct answer a = course_staff(rig, "Transfer", &transfer.base);
    const struct uuid moved = rig_id(rig_registration(&a)->id);
    const Enrolment__Progress after = course_progress(rig, moved);
    assert_int_equal(after.credits_tenths, 50);
    assert_int_equal(after.units[0]->presence, ENROLMENT__PRESENCE__PRESENCE_PRESENT);
    assert_string_equal(after.certificate_code, before.certificate_code);
    assert_int_equal(course_progress(rig, id).credits_tenths, 0);
    assert_string_equal(course_complete(rig, &course, 0, &id, 1, true).rule, "enrolment.learning.not-seated"); /* the old one is over */
    assert_int_equal(course_complete(rig, &course, 0, &moved, 1, true).err, ERR_OK);
    assert_true(((const Enrolment__CertificateFacts *)verify(before.certificate_code).message)->withdrawn);
}

/* Requests that share a batch see each other's marks: whichever comes last completes, once. */
static void test_at_once(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "at-once", .cap = 9, .capacity = 9, .count = 1});
    const struct uuid id = course_enrol(rig, &course, 0, course_person(rig, "Kaikki Kerralla", "Kunta"));
    const int64_t completed = course_events(rig, "Completed"), units = course_events(rig, "UnitCompleted");
    Enrolment__MarkCompletionsRequest requests[12];
    Enrolment__MarkCompletionsRequest__Entry entry = ENROLMENT__MARK_COMPLETIONS_REQUEST__ENTRY__INIT, *list[1] = {&entry};
    const struct answer *answers[12];
    (void)state;
    entry.registration_id = rig_bytes(&id);
    for (size_t i = 0; i < 12; i++) {
        enrolment__mark_completions_request__init(&requests[i]);
        requests[i].programme_id = rig_bytes(&course.world.programme);
        requests[i].unit_id = rig_bytes(&course.units[i % COURSE_UNITS]);
        requests[i].entries = list;
        requests[i].n_entries = 1;
        answers[i] = rig_send(
            rig,
            &(struct ask){.method = "MarkCompletions", .message = &requests[i].base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR});
    }
    rig_wait(rig);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(answers[i]->err, ERR_OK);
    assert_int_equal(course_events(rig, "UnitCompleted"), units + 3);
    assert_int_equal(course_events(rig, "Completed"), completed + 1);
    assert_int_equal(course_progress(rig, id).credits_tenths, 50);
}

static void test_review(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "review", .cap = 4, .capacity = 4, .count = 1, .moderated = true});
    const struct uuid id = course_enrol(rig, &course, 0, course_person(rig, "Reetta Rajatapaus", "Kunta"));
    const int64_t completed = course_events(rig, "Completed");
    Enrolment__ReviewRequest review = ENROLMENT__REVIEW_REQUEST__INIT;
    (void)state;
    course_complete_all(rig, &course, &id, 1);
    assert_int_equal(course_events(rig, "Completed"), completed);
    review.registration_id = rig_bytes(&id);
    review.decision = ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT;
    assert_int_equal(course_staff(rig, "Review", &review.base).err, ERR_OK);
    assert_int_equal(course_events(rig, "Completed"), completed + 1);
    assert_string_not_equal(course_progress(rig, id).certificate_code, "");
}

static void test_certificate(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "paper", .cap = 4, .capacity = 4, .count = 1});
    const struct uuid person = course_person(rig, "Åsa Ärlig-Öhman", "Kunta");
    const struct uuid id = course_enrol(rig, &course, 0, person);
    (void)state;
    course_complete_all(rig, &course, &id, 1);
    struct answer a = course_certificate(rig, person, RIG_PARTICIPANT, id, "en");
    assert_string_equal(((const Bus__File *)a.message)->media_type, "application/pdf");
    assert_string_equal(((const Bus__File *)a.message)->name, "paper-certificate.pdf");
    const char *path = course_save(&a, "pdf");
    const char *info = course_run("pdfinfo %s", path);
    assert_non_null(strstr(info, "Title:           Certificate: Strength for leadership"));
    assert_non_null(strstr(info, "Tagged:          yes"));
    const char *text = course_run("pdftotext -layout %s -", path);
    assert_non_null(strstr(text, "Åsa Ärlig-Öhman"));
    assert_non_null(strstr(text, "Example University"));
    assert_non_null(strstr(text, "Shared leadership"));
    assert_non_null(strstr(text, course_progress(rig, id).certificate_code));
    assert_non_null(strstr(text, "https://koulutus.example.fi/api/certificates/")); /* HV_PUBLIC_URL, its last / left out */
    assert_non_null(strstr(course_run("qpdf --check %s 2>&1", path), "No syntax or stream encoding errors"));
    (void)kit_sql(rig_pg(rig), "update enrolment.certificate set credits_tenths = 10"); /* one of them is said in the singular */
    a = course_certificate(rig, person, RIG_PARTICIPANT, id, "fi");
    text = course_run("pdftotext -layout %s -", course_save(&a, "pdf"));
    assert_non_null(strstr(text, "Todistus"));
    assert_non_null(strstr(text, "on suorittanut koulutuksen Voimaa johtajuuteen"));
    assert_non_null(strstr(text, "Laajuus on 1 opintopiste")); /* what is behind it may stand on the next line */
    a = course_certificate(rig, person, RIG_PARTICIPANT, id, "sv");
    assert_non_null(strstr(course_run("pdftotext -layout %s -", course_save(&a, "pdf")), "Intyg"));
    assert_non_null(strstr(course_run("qpdf --json %s | grep '\"/Lang\"'", course_save(&a, "pdf")), "u:sv"));
    a = course_certificate(rig, person, RIG_PARTICIPANT, id, NULL); /* who says no language reads Finnish, and a screen reader is told so */
    assert_non_null(strstr(course_run("qpdf --json %s | grep '\"/Lang\"'", course_save(&a, "pdf")), "u:fi"));
    assert_int_equal(course_certificate(rig, rig_new_id(), RIG_PARTICIPANT, id, "en").err, ERR_FORBIDDEN);
    assert_int_equal(course_certificate(rig, (struct uuid){{0}}, RIG_PUBLIC, id, "en").err, ERR_UNAUTHENTICATED);
}

static void test_trainee_days(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "days", .cap = 280, .capacity = 160, .count = 2});
    struct uuid ids[2];
    Enrolment__GetTraineeDaysRequest get = ENROLMENT__GET_TRAINEE_DAYS_REQUEST__INIT;
    (void)state;
    for (size_t i = 0; i < 2; i++)
        ids[i] = course_enrol(rig, &course, i, course_person(rig, "Osa Listalla", "Kunta"));
    course_complete_all(rig, &course, &ids[1], 1);
    get.programme_id = rig_bytes(&course.world.programme);
    const struct answer a = course_staff(rig, "GetTraineeDays", &get.base);
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__TraineeDays *days = (const Enrolment__TraineeDays *)a.message;
    assert_int_equal(days->full_tenths, 63000); /* 6,300: by the cap of 280, not by 2 x 160 seats */
    assert_int_equal(days->current_tenths, 450);
    assert_int_equal(days->completed_tenths, 225);
    assert_int_equal(days->n_rows, 2);
    assert_int_equal(days->rows[0]->planned_tenths, 36000);
    assert_int_equal(days->rows[0]->completed, 0);
    assert_int_equal(days->rows[1]->completed, 1);
    assert_int_equal(days->rows[1]->seated, 1);
    assert_int_equal(course_ask(rig, rig_new_id(), RIG_PARTICIPANT, "GetTraineeDays", &get.base).err, ERR_FORBIDDEN);
}

static void test_many(void **state)
{
    const struct course course = course_new(rig, &(struct course_plan){.code = "many", .cap = 501, .capacity = 501, .count = 1});
    static struct uuid ids[501];
    (void)state;
    for (size_t i = 0; i < 501; i++) {
        if (i % 100 == 0)
            rig_rest(rig);
        ids[i] = course_enrol(rig, &course, 0, course_person(rig, "Osa Listalla", "Kunta"));
    }
    const int64_t before = course_events(rig, "UnitCompleted");
    assert_string_equal(course_complete(rig, &course, 0, ids, 501, false).field, "entries");
    assert_int_equal(course_complete(rig, &course, 0, ids, 500, false).err, ERR_OK);
    assert_int_equal(course_attend(rig, &course, 0, ids, 500, ENROLMENT__PRESENCE__PRESENCE_ABSENT).err, ERR_OK);
    assert_int_equal(course_events(rig, "UnitCompleted"), before + 500);
    assert_int_equal(course_complete(rig, &course, 1, ids, 500, false).err, ERR_OK);
    assert_int_equal(course_complete(rig, &course, 2, ids, 500, false).err, ERR_OK);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.certificate c join enrolment.registration r"
                                              " on r.id = c.registration_id join enrolment.programme p on p.id = r.programme_id"
                                              " where p.code = 'many'"),
                     500);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_attendance, rig_group_rest),   /* by list, told once, paged in order with names */
        cmocka_unit_test_setup(test_list_refused, rig_group_rest), /* all or nothing, each wrong entry named */
        cmocka_unit_test_setup(test_completed, rig_group_rest), /* unit by unit to the certificate, taken back, and the same code again */
        cmocka_unit_test_setup(test_verify, rig_group_rest),    /* by anybody, however typed; an unknown code is not found */
        cmocka_unit_test_setup(test_unit_taken_away, rig_group_rest), /* the same mark again completes who has all that is left */
        cmocka_unit_test_setup(test_transferred, rig_group_rest),     /* everything goes along to another implementation */
        cmocka_unit_test_setup(test_at_once, rig_group_rest),         /* requests of one batch complete once */
        cmocka_unit_test_setup(test_review, rig_group_rest),      /* an open review keeps it from being completed; accepting completes it */
        cmocka_unit_test_setup(test_certificate, rig_group_rest), /* a tagged PDF in the reader's language, for its person */
        cmocka_unit_test_setup(test_trainee_days, rig_group_rest), /* 6,300 for a full VEPO */
        cmocka_unit_test_setup(test_many, rig_group_rest),         /* 500 in one list, no more */
    };
    if (setenv("HV_PUBLIC_URL", "https://koulutus.example.fi/", 1) != 0)
        return 1;
    return rig_told(cmocka_run_group_tests_name("enrolment learning", tests, start, rig_group_stop));
}
