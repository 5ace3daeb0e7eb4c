/* Decisions as tests want them, beside applications.h and evaluations.h.
 *
 *   struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000});     assessed, closed, sent */
#ifndef HV_TESTS_SERVICE_FUNDING_DECISIONS_H
#define HV_TESTS_SERVICE_FUNDING_DECISIONS_H
#include "tests/service/funding/evaluations.h"

struct rig_decision {
    struct uuid id;
    const Funding__Decision *message;
};

/* By the call's presenting official; no applications: all that are prepared and not presented. */
struct answer rig_present(struct rig *rig, const struct rig_call *call, const struct rig_application *const *applications, size_t count,
                          bool dry_run);
/* By the call's decision-maker; no applications: all that are not decided. */
struct answer rig_send_decisions(struct rig *rig, const struct rig_call *call, const struct rig_application *const *applications,
                                 size_t count, bool dry_run);
/* Steps that have to succeed. The call closes an hour ago when it is open. */
struct rig_decision rig_decided(struct rig *rig, const struct rig_call *call, const struct rig_application *a,
                                const struct assess_plan *plan);
/* The decision of an application that is in force, as the call's decision-maker sees it. */
struct rig_decision rig_decision_of(struct rig *rig, const struct rig_call *call, const struct rig_application *a);
struct answer rig_get_decision(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles);

#endif
