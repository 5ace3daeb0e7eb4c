/* What leaves a municipal case and what never does: confidential texts and documents are for its officials alone, in answers, extracts,
 * feeds and events; names of people leave the published minutes with their day, the decision stays. */
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town, neighbour;
static const struct uuid NOBODY;

static bool bytes_say(const uint8_t *bytes, size_t len, const char *words)
{
    const Bus__File file = {.content = {len, (uint8_t *)(uintptr_t)bytes}};

    return rig_file_says(&file, words);
}

/* Whether an answer says this anywhere: packed, as it travels. */
static bool says(const struct answer a, const char *words)
{
    const ProtobufCMessage *message = rig_got(a);
    uint8_t *bytes = arena_alloc(rig_arena(rig), protobuf_c_message_get_packed_size(message) + 1);

    return bytes_say(bytes, protobuf_c_message_pack(message, bytes), words);
}

static struct answer document(const struct rig_case *c, ProtobufCBinaryData id, struct uuid who, uint32_t roles)
{
    Municipal__CaseDocumentRequest request = MUNICIPAL__CASE_DOCUMENT_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.document_id = id;
    return desk_ask(rig, who, roles, "GetCaseDocument", &request.base, 0);
}

/* With a confidential text, and a confidential document beside the open one; the ids of both documents. */
static struct rig_case with_secrets(ProtobufCBinaryData ids[2])
{
    struct rig_case c = rig_case_prepared(rig, &town, 100000);
    const struct answer a = rig_add_document(rig, &c, town.preparer, RIG_PREPARER, RIG_SECRET, true);
    const Municipal__Case *seen = rig_got(a);

    assert_int_equal(seen->n_documents, 2);
    ids[0] = seen->documents[0]->id;
    ids[1] = seen->documents[1]->id;
    seen = rig_got(rig_propose(rig, &town, &c, 100000, seen->version));
    c.version = seen->version;
    return c;
}

static void test_confidential_never_leaves(void **state)
{
    (void)state;
    ProtobufCBinaryData ids[2];
    struct rig_case c = with_secrets(ids);
    const struct rig_meeting m = rig_case_granted(rig, &town, &c);
    const struct {
        struct uuid who;
        uint32_t roles;
    } strangers[] = {{NOBODY, RIG_PUBLIC},           {rig_new_id(), RIG_APPLICANT},      {c.applicant, RIG_APPLICANT},
                     {town.members[0], RIG_MEMBER},  {neighbour.preparer, RIG_PREPARER}, {neighbour.secretary, RIG_SECRETARY},
                     {town.secretary, RIG_APPLICANT}}; /* the office without its role */
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        assert_false(says(rig_see_case(rig, c.id, strangers[i].who, strangers[i].roles), RIG_SECRET));
        assert_false(says(rig_see_item(rig, m.items[0], strangers[i].who, strangers[i].roles), RIG_SECRET));
        assert_false(says(rig_see_item(rig, m.items[0], strangers[i].who, strangers[i].roles), "julkisuuslaki"));
        const Municipal__Case *seen = rig_got(rig_see_case(rig, c.id, strangers[i].who, strangers[i].roles));
        assert_int_equal(seen->n_documents, 1);
        assert_int_equal(seen->n_texts, 2);
        assert_int_equal(document(&c, ids[0], strangers[i].who, strangers[i].roles).err, ERR_OK);
        assert_int_equal(document(&c, ids[1], strangers[i].who, strangers[i].roles).err, ERR_NOT_FOUND);
        for (int html = 0; html < 2; html++)
            assert_false(says(rig_extract(rig, m.items[0], html != 0, strangers[i].who, strangers[i].roles), RIG_SECRET));
    }
    for (int rss = 0; rss < 2; rss++) {
        assert_false(rig_file_says(rig_feed(rig, &town, "GetItemFeed", NOBODY, rss != 0), RIG_SECRET));
        assert_false(rig_file_says(rig_feed(rig, &town, "GetMeetingFeed", NOBODY, rss != 0), RIG_SECRET));
    }
    /* Its officials read it, or this test proves nothing. */
    assert_true(says(rig_see_case(rig, c.id, town.presenter, RIG_PRESENTER), RIG_SECRET));
    assert_int_equal(document(&c, ids[1], town.secretary, RIG_SECRETARY).err, ERR_OK);
    assert_true(says(document(&c, ids[1], town.secretary, RIG_SECRETARY), RIG_SECRET));
    assert_true(rig_events_say(rig, c.number));
    assert_false(rig_events_say(rig, RIG_SECRET));
}

