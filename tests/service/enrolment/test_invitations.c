/* Invitation codes, end to end: seats kept beside the taken, used by whoever has the code, given back once. What happens when many ask at
 * the same moment is in test_invitation_races.c. */
#include "tests/service/enrolment/rig.h"

#include <stdlib.h>

static struct rig *rig;
static struct world world;

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

static void programme(uint32_t cap, uint32_t capacity, uint32_t waiting_cap, int64_t opens_us, int64_t closes_us)
{
    static int number = 0;
    char code[32];
    (void)snprintf(code, sizeof code, "v%d", ++number);
    world = rig_programme(rig, &(struct programme_plan){.code = code,
                                                        .cap = cap,
                                                        .capacity = capacity,
                                                        .waiting_cap = waiting_cap,
                                                        .count = 2,
                                                        .opens_us = opens_us,
                                                        .closes_us = closes_us});
}

static int each(void **state)
{
    (void)state;
    programme(6, 4, 3, 0, 0);
    return 0;
}

/* --- in words ------------------------------------------------------------------------------------------------------------------ */

struct wish {
    const char *code, *note;
    uint32_t seats;
    bool early;
    int64_t valid_until_us;
    size_t at;
};

static struct answer create_as(const struct wish *wish, uint32_t roles)
{
    Enrolment__CreateInvitationRequest request = ENROLMENT__CREATE_INVITATION_REQUEST__INIT;

    request.implementation_id = rig_bytes(&world.implementations[wish->at]);
    request.code = (char *)(uintptr_t)(wish->code != NULL ? wish->code : "");
    request.note = (char *)(uintptr_t)(wish->note != NULL ? wish->note : "");
    request.seats = wish->seats;
    request.early = wish->early;
    request.valid_until_us = wish->valid_until_us;
    return rig_ask(rig, &(struct ask){.method = "CreateInvitation", .message = &request.base, .actor = rig_coordinator(), .roles = roles});
}

static const Enrolment__Invitation *invitation(const struct answer *a)
{
    assert_int_equal(a->err, ERR_OK);
    return (const Enrolment__Invitation *)a->message;
}

static const Enrolment__Invitation *created(const struct wish *wish)
{
    const struct answer a = create_as(wish, RIG_COORDINATOR);
    return invitation(&a);
}

static struct answer enrol(size_t at, struct uuid person, const char *code)
{
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;

    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[at]);
    request.invitation = (char *)(uintptr_t)code;
    return rig_ask(rig, &(struct ask){.method = "Enrol", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
}

static struct uuid teacher(void)
{
    return rig_person(rig, "teacher", "basic");
}

static struct answer revoke(const Enrolment__Invitation *v)
{
    Enrolment__RevokeInvitationRequest request = ENROLMENT__REVOKE_INVITATION_REQUEST__INIT;

    request.invitation_id = v->id;
    request.reason = (char *)"Ryhmä ei tulekaan";
    return rig_ask(
        rig, &(struct ask){.method = "RevokeInvitation", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR});
}

static void refused(struct answer a, const char *rule)
{
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, rule);
}

/* "taken waiting reserved" of the first implementation, then "taken reserved" of the programme; and the counters are what the rows say. */
static const char *counters(void)
{
    static char text[64];
    char p[UUID_TEXT], i[UUID_TEXT];
    uuid_format(world.programme, p);
    uuid_format(world.implementations[0], i);
    assert_int_equal(
        kit_sql_int(
            rig_pg(rig),
            "select count(*) from enrolment.implementation i where i.programme_id = '%s' and (i.reserved <>"
            " (select coalesce(sum(seats - used), 0) from enrolment.invitation v where v.implementation_id = i.id and not over)"
            " or i.taken <> (select count(*) from enrolment.registration r where r.implementation_id = i.id and r.state in (1, 4, 5)))",
            p),
        0);
    (void)snprintf(text, sizeof text, "%s",
                   kit_sql(rig_pg(rig),
                           "select concat_ws(' ', i.taken, i.waiting, i.reserved, '/', p.taken, p.reserved)"
                           " from enrolment.implementation i join enrolment.programme p on p.id = i.programme_id where i.id = '%s'",
                           i));
    return text;
}

