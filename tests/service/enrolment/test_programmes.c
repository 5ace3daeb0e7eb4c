/* Programmes and people over real NNG and PostgreSQL: import and its report, windows set by staff, who may see whom. */
#include "tests/service/enrolment/rig.h"

static struct rig *rig;

static struct answer ask_as(struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = actor, .roles = roles, .if_match = if_match});
}

static struct answer ask_staff(const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    return ask_as(rig_coordinator(), RIG_COORDINATOR, method, message, if_match);
}

static struct answer ask_public(const char *method, const ProtobufCMessage *message)
{
    return ask_as((struct uuid){{0}}, RIG_PUBLIC, method, message, 0);
}

/* --- an import of two units and two implementations whose figures disagree --------------------------------------------------------- */

static Bus__Text texts(const char *fi)
{
    Bus__Text t = BUS__TEXT__INIT;
    t.fi = (char *)(uintptr_t)fi;
    t.sv = (char *)"på svenska";
    t.en = (char *)"in English";
    return t;
}

struct file {
    Enrolment__ImportProgrammeRequest request;
    Enrolment__Programme programme;
    Enrolment__Implementation implementation[2], *implementations[2];
    Enrolment__Unit unit, *units[1];
    Enrolment__Webinar webinar, *webinars[1];
    Enrolment__Window window, *windows[1];
    Bus__Text title, other;
    char *places[2];
};

static void file_init(struct file *f, const char *code)
{
    enrolment__import_programme_request__init(&f->request);
    enrolment__programme__init(&f->programme);
    enrolment__unit__init(&f->unit);
    enrolment__webinar__init(&f->webinar);
    enrolment__window__init(&f->window);
    f->title = texts("Koulutus");
    f->other = texts("Toteutus");
    f->places[0] = (char *)"Rovaniemi";
    f->places[1] = (char *)"Kittilä";
    for (size_t i = 0; i < 2; i++) {
        enrolment__implementation__init(&f->implementation[i]);
        f->implementation[i].code = (char *)(uintptr_t)(i == 0 ? "north" : "south");
        f->implementation[i].title = f->implementation[i].organiser = f->implementation[i].audience = &f->other;
        f->implementation[i].capacity = 20;
        f->implementation[i].waiting_cap = 5;
        f->implementation[i].mode = ENROLMENT__MODE__MODE_HYBRID;
        f->implementations[i] = &f->implementation[i];
    }
    f->implementation[0].places = f->places;
    f->implementation[0].n_places = 2;
    f->webinar.starts_us = time_now_us() + 100 * TIME_DAY;
    f->webinar.advance_notice = true;
    f->webinars[0] = &f->webinar;
    f->unit.title = &f->other;
    f->unit.credits_tenths = 20;
    f->unit.webinars = f->webinars;
    f->unit.n_webinars = 1;
    f->units[0] = &f->unit;
    f->window.opens_us = time_now_us() - TIME_HOUR;
    f->window.closes_us = time_now_us() + TIME_DAY;
    f->windows[0] = &f->window;
    f->programme.code = (char *)(uintptr_t)code;
    f->programme.title = &f->title;
    f->programme.credits_tenths = 50;
    f->programme.cap = 30;
    f->programme.implementations = f->implementations;
    f->programme.n_implementations = 2;
    f->programme.units = f->units;
    f->programme.n_units = 1;
    f->programme.windows = f->windows;
    f->programme.n_windows = 1;
    f->request.programme = &f->programme;
}

static size_t lines_of(const Enrolment__ImportReport *report, Enrolment__ImportReport__Line__Kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < report->n_lines; i++)
        n += report->lines[i]->kind == kind;
    return n;
}

static const Enrolment__ImportReport *import_ok(struct file *f)
{
    const struct answer a = ask_staff("ImportProgramme", &f->request.base, 0);
    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__ImportReport *)a.message;
}

