/* The table of part.h: each row is defined in the file of its noun. */
#include "services/funding/store/part.h"

#include "services/funding/store/amendment.h"
#include "services/funding/store/application.h"
#include "services/funding/store/assessment.h"
#include "services/funding/store/attachment.h"
#include "services/funding/store/award.h"
#include "services/funding/store/call.h"
#include "services/funding/store/consortium.h"
#include "services/funding/store/draw.h"
#include "services/funding/store/edition.h"
#include "services/funding/store/evaluation.h"
#include "services/funding/store/decision.h"
#include "services/funding/store/export.h"
#include "services/funding/store/extract.h"
#include "services/funding/store/follow_decision.h"
#include "services/funding/store/history.h"
#include "services/funding/store/meeting.h"
#include "services/funding/store/municipal_case.h"
#include "services/funding/store/municipality.h"
#include "services/funding/store/obligation.h"
#include "services/funding/store/presentation.h"
#include "services/funding/store/project.h"
#include "services/funding/store/proposal.h"
#include "services/funding/store/register.h"
#include "services/funding/store/remark.h"
#include "services/funding/store/report.h"
#include "services/funding/store/supplement.h"

const struct store_part *const funding_parts[PART_COUNT] = {
    [PART_CALL] = &call_part,
    [PART_APPLICATION] = &application_part,
    [PART_CONSORTIUM] = &consortium_part,
    [PART_ATTACHMENT] = &attachment_part,
    [PART_SUPPLEMENT] = &supplement_part,
    [PART_REGISTER] = &register_part,
    [PART_EVALUATION] = &evaluation_part,
    [PART_REMARK] = &remark_part,
    [PART_ASSESSMENT] = &assessment_part,
    [PART_PRESENTATION] = &presentation_part,
    [PART_PROPOSAL] = &proposal_part,
    [PART_AWARD] = &award_part,
    [PART_AMENDMENT] = &amendment_store_part,
    [PART_FOLLOW_DECISION] = &follow_decision_part,
    [PART_REPORT] = &report_part,
    [PART_OBLIGATION] = &obligation_part,
    [PART_DRAW] = &draw_store_part,
    [PART_DECISION] = &decision_part,
    [PART_MEETING] = &meeting_part,
    [PART_CASE] = &case_part,
    [PART_EXTRACT] = &extract_part,
    [PART_MUNICIPALITY] = &municipality_part,
    [PART_PROJECT] = &project_part,
    [PART_HISTORY] = &history_part,
    [PART_EXPORT] = &export_part,
    [PART_EDITION] = &edition_part,
};
