/* The two tables: all that this service answers, and all that it hears. An event type that is not here is parked by the
 * subscriber, not lost; one with no functions is known and left alone. */
#include "services/notification/handler/handler.h"

#include "enrolment.pb-c.h"
#include "funding.pb-c.h"
#include "municipal.pb-c.h"
#include "notification.pb-c.h"
#include "services/notification/handler/hook.h"

#define READ(method, message, functions)                                                                                                   \
    {                                                                                                                                      \
        .name = "notification." method, .kind = WORK_READ, .request = &notification__##message##__descriptor, .needs = functions##_needs,  \
        .decide = functions##_decide                                                                                                       \
    }
#define WRITE(method, message, functions)                                                                                                  \
    {                                                                                                                                      \
        .name = "notification." method, .kind = WORK_WRITE, .request = &notification__##message##__descriptor, .needs = functions##_needs, \
        .decide = functions##_decide                                                                                                       \
    }
/* A write that only sets a value: done twice it is done once. */
#define NO_KEY(method, message, functions)                                                                                                 \
    {                                                                                                                                      \
        .name = "notification." method, .kind = WORK_WRITE, .request = &notification__##message##__descriptor, .needs = functions##_needs, \
        .decide = functions##_decide, .no_key = true                                                                                       \
    }
/* A write that sees no other change of its batch. */
#define ALONE(method, message, functions)                                                                                                  \
    {                                                                                                                                      \
        .name = "notification." method, .kind = WORK_WRITE, .request = &notification__##message##__descriptor, .needs = functions##_needs, \
        .decide = functions##_decide, .alone = true                                                                                        \
    }
/* An event of the public list (hook.c): behind what is done here about it, webhooks hear of it. */
#define HOOKED(type, message, functions)                                                                                                   \
    {                                                                                                                                      \
        .name = "enrolment." type ".v1", .kind = WORK_EVENT, .request = &enrolment__##message##__descriptor,                               \
        .needs = functions##_hooked_needs, .decide = functions##_hooked_decide                                                             \
    }
#define WITH_HOOK(functions)                                                                                                               \
    static enum err functions##_hooked_needs(struct job *job, struct workset *w)                                                           \
    {                                                                                                                                      \
        const enum err err = functions##_needs(job, w);                                                                                    \
        return err == ERR_OK ? hook_needs(job, w) : err;                                                                                   \
    }                                                                                                                                      \
    static void functions##_hooked_decide(struct job *job, struct workset *w)                                                              \
    {                                                                                                                                      \
        functions##_decide(job, w);                                                                                                        \
        if (job->err == ERR_OK)                                                                                                            \
            hook_decide(job, w);                                                                                                           \
    }
#define EVENT(type, message, functions)                                                                                                    \
    {                                                                                                                                      \
        .name = "enrolment." type ".v1", .kind = WORK_EVENT, .request = &enrolment__##message##__descriptor, .needs = functions##_needs,   \
        .decide = functions##_decide                                                                                                       \
    }

#define KNOWN(type, message)                                                                                                               \
    {                                                                                                                                      \
        .name = "enrolment." type ".v1", .kind = WORK_EVENT, .request = &enrolment__##message##__descriptor                                \
    }

/* The same of funding. */
#define GRANT(type, message, functions)                                                                                                    \
    {                                                                                                                                      \
        .name = "funding." type ".v1", .kind = WORK_EVENT, .request = &funding__##message##__descriptor, .needs = functions##_needs,       \
        .decide = functions##_decide                                                                                                       \
    }
#define GRANT_HOOKED(type, message, functions) GRANT(type, message, functions##_hooked)
#define GRANT_KNOWN(type, message)                                                                                                         \
    {                                                                                                                                      \
        .name = "funding." type ".v1", .kind = WORK_EVENT, .request = &funding__##message##__descriptor                                    \
    }

/* And of its municipal cases. */
#define MUNICIPAL(type, message, functions)                                                                                                \
    {                                                                                                                                      \
        .name = "municipal." type ".v1", .kind = WORK_EVENT, .request = &municipal__##message##__descriptor, .needs = functions##_needs,   \
        .decide = functions##_decide                                                                                                       \
    }
#define MUNICIPAL_HOOKED(type, message, functions) MUNICIPAL(type, message, functions##_hooked)