/* --- making and using ----------------------------------------------------------------------------------------------------------- */

static void test_reserves(void **state)
{
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 3, .note = "Rehtorit"});
    assert_int_equal(strlen(v->code), 10);
    assert_null(strpbrk(v->code, "01OIL"));
    assert_string_equal(v->note, ""); /* the reply is kept, and the note may name somebody: the list has it */
    assert_string_equal(kit_sql(rig_pg(rig), "select note from enrolment.invitation where code = '%s'", v->code), "Rehtorit");
    assert_string_equal(counters(), "0 0 3 / 0 3");
    struct answer a = enrol(0, teacher(), "");
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    a = enrol(0, teacher(), ""); /* three seats are free, and kept */
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_QUEUED);
    a = enrol(0, teacher(), v->code); /* whoever waits: this seat was never theirs */
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(uuid_compare(rig_id(rig_registration(&a)->invitation_id), rig_id(v->id)), 0);
    assert_string_equal(counters(), "2 1 2 / 2 2");
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where type = 'enrolment.CapacityChanged.v1'"
                                 " and subject = (select implementation_id::text from enrolment.invitation where code = '%s')",
                                 v->code),
                     1);
}

static void test_code_as_typed(void **state)
{
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 1, .code = "Strapetsi-27"});
    assert_string_equal(v->code, "STRAPETSI-27");
    assert_int_equal(enrol(0, teacher(), "strapetsi-27").err, ERR_OK);
    const struct answer a = create_as(&(struct wish){.seats = 1, .code = "strapetsi-27"}, RIG_COORDINATOR);
    refused(a, "enrolment.invitation.code-taken");
}

static void test_refusals(void **state)
{
    char p[UUID_TEXT];
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 1}), *gone = created(&(struct wish){.seats = 1});
    assert_int_equal(revoke(gone).err, ERR_OK);
    uuid_format(world.programme, p);
    assert_string_equal(
        kit_sql(
            rig_pg(rig),
            "select string_agg(case was when '' then becomes else was end, ',' order by n) from enrolment.change where programme_id = '%s'"
            " and call like '%%Invitation'",
            p),
        "1 seat,1 seat,1 seat");
    const struct uuid person = teacher();
    refused(enrol(0, person, "NOSUCHCODE"), "enrolment.invitation.unknown");
    refused(enrol(0, person, "no such code"), "enrolment.invitation.unknown");
    refused(enrol(0, person, gone->code), "enrolment.invitation.over");
    struct answer a = enrol(1, person, v->code);
    refused(a, "enrolment.invitation.other-implementation");
    assert_true(*rig_fact(&a, "implementationId") != '\0');
    assert_int_equal(enrol(0, teacher(), v->code).err, ERR_OK);
    refused(enrol(0, person, v->code), "enrolment.invitation.used-up");
    uuid_format(world.programme, p);
    assert_string_equal(
        kit_sql(rig_pg(rig), "select string_agg(rule || ':' || times, ' ' order by rule) from enrolment.refusal where programme_id = '%s'",
                p),
        "enrolment.invitation.other-implementation:1 enrolment.invitation.over:1 enrolment.invitation.unknown:2"
        " enrolment.invitation.used-up:1");
    const struct world first = world;
    each(NULL); /* another programme's code is nobody's here */
    const Enrolment__Invitation *other = created(&(struct wish){.seats = 1});
    world = first;
    refused(enrol(0, person, other->code), "enrolment.invitation.unknown");
}

