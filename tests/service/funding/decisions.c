/* See decisions.h. */
#include "tests/service/funding/decisions.h"

static struct answer round_of(struct rig *rig, const char *method, const struct rig_call *call,
                              const struct rig_application *const *applications, size_t count, bool dry_run)
{
    const bool presents = strcmp(method, "PresentDecisions") == 0;
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;
    ProtobufCBinaryData *ids = arena_array(rig_arena(rig), count + 1, sizeof *ids);

    for (size_t i = 0; i < count; i++)
        ids[i] = rig_bytes(&applications[i]->id);
    request.call_id = rig_bytes(&call->id);
    request.application_ids = ids;
    request.n_application_ids = count;
    request.dry_run = dry_run;
    return rig_ask(rig, &(struct ask){.method = method,
                                      .message = &request.base,
                                      .actor = presents ? call->presenter : call->decider,
                                      .roles = presents ? RIG_PRESENTER : RIG_DECIDER});
}

struct answer rig_present(struct rig *rig, const struct rig_call *call, const struct rig_application *const *applications, size_t count,
                          bool dry_run)
{
    return round_of(rig, "PresentDecisions", call, applications, count, dry_run);
}

struct answer rig_send_decisions(struct rig *rig, const struct rig_call *call, const struct rig_application *const *applications,
                                 size_t count, bool dry_run)
{
    return round_of(rig, "SendDecisions", call, applications, count, dry_run);
}

struct answer rig_get_decision(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles)
{
    Funding__GetDecisionRequest request = FUNDING__GET_DECISION_REQUEST__INIT;

    request.decision_id = rig_bytes(&id);
    return rig_ask(rig, &(struct ask){.method = "GetDecision", .message = &request.base, .actor = who, .roles = roles});
}

struct rig_decision rig_decision_of(struct rig *rig, const struct rig_call *call, const struct rig_application *a)
{
    char text[UUID_TEXT];
    struct rig_decision d = {.message = NULL};

    uuid_format(a->id, text);
    const char *id = kit_sql(rig_pg(rig),
                             "select id from funding.decision d where application_id = '%s' and not exists "
                             "(select from funding.decision n where n.corrects_id = d.id)",
                             text);
    if (!uuid_parse(&d.id, span_text(id)))
        fail_msg("application %s is not decided", text);
    const struct answer answer = rig_get_decision(rig, d.id, call->decider, RIG_DECIDER);
    if (answer.err != ERR_OK)
        fail_msg("GetDecision: error %d %s", (int)answer.err, answer.rule);
    d.message = (const Funding__Decision *)answer.message;
    return d;
}

struct rig_decision rig_decided(struct rig *rig, const struct rig_call *call, const struct rig_application *a,
                                const struct assess_plan *plan)
{
    const struct rig_application *const one[] = {a};
    const struct answer assessed = rig_assess(rig, call, a, plan);

    if (assessed.err != ERR_OK)
        fail_msg("PutAssessment: error %d %s %s", (int)assessed.err, assessed.rule, assessed.field);
    rig_closes_in(rig, call, -TIME_HOUR);
    const struct answer presented = rig_present(rig, call, one, 1, false);
    if (presented.err != ERR_OK)
        fail_msg("PresentDecisions: error %d %s %s", (int)presented.err, presented.rule, presented.field);
    const struct answer sent = rig_send_decisions(rig, call, one, 1, false);
    if (sent.err != ERR_OK)
        fail_msg("SendDecisions: error %d %s %s", (int)sent.err, sent.rule, sent.problem != NULL ? sent.problem->detail->en : "");
    return rig_decision_of(rig, call, a);
}