#define CREATES   ENROLMENT__IMPORT_REPORT__LINE__KIND__CREATES
#define CHANGES   ENROLMENT__IMPORT_REPORT__LINE__KIND__CHANGES
#define DISAGREES ENROLMENT__IMPORT_REPORT__LINE__KIND__DISAGREES
#define NOTE      ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE

static void test_import(void **state)
{
    struct file f;
    (void)state;
    file_init(&f, "import");
    f.request.dry_run = true;
    const Enrolment__ImportReport *report = import_ok(&f);
    assert_false(report->applied);
    assert_int_equal(lines_of(report, CREATES), 6);   /* the programme, a unit with its webinar, two implementations, a window */
    assert_int_equal(lines_of(report, DISAGREES), 2); /* 40 seats against a cap of 30; 2 credits against 5 */
    assert_int_equal(lines_of(report, NOTE), 1);      /* the webinar's date may change */
    bool said = false;
    for (size_t i = 0; i < report->n_lines; i++)
        said |= strstr(report->lines[i]->text->en, "40 seats in all, but the programme's cap is 30") != NULL;
    assert_true(said);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.programme where code = 'import'"), 0);

    f.request.dry_run = false;
    assert_true(import_ok(&f)->applied);
    const Enrolment__ImportReport *again = import_ok(&f);
    assert_int_equal(lines_of(again, CREATES) + lines_of(again, CHANGES), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select version from enrolment.programme where code = 'import'"), 1);
}

static void test_import_changes(void **state)
{
    struct file f;
    (void)state;
    file_init(&f, "change");
    f.implementation[0].capacity = 1;
    const struct uuid programme = rig_id(import_ok(&f)->programme_id);
    struct world world = {.programme = programme};
    Enrolment__GetProgrammeRequest get = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;
    get.programme_id = rig_bytes(&programme);
    struct answer p = ask_public("GetProgramme", &get.base);
    assert_int_equal(p.err, ERR_OK);
    const Enrolment__Programme *m = (const Enrolment__Programme *)p.message;
    assert_int_equal(m->n_units, 1);
    assert_int_equal(m->units[0]->n_webinars, 1);
    assert_string_equal(m->implementations[0]->places[1], "Kittilä");
    world.implementations[0] = rig_id(m->implementations[0]->id);
    (void)rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    const struct answer second = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    assert_int_equal(rig_registration(&second)->state, ENROLMENT__STATE__STATE_QUEUED);

    f.implementation[0].capacity = 2; /* a raised capacity promotes, by an import too */
    assert_int_equal(lines_of(import_ok(&f), CHANGES), 1);
    f.implementation[0].capacity = 1;
    const struct answer below = ask_staff("ImportProgramme", &f.request.base, 0);
    assert_string_equal(below.rule, "enrolment.capacity.below-taken");
    assert_string_equal(below.problem->facts[2]->name, "reserved"); /* they count too */
    f.implementation[0].capacity = 2;
    f.programme.n_implementations = 1; /* left out is left alone */
    f.title.fi = (char *)"Uusi nimi";
    const Enrolment__ImportReport *report = import_ok(&f);
    assert_int_equal(lines_of(report, CHANGES), 1);
    assert_true(lines_of(report, NOTE) >= 1);
    p = ask_public("GetProgramme", &get.base);
    m = (const Enrolment__Programme *)p.message;
    assert_int_equal(m->n_implementations, 2);
    assert_int_equal(m->taken, 2);
    assert_int_equal(m->waiting, 0);
    assert_int_equal(p.version, 3);
    assert_string_equal(m->title->fi, "Uusi nimi");
    assert_int_equal(ask_as(rig_new_id(), RIG_PARTICIPANT, "ImportProgramme", &f.request.base, 0).err, ERR_FORBIDDEN);
    assert_int_equal(ask_public("ImportProgramme", &f.request.base).err, ERR_UNAUTHENTICATED);
}

static void test_window_set(void **state)
{
    struct file f;
    (void)state;
    file_init(&f, "windows");
    const struct uuid programme = rig_id(import_ok(&f)->programme_id);
    Enrolment__SetWindowRequest set = ENROLMENT__SET_WINDOW_REQUEST__INIT;
    set.programme_id = rig_bytes(&programme);
    set.opens_us = f.window.closes_us;
    set.closes_us = f.window.closes_us + TIME_DAY;
    assert_int_equal(ask_staff("SetWindow", &set.base, 0).err, ERR_PRECONDITION_REQUIRED);
    const struct answer added = ask_staff("SetWindow", &set.base, 1);
    assert_int_equal(added.err, ERR_OK);
    const Enrolment__Programme *p = (const Enrolment__Programme *)added.message;
    assert_int_equal(p->n_windows, 2);
    set.opens_us--;
    assert_string_equal(ask_staff("SetWindow", &set.base, 2).rule, "enrolment.window.overlap");
    set.window_id = p->windows[1]->id; /* moving it away from itself is no overlap */
    set.opens_us += 2;
    assert_int_equal(((const Enrolment__Programme *)ask_staff("SetWindow", &set.base, 2).message)->n_windows, 2);
    set.closes_us = set.opens_us;
    assert_string_equal(ask_staff("SetWindow", &set.base, 3).rule, "enrolment.window.order");
    assert_string_equal(ask_staff("SetWindow", &set.base, 3).field, "closesAt");
    set.closes_us++;
    set.window_id = rig_bytes(&programme);
    assert_int_equal(ask_staff("SetWindow", &set.base, 3).err, ERR_NOT_FOUND);
}

/* A code that a programme has given up is free for another one. */
static void test_import_renamed(void **state)
{
    struct file f;
    (void)state;
    file_init(&f, "renamed-before");
    const struct uuid first = rig_id(import_ok(&f)->programme_id);
    f.programme.id = rig_bytes(&first);
    f.programme.code = (char *)"renamed-after";
    const struct uuid renamed = rig_id(import_ok(&f)->programme_id);
    assert_memory_equal(first.b, renamed.b, sizeof first.b);
    f.programme.id = (ProtobufCBinaryData){0};
    f.programme.code = (char *)"renamed-before";
    const struct uuid other = rig_id(import_ok(&f)->programme_id);
    assert_memory_not_equal(first.b, other.b, sizeof first.b);
    const struct uuid again = rig_id(import_ok(&f)->programme_id);
    assert_memory_equal(other.b, again.b, sizeof other.b);
}

/* A programme that would no longer fit into one event is refused, whoever long ago brought the rest of it. */
static void test_import_bounds(void **state)
{
    enum { MANY = 51 };
    static char wide[201], wider[501], codes[MANY][16];
    static Enrolment__Implementation all[MANY], *list[MANY];
    Bus__Text name = {.base = PROTOBUF_C_MESSAGE_INIT(&bus__text__descriptor), .fi = wide, .sv = wide, .en = wide};
    Bus__Text audience = {.base = PROTOBUF_C_MESSAGE_INIT(&bus__text__descriptor), .fi = wider, .sv = wider, .en = wider};
    struct file f;
    (void)state;
    file_init(&f, "bounds");
    memset(wide, 'x', sizeof wide - 1);
    memset(wider, 'y', sizeof wider - 1);
    for (size_t i = 0; i < MANY; i++) {
        enrolment__implementation__init(&all[i]);
        (void)snprintf(codes[i], sizeof codes[i], "first-%zu", i);
        all[i].code = codes[i];
        all[i].title = all[i].organiser = &name;
        all[i].audience = &audience;
        all[i].capacity = 1;
        list[i] = &all[i];
    }
    f.programme.implementations = list;
    f.programme.n_implementations = MANY - 1;
    (void)import_ok(&f);
    for (size_t i = 0; i < MANY; i++)
        (void)snprintf(codes[i], sizeof codes[i], "second-%zu", i);
    const struct answer large = ask_staff("ImportProgramme", &f.request.base, 0);
    assert_int_equal(large.err, ERR_TOO_LARGE);
    for (size_t i = 0; i < MANY; i++)
        all[i].title = all[i].organiser = all[i].audience = &f.other;
    f.programme.n_implementations = MANY;
    const struct answer many = ask_staff("ImportProgramme", &f.request.base, 0);
    assert_int_equal(many.err, ERR_INVALID);
    assert_string_equal(many.field, "programme.implementations");
    f.programme.n_implementations = MANY - 1;
    (void)import_ok(&f);
    memset(wide, 'z', sizeof wide - 1); /* more differences than a reply can tell: it says how many it leaves out */
    for (size_t i = 0; i < MANY; i++)
        all[i].title = all[i].organiser = &name;
    f.request.dry_run = true;
    const Enrolment__ImportReport *report = import_ok(&f);
    assert_non_null(strstr(report->lines[report->n_lines - 1]->text->en, "lines more"));
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(*) from enrolment.implementation where code like 'first-%%' or code like 'second-%%'"), 100);
}

static const Enrolment__Programme *programme_seen(struct uuid id)
{
    Enrolment__GetProgrammeRequest get = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;
    get.programme_id = rig_bytes(&id);
    const struct answer a = ask_public("GetProgramme", &get.base);
    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__Programme *)a.message;
}

