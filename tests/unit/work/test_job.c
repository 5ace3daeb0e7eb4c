/* The answer of a job: a problem always has its words, an answer is packed once, a reset forgets everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "common/wire/wire.h"
#include "common/work/batch.h"

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

static void test_a_problem_has_its_words(void **state)
{
    struct job *job = *state;

    assert_int_equal(job_fail(job, ERR_REFUSED, "enrolment.full", "unit", "Täynnä", NULL, "Full"), ERR_REFUSED);
    job_fact(job, "capacity", "320");
    job_fact(job, "taken", "320");
    assert_int_equal(job->err, ERR_REFUSED);
    assert_string_equal(job->problem->rule, "enrolment.full");
    assert_string_equal(job->problem->field, "unit");
    assert_string_equal(job->problem->detail->fi, "Täynnä");
    assert_string_equal(job->problem->detail->sv, err_text(ERR_REFUSED)->sv); /* not given: the fault's own */
    assert_string_equal(job->problem->detail->en, "Full");
    assert_int_equal(job->problem->n_facts, 2);
    assert_string_equal(job->problem->facts[0]->name, "capacity");
    assert_string_equal(job->problem->facts[1]->value, "320");
    struct span packed = wire_pack(job->arena, &job->problem->base);
    ProtobufCMessage *back;
    assert_int_equal(wire_unpack(job->arena, packed, &bus__problem__descriptor, &back), ERR_OK);
}

static void test_a_fault_without_a_problem(void **state)
{
    struct job *job = *state;

    assert_int_equal(job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL), ERR_NOT_FOUND);
    assert_null(job->problem);
    job_fact(job, "nothing", "to hang it on");
    assert_null(job->problem);
}

static void test_the_last_word_counts(void **state)
{
    struct job *job = *state;
    Bus__RewindReply reply = BUS__REWIND_REPLY__INIT;

    (void)job_fail(job, ERR_REFUSED, "a.b", NULL, NULL, NULL, NULL);
    reply.now = 7;
    job_answer(job, &reply.base, 3);
    assert_int_equal(job->err, ERR_OK);
    assert_null(job->problem);
    assert_int_equal(job->version, 3);
    struct span packed = job_pack(job);
    assert_int_equal(packed.len, 2); /* field 2, value 7 */
    assert_ptr_equal(job_pack(job).data, packed.data);
    (void)job_fail(job, ERR_BUSY, NULL, NULL, NULL, NULL, NULL);
    assert_null(job->answer);
    job_reset(job);
    assert_int_equal(job->err, ERR_OK);
    assert_null(job->packed.data);
    assert_int_equal(job->version, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a problem has words in three languages, and its facts", test_a_problem_has_its_words, setup, teardown, NULL},
        {"a fault may come without a problem", test_a_fault_without_a_problem, setup, teardown, NULL},
        {"the last word counts, and a reset forgets it", test_the_last_word_counts, setup, teardown, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
