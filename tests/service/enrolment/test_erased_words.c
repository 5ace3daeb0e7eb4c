/* Forgetting what was said about people, by whomever: answers, conditions, reasons, plans and notes, in tables, in events and in the
 * replies that are kept for staff. And what a coordinator said about others, which stays when the coordinator is forgotten. */
#include "tests/service/enrolment/course.h"
#include "tests/service/enrolment/erasing.h"

#define NAME "Vesa-Sanoista"

static struct rig *rig;

static char *text(const char *words)
{
    return (char *)(uintptr_t)words;
}

static struct answer staff(struct uuid actor, const char *method, const ProtobufCMessage *message)
{
    const struct answer a = course_ask(rig, actor, RIG_COORDINATOR, method, message);
    assert_int_equal(a.err, ERR_OK);
    return a;
}

static void review(struct uuid actor, struct uuid registration, const char *condition)
{
    Enrolment__ReviewRequest request = ENROLMENT__REVIEW_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    request.decision = ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT_ON_CONDITION;
    request.reason = text(condition);
    (void)staff(actor, "Review", &request.base);
}

static struct uuid transfer(struct uuid actor, struct uuid registration, struct uuid implementation, const char *reason)
{
    Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    request.implementation_id = rig_bytes(&implementation);
    request.reason = text(reason);
    const struct answer a = staff(actor, "Transfer", &request.base);
    return rig_id(rig_registration(&a)->id);
}

static void hand_in(struct uuid actor, struct uuid registration, const char *words)
{
    Enrolment__HandInPlanRequest request = ENROLMENT__HAND_IN_PLAN_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    request.kind = ENROLMENT__HAND_IN_PLAN_REQUEST__KIND__OWN;
    request.title = request.body = text(words);
    (void)staff(actor, "HandInPlan", &request.base);
}

static void set_answer(struct uuid actor, struct uuid registration, const char *words)
{
    Enrolment__SetAnswersRequest request = ENROLMENT__SET_ANSWERS_REQUEST__INIT;
    Enrolment__Answer answer = ENROLMENT__ANSWER__INIT, *answers[1] = {&answer};
    char *values[1] = {text(words)};

    answer.code = text("wishes");
    answer.values = values;
    answer.n_values = 1;
    request.registration_id = rig_bytes(&registration);
    request.answers = answers;
    request.n_answers = 1;
    const struct answer a = staff(actor, "SetAnswers", &request.base);
    const Enrolment__AnswerList *list = (const Enrolment__AnswerList *)a.message;
    assert_int_equal(list->n_answers, 1);
    assert_int_equal(list->answers[0]->n_values, 0); /* the reply is kept, so it says which questions, not what */
}

/* A place by a code that was made for this person. */
static struct uuid invited(struct uuid actor, const struct course *course, struct uuid person, const char *note)
{
    Enrolment__CreateInvitationRequest make = ENROLMENT__CREATE_INVITATION_REQUEST__INIT;
    Enrolment__EnrolRequest enrol = ENROLMENT__ENROL_REQUEST__INIT;

    make.implementation_id = rig_bytes(&course->world.implementations[0]);
    make.seats = 1;
    make.note = text(note);
    const struct answer made = staff(actor, "CreateInvitation", &make.base);
    enrol.programme_id = rig_bytes(&course->world.programme);
    enrol.implementation_id = rig_bytes(&course->world.implementations[0]);
    enrol.invitation = ((const Enrolment__Invitation *)made.message)->code;
    const struct answer a = course_ask(rig, person, RIG_PARTICIPANT, "Enrol", &enrol.base);
    return rig_id(rig_registration(&a)->id);
}

static struct course course_asking(const char *code)
{
    Enrolment__Question question = ENROLMENT__QUESTION__INIT, *questions[1] = {&question};
    Bus__Text title = BUS__TEXT__INIT;

    title.fi = text("Toiveet");
    question.code = text("wishes");
    question.title = &title;
    return course_new(rig, &(struct course_plan){.code = code,
                                                 .cap = 9,
                                                 .capacity = 9,
                                                 .waiting_cap = 9,
                                                 .count = 2,
                                                 .moderated = true,
                                                 .questions = questions,
                                                 .question_count = 1});
}

/* All that can be said about one person, each time with the name. Returns the registration as it is in the end. */
static struct uuid talked_about(struct uuid coordinator, const struct course *course, struct uuid person)
{
    const struct uuid first = course_enrol(rig, course, 0, person);

    set_answer(coordinator, first, NAME " sits in front");
    review(coordinator, first, NAME " brings a certificate");
    const struct uuid id = transfer(coordinator, first, course->world.implementations[1], NAME " moved");
    hand_in(coordinator, id, "The plan of " NAME);
    assert_int_equal(course_attend(rig, course, 0, &id, 1, ENROLMENT__PRESENCE__PRESENCE_PARTLY).err, ERR_OK);
    return id;
}

static void test_words_about(void **state)
{
    (void)state;
    const struct course course = course_asking("words-a");
    const struct course other = course_new(rig, &(struct course_plan){.code = "words-b", .cap = 3, .capacity = 3, .count = 1});
    const struct uuid person = erasing_person(rig, NAME);

    (void)talked_about(rig_coordinator(), &course, person);
    const struct uuid guest = invited(rig_coordinator(), &other, person, "For " NAME);
    Enrolment__Registration given_up = ENROLMENT__REGISTRATION__INIT;
    given_up.id = rig_bytes(&guest);
    erasing_cancel(rig, &given_up, NAME " fell ill");
    assert_true(erasing_rows(rig, NAME, "event_log") >= 6); /* else this test looks at nothing */
    assert_true(erasing_rows(rig, NAME, "") - erasing_rows(rig, NAME, "event_log") >= 5);
    erasing_self(rig, person, 3, 1);
    assert_int_equal(erasing_rows(rig, NAME, ""), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where person_hash is not null"
                                              " and request_hash <> decode(repeat('00', 32), 'hex')"),
                     0);
    assert_int_equal(erasing_events(rig, "Transferred", (struct uuid){{0}}), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type in ('enrolment.Reviewed.v1',"
                                              " 'enrolment.Transferred.v1', 'enrolment.Attended.v1')"),
                     3); /* they are all still there */
}

