/* Meetings of a board over real NNG and PostgreSQL: agenda and summons, who opens and who is enough, disqualification, votes and their
 * count, decisions that may be mended until the minutes are out, sections that follow one another over meetings, cancelled meetings, and
 * cases that come again. */
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town, neighbour;

#define APPROVED MUNICIPAL__OUTCOME__OUTCOME_APPROVED
#define CHANGED  MUNICIPAL__OUTCOME__OUTCOME_CHANGED
#define REJECTED MUNICIPAL__OUTCOME__OUTCOME_REJECTED
#define RETURNED MUNICIPAL__OUTCOME__OUTCOME_RETURNED
#define TABLED   MUNICIPAL__OUTCOME__OUTCOME_TABLED
#define VOTED    MUNICIPAL__MANNER__MANNER_VOTED
#define FOR      MUNICIPAL__CHOICE__CHOICE_PROPOSAL
#define AGAINST  MUNICIPAL__CHOICE__CHOICE_COUNTER
#define EMPTY    MUNICIPAL__CHOICE__CHOICE_EMPTY

static const Municipal__Item *item(struct uuid id)
{
    return rig_got(rig_see_item(rig, id, town.secretary, RIG_SECRETARY));
}

static Municipal__CaseState state_of(struct rig_case *c)
{
    return rig_case(rig, &town, c)->state;
}

static void test_an_agenda(void **state)
{
    (void)state;
    struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 200000)};
    struct rig_case unready = rig_case_prepared(rig, &town, 100000), strange = rig_case_proposed(rig, &neighbour, 100000);
    struct rig_meeting m = rig_meeting_planned(rig, &town, NULL, 0);
    desk_refused(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.meeting.no-items");
    desk_refused(rig_put_agenda(rig, &town, &m, cases, 2, 0), ERR_PRECONDITION_REQUIRED, "");
    desk_refused(rig_put_agenda(rig, &town, &m, &unready, 1, m.version), ERR_REFUSED, "municipal.meeting.not-proposed");
    assert_int_equal(rig_put_agenda(rig, &town, &m, &strange, 1, m.version).err, ERR_NOT_FOUND);
    const struct rig_case twice[] = {cases[0], cases[0]};
    desk_refused(rig_put_agenda(rig, &town, &m, twice, 2, m.version), ERR_INVALID, "municipal.meeting.twice");
    const Municipal__Meeting *put = rig_got(rig_put_agenda(rig, &town, &m, cases, 2, m.version));
    assert_int_equal(state_of(&cases[1]), MUNICIPAL__CASE_STATE__CASE_ON_AGENDA);
    const struct uuid first = rig_id(put->items[0]->id);
    /* Another order: the same items. */
    const struct rig_case other_way[] = {cases[1], cases[0]};
    put = rig_got(rig_put_agenda(rig, &town, &m, other_way, 2, put->version));
    assert_int_equal(uuid_compare(rig_id(put->items[1]->id), first), 0);
    assert_int_equal(put->items[1]->place, 2);
    /* On no other agenda. */
    struct rig_meeting other = rig_meeting_planned(rig, &town, NULL, 0);
    desk_refused(rig_put_agenda(rig, &town, &other, &cases[0], 1, other.version), ERR_REFUSED, "municipal.meeting.not-proposed");
    /* Taken off, it waits. */
    put = rig_got(rig_put_agenda(rig, &town, &m, &cases[1], 1, put->version));
    assert_int_equal(put->n_items, 1);
    assert_int_equal(state_of(&cases[0]), MUNICIPAL__CASE_STATE__CASE_PROPOSED);
    (void)rig_got(rig_put_agenda(rig, &town, &other, &cases[0], 1, other.version));
    /* Once it is summoned it stands. */
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    const uint64_t version = ((const Municipal__Meeting *)rig_got(rig_see_meeting(rig, m.id, town.secretary, RIG_SECRETARY)))->version;
    desk_refused(rig_put_agenda(rig, &town, &m, other_way, 2, version), ERR_REFUSED, "municipal.meeting.state");
}

