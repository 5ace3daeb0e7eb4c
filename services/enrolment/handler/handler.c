/* The full list of what the service answers: method, kind, what the payload decodes to, and the two functions. Writes keep their
 * answer under the caller's key, except Enrol and Hold, whose key is on the registration they make; PutPerson and Follow only set a value,
 * so repeating them needs no key. */
#include "services/enrolment/handler/handler.h"

#include "enrolment.pb-c.h"
#include "services/enrolment/handler/cases.h"

#define READ(method, type, file)                                                                                                           \
    {                                                                                                                                      \
        .name = "enrolment." method, .kind = WORK_READ, .request = &enrolment__##type##__descriptor, .needs = file##_needs,                \
        .decide = file##_decide                                                                                                            \
    }
#define WRITE(method, type, file, ...)                                                                                                     \
    {                                                                                                                                      \
        .name = "enrolment." method, .kind = WORK_WRITE, .request = &enrolment__##type##__descriptor, .needs = file##_needs,               \
        .decide = file##_decide, __VA_ARGS__                                                                                               \
    }

static const struct work_case CASES[] = {
    WRITE("ImportProgramme", import_programme_request, import_programme, .key_on_row = false),
    READ("ListProgrammes", list_programmes_request, list_programmes),
    READ("GetProgramme", get_programme_request, get_programme),
    READ("ListImplementations", list_implementations_request, list_implementations),
    READ("GetImplementation", get_implementation_request, get_implementation),
    WRITE("SetImplementationCapacity", set_implementation_capacity_request, set_implementation_capacity, .alone = true),
    WRITE("SetProgrammeCap", set_programme_cap_request, set_programme_cap, .key_on_row = false),
    WRITE("SetWindow", set_window_request, set_window, .key_on_row = false),
    WRITE("CreateProgramme", create_programme_request, create_programme, .key_on_row = false),
    WRITE("EditProgramme", edit_programme_request, edit_programme, .key_on_row = false),
    WRITE("PutUnit", put_unit_request, put_unit, .key_on_row = false),
    WRITE("RemoveUnit", remove_unit_request, remove_unit, .key_on_row = false),
    WRITE("PutImplementation", put_implementation_request, put_implementation, .key_on_row = false),
    WRITE("RemoveImplementation", remove_implementation_request, remove_implementation, .key_on_row = false),
    WRITE("AddWindow", add_window_request, add_window, .key_on_row = false),
    WRITE("RemoveWindow", remove_window_request, remove_window, .key_on_row = false),
    WRITE("PutRules", put_rules_request, put_rules, .key_on_row = false),
    WRITE("PutQuestions", put_questions_request, put_questions, .key_on_row = false),
    READ("ListChanges", list_changes_request, list_changes),
    WRITE("PutPerson", put_person_request, put_person, .no_key = true),
    READ("GetPerson", get_person_request, get_person),
    WRITE("Follow", follow_request, follow, .no_key = true),
    WRITE("Enrol", enrol_request, enrol, .key_on_row = true),
    WRITE("Hold", hold_request, hold, .key_on_row = true),
    WRITE("Confirm", confirm_request, confirm, .key_on_row = false),
    WRITE("AnswerOffer", answer_offer_request, answer_offer, .key_on_row = false),
    WRITE("Cancel", cancel_request, cancel, .key_on_row = false),
    WRITE("Transfer", transfer_request, transfer, .key_on_row = false),
    WRITE("EnrolTeam", enrol_team_request, enrol_team, .key_on_row = false),
    READ("GetTeam", get_team_request, get_team),
    READ("ListMyTeams", list_my_teams_request, list_my_teams),
    WRITE("Review", review_request, review, .key_on_row = false),
    WRITE("PromoteRegistration", promote_registration_request, promote_registration, .key_on_row = false),
    WRITE("SetPriority", set_priority_request, set_priority, .key_on_row = false),
    READ("GetRegistration", get_registration_request, get_registration),
    READ("ListMyRegistrations", list_my_registrations_request, list_my_registrations),
    READ("ListRegistrations", list_registrations_request, list_registrations),
    WRITE("SetAnswers", set_answers_request, set_answers, .key_on_row = false),
    READ("GetAnswers", get_answers_request, get_answers),
    WRITE("ResealAnswers", reseal_answers_request, reseal_answers, .key_on_row = false),
    WRITE("CreateInvitation", create_invitation_request, create_invitation, .key_on_row = false),
    READ("ListInvitations", list_invitations_request, list_invitations),
    WRITE("RevokeInvitation", revoke_invitation_request, revoke_invitation, .key_on_row = false),
    READ("GetHistory", get_history_request, get_history),
    READ("ListRefusals", list_refusals_request, list_refusals),
    WRITE("SendAnnouncement", send_announcement_request, send_announcement, .key_on_row = false),
    READ("ListAnnouncements", list_announcements_request, list_announcements),
    READ("GetReceipt", get_receipt_request, get_receipt),
    READ("GetChainHead", get_chain_head_request, get_chain_head),
    READ("GetChain", get_chain_request, get_chain),
    READ("GetChainFeed", get_chain_feed_request, get_chain_feed),
    READ("GetFairness", get_fairness_request, get_fairness),
    WRITE("ErasePerson", erase_person_request, erase_person, .alone = true),
    READ("ListForgotten", list_forgotten_request, list_forgotten),
    WRITE("MarkAttendance", mark_attendance_request, mark_attendance, .key_on_row = false),
    READ("GetAttendance", get_attendance_request, get_attendance),
    WRITE("MarkCompletions", mark_completions_request, mark_completions, .key_on_row = false),
    WRITE("HandInPlan", hand_in_plan_request, hand_in_plan, .key_on_row = false),
    READ("GetPlan", get_plan_request, get_plan),
    READ("GetProgress", get_progress_request, get_progress),
    READ("GetCalendar", get_calendar_request, get_calendar),
    READ("GetProgrammeCalendar", get_programme_calendar_request, get_programme_calendar),
    READ("GetCertificate", get_certificate_request, get_certificate),
    READ("VerifyCertificate", verify_certificate_request, verify_certificate),
    READ("GetTraineeDays", get_trainee_days_request, get_trainee_days),
    READ("ExportRegistrations", export_registrations_request, export_registrations),
};

/* Not in the table, so nobody can ask for them. Their messages borrow a type: one that names a programme, or the emptiest there is. A tick
 * runs alone, so that one which fails takes no enrolments back with it. */
static const struct work_case TICK = WRITE("Tick", get_programme_request, tick, .no_key = true, .alone = true);

static const struct work_case FORGET = WRITE("Forget", list_my_registrations_request, forget, .no_key = true, .alone = true);

static const struct work_case PUBLISH = WRITE("Publish", list_my_registrations_request, publish, .no_key = true);

const struct work_case *enrolment_cases(size_t *count)
{
    *count = sizeof CASES / sizeof *CASES;
    return CASES;
}

const struct work_case *enrolment_tick(void)
{
    return &TICK;
}

const struct work_case *enrolment_publish(void)
{
    return &PUBLISH;
}

const struct work_case *enrolment_forget(void)
{
    return &FORGET;
}
