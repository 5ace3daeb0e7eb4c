/* What tests of edits have in common. See editor.h. */
#include "tests/service/enrolment/editor.h"

struct answer editor_ask(struct rig *rig, const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    return rig_ask(
        rig,
        &(struct ask){.method = method, .message = message, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .if_match = if_match});
}

const Enrolment__Programme *editor_programme(struct rig *rig, const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    const struct answer a = editor_ask(rig, method, message, if_match);

    if (a.err != ERR_OK)
        fail_msg("%s: %s (%s %s)", method, err_text(a.err)->name, a.rule, a.field);
    assert_ptr_equal(a.message->descriptor, &enrolment__programme__descriptor);
    assert_int_equal(a.version, ((const Enrolment__Programme *)a.message)->version);
    return (const Enrolment__Programme *)a.message;
}

const Enrolment__Programme *editor_get(struct rig *rig, struct uuid programme)
{
    Enrolment__GetProgrammeRequest get = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;

    get.programme_id = rig_bytes(&programme);
    return editor_programme(rig, "GetProgramme", &get.base, 0);
}

static const Enrolment__ChangeList *changes(struct rig *rig, const struct uuid *programme)
{
    Enrolment__ListChangesRequest list = ENROLMENT__LIST_CHANGES_REQUEST__INIT;

    list.programme_id = rig_bytes(programme);
    list.page_size = 200;
    const struct answer a = editor_ask(rig, "ListChanges", &list.base, 0);
    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__ChangeList *)a.message;
}

const Enrolment__Change *editor_change(struct rig *rig, struct uuid programme)
{
    const Enrolment__ChangeList *list = changes(rig, &programme);

    assert_true(list->n_changes > 0);
    return list->changes[0];
}

const char *editor_becomes(struct rig *rig, struct uuid programme, const char *field)
{
    const Enrolment__ChangeList *list = changes(rig, &programme);

    for (size_t i = 0; i < list->n_changes; i++)
        if (strcmp(list->changes[i]->field, field) == 0)
            return list->changes[i]->becomes;
    return "";
}

Bus__Text editor_text(const char *fi)
{
    Bus__Text t = BUS__TEXT__INIT;

    t.fi = (char *)(uintptr_t)fi;
    t.sv = (char *)"på svenska";
    t.en = (char *)"in English";
    return t;
}