static void test_only_the_secretary(void **state)
{
    (void)state;
    static const char *const moves[] = {"SummonMeeting", "CloseMeeting", "PublishMinutes"};
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_planned(rig, &town, &c, 1);
    for (size_t i = 0; i < 3; i++) {
        desk_refused(rig_move_meeting(rig, moves[i], &m, (struct uuid){{0}}, RIG_PUBLIC, ""), ERR_UNAUTHENTICATED, "");
        desk_refused(rig_move_meeting(rig, moves[i], &m, town.presenter, RIG_PRESENTER, ""), ERR_FORBIDDEN, "");
        desk_refused(rig_move_meeting(rig, moves[i], &m, town.preparer, RIG_SECRETARY, ""), ERR_FORBIDDEN, "");
        desk_refused(rig_move_meeting(rig, moves[i], &m, neighbour.secretary, RIG_SECRETARY, ""), ERR_FORBIDDEN, "");
        desk_refused(rig_move_meeting(rig, moves[i], &m, rig_new_id(), RIG_ADMIN, ""), ERR_FORBIDDEN, "");
    }
    desk_refused(rig_see_meeting(rig, m.id, town.members[0], RIG_MEMBER), ERR_NOT_FOUND, "");
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    (void)rig_got(rig_open(rig, &town, &m, 3));
    rig_decided_as(rig, &town, m.items[0], APPROVED, 0);
    (void)rig_got(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    desk_refused(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.meeting.state");
    desk_refused(rig_move_meeting(rig, "CheckMinutes", &m, town.members[0], RIG_MEMBER, ""), ERR_REFUSED, "municipal.minutes.not-elected");
    desk_refused(rig_move_meeting(rig, "CheckMinutes", &m, town.members[3], RIG_MEMBER, ""), ERR_FORBIDDEN, "");
    desk_refused(rig_move_meeting(rig, "CheckMinutes", &m, town.members[1], RIG_SECRETARY, ""), ERR_FORBIDDEN, "");
    (void)rig_got(rig_move_meeting(rig, "CheckMinutes", &m, town.members[1], RIG_MEMBER, ""));
    (void)rig_got(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""));
    desk_refused(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.meeting.state");
}

static void test_enough_are_there(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_planned(rig, &town, &c, 1);
    desk_refused(rig_open(rig, &town, &m, 3), ERR_REFUSED, "municipal.meeting.state");
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    desk_refused(rig_open(rig, &town, &m, 1), ERR_REFUSED, "municipal.meeting.quorum");
    (void)rig_got(rig_open(rig, &town, &m, 2));
    /* One of the two is disqualified: one is not enough. */
    (void)rig_got(rig_disqualify(rig, m.items[0], town.members[0], RIG_MEMBER, (struct uuid){{0}}));
    const struct answer a = rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED});
    desk_refused(a, ERR_REFUSED, "municipal.item.quorum");
    rig_decided_as(rig, &town, m.items[0], TABLED, 0);
    rig_meeting_published(rig, &town, &m);
}

static void test_votes(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    const struct uuid id = m.items[0];
    desk_refused(rig_vote(rig, id, town.members[0], FOR), ERR_REFUSED, "municipal.vote.closed");
    desk_refused(rig_disqualify(rig, id, town.members[0], RIG_MEMBER, town.members[2]), ERR_FORBIDDEN, "");
    (void)rig_got(rig_disqualify(rig, id, town.secretary, RIG_SECRETARY, town.members[2]));
    desk_refused(rig_disqualify(rig, id, town.members[2], RIG_MEMBER, (struct uuid){{0}}), ERR_REFUSED, "municipal.disqualification.noted");
    (void)rig_got(rig_open_vote(rig, &town, id, "Hylätään."));
    desk_refused(rig_vote(rig, id, town.members[2], FOR), ERR_REFUSED, "municipal.vote.disqualified");
    desk_refused(rig_vote(rig, id, town.members[3], FOR), ERR_FORBIDDEN, ""); /* not there */
    desk_refused(rig_vote(rig, id, town.secretary, FOR), ERR_FORBIDDEN, "");
    desk_refused(rig_vote(rig, id, (struct uuid){{0}}, FOR), ERR_UNAUTHENTICATED, "");
    (void)rig_got(rig_vote(rig, id, town.members[1], AGAINST));
    desk_refused(rig_vote(rig, id, town.members[1], FOR), ERR_REFUSED, "municipal.vote.cast");
    desk_refused(rig_disqualify(rig, id, town.members[1], RIG_MEMBER, (struct uuid){{0}}), ERR_REFUSED, "municipal.disqualification.voted");
    /* Not all have voted. */
    desk_refused(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = REJECTED, .manner = VOTED}), ERR_REFUSED,
                 "municipal.item.votes-missing");
    (void)rig_got(rig_vote(rig, id, town.members[0], FOR));
    /* As many for as against, and the chair for: the proposal has won (kuntalaki 104 §). */
    desk_refused(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = REJECTED, .manner = VOTED}), ERR_REFUSED,
                 "municipal.item.votes-differ");
    desk_refused(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = APPROVED}), ERR_REFUSED,
                 "municipal.item.voted"); /* not unanimous */
    const Municipal__Item *decided = rig_got(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = APPROVED, .manner = VOTED}));
    assert_int_equal(decided->cents, 100000);
    assert_int_equal(decided->votes_proposal, 1);
    assert_int_equal(decided->votes_counter, 1);
    assert_int_equal(decided->n_disqualified, 1);
    assert_false(decided->voting);
}

