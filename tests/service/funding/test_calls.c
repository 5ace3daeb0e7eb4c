/* Grant calls over real NNG and PostgreSQL: made, published, called off; who may see and change them; their register numbers, officials,
 * files and money. */
#include "tests/service/funding/desk.h"

static struct rig *rig;

/* --- made and read ------------------------------------------------------------------------------------------------------ */
static void test_a_call_is_given_back_as_it_was_written(void **state)
{
    (void)state;
    Funding__CallContent *content = rig_content(rig, &(struct call_plan){.code = "given-back", .themes = 3, .own_permille = 50});
    const Funding__Call *made = desk_call(desk_create(rig, rig_new_id(), RIG_PREPARER, content));
    const Funding__Call *call = desk_seen(rig, rig_id(made->id));
    assert_int_equal(call->state, FUNDING__CALL_STATE__CALL_DRAFT);
    assert_int_equal(call->phase, FUNDING__PHASE__PHASE_UNPUBLISHED);
    assert_string_equal(call->content->title->sv, content->title->sv);
    assert_string_equal(call->content->terms->en, content->terms->en);
    assert_string_equal(call->content->use_until, content->use_until);
    assert_string_equal(call->content->interim_due, content->interim_due);
    assert_int_equal(call->content->opens_us, content->opens_us);
    assert_int_equal(call->content->closes_us, content->closes_us);
    assert_int_equal(call->content->own_permille, 50);
    assert_int_equal(call->content->n_groups, 1);
    assert_int_equal(call->content->groups[0]->n_themes, 3);
    assert_string_equal(call->content->groups[0]->themes[2]->title->fi, "Teema 3");
    assert_int_equal(call->content->groups[0]->themes[2]->allocation_cents, 100000000);
    assert_int_equal(call->content->n_criteria, 2);
    assert_int_equal(call->content->criteria[0]->weight, 60);
    assert_true(call->content->questions[0]->required);
    assert_int_equal(call->content->allocation_cents, 300000000);
}

static void test_register_numbers_have_no_gaps(void **state)
{
    char expected[32];
    (void)state;
    const int64_t last = kit_sql_int(rig_pg(rig), "select coalesce(max(last), 0) from funding.register_series where series = '20.01'");
    const int64_t year = kit_sql_int(rig_pg(rig), "select extract(year from now() at time zone 'Europe/Helsinki')");
    const Funding__Call *first =
        desk_call(desk_create(rig, rig_new_id(), RIG_PREPARER, rig_content(rig, &(struct call_plan){.code = "number-1"})));
    (void)snprintf(expected, sizeof expected, "%d/20.01/%d", (int)last + 1, (int)year);
    assert_string_equal(first->register_number, expected);
    /* Refused: it takes none. */
    desk_refused(desk_create(rig, rig_new_id(), RIG_PREPARER, rig_content(rig, &(struct call_plan){.code = "number-1"})), ERR_REFUSED,
                 "funding.call.code-taken");
    const Funding__Call *second =
        desk_call(desk_create(rig, rig_new_id(), RIG_PREPARER, rig_content(rig, &(struct call_plan){.code = "number-2"})));
    (void)snprintf(expected, sizeof expected, "%d/20.01/%d", (int)last + 2, (int)year);
    assert_string_equal(second->register_number, expected);
}

