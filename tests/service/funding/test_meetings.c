/* What meetings say, and to whom: agenda, decision and names before the summons, at the table, in the minutes and after their time; the
 * usual words of a decision; who sits at the table; what a decision may not be; pages; cases that were withdrawn; sections of another year.
 */
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town;

#define APPROVED MUNICIPAL__OUTCOME__OUTCOME_APPROVED
#define CHANGED  MUNICIPAL__OUTCOME__OUTCOME_CHANGED
#define REJECTED MUNICIPAL__OUTCOME__OUTCOME_REJECTED
#define RETURNED MUNICIPAL__OUTCOME__OUTCOME_RETURNED
#define TABLED   MUNICIPAL__OUTCOME__OUTCOME_TABLED
#define VOTED    MUNICIPAL__MANNER__MANNER_VOTED
#define NOBODY   ((struct uuid){{0}})

static const Municipal__Item *item_as(struct uuid id, struct uuid who, uint32_t roles)
{
    return rig_got(rig_see_item(rig, id, who, roles));
}

static const Municipal__Meeting *meeting_as(struct uuid id, struct uuid who, uint32_t roles)
{
    return rig_got(rig_see_meeting(rig, id, who, roles));
}

static Municipal__Nomination *deputy(void)
{
    Municipal__Nomination *n = arena_alloc(rig_arena(rig), sizeof *n);

    municipal__nomination__init(n);
    n->body = (char *)"hankkeen ohjausryhmä";
    n->role = MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY;
    n->title = (char *)"perusopetuksen rehtori";
    n->name = (char *)"Reetta " RIG_NAMED;
    return n;
}

static void all_vote(struct uuid item, Municipal__Choice first, Municipal__Choice second, Municipal__Choice third)
{
    const Municipal__Choice choices[] = {first, second, third};

    (void)rig_got(rig_open_vote(rig, &town, item, "Jäsen [[Jaana Jäsen]] ehdotti, että asia hylätään."));
    for (size_t i = 0; i < 3; i++)
        (void)rig_got(rig_vote(rig, item, town.members[i], choices[i]));
}

/* --- who reads what ---------------------------------------------------------------------------------------------------------- */
static void test_before_the_minutes(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    const struct uuid id = m.items[0];

    all_vote(id, MUNICIPAL__CHOICE__CHOICE_PROPOSAL, MUNICIPAL__CHOICE__CHOICE_PROPOSAL, MUNICIPAL__CHOICE__CHOICE_COUNTER);
    /* The public has the agenda and the proposal. */
    const Municipal__Item *seen = item_as(id, NOBODY, RIG_PUBLIC);
    assert_int_equal(seen->place, 1);
    assert_true(seen->section > 0);
    assert_int_equal(seen->votes_proposal + seen->votes_counter + seen->n_votes, 0);
    assert_string_equal(seen->counter, "");
    assert_false(seen->voting);
    assert_int_equal(seen->case_->proposal->cents, 100000);
    assert_string_equal(seen->board->code, "KH");
    assert_int_equal(seen->board->n_seats, 0);
    assert_int_equal(meeting_as(m.id, NOBODY, RIG_PUBLIC)->n_attendees, 0);
    /* Who sits at the table has the vote too, with names as they are read. */
    seen = item_as(id, town.members[2], RIG_MEMBER);
    assert_int_equal(seen->votes_proposal, 2);
    assert_int_equal(seen->n_votes, 3);
    assert_true(seen->voting);
    assert_string_equal(seen->counter, "Jäsen Jaana Jäsen ehdotti, että asia hylätään.");
    assert_int_equal(meeting_as(m.id, town.members[2], RIG_MEMBER)->n_attendees, 3);
    assert_true(meeting_as(m.id, town.members[2], RIG_MEMBER)->items[0]->voting);
    /* A member without the role is the public; so is an official of elsewhere. The secretary reads what was written. */
    assert_int_equal(item_as(id, town.members[2], RIG_APPLICANT)->n_votes, 0);
    assert_int_equal(item_as(id, rig_new_id(), RIG_SECRETARY)->n_votes, 0);
    assert_string_equal(item_as(id, town.secretary, RIG_SECRETARY)->counter, "Jäsen [[Jaana Jäsen]] ehdotti, että asia hylätään.");
    (void)rig_got(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = APPROVED, .manner = VOTED}));
    assert_int_equal(item_as(id, NOBODY, RIG_PUBLIC)->outcome, 0);
    assert_string_equal(item_as(id, NOBODY, RIG_PUBLIC)->words, "");
    assert_int_equal(meeting_as(m.id, NOBODY, RIG_PUBLIC)->items[0]->outcome, 0);
    assert_int_equal(meeting_as(m.id, rig_new_id(), RIG_ADMIN)->items[0]->outcome, APPROVED);
}