WITH_HOOK(on_meeting_summoned)
WITH_HOOK(on_meeting_cancelled)
WITH_HOOK(on_decided)
WITH_HOOK(on_share_decided)
WITH_HOOK(on_call_stored)
WITH_HOOK(on_call_moved)
WITH_HOOK(on_decision_sent)
WITH_HOOK(on_seat_taken)
WITH_HOOK(on_queued)
WITH_HOOK(on_promoted)
WITH_HOOK(on_cancelled)
WITH_HOOK(on_window_opened)
WITH_HOOK(on_window_closed)
WITH_HOOK(on_offered)
WITH_HOOK(on_offer_passed)
WITH_HOOK(on_transferred)
WITH_HOOK(on_displaced)
WITH_HOOK(on_reviewed)
WITH_HOOK(on_date_changed)
WITH_HOOK(on_completed)
WITH_HOOK(on_team_enrolled)
WITH_HOOK(on_marked)
WITH_HOOK(on_person_erased)
WITH_HOOK(on_programme_stored)

static const struct work_case REMIND = {.name = "notification.Remind",
                                        .kind = WORK_WRITE,
                                        .request = &notification__due__descriptor,
                                        .needs = tick_remind_needs,
                                        .decide = tick_remind_decide,
                                        .no_key = true,
                                        .alone = true};
static const struct work_case DIGEST = NO_KEY("Digest", due, tick_digest);
static const struct work_case SWEEP = {.name = "notification.Sweep",
                                       .kind = WORK_WRITE,
                                       .request = &notification__get_summary_request__descriptor,
                                       .needs = tick_sweep_needs,
                                       .decide = tick_sweep_decide,
                                       .no_key = true,
                                       .alone = true};

static const struct work_case CASES[] = {
    READ("ListMessages", list_messages_request, list_messages),
    READ("ListMyMessages", list_my_messages_request, list_my_messages),
    READ("GetMessage", get_message_request, get_message),
    READ("GetSummary", get_summary_request, get_summary),
    READ("ListReminders", list_reminders_request, list_reminders),
    {.name = "notification.RetryMessage",
     .kind = WORK_WRITE,
     .request = &notification__retry_message_request__descriptor,
     .needs = retry_message_needs,
     .decide = retry_message_decide},
    READ("GetInbox", get_inbox_request, get_inbox),
    NO_KEY("MarkRead", mark_read_request, mark_read),
    READ("GetPreferences", get_preferences_request, get_preferences),
    NO_KEY("SetPreference", set_preference_request, set_preference),
    READ("GetUnsubscribe", unsubscribe_request, get_unsubscribe),
    NO_KEY("Unsubscribe", unsubscribe_request, unsubscribe),
    READ("ShowUnsubscribe", choose_mail_request, show_unsubscribe),
    NO_KEY("ChooseMail", choose_mail_request, choose_mail),
    READ("GetFeedLink", get_feed_link_request, get_feed_link),
    WRITE("ReplaceFeedLink", get_feed_link_request, replace_feed_link),
    READ("GetPersonFeed", get_person_feed_request, get_person_feed),
    READ("ListSuppressions", list_suppressions_request, list_suppressions),
    READ("ListSuppressionChanges", list_suppression_changes_request, list_suppression_changes),
    WRITE("Suppress", suppress_request, suppress),
    WRITE("Unsuppress", unsuppress_request, unsuppress),
    WRITE("ReportBounce", report_bounce_request, report_bounce),
    READ("ListTemplates", list_templates_request, list_templates),
    READ("GetTemplate", get_template_request, get_template),
    ALONE("PutTemplate", put_template_request, put_template),
    READ("PreviewTemplate", preview_template_request, preview_template),
    WRITE("TestSend", test_send_request, test_send),
    WRITE("SendMessage", send_message_request, send_message),
    READ("GetMoves", get_message_request, get_moves),
    READ("GetAttachment", get_attachment_request, get_attachment),
    ALONE("CallOffMessage", call_off_message_request, call_off_message),
    ALONE("RetryMessages", retry_messages_request, retry_messages),
    ALONE("CallOffMessages", call_off_messages_request, call_off_messages),
    READ("GetPromise", get_promise_request, get_promise),
    READ("GetTrainingFeed", get_training_feed_request, get_training_feed),
    ALONE("CreateWebhook", create_webhook_request, create_webhook),
    READ("ListWebhooks", list_webhooks_request, list_webhooks),
    READ("GetWebhook", get_webhook_request, get_webhook),
    ALONE("EditWebhook", edit_webhook_request, edit_webhook),
    ALONE("RotateWebhook", get_webhook_request, rotate_webhook),
    ALONE("RemoveWebhook", get_webhook_request, remove_webhook),
    ALONE("TestWebhook", get_webhook_request, test_webhook),
    ALONE("RetryDelivery", retry_delivery_request, retry_delivery),
};