static void test_two_at_once_get_different_numbers(void **state)
{
    Funding__CreateCallRequest request = FUNDING__CREATE_CALL_REQUEST__INIT;
    struct answer *answers[16];
    (void)state;
    for (size_t i = 0; i < 16; i++) {
        request.content = rig_content(rig, &(struct call_plan){.code = arena_printf(rig_arena(rig), "rush-%zu", i)});
        answers[i] = rig_send(
            rig,
            &(struct ask){.method = "CreateCall", .message = &request.base, .actor = rig_new_id(), .roles = RIG_PREPARER, .client = i % 4});
    }
    rig_wait(rig);
    for (size_t i = 0; i < 16; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(desk_call(*answers[i])->register_number, desk_call(*answers[k])->register_number);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select max(split_part(register_number, '/', 1)::int) - count(*) from funding.call"), 0);
}

static void test_the_same_key_makes_one(void **state)
{
    Funding__CreateCallRequest request = FUNDING__CREATE_CALL_REQUEST__INIT;
    (void)state;
    request.content = rig_content(rig, &(struct call_plan){.code = "once"});
    const struct ask ask = {
        .method = "CreateCall", .message = &request.base, .actor = rig_new_id(), .roles = RIG_PREPARER, .key = "the same"};
    const struct answer first = rig_ask(rig, &ask), again = rig_ask(rig, &ask);
    assert_true(again.replayed);
    assert_string_equal(desk_call(first)->register_number, desk_call(again)->register_number);
}

static void test_who_may(void **state)
{
    (void)state;
    Funding__CallContent *content = rig_content(rig, &(struct call_plan){.code = "who-may"});
    desk_refused(desk_create(rig, (struct uuid){{0}}, RIG_PUBLIC, content), ERR_UNAUTHENTICATED, "");
    desk_refused(desk_create(rig, rig_new_id(), RIG_APPLICANT | RIG_ADMIN | RIG_DECIDER, content), ERR_FORBIDDEN, "");
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "who-may", .draft = true});
    desk_refused(desk_get(rig, RIG_PUBLIC, call.id), ERR_NOT_FOUND, "");
    desk_refused(desk_get(rig, RIG_APPLICANT, call.id), ERR_NOT_FOUND, "");
    assert_int_equal(desk_get(rig, RIG_ADMIN, call.id).err, ERR_OK);
    /* A preparer of other calls may look, and change nothing. */
    desk_refused(desk_move(rig, "PublishCall", &call, rig_new_id(), RIG_PREPARER, ""), ERR_FORBIDDEN, "funding.call.not-preparer");
    assert_int_equal(desk_move(rig, "PublishCall", &call, call.second_preparer, RIG_PREPARER, "").err, ERR_OK);
    const Funding__Call *seen = desk_call(desk_get(rig, RIG_PUBLIC, call.id));
    assert_int_equal(seen->n_officials, 0);
    assert_int_equal(desk_seen(rig, call.id)->n_officials, 7);
}

/* Makes one mistake in a good call: the row of test_fields_are_checked with this number. */
static void spoil(Funding__CallContent *c, size_t i)
{
    switch (i) {
    case 0:
        c->code = (char *)"Not Small";
        break;
    case 1:
        c->kind = FUNDING__GRANT_KIND__GRANT_UNKNOWN;
        break;
    case 2:
        c->title = rig_text(rig, "", "bara på svenska", "");
        break;
    case 3:
        c->closes_us = c->opens_us;
        break;
    case 4:
        c->use_until = (char *)"2001-01-01";
        break;
    case 5:
        c->final_due = c->use_from;
        break;
    case 6:
        c->interim_due = (char *)"2026-02-30";
        break;
    case 7:
        c->answer_days = 0;
        break;
    case 8:
        c->allocation_cents -= 1;
        break;
    case 9:
        c->groups[0]->themes[1]->allocation_cents = -1;
        break;
    case 10:
        c->criteria[1]->weight = 101;
        break;
    case 11:
        c->questions[0]->most = 0;
        break;
    case 12:
        c->series = (char *)"20/01";
        break;
    }
}

static void test_fields_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        const char *rule;
    } expected[] = {{"content.code", "field.code"},
                    {"content.kind", "field.word"},
                    {"content.title.fi", "field.missing"},
                    {"content.closesAt", "funding.call.order"},
                    {"content.useUntil", "funding.call.order"},
                    {"content.finalDue", "funding.call.order"},
                    {"content.interimDue", "field.day"},
                    {"content.answerDays", "field.range"},
                    {"content.allocationCents", "funding.call.overallocated"},
                    {"content.groups[0].themes[1].allocationCents", "field.range"},
                    {"content.criteria[1].weight", "field.range"},
                    {"content.questions[0].most", "field.range"},
                    {"content.series", "field.series"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        Funding__CallContent *c = rig_content(rig, &(struct call_plan){.code = "checked"});
        spoil(c, i);
        const struct answer a = desk_create(rig, rig_new_id(), RIG_PREPARER, c);
        desk_refused(a, ERR_INVALID, expected[i].rule);
        assert_string_equal(a.field, expected[i].field);
    }
}

