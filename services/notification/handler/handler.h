/* What this service answers and what it hears: two tables (handler.c), a file per use case. The only room that sees protobuf.
 * Each use case is a pair: needs says which rows, decide applies the rules to them; the worker does the waiting between. */
#ifndef HV_NOTIFICATION_HANDLER_HANDLER_H
#define HV_NOTIFICATION_HANDLER_HANDLER_H
#include "common/work/job.h"

#define NOTIFICATION_CASES       5
#define NOTIFICATION_EVENT_CASES 27
extern const struct work_case notification_cases[NOTIFICATION_CASES];
extern const struct work_case notification_event_cases[NOTIFICATION_EVENT_CASES];

/* Requests */
enum err list_messages_needs(struct job *job, struct workset *w);
void list_messages_decide(struct job *job, struct workset *w);
enum err list_my_messages_needs(struct job *job, struct workset *w);
void list_my_messages_decide(struct job *job, struct workset *w);
enum err get_message_needs(struct job *job, struct workset *w);
void get_message_decide(struct job *job, struct workset *w);
enum err retry_message_needs(struct job *job, struct workset *w);
void retry_message_decide(struct job *job, struct workset *w);
enum err get_summary_needs(struct job *job, struct workset *w);
void get_summary_decide(struct job *job, struct workset *w);

/* Events of enrolment */
enum err on_person_stored_needs(struct job *job, struct workset *w);
void on_person_stored_decide(struct job *job, struct workset *w);
enum err on_programme_stored_needs(struct job *job, struct workset *w);
void on_programme_stored_decide(struct job *job, struct workset *w);
enum err on_followed_needs(struct job *job, struct workset *w);
void on_followed_decide(struct job *job, struct workset *w);
enum err on_seat_taken_needs(struct job *job, struct workset *w);
void on_seat_taken_decide(struct job *job, struct workset *w);
enum err on_queued_needs(struct job *job, struct workset *w);
void on_queued_decide(struct job *job, struct workset *w);
enum err on_promoted_needs(struct job *job, struct workset *w);
void on_promoted_decide(struct job *job, struct workset *w);
enum err on_cancelled_needs(struct job *job, struct workset *w);
void on_cancelled_decide(struct job *job, struct workset *w);
enum err on_window_opened_needs(struct job *job, struct workset *w);
void on_window_opened_decide(struct job *job, struct workset *w);
enum err on_window_closed_needs(struct job *job, struct workset *w);
void on_window_closed_decide(struct job *job, struct workset *w);
enum err on_offered_needs(struct job *job, struct workset *w);
void on_offered_decide(struct job *job, struct workset *w);
enum err on_offer_passed_needs(struct job *job, struct workset *w);
void on_offer_passed_decide(struct job *job, struct workset *w);
enum err on_transferred_needs(struct job *job, struct workset *w);
void on_transferred_decide(struct job *job, struct workset *w);
enum err on_displaced_needs(struct job *job, struct workset *w);
void on_displaced_decide(struct job *job, struct workset *w);
enum err on_reviewed_needs(struct job *job, struct workset *w);
void on_reviewed_decide(struct job *job, struct workset *w);
enum err on_date_changed_needs(struct job *job, struct workset *w);
void on_date_changed_decide(struct job *job, struct workset *w);
enum err on_announced_needs(struct job *job, struct workset *w);
void on_announced_decide(struct job *job, struct workset *w);
enum err on_completed_needs(struct job *job, struct workset *w);
void on_completed_decide(struct job *job, struct workset *w);
enum err on_team_enrolled_needs(struct job *job, struct workset *w);
void on_team_enrolled_decide(struct job *job, struct workset *w);
enum err on_person_erased_needs(struct job *job, struct workset *w);
void on_person_erased_decide(struct job *job, struct workset *w);
enum err on_registration_forgotten_needs(struct job *job, struct workset *w);
void on_registration_forgotten_decide(struct job *job, struct workset *w);
enum err on_programme_forgotten_needs(struct job *job, struct workset *w);
void on_programme_forgotten_decide(struct job *job, struct workset *w);

#endif
