/* Who is named by a request is an account, and accounts are known here alone: before hv-funding is told who does what in a call, who sits
 * on a board of a municipality or holds an office there, who is asked for a statement or nominated, each of them is looked up. An id that
 * nobody has, a closed account, one without the role it is named for: any of them could lock a call or a board for ever, or send a letter
 * to nobody. An id that is left out is not looked up; whether it may be, the service says. */
#include "common/base/alloc.h"
#include "funding.pb-c.h"
#include "gateway.pb-c.h"
#include "municipal.pb-c.h"
#include "services/gateway/route/errand.h"

enum { WHICHEVER = 0 }; /* an open account, whatever its roles */

struct vouch {
    struct arena *arena;
    Gateway__CheckAccountsRequest request;
    size_t room;
};

static void vouch_open(struct vouch *vouch, struct arena *arena, size_t most)
{
    *vouch = (struct vouch){.arena = arena, .request = GATEWAY__CHECK_ACCOUNTS_REQUEST__INIT, .room = most};
    vouch->request.accounts = arena_array(arena, most + 1, sizeof *vouch->request.accounts);
}

static void name_one(struct vouch *vouch, ProtobufCBinaryData id, uint32_t roles, const char *field)
{
    if (id.len == 0)
        return;
    if (vouch->request.n_accounts == vouch->room)
        bug("a request names more accounts than were counted in it");
    Gateway__NamedAccount *named = vouch->request.accounts[vouch->request.n_accounts++] = arena_alloc(vouch->arena, sizeof *named);
    gateway__named_account__init(named);
    named->account_id = id;
    named->roles = roles;
    named->field = arena_strdup(vouch->arena, field);
}

/* --- grant calls -------------------------------------------------------------------------------------------------------------- */
static uint32_t role_of(Funding__OfficialRole role)
{
    switch ((int)role) {
    case FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER:
        return BUS__ROLE__ROLE_PREPARER;
    case FUNDING__OFFICIAL_ROLE__OFFICIAL_EVALUATOR:
        return BUS__ROLE__ROLE_EVALUATOR;
    case FUNDING__OFFICIAL_ROLE__OFFICIAL_PRESENTER:
        return BUS__ROLE__ROLE_PRESENTER;
    case FUNDING__OFFICIAL_ROLE__OFFICIAL_DECIDER:
        return BUS__ROLE__ROLE_DECIDER;
    }
    return 0; /* none, or one that this program does not know: the service refuses it */
}

static void name_officials(struct vouch *vouch, struct arena *arena, const Funding__SetOfficialsRequest *request)
{
    vouch_open(vouch, arena, request->n_officials);
    for (size_t i = 0; i < request->n_officials; i++) {
        const uint32_t role = role_of(request->officials[i]->role);
        if (role != 0)
            name_one(vouch, request->officials[i]->person_id, role, arena_printf(arena, "officials[%zu].personId", i));
    }
}

/* --- municipalities ----------------------------------------------------------------------------------------------------------- */
static uint32_t role_of_office(Municipal__Office office)
{
    switch ((int)office) {
    case MUNICIPAL__OFFICE__OFFICE_PREPARER:
        return BUS__ROLE__ROLE_PREPARER;
    case MUNICIPAL__OFFICE__OFFICE_PRESENTER:
        return BUS__ROLE__ROLE_PRESENTER;
    case MUNICIPAL__OFFICE__OFFICE_SECRETARY:
        return BUS__ROLE__ROLE_SECRETARY;
    }
    return 0;
}

static size_t people_of(const Municipal__Municipality *municipality)
{
    size_t count = municipality->n_officials;
    for (size_t i = 0; i < municipality->n_boards; i++)
        count += municipality->boards[i]->n_seats;
    return count;
}

static void name_municipality(struct vouch *vouch, struct arena *arena, const Municipal__Municipality *m)
{
    vouch_open(vouch, arena, m != NULL ? people_of(m) : 0);
    for (size_t i = 0; m != NULL && i < m->n_officials; i++) {
        const uint32_t role = role_of_office(m->officials[i]->office);
        if (role != 0)
            name_one(vouch, m->officials[i]->person_id, role, arena_printf(arena, "municipality.officials[%zu].personId", i));
    }
    for (size_t b = 0; m != NULL && b < m->n_boards; b++)
        for (size_t i = 0; i < m->boards[b]->n_seats; i++)
            name_one(vouch, m->boards[b]->seats[i]->person_id, BUS__ROLE__ROLE_BOARD_MEMBER,
                     arena_printf(arena, "municipality.boards[%zu].seats[%zu].personId", b, i));
}

static void name_nominees(struct vouch *vouch, struct arena *arena, size_t count, Municipal__Nomination *const *list, const char *where)
{
    vouch_open(vouch, arena, count);
    for (size_t i = 0; i < count; i++)
        name_one(vouch, list[i]->person_id, WHICHEVER, arena_printf(arena, "%s[%zu].personId", where, i));
}

static void name_asked(struct vouch *vouch, struct arena *arena, ProtobufCBinaryData person_id, const char *field)
{
    vouch_open(vouch, arena, 1);
    name_one(vouch, person_id, WHICHEVER, field);
}

const ProtobufCMessage *vouch_request(struct arena *arena, const ProtobufCMessage *message)
{
    struct vouch *vouch = arena_alloc(arena, sizeof *vouch);
    if (message->descriptor == &funding__set_officials_request__descriptor) {
        name_officials(vouch, arena, (const Funding__SetOfficialsRequest *)message);
    } else if (message->descriptor == &municipal__import_municipality_request__descriptor) {
        name_municipality(vouch, arena, ((const Municipal__ImportMunicipalityRequest *)message)->municipality);
    } else if (message->descriptor == &municipal__put_proposal_request__descriptor) {
        const Municipal__Proposal *proposal = ((const Municipal__PutProposalRequest *)message)->proposal;
        name_nominees(vouch, arena, proposal != NULL ? proposal->n_nominations : 0, proposal != NULL ? proposal->nominations : NULL,
                      "proposal.nominations");
    } else if (message->descriptor == &municipal__decide_item_request__descriptor) {
        const Municipal__DecideItemRequest *request = (const Municipal__DecideItemRequest *)message;
        name_nominees(vouch, arena, request->n_nominations, request->nominations, "nominations");
    } else if (message->descriptor == &municipal__request_statement_request__descriptor) {
        name_asked(vouch, arena, ((const Municipal__RequestStatementRequest *)message)->person_id, "personId");
    } else if (message->descriptor == &municipal__give_statement_request__descriptor) {
        name_asked(vouch, arena, ((const Municipal__GiveStatementRequest *)message)->referred_person_id, "referredPersonId");
    } else {
        bug("a route vouches for accounts of a request that names none");
    }
    return &vouch->request.base;
}
