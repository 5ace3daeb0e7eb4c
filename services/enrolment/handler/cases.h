/* The use cases: two functions each, in a file of the same name. needs says which rows, decide applies the rules; no I/O in
 * either. What they do is said with the service in proto/enrolment.proto; the table is in handler.c. */
#ifndef HV_ENROLMENT_HANDLER_CASES_H
#define HV_ENROLMENT_HANDLER_CASES_H
#include "common/work/job.h"

struct workset;

#define USE_CASE(name)                                                                                                                     \
    enum err name##_needs(struct job *job, struct workset *w) MUST_CHECK;                                                                  \
    void name##_decide(struct job *job, struct workset *w)

USE_CASE(import_programme);
USE_CASE(list_programmes);
USE_CASE(get_programme);
USE_CASE(list_implementations);
USE_CASE(get_implementation);
USE_CASE(set_implementation_capacity);
USE_CASE(set_programme_cap);
USE_CASE(set_window);
USE_CASE(create_programme);
USE_CASE(edit_programme);
USE_CASE(put_unit);
USE_CASE(remove_unit);
USE_CASE(put_implementation);
USE_CASE(remove_implementation);
USE_CASE(add_window);
USE_CASE(remove_window);
USE_CASE(put_rules);
USE_CASE(put_questions);
USE_CASE(list_changes);
USE_CASE(put_person);
USE_CASE(get_person);
USE_CASE(follow);
USE_CASE(enrol);
USE_CASE(cancel);
USE_CASE(get_registration);
USE_CASE(list_my_registrations);
USE_CASE(list_registrations);
USE_CASE(get_history);
USE_CASE(list_refusals);
USE_CASE(get_receipt);
USE_CASE(get_chain_head);
USE_CASE(get_chain);
USE_CASE(get_fairness);
USE_CASE(erase_person);
USE_CASE(list_forgotten);
USE_CASE(forget);
USE_CASE(send_announcement);
USE_CASE(list_announcements);
USE_CASE(hold);
USE_CASE(confirm);
USE_CASE(answer_offer);
USE_CASE(set_answers);
USE_CASE(get_answers);
USE_CASE(reseal_answers);
USE_CASE(create_invitation);
USE_CASE(list_invitations);
USE_CASE(revoke_invitation);
USE_CASE(tick);
USE_CASE(mark_attendance);
USE_CASE(get_attendance);
USE_CASE(mark_completions);
USE_CASE(hand_in_plan);
USE_CASE(get_plan);
USE_CASE(get_progress);
USE_CASE(get_calendar);
USE_CASE(get_programme_calendar);
USE_CASE(get_chain_feed);
USE_CASE(publish);
USE_CASE(get_certificate);
USE_CASE(verify_certificate);
USE_CASE(get_trainee_days);
USE_CASE(export_registrations);
USE_CASE(transfer);
USE_CASE(enrol_team);
USE_CASE(get_team);
USE_CASE(list_my_teams);
USE_CASE(review);
USE_CASE(promote_registration);
USE_CASE(set_priority);
#undef USE_CASE

#endif