static void test_words_by(void **state)
{
    (void)state;
    const struct course course = course_asking("words-by");
    const struct uuid coordinator = erasing_person(rig, "Katri-Koordinaattori"), person = erasing_person(rig, NAME);
    const struct uuid id = talked_about(coordinator, &course, person);

    erasing_self(rig, coordinator, 0, 0);
    Enrolment__GetPlanRequest get = ENROLMENT__GET_PLAN_REQUEST__INIT;
    get.registration_id = rig_bytes(&id);
    const struct answer a = course_ask(rig, person, RIG_PARTICIPANT, "GetPlan", &get.base);
    assert_int_equal(a.err, ERR_OK);
    assert_string_equal(((const Enrolment__Plan *)a.message)->body, "The plan of " NAME); /* it is this person's */
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.change where reason = '" NAME " moved'"), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration_move where reason = '" NAME " moved'"), 1);
    erasing_self(rig, person, 2, 1);
    assert_int_equal(erasing_rows(rig, NAME, ""), 0);
}

static bool is_forgotten(void *code)
{
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.programme where code = '%s' and forgotten_at is not null",
                       (const char *)code) == 1;
}

#define EVENTS "select count(*) from enrolment.event_log where type not like '%%.Window%%'" /* those the clock tells */

/* Who was seated when a programme's people were forgotten stays counted, and is nobody's to move. */
static void test_nobody_is_moved(void **state)
{
    (void)state;
    const struct course course = course_asking("words-old");
    const struct uuid id = talked_about(rig_coordinator(), &course, erasing_person(rig, NAME));
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window w set opens_at = now() - interval '40 days', closes_at = now() -"
                             " interval '31 days', opened_told = true, closed_told = true from enrolment.programme p"
                             " where p.id = w.programme_id and p.code = 'words-old'");
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set retention_days = 30 where code = 'words-old'");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t) "words-old", KIT_PATIENCE_MS));
    assert_int_equal(erasing_rows(rig, NAME, ""), 0);
    const int64_t events = kit_sql_int(rig_pg(rig), EVENTS);

    Enrolment__TransferRequest move = ENROLMENT__TRANSFER_REQUEST__INIT;
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;
    Enrolment__SetAnswersRequest set = ENROLMENT__SET_ANSWERS_REQUEST__INIT;
    move.registration_id = cancel.registration_id = set.registration_id = rig_bytes(&id);
    move.implementation_id = rig_bytes(&course.world.implementations[0]);
    move.reason = cancel.reason = text("no");
    assert_int_equal(course_staff(rig, "Transfer", &move.base).err, ERR_NOT_FOUND);
    assert_int_equal(course_staff(rig, "Cancel", &cancel.base).err, ERR_NOT_FOUND);
    assert_int_equal(course_staff(rig, "SetAnswers", &set.base).err, ERR_NOT_FOUND);
    assert_int_equal(course_attend(rig, &course, 0, &id, 1, ENROLMENT__PRESENCE__PRESENCE_PRESENT).err, ERR_REFUSED);
    assert_int_equal(kit_sql_int(rig_pg(rig), EVENTS), events);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select taken from enrolment.programme where code = 'words-old'"), 1);
}

static bool ticks(void *context)
{
    return kit_sql_int(rig_pg(rig), "select extract(epoch from clock_timestamp())::bigint") >= *(const int64_t *)context;
}

/* A second round of a course whose webinars are long past: whoever enrols in it is not forgotten by the dates of the first. */
static void test_new_round(void **state)
{
    (void)state;
    const struct course course = course_new(rig, &(struct course_plan){.code = "round", .cap = 3, .capacity = 3, .count = 1});
    const struct uuid person = erasing_person(rig, NAME);
    (void)course_enrol(rig, &course, 0, person);
    (void)kit_sql(rig_pg(rig), "insert into enrolment.webinar (id, unit_id, ordinal, starts_at, ends_at, advance_notice)"
                               " select gen_random_uuid(), u.id, 1, now() - interval '90 days', now() - interval '89 days', false"
                               " from enrolment.unit u join enrolment.programme p on p.id = u.programme_id where p.code = 'round'");
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set retention_days = 30 where code = 'round'");
    int64_t until = kit_sql_int(rig_pg(rig), "select extract(epoch from clock_timestamp())::bigint") + 4; /* two looks at least */
    assert_true(kit_wait_until(ticks, &until, KIT_PATIENCE_MS));
    assert_false(is_forgotten((void *)(uintptr_t) "round"));
    assert_true(erasing_rows(rig, NAME, "event_log") > 0);
    erasing_self(rig, person, 1, 1);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"what was said about a forgotten person is nowhere: tables, events, kept replies", test_words_about, rig_group_rest, NULL, NULL},
        {"what a forgotten coordinator said about others, and wrote for them, stays", test_words_by, rig_group_rest, NULL, NULL},
        {"a place of nobody is moved by nobody, and tells nobody", test_nobody_is_moved, rig_group_rest, NULL, NULL},
        {"a round that is open keeps its people, however old the webinars are", test_new_round, rig_group_rest, NULL, NULL},
    };
    return rig_told(cmocka_run_group_tests_name("enrolment erased words", tests, start, rig_group_stop));
}
