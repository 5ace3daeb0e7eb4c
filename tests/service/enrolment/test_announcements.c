/* Messages of coordinators to the participants, over real NNG and PostgreSQL: what may be said and by whom, whom it goes to, the event in
 * parts, a repeated key, and the list of what was said. */
#include "tests/service/enrolment/editor.h"

static struct rig *rig;

struct message {
    Enrolment__SendAnnouncementRequest request;
    Bus__Text subject, body;
    Enrolment__State states[2];
};

static void message_init(struct message *m, const struct world *world)
{
    enrolment__send_announcement_request__init(&m->request);
    m->subject = editor_text("Muistutus");
    m->body = editor_text("Hei!\n\n\tHuomenna alkaa.");
    m->request.programme_id = rig_bytes(&world->programme);
    m->request.subject = &m->subject;
    m->request.body = &m->body;
    m->request.states = m->states;
}

static const Enrolment__Announcement *sent(const struct message *m)
{
    const struct answer a = editor_ask(rig, "SendAnnouncement", &m->request.base, 0);

    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__Announcement *)a.message;
}

/* Two implementations of two seats and a waiting list: three people in the first, one of whom waits, and one in the second. */
static struct world some_people(const char *code)
{
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = code, .cap = 10, .capacity = 2, .waiting_cap = 3, .count = 2});

    for (size_t i = 0; i < 4; i++)
        assert_int_equal(rig_enrol(rig, &world, i / 3, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    return world;
}

static int64_t parts_told(const Enrolment__Announcement *a)
{
    const struct uuid id = rig_id(a->id);
    char text[UUID_TEXT];

    uuid_format(id, text);
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.Announced.v1' and subject = '%s'",
                       text);
}

static void test_fields(void **state)
{
    const struct world world = some_people("said-fields"), other = some_people("said-fields-too");
    static char long_body[10002];
    struct message m;
    (void)state;
    message_init(&m, &world);
    m.request.subject = NULL;
    REFUSED("SendAnnouncement", &m.request.base, 0, ERR_INVALID, "field.missing", "subject.fi");
    m.request.subject = &m.subject;
    m.subject.fi = (char *)" ";
    REFUSED("SendAnnouncement", &m.request.base, 0, ERR_INVALID, "field.missing", "subject.fi");
    m.subject.fi = (char *)"Muistutus\r\nBcc: kaikki@example.fi"; /* a subject is a line of a mail */
    REFUSED("SendAnnouncement", &m.request.base, 0, ERR_INVALID, "field.text", "subject.fi");
    m.subject.fi = (char *)"Muistutus";
    memset(long_body, 'x', sizeof long_body - 1);
    m.body.en = long_body;
    REFUSED("SendAnnouncement", &m.request.base, 0, ERR_INVALID, "field.length", "body.en");
    m.body.en = (char *)"";
    m.states[0] = (Enrolment__State)7;
    m.request.n_states = 1;
    REFUSED("SendAnnouncement", &m.request.base, 0, ERR_INVALID, "field.range", "states[0]");
    m.request.n_states = 0;
    m.request.implementation_id = rig_bytes(&other.implementations[0]);
    assert_int_equal(editor_ask(rig, "SendAnnouncement", &m.request.base, 0).err, ERR_NOT_FOUND); /* of another programme */
    m.request.implementation_id = (ProtobufCBinaryData){0};
    assert_int_equal(
        rig_ask(rig,
                &(struct ask){.method = "SendAnnouncement", .message = &m.request.base, .actor = rig_new_id(), .roles = RIG_PARTICIPANT})
            .err,
        ERR_FORBIDDEN);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.announcement"), 0);
}

static void test_recipients(void **state)
{
    const struct world world = some_people("said-to");
    struct message m;
    (void)state;
    message_init(&m, &world);
    assert_int_equal(sent(&m)->recipients, 3); /* those with a seat */
    m.states[0] = ENROLMENT__STATE__STATE_QUEUED;
    m.states[1] = ENROLMENT__STATE__STATE_SEATED;
    m.request.n_states = 2;
    assert_int_equal(sent(&m)->recipients, 4);
    m.request.implementation_id = rig_bytes(&world.implementations[1]);
    const Enrolment__Announcement *one = sent(&m);
    assert_int_equal(one->recipients, 1);
    assert_int_equal(parts_told(one), 1);
    m.states[0] = ENROLMENT__STATE__STATE_HELD;
    m.request.n_states = 1;
    const Enrolment__Announcement *none = sent(&m);
    assert_int_equal(none->recipients, 0);
    assert_int_equal(parts_told(none), 1); /* said to nobody is said as well */
}

