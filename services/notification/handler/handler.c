/* The two tables: all that this service answers, and all that it hears. An event type that is not here is parked by the
 * subscriber, not lost; one with no functions is known and left alone. */
#include "services/notification/handler/handler.h"

#include "enrolment.pb-c.h"
#include "notification.pb-c.h"

#define READ(method, message, functions)                                                                                                   \
    {                                                                                                                                      \
        .name = "notification." method, .kind = WORK_READ, .request = &notification__##message##__descriptor, .needs = functions##_needs,  \
        .decide = functions##_decide                                                                                                       \
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

const struct work_case notification_cases[NOTIFICATION_CASES] = {
    READ("ListMessages", list_messages_request, list_messages),
    READ("ListMyMessages", list_my_messages_request, list_my_messages),
    READ("GetMessage", get_message_request, get_message),
    READ("GetSummary", get_summary_request, get_summary),
    {.name = "notification.RetryMessage",
     .kind = WORK_WRITE,
     .request = &notification__retry_message_request__descriptor,
     .needs = retry_message_needs,
     .decide = retry_message_decide},
};

const struct work_case notification_event_cases[NOTIFICATION_EVENT_CASES] = {
    EVENT("PersonStored", person_stored, on_person_stored),
    EVENT("ProgrammeStored", programme_stored, on_programme_stored),
    EVENT("Followed", followed, on_followed),
    EVENT("SeatTaken", seat_taken, on_seat_taken),
    EVENT("Queued", queued, on_queued),
    EVENT("Promoted", promoted, on_promoted),
    EVENT("Cancelled", cancelled, on_cancelled),
    EVENT("WindowOpened", window_opened, on_window_opened),
    EVENT("WindowClosed", window_closed, on_window_closed),
    EVENT("Offered", offered, on_offered),
    EVENT("OfferPassed", offer_passed, on_offer_passed),
    EVENT("Transferred", transferred, on_transferred),
    EVENT("Displaced", displaced, on_displaced),
    EVENT("Reviewed", reviewed, on_reviewed),
    EVENT("DateChanged", date_changed, on_date_changed),
    EVENT("Announced", announced, on_announced),
    EVENT("Completed", completed, on_completed),
    EVENT("TeamEnrolled", team_enrolled, on_team_enrolled),
    EVENT("PersonErased", person_erased, on_person_erased),
    EVENT("RegistrationForgotten", registration_forgotten, on_registration_forgotten),
    EVENT("ProgrammeForgotten", programme_forgotten, on_programme_forgotten),
    /* Known, and nobody is told: a form being filled, and what a list says before all is done. */
    KNOWN("Held", held),
    KNOWN("HoldEnded", hold_ended),
    KNOWN("Attended", attended),
    KNOWN("UnitCompleted", unit_completed),
    KNOWN("PlanHandedIn", plan_handed_in),
    /* Seats are counted where they are given; whom a change promotes has an event each. */
    KNOWN("CapacityChanged", capacity_changed),
};
