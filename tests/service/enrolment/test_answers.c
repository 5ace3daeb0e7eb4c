/* Extra questions and their answers, end to end: taken with the enrolment, checked with the field named, sealed where they are
 * sensitive, changed until the cut-off, and the keys that seal them changed. */
#include "tests/service/enrolment/rig.h"

#include <stdlib.h>

static struct rig *rig;
static struct world world;

#define SECRET "ei pahkinoita lainkaan" /* a sensitive answer, to be looked for where it must not be */
#define KEY_2  "2 0200000000000000000000000000000000000000000000000000000000000000\n"

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

/* Four questions: coming to dinner (required); the meal, when there is one; a sensitive one; a number. */
static void ask_questions(void)
{
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(
        rig_pg(rig),
        "insert into enrolment.question (programme_id, ordinal, code, kind, title_fi, title_sv, title_en, help_fi, help_sv, help_en,"
        " required, sensitive, option_values, option_fi, option_sv, option_en, when_code, when_values)"
        " values ('%s', 1, 'dinner', 3, 'Illallinen?', '', '', '', '', '', true, false, '{}', '{}', '{}', '{}', '', '{}'),"
        " ('%s', 2, 'meal', 2, 'Ateria', '', '', '', '', '', true, false, '{fish,plants}', '{Kala,Kasvis}', '{Fisk,Vego}', "
        "'{Fish,Plants}', 'dinner',"
        " '{yes}'), ('%s', 3, 'diet', 0, 'Erityisruokavalio', '', '', '', '', '', false, true, '{}', '{}', '{}', '{}', 'dinner', '{yes}'),"
        " ('%s', 4, 'years', 4, 'Vuosia', '', '', '', '', '', false, false, '{}', '{}', '{}', '{}', '', '{}')",
        id, id, id, id);
}

static int each(void **state)
{
    static int number = 0;
    char code[32];
    (void)state;
    (void)snprintf(code, sizeof code, "a%d", ++number);
    world = rig_programme(rig, &(struct programme_plan){.code = code, .cap = 20, .capacity = 10, .waiting_cap = 5, .count = 2});
    ask_questions();
    return 0;
}

/* --- answers in words ---------------------------------------------------------------------------------------------------------- */

struct said { /* "dinner", "yes" or "meal", "fish|plants"; ends with a NULL code */
    const char *code, *values;
};

struct said_list {
    Enrolment__Answer answers[8], *list[8];
    char texts[8][2048];
    char *values[8][8];
    size_t count;
};

static void say(struct said_list *out, const struct said *said)
{
    out->count = 0;
    for (; said[out->count].code != NULL; out->count++) {
        const size_t i = out->count;
        enrolment__answer__init(&out->answers[i]);
        out->answers[i].code = (char *)(uintptr_t)said[i].code;
        out->answers[i].values = out->values[i];
        (void)snprintf(out->texts[i], sizeof out->texts[i], "%s", said[i].values != NULL ? said[i].values : "");
        char *rest_of = out->texts[i];
        for (char *word = said[i].values != NULL ? strtok_r(rest_of, "|", &rest_of) : NULL; word != NULL;
             word = strtok_r(NULL, "|", &rest_of))
            out->values[i][out->answers[i].n_values++] = word;
        out->list[i] = &out->answers[i];
    }
}

static struct answer enrol(struct uuid person, const char *key, const struct said *said)
{
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;
    struct said_list list;

    say(&list, said);
    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    request.answers = list.list;
    request.n_answers = list.count;
    return rig_ask(rig, &(struct ask){.method = "Enrol", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT, .key = key});
}

static struct answer set(struct uuid registration, struct uuid actor, uint32_t roles, const struct said *said)
{
    Enrolment__SetAnswersRequest request = ENROLMENT__SET_ANSWERS_REQUEST__INIT;
    struct said_list list;

    say(&list, said);
    request.registration_id = rig_bytes(&registration);
    request.answers = list.list;
    request.n_answers = list.count;
    return rig_ask(rig, &(struct ask){.method = "SetAnswers", .message = &request.base, .actor = actor, .roles = roles});
}

static struct answer get(struct uuid registration, struct uuid actor, uint32_t roles)
{
    Enrolment__GetAnswersRequest request = ENROLMENT__GET_ANSWERS_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    return rig_ask(rig, &(struct ask){.method = "GetAnswers", .message = &request.base, .actor = actor, .roles = roles});
}

