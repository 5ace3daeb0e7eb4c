/* The contract against the table: an rpc without its row in handler.c would build, and answer "there is no such thing". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "notification.pb-c.h"
#include "services/notification/handler/handler.h"

static const struct work_case *case_of(const char *method)
{
    char name[100];

    (void)snprintf(name, sizeof name, "notification.%s", method);
    size_t count;
    const struct work_case *cases = notification_cases(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    return NULL;
}

static void test_every_rpc(void **state)
{
    const ProtobufCServiceDescriptor *service = &notification__notification__descriptor;

    (void)state;
    for (unsigned i = 0; i < service->n_methods; i++) {
        const struct work_case *kase = case_of(service->methods[i].name);
        if (kase == NULL)
            fail_msg("no case for the rpc %s", service->methods[i].name);
        assert_ptr_equal(kase->request, service->methods[i].input);
        assert_non_null(kase->needs);
        assert_non_null(kase->decide);
    }
    size_t count;
    (void)notification_cases(&count);
    assert_int_equal(count, service->n_methods);
}

static void test_every_event(void **state)
{
    size_t count;
    const struct work_case *cases = notification_event_cases(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) { /* "enrolment.SeatTaken.v1" is packed as enrolment.SeatTaken */
        const struct work_case *kase = &cases[i];
        char name[100];
        (void)snprintf(name, sizeof name, "%s.v1", kase->request->name);
        assert_string_equal(kase->name, name);
        assert_true((kase->needs == NULL) == (kase->decide == NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rpc),   /* a case of that name, with that request and both functions; and no other */
        cmocka_unit_test(test_every_event), /* each event's message is the one its type names */
    };
    return cmocka_run_group_tests_name("notification cases", tests, NULL, NULL);
}
