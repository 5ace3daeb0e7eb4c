/* Bad input: every field absent, too long, of the wrong shape. Each gives its own clear problem and changes nothing. */
#include "tests/service/enrolment/rig.h"

static struct rig *rig;
static struct world world;
static struct uuid person;
static char long_text[700];

static void expect(const char *method, const ProtobufCMessage *message, uint32_t roles, enum err err, const char *rule, const char *field)
{
    const struct answer a = rig_ask(rig, &(struct ask){.method = method,
                                                       .message = message,
                                                       .actor = roles == RIG_COORDINATOR ? rig_coordinator() : person,
                                                       .roles = roles,
                                                       .if_match = 1});
    if (a.err != err || strcmp(a.rule, rule) != 0 || strcmp(a.field, field) != 0)
        fail_msg("%s: expected %s %s (%d), got %s %s (%d)", method, rule, field, (int)err, a.rule, a.field, (int)a.err);
    if (err == ERR_INVALID)
        assert_true(strlen(a.problem->detail->fi) > 0 && strlen(a.problem->detail->sv) > 0 && strlen(a.problem->detail->en) > 0);
}

/* A field of an id: absent, short, long, nil. */
static void expect_id(const char *method, const ProtobufCMessage *message, ProtobufCBinaryData *id, uint32_t roles, const char *field,
                      bool optional)
{
    static uint8_t bytes[64] = {1};
    static uint8_t nil[16] = {0};
    const ProtobufCBinaryData kept = *id;
    if (!optional) {
        *id = (ProtobufCBinaryData){0};
        expect(method, message, roles, ERR_INVALID, "field.missing", field);
    }
    for (size_t len = 1; len <= 64; len += len == 15 ? 2 : 7) {
        *id = (ProtobufCBinaryData){len, bytes};
        expect(method, message, roles, ERR_INVALID, "field.id", field);
    }
    *id = (ProtobufCBinaryData){16, nil};
    expect(method, message, roles, ERR_INVALID, "field.id", field);
    *id = kept;
}