/* All vote at the same moment, by two processes, and once more with the same keys. */
static void test_votes_at_once(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    struct answer *answers[6];
    (void)rig_got(rig_open_vote(rig, &town, m.items[0], "Hylätään."));
    for (size_t i = 0; i < 6; i++) {
        Municipal__CastVoteRequest *request = arena_alloc(rig_arena(rig), sizeof *request);
        municipal__cast_vote_request__init(request);
        request->item_id = rig_bytes(&m.items[0]);
        request->choice = i % 3 == 0 ? FOR : AGAINST;
        answers[i] = rig_send(rig, &(struct ask){.method = "CastVote",
                                                 .message = &request->base,
                                                 .actor = town.members[i % 3],
                                                 .roles = RIG_MEMBER,
                                                 .key = arena_printf(rig_arena(rig), "vote-%zu", i % 3),
                                                 .client = i / 3});
    }
    rig_wait(rig);
    for (size_t i = 0; i < 6; i++)
        (void)rig_got(*answers[i]);
    const Municipal__Item *seen = item(m.items[0]);
    assert_int_equal(seen->n_votes, 3);
    assert_int_equal(seen->votes_proposal, 1);
    assert_int_equal(seen->votes_counter, 2);
    /* What to do instead does not follow from the count. */
    (void)rig_got(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = TABLED, .manner = VOTED}));
}

static void test_a_decision_may_be_mended(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    const uint64_t version = item(m.items[0])->version;
    desk_refused(rig_decide(rig, &town, m.items[0],
                            &(struct decide_plan){.outcome = CHANGED, .cents = 100001, .words = "Enemmän.", .version = version}),
                 ERR_REFUSED, "municipal.item.too-much");
    desk_refused(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.meeting.undecided");
    (void)rig_got(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED, .version = version}));
    assert_int_equal(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED, .version = version}).err,
                     ERR_PRECONDITION);
    rig_meeting_checked(rig, &town, &m);
    /* Mended after it was checked: whoever checks the minutes checks them again. */
    const Municipal__Item *mended = rig_got(rig_decide(
        rig, &town, m.items[0], &(struct decide_plan){.outcome = CHANGED, .cents = 90000, .words = "Osallistutaan 900 eurolla."}));
    assert_int_equal(mended->cents, 90000);
    desk_refused(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.meeting.state");
    (void)rig_got(rig_move_meeting(rig, "CheckMinutes", &m, town.members[1], RIG_MEMBER, ""));
    (void)rig_got(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""));
    assert_int_equal(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED}).err, ERR_REFUSED);
    assert_int_equal(rig_project(rig, c.project)->shares[1]->granted_cents, 90000);
}