static const struct work_case EVENT_CASES[] = {
    EVENT("PersonStored", person_stored, on_person_stored),
    HOOKED("ProgrammeStored", programme_stored, on_programme_stored),
    EVENT("Followed", followed, on_followed),
    HOOKED("SeatTaken", seat_taken, on_seat_taken),
    HOOKED("Queued", queued, on_queued),
    HOOKED("Promoted", promoted, on_promoted),
    HOOKED("Cancelled", cancelled, on_cancelled),
    HOOKED("WindowOpened", window_opened, on_window_opened),
    HOOKED("WindowClosed", window_closed, on_window_closed),
    HOOKED("Offered", offered, on_offered),
    HOOKED("OfferPassed", offer_passed, on_offer_passed),
    HOOKED("Transferred", transferred, on_transferred),
    HOOKED("Displaced", displaced, on_displaced),
    HOOKED("Reviewed", reviewed, on_reviewed),
    HOOKED("DateChanged", date_changed, on_date_changed),
    EVENT("Announced", announced, on_announced),
    HOOKED("Completed", completed, on_completed),
    HOOKED("TeamEnrolled", team_enrolled, on_team_enrolled),
    HOOKED("Attended", attended, on_marked),
    HOOKED("UnitCompleted", unit_completed, on_marked),
    HOOKED("PlanHandedIn", plan_handed_in, on_marked),
    HOOKED("PersonErased", person_erased, on_person_erased),
    EVENT("RegistrationForgotten", registration_forgotten, on_registration_forgotten),
    EVENT("ProgrammeForgotten", programme_forgotten, on_programme_forgotten),
    /* Known, and nobody is told: a form being filled. */
    KNOWN("Held", held),
    KNOWN("HoldEnded", hold_ended),
    /* Seats are counted where they are given; whom a change promotes has an event each. */
    {.name = "enrolment.CapacityChanged.v1",
     .kind = WORK_EVENT,
     .request = &enrolment__capacity_changed__descriptor,
     .needs = hook_needs,
     .decide = hook_decide},
    /* Funding's */
    GRANT("ContactStored", contact_stored, on_contact_stored),
    GRANT_HOOKED("CallStored", call_stored, on_call_stored),
    GRANT_HOOKED("CallMoved", call_moved, on_call_moved),
    GRANT("DraftStarted", draft_started, on_draft_started),
    GRANT("ApplicationSubmitted", application_submitted, on_application_submitted),
    GRANT("SupplementRequested", supplement_requested, on_supplement_requested),
    GRANT("ApplicationEnded", application_ended, on_application_ended),
    GRANT_HOOKED("DecisionSent", decision_sent, on_decision_sent),
    GRANT("GrantAnswered", grant_answered, on_grant_answered),
    GRANT("InstalmentMoved", instalment_moved, on_instalment_moved),
    GRANT("AmendmentDecided", amendment_decided, on_amendment_decided),
    GRANT("ObligationSet", obligation_set, on_obligation_set),
    GRANT("ObligationEnded", obligation_ended, on_obligation_ended),
    GRANT("ObligationLate", obligation_late, on_obligation_late),
    GRANT("ReportMoved", report_moved, on_report_moved),
    GRANT("RecoveryMoved", recovery_moved, on_recovery_moved),
    GRANT("CallResolved", call_resolved, hook), /* its decisions have told everybody */
    /* Of municipal cases */
    MUNICIPAL("CaseFiled", case_filed, on_case_filed),
    MUNICIPAL("CaseMoved", case_moved, on_case_moved),
    MUNICIPAL("StatementAsked", statement_asked, on_statement_asked),
    MUNICIPAL_HOOKED("MeetingSummoned", meeting_summoned, on_meeting_summoned),
    MUNICIPAL_HOOKED("MeetingCancelled", meeting_cancelled, on_meeting_cancelled),
    MUNICIPAL_HOOKED("Decided", decided, on_decided),
    MUNICIPAL_HOOKED("ShareDecided", share_decided, on_share_decided),
    /* Known, and nobody is told: what officials do among themselves, and what has no applicant. */
    GRANT_KNOWN("Evaluated", evaluated),
    GRANT_KNOWN("ProposalMade", proposal_made),
    GRANT_KNOWN("AmendmentSubmitted", amendment_submitted),
    GRANT_KNOWN("DrawMade", draw_made),
    GRANT_KNOWN("ProjectStored", project_stored),
};

const struct work_case *notification_remind(void)
{
    return &REMIND;
}

const struct work_case *notification_digest(void)
{
    return &DIGEST;
}

const struct work_case *notification_sweep(void)
{
    return &SWEEP;
}

const struct work_case *notification_cases(size_t *count)
{
    *count = sizeof CASES / sizeof CASES[0];
    return CASES;
}

const struct work_case *notification_event_cases(size_t *count)
{
    *count = sizeof EVENT_CASES / sizeof EVENT_CASES[0];
    return EVENT_CASES;
}