/* --- its life ----------------------------------------------------------------------------------------------------------- */
static void test_a_call_lives(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "lives", .opens_us = time_now_us() + TIME_DAY});
    const Funding__Call *c = desk_seen(rig, call.id);
    assert_int_equal(c->phase, FUNDING__PHASE__PHASE_UPCOMING);
    assert_int_equal(rig_events(rig, "funding.CallStored.v1", call.id), 1);
    assert_int_equal(rig_events(rig, "funding.CallMoved.v1", call.id), 1);
    assert_int_equal(desk_move(rig, "UnpublishCall", &call, call.preparer, RIG_PREPARER, "kirjoitusvirhe").err, ERR_OK);
    desk_refused(desk_get(rig, RIG_PUBLIC, call.id), ERR_NOT_FOUND, "");
    assert_int_equal(desk_move(rig, "PublishCall", &call, call.preparer, RIG_PREPARER, "").err, ERR_OK);
    rig_closes_in(rig, &call, 50 * TIME_DAY);
    (void)kit_sql(rig_pg(rig), "update funding.call set opens_at = now() where code = 'lives'");
    assert_int_equal(desk_seen(rig, call.id)->phase, FUNDING__PHASE__PHASE_OPEN);
    desk_refused(desk_move(rig, "UnpublishCall", &call, call.preparer, RIG_PREPARER, ""), ERR_REFUSED, "funding.call.opened");
    rig_closes_in(rig, &call, -TIME_HOUR);
    assert_int_equal(desk_seen(rig, call.id)->phase, FUNDING__PHASE__PHASE_CLOSED);
    desk_refused(desk_move(rig, "EndCall", &call, call.preparer, RIG_PREPARER, ""), ERR_REFUSED, "funding.call.not-resolved");

    Funding__GetMovesRequest request = FUNDING__GET_MOVES_REQUEST__INIT;
    request.machine = (char *)"call";
    request.subject_id = rig_bytes(&call.id);
    const struct answer a = desk_ask(rig, rig_new_id(), RIG_EVALUATOR, "GetMoves", &request.base, 0);
    const Funding__MoveList *moves = (const Funding__MoveList *)a.message;
    assert_int_equal(moves->n_moves, 5);
    assert_non_null(strstr(moves->moves[1]->why, "officials: added Veera Valmistelija (preparer), added Tauno Tarkastaja"));
    assert_string_equal(moves->moves[1]->to, "draft"); /* who does what in it moves nothing */
    assert_string_equal(moves->moves[1]->name, "Veera Valmistelija");
    assert_string_equal(moves->moves[3]->why, "kirjoitusvirhe");
    assert_string_equal(moves->moves[3]->to, "draft");
}

static void test_what_is_missing_keeps_it_from_being_published(void **state)
{
    Funding__GetCallRequest request = FUNDING__GET_CALL_REQUEST__INIT;
    (void)state;
    Funding__CallContent *content = rig_content(rig, &(struct call_plan){.code = "missing"});
    content->n_criteria = 0;
    content->purpose = rig_text(rig, "", "", "");
    content->allocation_cents += 1;
    const struct uuid preparer = rig_new_id();
    const struct rig_call call = {.id = rig_id(desk_call(desk_create(rig, preparer, RIG_PREPARER, content))->id), .preparer = preparer};
    const struct answer refused = desk_move(rig, "PublishCall", &call, preparer, RIG_PREPARER, "");
    desk_refused(refused, ERR_REFUSED, "funding.call.purpose");
    assert_string_equal(rig_fact(&refused, "errors"), "2");
    assert_string_equal(rig_fact(&refused, "rules"), "funding.call.purpose funding.call.criteria");
    request.call_id = rig_bytes(&call.id);
    const struct answer a = desk_ask(rig, preparer, RIG_PREPARER, "CheckCall", &request.base, 0);
    const Funding__CallChecks *checks = (const Funding__CallChecks *)a.message;
    bool unallocated = false;
    assert_false(checks->publishable);
    for (size_t i = 0; i < checks->n_findings; i++)
        if (strcmp(checks->findings[i]->rule, "funding.call.unallocated") == 0)
            unallocated = checks->findings[i]->warning && checks->findings[i]->text->sv[0] != '\0';
    assert_true(unallocated);
}