/* Whoever added a confidential document reads it; before an agenda is public nobody else reads any. */
static void test_documents(void **state)
{
    (void)state;
    struct rig_case c = rig_case_filed(rig, &town, 100000);
    (void)rig_got(rig_add_document(rig, &c, c.applicant, RIG_APPLICANT, "Liikesalaisuus", true));
    const Municipal__Case *seen = rig_got(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "Muistio", false));
    assert_int_equal(document(&c, seen->documents[0]->id, c.applicant, RIG_APPLICANT).err, ERR_OK);
    assert_int_equal(document(&c, seen->documents[0]->id, town.preparer, RIG_PREPARER).err, ERR_OK);
    assert_int_equal(document(&c, seen->documents[0]->id, neighbour.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(document(&c, seen->documents[i]->id, NOBODY, RIG_PUBLIC).err, ERR_NOT_FOUND);
        assert_int_equal(document(&c, seen->documents[i]->id, rig_new_id(), RIG_APPLICANT).err, ERR_NOT_FOUND);
    }
    desk_refused(rig_add_document(rig, &c, rig_new_id(), RIG_APPLICANT, "x", false), ERR_NOT_FOUND, "");
    desk_refused(rig_add_document(rig, &c, NOBODY, RIG_PUBLIC, "x", false), ERR_UNAUTHENTICATED, "");
    /* A document of another case by the id of this one. */
    struct rig_case other = rig_case_filed(rig, &town, 100000);
    assert_int_equal(document(&other, seen->documents[0]->id, town.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
}

static void names_in(const struct rig_case *c, const struct rig_meeting *m, bool there)
{
    static const char *const names[] = {RIG_NAMED, "Puheenjohtaja", "Elli"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (there != says(rig_see_item(rig, m->items[0], NOBODY, RIG_PUBLIC), names[i]))
            fail_msg("the item %s %s", there ? "does not say" : "says", names[i]);
        if (there != says(rig_extract(rig, m->items[0], true, NOBODY, RIG_PUBLIC), names[i]) && i != 1)
            fail_msg("the extract %s %s", there ? "does not say" : "says", names[i]);
    }
    assert_int_equal(says(rig_see_case(rig, c->id, NOBODY, RIG_PUBLIC), RIG_NAMED), there);
    assert_int_equal(says(rig_see_meeting(rig, m->id, NOBODY, RIG_PUBLIC), "Puheenjohtaja"), there);
}

static void test_names_leave_and_the_decision_stays(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    (void)rig_got(rig_open_vote(rig, &town, m.items[0], "Hylätään, esitti [[Jaana " RIG_NAMED "]]."));
    for (size_t i = 0; i < 3; i++)
        (void)rig_got(
            rig_vote(rig, m.items[0], town.members[i], i == 2 ? MUNICIPAL__CHOICE__CHOICE_COUNTER : MUNICIPAL__CHOICE__CHOICE_PROPOSAL));
    (void)rig_got(
        rig_decide(rig, &town, m.items[0],
                   &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_APPROVED, .manner = MUNICIPAL__MANNER__MANNER_VOTED}));
    rig_meeting_published(rig, &town, &m);
    names_in(&c, &m, true);
    rig_names_leave_in(rig, m.items[0], 0); /* the last day */
    names_in(&c, &m, true);
    const struct answer with = rig_extract(rig, m.items[0], false, NOBODY, RIG_PUBLIC);
    rig_names_leave_in(rig, m.items[0], -1);
    names_in(&c, &m, false);
    const Municipal__Case *own = rig_got(rig_see_case(rig, c.id, c.applicant, RIG_APPLICANT));
    assert_int_equal(document(&c, own->documents[0]->id, NOBODY, RIG_PUBLIC).err, ERR_FORBIDDEN); /* names cannot be taken out of a file */
    assert_int_equal(document(&c, own->documents[0]->id, c.applicant, RIG_APPLICANT).err, ERR_OK);
    const struct answer bare = rig_extract(rig, m.items[0], false, NOBODY, RIG_PUBLIC);
    const Bus__File *before = rig_got(with), *after = rig_got(bare);
    assert_true(before->content.len != after->content.len || memcmp(before->content.data, after->content.data, after->content.len) != 0);
    assert_int_equal(memcmp(after->content.data, "%PDF-", 5), 0);
    /* The decision, its money and how many voted for what stay. */
    const Municipal__Item *item = rig_got(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC));
    assert_int_equal(item->outcome, MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
    assert_int_equal(item->cents, 100000);
    assert_int_equal(item->votes_proposal, 2);
    assert_int_equal(item->votes_counter, 1);
    for (size_t i = 0; i < item->n_votes; i++)
        assert_int_equal(item->votes[i]->person_id.len, 0);
    /* Officials and the applicant have the minutes as they were. */
    assert_true(says(rig_extract(rig, m.items[0], true, town.preparer, RIG_PREPARER), RIG_NAMED));
    assert_true(says(rig_extract(rig, m.items[0], true, c.applicant, RIG_APPLICANT), RIG_NAMED));
    assert_false(says(rig_extract(rig, m.items[0], true, neighbour.preparer, RIG_PREPARER), RIG_NAMED));
}

/* Feeds have no names at all: readers keep what they have read. And no ids of accounts are public. */
static void test_feeds_have_no_names(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    assert_true(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.board, false), c.number)); /* on the agenda */
    (void)rig_got(rig_decide(rig, &town, m.items[0],
                             &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_CHANGED,
                                                   .cents = 90000,
                                                   .words = "Nimetään [[Kaisa " RIG_NAMED "]]."}));
    assert_false(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.board, false), "Nimetään")); /* not published */
    rig_meeting_published(rig, &town, &m);
    for (int rss = 0; rss < 2; rss++) {
        const Bus__File *feed = rig_feed(rig, &town, "GetItemFeed", town.board, rss != 0);
        assert_true(rig_file_says(feed, "Nimetään"));
        assert_false(rig_file_says(feed, RIG_NAMED));
        assert_false(rig_file_says(feed, "[["));
        assert_false(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.other_board, rss != 0), c.number));
    }
    const Municipal__Item *item = rig_got(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC));
    for (size_t i = 0; i < item->n_nominations; i++)
        assert_int_equal(item->nominations[i]->person_id.len, 0);
    const Municipal__Meeting *meeting = rig_got(rig_see_meeting(rig, m.id, NOBODY, RIG_PUBLIC));
    for (size_t i = 0; i < meeting->n_attendees; i++)
        assert_int_equal(meeting->attendees[i]->person_id.len, 0);
    assert_int_equal(item->case_->decision_event_id.len, 0);
}