/* Whatever comes between, each item can be brought to an end: else a meeting would never close, and its other decisions never come out. */
static void test_no_meeting_is_stuck(void **state)
{
    (void)state;
    struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 100000)};
    Municipal__MoveCaseRequest withdraw = MUNICIPAL__MOVE_CASE_REQUEST__INIT;
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, cases, 2);
    withdraw.case_id = rig_bytes(&cases[0].id);
    (void)rig_got(desk_ask(rig, cases[0].applicant, RIG_APPLICANT, "WithdrawCase", &withdraw.base, 0));
    (void)rig_got(rig_open(rig, &town, &m, 2));
    for (size_t i = 0; i < 2; i++)
        (void)rig_got(rig_open_vote(rig, &town, m.items[i], "Hylätään."));
    /* Withdrawn, and voted on as if it were not. */
    for (size_t i = 0; i < 2; i++)
        (void)rig_got(rig_vote(rig, m.items[0], town.members[i], FOR));
    desk_refused(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED, .manner = VOTED}), ERR_REFUSED,
                 "municipal.item.withdrawn");
    rig_decided_as(rig, &town, m.items[0], RETURNED, 0);
    /* One of two has voted, and the other is disqualified: there is no quorum any more. */
    (void)rig_got(rig_vote(rig, m.items[1], town.members[0], FOR));
    (void)rig_got(rig_disqualify(rig, m.items[1], town.members[1], RIG_MEMBER, (struct uuid){{0}}));
    desk_refused(rig_decide(rig, &town, m.items[1], &(struct decide_plan){.outcome = APPROVED, .manner = VOTED}), ERR_REFUSED,
                 "municipal.item.quorum");
    rig_decided_as(rig, &town, m.items[1], TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    assert_int_equal(state_of(&cases[0]), MUNICIPAL__CASE_STATE__CASE_WITHDRAWN);
    assert_int_equal(state_of(&cases[1]), MUNICIPAL__CASE_STATE__CASE_PROPOSED);
}

