/* Used solutions in an open table: see spent.h. An expired one is refused before anybody looks here, so it need not be swept: it has the
 * earliest end of its neighbourhood, and its slot is the next to go. */
#include "services/gateway/route/spent.h"

#include "common/base/alloc.h"

#define SLOTS  (1u << 18)
#define PROBES 8

struct used {
    uint64_t challenge, request;
    int64_t expires_s; /* 0: free */
};
struct spent {
    struct used slots[SLOTS];
};

struct spent *spent_new(void)
{
    return mem_new(sizeof(struct spent));
}

void spent_free(struct spent *spent)
{
    mem_free(spent);
}

bool spent_take(struct spent *spent, const struct proof_solution *solution, uint64_t request)
{
    struct used *first_to_go = NULL;
    for (uint64_t i = 0; i < PROBES; i++) {
        struct used *slot = &spent->slots[(solution->challenge + i) & (SLOTS - 1)];
        if (slot->expires_s != 0 && slot->challenge == solution->challenge)
            return request != 0 && slot->request == request;
        if (!first_to_go || slot->expires_s < first_to_go->expires_s)
            first_to_go = slot;
    }
    *first_to_go = (struct used){solution->challenge, request, solution->expires_s};
    return true;
}
