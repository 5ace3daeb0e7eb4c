/* What the preparers have written for the decision on one application: the amount and how it divides, the purpose and period of use, the
 * reasons, the instalments. It is written over days and may be unfinished; assessment_findings says all that keeps it from being sent as a
 * decision. PutAssessment answers with them, and SendDecisions sends nothing while there is an error.
 *
 * An application nobody has written about has an assessment too: the empty one, unhandled, version 1. Amounts are in cents, days are day
 * numbers. Arrays and texts belong to whoever loaded or decoded them. */
#ifndef HV_FUNDING_DOMAIN_ASSESSMENT_H
#define HV_FUNDING_DOMAIN_ASSESSMENT_H
#include "services/funding/domain/call.h"
#include "services/funding/domain/consortium.h"
#include "services/funding/domain/instalment.h"
#include "services/funding/domain/portfolio.h"

#define ASSESSMENT_TEXT_MAX        10000 /* characters of purpose, own reasons, terms, deviation */
#define ASSESSMENT_INSTALMENTS_MAX 50
#define ASSESSMENT_REASONS_MAX     20

struct assessment {
    struct uuid application_id, call_id;
    enum assessment_state state;
    int64_t cents;          /* to be granted */
    int64_t *partner_cents; /* by the partners' order */
    size_t partner_count;
    int64_t *line_cents; /* accepted costs, by the budget lines' order */
    size_t line_count;
    const char *purpose;         /* never NULL, as all of these */
    int64_t use_from, use_until; /* NO_DAY: not set */
    int32_t *reasons;            /* ready ones: domain/reason.h */
    size_t reason_count;
    const char *own_reasons, *terms, *deviation;
    struct planned_instalment *instalments;
    size_t instalment_count;
    int64_t version;
    bool stored; /* there is a row: false of the empty one */
    /* Who has presented it as it is now, and which version of the application; nil: nobody. */
    struct uuid presented_by;
    int64_t presented_us, presented_version;
};
/* What the newest proposal of the call says of the application. */
struct proposed {
    bool any; /* there is a proposal, and the application is in it */
    bool chosen;
    int64_t cents;          /* what it would get */
    enum portfolio_why why; /* it was chosen, or not */
};

/* Chosen to be granted or rejected, whether it is complete or not. */
bool assessment_chosen(const struct assessment *a);
/* A presenting official has presented it as it is, about the application as it was submitted last. */
bool assessment_presented(const struct assessment *a, int64_t submitted_version);
/* The empty one. */
struct assessment assessment_begin(struct uuid application, struct uuid call);
/* All that keeps it from being sent. Fields are paths of PutAssessmentRequest, "assessment.partnerCents[2]". */
void assessment_findings(const struct assessment *a, const struct call *call, int64_t applied_cents, const struct consortium *consortium,
                         const struct proposed *proposed, struct findings *findings);

#endif
