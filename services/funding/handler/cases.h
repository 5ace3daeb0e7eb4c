/* The use cases: two functions each, in a file of the same name. needs says which rows, decide applies the rules; no I/O in
 * either. What they do is said with the service in proto/funding.proto; the table is in handler.c. */
#ifndef HV_FUNDING_HANDLER_CASES_H
#define HV_FUNDING_HANDLER_CASES_H
#include "common/work/job.h"

struct workset;

#define USE_CASE(name)                                                                                                                     \
    enum err name##_needs(struct job *job, struct workset *w) MUST_CHECK;                                                                  \
    void name##_decide(struct job *job, struct workset *w)

/* Calls */
USE_CASE(import_call);
USE_CASE(create_call);
USE_CASE(edit_call);
USE_CASE(check_call);
USE_CASE(publish_call);
USE_CASE(unpublish_call);
USE_CASE(call_off_call);
USE_CASE(end_call);
USE_CASE(list_calls);
USE_CASE(get_call);
USE_CASE(set_officials);
USE_CASE(put_call_file);
USE_CASE(get_call_file);
USE_CASE(get_money);
USE_CASE(get_moves);
USE_CASE(list_call_versions);
USE_CASE(get_call_version);

/* Applications */
USE_CASE(create_application);
USE_CASE(save_application);
USE_CASE(check_application);
USE_CASE(submit_application);
USE_CASE(withdraw_application);
USE_CASE(get_application);
USE_CASE(list_my_applications);
USE_CASE(list_applications);
USE_CASE(list_versions);
USE_CASE(get_version);
USE_CASE(get_receipt);
USE_CASE(add_attachment);
USE_CASE(remove_attachment);
USE_CASE(get_attachment);
USE_CASE(request_supplement);
USE_CASE(answer_supplement);

/* Evaluation */
USE_CASE(note_conflict);
USE_CASE(take_back_conflict);
USE_CASE(list_conflicts);
USE_CASE(put_evaluation);
USE_CASE(list_evaluations);
USE_CASE(add_remark);
USE_CASE(list_remarks);
USE_CASE(put_assessment);
USE_CASE(get_assessment);
USE_CASE(list_assessment_versions);
USE_CASE(get_assessment_version);
USE_CASE(list_reasons);
USE_CASE(make_proposal);
USE_CASE(get_proposal);
USE_CASE(get_ranking);

/* After the decision */
USE_CASE(answer_grant);
USE_CASE(get_award);
USE_CASE(list_awards);
USE_CASE(put_instalments);
USE_CASE(move_instalment);
USE_CASE(submit_amendment);
USE_CASE(withdraw_amendment);
USE_CASE(decide_amendment);
USE_CASE(list_amendments);
USE_CASE(list_call_amendments);
USE_CASE(save_report);
USE_CASE(review_report);
USE_CASE(get_report);
USE_CASE(list_reports);
USE_CASE(list_obligations);
USE_CASE(list_call_obligations);
USE_CASE(waive_obligation);
USE_CASE(put_recovery);
USE_CASE(list_follow_decisions);
USE_CASE(get_follow_document);
USE_CASE(commit_draw);
USE_CASE(make_draw);
USE_CASE(get_draw);
USE_CASE(tick); /* the clock's own: handler.h */

/* Projects */
USE_CASE(import_project);
USE_CASE(list_projects);
USE_CASE(get_project);
USE_CASE(move_project);

/* Municipalities */
USE_CASE(import_municipality);
USE_CASE(list_municipalities);
USE_CASE(get_municipality); /* list_municipalities.c */

/* Cases */
USE_CASE(file_case);
USE_CASE(put_case);
USE_CASE(add_case_document);
USE_CASE(get_case_document);
USE_CASE(request_statement);
USE_CASE(give_statement);
USE_CASE(put_proposal);
USE_CASE(take_back_proposal);
USE_CASE(withdraw_case);
USE_CASE(check_case);
USE_CASE(get_case);
USE_CASE(list_cases);
USE_CASE(list_my_cases); /* list_cases.c */

/* Meetings */
USE_CASE(create_meeting);
USE_CASE(put_meeting);
USE_CASE(summon_meeting);
USE_CASE(cancel_meeting);
USE_CASE(open_meeting);
USE_CASE(note_disqualification);
USE_CASE(open_vote);
USE_CASE(cast_vote);
USE_CASE(decide_item);
USE_CASE(close_meeting);
USE_CASE(check_minutes);
USE_CASE(list_meetings);
USE_CASE(get_meeting);
USE_CASE(get_item);

/* Minutes */
USE_CASE(publish_minutes);
USE_CASE(get_extract);
USE_CASE(get_item_feed);
USE_CASE(get_meeting_feed);

/* Exports: all in export_list.c */
USE_CASE(export_decisions);
USE_CASE(export_applications);
USE_CASE(export_payments);
USE_CASE(export_grants);

/* Decisions */
USE_CASE(preview_decision);
USE_CASE(present_decisions);
USE_CASE(send_decisions);
USE_CASE(correct_decision);
USE_CASE(get_decision);
USE_CASE(get_decision_document);
USE_CASE(list_decisions);
USE_CASE(list_my_decisions);
USE_CASE(list_views);

#endif
