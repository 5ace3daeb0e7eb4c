/* The table. See handler.h. Writes run alone, but for the two of applicants who come by the thousand (store/workset.h). */
#include "services/funding/handler/handler.h"

#include "funding.pb-c.h"
#include "municipal.pb-c.h"
#include "services/funding/handler/cases.h"

#define CASE(method, message, functions, how, ...)                                                                                         \
    {                                                                                                                                      \
        .name = "funding." method, .kind = how, .request = &funding__##message##__descriptor, .needs = functions##_needs,                  \
        .decide = functions##_decide, __VA_ARGS__                                                                                          \
    }
#define READ(method, message, functions)  CASE(method, message, functions, WORK_READ, .no_key = false)
#define WRITE(method, message, functions) CASE(method, message, functions, WORK_WRITE, .alone = true)
/* A look that is noted: it comes by GET, so it has no key. */
#define LOOK(method, message, functions)   CASE(method, message, functions, WORK_WRITE, .no_key = true)
#define SHARED(method, message, functions) CASE(method, message, functions, WORK_WRITE, .alone = false)

#define MUNICIPAL(method, message, functions, how, ...)                                                                                    \
    {                                                                                                                                      \
        .name = "municipal." method, .kind = how, .request = &municipal__##message##__descriptor, .needs = functions##_needs,              \
        .decide = functions##_decide, __VA_ARGS__                                                                                          \
    }
#define MUNICIPAL_READ(method, message, functions)  MUNICIPAL(method, message, functions, WORK_READ, .no_key = false)
#define MUNICIPAL_WRITE(method, message, functions) MUNICIPAL(method, message, functions, WORK_WRITE, .alone = true)