/* Windows with and without an id in one file: each of them is kept, and each has an id of its own. */
static void test_import_windows(void **state)
{
    Enrolment__Window second = ENROLMENT__WINDOW__INIT, third = ENROLMENT__WINDOW__INIT;
    Enrolment__Window *windows[3] = {&second, NULL, &third};
    struct file f;
    (void)state;
    file_init(&f, "window-ids");
    const struct uuid id = rig_id(import_ok(&f)->programme_id);
    f.window.id = programme_seen(id)->windows[0]->id;
    second.opens_us = f.window.closes_us;
    second.closes_us = second.opens_us + TIME_DAY;
    third.id = f.window.id; /* a copied line */
    third.opens_us = second.closes_us;
    third.closes_us = third.opens_us + TIME_DAY;
    windows[1] = &f.window;
    f.programme.windows = windows;
    f.programme.n_windows = 3;
    (void)import_ok(&f);
    const Enrolment__Programme *p = programme_seen(id);
    assert_int_equal(p->n_windows, 3);
    assert_memory_equal(p->windows[0]->id.data, f.window.id.data, 16); /* what was known keeps its id */
    assert_true(p->windows[0]->opens_us == f.window.opens_us && p->windows[1]->opens_us == second.opens_us);
    assert_true(p->windows[2]->opens_us == third.opens_us);
}

