/* Published minutes over real NNG and PostgreSQL: three items with three ends in one meeting, extracts with names and without, feeds as
 * people's readers read them. */
#include <stdlib.h>

#include "common/base/buf.h"
#include "common/base/hash.h"
#include "services/funding/domain/meeting.h"
#include "tests/service/funding/municipal.h"
#include "tests/unit/doc/look.h"

#define READ_FEED "/usr/bin/python3 " HV_TEST_SOURCE "/tests/service/notification/read_feed.py "

static struct rig *rig;
static struct rig_town town, other;
static const struct uuid nobody = {{0}};

/* --- publishing -------------------------------------------------------------------------------------------------------- */
static struct answer publish(const struct rig_meeting *m, struct uuid who, uint32_t roles)
{
    return rig_move_meeting(rig, "PublishMinutes", m, who, roles, "");
}

static void test_who_publishes_and_when(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);

    (void)state;
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_APPROVED, 0);
    const struct answer early = publish(&m, town.secretary, RIG_SECRETARY);
    desk_refused(early, ERR_REFUSED, "municipal.meeting.state");
    assert_string_equal(rig_fact(&early, "state"), "open");
    rig_meeting_checked(rig, &town, &m);
    desk_refused(publish(&m, nobody, RIG_PUBLIC), ERR_UNAUTHENTICATED, "");
    desk_refused(publish(&m, town.members[0], RIG_MEMBER), ERR_FORBIDDEN, "");
    desk_refused(publish(&m, rig_new_id(), RIG_ADMIN), ERR_FORBIDDEN, "");
    assert_int_equal(publish(&m, other.secretary, RIG_SECRETARY).err, ERR_FORBIDDEN);
    assert_int_equal(publish(&m, town.secretary, RIG_PRESENTER).err, ERR_FORBIDDEN);
    desk_refused(publish(&(struct rig_meeting){.id = rig_new_id()}, town.secretary, RIG_SECRETARY), ERR_NOT_FOUND, "");
    const Municipal__Meeting *published = rig_got(publish(&m, town.secretary, RIG_SECRETARY));
    assert_int_equal(published->state, MUNICIPAL__MEETING_STATE__MEETING_PUBLISHED);
    assert_true(published->published_us > 0);
    desk_refused(publish(&m, town.secretary, RIG_SECRETARY), ERR_REFUSED, "municipal.meeting.state");
    assert_int_equal(rig_events(rig, "municipal.Decided.v1", c.id), 1);
}

/* The same request again, with its key: one publication, one event. */
static void test_the_same_request_again(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    Municipal__MoveMeetingRequest request = MUNICIPAL__MOVE_MEETING_REQUEST__INIT;

    (void)state;
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_REJECTED, 0);
    rig_meeting_checked(rig, &town, &m);
    request.meeting_id = rig_bytes(&m.id);
    struct ask ask = {
        .method = "PublishMinutes", .message = &request.base, .actor = town.secretary, .roles = RIG_SECRETARY, .key = "again"};
    assert_false(rig_ask(rig, &ask).replayed);
    ask.client = 1;
    const struct answer again = rig_ask(rig, &ask);
    assert_int_equal(again.err, ERR_OK);
    assert_true(again.replayed);
    assert_int_equal(rig_events(rig, "municipal.Decided.v1", c.id), 1);
    assert_int_equal(rig_events(rig, "municipal.ShareDecided.v1", c.project), 1);
    const Funding__Project *project = rig_project(rig, c.project);
    assert_int_equal(project->shares[1]->state, FUNDING__PLAN_STATE__PLAN_REFUSED);
    assert_int_equal(project->refused_cents, 100000);
}

static int state_of(struct rig_case *c)
{
    return (int)rig_case(rig, &town, c)->state;
}