static const struct work_case CASES[] = {
    /* Calls */
    WRITE("ImportCall", import_call_request, import_call),
    WRITE("CreateCall", create_call_request, create_call),
    WRITE("EditCall", edit_call_request, edit_call),
    READ("CheckCall", get_call_request, check_call),
    WRITE("PublishCall", move_call_request, publish_call),
    WRITE("UnpublishCall", move_call_request, unpublish_call),
    WRITE("CallOffCall", move_call_request, call_off_call),
    WRITE("EndCall", move_call_request, end_call),
    READ("ListCalls", list_calls_request, list_calls),
    READ("GetCall", get_call_request, get_call),
    WRITE("SetOfficials", set_officials_request, set_officials),
    WRITE("PutCallFile", put_call_file_request, put_call_file),
    READ("GetCallFile", get_call_file_request, get_call_file),
    READ("GetMoney", get_call_request, get_money),
    READ("GetMoves", get_moves_request, get_moves),
    READ("ListCallVersions", get_call_request, list_call_versions),
    READ("GetCallVersion", get_call_version_request, get_call_version),
    /* Applications */
    WRITE("CreateApplication", create_application_request, create_application),
    SHARED("SaveApplication", save_application_request, save_application),
    READ("CheckApplication", get_application_request, check_application),
    SHARED("SubmitApplication", submit_application_request, submit_application),
    WRITE("WithdrawApplication", withdraw_application_request, withdraw_application),
    READ("GetApplication", get_application_request, get_application),
    READ("ListMyApplications", list_my_applications_request, list_my_applications),
    READ("ListApplications", list_applications_request, list_applications),
    READ("ListVersions", get_application_request, list_versions),
    READ("GetVersion", get_version_request, get_version),
    READ("GetReceipt", get_version_request, get_receipt),
    WRITE("AddAttachment", add_attachment_request, add_attachment),
    WRITE("RemoveAttachment", attachment_request, remove_attachment),
    READ("GetAttachment", attachment_request, get_attachment),
    WRITE("RequestSupplement", request_supplement_request, request_supplement),
    WRITE("AnswerSupplement", answer_supplement_request, answer_supplement),
    /* Evaluation */
    WRITE("NoteConflict", note_conflict_request, note_conflict),
    WRITE("TakeBackConflict", take_back_conflict_request, take_back_conflict),
    READ("ListConflicts", get_application_request, list_conflicts),
    WRITE("PutEvaluation", put_evaluation_request, put_evaluation),
    READ("ListEvaluations", get_application_request, list_evaluations),
    WRITE("AddRemark", add_remark_request, add_remark),
    READ("ListRemarks", get_application_request, list_remarks),
    WRITE("PutAssessment", put_assessment_request, put_assessment),
    READ("GetAssessment", get_application_request, get_assessment),
    READ("ListAssessmentVersions", get_application_request, list_assessment_versions),
    READ("GetAssessmentVersion", get_version_request, get_assessment_version),
    READ("ListReasons", list_reasons_request, list_reasons),
    WRITE("MakeProposal", make_proposal_request, make_proposal),
    READ("GetProposal", get_call_request, get_proposal),
    READ("GetRanking", get_call_request, get_ranking),
    /* After the decision */
    WRITE("AnswerGrant", answer_grant_request, answer_grant),
    READ("GetAward", get_award_request, get_award),
    READ("ListAwards", list_awards_request, list_awards),
    WRITE("PutInstalments", put_instalments_request, put_instalments),
    WRITE("MoveInstalment", move_instalment_request, move_instalment),
    WRITE("SubmitAmendment", submit_amendment_request, submit_amendment),
    WRITE("WithdrawAmendment", amendment_request, withdraw_amendment),
    WRITE("DecideAmendment", decide_amendment_request, decide_amendment),
    READ("ListAmendments", get_award_request, list_amendments),
    READ("ListCallAmendments", list_call_amendments_request, list_call_amendments),
    WRITE("SaveReport", save_report_request, save_report),
    WRITE("ReviewReport", review_report_request, review_report),
    READ("GetReport", get_report_request, get_report),
    READ("ListReports", list_reports_request, list_reports),
    READ("ListObligations", get_award_request, list_obligations),
    READ("ListCallObligations", list_call_obligations_request, list_call_obligations),
    WRITE("WaiveObligation", waive_obligation_request, waive_obligation),
    WRITE("PutRecovery", put_recovery_request, put_recovery),
    READ("ListFollowDecisions", get_award_request, list_follow_decisions),
    READ("GetFollowDocument", get_follow_document_request, get_follow_document),
    WRITE("CommitDraw", get_call_request, commit_draw),
    WRITE("MakeDraw", make_draw_request, make_draw),
    READ("GetDraw", get_draw_request, get_draw),
    /* Projects */
    WRITE("ImportProject", import_project_request, import_project),
    READ("ListProjects", list_projects_request, list_projects),
    READ("GetProject", get_project_request, get_project),
    WRITE("MoveProject", move_project_request, move_project),
    /* Municipalities */
    MUNICIPAL_WRITE("ImportMunicipality", import_municipality_request, import_municipality),
    MUNICIPAL_READ("ListMunicipalities", list_municipalities_request, list_municipalities),
    MUNICIPAL_READ("GetMunicipality", get_municipality_request, get_municipality),
    /* Cases */
    MUNICIPAL_WRITE("FileCase", file_case_request, file_case),
    MUNICIPAL_WRITE("PutCase", put_case_request, put_case),
    MUNICIPAL_WRITE("AddCaseDocument", add_case_document_request, add_case_document),
    MUNICIPAL_READ("GetCaseDocument", case_document_request, get_case_document),
    MUNICIPAL_WRITE("RequestStatement", request_statement_request, request_statement),
    MUNICIPAL_WRITE("GiveStatement", give_statement_request, give_statement),
    MUNICIPAL_WRITE("PutProposal", put_proposal_request, put_proposal),
    MUNICIPAL_WRITE("TakeBackProposal", move_case_request, take_back_proposal),
    MUNICIPAL_WRITE("WithdrawCase", move_case_request, withdraw_case),
    MUNICIPAL_READ("CheckCase", get_case_request, check_case),
    MUNICIPAL_READ("GetCase", get_case_request, get_case),
    MUNICIPAL_READ("ListCases", list_cases_request, list_cases),
    MUNICIPAL_READ("ListMyCases", list_my_cases_request, list_my_cases),
    /* Meetings */
    MUNICIPAL_WRITE("CreateMeeting", create_meeting_request, create_meeting),
    MUNICIPAL_WRITE("PutMeeting", put_meeting_request, put_meeting),
    MUNICIPAL_WRITE("SummonMeeting", move_meeting_request, summon_meeting),
    MUNICIPAL_WRITE("CancelMeeting", move_meeting_request, cancel_meeting),
    MUNICIPAL_WRITE("OpenMeeting", open_meeting_request, open_meeting),
    MUNICIPAL_WRITE("NoteDisqualification", note_disqualification_request, note_disqualification),
    MUNICIPAL_WRITE("OpenVote", open_vote_request, open_vote),
    MUNICIPAL_WRITE("CastVote", cast_vote_request, cast_vote),
    MUNICIPAL_WRITE("DecideItem", decide_item_request, decide_item),
    MUNICIPAL_WRITE("CloseMeeting", move_meeting_request, close_meeting),
    MUNICIPAL_WRITE("CheckMinutes", move_meeting_request, check_minutes),
    MUNICIPAL_READ("ListMeetings", list_meetings_request, list_meetings),
    MUNICIPAL_READ("GetMeeting", get_meeting_request, get_meeting),
    MUNICIPAL_READ("GetItem", get_item_request, get_item),
    /* Minutes */
    MUNICIPAL_WRITE("PublishMinutes", move_meeting_request, publish_minutes),
    MUNICIPAL_READ("GetExtract", get_extract_request, get_extract),
    MUNICIPAL_READ("GetItemFeed", feed_request, get_item_feed),
    MUNICIPAL_READ("GetMeetingFeed", feed_request, get_meeting_feed),
    /* Exports */
    READ("ExportDecisions", export_request, export_decisions),
    READ("ExportApplications", export_request, export_applications),
    READ("ExportPayments", export_request, export_payments),
    READ("ExportGrants", export_request, export_grants),
    /* Decisions */
    READ("PreviewDecision", get_application_request, preview_decision),
    WRITE("PresentDecisions", send_decisions_request, present_decisions),
    WRITE("SendDecisions", send_decisions_request, send_decisions),
    WRITE("CorrectDecision", correct_decision_request, correct_decision),
    LOOK("GetDecision", get_decision_request, get_decision),
    LOOK("GetDecisionDocument", get_decision_document_request, get_decision_document),
    READ("ListDecisions", list_decisions_request, list_decisions),
    READ("ListMyDecisions", list_my_decisions_request, list_my_decisions),
    READ("ListViews", get_decision_request, list_views),
};

static const struct work_case TICK = {.name = "funding.Tick",
                                      .kind = WORK_WRITE,
                                      .request = &funding__get_call_request__descriptor,
                                      .needs = tick_needs,
                                      .decide = tick_decide,
                                      .alone = true,
                                      .no_key = true};

const struct work_case *funding_cases(size_t *count)
{
    *count = sizeof CASES / sizeof CASES[0];
    return CASES;
}

const struct work_case *funding_tick(void)
{
    return &TICK;
}