static void test_called_off_by_the_decision_maker_alone(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "called-off"});
    desk_refused(desk_move(rig, "CallOffCall", &call, call.preparer, RIG_PREPARER, "miksi"), ERR_FORBIDDEN, "");
    desk_refused(desk_move(rig, "CallOffCall", &call, rig_new_id(), RIG_DECIDER, "miksi"), ERR_FORBIDDEN, "funding.call.not-decider");
    desk_refused(desk_move(rig, "CallOffCall", &call, call.decider, RIG_DECIDER, " "), ERR_INVALID, "field.missing");
    assert_int_equal(desk_move(rig, "CallOffCall", &call, call.decider, RIG_DECIDER, "Määräraha peruttiin.").err, ERR_OK);
    const Funding__Call *c = desk_call(desk_get(rig, RIG_PUBLIC, call.id)); /* whoever had read it sees what became of it */
    assert_int_equal(c->state, FUNDING__CALL_STATE__CALL_CALLED_OFF);
    desk_refused(desk_move(rig, "CallOffCall", &call, call.decider, RIG_DECIDER, "taas"), ERR_REFUSED, "funding.call.too-late-to-call-off");
    const struct rig_call draft = rig_call(rig, &(struct call_plan){.code = "called-off-draft", .draft = true});
    assert_int_equal(desk_move(rig, "CallOffCall", &draft, draft.decider, RIG_DECIDER, "Ei tarvita.").err, ERR_OK);
    desk_refused(desk_get(rig, RIG_PUBLIC, draft.id), ERR_NOT_FOUND, "");
}

/* --- officials, files, lists, money ------------------------------------------------------------------------------------- */
static void test_officials(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "officials", .draft = true});
    Funding__SetOfficialsRequest request = FUNDING__SET_OFFICIALS_REQUEST__INIT;
    Funding__Official a = FUNDING__OFFICIAL__INIT, b = FUNDING__OFFICIAL__INIT, *both[] = {&a, &b};
    request.call_id = rig_bytes(&call.id);
    request.officials = both;
    request.n_officials = 2;
    a.person_id = b.person_id = rig_bytes(&call.preparer);
    a.name = b.name = (char *)"Veera Valmistelija";
    a.title = b.title = (char *)"asiantuntija";
    a.role = FUNDING__OFFICIAL_ROLE__OFFICIAL_PRESENTER;
    b.role = FUNDING__OFFICIAL_ROLE__OFFICIAL_DECIDER;
    desk_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "SetOfficials", &request.base, 2), ERR_INVALID,
                 "funding.official.presents-and-decides");
    b.role = FUNDING__OFFICIAL_ROLE__OFFICIAL_EVALUATOR;
    desk_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "SetOfficials", &request.base, 2), ERR_INVALID, "funding.official.no-preparer");
    b.role = FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER;
    b.responsible = true;
    desk_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "SetOfficials", &request.base, 1), ERR_PRECONDITION, "request.precondition");
    const Funding__Call *set = desk_call(desk_ask(rig, call.preparer, RIG_PREPARER, "SetOfficials", &request.base, 2));
    assert_int_equal(set->n_officials, 2);
    const Funding__Call *stored = desk_seen(rig, call.id);
    assert_int_equal(stored->n_officials, 2);
    assert_true(stored->officials[0]->responsible);
    assert_int_equal(stored->officials[1]->role, FUNDING__OFFICIAL_ROLE__OFFICIAL_PRESENTER);
    assert_string_equal(stored->officials[1]->title, "asiantuntija");
}

static void name(Funding__Official *o, struct uuid *person, Funding__OfficialRole role, const char *called)
{
    funding__official__init(o);
    o->person_id = rig_bytes(person);
    o->role = role;
    o->name = (char *)(uintptr_t)called;
    o->title = (char *)"asiantuntija";
}