static void test_ids(void **state)
{
    struct uuid some = rig_new_id();
    (void)state;
#define ONE(type, TYPE, member, method, roles, field, optional)                                                                            \
    do {                                                                                                                                   \
        Enrolment__##type m = ENROLMENT__##TYPE##__INIT;                                                                                   \
        expect_id(method, &m.base, &m.member, roles, field, optional);                                                                     \
    } while (0)
    ONE(GetProgrammeRequest, GET_PROGRAMME_REQUEST, programme_id, "GetProgramme", RIG_PUBLIC, "programmeId", false);
    ONE(ListImplementationsRequest, LIST_IMPLEMENTATIONS_REQUEST, programme_id, "ListImplementations", RIG_PUBLIC, "programmeId", false);
    ONE(GetPersonRequest, GET_PERSON_REQUEST, person_id, "GetPerson", RIG_PARTICIPANT, "personId", true);
    ONE(FollowRequest, FOLLOW_REQUEST, programme_id, "Follow", RIG_PARTICIPANT, "programmeId", false);
    ONE(CancelRequest, CANCEL_REQUEST, registration_id, "Cancel", RIG_PARTICIPANT, "registrationId", false);
    ONE(ConfirmRequest, CONFIRM_REQUEST, registration_id, "Confirm", RIG_PARTICIPANT, "registrationId", false);
    ONE(AnswerOfferRequest, ANSWER_OFFER_REQUEST, registration_id, "AnswerOffer", RIG_PARTICIPANT, "registrationId", false);
    ONE(GetRegistrationRequest, GET_REGISTRATION_REQUEST, registration_id, "GetRegistration", RIG_PARTICIPANT, "registrationId", false);
    ONE(ListRegistrationsRequest, LIST_REGISTRATIONS_REQUEST, programme_id, "ListRegistrations", RIG_COORDINATOR, "programmeId", false);
    ONE(GetImplementationRequest, GET_IMPLEMENTATION_REQUEST, implementation_id, "GetImplementation", RIG_PUBLIC, "implementationId",
        false);
    ONE(GetHistoryRequest, GET_HISTORY_REQUEST, registration_id, "GetHistory", RIG_PARTICIPANT, "registrationId", false);
    ONE(ListRefusalsRequest, LIST_REFUSALS_REQUEST, programme_id, "ListRefusals", RIG_COORDINATOR, "programmeId", false);
    ONE(GetReceiptRequest, GET_RECEIPT_REQUEST, registration_id, "GetReceipt", RIG_PARTICIPANT, "registrationId", false);
    ONE(GetCalendarRequest, GET_CALENDAR_REQUEST, registration_id, "GetCalendar", RIG_PARTICIPANT, "registrationId", false);
    ONE(GetProgrammeCalendarRequest, GET_PROGRAMME_CALENDAR_REQUEST, programme_id, "GetProgrammeCalendar", RIG_PUBLIC, "programmeId",
        false);
    ONE(GetChainHeadRequest, GET_CHAIN_HEAD_REQUEST, implementation_id, "GetChainHead", RIG_PUBLIC, "implementationId", false);
    ONE(GetChainRequest, GET_CHAIN_REQUEST, implementation_id, "GetChain", RIG_PUBLIC, "implementationId", false);
    ONE(SetImplementationCapacityRequest, SET_IMPLEMENTATION_CAPACITY_REQUEST, implementation_id, "SetImplementationCapacity",
        RIG_COORDINATOR, "implementationId", false);
    ONE(SetProgrammeCapRequest, SET_PROGRAMME_CAP_REQUEST, programme_id, "SetProgrammeCap", RIG_COORDINATOR, "programmeId", false);
    ONE(SetWindowRequest, SET_WINDOW_REQUEST, programme_id, "SetWindow", RIG_COORDINATOR, "programmeId", false);
#undef ONE
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    list.programme_id = rig_bytes(&world.programme);
    expect_id("ListRegistrations", &list.base, &list.implementation_id, RIG_COORDINATOR, "implementationId", true);
    Enrolment__EnrolRequest enrol = ENROLMENT__ENROL_REQUEST__INIT;
    enrol.programme_id = rig_bytes(&world.programme);
    enrol.implementation_id = rig_bytes(&world.implementations[0]);
    expect_id("Enrol", &enrol.base, &enrol.programme_id, RIG_PARTICIPANT, "programmeId", false);
    expect_id("Enrol", &enrol.base, &enrol.implementation_id, RIG_PARTICIPANT, "implementationId", false);
    expect_id("Enrol", &enrol.base, &enrol.person_id, RIG_PARTICIPANT, "personId", true);
    Enrolment__HoldRequest hold = ENROLMENT__HOLD_REQUEST__INIT;
    hold.programme_id = rig_bytes(&world.programme);
    hold.implementation_id = rig_bytes(&world.implementations[0]);
    expect_id("Hold", &hold.base, &hold.programme_id, RIG_PARTICIPANT, "programmeId", false);
    expect_id("Hold", &hold.base, &hold.implementation_id, RIG_PARTICIPANT, "implementationId", false);
    hold.implementation_id = rig_bytes(&some);
    expect("Hold", &hold.base, RIG_PARTICIPANT, ERR_NOT_FOUND, "request.not-found", "implementationId");
    enrol.person_id = rig_bytes(&some);
    expect("Enrol", &enrol.base, RIG_PARTICIPANT, ERR_FORBIDDEN, "", "");
    expect("Enrol", &enrol.base, RIG_COORDINATOR, ERR_REFUSED, "enrolment.person.unknown", "personId"); /* not "your own details" */
    enrol.person_id = (ProtobufCBinaryData){0};
    expect("Enrol", &enrol.base, RIG_PARTICIPANT, ERR_REFUSED, "enrolment.person.unknown", "");
    enrol.implementation_id = rig_bytes(&some);
    expect("Enrol", &enrol.base, RIG_PARTICIPANT, ERR_NOT_FOUND, "request.not-found", "implementationId");
    enrol.programme_id = rig_bytes(&some);
    expect("Enrol", &enrol.base, RIG_PARTICIPANT, ERR_NOT_FOUND, "request.not-found", "programmeId");
}

/* Of two ids the one that leads nowhere is named. */
static void test_which_is_absent(void **state)
{
    const struct uuid some = rig_new_id();
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    (void)state;
    list.programme_id = rig_bytes(&world.programme);
    list.implementation_id = rig_bytes(&some);
    expect("ListRegistrations", &list.base, RIG_COORDINATOR, ERR_NOT_FOUND, "request.not-found", "implementationId");
    list.programme_id = rig_bytes(&some);
    expect("ListRegistrations", &list.base, RIG_COORDINATOR, ERR_NOT_FOUND, "request.not-found", "programmeId");
    Enrolment__GetFairnessRequest fairness = ENROLMENT__GET_FAIRNESS_REQUEST__INIT;
    fairness.programme_id = rig_bytes(&world.programme);
    fairness.implementation_id = rig_bytes(&some);
    expect("GetFairness", &fairness.base, RIG_COORDINATOR, ERR_NOT_FOUND, "request.not-found", "implementationId");
    Enrolment__ExportRegistrationsRequest sheet = ENROLMENT__EXPORT_REGISTRATIONS_REQUEST__INIT;
    sheet.programme_id = rig_bytes(&world.programme);
    sheet.implementation_id = rig_bytes(&some);
    expect("ExportRegistrations", &sheet.base, RIG_COORDINATOR, ERR_NOT_FOUND, "request.not-found", "implementationId");
}

