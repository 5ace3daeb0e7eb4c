/* The files of deploy/ as a whole, and questions: VEPO, a training with everything, and an event that is open to all; each imported as
 * the gateway would hand it over. */
#include <stdlib.h>

#include "services/gateway/route/codec.h"
#include "tests/service/enrolment/editor.h"

static struct rig *rig;
static struct arena *arena;

static Enrolment__Programme *file_read(const char *name)
{
    static char text[200 * 1024];
    ProtobufCMessage *message = codec_new(arena, &enrolment__programme__descriptor);
    struct codec_fault fault;
    FILE *file = fopen(arena_printf(arena, "%s/deploy/%s", HV_TEST_SOURCE, name), "r");
    assert_non_null(file);
    const size_t len = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    if (codec_decode(arena, span_of(text, len), message, &fault) != ERR_OK)
        fail_msg("%s: fault %d at %s", name, (int)fault.fault, fault.field);
    return (Enrolment__Programme *)message;
}

static struct answer import(Enrolment__Programme *programme)
{
    Enrolment__ImportProgrammeRequest request = ENROLMENT__IMPORT_PROGRAMME_REQUEST__INIT;

    request.programme = programme;
    return editor_ask(rig, "ImportProgramme", &request.base, 0);
}

static struct uuid import_ok(Enrolment__Programme *programme)
{
    const struct answer a = import(programme);

    if (a.err != ERR_OK)
        fail_msg("%s %s %s", err_text(a.err)->name, a.rule, a.field);
    return rig_id(((const Enrolment__ImportReport *)a.message)->programme_id);
}

static void test_vepo(void **state)
{
    Enrolment__Programme *file = file_read("vepo.json");
    (void)state;
    const Enrolment__Programme *p = editor_get(rig, import_ok(file));
    assert_int_equal(p->n_implementations, 12);
    assert_int_equal(p->n_units, 3);
    assert_true(p->plan_required && !p->moderated);
    assert_int_equal(p->hold_minutes, 15);
    assert_int_equal(p->retention_days, 1825);
    assert_int_equal(p->n_questions, 2);
    assert_int_equal(p->questions[0]->n_options, 3);
    assert_string_equal(p->questions[0]->options[2]->text->sv, "Jag vet inte ännu");
    assert_true(p->questions[1]->sensitive && !p->questions[1]->required);
    assert_string_equal(p->questions[1]->when_values[0], "on-site");
    const struct answer again = import(file);
    const Enrolment__ImportReport *report = (const Enrolment__ImportReport *)again.message;
    for (size_t i = 0; i < report->n_lines; i++) /* the same file again changes nothing */
        assert_true(report->lines[i]->kind == ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE ||
                    report->lines[i]->kind == ENROLMENT__IMPORT_REPORT__LINE__KIND__DISAGREES);
    assert_int_equal(editor_get(rig, rig_id(report->programme_id))->version, 1);
}

static void test_open_event(void **state)
{
    Enrolment__Programme *file = file_read("strapetsi.json");
    (void)state;
    file->windows[0]->opens_us = time_now_us() - TIME_HOUR;
    file->windows[0]->closes_us = time_now_us() + TIME_DAY;
    const struct uuid id = import_ok(file);
    const Enrolment__Programme *p = editor_get(rig, id);
    assert_int_equal(p->n_implementations, 1);
    assert_int_equal(p->n_rules + p->implementations[0]->n_rules, 0);
    assert_int_equal(p->implementations[0]->capacity, 120);
    assert_int_equal(p->offer_hours, 48);
    const struct world world = {.programme = id, .implementations = {rig_id(p->implementations[0]->id)}};
    const struct answer a = rig_enrol(rig, &world, 0, rig_person(rig, "", "")); /* who says nothing but a name and an address */
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
}

/* --- questions, one field wrong at a time --------------------------------------------------------------------------------------- */

struct asked {
    Enrolment__PutQuestionsRequest put;
    Enrolment__Question question[2], *questions[2];
    Enrolment__Question__Option option[2], *options[2];
    Bus__Text title;
    char *when[1];
};

