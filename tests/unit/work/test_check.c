/* What a refused field says: the rule, the field, the bounds as facts and in the words a person reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "common/work/batch.h"
#include "common/work/check.h"

static int setup(void **state)
{
    struct arena *arena = arena_new(4096);
    struct job *job = arena_alloc(arena, sizeof *job);

    job->arena = arena;
    *state = job;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct job *)*state)->arena);
    return 0;
}

static const char *fact(const struct job *job, const char *name)
{
    for (size_t i = 0; i < job->problem->n_facts; i++)
        if (strcmp(job->problem->facts[i]->name, name) == 0)
            return job->problem->facts[i]->value;
    return "";
}

static void test_a_range_says_its_bounds(void **state)
{
    struct job *job = *state;

    assert_int_equal(check_range(job, "answerDays", 1, 1, 365), ERR_OK);
    assert_int_equal(check_range(job, "answerDays", 365, 1, 365), ERR_OK);
    assert_int_equal(check_range(job, "answerDays", 366, 1, 365), ERR_INVALID);
    assert_string_equal(job->problem->rule, "field.range");
    assert_string_equal(job->problem->field, "answerDays");
    assert_string_equal(job->problem->detail->fi, "Luvun on oltava 1–365, ei 366");
    assert_string_equal(job->problem->detail->sv, "Talet ska vara 1–365, inte 366");
    assert_string_equal(job->problem->detail->en, "The number has to be 1 to 365, not 366");
    assert_string_equal(fact(job, "least"), "1");
    assert_string_equal(fact(job, "most"), "365");
    assert_int_equal(check_range(job, "version", -7, 0, INT64_MAX), ERR_INVALID); /* no bound above: none is told */
    assert_string_equal(job->problem->detail->en, "The number has to be at least 0");
    assert_string_equal(fact(job, "most"), "9223372036854775807");
}

static void test_a_file_says_how_large_it_is(void **state)
{
    struct job *job = *state;
    uint8_t byte = 0;

    assert_int_equal(check_size(job, "content", &(ProtobufCBinaryData){240000, &byte}, 240000), ERR_OK);
    assert_int_equal(check_size(job, "content", &(ProtobufCBinaryData){245000, &byte}, 240000), ERR_INVALID);
    assert_string_equal(job->problem->rule, "field.size");
    assert_string_equal(job->problem->field, "content");
    assert_string_equal(job->problem->detail->fi, "Tiedosto on liian suuri: 245000 tavua, enintään 240000");
    assert_string_equal(job->problem->detail->sv, "Filen är för stor: 245000 byte, högst 240000");
    assert_string_equal(job->problem->detail->en, "The file is too large: 245000 bytes, at most 240000");
    assert_string_equal(fact(job, "size"), "245000");
    assert_string_equal(fact(job, "most"), "240000");
    assert_int_equal(check_size(job, "content", &(ProtobufCBinaryData){0, NULL}, 240000), ERR_INVALID);
    assert_string_equal(job->problem->rule, "field.missing");
}

static void test_a_day_that_is_none(void **state)
{
    static const char *const NONE[] = {"2026-13-45", "2026-02-30", "1969-12-31"};
    static const char *const UNWRITTEN[] = {"22.11.2026", "2026-11-2", "2026-11-222", "2026-11-22T00:00:00Z", "tomorrow"};
    struct job *job = *state;
    int64_t day;

    assert_int_equal(check_day(job, "dueOn", "2026-11-22", &day), ERR_OK);
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        assert_int_equal(check_day(job, "dueOn", NONE[i], &day), ERR_INVALID);
        assert_string_equal(job->problem->rule, "field.day");
        assert_non_null(strstr(job->problem->detail->fi, "ei ole kalenterissa"));
        assert_non_null(strstr(job->problem->detail->sv, "finns inte i kalendern"));
        assert_non_null(strstr(job->problem->detail->en, "no such day"));
    }
    for (size_t i = 0; i < sizeof UNWRITTEN / sizeof *UNWRITTEN; i++) {
        assert_int_equal(check_day(job, "dueOn", UNWRITTEN[i], &day), ERR_INVALID);
        assert_string_equal(job->problem->rule, "field.day");
        assert_string_equal(job->problem->detail->en, "The day has to be written as 2026-11-22");
    }
}

static void test_a_time_has_no_microseconds_in_its_words(void **state)
{
    struct job *job = *state;

    assert_int_equal(check_time(job, "opensAt", 1), ERR_OK);
    assert_int_equal(check_time(job, "opensAt", INT64_MAX), ERR_INVALID);
    assert_string_equal(job->problem->rule, "field.range");
    assert_string_equal(job->problem->detail->en, "The time has to lie in the years 1970 to 9999");
    assert_int_equal(check_time(job, "opensAt", -1), ERR_INVALID);
    assert_int_equal(check_time(job, "opensAt", 0), ERR_INVALID);
    assert_string_equal(job->problem->rule, "field.missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_range_says_its_bounds),                 /* in the words and as facts */
        cmocka_unit_test(test_a_file_says_how_large_it_is),             /* and how large it may be */
        cmocka_unit_test(test_a_day_that_is_none),                      /* no day of the calendar, or not written as one */
        cmocka_unit_test(test_a_time_has_no_microseconds_in_its_words), /* years instead */
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