/* Before the agenda is public, nothing of the case is in a feed or a list. */
static void test_nothing_before_the_summons(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_planned(rig, &town, &c, 1);
    Municipal__ListMeetingsRequest request = MUNICIPAL__LIST_MEETINGS_REQUEST__INIT;
    request.municipality_id = rig_bytes(&town.id);
    assert_false(rig_file_says(rig_feed(rig, &town, "GetItemFeed", NOBODY, false), c.number));
    const Municipal__MeetingList *list = rig_got(desk_public(rig, "ListMeetings", &request.base));
    for (size_t i = 0; i < list->n_meetings; i++)
        assert_true(uuid_compare(rig_id(list->meetings[i]->id), m.id) != 0);
    list = rig_got(desk_ask(rig, town.secretary, RIG_SECRETARY, "ListMeetings", &request.base, 0));
    assert_int_equal(uuid_compare(rig_id(list->meetings[0]->id), m.id), 0);
}

/* A case that was returned is prepared anew: what is written now is nobody's but its officials' until it is on an agenda again. */
static void test_new_preparation_is_not_public(void **state)
{
    (void)state;
    static const char draft[] = "Uusi luonnos";
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    Municipal__CaseContent *content = rig_case_content(rig);
    content->texts[1]->text = (char *)(uintptr_t)draft;
    content->impacts[0]->remark = (char *)(uintptr_t)draft;
    (void)rig_case(rig, &town, &c);
    (void)rig_got(rig_put_case(rig, &town, &c, content, c.version));
    const Municipal__Case *seen = rig_got(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, draft, false));
    const ProtobufCBinaryData added = seen->documents[1]->id;
    for (int proposed = 0; proposed < 2; proposed++) {
        assert_false(says(rig_see_case(rig, c.id, NOBODY, RIG_PUBLIC), draft));
        assert_false(says(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC), draft));
        assert_false(says(rig_see_item(rig, m.items[0], town.members[0], RIG_MEMBER), draft));
        assert_int_equal(document(&c, added, NOBODY, RIG_PUBLIC).err, ERR_NOT_FOUND);
        assert_true(says(rig_see_case(rig, c.id, town.secretary, RIG_SECRETARY), draft));
        if (proposed == 0)
            (void)rig_got(rig_propose(rig, &town, &c, 90000, seen->version));
    }
    (void)rig_meeting_summoned(rig, &town, &c, 1);
    assert_true(says(rig_see_case(rig, c.id, NOBODY, RIG_PUBLIC), draft));
    assert_int_equal(document(&c, added, NOBODY, RIG_PUBLIC).err, ERR_OK);
}

