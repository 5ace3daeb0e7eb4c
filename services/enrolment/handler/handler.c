/* The full list of what the service answers: method, kind, what the payload decodes to, and the two functions. Writes keep their
 * answer under the caller's key, except Enrol, whose key is on the registration it makes; PutPerson and Follow only set a value,
 * so repeating them needs no key. */
#include "services/enrolment/handler/handler.h"

#include "enrolment.pb-c.h"
#include "services/enrolment/handler/cases.h"

#define READ(method, type, file)                                                                                                           \
    {                                                                                                                                      \
        .name = "enrolment." method, .kind = WORK_READ, .request = &enrolment__##type##__descriptor, .needs = file##_needs,                \
        .decide = file##_decide                                                                                                            \
    }
#define WRITE(method, type, file, ...)                                                                                                     \
    {                                                                                                                                      \
        .name = "enrolment." method, .kind = WORK_WRITE, .request = &enrolment__##type##__descriptor, .needs = file##_needs,               \
        .decide = file##_decide, __VA_ARGS__                                                                                               \
    }

static const struct work_case CASES[] = {
    WRITE("ImportProgramme", import_programme_request, import_programme, .key_on_row = false),
    READ("ListProgrammes", list_programmes_request, list_programmes),
    READ("GetProgramme", get_programme_request, get_programme),
    READ("ListImplementations", list_implementations_request, list_implementations),
    READ("GetImplementation", get_implementation_request, get_implementation),
    WRITE("SetImplementationCapacity", set_implementation_capacity_request, set_implementation_capacity, .key_on_row = false),
    WRITE("SetProgrammeCap", set_programme_cap_request, set_programme_cap, .key_on_row = false),
    WRITE("SetWindow", set_window_request, set_window, .key_on_row = false),
    WRITE("PutPerson", put_person_request, put_person, .no_key = true),
    READ("GetPerson", get_person_request, get_person),
    WRITE("Follow", follow_request, follow, .no_key = true),
    WRITE("Enrol", enrol_request, enrol, .key_on_row = true),
    WRITE("Cancel", cancel_request, cancel, .key_on_row = false),
    READ("GetRegistration", get_registration_request, get_registration),
    READ("ListMyRegistrations", list_my_registrations_request, list_my_registrations),
    READ("ListRegistrations", list_registrations_request, list_registrations),
    READ("GetHistory", get_history_request, get_history),
    READ("ListRefusals", list_refusals_request, list_refusals),
    READ("GetReceipt", get_receipt_request, get_receipt),
    READ("GetChainHead", get_chain_head_request, get_chain_head),
    READ("GetChain", get_chain_request, get_chain),
};

/* Not in the table, so nobody can ask for it. Its message says nothing and borrows the emptiest type there is. */
static const struct work_case WINDOW_TICK = WRITE("WindowTick", list_my_registrations_request, window_tick, .no_key = true);

const struct work_case *enrolment_cases(size_t *count)
{
    *count = sizeof CASES / sizeof *CASES;
    return CASES;
}

const struct work_case *enrolment_window_tick(void)
{
    return &WINDOW_TICK;
}