/* All that are not over fit into one list, used up or not. */
static void test_too_many(void **state)
{
    char p[UUID_TEXT], i[UUID_TEXT];
    (void)state;
    uuid_format(world.programme, p);
    uuid_format(world.implementations[1], i);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.invitation (id, programme_id, implementation_id, code, seats, used, early, note)"
                  " select gen_random_uuid(), '%s', '%s', 'MANY' || n, 1, 1, false, '' from generate_series(1, 499) n",
                  p, i);
    const Enrolment__Invitation *last = created(&(struct wish){.seats = 1});
    const struct answer a = create_as(&(struct wish){.seats = 1}, RIG_COORDINATOR);
    refused(a, "enrolment.invitation.too-many");
    assert_string_equal(rig_fact(&a, "most"), "500");
    assert_string_equal(counters(), "0 0 1 / 0 1");
    assert_int_equal(revoke(last).err, ERR_OK);
    (void)created(&(struct wish){.seats = 1});
}

/* The rules hold for the invited as for everybody. */
static void test_invited_meet_the_rules(void **state)
{
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 3});
    refused(enrol(0, rig_person(rig, "other", "basic"), v->code), "test.role");
    const struct uuid person = teacher();
    assert_int_equal(enrol(0, person, v->code).err, ERR_OK);
    refused(enrol(0, person, v->code), "enrolment.already-registered");
    assert_string_equal(counters(), "1 0 2 / 1 2");
}

static void test_early(void **state)
{
    (void)state;
    programme(6, 4, 3, time_now_us() + TIME_HOUR, time_now_us() + TIME_DAY);
    const Enrolment__Invitation *late = created(&(struct wish){.seats = 1}), *early = created(&(struct wish){.seats = 1, .early = true});
    const struct uuid person = teacher();
    refused(enrol(0, person, ""), "enrolment.window.not-open");
    refused(enrol(0, person, late->code), "enrolment.window.not-open");
    struct answer a = enrol(0, person, early->code);
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    programme(6, 4, 3, time_now_us() - TIME_DAY, time_now_us() - TIME_HOUR);
    early = created(&(struct wish){.seats = 1, .early = true});
    refused(enrol(0, person, ""), "enrolment.window.closed");
    a = enrol(0, person, early->code);
    assert_int_equal(a.err, ERR_OK);
}

/* A reserved seat takes nothing of a round's quota, and needs nothing of it. */
static void test_quota(void **state)
{
    char p[UUID_TEXT];
    (void)state;
    uuid_format(world.programme, p);
    (void)kit_sql(rig_pg(rig), RIG_LOCKED "update enrolment.application_window set quota = 1 where programme_id = '%s'", p);
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 2});
    assert_int_equal(enrol(0, teacher(), v->code).err, ERR_OK);
    assert_int_equal(enrol(0, teacher(), "").err, ERR_OK);
    refused(enrol(0, teacher(), ""), "enrolment.window.quota");
    assert_int_equal(enrol(0, teacher(), v->code).err, ERR_OK);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select used from enrolment.application_window where programme_id = '%s'", p), 1);
}

static void test_no_room(void **state)
{
    (void)state;
    assert_int_equal(enrol(0, teacher(), "").err, ERR_OK);
    struct answer a = create_as(&(struct wish){.seats = 4}, RIG_COORDINATOR);
    refused(a, "enrolment.invitation.no-room");
    assert_string_equal(rig_fact(&a, "free"), "3");
    (void)created(&(struct wish){.seats = 3});
    a = create_as(&(struct wish){.seats = 3, .at = 1}, RIG_COORDINATOR); /* six in all: the cap binds there */
    refused(a, "enrolment.invitation.no-room");
    assert_string_equal(rig_fact(&a, "free"), "2");
}

