/* The meetings of municipal.h, their items and what is decided of them. */
#include "tests/service/funding/municipal.h"

#define SOON_US (2 * TIME_HOUR)

static char *words(const char *text)
{
    return (char *)(uintptr_t)text;
}

struct answer rig_move_meeting(struct rig *rig, const char *method, const struct rig_meeting *m, struct uuid who, uint32_t roles,
                               const char *reason)
{
    Municipal__MoveMeetingRequest request = MUNICIPAL__MOVE_MEETING_REQUEST__INIT;

    request.meeting_id = rig_bytes(&m->id);
    request.reason = words(reason);
    return desk_ask(rig, who, roles, method, &request.base, 0);
}

struct answer rig_put_agenda(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m, const struct rig_case *cases,
                             size_t count, uint64_t version)
{
    Municipal__PutMeetingRequest request = MUNICIPAL__PUT_MEETING_REQUEST__INIT;

    request.meeting_id = rig_bytes(&m->id);
    request.starts_us = time_now_us() + SOON_US;
    request.place = words("Kaupungintalo, kokoushuone 1");
    request.case_ids = arena_array(rig_arena(rig), count + 1, sizeof *request.case_ids);
    for (size_t i = 0; i < count; i++)
        request.case_ids[request.n_case_ids++] = rig_bytes(&cases[i].id);
    return desk_ask(rig, town->secretary, RIG_SECRETARY, "PutMeeting", &request.base, version);
}

struct answer rig_open(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m, size_t attendees)
{
    Municipal__OpenMeetingRequest request = MUNICIPAL__OPEN_MEETING_REQUEST__INIT;

    request.meeting_id = rig_bytes(&m->id);
    request.attendees = arena_array(rig_arena(rig), attendees + 1, sizeof *request.attendees);
    for (size_t i = 0; i < attendees; i++) {
        Municipal__Attendee *a = request.attendees[request.n_attendees++] = arena_alloc(rig_arena(rig), sizeof *a);

        municipal__attendee__init(a);
        a->person_id = rig_bytes(&town->members[i]);
        a->checks_minutes = i == 1 || attendees == 1;
    }
    return desk_ask(rig, town->secretary, RIG_SECRETARY, "OpenMeeting", &request.base, 0);
}

struct answer rig_see_meeting(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles)
{
    Municipal__GetMeetingRequest request = MUNICIPAL__GET_MEETING_REQUEST__INIT;

    request.meeting_id = rig_bytes(&id);
    return desk_ask(rig, who, roles, "GetMeeting", &request.base, 0);
}

struct answer rig_see_item(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles)
{
    Municipal__GetItemRequest request = MUNICIPAL__GET_ITEM_REQUEST__INIT;

    request.item_id = rig_bytes(&id);
    return desk_ask(rig, who, roles, "GetItem", &request.base, 0);
}

struct answer rig_extract(struct rig *rig, struct uuid item, bool html, struct uuid who, uint32_t roles)
{
    Municipal__GetExtractRequest request = MUNICIPAL__GET_EXTRACT_REQUEST__INIT;

    request.item_id = rig_bytes(&item);
    request.form = html ? MUNICIPAL__GET_EXTRACT_REQUEST__FORM__HTML : MUNICIPAL__GET_EXTRACT_REQUEST__FORM__PDF;
    return desk_ask(rig, who, roles, "GetExtract", &request.base, 0);
}

struct answer rig_decide(struct rig *rig, const struct rig_town *town, struct uuid item, const struct decide_plan *plan)
{
    Municipal__DecideItemRequest request = MUNICIPAL__DECIDE_ITEM_REQUEST__INIT;
    Municipal__Nomination *nominations[] = {plan->nomination};
    uint64_t version = plan->version;

    if (version == 0)
        version = ((const Municipal__Item *)rig_got(rig_see_item(rig, item, town->secretary, RIG_SECRETARY)))->version;
    request.item_id = rig_bytes(&item);
    request.outcome = plan->outcome;
    request.manner = plan->manner != 0 ? plan->manner : MUNICIPAL__MANNER__MANNER_UNANIMOUS;
    request.words = words(plan->words != NULL                                     ? plan->words
                          : plan->outcome == MUNICIPAL__OUTCOME__OUTCOME_REJECTED ? "Hakemus hylätään, koska hanke ei palvele kuntaa."
                                                                                  : "");
    request.cents = plan->cents;
    request.nominations = nominations;
    request.n_nominations = plan->nomination != NULL;
    return desk_ask(rig, town->secretary, RIG_SECRETARY, "DecideItem", &request.base, version);
}

