/* The parts of this service's store (common/work/part.h), each a noun in a file of its own; the table is parts.c. They are loaded in this
 * order, so locks are taken in this order: call, application, award, then what hangs on them. */
#ifndef HV_FUNDING_STORE_PART_H
#define HV_FUNDING_STORE_PART_H
#include "common/work/part.h"

enum part {
    PART_CALL,            /* store/call.c: a call with its groups, themes, criteria, questions, officials, files */
    PART_APPLICATION,     /* store/application.c: rows and what the applicant wrote; its versions */
    PART_CONSORTIUM,      /* store/consortium.c: partners, budget lines, shares, work packages of what was submitted */
    PART_ATTACHMENT,      /* store/attachment.c */
    PART_SUPPLEMENT,      /* store/supplement.c */
    PART_REGISTER,        /* store/register.c: the next register number of a series */
    PART_EVALUATION,      /* store/evaluation.c: evaluations with their scores, conflicts of interest */
    PART_REMARK,          /* store/remark.c */
    PART_ASSESSMENT,      /* store/assessment.c */
    PART_PRESENTATION,    /* store/presentation.c: what a presenting official has presented */
    PART_PROPOSAL,        /* store/proposal.c */
    PART_DECISION,        /* store/decision.c */
    PART_AWARD,           /* store/award.c, with its instalments and recoveries */
    PART_AMENDMENT,       /* store/amendment.c */
    PART_FOLLOW_DECISION, /* store/follow_decision.c: what is decided of a grant later */
    PART_REPORT,          /* store/report.c */
    PART_OBLIGATION,      /* store/obligation.c */
    PART_DRAW,            /* store/draw.c: the audit sample */
    PART_MEETING,         /* store/meeting.c: a meeting with who is there, its items, votes and nominations */
    PART_CASE,            /* store/municipal_case.c: a municipal case with all that is prepared for it */
    PART_EXTRACT,         /* store/extract.c: the published minutes, a section each */
    PART_MUNICIPALITY,    /* store/municipality.c, with its boards, officials and numbering */
    PART_PROJECT,         /* store/project.c */
    PART_HISTORY,         /* store/history.c: table move */
    PART_EXPORT,          /* store/export.c: whole lists */
    PART_EDITION,         /* store/edition.c: what calls and assessments said before */
    PART_COUNT
};

extern const struct store_part *const funding_parts[PART_COUNT]; /* parts.c */

#endif