static struct answer moves(const char *machine, struct uuid subject, struct uuid who, uint32_t roles)
{
    Funding__GetMovesRequest request = FUNDING__GET_MOVES_REQUEST__INIT;

    request.machine = (char *)(uintptr_t)machine;
    request.subject_id = rig_bytes(&subject);
    return desk_ask(rig, who, roles, "GetMoves", &request.base, 0);
}

/* Who moved what, when and why is told to the officials of the municipality. */
static void test_moves_are_the_towns(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_case_granted(rig, &town, &c);
    const struct uuid subjects[] = {c.id, m.id};
    for (size_t i = 0; i < 2; i++) {
        const char *machine = i == 0 ? "case" : "meeting";
        assert_true(((const Funding__MoveList *)rig_got(moves(machine, subjects[i], town.secretary, RIG_SECRETARY)))->n_moves >= 4);
        assert_int_equal(moves(machine, subjects[i], neighbour.preparer, RIG_PREPARER).err, ERR_NOT_FOUND);
        assert_int_equal(moves(machine, subjects[i], rig_new_id(), RIG_DECIDER).err, ERR_NOT_FOUND);
        assert_int_equal(moves(machine, subjects[i], c.applicant, RIG_APPLICANT).err, ERR_FORBIDDEN);
        assert_int_equal(moves(machine, subjects[i], NOBODY, RIG_PUBLIC).err, ERR_UNAUTHENTICATED);
    }
}