/* A key belongs to who used it: what another coordinator adds with the same one is another window. */
static void test_window_keys(void **state)
{
    struct file f;
    (void)state;
    file_init(&f, "window-keys");
    const struct uuid programme = rig_id(import_ok(&f)->programme_id);
    Enrolment__SetWindowRequest set = ENROLMENT__SET_WINDOW_REQUEST__INIT;
    set.programme_id = rig_bytes(&programme);
    for (uint64_t i = 1; i <= 2; i++) {
        set.opens_us = f.window.closes_us + (int64_t)i * TIME_DAY;
        set.closes_us = set.opens_us + TIME_HOUR;
        const struct ask ask = {.method = "SetWindow",
                                .message = &set.base,
                                .actor = rig_new_id(),
                                .roles = RIG_COORDINATOR,
                                .key = "add-a-window",
                                .if_match = i};
        assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
        assert_true(rig_ask(rig, &ask).replayed);
    }
    assert_int_equal(programme_seen(programme)->n_windows, 3);
}

static void test_people(void **state)
{
    (void)state;
    const struct uuid who = rig_person(rig, "teacher", "basic"), other = rig_person(rig, "principal", "basic");
    Enrolment__GetPersonRequest get = ENROLMENT__GET_PERSON_REQUEST__INIT;
    struct answer a = ask_as(who, RIG_PARTICIPANT, "GetPerson", &get.base, 0);
    assert_int_equal(a.version, 1);
    assert_string_equal(((const Enrolment__Person *)a.message)->role, "teacher");
    get.person_id = rig_bytes(&other);
    assert_int_equal(ask_as(who, RIG_PARTICIPANT, "GetPerson", &get.base, 0).err, ERR_FORBIDDEN);
    assert_int_equal(ask_public("GetPerson", &get.base).err, ERR_UNAUTHENTICATED);
    assert_int_equal(ask_staff("GetPerson", &get.base, 0).err, ERR_OK);

    Enrolment__PutPersonRequest put = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person person = *(const Enrolment__Person *)a.message;
    put.person = &person;
    a = ask_as(who, RIG_PARTICIPANT, "PutPerson", &put.base, 0);
    assert_int_equal(a.version, 1); /* the same again changes nothing */
    person.role = (char *)"principal";
    a = ask_as(who, RIG_PARTICIPANT, "PutPerson", &put.base, 1);
    assert_int_equal(a.version, 2);
    person.role = (char *)"other";
    assert_int_equal(ask_as(who, RIG_PARTICIPANT, "PutPerson", &put.base, 1).err, ERR_PRECONDITION);
    assert_int_equal(ask_as(other, RIG_PARTICIPANT, "PutPerson", &put.base, 0).err, ERR_FORBIDDEN);
    assert_int_equal(ask_staff("PutPerson", &put.base, 2).version, 3);
}

