/* A decision on its way from an assessment to a letter: what PreviewDecision, SendDecisions and CorrectDecision share. Who presents it,
 * what keeps it from being sent, the decision itself with its reasons and terms in the language of the case, and its documents. */
#ifndef HV_FUNDING_HANDLER_DECISION_CASE_H
#define HV_FUNDING_HANDLER_DECISION_CASE_H
#include "services/funding/document/letter.h"
#include "services/funding/store/application.h"
#include "services/funding/store/assessment.h"
#include "services/funding/store/call.h"
#include "services/funding/store/consortium.h"
#include "services/funding/store/decision.h"
#include "services/funding/store/evaluation.h"
#include "services/funding/store/proposal.h"

struct pdf_shelf;

struct decision_case {
    const struct call *call;
    struct application *application;
    struct assessment assessment; /* the empty one where nothing is written */
    const struct consortium *consortium;
    struct span content;                             /* as it was submitted */
    const struct call_official *presenter, *decider; /* NULL: there is none who may; of a correction nobody presents */
    bool decider_conflicts;                          /* who decides has a conflict of interest here */
    bool unpresented;                                /* nobody has presented what it says now */
    struct decision *decision;                       /* once it is made */
    const struct decision *corrects;                 /* the one before; NULL: this is the first */
    const char *correction;                          /* why */
    bool answered;                                   /* the grant was accepted before this correction of it */
    const struct planned_instalment *instalments;    /* as the letter tells them */
    size_t instalment_count;
    const struct letter_paid *done; /* of a correction: what is paid or ordered already */
    size_t done_count;
};

/* Who has presented it as it is, and may still: a presenting official of the call without a conflict of interest in it. NULL: nobody. */
const struct call_official *decision_presented(const struct call *call, const struct evaluation_ask *evaluations,
                                               const struct application *application, const struct assessment *assessment);
/* The same; where nobody has, the first presenting official of the call who may, and unpresented is set. NULL: there is none. */
void decision_case_presenter(struct decision_case *c, const struct evaluation_ask *evaluations);
/* Who would decide: the reader, else the first decision-maker of the call who may; NULL: there is none. */
const struct call_official *decision_decider(const struct call *call, const struct evaluation_ask *evaluations, struct uuid application,
                                             struct uuid reader);
void decision_case_conflict(struct findings *findings); /* who decides has one */
/* All that keeps it from being sent, whatever the money; proposed is what the newest proposal says of it. */
void decision_case_findings(const struct decision_case *c, const struct proposed *proposed, struct findings *findings);
/* Makes c->decision out of the assessment; what was found before is no error. */
void decision_case_make(struct arena *arena, struct decision_case *c, int64_t now_us);
/* Draws the documents of c->decision. ERR_TOO_LARGE when the PDF is more than DECISION_PDF_MAX. shelf: of common/doc/pdf.h, for many;
 * NULL: none. */
enum err decision_case_draw(struct arena *arena, struct decision_case *c, struct pdf_shelf *shelf, bool preview) MUST_CHECK;

#endif
