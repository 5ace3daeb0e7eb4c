/* Evaluation as tests want it, beside rig.h and applications.h: scores, verdicts and assessments in a line each.
 *
 *   (void)rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 4}, .cents = 5000000});
 *   (void)rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000000});            to be granted
 *
 * call_plan's calls have two criteria (weights 60 and 40, at most 5 points each). */
#ifndef HV_TESTS_SERVICE_FUNDING_EVALUATIONS_H
#define HV_TESTS_SERVICE_FUNDING_EVALUATIONS_H
#include "tests/service/funding/applications.h"

struct evaluation_plan {
    uint32_t points[2];
    Funding__Verdict verdict; /* 0: fund, in part where cents are less than applied for */
    int64_t cents;            /* recommended */
    bool open;                /* the call stays as it is; else it closes now, if it is open */
};
struct assess_plan {
    Funding__AssessmentState state; /* 0: to be granted */
    int64_t cents;
    size_t partners, lines;    /* 0: two partners, three lines (as write_plan's); the lead gets what is left over */
    int64_t accepted_cents;    /* of all lines together; 0: cents; in the lines' order as far as they go */
    const int64_t *line_cents; /* NULL: a half, a quarter, the rest, as write_plan's lines are */
    uint32_t reason;           /* a ready one; 0: none */
    const char *deviation;     /* NULL: none */
    size_t instalments;        /* 0: one */
    uint64_t if_match;         /* 0: what GetAssessment says */
};

/* It closes now, if it has not: nobody is evaluated or proposed before. What is still to be submitted has to be by then. */
void rig_close(struct rig *rig, const struct rig_call *call);
/* By evaluator `who` of the call (0..2). */
struct answer rig_evaluate(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t who,
                           struct evaluation_plan plan);
struct answer rig_note_conflict(struct rig *rig, const struct rig_application *a, struct uuid actor, uint32_t roles, struct uuid person);
/* Asks a method whose request is the application's, or the call's, id. */
struct answer rig_of_application(struct rig *rig, const char *method, const struct rig_application *a, struct uuid who, uint32_t roles);
struct answer rig_of_call(struct rig *rig, const char *method, const struct rig_call *call, struct uuid who, uint32_t roles);
/* By the call's preparer: whole, so that nothing keeps it from being sent but what the plan says. */
struct answer rig_assess(struct rig *rig, const struct rig_call *call, const struct rig_application *a, const struct assess_plan *plan);

#endif
