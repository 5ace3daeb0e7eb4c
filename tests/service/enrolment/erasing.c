/* Asking to be forgotten, and looking whether it is so. See erasing.h. */
#include "tests/service/enrolment/erasing.h"

/* --- asking ------------------------------------------------------------------------------------------------------------------ */

struct answer erasing_as(struct rig *rig, struct uuid actor, uint32_t roles, struct uuid person, const char *reason, const char *key)
{
    Enrolment__ErasePersonRequest request = ENROLMENT__ERASE_PERSON_REQUEST__INIT;
    request.person_id = rig_bytes(&person);
    request.reason = (char *)(uintptr_t)reason;
    return rig_ask(rig, &(struct ask){.method = "ErasePerson", .message = &request.base, .actor = actor, .roles = roles, .key = key});
}

void erasing_expect(struct answer a, uint32_t registrations, uint32_t given_up)
{
    assert_int_equal(a.err, ERR_OK);
    assert_int_equal(((const Enrolment__Erasure *)a.message)->registrations, registrations);
    assert_int_equal(((const Enrolment__Erasure *)a.message)->given_up, given_up);
}

void erasing_self(struct rig *rig, struct uuid person, uint32_t registrations, uint32_t given_up)
{
    erasing_expect(erasing_as(rig, person, RIG_PARTICIPANT, (struct uuid){{0}}, "", NULL), registrations, given_up);
}

struct uuid erasing_person(struct rig *rig, const char *name)
{
    const struct uuid id = rig_new_id();
    Enrolment__PutPersonRequest request = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person person = ENROLMENT__PERSON__INIT;
    char email[100];

    (void)snprintf(email, sizeof email, "%s@example.fi", name);
    person.name = (char *)(uintptr_t)name;
    person.email = email;
    person.language = (char *)"fi";
    person.role = (char *)"teacher";
    person.level = (char *)"basic";
    person.organisation_kind = (char *)"municipality";
    request.person = &person;
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "PutPerson", .message = &request.base, .actor = id, .roles = RIG_PARTICIPANT}).err, ERR_OK);
    return id;
}

void erasing_follow(struct rig *rig, struct uuid person, struct uuid programme)
{
    Enrolment__FollowRequest request = ENROLMENT__FOLLOW_REQUEST__INIT;
    request.programme_id = rig_bytes(&programme);
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "Follow", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT}).err, ERR_OK);
}

void erasing_cancel(struct rig *rig, const Enrolment__Registration *r, const char *reason)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r->id;
    request.reason = (char *)(uintptr_t)reason;
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR}).err,
        ERR_OK);
}

/* --- looking ----------------------------------------------------------------------------------------------------------------- */

/* Rows of all tables in which these words stand, as text or as bytes; a table's name may be left out. */
int64_t erasing_rows(struct rig *rig, const char *words, const char *but)
{
    return kit_sql_int(
        rig_pg(rig),
        "select sum((xpath('//n/text()', query_to_xml(format('select count(*) as n from enrolment.%%I t where t::text like %%L or t::text"
        " like %%L', c.relname, '%%%s%%', '%%' || encode('%s'::bytea, 'hex') || '%%'), false, false, '')))[1]::text::bigint)"
        " from pg_class c where c.relnamespace = 'enrolment'::regnamespace and c.relkind = 'r' and not c.relispartition and c.relname <> "
        "'%s'"
        " or c.oid = 'enrolment.event_log'::regclass and '%s' <> 'event_log'",
        words, words, but, but);
}

uint32_t erasing_chain(struct rig *rig, struct uuid implementation, uint32_t n, struct hash *at)
{
    struct chain_walk walk = {.page = 200, .n = n};

    assert_int_equal(chain_walk(rig, implementation, &walk), CHAIN_OK);
    *at = walk.at;
    return walk.length;
}

int64_t erasing_events(struct rig *rig, const char *type, struct uuid subject)
{
    char id[UUID_TEXT];
    uuid_format(subject, id);
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.%s.v1' and subject = '%s'", type, id);
}

enum err erasing_ask(struct rig *rig, const char *method, const ProtobufCMessage *message, struct uuid actor, uint32_t roles)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = actor, .roles = roles}).err;
}