static Enrolment__Person good_person(void)
{
    Enrolment__Person p = ENROLMENT__PERSON__INIT;
    p.name = (char *)"Testi Henkilö";
    p.email = (char *)"testi@example.fi";
    p.language = (char *)"sv";
    p.role = (char *)"teacher";
    p.level = (char *)"basic";
    p.organisation_kind = (char *)"state";
    return p;
}

static void test_person(void **state)
{
    Enrolment__PutPersonRequest put = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person p = good_person();
    const struct {
        char **at;
        const char *value, *rule, *field;
    } rows[] = {
        {&p.name, "", "field.missing", "name"},
        {&p.name, long_text, "field.length", "name"},
        {&p.name, "Rivi\nvaihto", "field.text", "name"},
        {&p.name, "Rivi\xc2\x85vaihto", "field.text", "name"},
        {&p.name, "Rivi\xe2\x80\xaevaihto", "field.text", "name"}, /* U+202E would turn what a letter says behind it */
        {&p.email, "", "field.missing", "email"},
        {&p.email, "ei osoite", "field.email", "email"},
        {&p.email, long_text, "field.email", "email"},
        {&p.email, "päivi@example.fi", "field.email-ascii", "email"},
        {&p.language, "", "field.missing", "language"},
        {&p.language, "de", "field.word", "language"},
        {&p.role, "boss", "field.word", "role"},
        {&p.level, long_text, "field.word", "level"},
        {&p.organisation_kind, "ngo", "field.word", "organisationKind"},
        {&p.organisation, long_text, "field.length", "organisation"},
        {&p.organisation, "a\tb", "field.text", "organisation"},
        {&p.region, "Uusimaa", "field.code", "region"},
        {&p.region, long_text, "field.length", "region"},
    };
    (void)state;
    expect("PutPerson", &put.base, RIG_PARTICIPANT, ERR_INVALID, "field.missing", "person");
    put.person = &p;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *kept = *rows[i].at;
        *rows[i].at = (char *)(uintptr_t)rows[i].value;
        expect("PutPerson", &put.base, RIG_PARTICIPANT, ERR_INVALID, rows[i].rule, rows[i].field);
        *rows[i].at = kept;
    }
    expect_id("PutPerson", &put.base, &p.id, RIG_PARTICIPANT, "person.id", true);
}

static const char *fact_of(const struct answer *a, const char *name)
{
    for (size_t i = 0; a->problem != NULL && i < a->problem->n_facts; i++)
        if (strcmp(a->problem->facts[i]->name, name) == 0)
            return a->problem->facts[i]->value;
    return "";
}

static struct answer put_own(Enrolment__Person *p)
{
    Enrolment__PutPersonRequest put = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    put.person = p;
    return rig_ask(rig, &(struct ask){.method = "PutPerson", .message = &put.base, .actor = person, .roles = RIG_PARTICIPANT});
}

static void test_person_told(void **state)
{
    Enrolment__Person p = good_person();
    Enrolment__GetPersonRequest get = ENROLMENT__GET_PERSON_REQUEST__INIT;
    (void)state;
    p.role = (char *)"rehtori";
    struct answer a = put_own(&p);
    assert_string_equal(fact_of(&a, "value"), "rehtori");
    assert_string_equal(fact_of(&a, "allowed"), "teacher, principal, daycare_director, leadership_team, education_director, other");
    p.name = p.email = p.language = p.role = (char *)"";
    a = put_own(&p);
    assert_string_equal(a.field, "name");
    assert_string_equal(fact_of(&a, "missing"), "name, email, language");
    expect("GetPerson", &get.base, RIG_PARTICIPANT, ERR_NOT_FOUND, "enrolment.person.unknown", "");
    get.person_id = rig_bytes(&person);
    expect("GetPerson", &get.base, RIG_COORDINATOR, ERR_NOT_FOUND, "", "");
}

