/* What SendDecisions answers: how many and how much, and all that keeps the decisions from being sent, each with the register number of its
 * application. As a refusal it is the first of them, with the numbers of the others as facts. */
#ifndef HV_FUNDING_HANDLER_DECISION_REPORT_H
#define HV_FUNDING_HANDLER_DECISION_REPORT_H
#include "common/work/job.h"
#include "funding.pb-c.h"
#include "services/funding/domain/decision.h"
#include "services/funding/store/application.h"

#define DECISION_REPORT_MAX 300 /* findings that are told */

struct decision_report {
    struct arena *arena;
    Funding__SendReport *message;
    size_t errors, left_out;
};

struct decision_report decision_report_begin(struct arena *arena);
void decision_report_add(struct decision_report *report, const struct application *a, const struct finding *finding); /* a NULL: the call */
void decision_report_findings(struct decision_report *report, const struct application *a, const struct findings *findings);
/* Themes, and the call, that would have granted more than they have. */
void decision_report_caps(struct decision_report *report, const struct decision_caps *caps);
void decision_report_counts(struct decision_report *report, const struct decision *d); /* granted, rejected, cents */
/* Says how many were left out; nothing is added after it. */
const ProtobufCMessage *decision_report_end(struct decision_report *report);
void decision_report_refuse(struct job *job, const struct decision_report *report); /* there is an error */

#endif