/* The list in one line: "dinner=yes meal=fish,plants diet=". */
static const char *line_of(const struct answer *a)
{
    static char line[1024];
    const Enrolment__AnswerList *list = (const Enrolment__AnswerList *)a->message;
    size_t len = 0;

    assert_int_equal(a->err, ERR_OK);
    line[0] = '\0';
    for (size_t i = 0; i < list->n_answers; i++) {
        len += (size_t)snprintf(line + len, sizeof line - len, "%s%s=", i > 0 ? " " : "", list->answers[i]->code);
        for (size_t k = 0; k < list->answers[i]->n_values; k++)
            len += (size_t)snprintf(line + len, sizeof line - len, "%s%s", k > 0 ? "," : "", list->answers[i]->values[k]);
    }
    for (size_t i = 0; i < list->n_unreadable; i++)
        len += (size_t)snprintf(line + len, sizeof line - len, " %s?", list->unreadable[i]);
    return line;
}

static const struct said WHOLE[] = {{"years", "7"}, {"dinner", "yes"}, {"meal", "fish|plants"}, {"diet", SECRET}, {NULL, NULL}};
static const struct said SHORT[] = {{"dinner", "no"}, {NULL, NULL}};

static struct uuid enrolled(struct uuid person, const struct said *said)
{
    const struct answer a = enrol(person, NULL, said);
    return rig_id(rig_registration(&a)->id);
}

/* Rows of these tables that hold the secret in the clear, in any column. */
static int64_t leaks(void)
{
    return kit_sql_int(rig_pg(rig),
                       "select (select count(*) from enrolment.answer t where t::text like '%%pahkin%%')"
                       " + (select count(*) from enrolment.answer where sealed is not null and position('pahkin'::bytea in sealed) > 0)"
                       " + (select count(*) from enrolment.event_log where position('pahkin'::bytea in payload) > 0)"
                       " + (select count(*) from enrolment.request_seen t where position('pahkin'::bytea in t.response) > 0)"
                       " + (select count(*) from enrolment.registration t where t::text like '%%pahkin%%')"
                       " + (select count(*) from enrolment.change t where t::text like '%%pahkin%%')");
}

/* --- taking them --------------------------------------------------------------------------------------------------------------- */

static void test_taken_and_shown(void **state)
{
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE);
    struct answer a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7"); /* in the order of the questions */
    a = get(id, rig_coordinator(), RIG_COORDINATOR);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
    assert_int_equal(leaks(), 0);
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(*) from enrolment.answer where sealed is not null and key_no = 1 and plain is null"), 1);
}

static void test_same_key_again(void **state)
{
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct answer first = enrol(person, "the-same", WHOLE), again = enrol(person, "the-same", WHOLE),
                        other = enrol(person, "the-same", SHORT);
    assert_int_equal(first.err, ERR_OK);
    assert_true(again.replayed);
    assert_int_equal(other.err, ERR_KEY_REUSED);
}

static void test_required(void **state)
{
    static const struct said unasked[] = {{"dinner", "yes"}, {NULL, NULL}};
    static const struct said nothing[] = {{NULL, NULL}};
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    struct answer a = enrol(person, "try", nothing);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.answer.required");
    assert_string_equal(rig_fact(&a, "question"), "dinner");
    a = enrol(person, NULL, unasked);
    assert_string_equal(a.rule, "enrolment.answer.required");
    assert_string_equal(rig_fact(&a, "question"), "meal");
    a = enrol(person, "try", SHORT); /* nothing was left behind, so the key is free */
    assert_int_equal(a.err, ERR_OK);
}