static void test_edits(void **state)
{
    Enrolment__SetImplementationCapacityRequest seats = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    Enrolment__SetProgrammeCapRequest cap = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__INIT;
    Enrolment__SetWindowRequest window = ENROLMENT__SET_WINDOW_REQUEST__INIT;
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;
    const struct uuid nobody = rig_new_id();
    (void)state;
    seats.implementation_id = rig_bytes(&world.implementations[0]);
    expect("SetImplementationCapacity", &seats.base, RIG_COORDINATOR, ERR_INVALID, "field.missing", "capacity");
    seats.seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    seats.capacity = 100001;
    expect("SetImplementationCapacity", &seats.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "capacity");
    expect("SetImplementationCapacity", &seats.base, RIG_PARTICIPANT, ERR_FORBIDDEN, "", "");
    seats.capacity = 1;
    seats.waiting_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP;
    seats.waiting_cap = 2001;
    expect("SetImplementationCapacity", &seats.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "waitingCap");
    seats.waiting_cap = 1;
    seats.reason = long_text;
    expect("SetImplementationCapacity", &seats.base, RIG_COORDINATOR, ERR_INVALID, "field.length", "reason");
    seats.reason = (char *)"";
    seats.implementation_id = rig_bytes(&nobody);
    expect("SetImplementationCapacity", &seats.base, RIG_COORDINATOR, ERR_NOT_FOUND, "", "");
    cap.programme_id = rig_bytes(&nobody);
    expect("SetProgrammeCap", &cap.base, RIG_COORDINATOR, ERR_INVALID, "field.missing", "cap");
    cap.seats_case = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP;
    cap.cap = 100001;
    expect("SetProgrammeCap", &cap.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "cap");
    cap.cap = 1;
    expect("SetProgrammeCap", &cap.base, RIG_COORDINATOR, ERR_NOT_FOUND, "", "");
    cap.reason = long_text;
    expect("SetProgrammeCap", &cap.base, RIG_COORDINATOR, ERR_INVALID, "field.length", "reason");
    window.programme_id = rig_bytes(&world.programme);
    expect("SetWindow", &window.base, RIG_COORDINATOR, ERR_INVALID, "field.missing", "opensAt");
    window.opens_us = 5;
    expect("SetWindow", &window.base, RIG_COORDINATOR, ERR_INVALID, "field.missing", "closesAt");
    window.closes_us = INT64_MAX;
    expect("SetWindow", &window.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "closesAt");
    cancel.registration_id = rig_bytes(&nobody);
    expect("Cancel", &cancel.base, RIG_PARTICIPANT, ERR_NOT_FOUND, "", "");
    cancel.reason = long_text;
    expect("Cancel", &cancel.base, RIG_PARTICIPANT, ERR_INVALID, "field.length", "reason");
}

static void test_pages(void **state)
{
    Enrolment__ListProgrammesRequest programmes = ENROLMENT__LIST_PROGRAMMES_REQUEST__INIT;
    Enrolment__ListRegistrationsRequest registrations = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    Enrolment__ListRefusalsRequest refusals = ENROLMENT__LIST_REFUSALS_REQUEST__INIT;
    Enrolment__ListAnnouncementsRequest announcements = ENROLMENT__LIST_ANNOUNCEMENTS_REQUEST__INIT;
    Enrolment__GetChainRequest chain = ENROLMENT__GET_CHAIN_REQUEST__INIT;
    (void)state;
    programmes.page_size = 201;
    expect("ListProgrammes", &programmes.base, RIG_PUBLIC, ERR_INVALID, "field.range", "pageSize");
    programmes.page_size = 200;
    programmes.page_token = long_text;
    expect("ListProgrammes", &programmes.base, RIG_PUBLIC, ERR_INVALID, "field.page-token", "pageToken");
    programmes.page_token = (char *)"eligible"; /* base64 of bytes that are no text */
    expect("ListProgrammes", &programmes.base, RIG_PUBLIC, ERR_INVALID, "field.text", "pageToken");
    registrations.programme_id = rig_bytes(&world.programme);
    registrations.implementation_id = rig_bytes(&world.implementations[0]);
    registrations.page_token = (char *)"AAAAAAA"; /* five bytes: of the whole programme's list */
    expect("ListRegistrations", &registrations.base, RIG_COORDINATOR, ERR_INVALID, "field.page-token", "pageToken");
    registrations.page_token = (char *)"AAA";
    expect("ListRegistrations", &registrations.base, RIG_COORDINATOR, ERR_INVALID, "field.page-token", "pageToken");
    registrations.state = (Enrolment__State)9;
    expect("ListRegistrations", &registrations.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "state");
    refusals.programme_id = rig_bytes(&world.programme);
    refusals.page_token = (char *)"AAAAAAAA";
    expect("ListRefusals", &refusals.base, RIG_COORDINATOR, ERR_INVALID, "field.page-token", "pageToken");
    announcements.programme_id = rig_bytes(&world.programme);
    announcements.page_token = (char *)"f39_f39_f39_f39_f39_f39_f39_f39_"; /* a time that no calendar has */
    expect("ListAnnouncements", &announcements.base, RIG_COORDINATOR, ERR_INVALID, "field.range", "pageToken");
    chain.implementation_id = rig_bytes(&world.implementations[0]);
    chain.after_n = UINT32_MAX;
    expect("GetChain", &chain.base, RIG_PUBLIC, ERR_INVALID, "field.range", "afterN");
}