static void test_in_the_minutes_and_after(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    const struct uuid id = m.items[0];
    char text[UUID_TEXT];

    all_vote(id, MUNICIPAL__CHOICE__CHOICE_PROPOSAL, MUNICIPAL__CHOICE__CHOICE_PROPOSAL, MUNICIPAL__CHOICE__CHOICE_COUNTER);
    (void)rig_got(rig_decide(rig, &town, id, &(struct decide_plan){.outcome = APPROVED, .manner = VOTED, .nomination = deputy()}));
    rig_meeting_published(rig, &town, &m);
    const Municipal__Item *seen = item_as(id, NOBODY, RIG_PUBLIC);
    assert_int_equal(seen->outcome, APPROVED);
    assert_int_equal(seen->cents, 100000);
    assert_int_equal(seen->n_votes, 3);
    assert_string_equal(seen->votes[2]->name, "Jaana Jäsen");
    assert_int_equal(seen->votes[2]->person_id.len, 0);
    assert_int_equal(seen->n_nominations, 2);
    assert_string_equal(seen->nominations[1]->name, "Reetta " RIG_NAMED);
    assert_int_equal(seen->nominations[0]->person_id.len, 0);
    assert_non_null(strstr(seen->words, "perusopetuksen rehtori Reetta " RIG_NAMED));
    assert_true(seen->published_us > 0);
    assert_int_equal(strlen(seen->names_until), 10);
    assert_int_equal(strlen(seen->review_until), 10);
    assert_int_equal(seen->sha256.len, 32);
    const Municipal__Meeting *meeting = meeting_as(m.id, NOBODY, RIG_PUBLIC);
    assert_int_equal(meeting->n_attendees, 3);
    assert_int_equal(meeting->attendees[0]->person_id.len, 0);
    assert_true(meeting->attendees[1]->checks_minutes && meeting->attendees[1]->checked);
    assert_int_equal(meeting->first_section, seen->section);
    assert_int_equal(meeting->last_section, seen->section);

    /* Their time is over: names leave, what was decided and how many voted for what stays. */
    uuid_format(id, text);
    (void)kit_sql(rig_pg(rig),
                  "set session_replication_role = replica; update funding.extract set names_until = current_date - 2, review_until = "
                  "current_date - 3 where item_id = '%s'; set session_replication_role = origin",
                  text);
    seen = item_as(id, NOBODY, RIG_PUBLIC);
    assert_int_equal(seen->outcome, APPROVED);
    assert_int_equal(seen->n_votes, 0);
    assert_int_equal(seen->votes_proposal, 2);
    assert_int_equal(seen->votes_counter, 1);
    assert_null(strstr(seen->words, RIG_NAMED));
    assert_null(strstr(seen->counter, "Jaana"));
    assert_non_null(strstr(seen->words, "perusopetuksen rehtori"));
    assert_string_equal(seen->nominations[1]->title, "perusopetuksen rehtori");
    assert_null(strstr(seen->nominations[1]->name, RIG_NAMED));
    assert_int_equal(meeting_as(m.id, NOBODY, RIG_PUBLIC)->n_attendees, 0);
    assert_int_equal(item_as(id, town.secretary, RIG_SECRETARY)->n_votes, 3);
    assert_int_equal(meeting_as(m.id, town.members[0], RIG_MEMBER)->n_attendees, 3);
}