static void test_bounds(void **state)
{
    static const struct {
        struct wish wish;
        const char *field;
    } rows[] = {{{.seats = 0}, "seats"},
                {{.seats = 100001}, "seats"},
                {{.seats = 1, .code = "abc"}, "code"},
                {{.seats = 1, .code = "ab cd"}, "code"},
                {{.seats = 1, .valid_until_us = 1000}, "validUntilAt"},
                {{.seats = 1, .valid_until_us = -5}, "validUntilAt"},
                {{.seats = 1, .note = "a\nb"}, "note"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct answer a = create_as(&rows[i].wish, RIG_COORDINATOR);
        assert_int_equal(a.err, ERR_INVALID);
        assert_string_equal(a.field, rows[i].field);
    }
    assert_int_equal(create_as(&(struct wish){.seats = 1}, RIG_PARTICIPANT).err, ERR_FORBIDDEN);
    world.implementations[0] = rig_new_id();
    assert_int_equal(create_as(&(struct wish){.seats = 1}, RIG_COORDINATOR).err, ERR_NOT_FOUND);
}

/* --- ending ---------------------------------------------------------------------------------------------------------------------- */

static void test_revoked(void **state)
{
    char p[UUID_TEXT];
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 4});
    struct answer a = enrol(0, teacher(), v->code);
    const struct uuid mine = rig_id(rig_registration(&a)->id);
    a = enrol(0, teacher(), "");
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_string_equal(counters(), "1 1 3 / 1 3");
    a = revoke(v);
    assert_true(invitation(&a)->over);
    assert_int_equal(invitation(&a)->used, 1);
    assert_string_equal(counters(), "2 0 0 / 2 0"); /* who waited has a seat of it */
    const uint64_t version = a.version;
    a = revoke(v);
    assert_true(invitation(&a)->over);
    assert_int_equal(a.version, version); /* once */
    assert_string_equal(counters(), "2 0 0 / 2 0");
    char id[UUID_TEXT];
    uuid_format(mine, id);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select state from enrolment.registration where id = '%s'", id), 1);
    uuid_format(world.programme, p);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select string_agg(call || ' ' || was || ' -> ' || becomes, '; ' order by n) from enrolment.change"
                                " where programme_id = '%s' and field like 'implementations[group-1].invitations[%%'",
                                p),
                        "enrolment.CreateInvitation  -> 4 seats; enrolment.RevokeInvitation 4 seats -> revoked, 1 used");
}

static void test_revoke_nobody(void **state)
{
    Enrolment__RevokeInvitationRequest request = ENROLMENT__REVOKE_INVITATION_REQUEST__INIT;
    const struct uuid id = rig_new_id();
    (void)state;
    request.invitation_id = rig_bytes(&id);
    const struct ask ask = {.method = "RevokeInvitation", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
    struct ask others = ask;
    others.roles = RIG_PARTICIPANT;
    assert_int_equal(rig_ask(rig, &others).err, ERR_FORBIDDEN);
}

static bool is_over(void *arg)
{
    return kit_sql_int(rig_pg(rig), "select over::integer from enrolment.invitation where code = '%s'", (const char *)arg) == 1;
}

/* The service's own clock ends it, without anybody asking, and only what is due. */
static void test_expires(void **state)
{
    (void)state;
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 3, .valid_until_us = time_now_us() + TIME_HOUR});
    const Enrolment__Invitation *stays = created(&(struct wish){.seats = 1, .valid_until_us = time_now_us() + TIME_HOUR});
    struct answer a = enrol(0, teacher(), "");
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_QUEUED);
    (void)kit_sql(rig_pg(rig), "update enrolment.invitation set valid_until = now() - interval '1 minute' where code = '%s'", v->code);
    refused(enrol(0, teacher(), v->code), "enrolment.invitation.over"); /* by arrival, whether the clock has been there or not */
    assert_true(kit_wait_until(is_over, v->code, KIT_PATIENCE_MS));
    assert_false(is_over(stays->code));
    assert_string_equal(counters(), "1 0 1 / 1 1");
}