/* Returned and tabled ones come again, each under a section of its own, in one chain. */
static void test_cases_that_come_again(void **state)
{
    (void)state;
    struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 200000)};
    const struct rig_meeting m = rig_meeting_open(rig, &town, cases, 2);
    const uint32_t section = item(m.items[0])->section;
    assert_int_equal(item(m.items[1])->section, section + 1);
    rig_decided_as(rig, &town, m.items[0], RETURNED, 0);
    rig_decided_as(rig, &town, m.items[1], TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    assert_int_equal(state_of(&cases[0]), MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
    assert_int_equal(state_of(&cases[1]), MUNICIPAL__CASE_STATE__CASE_PROPOSED);
    assert_int_equal(rig_project(rig, cases[0].project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_APPLIED);

    cases[0].version =
        ((const Municipal__Case *)rig_got(rig_put_case(rig, &town, &cases[0], rig_case_content(rig), cases[0].version)))->version;
    (void)rig_got(rig_propose(rig, &town, &cases[0], 50000, cases[0].version));
    /* What was proposed the first time is still what was proposed then. */
    assert_int_equal(
        ((const Municipal__Item *)rig_got(rig_see_item(rig, m.items[0], (struct uuid){{0}}, RIG_PUBLIC)))->case_->proposal->cents, 100000);
    const struct rig_meeting n = rig_meeting_open(rig, &town, cases, 2);
    assert_int_equal(item(n.items[0])->section, section + 2);
    assert_int_equal(item(n.items[1])->section, section + 3);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(uuid_compare(rig_id(item(n.items[i])->previous_id), m.items[i]), 0);
        assert_int_equal(uuid_compare(rig_id(item(m.items[i])->next_id), n.items[i]), 0);
    }
    rig_decided_as(rig, &town, n.items[0], APPROVED, 0);
    rig_decided_as(rig, &town, n.items[1], REJECTED, 0);
    rig_meeting_published(rig, &town, &n);
    assert_int_equal(rig_project(rig, cases[0].project)->shares[1]->granted_cents, 50000);
    assert_int_equal(rig_project(rig, cases[1].project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_REFUSED);
    const Municipal__Case *seen = rig_case(rig, &town, &cases[0]);
    assert_int_equal(seen->n_items, 2);
    assert_int_equal(seen->items[0]->outcome, RETURNED);
    assert_int_equal(seen->items[1]->outcome, APPROVED);
}

/* A meeting that does not take place takes no section, and its cases come to another. */
static void test_a_cancelled_meeting(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    assert_int_equal(rig_move_meeting(rig, "CancelMeeting", &m, town.secretary, RIG_SECRETARY, "").err, ERR_INVALID);
    (void)rig_got(rig_move_meeting(rig, "CancelMeeting", &m, town.secretary, RIG_SECRETARY, "ei päätösvaltaa"));
    assert_int_equal(rig_events(rig, "municipal.MeetingCancelled.v1", m.id), 1);
    assert_int_equal(state_of(&c), MUNICIPAL__CASE_STATE__CASE_PROPOSED);
    desk_refused(rig_open(rig, &town, &m, 3), ERR_REFUSED, "municipal.meeting.state");
    const struct rig_meeting n = rig_meeting_open(rig, &town, &c, 1);
    assert_int_equal(item(n.items[0])->previous_id.len, 0);
    desk_refused(rig_move_meeting(rig, "CancelMeeting", &n, town.secretary, RIG_SECRETARY, "ei päätösvaltaa"), ERR_REFUSED,
                 "municipal.meeting.cancel");
    rig_decided_as(rig, &town, n.items[0], APPROVED, 0);
    rig_meeting_published(rig, &town, &n);
}

/* Two meetings of one board open at the same moment: their sections follow one another, none twice and none left out. */
static void test_meetings_that_open_at_once(void **state)
{
    (void)state;
    enum { MEETINGS = 6 };
    struct rig_meeting meetings[MEETINGS];
    struct answer *answers[MEETINGS];
    for (size_t i = 0; i < MEETINGS; i++) {
        struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 100000)};
        meetings[i] = rig_meeting_summoned(rig, &town, cases, 2);
    }
    const int64_t last =
        kit_sql_int(rig_pg(rig), "select max(section) from funding.item i join funding.board b on b.id = i.board_id where b.code = 'KH'");
    for (size_t i = 0; i < MEETINGS; i++) {
        Municipal__OpenMeetingRequest *request = arena_alloc(rig_arena(rig), sizeof *request);
        Municipal__Attendee *attendees = arena_array(rig_arena(rig), 2, sizeof *attendees),
                            **list = arena_array(rig_arena(rig), 2, sizeof *list);
        for (size_t k = 0; k < 2; k++) {
            municipal__attendee__init(&attendees[k]);
            attendees[k].person_id = rig_bytes(&town.members[k]);
            attendees[k].checks_minutes = true;
            list[k] = &attendees[k];
        }
        municipal__open_meeting_request__init(request);
        request->meeting_id = rig_bytes(&meetings[i].id);
        request->attendees = list;
        request->n_attendees = 2;
        answers[i] = rig_send(
            rig, &(struct ask){
                     .method = "OpenMeeting", .message = &request->base, .actor = town.secretary, .roles = RIG_SECRETARY, .client = i % 2});
    }
    rig_wait(rig);
    for (size_t i = 0; i < MEETINGS; i++) {
        const Municipal__Meeting *open = rig_got(*answers[i]);
        assert_int_equal(open->items[1]->section, open->items[0]->section + 1);
    }
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(distinct section) from funding.item i join funding.board b on b.id = i.board_id "
                                 "where b.code = 'KH' and section > %d",
                                 (int)last),
                     2 * MEETINGS);
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select max(section) from funding.item i join funding.board b on b.id = i.board_id where b.code = 'KH'"),
        last + 2 * MEETINGS);
}