static void test_three_ends_in_one_meeting(void **state)
{
    struct rig_case c[3];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        c[i] = rig_case_proposed(rig, &town, 100000 + (int64_t)i);
    struct rig_meeting m = rig_meeting_open(rig, &town, c, 3);
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_APPROVED, 0);
    rig_decided_as(rig, &town, m.items[1], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_decided_as(rig, &town, m.items[2], MUNICIPAL__OUTCOME__OUTCOME_TABLED, 0);
    rig_meeting_published(rig, &town, &m);
    assert_int_equal(state_of(&c[0]), MUNICIPAL__CASE_STATE__CASE_DECIDED);
    assert_int_equal(state_of(&c[1]), MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
    assert_int_equal(state_of(&c[2]), MUNICIPAL__CASE_STATE__CASE_PROPOSED);
    for (size_t i = 0; i < 3; i++) {
        const Municipal__Item *item = rig_got(rig_see_item(rig, m.items[i], nobody, RIG_PUBLIC));
        const Bus__File *html = rig_got(rig_extract(rig, m.items[i], true, nobody, RIG_PUBLIC));
        assert_int_equal(*item->review_until != '\0', i == 0);
        assert_string_not_equal(item->names_until, "");
        const Bus__File *pdf = rig_got(rig_extract(rig, m.items[i], false, nobody, RIG_PUBLIC));
        const struct span bytes = span_of(pdf->content.data, pdf->content.len);
        assert_int_equal(item->sha256.len, HASH_SIZE);
        assert_memory_equal(item->sha256.data, hash_sha256(&bytes, 1).b, HASH_SIZE);
        assert_int_equal(rig_file_says(html, "Oikaisuvaatimusohje"), i == 0);
        assert_int_equal(rig_file_says(html, "136 §"), i > 0);
        assert_int_equal(rig_events(rig, "municipal.Decided.v1", c[i].id), 1);
        assert_int_equal(rig_events(rig, "municipal.ShareDecided.v1", c[i].project), i == 0);
        assert_int_equal(rig_project(rig, c[i].project)->open_cents, i == 0 ? 0 : c[i].cents);
    }
    /* The tabled one comes again; its extract tells where it was before. */
    struct rig_meeting next = rig_case_granted(rig, &town, &c[2]);
    const Municipal__Item *item = rig_got(rig_see_item(rig, next.items[0], nobody, RIG_PUBLIC));
    assert_int_equal(uuid_compare(rig_id(item->previous_id), m.items[2]), 0);
    assert_int_equal(state_of(&c[2]), MUNICIPAL__CASE_STATE__CASE_DECIDED);
    assert_true(rig_file_says(rig_got(rig_extract(rig, next.items[0], true, nobody, RIG_PUBLIC)), "jätetty pöydälle"));
    assert_true(rig_project(rig, c[2].project)->covered);
}

/* As many items as an agenda takes: one publication, and answers that go into one message. */
static void test_a_full_agenda(void **state)
{
    struct rig_case *cases = arena_array(rig_arena(rig), MEETING_ITEMS_MAX, sizeof *cases);
    struct rig_meeting m = rig_meeting_planned(rig, &town, NULL, 0);

    (void)state;
    for (size_t i = 0; i < MEETING_ITEMS_MAX; i++)
        cases[i] = rig_case_proposed(rig, &town, 100000 + (int64_t)i);
    (void)rig_got(rig_put_agenda(rig, &town, &m, cases, MEETING_ITEMS_MAX, m.version));
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    const Municipal__Meeting *open = rig_got(rig_open(rig, &town, &m, 3));
    assert_int_equal(open->n_items, MEETING_ITEMS_MAX);
    for (size_t i = 0; i < MEETING_ITEMS_MAX; i++)
        rig_decided_as(rig, &town, rig_id(open->items[i]->id), MUNICIPAL__OUTCOME__OUTCOME_APPROVED, 0);
    rig_meeting_checked(rig, &town, &m);
    const Municipal__Meeting *published = rig_got(publish(&m, town.secretary, RIG_SECRETARY));
    assert_int_equal(published->n_items, MEETING_ITEMS_MAX);
    for (size_t i = 0; i < MEETING_ITEMS_MAX; i++)
        assert_int_equal(rig_events(rig, "municipal.Decided.v1", cases[i].id), 1);
    const Municipal__Item *last = rig_got(rig_see_item(rig, rig_id(published->items[MEETING_ITEMS_MAX - 1]->id), nobody, RIG_PUBLIC));
    assert_int_equal(last->outcome, MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
    assert_int_equal(last->section, published->items[0]->section + MEETING_ITEMS_MAX - 1);
    assert_true(rig_project(rig, cases[MEETING_ITEMS_MAX - 1].project)->covered);
}

/* What was prepared fills a case, all of it what HTML makes longer: the minutes are published, and the extract says where the rest stands.
 */
static void test_a_case_that_fills_itself(void **state)
{
    struct rig_case c = rig_case_prepared(rig, &town, 100000);
    Municipal__CaseContent *content = rig_case_content(rig);
    Municipal__CaseText *texts[3];
    static char words[20000];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof words; i++) /* an item a line */
        words[i] = "- \"\n"[i % 4];
    for (size_t i = 0; i < 3; i++) {
        texts[i] = arena_alloc(rig_arena(rig), sizeof *texts[i]);
        municipal__case_text__init(texts[i]);
        texts[i]->kind = MUNICIPAL__CASE_TEXT_KIND__TEXT_BACKGROUND + (Municipal__CaseTextKind)i;
        texts[i]->text = words;
    }
    content->texts = texts;
    content->n_texts = 3;
    c.version = ((const Municipal__Case *)rig_got(rig_put_case(rig, &town, &c, content, c.version)))->version;
    (void)rig_got(rig_propose(rig, &town, &c, 100000, c.version));
    struct rig_meeting m = rig_case_granted(rig, &town, &c);
    const Bus__File *page = rig_got(rig_extract(rig, m.items[0], true, nobody, RIG_PUBLIC));
    assert_true(rig_file_says(page, "kunnan kirjaamosta diaarinumerolla"));
    assert_true(rig_file_says(page, "Oikaisuvaatimusohje"));
}

/* --- names ------------------------------------------------------------------------------------------------------------- */
static char *words_of(const Bus__File *pdf)
{
    struct buf bytes = {0};

    buf_add(&bytes, pdf->content.data, pdf->content.len);
    char *words = look("x.pdf", &bytes, "qpdf --check x.pdf > /dev/null && pdftotext x.pdf -");
    buf_fini(&bytes);
    return words;
}

/* In both forms. */
static void assert_named(struct uuid item, struct uuid who, uint32_t roles, bool named)
{
    const Bus__File *html = rig_got(rig_extract(rig, item, true, who, roles));
    char *words = words_of(rig_got(rig_extract(rig, item, false, who, roles)));

    assert_int_equal(rig_file_says(html, RIG_NAMED), named);
    assert_int_equal(strstr(words, RIG_NAMED) != NULL, named);
    assert_true(rig_file_says(html, "osallistua hankkeeseen")); /* the decision stays */
    assert_false(rig_file_says(html, RIG_SECRET) || strstr(words, RIG_SECRET) != NULL);
    free(words);
}

static void test_names_leave_in_time(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_case_granted(rig, &town, &c);

    (void)state;
    assert_named(m.items[0], nobody, RIG_PUBLIC, true);
    rig_names_leave_in(rig, m.items[0], 0); /* their last day is today */
    assert_named(m.items[0], nobody, RIG_PUBLIC, true);
    rig_names_leave_in(rig, m.items[0], -1);
    assert_named(m.items[0], nobody, RIG_PUBLIC, false);
    assert_named(m.items[0], rig_new_id(), RIG_APPLICANT, false);
    assert_named(m.items[0], other.secretary, RIG_SECRETARY, false);
    assert_named(m.items[0], c.applicant, RIG_APPLICANT, true);
    assert_named(m.items[0], town.secretary, RIG_SECRETARY, true);
}

static void test_no_extract_of_what_is_not_published(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    Municipal__GetExtractRequest request = MUNICIPAL__GET_EXTRACT_REQUEST__INIT;

    (void)state;
    desk_refused(rig_extract(rig, m.items[0], false, town.secretary, RIG_SECRETARY), ERR_NOT_FOUND, "");
    desk_refused(rig_extract(rig, rig_new_id(), false, nobody, RIG_PUBLIC), ERR_NOT_FOUND, "");
    assert_int_equal(desk_public(rig, "GetExtract", &request.base).err, ERR_INVALID);
    request.item_id = rig_bytes(&m.items[0]);
    request.form = 7;
    assert_string_equal(desk_public(rig, "GetExtract", &request.base).field, "form");
}

/* --- feeds ------------------------------------------------------------------------------------------------------------- */
static struct answer feed_of(const char *method, struct uuid board, bool rss, const char *language)
{
    Municipal__FeedRequest request = MUNICIPAL__FEED_REQUEST__INIT;

    request.municipality_id = rig_bytes(&town.id);
    request.board_id = rig_bytes(&board);
    request.format = rss ? MUNICIPAL__FEED_REQUEST__FORMAT__RSS : MUNICIPAL__FEED_REQUEST__FORMAT__ATOM;
    return rig_ask(rig, &(struct ask){.method = method, .message = &request.base, .roles = RIG_PUBLIC, .language = language});
}

/* What a feed reader makes of it, once xmllint has found nothing wrong. On the rig's arena. */
static const char *read_feed(const char *method, struct uuid board, bool rss, const char *language)
{
    const Bus__File *file = rig_got(feed_of(method, board, rss, language));
    struct buf bytes = {0};

    assert_string_equal(file->media_type, rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8");
    buf_add(&bytes, file->content.data, file->content.len);
    char *words = look("x.xml", &bytes, "xmllint --noout x.xml && " READ_FEED "x.xml");
    const char *copy = arena_strdup(rig_arena(rig), words);
    buf_fini(&bytes);
    free(words);
    return copy;
}

static void assert_tells(const char *feed, const char *part, bool there)
{
    if ((strstr(feed, part) != NULL) != there)
        fail_msg("the feed %s \"%s\":\n%s", there ? "does not tell" : "tells", part, feed);
}

static void test_feeds_in_real_readers(void **state)
{
    struct rig_case c[2] = {rig_case_proposed(rig, &town, 100000), rig_case_proposed(rig, &town, 200000)};

    (void)state;
    struct rig_meeting m = rig_meeting_open(rig, &town, &c[0], 1);
    (void)rig_got(rig_decide(rig, &town, m.items[0],
                             &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_APPROVED,
                                                   .words = "Kaupunginhallitus osallistuu; edustaja on [[Reijo " RIG_NAMED "]]."}));
    rig_meeting_published(rig, &town, &m);
    struct rig_meeting planned = rig_meeting_planned(rig, &town, &c[1], 1);
    for (int rss = 0; rss < 2; rss++) {
        const char *feed = read_feed("GetItemFeed", nobody, rss != 0, "fi");
        assert_tells(feed, rss ? "rss20\tfi\tEsimerkkilän kaupunki: kokousasiat" : "atom10\tfi\tEsimerkkilän kaupunki: kokousasiat", true);
        assert_tells(feed, "Kaupunginhallitus ", true);
        assert_tells(feed, c[0].number, true);
        assert_tells(feed, "Päätös ehdotuksen mukaan: Kaupunginhallitus osallistuu; edustaja on [nimi poistettu].", true);
        assert_tells(feed, c[1].number, false); /* its meeting is not summoned */
        assert_tells(feed, RIG_NAMED, false);
        assert_tells(feed, RIG_SECRET, false);
        assert_tells(feed, "[[", false);
        assert_tells(read_feed("GetItemFeed", town.board, rss != 0, "sv"), "sv\tExempelstad, stadsstyrelsen: ärenden", true);
        assert_tells(read_feed("GetItemFeed", town.other_board, rss != 0, "en"), c[0].number, false);
        assert_tells(read_feed("GetMeetingFeed", nobody, rss != 0, "fi"), ": pöytäkirja on julkaistu", true);
    }
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &planned, town.secretary, RIG_SECRETARY, ""));
    assert_tells(read_feed("GetItemFeed", town.board, false, "fi"), "Esityslistalla, ehdotus: Kaupunginhallitus päättää osallistua", true);
    assert_tells(read_feed("GetMeetingFeed", town.board, false, "sv"), ": föredragningslista\t", true);
    (void)rig_got(rig_move_meeting(rig, "CancelMeeting", &planned, town.secretary, RIG_SECRETARY, "Esitys puuttuu"));
    assert_tells(read_feed("GetItemFeed", town.board, false, "fi"), c[1].number, false);
    assert_tells(read_feed("GetMeetingFeed", town.board, true, "en"), ": the meeting is cancelled\t", true);
}