struct answer rig_open_vote(struct rig *rig, const struct rig_town *town, struct uuid item, const char *counter)
{
    Municipal__OpenVoteRequest request = MUNICIPAL__OPEN_VOTE_REQUEST__INIT;

    request.item_id = rig_bytes(&item);
    request.counter = words(counter);
    return desk_ask(rig, town->secretary, RIG_SECRETARY, "OpenVote", &request.base, 0);
}

struct answer rig_vote(struct rig *rig, struct uuid item, struct uuid who, Municipal__Choice choice)
{
    Municipal__CastVoteRequest request = MUNICIPAL__CAST_VOTE_REQUEST__INIT;

    request.item_id = rig_bytes(&item);
    request.choice = choice;
    return desk_ask(rig, who, RIG_MEMBER, "CastVote", &request.base, 0);
}

struct answer rig_disqualify(struct rig *rig, struct uuid item, struct uuid who, uint32_t roles, struct uuid person)
{
    Municipal__NoteDisqualificationRequest request = MUNICIPAL__NOTE_DISQUALIFICATION_REQUEST__INIT;

    request.item_id = rig_bytes(&item);
    request.person_id = rig_bytes(&person);
    request.ground = words("hallintolaki 28 § 1 mom. 4 k.: palvelussuhde hakijaan");
    return desk_ask(rig, who, roles, "NoteDisqualification", &request.base, 0);
}

/* --- ways ---------------------------------------------------------------------------------------------------------------------- */

struct rig_meeting rig_meeting_planned(struct rig *rig, const struct rig_town *town, const struct rig_case *cases, size_t count)
{
    Municipal__CreateMeetingRequest request = MUNICIPAL__CREATE_MEETING_REQUEST__INIT;
    struct rig_meeting m = {.count = count};

    assert_true(count <= RIG_MEETING_MAX);
    request.board_id = rig_bytes(&town->board);
    request.starts_us = time_now_us() + SOON_US;
    request.place = words("Kaupungintalo");
    const Municipal__Meeting *made = rig_got(desk_ask(rig, town->secretary, RIG_SECRETARY, "CreateMeeting", &request.base, 0));
    m.id = rig_id(made->id);
    m.version = made->version;
    if (count == 0)
        return m;
    made = rig_got(rig_put_agenda(rig, town, &m, cases, count, m.version));
    m.version = made->version;
    assert_int_equal(made->n_items, count);
    for (size_t i = 0; i < count; i++) {
        m.items[i] = rig_id(made->items[i]->id);
        assert_int_equal(uuid_compare(rig_id(made->items[i]->case_id), cases[i].id), 0);
    }
    return m;
}

struct rig_meeting rig_meeting_summoned(struct rig *rig, const struct rig_town *town, const struct rig_case *cases, size_t count)
{
    struct rig_meeting m = rig_meeting_planned(rig, town, cases, count);

    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town->secretary, RIG_SECRETARY, ""));
    return m;
}

struct rig_meeting rig_meeting_open(struct rig *rig, const struct rig_town *town, const struct rig_case *cases, size_t count)
{
    struct rig_meeting m = rig_meeting_summoned(rig, town, cases, count);

    (void)rig_got(rig_open(rig, town, &m, 3));
    return m;
}

void rig_decided_as(struct rig *rig, const struct rig_town *town, struct uuid item, Municipal__Outcome outcome, int64_t cents)
{
    (void)rig_got(rig_decide(rig, town, item, &(struct decide_plan){.outcome = outcome, .cents = cents}));
}

void rig_meeting_checked(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m)
{
    (void)rig_got(rig_move_meeting(rig, "CloseMeeting", m, town->secretary, RIG_SECRETARY, ""));
    (void)rig_got(rig_move_meeting(rig, "CheckMinutes", m, town->members[1], RIG_MEMBER, ""));
}

void rig_meeting_published(struct rig *rig, const struct rig_town *town, const struct rig_meeting *m)
{
    rig_meeting_checked(rig, town, m);
    (void)rig_got(rig_move_meeting(rig, "PublishMinutes", m, town->secretary, RIG_SECRETARY, ""));
}

struct rig_meeting rig_case_granted(struct rig *rig, const struct rig_town *town, const struct rig_case *c)
{
    struct rig_meeting m = rig_meeting_open(rig, town, c, 1);

    rig_decided_as(rig, town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_APPROVED, 0);
    rig_meeting_published(rig, town, &m);
    return m;
}