static void test_follow(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "follow", .cap = 3, .capacity = 3, .count = 1});
    Enrolment__FollowRequest follow = ENROLMENT__FOLLOW_REQUEST__INIT;
    const struct uuid who = rig_new_id();
    follow.programme_id = rig_bytes(&world.programme);
    for (int i = 0; i < 2; i++)
        assert_true(((const Enrolment__FollowReply *)ask_as(who, RIG_PARTICIPANT, "Follow", &follow.base, 0).message)->following);
    follow.stop = true;
    assert_false(((const Enrolment__FollowReply *)ask_as(who, RIG_PARTICIPANT, "Follow", &follow.base, 0).message)->following);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.Followed.v1'"), 2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.follower"), 0);
    follow.programme_id = rig_bytes(&who);
    assert_int_equal(ask_as(who, RIG_PARTICIPANT, "Follow", &follow.base, 0).err, ERR_NOT_FOUND);
    assert_int_equal(ask_public("Follow", &follow.base).err, ERR_UNAUTHENTICATED);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_import, rig_group_rest), /* a dry run tells and changes nothing; the same file twice makes one */
        cmocka_unit_test_setup(test_import_changes, rig_group_rest), /* titles and capacities change, seats taken never; a raise promotes */
        cmocka_unit_test_setup(test_window_set, rig_group_rest),     /* added, moved, never overlapping, never empty; If-Match */
        cmocka_unit_test_setup(test_import_renamed, rig_group_rest), /* a code given up is free again */
        cmocka_unit_test_setup(test_import_bounds, rig_group_rest),  /* what stays and what comes must fit together into one event */
        cmocka_unit_test_setup(test_import_windows, rig_group_rest), /* windows with and without ids in one file: none is lost */
        cmocka_unit_test_setup(test_window_keys, rig_group_rest),    /* the same key by another coordinator adds another window */
        cmocka_unit_test_setup(test_people, rig_group_rest),         /* oneself or staff; versions; the same again changes nothing */
        cmocka_unit_test_setup(test_follow, rig_group_rest)          /* followed once, left once, two events */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment programmes", tests, start, rig_group_stop));
}