/* Taken back while it was on a public agenda: the minutes say so, and nothing is decided. */
static void test_withdrawn_on_the_agenda(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    Municipal__MoveCaseRequest back = MUNICIPAL__MOVE_CASE_REQUEST__INIT;

    (void)state;
    back.case_id = rig_bytes(&c.id);
    assert_int_equal(desk_ask(rig, c.applicant, RIG_APPLICANT, "WithdrawCase", &back.base, 0).err, ERR_OK);
    const char *feed = read_feed("GetItemFeed", town.board, false, "fi");
    assert_tells(feed, c.number, true);
    assert_tells(feed, "Hakija on peruuttanut hakemuksen", true);
    assert_tells(feed, "Esityslistalla, ehdotus", false);
    (void)rig_got(rig_open(rig, &town, &m, 3));
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    const Bus__File *page = rig_got(rig_extract(rig, m.items[0], true, nobody, RIG_PUBLIC));
    assert_true(rig_file_says(page, "hakemus on peruutettu"));
    assert_false(rig_file_says(page, "palautettu valmisteltavaksi"));
    assert_int_equal(rig_events(rig, "municipal.ShareDecided.v1", c.project), 0);
}

/* The same bytes while nothing is new: whoever asks with the ETag that the gateway makes of them hears 304. */
static void test_feeds_rest_while_nothing_is_new(void **state)
{
    static const char *const methods[] = {"GetItemFeed", "GetMeetingFeed"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const Bus__File *one = rig_got(feed_of(methods[i], town.board, false, "fi")),
                        *two = rig_got(feed_of(methods[i], town.board, false, "fi"));
        const Bus__File *empty = rig_got(feed_of(methods[i], town.other_board, true, "fi"));
        assert_int_equal(one->content.len, two->content.len);
        assert_memory_equal(one->content.data, two->content.data, one->content.len);
        assert_true(empty->content.len > 100);
    }
}