/* --- an import, one field wrong at a time ------------------------------------------------------------------------------------------ */

struct file {
    Enrolment__ImportProgrammeRequest request;
    Enrolment__Programme programme;
    Enrolment__Implementation implementation, twin, *implementations[2];
    Enrolment__Unit unit, *units[1];
    Enrolment__Webinar webinar, *webinars[1];
    Enrolment__Window window, second, *windows[2];
    Enrolment__Rule rule, *rules[1];
    Bus__Text title, empty;
    char *allowed[1], *places[1];
};

static void file_init(struct file *f)
{
    enrolment__import_programme_request__init(&f->request);
    enrolment__programme__init(&f->programme);
    enrolment__implementation__init(&f->implementation);
    enrolment__unit__init(&f->unit);
    enrolment__webinar__init(&f->webinar);
    enrolment__window__init(&f->window);
    enrolment__rule__init(&f->rule);
    bus__text__init(&f->title);
    bus__text__init(&f->empty);
    f->title.fi = (char *)"Otsikko";
    f->implementation.code = (char *)"a";
    f->implementation.title = f->implementation.organiser = &f->title;
    f->implementation.capacity = 1;
    f->twin = f->implementation;
    f->implementations[0] = &f->implementation;
    f->implementations[1] = &f->twin;
    f->places[0] = (char *)"Mikkeli";
    f->webinar.starts_us = 1000;
    f->webinars[0] = &f->webinar;
    f->unit.title = &f->title;
    f->unit.webinars = f->webinars;
    f->unit.n_webinars = 1;
    f->units[0] = &f->unit;
    f->window.opens_us = 1000;
    f->window.closes_us = 2000;
    f->second = f->window;
    f->windows[0] = &f->window;
    f->windows[1] = &f->second;
    f->allowed[0] = (char *)"teacher";
    f->rule = (Enrolment__Rule){
        .base = f->rule.base, .rule = (char *)"r", .fact = (char *)"role", .n_allowed = 1, .allowed = f->allowed, .reason = &f->title};
    f->rules[0] = &f->rule;
    f->programme.code = (char *)"bounds";
    f->programme.title = &f->title;
    f->programme.cap = 1;
    f->programme.implementations = f->implementations;
    f->programme.n_implementations = 1;
    f->programme.units = f->units;
    f->programme.n_units = 1;
    f->programme.windows = f->windows;
    f->programme.n_windows = 1;
    f->programme.rules = f->rules;
    f->programme.n_rules = 1;
    f->request.programme = &f->programme;
}