/* The next meeting of a tabled case is nobody's business before it is summoned. */
static void test_the_chain_is_public_with_its_meetings(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    rig_decided_as(rig, &town, m.items[0], TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    const struct rig_meeting n = rig_meeting_planned(rig, &town, &c, 1);
    assert_int_equal(item_as(m.items[0], NOBODY, RIG_PUBLIC)->next_id.len, 0);
    assert_int_equal(item_as(m.items[0], town.members[0], RIG_MEMBER)->next_id.len, 0);
    assert_int_equal(uuid_compare(rig_id(item_as(m.items[0], town.preparer, RIG_PREPARER)->next_id), n.items[0]), 0);
    desk_refused(rig_see_item(rig, n.items[0], NOBODY, RIG_PUBLIC), ERR_NOT_FOUND, "");
    desk_refused(rig_see_item(rig, n.items[0], town.members[0], RIG_MEMBER), ERR_NOT_FOUND, "");
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &n, town.secretary, RIG_SECRETARY, ""));
    assert_int_equal(uuid_compare(rig_id(item_as(m.items[0], NOBODY, RIG_PUBLIC)->next_id), n.items[0]), 0);
    assert_int_equal(uuid_compare(rig_id(item_as(n.items[0], NOBODY, RIG_PUBLIC)->previous_id), m.items[0]), 0);
    /* A meeting that does not take place leaves the chain. */
    assert_string_equal(item_as(n.items[0], NOBODY, RIG_PUBLIC)->case_->proposal->nominations[0]->name, "Kaisa " RIG_NAMED);
    (void)rig_got(rig_move_meeting(rig, "CancelMeeting", &n, town.secretary, RIG_SECRETARY, "ei päätösvaltaa"));
    const Municipal__Proposal *cancelled = item_as(n.items[0], NOBODY, RIG_PUBLIC)->case_->proposal;
    assert_string_equal(cancelled->nominations[0]->title, "kasvatus- ja opetusjohtaja");
    assert_string_equal(cancelled->nominations[0]->name, "[nimi poistettu]");
    assert_int_equal(item_as(m.items[0], town.secretary, RIG_SECRETARY)->next_id.len, 0);
    const struct rig_meeting last = rig_meeting_summoned(rig, &town, &c, 1);
    assert_int_equal(uuid_compare(rig_id(item_as(last.items[0], NOBODY, RIG_PUBLIC)->previous_id), m.items[0]), 0);
}

/* --- what is decided --------------------------------------------------------------------------------------------------------- */
static void test_the_usual_words(void **state)
{
    (void)state;
    struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 200000),
                               rig_case_proposed(rig, &town, 316300)};
    const struct rig_meeting m = rig_meeting_open(rig, &town, cases, 3);
    char text[UUID_TEXT];

    const Municipal__Item *decided = rig_got(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED}));
    assert_string_equal(decided->words, "Kaupunginhallitus päätti yksimielisesti hyväksyä ehdotuksen.");
    decided = rig_got(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = APPROVED, .nomination = deputy()}));
    assert_string_equal(decided->words, "Kaupunginhallitus päätti yksimielisesti hyväksyä ehdotuksen.\nLisäksi nimettiin:\n- hankkeen "
                                        "ohjausryhmä, varajäsen: perusopetuksen rehtori [[Reetta " RIG_NAMED "]]");
    assert_int_equal(decided->n_nominations, 2);
    decided =
        rig_got(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = CHANGED, .cents = 90050, .nomination = deputy()}));
    assert_string_equal(decided->words, "Kaupunginhallitus päätti yksimielisesti hyväksyä ehdotuksen muutettuna. Rahoitusosuus on "
                                        "900,50\xc2\xa0€.\nTehtäviin nimettiin:\n- hankkeen ohjausryhmä, varajäsen: perusopetuksen rehtori "
                                        "[[Reetta " RIG_NAMED "]]");
    assert_int_equal(decided->n_nominations, 1);
    decided = rig_got(rig_decide(rig, &town, m.items[1], &(struct decide_plan){.outcome = RETURNED}));
    assert_string_equal(decided->words, "Kaupunginhallitus päätti yksimielisesti palauttaa asian uudelleen valmisteltavaksi.");
    assert_int_equal(decided->n_nominations, 0);
    /* In the language of the case. */
    uuid_format(cases[2].id, text);
    (void)kit_sql(rig_pg(rig),
                  "set session_replication_role = replica; update funding.municipal_case set language = 'sv' where id = '%s'; "
                  "set session_replication_role = origin",
                  text);
    all_vote(m.items[2], MUNICIPAL__CHOICE__CHOICE_COUNTER, MUNICIPAL__CHOICE__CHOICE_PROPOSAL, MUNICIPAL__CHOICE__CHOICE_EMPTY);
    decided = rig_got(rig_decide(rig, &town, m.items[2], &(struct decide_plan){.outcome = TABLED, .manner = VOTED}));
    assert_string_equal(decided->words,
                        "Stadsstyrelsen beslutade efter omröstning bordlägga ärendet. Rösterna föll lika, och ordförandens röst "
                        "avgjorde.");
}