/* As many cases as an agenda may have: summoned, opened, closed and published, each as one. */
static void test_a_full_agenda(void **state)
{
    (void)state;
    struct rig_case *cases = arena_array(rig_arena(rig), RIG_MEETING_MAX, sizeof *cases);
    for (size_t i = 0; i < RIG_MEETING_MAX; i++)
        cases[i] = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, cases, RIG_MEETING_MAX);
    for (size_t i = 0; i < RIG_MEETING_MAX; i++)
        rig_decided_as(rig, &town, m.items[i], i % 2 == 0 ? APPROVED : TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    const Municipal__Meeting *seen = rig_got(rig_see_meeting(rig, m.id, (struct uuid){{0}}, RIG_PUBLIC));
    assert_int_equal(seen->n_items, RIG_MEETING_MAX);
    assert_int_equal(seen->last_section, seen->first_section + RIG_MEETING_MAX - 1);
    for (size_t i = 0; i < RIG_MEETING_MAX; i++)
        assert_int_equal(seen->items[i]->outcome, i % 2 == 0 ? APPROVED : TABLED);
    assert_int_equal(rig_project(rig, cases[98].project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_GRANTED);
    assert_int_equal(rig_project(rig, cases[99].project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_APPLIED);
    /* One more would not stand on it. */
    struct rig_case more[RIG_MEETING_MAX + 1];
    memcpy(more, cases, RIG_MEETING_MAX * sizeof *more);
    more[RIG_MEETING_MAX] = cases[0];
    struct rig_meeting next = rig_meeting_planned(rig, &town, NULL, 0);
    assert_int_equal(rig_put_agenda(rig, &town, &next, more, RIG_MEETING_MAX + 1, next.version).err, ERR_INVALID);
}

/* Sections are numbered in the years 1990 to 2200: no meeting is in another. */
static void test_years_of_a_board(void **state)
{
    (void)state;
    Municipal__CreateMeetingRequest request = MUNICIPAL__CREATE_MEETING_REQUEST__INIT;
    request.board_id = rig_bytes(&town.board);
    request.place = (char *)"Kaupungintalo";
    for (int i = 0; i < 2; i++) {
        request.starts_us = (i == 0 ? INT64_C(500000000) : INT64_C(9000000000)) * TIME_SECOND; /* 1985, 2255 */
        desk_refused(desk_ask(rig, town.secretary, RIG_SECRETARY, "CreateMeeting", &request.base, 0), ERR_INVALID,
                     "municipal.meeting.year");
    }
}

/* Changed to nothing is a rejection, and says why. */
static void test_nothing_granted_has_reasons(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    desk_refused(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = CHANGED}), ERR_INVALID, "municipal.item.reasons");
    rig_decided_as(rig, &town, m.items[0], CHANGED, 1);
}

/* A case is on so many agendas at most: where it was handled goes into one answer. */
static void test_agendas_without_end(void **state)
{
    enum { MOST = 50 };
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    for (int i = 0; i < MOST; i++) {
        const struct rig_meeting m = rig_meeting_planned(rig, &town, &c, 1);
        (void)rig_got(rig_move_meeting(rig, "CancelMeeting", &m, town.secretary, RIG_SECRETARY, "Ei tarvita."));
    }
    const struct rig_meeting last = rig_meeting_planned(rig, &town, NULL, 0);
    desk_refused(rig_put_agenda(rig, &town, &last, &c, 1, last.version), ERR_REFUSED, "municipal.meeting.agendas");
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    town = rig_town(rig, "town");
    neighbour = rig_town(rig, "neighbour");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_an_agenda, rig_group_rest),          /* proposed cases of the town, each on one; stands once summoned */
        cmocka_unit_test_setup(test_only_the_secretary, rig_group_rest), /* moves meetings; whoever was elected checks */
        cmocka_unit_test_setup(test_enough_are_there, rig_group_rest),   /* more than half of the board, in each item */
        cmocka_unit_test_setup(test_votes, rig_group_rest),              /* who may, once; a tie; the outcome fits the count */
        cmocka_unit_test_setup(test_votes_at_once, rig_group_rest),      /* each is counted once */
        cmocka_unit_test_setup(test_a_decision_may_be_mended, rig_group_rest),    /* until the minutes are published; checked again */
        cmocka_unit_test_setup(test_no_meeting_is_stuck, rig_group_rest),         /* withdrawn, no quorum: there is a way to its end */
        cmocka_unit_test_setup(test_cases_that_come_again, rig_group_rest),       /* returned, tabled: the chain, the sections, the plan */
        cmocka_unit_test_setup(test_a_cancelled_meeting, rig_group_rest),         /* frees its cases, takes no section */
        cmocka_unit_test_setup(test_years_of_a_board, rig_group_rest),            /* those in which sections are numbered */
        cmocka_unit_test_setup(test_nothing_granted_has_reasons, rig_group_rest), /* as a rejection has */
        cmocka_unit_test_setup(test_agendas_without_end, rig_group_rest),         /* fifty of one case */
        cmocka_unit_test_setup(test_meetings_that_open_at_once, rig_group_rest),  /* sections without gaps and doubles */
        cmocka_unit_test_setup(test_a_full_agenda, rig_group_rest),               /* a hundred items, in one piece */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
