/* The list of types and their bodies: see hook.h. */
#include "services/notification/handler/hook.h"

#include <string.h>

#include "common/base/alloc.h"
#include "enrolment.pb-c.h"
#include "funding.pb-c.h"
#include "municipal.pb-c.h"
#include "services/notification/handler/convert.h"
#include "services/notification/handler/hook_body.h"
#include "services/notification/store/delivery.h"

/* --- what each type tells ---------------------------------------------------------------------------------------------- */
static void registration(struct hook_body *body, const Enrolment__Registration *r)
{
    if (r == NULL)
        return;
    hook_body_id(body, "registrationId", r->id);
    hook_body_id(body, "programmeId", r->programme_id);
    hook_body_id(body, "implementationId", r->implementation_id);
    hook_body_id(body, "personId", r->person_id);
    hook_body_word(body, "state", &enrolment__state__descriptor, (int)r->state);
    hook_body_number(body, "version", r->version); /* by which a receiver puts what it hears of one registration in order */
}

/* The shape many events share: a registration first, and nothing else that concerns a receiver. */
#define TELL_REGISTRATION(name, Message)                                                                                                   \
    static void tell_##name(struct hook_body *body, const ProtobufCMessage *message)                                                       \
    {                                                                                                                                      \
        registration(body, ((const Enrolment__##Message *)message)->registration);                                                         \
    }
TELL_REGISTRATION(seat_taken, SeatTaken)
TELL_REGISTRATION(queued, Queued)
TELL_REGISTRATION(offered, Offered)
TELL_REGISTRATION(offer_passed, OfferPassed)
TELL_REGISTRATION(displaced, Displaced)

static void tell_promoted(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Promoted *event = (const Enrolment__Promoted *)message;

    registration(body, event->registration);
    hook_body_flag(body, "accepted", event->accepted);
    hook_body_flag(body, "byHand", event->by_hand);
}

static void tell_cancelled(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Cancelled *event = (const Enrolment__Cancelled *)message;

    registration(body, event->registration);
    hook_body_word(body, "from", &enrolment__state__descriptor, (int)event->from);
    hook_body_word(body, "cause", &enrolment__cause__descriptor, (int)event->cause);
}

static void tell_transferred(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Transferred *event = (const Enrolment__Transferred *)message;

    registration(body, event->registration);
    if (event->origin != NULL) {
        hook_body_id(body, "originId", event->origin->id);
        hook_body_id(body, "originImplementationId", event->origin->implementation_id);
    }
}

static void tell_reviewed(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Registration *r = ((const Enrolment__Reviewed *)message)->registration;

    registration(body, r);
    if (r != NULL)
        hook_body_word(body, "review", &enrolment__review_state__descriptor, (int)r->review);
}

static void tell_attended(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Attended *event = (const Enrolment__Attended *)message;

    registration(body, event->registration);
    hook_body_id(body, "unitId", event->unit_id);
    hook_body_word(body, "presence", &enrolment__presence__descriptor, (int)event->presence);
    hook_body_word(body, "was", &enrolment__presence__descriptor, (int)event->was);
}

static void tell_unit_completed(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__UnitCompleted *event = (const Enrolment__UnitCompleted *)message;

    registration(body, event->registration);
    hook_body_id(body, "unitId", event->unit_id);
    hook_body_flag(body, "undone", event->undone);
}

static void tell_plan_handed_in(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__PlanHandedIn *event = (const Enrolment__PlanHandedIn *)message;

    registration(body, event->registration);
    hook_body_id(body, "planId", event->plan_id);
}

static void tell_completed(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Completed *event = (const Enrolment__Completed *)message;

    registration(body, event->registration);
    hook_body_flag(body, "withdrawn", event->withdrawn);
}

static void tell_team_enrolled(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__TeamEnrolled *event = (const Enrolment__TeamEnrolled *)message;

    hook_body_id(body, "teamId", event->team_id);
    hook_body_id(body, "programmeId", event->programme_id);
    hook_body_id(body, "implementationId", event->implementation_id);
    hook_body_id(body, "leaderId", event->leader_id);
    hook_body_number(body, "seated", event->seated);
    hook_body_number(body, "queued", event->queued);
    hook_body_number(body, "refused", event->refused);
}

static void window(struct hook_body *body, ProtobufCBinaryData programme_id, const Enrolment__Window *w)
{
    hook_body_id(body, "programmeId", programme_id);
    if (w == NULL)
        return;
    hook_body_id(body, "windowId", w->id);
    hook_body_time(body, "opensAt", w->opens_us);
    hook_body_time(body, "closesAt", w->closes_us);
}

static void tell_window_opened(struct hook_body *body, const ProtobufCMessage *message)
{
    window(body, ((const Enrolment__WindowOpened *)message)->programme_id, ((const Enrolment__WindowOpened *)message)->window);
}

static void tell_window_closed(struct hook_body *body, const ProtobufCMessage *message)
{
    window(body, ((const Enrolment__WindowClosed *)message)->programme_id, ((const Enrolment__WindowClosed *)message)->window);
}

static void tell_date_changed(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__DateChanged *event = (const Enrolment__DateChanged *)message;
    const Enrolment__Webinar *now = event->after != NULL ? event->after : event->before;

    hook_body_id(body, "programmeId", event->programme_id);
    hook_body_id(body, "unitId", event->unit_id);
    if (now == NULL)
        return;
    hook_body_id(body, "webinarId", now->id);
    hook_body_time(body, "startsAt", now->starts_us);
    hook_body_time(body, "endsAt", now->ends_us);
    hook_body_flag(body, "cancelled", event->after == NULL || now->cancelled);
}

static void tell_capacity_changed(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__CapacityChanged *event = (const Enrolment__CapacityChanged *)message;

    if (event->seats != NULL) {
        hook_body_id(body, "programmeId", event->seats->programme_id);
        hook_body_id(body, "implementationId", event->seats->implementation_id);
        hook_body_number(body, "capacity", event->seats->capacity);
        hook_body_number(body, "taken", event->seats->taken);
        hook_body_number(body, "waiting", event->seats->waiting);
    }
    hook_body_number(body, "programmeCap", event->programme_cap);
}

static void tell_programme_stored(struct hook_body *body, const ProtobufCMessage *message)
{
    const Enrolment__Programme *programme = ((const Enrolment__ProgrammeStored *)message)->programme;

    if (programme == NULL)
        return;
    hook_body_id(body, "programmeId", programme->id);
    hook_body_number(body, "version", programme->version);
}

/* So that whoever keeps what it heard of a person can forget them too. */
static void tell_person_erased(struct hook_body *body, const ProtobufCMessage *message)
{
    hook_body_id(body, "personId", ((const Enrolment__PersonErased *)message)->person_id);
}

/* Grants are public once they are decided: what an application got, and nobody's name. */
static void tell_call_stored(struct hook_body *body, const ProtobufCMessage *message)
{
    const Funding__CallStored *event = (const Funding__CallStored *)message;

    hook_body_id(body, "callId", event->call_id);
    hook_body_time(body, "opensAt", event->opens_us);
    hook_body_time(body, "closesAt", event->closes_us);
    hook_body_number(body, "allocationCents", (uint64_t)event->allocation_cents);
    hook_body_number(body, "version", event->version);
}

static void tell_call_moved(struct hook_body *body, const ProtobufCMessage *message)
{
    const Funding__CallMoved *event = (const Funding__CallMoved *)message;

    hook_body_id(body, "callId", event->call_id);
    hook_body_word(body, "from", &funding__call_state__descriptor, (int)event->from);
    hook_body_word(body, "to", &funding__call_state__descriptor, (int)event->to);
}

static void tell_call_resolved(struct hook_body *body, const ProtobufCMessage *message)
{
    const Funding__CallResolved *event = (const Funding__CallResolved *)message;

    hook_body_id(body, "callId", event->call_id);
    hook_body_number(body, "granted", event->granted);
    hook_body_number(body, "rejected", event->rejected);
    hook_body_number(body, "cents", (uint64_t)event->cents);
}

static void tell_decision_sent(struct hook_body *body, const ProtobufCMessage *message)
{
    const Funding__DecisionSent *event = (const Funding__DecisionSent *)message;

    hook_body_id(body, "callId", event->call_id);
    hook_body_id(body, "themeId", event->theme_id);
    hook_body_id(body, "applicationId", event->application_id);
    hook_body_id(body, "decisionId", event->decision_id);
    hook_body_id(body, "correctsId", event->corrects_id);
    hook_body_flag(body, "granted", event->granted);
    hook_body_number(body, "cents", (uint64_t)event->cents);
}

/* What a municipality publishes: agendas and decisions, and how a project's funding plan stands. Nobody's name, and nobody's words. */
static void meeting(struct hook_body *body, ProtobufCBinaryData meeting_id, ProtobufCBinaryData board_id, int64_t starts_us)
{
    hook_body_id(body, "meetingId", meeting_id);
    hook_body_id(body, "boardId", board_id);
    hook_body_time(body, "startsAt", starts_us);
}

static void tell_meeting_summoned(struct hook_body *body, const ProtobufCMessage *message)
{
    const Municipal__MeetingSummoned *event = (const Municipal__MeetingSummoned *)message;

    meeting(body, event->meeting_id, event->board_id, event->starts_us);
    hook_body_number(body, "items", event->items);
}

static void tell_meeting_cancelled(struct hook_body *body, const ProtobufCMessage *message)
{
    const Municipal__MeetingCancelled *event = (const Municipal__MeetingCancelled *)message;

    meeting(body, event->meeting_id, event->board_id, event->starts_us);
}

static void tell_decided(struct hook_body *body, const ProtobufCMessage *message)
{
    const Municipal__Decided *event = (const Municipal__Decided *)message;

    hook_body_id(body, "itemId", event->item_id);
    hook_body_id(body, "caseId", event->case_id);
    hook_body_id(body, "municipalityId", event->municipality_id);
    hook_body_id(body, "projectId", event->project_id);
    hook_body_number(body, "section", event->section);
    hook_body_word(body, "outcome", &municipal__outcome__descriptor, (int)event->outcome);
    hook_body_flag(body, "granted", event->granted);
    hook_body_number(body, "appliedCents", (uint64_t)event->applied_cents);
    hook_body_number(body, "cents", (uint64_t)event->cents);
}

static void tell_share_decided(struct hook_body *body, const ProtobufCMessage *message)
{
    const Municipal__ShareDecided *event = (const Municipal__ShareDecided *)message;

    hook_body_id(body, "projectId", event->project_id);
    hook_body_id(body, "shareId", event->share_id);
    hook_body_flag(body, "granted", event->granted);
    hook_body_number(body, "cents", (uint64_t)event->cents);
    hook_body_number(body, "totalCents", (uint64_t)event->total_cents);
    hook_body_number(body, "grantedCents", (uint64_t)event->granted_cents);
    hook_body_number(body, "refusedCents", (uint64_t)event->refused_cents);
    hook_body_number(body, "openCents", (uint64_t)event->open_cents);
    hook_body_flag(body, "covered", event->covered);
}

/* --- the list ---------------------------------------------------------------------------------------------------------- */
#define HOOK(Message, name)                                                                                                                \
    {                                                                                                                                      \
        "enrolment." #Message ".v1", "enrolment." #name, tell_##name                                                                       \
    }
#define GRANT_HOOK(Message, name)                                                                                                          \
    {                                                                                                                                      \
        "funding." #Message ".v1", "funding." #name, tell_##name                                                                           \
    }
#define MUNICIPAL_HOOK(Message, name)                                                                                                      \
    {                                                                                                                                      \
        "municipal." #Message ".v1", "municipal." #name, tell_##name                                                                       \
    }
static const struct hook {
    const char *event, *type;
    void (*tell)(struct hook_body *body, const ProtobufCMessage *message);
} HOOKS[] = {
    HOOK(SeatTaken, seat_taken),
    HOOK(Queued, queued),
    HOOK(Promoted, promoted),
    HOOK(Cancelled, cancelled),
    HOOK(Offered, offered),
    HOOK(OfferPassed, offer_passed),
    HOOK(Transferred, transferred),
    HOOK(Displaced, displaced),
    HOOK(Reviewed, reviewed),
    HOOK(TeamEnrolled, team_enrolled),
    HOOK(Attended, attended),
    HOOK(UnitCompleted, unit_completed),
    HOOK(PlanHandedIn, plan_handed_in),
    HOOK(Completed, completed),
    HOOK(WindowOpened, window_opened),
    HOOK(WindowClosed, window_closed),
    HOOK(DateChanged, date_changed),
    HOOK(CapacityChanged, capacity_changed),
    HOOK(ProgrammeStored, programme_stored),
    HOOK(PersonErased, person_erased),
    GRANT_HOOK(CallStored, call_stored),
    GRANT_HOOK(CallMoved, call_moved),
    GRANT_HOOK(CallResolved, call_resolved),
    GRANT_HOOK(DecisionSent, decision_sent),
    MUNICIPAL_HOOK(MeetingSummoned, meeting_summoned),
    MUNICIPAL_HOOK(MeetingCancelled, meeting_cancelled),
    MUNICIPAL_HOOK(Decided, decided),
    MUNICIPAL_HOOK(ShareDecided, share_decided),
};
#define HOOK_COUNT (sizeof HOOKS / sizeof HOOKS[0])

const char *hook_type(size_t n)
{
    return n < HOOK_COUNT ? HOOKS[n].type : NULL;
}

bool hook_type_known(const char *type)
{
    for (size_t i = 0; i < HOOK_COUNT; i++)
        if (strcmp(HOOKS[i].type, type) == 0)
            return true;
    return false;
}

enum err hook_needs(struct job *job, struct workset *w)
{
    delivery_want_audience(w, job);
    return ERR_OK;
}

static const struct hook *hook_of(const char *event)
{
    for (size_t i = 0; i < HOOK_COUNT; i++)
        if (strcmp(HOOKS[i].event, event) == 0)
            return &HOOKS[i];
    bug("handler.c puts hooks behind events of the list only");
}

struct span hook_body_of(struct arena *arena, const char *event, const ProtobufCMessage *message, int64_t occurred_us)
{
    const struct hook *hook = hook_of(event);
    struct hook_body body = hook_body_begin(arena, hook->type, occurred_us);

    hook->tell(&body, message);
    return hook_body_end(&body);
}

void hook_decide(struct job *job, struct workset *w)
{
    const struct span type = span_text(hook_of(job->kase->name)->type);
    struct uuid event_id;

    if (delivery_wanted(w, type) && convert_id(&event_id, job->event->id))
        delivery_tell(w, event_id, type, hook_body_of(w->arena, job->kase->name, job->message, job->event->occurred_us));
}

struct span hook_test_body(struct arena *arena, struct uuid webhook_id, int64_t now_us)
{
    struct hook_body body = hook_body_begin(arena, HOOK_TEST_TYPE, now_us);

    hook_body_id(&body, "webhookId", (ProtobufCBinaryData){sizeof webhook_id.b, webhook_id.b});
    return hook_body_end(&body);
}