static void test_fields_named(void **state)
{
    static const struct {
        struct said said[4];
        const char *rule, *field;
    } rows[] = {
        {{{"dinner", "no"}, {"shoe", "44"}}, "enrolment.answer.unknown", "answers[1].code"},
        {{{"dinner", "no"}, {"dinner", "no"}}, "enrolment.answer.twice", "answers[1]"},
        {{{"dinner", "no"}, {"meal", "fish"}}, "enrolment.answer.not-asked", "answers[1].code"},
        {{{"dinner", "yes|no"}}, "enrolment.answer.count", "answers[0]"},
        {{{"dinner", "maybe"}}, "enrolment.answer.yes-or-no", "answers[0].values[0]"},
        {{{"dinner", "yes"}, {"meal", "fish|tofu"}}, "enrolment.answer.option", "answers[1].values[1]"},
        {{{"dinner", "no"}, {"years", "many"}}, "enrolment.answer.number", "answers[1].values[0]"},
        {{{"dinner", "yes"}, {"meal", "fish"}, {"diet", "a\tb"}}, "enrolment.answer.text", "answers[2].values[0]"},
    };
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct answer a = enrol(person, NULL, rows[i].said);
        assert_int_equal(a.err, ERR_INVALID);
        assert_string_equal(a.rule, rows[i].rule);
        assert_string_equal(a.field, rows[i].field);
        assert_string_not_equal(rig_fact(&a, "question"), "");
    }
    assert_int_equal(enrol(person, NULL, SHORT).err, ERR_OK);
}

static void test_longest(void **state)
{
    char text[2048] = "";
    const struct said said[] = {{"dinner", "yes"}, {"meal", "fish"}, {"diet", text}, {NULL, NULL}};
    (void)state;
    memset(text, 'a', 2001);
    const struct answer a = enrol(rig_person(rig, "teacher", "basic"), NULL, said);
    assert_int_equal(a.err, ERR_INVALID);
    assert_string_equal(a.rule, "enrolment.answer.length");
    assert_string_equal(a.field, "answers[2].values[0]");
    text[2000] = '\0';
    assert_int_equal(enrol(rig_person(rig, "teacher", "basic"), NULL, said).err, ERR_OK);
}

static void test_no_questions(void **state)
{
    static const struct said nothing[] = {{NULL, NULL}};
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "delete from enrolment.question where programme_id = '%s'", id);
    const struct answer a = enrol(person, NULL, SHORT);
    assert_string_equal(a.rule, "enrolment.answer.unknown");
    assert_string_equal(rig_fact(&a, "question"), "dinner"); /* the code that was sent */
    assert_int_equal(enrol(person, NULL, nothing).err, ERR_OK);
}

/* --- changing them ------------------------------------------------------------------------------------------------------------- */

static void test_changed_by_oneself(void **state)
{
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, SHORT);
    struct answer a = set(id, person, RIG_PARTICIPANT, WHOLE);
    assert_string_equal(line_of(&a), "dinner= meal= diet= years="); /* kept for repeats, so without what was answered */
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
    a = set(id, person, RIG_PARTICIPANT, SHORT); /* the whole list is replaced */
    assert_string_equal(line_of(&a), "dinner=");
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=no");
    assert_int_equal(leaks(), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.change where field = 'answers'"), 0);
}

static void test_cut_off(void **state)
{
    char id_text[UUID_TEXT];
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, SHORT);
    uuid_format(world.programme, id_text);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set edit_until = now() - interval '1 second' where id = '%s'", id_text);
    struct answer a = set(id, person, RIG_PARTICIPANT, WHOLE);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.answer.closed");
    assert_true(*rig_fact(&a, "closedAt") != '\0');
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=no");
    assert_true(((const Enrolment__AnswerList *)a.message)->edit_until_us > 0);
    a = set(id, rig_coordinator(), RIG_COORDINATOR, WHOLE);
    assert_int_equal(a.err, ERR_OK);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select concat_ws('|', call, was, becomes, (registration_id is not null)::integer) from enrolment.change"
                                " where programme_id = '%s' and field = 'answers'",
                                id_text),
                        "enrolment.SetAnswers|dinner|dinner, meal, diet, years|1");
    assert_int_equal(leaks(), 0);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set edit_until = now() + interval '1 hour' where id = '%s'", id_text);
    a = set(id, person, RIG_PARTICIPANT, SHORT);
    assert_int_equal(a.err, ERR_OK);
}

static void test_who_may(void **state)
{
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic"), other = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE);
    assert_int_equal(get(id, other, RIG_PARTICIPANT).err, ERR_FORBIDDEN);
    assert_int_equal(get(id, (struct uuid){{0}}, RIG_PUBLIC).err, ERR_UNAUTHENTICATED);
    assert_int_equal(get(rig_new_id(), person, RIG_PARTICIPANT).err, ERR_NOT_FOUND);
    assert_int_equal(set(id, other, RIG_PARTICIPANT, SHORT).err, ERR_FORBIDDEN);
    assert_int_equal(set(id, (struct uuid){{0}}, RIG_PUBLIC, SHORT).err, ERR_UNAUTHENTICATED);
    assert_int_equal(set(rig_new_id(), person, RIG_PARTICIPANT, SHORT).err, ERR_NOT_FOUND);
    assert_string_equal(set((struct uuid){{0}}, person, RIG_PARTICIPANT, SHORT).field, "registrationId");
}