static const Funding__Move *newest_move(struct uuid call, size_t count)
{
    Funding__GetMovesRequest request = FUNDING__GET_MOVES_REQUEST__INIT;
    request.machine = (char *)"call";
    request.subject_id = rig_bytes(&call);
    const struct answer a = desk_ask(rig, rig_new_id(), BUS__ROLE__ROLE_ADMIN, "GetMoves", &request.base, 0);
    assert_int_equal(a.err, ERR_OK);
    const Funding__MoveList *list = (const Funding__MoveList *)a.message;
    assert_int_equal(list->n_moves, count);
    return list->moves[count - 1];
}

/* No call is locked: a preparer stays one until the successor takes them out, an admin frees one whose officials are gone; both are told in
 * its history. */
static void test_officials_are_handed_over(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "hand-over", .draft = true});
    struct uuid first = call.preparer, next = rig_new_id(), admin = rig_new_id();
    Funding__SetOfficialsRequest request = FUNDING__SET_OFFICIALS_REQUEST__INIT;
    Funding__Official a, b, *both[] = {&a, &b};
    request.call_id = rig_bytes(&call.id);
    request.officials = both;
    request.n_officials = 1;
    name(&a, &next, FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER, "Seija Seuraaja");
    name(&b, &first, FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER, "Veera Valmistelija");
    desk_refused(desk_ask(rig, first, RIG_PREPARER, "SetOfficials", &request.base, 2), ERR_REFUSED, "funding.official.yourself");
    request.n_officials = 2;
    (void)desk_call(desk_ask(rig, first, RIG_PREPARER, "SetOfficials", &request.base, 2));
    request.n_officials = 1;
    (void)desk_call(desk_ask(rig, next, RIG_PREPARER, "SetOfficials", &request.base, 3)); /* who has come in takes the other out */
    const Funding__Move *move = newest_move(call.id, 4);
    assert_string_equal(move->why, "officials: removed Veera Valmistelija (preparer)");
    assert_string_equal(move->name, "Seija Seuraaja");
    assert_string_equal(move->from, move->to);
    /* Whoever is no official of it changes nothing, but an admin who says why. */
    desk_refused(desk_ask(rig, first, RIG_PREPARER, "SetOfficials", &request.base, 4), ERR_FORBIDDEN, "funding.call.not-preparer");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_DECIDER, "SetOfficials", &request.base, 4), ERR_FORBIDDEN, "");
    both[0] = &b;
    desk_refused(desk_ask(rig, admin, BUS__ROLE__ROLE_ADMIN, "SetOfficials", &request.base, 4), ERR_INVALID, "field.missing");
    request.reason = (char *)"Seija Seuraaja on jättänyt viraston";
    (void)desk_call(desk_ask(rig, admin, BUS__ROLE__ROLE_ADMIN, "SetOfficials", &request.base, 4));
    move = newest_move(call.id, 5);
    assert_string_equal(move->why, "officials: added Veera Valmistelija (preparer), removed Seija Seuraaja (preparer); Seija Seuraaja on "
                                   "jättänyt viraston");
    assert_memory_equal(move->actor.data, admin.b, 16);
    assert_string_equal(move->name, "");
    assert_int_equal(desk_seen(rig, call.id)->n_officials, 1);
}

