/* See grants.h. */
#include "tests/service/notification/grants.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"

#define WAIT_MS KIT_PATIENCE_MS

struct uuid grant_call(void)
{
    return facts_id(6000000);
}
struct uuid grant_application(unsigned n)
{
    return facts_id(6100000 + n);
}
struct uuid grant_obligation(unsigned n)
{
    return facts_id(6200000 + n);
}

int64_t grant_at(const char *text)
{
    int64_t us;

    assert_true(time_parse(&us, span_text(text)));
    return us;
}

Bus__Text *grant_call_title(struct arena *arena)
{
    Bus__Text *text = arena_alloc(arena, sizeof *text);

    bus__text__init(text);
    text->fi = "Johtamisen kehittämishaku";
    text->sv = "Utlysningen för ledarskap";
    text->en = "The call for leadership";
    return text;
}

struct uuid grant_tell(struct stage *stage, const char *type, const ProtobufCMessage *message)
{
    return stage_publish_grant(stage, grant_call(), type, message);
}

void grant_contact(struct stage *stage, unsigned person, const char *name, const char *language, const char *email)
{
    Funding__ContactStored m = FUNDING__CONTACT_STORED__INIT;

    m.person_id = facts_bytes(stage->arena, facts_id(person));
    m.name = arena_strdup(stage->arena, name);
    m.email = arena_strdup(stage->arena, email);
    m.language = arena_strdup(stage->arena, language);
    (void)grant_tell(stage, "funding.ContactStored.v1", &m.base);
}

void grant_contact_of(struct stage *stage, unsigned n, unsigned owner, const char *name, const char *language, const char *email)
{
    Funding__ContactStored m = FUNDING__CONTACT_STORED__INIT;

    m.person_id = facts_bytes(stage->arena, facts_id(owner));
    m.application_id = facts_bytes(stage->arena, grant_application(n));
    m.name = arena_strdup(stage->arena, name);
    m.email = arena_strdup(stage->arena, email);
    m.language = arena_strdup(stage->arena, language);
    (void)grant_tell(stage, "funding.ContactStored.v1", &m.base);
}

void grant_draft(struct stage *stage, unsigned n, unsigned owner, const char *closes)
{
    Funding__DraftStarted m = FUNDING__DRAFT_STARTED__INIT;

    m.application_id = facts_bytes(stage->arena, grant_application(n));
    m.call_id = facts_bytes(stage->arena, grant_call());
    m.owner_id = facts_bytes(stage->arena, facts_id(owner));
    m.call_title = grant_call_title(stage->arena);
    m.closes_us = grant_at(closes);
    m.language = "fi";
    (void)grant_tell(stage, "funding.DraftStarted.v1", &m.base);
}

struct uuid grant_submitted(struct stage *stage, unsigned n, unsigned owner, bool again)
{
    Funding__ApplicationSubmitted m = FUNDING__APPLICATION_SUBMITTED__INIT;

    m.application_id = facts_bytes(stage->arena, grant_application(n));
    m.call_id = facts_bytes(stage->arena, grant_call());
    m.owner_id = facts_bytes(stage->arena, facts_id(owner));
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.call_title = grant_call_title(stage->arena);
    m.applied_cents = 12345678;
    m.submitted_us = grant_at("2026-03-27T13:42:00Z");
    m.receipt = "9F2C-41D7-E8B0";
    m.language = "fi";
    m.again = again;
    return grant_tell(stage, "funding.ApplicationSubmitted.v1", &m.base);
}

void grant_obligation_set(struct stage *stage, unsigned n, Funding__ObligationKind kind, unsigned owner, const char *due_on)
{
    Funding__ObligationSet m = FUNDING__OBLIGATION_SET__INIT;

    m.obligation_id = facts_bytes(stage->arena, grant_obligation(n));
    m.application_id = facts_bytes(stage->arena, grant_application(n));
    m.call_id = facts_bytes(stage->arena, grant_call());
    m.owner_id = facts_bytes(stage->arena, facts_id(owner));
    m.kind = kind;
    m.due_on = arena_strdup(stage->arena, due_on);
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.language = "fi";
    (void)grant_tell(stage, "funding.ObligationSet.v1", &m.base);
}

void grant_obligation_ended(struct stage *stage, unsigned n)
{
    Funding__ObligationEnded m = FUNDING__OBLIGATION_ENDED__INIT;

    m.obligation_id = facts_bytes(stage->arena, grant_obligation(n));
    m.application_id = facts_bytes(stage->arena, grant_application(n));
    m.call_id = facts_bytes(stage->arena, grant_call());
    m.state = FUNDING__OBLIGATION_STATE__OBLIGATION_MET;
    (void)grant_tell(stage, "funding.ObligationEnded.v1", &m.base);
}

int grant_mails(struct stage *stage, const char *address, const char *kind, const char *piece)
{
    int found = 0;

    for (char *rest = stage_mails(stage), *one = strtok(rest, "\n"); one != NULL; one = strtok(NULL, "\n"))
        found += strstr(one, arena_printf(stage->arena, "<%s>\t", address)) != NULL &&
                 strstr(one, arena_printf(stage->arena, "\t%s\t", kind)) != NULL && strstr(one, piece) != NULL;
    return found;
}

struct wanted {
    struct stage *stage;
    const char *sql, *is;
};
static bool reads(void *arg)
{
    const struct wanted *wanted = arg;

    return strcmp(kit_sql(wanted->stage->pg, "%s", wanted->sql), wanted->is) == 0;
}

void grant_wait(struct stage *stage, const char *sql, const char *is)
{
    struct wanted wanted = {stage, sql, is};

    if (!kit_wait_until(reads, &wanted, WAIT_MS))
        fail_msg("%s: %s instead of %s", sql, kit_sql(stage->pg, "%s", sql), is);
}