/* Six thousand ids and one: two events. The people are made by the database, since that many enrolments would take a while. */
static void test_parts(void **state)
{
    const struct world world = some_people("said-parts");
    struct message m;
    (void)state;
    (void)kit_sql(
        rig_pg(rig),
        "with p as (insert into enrolment.person (id, name, email, language, role, level, organisation_kind, organisation, region)"
        " select gen_random_uuid(), 'Moni', 'moni@example.fi', 'fi', '', '', '', '', '' from generate_series(1, 5999)"
        " returning id), n as (select id, 100 + row_number() over () as n from p)"
        " insert into enrolment.registration (id, programme_id, implementation_id, person_id, state, first_state, order_no,"
        " programme_order, received_at, version, chain_n, chain_hash, salt, caller, idempotency_key, request_hash, line, created_at)"
        " select gen_random_uuid(), i.programme_id, i.id, n.id, 3, 1, n, n, now(), 1, n, sha256('x'),"
        " decode(repeat('00', 16), 'hex'), n.id, n::text::bytea, sha256('x'), n, now() from n, enrolment.implementation i"
        " where i.programme_id = (select id from enrolment.programme where code = 'said-parts') and i.code = 'group-1';"
        " select 1");
    message_init(&m, &world);
    m.states[0] = ENROLMENT__STATE__STATE_CANCELLED;
    m.states[1] = ENROLMENT__STATE__STATE_SEATED;
    m.request.n_states = 2;
    const Enrolment__Announcement *a = sent(&m);
    assert_int_equal(a->recipients, 6002);
    assert_int_equal(parts_told(a), 2);
}

static void test_repeated(void **state)
{
    const struct world world = some_people("said-once");
    struct message m;
    (void)state;
    message_init(&m, &world);
    const struct ask ask = {
        .method = "SendAnnouncement", .message = &m.request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .key = "said-once"};
    const struct answer first = rig_ask(rig, &ask), again = rig_ask(rig, &ask);
    assert_int_equal(first.err, ERR_OK);
    assert_true(again.replayed);
    assert_memory_equal(((const Enrolment__Announcement *)again.message)->id.data,
                        ((const Enrolment__Announcement *)first.message)->id.data, sizeof(struct uuid));
    assert_int_equal(parts_told((const Enrolment__Announcement *)first.message), 1);
}

/* Newest first, a page at a time, each once; a page ends early where long messages would not fit into one reply. */
static void test_list(void **state)
{
    const struct world world = some_people("said-list");
    static char long_body[10001];
    Enrolment__ListAnnouncementsRequest list = ENROLMENT__LIST_ANNOUNCEMENTS_REQUEST__INIT;
    struct message m;
    int64_t before_us = INT64_MAX;
    size_t seen = 0, pages = 0;
    (void)state;
    message_init(&m, &world);
    for (size_t i = 0; i + 1 < sizeof long_body; i += 2)
        memcpy(&long_body[i], "ä", 2); /* 5,000 characters of two bytes in each language */
    m.body.fi = m.body.sv = m.body.en = long_body;
    for (size_t i = 0; i < 9; i++)
        (void)sent(&m);
    list.programme_id = rig_bytes(&world.programme);
    list.page_size = 200;
    do {
        const struct answer a = editor_ask(rig, "ListAnnouncements", &list.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__AnnouncementList *page = (const Enrolment__AnnouncementList *)a.message;
        for (size_t i = 0; i < page->n_announcements; i++, seen++) {
            assert_true(page->announcements[i]->at_us < before_us);
            before_us = page->announcements[i]->at_us;
        }
        list.page_token = page->next_page_token;
        pages++;
    } while (*list.page_token != '\0');
    assert_int_equal(seen, 9);
    assert_int_equal(pages, 2);
    list.page_token = (char *)"AAAA";
    REFUSED("ListAnnouncements", &list.base, 0, ERR_INVALID, "field.page-token", "pageToken");
    list.page_token = (char *)"";
    list.page_size = 201;
    REFUSED("ListAnnouncements", &list.base, 0, ERR_INVALID, "field.range", "pageSize");
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_fields, rig_group_rest),     /* each field, who may, and no implementation of another programme */
        cmocka_unit_test_setup(test_recipients, rig_group_rest), /* by state and implementation; nobody is fine */
        cmocka_unit_test_setup(test_parts, rig_group_rest),      /* more people than one event holds */
        cmocka_unit_test_setup(test_repeated, rig_group_rest),   /* the same key tells nobody twice */
        cmocka_unit_test_setup(test_list, rig_group_rest),       /* newest first, page by page */
    };
    return rig_told(cmocka_run_group_tests_name("announcements", tests, start, rig_group_stop));
}