static void test_files(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "files"});
    Funding__PutCallFileRequest put = FUNDING__PUT_CALL_FILE_REQUEST__INIT;
    Funding__GetCallFileRequest get = FUNDING__GET_CALL_FILE_REQUEST__INIT;
    uint8_t *content = arena_alloc(rig_arena(rig), 240001);
    for (size_t i = 0; i < 240001; i++)
        content[i] = (uint8_t)(i * 7);
    put.call_id = get.call_id = rig_bytes(&call.id);
    put.n = get.n = 2;
    put.name = (char *)"ohje.pdf";
    put.media_type = (char *)"application/pdf";
    put.content = (ProtobufCBinaryData){240001, content};
    desk_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "PutCallFile", &put.base, 3), ERR_TOO_LARGE, "funding.file.large");
    put.content.len = 240000;
    assert_int_equal(desk_call(desk_ask(rig, call.preparer, RIG_PREPARER, "PutCallFile", &put.base, 3))->n_files, 1);
    const struct answer a = desk_public(rig, "GetCallFile", &get.base);
    assert_int_equal(a.err, ERR_OK);
    const Bus__File *file = (const Bus__File *)a.message;
    assert_string_equal(file->name, "ohje.pdf");
    assert_int_equal(file->content.len, 240000);
    assert_memory_equal(file->content.data, content, 240000);
    assert_int_equal(desk_seen(rig, call.id)->files[0]->size, 240000);
    put.content.len = 0;
    assert_int_equal(desk_call(desk_ask(rig, call.preparer, RIG_PREPARER, "PutCallFile", &put.base, 4))->n_files, 0);
    desk_refused(desk_public(rig, "GetCallFile", &get.base), ERR_NOT_FOUND, "request.not-found");
}