static void refused_as(struct uuid item, Municipal__DecideItemRequest *request, enum err err, const char *rule, const char *field)
{
    request->item_id = rig_bytes(&item);
    if (request->manner == 0)
        request->manner = MUNICIPAL__MANNER__MANNER_UNANIMOUS;
    const struct answer a =
        desk_ask(rig, town.secretary, RIG_SECRETARY, "DecideItem", &request->base, item_as(item, town.secretary, RIG_SECRETARY)->version);
    desk_refused(a, err, rule);
    assert_string_equal(a.field, field);
    municipal__decide_item_request__init(request);
}

static void test_what_a_decision_may_not_be(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    const struct uuid id = m.items[0];
    Municipal__DecideItemRequest request = MUNICIPAL__DECIDE_ITEM_REQUEST__INIT;
    Municipal__Nomination *nominations[] = {deputy()};
    char *dissent[] = {(char *)"[[Jaana: eri mieltä"};

    refused_as(id, &request, ERR_INVALID, "field.range", "outcome");
    request.outcome = REJECTED;
    refused_as(id, &request, ERR_INVALID, "municipal.item.reasons", "words");
    request.outcome = REJECTED;
    request.words = (char *)"Hylätään, koska hanke ei palvele kuntaa.";
    request.nominations = nominations;
    request.n_nominations = 1;
    refused_as(id, &request, ERR_INVALID, "municipal.item.nominations", "nominations");
    request.outcome = APPROVED;
    request.cents = 99999;
    refused_as(id, &request, ERR_INVALID, "municipal.item.cents", "cents");
    request.outcome = APPROVED;
    request.words = (char *)"Nimi [[rivin\nyli]].";
    refused_as(id, &request, ERR_INVALID, "municipal.names.brackets", "words");
    request.outcome = APPROVED;
    request.dissents = dissent;
    request.n_dissents = 1;
    refused_as(id, &request, ERR_INVALID, "municipal.item.dissent", "dissents");
    request.outcome = APPROVED;
    request.manner = VOTED;
    request.dissents = dissent;
    request.n_dissents = 1;
    refused_as(id, &request, ERR_INVALID, "municipal.names.brackets", "dissents[0]");
    nominations[0]->name = (char *)"[[Reetta]]";
    request.outcome = APPROVED;
    request.nominations = nominations;
    request.n_nominations = 1;
    refused_as(id, &request, ERR_INVALID, "municipal.names.plain", "nominations[0].name");
    request.outcome = APPROVED;
    request.manner = VOTED;
    refused_as(id, &request, ERR_REFUSED, "municipal.item.votes-missing", "");
    assert_int_equal(item_as(id, town.secretary, RIG_SECRETARY)->outcome, 0);
    assert_int_equal(item_as(id, town.secretary, RIG_SECRETARY)->version, 1);
}