static void test_after_cancelling(void **state)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE);
    request.registration_id = rig_bytes(&id);
    (void)rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
    const struct answer a = set(id, person, RIG_PARTICIPANT, SHORT);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.answer.no-place");
}

/* --- with holds and transfers ---------------------------------------------------------------------------------------------------- */

static struct answer confirm(struct uuid registration, struct uuid person, const struct said *said)
{
    Enrolment__ConfirmRequest request = ENROLMENT__CONFIRM_REQUEST__INIT;
    struct said_list list;

    say(&list, said);
    request.registration_id = rig_bytes(&registration);
    request.answers = list.list;
    request.n_answers = list.count;
    return rig_ask(rig, &(struct ask){.method = "Confirm", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
}

static void test_hold_then_answers(void **state)
{
    static const struct said nothing[] = {{NULL, NULL}};
    Enrolment__HoldRequest request = ENROLMENT__HOLD_REQUEST__INIT;
    char id_text[UUID_TEXT];
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    uuid_format(world.programme, id_text);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set hold_minutes = 10 where id = '%s'", id_text);
    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    struct answer a = rig_ask(rig, &(struct ask){.method = "Hold", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_HELD); /* the form is filled meanwhile */
    const struct uuid id = rig_id(rig_registration(&a)->id);
    a = confirm(id, person, nothing);
    assert_string_equal(a.rule, "enrolment.answer.required");
    a = confirm(id, person, WHOLE);
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
}

static void test_transfer_takes_them_along(void **state)
{
    Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE);
    request.registration_id = rig_bytes(&id);
    request.implementation_id = rig_bytes(&world.implementations[1]);
    struct answer a =
        rig_ask(rig, &(struct ask){.method = "Transfer", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
    const struct uuid moved = rig_id(rig_registration(&a)->id);
    a = get(moved, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "");
}

/* --- keys ---------------------------------------------------------------------------------------------------------------------- */

static struct answer reseal(uint32_t roles)
{
    Enrolment__ResealAnswersRequest request = ENROLMENT__RESEAL_ANSWERS_REQUEST__INIT;
    return rig_ask(rig, &(struct ask){.method = "ResealAnswers", .message = &request.base, .actor = rig_coordinator(), .roles = roles});
}

static const Enrolment__ResealReport *report_of(const struct answer *a)
{
    assert_int_equal(a->err, ERR_OK);
    return (const Enrolment__ResealReport *)a->message;
}

/* Sealed with key 1; key 2 comes, seals anew; key 1 goes; still readable. */
static void test_key_rotation(void **state)
{
    (void)state;
    (void)kit_sql(rig_pg(rig), "delete from enrolment.answer");
    const struct uuid person = rig_person(rig, "teacher", "basic"), late = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE);
    rig_restart(rig, RIG_DATA_KEYS KEY_2);
    struct answer a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
    (void)enrolled(late, WHOLE);
    assert_string_equal(
        kit_sql(rig_pg(rig), "select string_agg(key_no::text, ' ' order by key_no) from enrolment.answer where sealed is not null"), "1 2");
    assert_int_equal(reseal(RIG_COORDINATOR).err, ERR_FORBIDDEN);
    a = reseal(RIG_ADMIN);
    assert_int_equal(report_of(&a)->resealed, 1);
    assert_int_equal(report_of(&a)->left, 0);
    assert_int_equal(report_of(&a)->key, 2);
    a = reseal(RIG_ADMIN);
    assert_int_equal(report_of(&a)->resealed, 0);
    rig_restart(rig, KEY_2);
    a = get(id, person, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=yes meal=fish,plants diet=" SECRET " years=7");
    assert_int_equal(leaks(), 0);
    (void)kit_sql(rig_pg(rig), "delete from enrolment.answer");
    rig_restart(rig, RIG_DATA_KEYS);
}

/* More than one step holds: each says what is left. */
static void test_reseal_in_steps(void **state)
{
    (void)state;
    (void)kit_sql(rig_pg(rig), "delete from enrolment.answer");
    const struct uuid id = enrolled(rig_person(rig, "teacher", "basic"), WHOLE);
    char text[UUID_TEXT];
    uuid_format(id, text);
    (void)kit_sql(rig_pg(rig), "insert into enrolment.answer select '%s', 'x' || g, null, '\\x00', 1 from generate_series(1, 3) g", text);
    rig_restart(rig, RIG_DATA_KEYS KEY_2);
    struct answer a = reseal(RIG_ADMIN);
    assert_int_equal(report_of(&a)->resealed, 1);
    assert_int_equal(report_of(&a)->left, 3); /* what does not open stays, and is told */
    (void)kit_sql(rig_pg(rig), "delete from enrolment.answer");
    rig_restart(rig, RIG_DATA_KEYS);
}

static void test_moved_row_stays_shut(void **state)
{
    char mine[UUID_TEXT], others[UUID_TEXT];
    (void)state;
    const struct uuid person = rig_person(rig, "teacher", "basic"), other = rig_person(rig, "teacher", "basic");
    const struct uuid id = enrolled(person, WHOLE), theirs = enrolled(other, SHORT);
    uuid_format(id, mine);
    uuid_format(theirs, others);
    (void)kit_sql(rig_pg(rig), "update enrolment.answer set registration_id = '%s' where registration_id = '%s' and code = 'diet'", others,
                  mine);
    const struct answer a = get(theirs, other, RIG_PARTICIPANT);
    assert_string_equal(line_of(&a), "dinner=no diet?"); /* the others are shown */
}

static void test_without_keys(void **state)
{
    static const struct said harmless[] = {{"dinner", "yes"}, {"meal", "fish"}, {NULL, NULL}};
    (void)state;
    rig_restart(rig, NULL);
    const struct uuid person = rig_person(rig, "teacher", "basic");
    struct answer a = enrol(person, NULL, WHOLE);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "enrolment.answer.no-key");
    assert_string_equal(a.field, "answers[3]");
    assert_int_equal(enrol(person, NULL, harmless).err, ERR_OK);
    a = reseal(RIG_ADMIN);
    assert_string_equal(a.rule, "enrolment.answer.no-key");
    rig_restart(rig, RIG_DATA_KEYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_taken_and_shown, each, rig_group_rest), /* stored, shown to oneself and coordinators, sealed */
        cmocka_unit_test_setup_teardown(test_same_key_again, each, rig_group_rest),  /* a repeated enrolment, and one with other answers */
        cmocka_unit_test_setup_teardown(test_required, each, rig_group_rest),        /* refused with the question's code; nothing is left */
        cmocka_unit_test_setup_teardown(test_fields_named, each, rig_group_rest),    /* each mistake with the field in the JSON's words */
        cmocka_unit_test_setup_teardown(test_longest, each, rig_group_rest),         /* 2,000 characters of free text, and one more */
        cmocka_unit_test_setup_teardown(test_no_questions, each, rig_group_rest),    /* a programme that asks nothing takes nothing */
        cmocka_unit_test_setup_teardown(test_changed_by_oneself, each,
                                        rig_group_rest),                     /* the whole list; the answer without what is sensitive */
        cmocka_unit_test_setup_teardown(test_cut_off, each, rig_group_rest), /* too late for oneself; a coordinator leaves a line */
        cmocka_unit_test_setup_teardown(test_who_may, each, rig_group_rest), /* others, the public, nobody's registration */
        cmocka_unit_test_setup_teardown(test_after_cancelling, each, rig_group_rest),          /* no place, no answers */
        cmocka_unit_test_setup_teardown(test_hold_then_answers, each, rig_group_rest),         /* a hold asks nothing, confirming it does */
        cmocka_unit_test_setup_teardown(test_transfer_takes_them_along, each, rig_group_rest), /* sealed anew for the new registration */
        cmocka_unit_test_setup_teardown(test_key_rotation, each, rig_group_rest),         /* a new key, sealed anew, the old key away */
        cmocka_unit_test_setup_teardown(test_reseal_in_steps, each, rig_group_rest),      /* what does not open stays and is told */
        cmocka_unit_test_setup_teardown(test_moved_row_stays_shut, each, rig_group_rest), /* a sealed row of another registration */
        cmocka_unit_test_setup_teardown(test_without_keys, each, rig_group_rest)          /* everything works but sensitive answers */
    };
    return rig_told(cmocka_run_group_tests_name("answers", tests, start, rig_group_stop));
}