static size_t count_all(struct uuid actor, uint32_t roles)
{
    Funding__ListCallsRequest request = FUNDING__LIST_CALLS_REQUEST__INIT;
    size_t count = 0;
    int64_t last_us = INT64_MAX;

    request.page_size = 3;
    for (;;) {
        const struct answer a = desk_ask(rig, actor, roles, "ListCalls", &request.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Funding__CallList *list = (const Funding__CallList *)a.message;
        for (size_t i = 0; i < list->n_calls; i++) {
            assert_true(list->calls[i]->content->opens_us <= last_us);
            last_us = list->calls[i]->content->opens_us;
        }
        count += list->n_calls;
        if (list->next_page_token[0] == '\0')
            return count;
        request.page_token = list->next_page_token;
    }
}

static void test_lists(void **state)
{
    Funding__ListCallsRequest request = FUNDING__LIST_CALLS_REQUEST__INIT;
    (void)state;
    const size_t visible = (size_t)kit_sql_int(
        rig_pg(rig), "select count(*) from funding.call c where state in (2, 3, 4) or (state = 5 and exists (select from funding.move m "
                     "where m.machine = 'call' and m.subject = c.id and m.to_state = 2))");
    assert_int_equal(count_all((struct uuid){{0}}, RIG_PUBLIC), visible);
    assert_int_equal(count_all(rig_new_id(), RIG_DECIDER), kit_sql_int(rig_pg(rig), "select count(*) from funding.call"));
    request.page_token = (char *)"nonsense";
    desk_refused(desk_public(rig, "ListCalls", &request.base), ERR_INVALID, "field.page-token");
    request.page_token = (char *)"AAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAA"; /* well made, but of no time there is: the least of 64 bits */
    desk_refused(desk_public(rig, "ListCalls", &request.base), ERR_INVALID, "field.range");
    request.page_token = (char *)"_________38AAAAAAAAAAAAAAAAAAAAA"; /* and the most: the first page */
    assert_int_equal(desk_public(rig, "ListCalls", &request.base).err, ERR_OK);
}

/* How many have applied is told to officials, in lists too, and left out for everybody else. */
static int64_t listed_applications(struct uuid id, uint32_t roles)
{
    Funding__ListCallsRequest request = FUNDING__LIST_CALLS_REQUEST__INIT;
    request.page_size = 100;
    const struct answer a = desk_ask(rig, roles != 0 ? rig_new_id() : (struct uuid){{0}}, roles, "ListCalls", &request.base, 0);
    assert_int_equal(a.err, ERR_OK);
    const Funding__CallList *list = (const Funding__CallList *)a.message;
    for (size_t i = 0; i < list->n_calls; i++)
        if (memcmp(list->calls[i]->id.data, id.b, sizeof id.b) == 0)
            return list->calls[i]->submitted_case == FUNDING__CALL__SUBMITTED_APPLICATIONS ? (int64_t)list->calls[i]->applications : -1;
    fail_msg("the call is not listed");
    return -2;
}

static void test_money(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "money", .theme_cents = 12345});
    Funding__GetCallRequest request = FUNDING__GET_CALL_REQUEST__INIT;
    request.call_id = rig_bytes(&call.id);
    desk_refused(desk_ask(rig, rig_new_id(), RIG_APPLICANT, "GetMoney", &request.base, 0), ERR_FORBIDDEN, "");
    (void)kit_sql(
        rig_pg(rig),
        "insert into funding.application (id, call_id, theme_id, register_number, state, why, owner_id, language, title, lead_name, "
        "content_version, created_at, saved_at, submitted_at, total_cents, applied_cents) "
        "select gen_random_uuid(), c.id, t.id, null, 1, 'test', gen_random_uuid(), 'fi', 'x', 'y', 1, now(), now(), null, 500, 400 "
        "from funding.call c join funding.theme t on t.call_id = c.id and t.ordinal = 1 where c.code = 'money'; "
        "insert into funding.partner select id, 1, '0245458-3', 'x', owner_id, 'x', 'x@example.fi', 'fi', 400 from funding.application "
        "where title = 'x'; insert into funding.budget_line select id, 1, 1, 'x', 500 from funding.application where title = 'x'; "
        "insert into funding.funding_share select id, n, n, 'x', c from funding.application, (values (1, 400), (2, 100)) v (n, c) "
        "where title = 'x'; update funding.application set state = 2, why = 'test', register_number = 'test/1', submitted_at = now() "
        "where title = 'x'");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_EVALUATOR, "GetMoney", &request.base, 0), ERR_FORBIDDEN, "funding.call.not-official");
    const struct answer a = desk_ask(rig, call.evaluators[0], RIG_EVALUATOR, "GetMoney", &request.base, 0);
    assert_int_equal(a.err, ERR_OK);
    const Funding__Money *money = (const Funding__Money *)a.message;
    assert_int_equal(money->allocation_cents, 24690);
    assert_int_equal(money->applied_cents, 400);
    assert_int_equal(money->granted_cents, 0);
    assert_int_equal(money->n_themes, 2);
    assert_int_equal(money->themes[0]->applied_cents, 400);
    assert_int_equal(money->themes[0]->applications, 1);
    assert_int_equal(desk_seen(rig, call.id)->applications, 1);
    assert_int_equal(listed_applications(call.id, RIG_PREPARER), 1);
    assert_int_equal(listed_applications(call.id, RIG_PUBLIC), -1);
    assert_int_equal(((const Funding__Call *)desk_get(rig, RIG_PUBLIC, call.id).message)->submitted_case,
                     FUNDING__CALL__SUBMITTED__NOT_SET);
    /* Somebody has applied in it: the theme stays. */
    const Funding__Call *before = desk_seen(rig, call.id);
    before->content->groups[0]->themes[0] = before->content->groups[0]->themes[1];
    before->content->groups[0]->n_themes = 1;
    desk_refused(desk_edit(rig, &call, before->content, before->version), ERR_REFUSED, "funding.call.theme-used");
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 4);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_call_is_given_back_as_it_was_written, rig_group_rest),
        cmocka_unit_test_setup(test_register_numbers_have_no_gaps, rig_group_rest),
        cmocka_unit_test_setup(test_two_at_once_get_different_numbers, rig_group_rest),
        cmocka_unit_test_setup(test_the_same_key_makes_one, rig_group_rest),
        cmocka_unit_test_setup(test_who_may, rig_group_rest),
        cmocka_unit_test_setup(test_fields_are_checked, rig_group_rest),
        cmocka_unit_test_setup(test_a_call_lives, rig_group_rest),
        cmocka_unit_test_setup(test_what_is_missing_keeps_it_from_being_published, rig_group_rest),
        cmocka_unit_test_setup(test_called_off_by_the_decision_maker_alone, rig_group_rest),
        cmocka_unit_test_setup(test_officials, rig_group_rest),
        cmocka_unit_test_setup(test_officials_are_handed_over, rig_group_rest), /* nobody locks a call; an admin frees one */
        cmocka_unit_test_setup(test_files, rig_group_rest),
        cmocka_unit_test_setup(test_lists, rig_group_rest),
        cmocka_unit_test_setup(test_money, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