static void asked_init(struct asked *a, const struct uuid *programme)
{
    enrolment__put_questions_request__init(&a->put);
    a->title = editor_text("Kysymys");
    for (size_t i = 0; i < 2; i++) {
        enrolment__question__init(&a->question[i]);
        enrolment__question__option__init(&a->option[i]);
        a->question[i].code = (char *)(uintptr_t)(i == 0 ? "first" : "second");
        a->question[i].title = a->option[i].text = &a->title;
        a->option[i].value = (char *)(uintptr_t)(i == 0 ? "red" : "blue");
        a->questions[i] = &a->question[i];
        a->options[i] = &a->option[i];
    }
    a->question[0].kind = ENROLMENT__QUESTION__KIND__CHOICE;
    a->question[0].options = a->options;
    a->question[0].n_options = 2;
    a->when[0] = (char *)"blue";
    a->question[1].when_code = (char *)"first";
    a->question[1].when_values = a->when;
    a->question[1].n_when_values = 1;
    a->put.programme_id = rig_bytes(programme);
    a->put.questions = a->questions;
    a->put.n_questions = 2;
}

#define WRONG(CHANGE, RULE, FIELD)                                                                                                         \
    do {                                                                                                                                   \
        asked_init(&a, &world.programme);                                                                                                  \
        CHANGE;                                                                                                                            \
        REFUSED("PutQuestions", &a.put.base, 1, ERR_INVALID, RULE, FIELD);                                                                 \
    } while (0)

static void test_questions(void **state)
{
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "questions", .cap = 3, .capacity = 3, .count = 1});
    struct asked a;
    (void)state;
    WRONG(a.question[0].code = (char *)"", "field.missing", "questions[0].code");
    WRONG(a.question[1].code = (char *)"first", "field.twice", "questions[1].code");
    WRONG(a.question[0].title = NULL, "field.missing", "questions[0].title");
    WRONG(a.question[0].kind = (Enrolment__Question__Kind)5, "field.range", "questions[0].kind");
    WRONG(a.question[0].n_options = 0, "field.range", "questions[0].options");
    WRONG(a.question[0].kind = ENROLMENT__QUESTION__KIND__TEXT, "field.range", "questions[0].options");
    WRONG(a.option[1].value = (char *)"red", "field.twice", "questions[0].options[1].value");
    WRONG(a.option[1].text = NULL, "field.missing", "questions[0].options[1].text");
    WRONG(a.question[1].when_code = (char *)"second", "enrolment.question.when", "questions[1].whenCode");
    WRONG(a.question[0].when_code = (char *)"second"; a.question[0].when_values = a.when;
          a.question[0].n_when_values = 1, "enrolment.question.when", "questions[0].whenCode");
    WRONG(a.question[1].n_when_values = 0, "field.range", "questions[1].whenValues");
    WRONG(a.question[1].when_code = (char *)"", "field.range", "questions[1].whenValues");
    WRONG(a.when[0] = (char *)"green", "field.word", "questions[1].whenValues[0]");

    asked_init(&a, &world.programme);
    const Enrolment__Programme *p = editor_programme(rig, "PutQuestions", &a.put.base, 1);
    assert_int_equal(p->n_questions, 2);
    p = editor_get(rig, world.programme);
    assert_string_equal(p->questions[0]->options[1]->value, "blue");
    assert_string_equal(p->questions[1]->when_code, "first");
    assert_int_equal(editor_programme(rig, "PutQuestions", &a.put.base, 2)->version, 2); /* the same again is no change */
    a.question[1].sensitive = true;
    REFUSED("PutQuestions", &a.put.base, 2, ERR_REFUSED, "enrolment.question.kind", "");
    a.question[1].code = (char *)"third";
    assert_int_equal(editor_programme(rig, "PutQuestions", &a.put.base, 2)->version, 3);
    a.put.n_questions = 1;
    assert_int_equal(editor_programme(rig, "PutQuestions", &a.put.base, 3)->n_questions, 1);
    assert_non_null(strstr(editor_change(rig, world.programme)->was, "third: TEXT, sensitive: \"Kysymys\""));
}

static int start(void **state)
{
    (void)state;
    rig = rig_new(1, 1);
    arena = arena_new(1 << 16);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_free(arena);
    rig_free(rig);
    return 0;
}

static int rest(void **state)
{
    (void)state;
    rig_rest(rig);
    arena_reset(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_vepo, rest),       /* deploy/vepo.json: all it says is kept, and again it changes nothing */
        cmocka_unit_test_setup(test_open_event, rest), /* deploy/strapetsi.json: a seat for whoever has a name and an address */
        cmocka_unit_test_setup(test_questions, rest),  /* each field gone wrong; kinds stay; conditions look back only */
    };
    return rig_told(cmocka_run_group_tests_name("files", tests, start, stop));
}