static size_t entries_of(const char *feed)
{
    size_t lines = 0;

    for (const char *at = feed; *at != '\0'; at++)
        lines += *at == '\n';
    return lines - 1; /* the first is the feed's */
}

static void test_feeds_have_the_newest_thirty(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    struct rig_meeting m = rig_case_granted(rig, &town, &c);
    char id[UUID_TEXT];

    (void)state;
    uuid_format(m.id, id);
    (void)kit_sql(
        rig_pg(rig),
        "set session_replication_role = replica; with new as (insert into funding.meeting (id, board_id, municipality_id, starts_at, "
        "place, state, moves, why, actor, summoned_at, published_at) select gen_random_uuid(), board_id, municipality_id, starts_at + "
        "n * interval '1 day', 'Sali ' || n, state, moves, why, actor, summoned_at, published_at from funding.meeting, "
        "generate_series(1, 40) n where id = '%s' returning id, board_id, starts_at) insert into funding.item (id, meeting_id, "
        "board_id, case_id, proposal_id, title, place, outcome, manner, words, published_at, year, section) select gen_random_uuid(), "
        "n.id, "
        "n.board_id, i.case_id, i.proposal_id, i.title, 1, 1, 1, 'x', now(), 3000, extract(epoch from n.starts_at)::bigint / 86400 from "
        "new n, "
        "funding.item i where i.meeting_id = '%s'; set session_replication_role = origin",
        id, id);
    for (int rss = 0; rss < 2; rss++) {
        assert_int_equal(entries_of(read_feed("GetItemFeed", town.board, rss != 0, "fi")), 30);
        const char *meetings = read_feed("GetMeetingFeed", nobody, rss != 0, "fi");
        assert_int_equal(entries_of(meetings), 30);
        assert_tells(meetings, "Sali 40", true);
        assert_tells(meetings, "Sali 11", true);
        assert_tells(meetings, "Sali 10", false);
    }
}