static void test_import(void **state)
{
    struct file f;
    (void)state;
#define WRONG(change, rule, field)                                                                                                         \
    do {                                                                                                                                   \
        file_init(&f);                                                                                                                     \
        change;                                                                                                                            \
        expect("ImportProgramme", &f.request.base, RIG_COORDINATOR, ERR_INVALID, rule, field);                                             \
    } while (0)
    WRONG(f.request.programme = NULL, "field.missing", "programme");
    WRONG(f.programme.code = (char *)"", "field.missing", "programme.code");
    WRONG(f.programme.code = (char *)"VEPO!", "field.code", "programme.code");
    WRONG(f.programme.code = long_text, "field.length", "programme.code");
    WRONG(f.programme.title = NULL, "field.missing", "programme.title");
    WRONG(f.programme.title = &f.empty, "field.missing", "programme.title.fi");
    WRONG(f.title.sv = long_text, "field.length", "programme.title.sv");
    WRONG(f.programme.cap = 0, "enrolment.import.no-seats", "programme.cap");
    WRONG(f.implementation.capacity = 0, "enrolment.import.no-seats", "programme.implementations[0].capacity");
    WRONG(f.programme.cap = 100001, "field.range", "programme.cap");
    WRONG(f.programme.credits_tenths = 3001, "field.range", "programme.creditsTenths");
    WRONG(f.programme.reply_hours = 1441, "field.range", "programme.replyHours");
    WRONG(f.unit.title = NULL, "field.missing", "programme.units[0].title");
    WRONG(f.unit.credits_tenths = 3001, "field.range", "programme.units[0].creditsTenths");
    WRONG(f.webinar.starts_us = 0, "field.missing", "programme.units[0].webinars[0].startsAt");
    WRONG(f.webinar.ends_us = 999, "enrolment.webinar.order", "programme.units[0].webinars[0].endsAt");
    WRONG(f.implementation.code = (char *)"", "field.missing", "programme.implementations[0].code");
    WRONG(f.implementation.organiser = &f.empty, "field.missing", "programme.implementations[0].organiser.fi");
    WRONG(f.implementation.region = (char *)"Å", "field.code", "programme.implementations[0].region");
    WRONG(f.implementation.mode = (Enrolment__Mode)4, "field.range", "programme.implementations[0].mode");
    WRONG(f.implementation.capacity = 100001, "field.range", "programme.implementations[0].capacity");
    WRONG(f.implementation.waiting_cap = 2001, "field.range", "programme.implementations[0].waitingCap");
    WRONG((f.implementation.places = f.places, f.implementation.n_places = 1, f.places[0] = (char *)"a\nb"), "field.text",
          "programme.implementations[0].places[0]");
    WRONG(f.programme.n_implementations = 2, "field.twice", "programme.implementations[1].code");
    WRONG(f.window.opens_us = 0, "field.missing", "programme.windows[0].opensAt");
    WRONG(f.window.closes_us = 0, "field.missing", "programme.windows[0].closesAt");
    WRONG(f.rule.rule = (char *)"", "field.missing", "programme.rules[0].rule");
    WRONG(f.rule.fact = (char *)"age", "field.word", "programme.rules[0].fact");
    WRONG(f.rule.n_allowed = 0, "field.range", "programme.rules[0].allowed");
    WRONG(f.allowed[0] = (char *)"boss", "field.word", "programme.rules[0].allowed[0]");
    WRONG(f.rule.reason = NULL, "field.missing", "programme.rules[0].reason");
#undef WRONG
    file_init(&f);
    f.window.closes_us = f.window.opens_us;
    expect("ImportProgramme", &f.request.base, RIG_COORDINATOR, ERR_REFUSED, "enrolment.window.order", "programme.windows[0].closesAt");
    file_init(&f);
    f.programme.n_windows = 2;
    expect("ImportProgramme", &f.request.base, RIG_COORDINATOR, ERR_REFUSED, "enrolment.window.overlap", "");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.programme where code = 'bounds'"), 0);
    file_init(&f);
    expect("ImportProgramme", &f.request.base, RIG_COORDINATOR, ERR_OK, "", "");
}

static void test_nobody_disturbed(void **state)
{
    (void)state; /* after all that, the service serves */
    const struct answer a = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    assert_int_equal(rig_registration(&a)->order_no, 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration"), 1);
}

static int start(void **state)
{
    memset(long_text, 'a', sizeof long_text - 1);
    *state = rig = rig_new(1, 1);
    world = rig_programme(rig, &(struct programme_plan){.code = "world", .cap = 5, .capacity = 5, .count = 1});
    person = rig_new_id();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_ids, rig_group_rest),             /* every id: absent, short, long, nil, unknown */
        cmocka_unit_test_setup(test_which_is_absent, rig_group_rest), /* 404 with the field at fault */
        cmocka_unit_test_setup(test_person, rig_group_rest),          /* every field of a person */
        cmocka_unit_test_setup(test_person_told, rig_group_rest),     /* all that is missing, the words allowed, who is not known yet */
        cmocka_unit_test_setup(test_edits, rig_group_rest),           /* every field of an edit by staff */
        cmocka_unit_test_setup(test_pages, rig_group_rest),           /* sizes and tokens of pages */
        cmocka_unit_test_setup(test_import, rig_group_rest),          /* every field of a programme */
        cmocka_unit_test_setup(test_nobody_disturbed, rig_group_rest) /* none of it changed anything */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment bounds", tests, start, rig_group_stop));
}