/* A name stands where nobody expects it: in the title of a preparer, in the body and the title of a nomination, in the name of a file. */
static void test_names_in_every_place(void **state)
{
    (void)state;
    Municipal__AddCaseDocumentRequest file = MUNICIPAL__ADD_CASE_DOCUMENT_REQUEST__INIT;
    Municipal__Nomination deputy = MUNICIPAL__NOMINATION__INIT;
    struct rig_case c = rig_case_prepared(rig, &town, 100000);
    Municipal__CaseContent *content = rig_case_content(rig);
    content->preparers[0]->title = (char *)"vs. kehitysjohtaja, [[Oili " RIG_NAMED "]]n sijainen";
    (void)rig_got(rig_put_case(rig, &town, &c, content, c.version));
    file.case_id = rig_bytes(&c.id);
    file.kind = MUNICIPAL__CASE_DOCUMENT_KIND__DOCUMENT_PLAN;
    file.title = (char *)"Suunnitelma";
    file.name = (char *)"Oili " RIG_NAMED ".txt";
    file.media_type = (char *)"text/plain";
    file.content = (ProtobufCBinaryData){1, (uint8_t *)(uintptr_t) "x"};
    const Municipal__Case *seen = rig_got(desk_ask(rig, c.applicant, RIG_APPLICANT, "AddCaseDocument", &file.base, 0));
    (void)rig_got(rig_propose(rig, &town, &c, 100000, seen->version));
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    deputy.body = (char *)"[[Oili " RIG_NAMED "]]n työryhmä";
    deputy.role = MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY;
    deputy.title = (char *)"[[Oili " RIG_NAMED "]]n sijainen";
    deputy.name = (char *)"Reetta " RIG_NAMED;
    (void)rig_got(
        rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_APPROVED, .nomination = &deputy}));
    rig_meeting_published(rig, &town, &m);
    assert_true(says(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC), "Oili " RIG_NAMED));
    assert_true(says(rig_see_case(rig, c.id, NOBODY, RIG_PUBLIC), "Oili " RIG_NAMED ".txt"));
    assert_false(says(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC), "[["));
    rig_names_leave_in(rig, m.items[0], -1);
    assert_false(says(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC), RIG_NAMED));
    assert_false(says(rig_see_case(rig, c.id, NOBODY, RIG_PUBLIC), RIG_NAMED));
    assert_true(says(rig_see_case(rig, c.id, c.applicant, RIG_APPLICANT), "Oili " RIG_NAMED ".txt"));
}

/* What the minutes list is what the board had before it: once the meeting is open nothing is added until they are published. */
static void test_no_document_in_the_meeting(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    (void)rig_got(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "Lisätieto", false));
    (void)rig_got(rig_open(rig, &town, &m, 3));
    desk_refused(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "Jälkikäteen", false), ERR_REFUSED, "municipal.case.meeting");
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    (void)rig_got(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "Lisätieto", false));
}

/* What published minutes were called they are called, whatever the case is called when it comes again. */
static void test_published_titles_stay(void **state)
{
    (void)state;
    static const char other[] = "Kuntaosuus, uusi valmistelu";
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    Municipal__CaseContent *content = rig_case_content(rig);
    const char *before = content->title;
    content->title = (char *)(uintptr_t)other;
    (void)rig_case(rig, &town, &c);
    (void)rig_got(rig_put_case(rig, &town, &c, content, c.version));
    assert_string_equal(((const Municipal__Item *)rig_got(rig_see_item(rig, m.items[0], NOBODY, RIG_PUBLIC)))->title, before);
    const Municipal__Meeting *meeting = rig_got(rig_see_meeting(rig, m.id, NOBODY, RIG_PUBLIC));
    assert_string_equal(meeting->items[0]->title, before);
    assert_false(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.board, false), other));
    assert_string_equal(rig_case(rig, &town, &c)->title, other);
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    town = rig_town(rig, "town");
    neighbour = rig_town(rig, "neighbour");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_confidential_never_leaves, rig_group_rest), /* answers, extracts, feeds, events */
        cmocka_unit_test_setup(test_documents, rig_group_rest),                 /* officials; whoever added it; the public on an agenda */
        cmocka_unit_test_setup(test_names_leave_and_the_decision_stays, rig_group_rest), /* on the day after names_until */
        cmocka_unit_test_setup(test_names_in_every_place, rig_group_rest),               /* titles, bodies, file names */
        cmocka_unit_test_setup(test_no_document_in_the_meeting, rig_group_rest),         /* the minutes list what was there */
        cmocka_unit_test_setup(test_published_titles_stay, rig_group_rest),              /* when the case is called otherwise later */
        cmocka_unit_test_setup(test_feeds_have_no_names, rig_group_rest),                /* nor ids of accounts */
        cmocka_unit_test_setup(test_new_preparation_is_not_public, rig_group_rest),      /* of a returned case, until the next agenda */
        cmocka_unit_test_setup(test_moves_are_the_towns, rig_group_rest),                /* nobody else's, whatever their role */
        cmocka_unit_test_setup(test_nothing_before_the_summons, rig_group_rest),         /* planned agendas are the secretary's */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