/* The applicant takes the case back while it is on a public agenda: nothing is granted, and it stays withdrawn. */
static void test_a_withdrawn_case(void **state)
{
    (void)state;
    struct rig_case cases[] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 100000)};
    struct rig_meeting m = rig_meeting_planned(rig, &town, cases, 2);
    Municipal__MoveCaseRequest request = MUNICIPAL__MOVE_CASE_REQUEST__INIT;

    request.reason = (char *)"Hanke ei toteudu.";
    request.case_id = rig_bytes(&cases[0].id);
    (void)rig_got(desk_ask(rig, cases[0].applicant, RIG_APPLICANT, "WithdrawCase", &request.base, 0));
    const struct answer a = rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, "");
    desk_refused(a, ERR_REFUSED, "municipal.meeting.withdrawn");
    assert_string_equal(rig_fact(&a, "registerNumber"), cases[0].number);
    desk_refused(rig_put_agenda(rig, &town, &m, cases, 2, m.version), ERR_REFUSED, "municipal.meeting.withdrawn");
    (void)rig_got(rig_put_agenda(rig, &town, &m, &cases[1], 1, m.version));
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    request.case_id = rig_bytes(&cases[1].id);
    (void)rig_got(desk_ask(rig, cases[1].applicant, RIG_APPLICANT, "WithdrawCase", &request.base, 0));
    (void)rig_got(rig_open(rig, &town, &m, 3));
    desk_refused(rig_decide(rig, &town, m.items[1], &(struct decide_plan){.outcome = APPROVED}), ERR_REFUSED, "municipal.item.withdrawn");
    rig_decided_as(rig, &town, m.items[1], RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    assert_int_equal(rig_case(rig, &town, &cases[1])->state, MUNICIPAL__CASE_STATE__CASE_WITHDRAWN);
    assert_int_equal(rig_project(rig, cases[1].project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_APPLIED);
}

/* Whoever checks the minutes names the version they have read: it is another one once a decision was mended. */
static void test_checked_as_it_was_read(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    Municipal__MoveMeetingRequest request = MUNICIPAL__MOVE_MEETING_REQUEST__INIT;

    rig_decided_as(rig, &town, m.items[0], APPROVED, 0);
    (void)rig_got(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    const uint64_t read = meeting_as(m.id, town.members[1], RIG_MEMBER)->version;
    rig_decided_as(rig, &town, m.items[0], TABLED, 0);
    request.meeting_id = rig_bytes(&m.id);
    assert_int_equal(desk_ask(rig, town.members[1], RIG_MEMBER, "CheckMinutes", &request.base, read).err, ERR_PRECONDITION);
    const Municipal__Meeting *checked = rig_got(desk_ask(rig, town.members[1], RIG_MEMBER, "CheckMinutes", &request.base, read + 1));
    assert_int_equal(checked->state, MUNICIPAL__MEETING_STATE__MEETING_CHECKED);
    assert_true(checked->attendees[1]->checked);
    rig_decided_as(rig, &town, m.items[0], APPROVED, 0);
    const Municipal__Meeting *again = meeting_as(m.id, town.members[1], RIG_MEMBER);
    assert_int_equal(again->state, MUNICIPAL__MEETING_STATE__MEETING_CLOSED);
    assert_false(again->attendees[1]->checked);
}

/* --- the meeting itself ------------------------------------------------------------------------------------------------------ */
static struct answer open_with(const struct rig_meeting *m, const struct uuid *people, size_t count, size_t checker)
{
    Municipal__OpenMeetingRequest request = MUNICIPAL__OPEN_MEETING_REQUEST__INIT;

    request.meeting_id = rig_bytes(&m->id);
    request.attendees = arena_array(rig_arena(rig), count, sizeof *request.attendees);
    for (size_t i = 0; i < count; i++) {
        Municipal__Attendee *a = request.attendees[request.n_attendees++] = arena_alloc(rig_arena(rig), sizeof *a);

        municipal__attendee__init(a);
        a->person_id = rig_bytes(&people[i]);
        a->checks_minutes = i == checker;
    }
    return desk_ask(rig, town.secretary, RIG_SECRETARY, "OpenMeeting", &request.base, 0);
}

static void test_who_sits_at_the_table(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    const struct uuid twice[] = {town.members[0], town.members[1], town.members[0]}, strange[] = {town.members[0], rig_new_id()};
    const struct uuid deputised[] = {town.members[0], town.members[3]};
    char text[UUID_TEXT];

    desk_refused(open_with(&m, twice, 3, 0), ERR_INVALID, "municipal.attendee.twice");
    desk_refused(open_with(&m, town.members, 3, 9), ERR_INVALID, "municipal.attendee.no-checker");
    const struct answer a = open_with(&m, strange, 2, 0);
    desk_refused(a, ERR_REFUSED, "municipal.attendee.seat");
    assert_string_equal(a.field, "attendees[1].personId");
    desk_refused(open_with(&m, town.members, 4, 0), ERR_REFUSED, "municipal.meeting.too-many");
    uuid_format(m.id, text);
    (void)kit_sql(rig_pg(rig), "update funding.meeting set starts_at = now() + interval '25 hours' where id = '%s'", text);
    desk_refused(open_with(&m, deputised, 2, 0), ERR_REFUSED, "municipal.meeting.early");
    (void)kit_sql(rig_pg(rig), "update funding.meeting set starts_at = now() + interval '23 hours' where id = '%s'", text);
    const Municipal__Meeting *open = rig_got(open_with(&m, deputised, 2, 0));
    assert_int_equal(open->state, MUNICIPAL__MEETING_STATE__MEETING_OPEN);
    assert_int_equal(open->attendees[1]->kind, MUNICIPAL__SEAT_KIND__SEAT_DEPUTY);
    /* Who takes no part is not asked to vote, and one of two is not half of three. */
    (void)rig_got(rig_disqualify(rig, m.items[0], town.secretary, RIG_SECRETARY, town.members[3]));
    desk_refused(rig_disqualify(rig, m.items[0], town.secretary, RIG_SECRETARY, town.members[1]), ERR_REFUSED,
                 "municipal.disqualification.absent");
    desk_refused(rig_open_vote(rig, &town, m.items[0], "Hylätään."), ERR_REFUSED, "municipal.item.quorum");
    rig_decided_as(rig, &town, m.items[0], TABLED, 0);
    (void)rig_got(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    desk_refused(rig_disqualify(rig, m.items[0], town.secretary, RIG_SECRETARY, town.members[0]), ERR_REFUSED, "municipal.meeting.state");
}

/* Somebody is found disqualified after the decision was entered: too few are left, and the meeting does not close with it. */
static void test_disqualified_after_the_decision(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);

    (void)rig_got(open_with(&m, town.members, 2, 0));
    rig_decided_as(rig, &town, m.items[0], APPROVED, 0);
    (void)rig_got(rig_disqualify(rig, m.items[0], town.secretary, RIG_SECRETARY, town.members[1]));
    desk_refused(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""), ERR_REFUSED, "municipal.item.quorum");
    rig_decided_as(rig, &town, m.items[0], TABLED, 0);
    (void)rig_got(rig_move_meeting(rig, "CloseMeeting", &m, town.secretary, RIG_SECRETARY, ""));
}

static const Municipal__MeetingList *page_of(const struct rig_town *of, uint32_t size, const char *token, struct uuid who, uint32_t roles,
                                             bool other_board)
{
    Municipal__ListMeetingsRequest request = MUNICIPAL__LIST_MEETINGS_REQUEST__INIT;

    request.municipality_id = rig_bytes(&of->id);
    if (other_board)
        request.board_id = rig_bytes(&of->other_board);
    request.page_size = size;
    request.page_token = (char *)(uintptr_t)token;
    return rig_got(desk_ask(rig, who, roles, "ListMeetings", &request.base, 0));
}

static void test_pages(void **state)
{
    (void)state;
    enum { MEETINGS = 5 };
    struct rig_town village = rig_town(rig, "village");
    Municipal__ListMeetingsRequest request = MUNICIPAL__LIST_MEETINGS_REQUEST__INIT;
    Municipal__CreateMeetingRequest create = MUNICIPAL__CREATE_MEETING_REQUEST__INIT;
    size_t pages = 0, rows = 0;

    create.board_id = rig_bytes(&village.board);
    create.place = (char *)"Kunnantalo";
    for (int i = 0; i < MEETINGS; i++) {
        create.starts_us = time_now_us() + (i / 2) * TIME_HOUR; /* two at the same moment */
        (void)rig_got(desk_ask(rig, village.secretary, RIG_SECRETARY, "CreateMeeting", &create.base, 0));
    }
    const char *token = "";
    int64_t before = INT64_MAX;
    do {
        const Municipal__MeetingList *list = page_of(&village, 2, token, village.secretary, RIG_SECRETARY, false);
        for (size_t i = 0; i < list->n_meetings; i++) {
            assert_true(list->meetings[i]->starts_us <= before);
            before = list->meetings[i]->starts_us;
        }
        rows += list->n_meetings;
        token = list->next_page_token;
        pages++;
    } while (*token != '\0');
    assert_int_equal(rows, MEETINGS);
    assert_int_equal(pages, 3);
    assert_int_equal(page_of(&village, 0, "", rig_new_id(), RIG_ADMIN, false)->n_meetings, MEETINGS);
    assert_int_equal(page_of(&village, 0, "", NOBODY, RIG_PUBLIC, false)->n_meetings, 0);
    assert_int_equal(page_of(&village, 0, "", town.secretary, RIG_SECRETARY, false)->n_meetings, 0);
    assert_int_equal(page_of(&village, 0, "", village.secretary, RIG_APPLICANT, false)->n_meetings, 0);
    assert_int_equal(page_of(&village, 0, "", village.secretary, RIG_SECRETARY, true)->n_meetings, 0);
    struct rig_case c = rig_case_proposed(rig, &village, 100000);
    (void)rig_meeting_summoned(rig, &village, &c, 1);
    assert_int_equal(page_of(&village, 0, "", NOBODY, RIG_PUBLIC, false)->n_meetings, 1);

    desk_refused(desk_public(rig, "ListMeetings", &request.base), ERR_INVALID, "field.missing");
    request.municipality_id = rig_bytes(&town.id);
    request.board_id = rig_bytes(&village.board);
    const struct answer a = desk_public(rig, "ListMeetings", &request.base);
    desk_refused(a, ERR_NOT_FOUND, "request.not-found");
    assert_string_equal(a.field, "boardId");
}

/* Sections are numbered anew each year: that of the meeting, in Helsinki. */
static void test_sections_of_another_year(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    char text[UUID_TEXT];

    uuid_format(m.id, text);
    (void)kit_sql(rig_pg(rig), "update funding.meeting set starts_at = '2019-12-31 22:30 UTC' where id = '%s'", text);
    (void)rig_got(rig_open(rig, &town, &m, 3));
    assert_int_equal(item_as(m.items[0], town.secretary, RIG_SECRETARY)->section, 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select year from funding.item where meeting_id = '%s'", text), 2020);
}

static void test_a_meeting_is_checked(void **state)
{
    (void)state;
    Municipal__CreateMeetingRequest create = MUNICIPAL__CREATE_MEETING_REQUEST__INIT;
    const struct uuid nobody = rig_new_id();

    create.board_id = rig_bytes(&town.board);
    create.place = (char *)"Kaupungintalo";
    desk_refused(desk_ask(rig, town.secretary, RIG_SECRETARY, "CreateMeeting", &create.base, 0), ERR_INVALID, "field.missing");
    create.starts_us = time_now_us();
    create.place = (char *)" ";
    desk_refused(desk_ask(rig, town.secretary, RIG_SECRETARY, "CreateMeeting", &create.base, 0), ERR_INVALID, "field.missing");
    create.place = (char *)"Kaupungintalo";
    desk_refused(desk_ask(rig, town.presenter, RIG_PRESENTER, "CreateMeeting", &create.base, 0), ERR_FORBIDDEN, "");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_SECRETARY, "CreateMeeting", &create.base, 0), ERR_FORBIDDEN, "");
    create.board_id = rig_bytes(&nobody);
    const struct answer a = desk_ask(rig, town.secretary, RIG_SECRETARY, "CreateMeeting", &create.base, 0);
    desk_refused(a, ERR_NOT_FOUND, "request.not-found");
    assert_string_equal(a.field, "boardId");
    desk_refused(rig_see_meeting(rig, nobody, town.secretary, RIG_SECRETARY), ERR_NOT_FOUND, "");
    desk_refused(rig_see_item(rig, nobody, NOBODY, RIG_PUBLIC), ERR_NOT_FOUND, "");
    desk_refused(rig_vote(rig, nobody, town.members[0], MUNICIPAL__CHOICE__CHOICE_PROPOSAL), ERR_NOT_FOUND, "");
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    town = rig_town(rig, "table");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_before_the_minutes, rig_group_rest),       /* the public reads the agenda, the table its votes */
        cmocka_unit_test_setup(test_in_the_minutes_and_after, rig_group_rest), /* the decision with names, then without; no ids */
        cmocka_unit_test_setup(test_the_chain_is_public_with_its_meetings,
                               rig_group_rest),                       /* nobody sees a planned one; of a cancelled one no names */
        cmocka_unit_test_setup(test_the_usual_words, rig_group_rest), /* in the language of the case */
        cmocka_unit_test_setup(test_what_a_decision_may_not_be, rig_group_rest),      /* each refusal by its field; nothing changes */
        cmocka_unit_test_setup(test_a_withdrawn_case, rig_group_rest),                /* off a planned agenda; on a public one returned */
        cmocka_unit_test_setup(test_checked_as_it_was_read, rig_group_rest),          /* mended meanwhile: read and check it again */
        cmocka_unit_test_setup(test_who_sits_at_the_table, rig_group_rest),           /* seats, deputies, checkers, the time */
        cmocka_unit_test_setup(test_disqualified_after_the_decision, rig_group_rest), /* the meeting does not close without a quorum */
        cmocka_unit_test_setup(test_pages, rig_group_rest),                           /* newest first, none twice; to whom */
        cmocka_unit_test_setup(test_sections_of_another_year, rig_group_rest),        /* by the meeting's year in Helsinki */
        cmocka_unit_test_setup(test_a_meeting_is_checked, rig_group_rest),            /* its fields, who plans it, what is not there */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
