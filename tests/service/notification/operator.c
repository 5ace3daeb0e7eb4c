/* See operator.h. */
#include "tests/service/notification/operator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"

#define OUTPUT_MAX (1024 * 1024)

struct stage stage;
struct line line;

static void publish_training(void)
{
    Enrolment__ProgrammeStored *stored = facts_programme(stage.arena, facts_id(OPERATOR_PROGRAMME), facts_id(OPERATOR_PROGRAMME + 1), 1);
    Enrolment__Window *window = arena_alloc(stage.arena, sizeof *window);

    enrolment__window__init(window);
    window->id = facts_bytes(stage.arena, facts_id(OPERATOR_PROGRAMME + 2));
    assert_true(time_parse(&window->opens_us, span_text("2024-08-01T06:00:00Z")));
    assert_true(time_parse(&window->closes_us, span_text("2090-08-31T20:59:00Z")));
    stored->programme->n_windows = 1;
    stored->programme->windows = arena_array(stage.arena, 1, sizeof window);
    stored->programme->windows[0] = window;
    (void)stage_publish(&stage, facts_id(OPERATOR_PROGRAMME), "enrolment.ProgrammeStored.v1", &stored->base);
}

static bool training_known(void *arg)
{
    (void)arg;
    return kit_sql_int(stage.pg, "select count(*) from notification.training_window") == 1;
}

int operator_open(void **state)
{
    static const char *const LANGUAGES[] = {"fi", "sv", "en"};

    (void)state;
    stage_open(&stage);
    publish_training();
    for (unsigned person = 1; person <= 3; person++)
        (void)stage_publish(
            &stage, facts_id(person), "enrolment.PersonStored.v1",
            &facts_person(stage.arena, person, LANGUAGES[person - 1], arena_printf(stage.arena, "p%u@example.fi", person))->base);
    line_open(&line, &stage);
    return stage_wait_tally(&stage, "recipient", 3, OPERATOR_WAIT_MS) && kit_wait_until(training_known, NULL, OPERATOR_WAIT_MS) ? 0 : -1;
}

int operator_close(void **state)
{
    (void)state;
    line_close(&line);
    stage_close(&stage);
    return 0;
}

const Bus__Reply *operator_read(const char *method, const ProtobufCMessage *request, const ProtobufCMessageDescriptor *type,
                                ProtobufCMessage **answer)
{
    return line_ask(
        &line,
        &(const struct line_request){
            .method = method, .message = request, .roles = BUS__ROLE__ROLE_ADMIN, .actor = facts_id(OPERATOR_SELF), .answer = type},
        answer);
}

const Bus__Reply *operator_write(const char *method, const ProtobufCMessage *request, const ProtobufCMessageDescriptor *type,
                                 uint64_t if_match, ProtobufCMessage **answer)
{
    return line_ask(&line,
                    &(const struct line_request){.method = method,
                                                 .message = request,
                                                 .roles = BUS__ROLE__ROLE_ADMIN,
                                                 .actor = facts_id(OPERATOR_SELF),
                                                 .if_match = if_match,
                                                 .answer = type,
                                                 .write = true},
                    answer);
}

void operator_refused(const Bus__Reply *reply, const char *rule, const char *field, const char *name, const char *value)
{
    assert_int_not_equal(reply->err, ERR_OK);
    assert_non_null(reply->problem);
    assert_string_equal(reply->problem->rule, rule);
    assert_string_equal(reply->problem->field, field);
    assert_true(reply->problem->detail->fi[0] != '\0' && reply->problem->detail->sv[0] != '\0' && reply->problem->detail->en[0] != '\0');
    for (size_t i = 0; name != NULL && i <= reply->problem->n_facts; i++) {
        if (i == reply->problem->n_facts)
            fail_msg("the refusal has no fact %s", name);
        if (strcmp(reply->problem->facts[i]->name, name) != 0)
            continue;
        assert_string_equal(reply->problem->facts[i]->value, value);
        return;
    }
}

Notification__FactValue *operator_fact(const char *name, const char *value)
{
    Notification__FactValue *fact = arena_alloc(stage.arena, sizeof *fact);

    notification__fact_value__init(fact);
    fact->name = arena_strdup(stage.arena, name);
    fact->value = arena_strdup(stage.arena, value);
    return fact;
}

char *operator_script(const char *script, const char *path)
{
    const char *command = arena_printf(stage.arena, "/usr/bin/python3 %s/tests/service/notification/%s %s", HV_ROOT, script, path);
    char *text = arena_alloc(stage.arena, OUTPUT_MAX);
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    text[fread(text, 1, OUTPUT_MAX - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
    return text;
}

char *operator_mails(void)
{
    return operator_script("read_parts.py", arena_printf(stage.arena, "%s/mails", stage.folder));
}