/* The seat of an invited person who gives it up is an ordinary one: it goes to who waits, and the code has no more than before. */
static void test_cancelled(void **state)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    (void)state;
    programme(2, 2, 3, 0, 0);
    const Enrolment__Invitation *v = created(&(struct wish){.seats = 2});
    const struct uuid person = teacher();
    struct answer a = enrol(0, person, v->code);
    request.registration_id = rig_registration(&a)->id;
    a = enrol(0, teacher(), "");
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_string_equal(counters(), "1 1 1 / 1 1");
    (void)rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT});
    assert_string_equal(counters(), "1 0 1 / 1 1");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select used from enrolment.invitation where code = '%s'", v->code), 1);
}

static void test_list(void **state)
{
    Enrolment__ListInvitationsRequest request = ENROLMENT__LIST_INVITATIONS_REQUEST__INIT;
    (void)state;
    const Enrolment__Invitation *a = created(&(struct wish){.seats = 1, .code = "AAAA"}),
                                *b = created(&(struct wish){.seats = 1, .code = "BBBB"});
    const Enrolment__Invitation *c = created(&(struct wish){.seats = 1, .code = "CCCC", .at = 1});
    (void)a;
    (void)c;
    assert_int_equal(revoke(b).err, ERR_OK);
    request.programme_id = rig_bytes(&world.programme);
    const struct ask ask = {.method = "ListInvitations", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR};
    const struct answer answer = rig_ask(rig, &ask);
    assert_int_equal(answer.err, ERR_OK);
    const Enrolment__InvitationList *list = (const Enrolment__InvitationList *)answer.message;
    assert_int_equal(list->n_invitations, 3);
    assert_string_equal(list->invitations[0]->code, "CCCC");
    assert_string_equal(list->invitations[1]->code, "AAAA");
    assert_string_equal(list->invitations[2]->code, "BBBB"); /* over: after those in force */
    assert_true(list->invitations[2]->over);
    struct ask others = ask;
    others.roles = RIG_PARTICIPANT;
    assert_int_equal(rig_ask(rig, &others).err, ERR_FORBIDDEN);
    const struct uuid nobody = rig_new_id();
    request.programme_id = rig_bytes(&nobody);
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reserves, each, rig_group_rest), /* kept from newcomers, given to the code before who waits */
        cmocka_unit_test_setup_teardown(test_code_as_typed, each, rig_group_rest), /* small letters, a code twice */
        cmocka_unit_test_setup_teardown(test_refusals, each, rig_group_rest),      /* unknown, over, used up, elsewhere; all counted */
        cmocka_unit_test_setup_teardown(test_too_many, each, rig_group_rest),      /* 500 in force; one revoked makes room for one */
        cmocka_unit_test_setup_teardown(test_invited_meet_the_rules, each, rig_group_rest), /* eligibility, one place a person */
        cmocka_unit_test_setup_teardown(test_early, each, rig_group_rest),                  /* before the window and after it */
        cmocka_unit_test_setup_teardown(test_quota, each, rig_group_rest),                  /* beside a round's quota */
        cmocka_unit_test_setup_teardown(test_no_room, each, rig_group_rest),                /* capacity and cap, and how many are free */
        cmocka_unit_test_setup_teardown(test_bounds, each, rig_group_rest),                 /* each field gone wrong, who may */
        cmocka_unit_test_setup_teardown(test_revoked, each, rig_group_rest),                /* frees, promotes, once; leaves its lines */
        cmocka_unit_test_setup_teardown(test_revoke_nobody, each, rig_group_rest),          /* one there is not, and who may */
        cmocka_unit_test_setup_teardown(test_expires, each, rig_group_rest),                /* by the service's clock */
        cmocka_unit_test_setup_teardown(test_cancelled, each, rig_group_rest),              /* the seat is an ordinary one then */
        cmocka_unit_test_setup_teardown(test_list, each, rig_group_rest)                    /* in force first, the newest first */
    };
    return rig_told(cmocka_run_group_tests_name("invitations", tests, start, rig_group_stop));
}
