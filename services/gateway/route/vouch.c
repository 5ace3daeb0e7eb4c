/* The officials of a call are accounts, and accounts are known here alone: before hv-funding is told who does what in a call, each of them
 * is looked up. An id that nobody has, a closed account, one without the role it is named for: any of them could lock a call for ever. */
#include "common/base/alloc.h"
#include "funding.pb-c.h"
#include "gateway.pb-c.h"
#include "services/gateway/route/errand.h"

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

const ProtobufCMessage *vouch_request(struct arena *arena, const ProtobufCMessage *message)
{
    Gateway__CheckAccountsRequest *request = arena_alloc(arena, sizeof *request);
    if (message->descriptor != &funding__set_officials_request__descriptor)
        bug("a route vouches for accounts of a request that names none");
    const Funding__SetOfficialsRequest *officials = (const Funding__SetOfficialsRequest *)message;
    gateway__check_accounts_request__init(request);
    request->accounts = arena_array(arena, officials->n_officials + 1, sizeof *request->accounts);
    for (size_t i = 0; i < officials->n_officials; i++) {
        const uint32_t role = role_of(officials->officials[i]->role);
        if (role == 0)
            continue;
        Gateway__NamedAccount *named = request->accounts[request->n_accounts++] = arena_alloc(arena, sizeof *named);
        gateway__named_account__init(named);
        named->account_id = officials->officials[i]->person_id;
        named->roles = role;
        named->place = (uint32_t)i;
    }
    return &request->base;
}
