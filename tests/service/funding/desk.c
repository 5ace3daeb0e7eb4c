/* See desk.h. */
#include "tests/service/funding/desk.h"

struct answer desk_ask(struct rig *rig, struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message,
                       uint64_t if_match)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = actor, .roles = roles, .if_match = if_match});
}

struct answer desk_public(struct rig *rig, const char *method, const ProtobufCMessage *message)
{
    return desk_ask(rig, (struct uuid){{0}}, RIG_PUBLIC, method, message, 0);
}

void desk_refused(struct answer a, enum err err, const char *rule)
{
    assert_string_equal(err_text(a.err)->name, err_text(err)->name);
    assert_string_equal(a.rule, rule);
}

const Funding__Call *desk_call(struct answer a)
{
    if (a.err != ERR_OK)
        fail_msg("%s %s %s", err_text(a.err)->name, a.rule, a.field);
    return (const Funding__Call *)a.message;
}

struct answer desk_get(struct rig *rig, uint32_t roles, struct uuid id)
{
    Funding__GetCallRequest request = FUNDING__GET_CALL_REQUEST__INIT;

    request.call_id = rig_bytes(&id);
    return desk_ask(rig, roles != 0 ? rig_new_id() : (struct uuid){{0}}, roles, "GetCall", &request.base, 0);
}

const Funding__Call *desk_seen(struct rig *rig, struct uuid id)
{
    return desk_call(desk_get(rig, RIG_PREPARER, id));
}

struct answer desk_move(struct rig *rig, const char *method, const struct rig_call *call, struct uuid actor, uint32_t roles,
                        const char *reason)
{
    Funding__MoveCallRequest request = FUNDING__MOVE_CALL_REQUEST__INIT;

    request.call_id = rig_bytes(&call->id);
    request.reason = (char *)(uintptr_t)reason;
    return desk_ask(rig, actor, roles, method, &request.base, 0);
}

struct answer desk_edit(struct rig *rig, const struct rig_call *call, Funding__CallContent *content, uint64_t version)
{
    Funding__EditCallRequest request = FUNDING__EDIT_CALL_REQUEST__INIT;

    request.call_id = rig_bytes(&call->id);
    request.content = content;
    return desk_ask(rig, call->preparer, RIG_PREPARER, "EditCall", &request.base, version);
}

struct answer desk_create(struct rig *rig, struct uuid actor, uint32_t roles, Funding__CallContent *content)
{
    Funding__CreateCallRequest request = FUNDING__CREATE_CALL_REQUEST__INIT;

    request.content = content;
    return desk_ask(rig, actor, roles, "CreateCall", &request.base, 0);
}