static void test_feeds_of_nothing(void **state)
{
    Municipal__FeedRequest request = MUNICIPAL__FEED_REQUEST__INIT;
    const struct uuid unknown = rig_new_id();

    (void)state;
    assert_int_equal(desk_public(rig, "GetItemFeed", &request.base).err, ERR_INVALID);
    request.municipality_id = rig_bytes(&unknown);
    desk_refused(desk_public(rig, "GetItemFeed", &request.base), ERR_NOT_FOUND, "");
    desk_refused(feed_of("GetMeetingFeed", other.board, false, "fi"), ERR_NOT_FOUND, ""); /* another town's */
    request.municipality_id = rig_bytes(&town.id);
    request.format = 2;
    assert_string_equal(desk_public(rig, "GetMeetingFeed", &request.base).field, "format");
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    town = rig_town(rig, "kannus");
    other = rig_town(rig, "toinen");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_who_publishes_and_when, rig_group_rest),    /* the board's secretary, checked minutes, once */
        cmocka_unit_test_setup(test_the_same_request_again, rig_group_rest),    /* by another process: nothing twice */
        cmocka_unit_test_setup(test_three_ends_in_one_meeting, rig_group_rest), /* decided, returned, tabled and back again */
        cmocka_unit_test_setup(test_a_full_agenda, rig_group_rest),             /* a hundred items at once */
        cmocka_unit_test_setup(test_a_case_that_fills_itself, rig_group_rest),  /* never unpublishable */
        cmocka_unit_test_setup(test_withdrawn_on_the_agenda, rig_group_rest),   /* not returned, not told to wait */
        cmocka_unit_test_setup(test_names_leave_in_time, rig_group_rest),       /* for the public, to the day; not for officials */
        cmocka_unit_test_setup(test_no_extract_of_what_is_not_published, rig_group_rest), /* nor of what is not there */
        cmocka_unit_test_setup(test_feeds_in_real_readers, rig_group_rest),               /* both kinds, both formats, three languages */
        cmocka_unit_test_setup(test_feeds_rest_while_nothing_is_new, rig_group_rest),     /* the same bytes; an empty one is whole */
        cmocka_unit_test_setup(test_feeds_have_the_newest_thirty, rig_group_rest),        /* of forty meetings */
        cmocka_unit_test_setup(test_feeds_of_nothing, rig_group_rest),                    /* and of other towns' boards */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
