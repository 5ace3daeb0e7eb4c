/* The contract against the table: an rpc without its row in handler.c would build, and answer "there is no such thing". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "enrolment.pb-c.h"
#include "services/enrolment/handler/handler.h"

static const struct work_case *case_of(const char *method)
{
    size_t count;
    const struct work_case *cases = enrolment_cases(&count);
    char name[100];

    (void)snprintf(name, sizeof name, "enrolment.%s", method);
    for (size_t i = 0; i < count; i++)
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    return NULL;
}

static void test_every_rpc(void **state)
{
    const ProtobufCServiceDescriptor *service = &enrolment__enrolment__descriptor;

    (void)state;
    for (unsigned i = 0; i < service->n_methods; i++) {
        const struct work_case *kase = case_of(service->methods[i].name);
        if (kase == NULL)
            fail_msg("no case for the rpc %s", service->methods[i].name);
        assert_ptr_equal(kase->request, service->methods[i].input);
        assert_non_null(kase->needs);
        assert_non_null(kase->decide);
    }
}

static void test_no_other(void **state)
{
    size_t count;

    (void)state;
    (void)enrolment_cases(&count);
    assert_int_equal(count, enrolment__enrolment__descriptor.n_methods);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rpc), /* a case of that name, with that request and both functions */
        cmocka_unit_test(test_no_other),  /* nothing is answered that the contract does not name */
    };
    return cmocka_run_group_tests_name("enrolment cases", tests, NULL, NULL);
}
