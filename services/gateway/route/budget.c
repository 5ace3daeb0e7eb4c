/* Counting writes: see budget.h. A count begins with an account's first write and is worth ten seconds; refused writes are not counted,
 * so whoever goes on knocking is let in as soon as the time is over. */
#include "services/gateway/route/budget.h"

#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

#define SLOTS  16384 /* a power of two */
#define PROBES 8

struct count {
    struct uuid account;
    int64_t began_us; /* 0: free */
    uint32_t writes;
};
struct budget {
    unsigned most;
    struct count slots[SLOTS];
};

struct budget *budget_new(unsigned writes)
{
    struct budget *budget = mem_new(sizeof *budget);
    budget->most = writes;
    return budget;
}

void budget_free(struct budget *budget)
{
    mem_free(budget);
}

/* The count of this account, or the one that makes room for it. */
static struct count *count_of(struct budget *budget, struct uuid account, int64_t now_us)
{
    uint32_t home = hash_fnv(HASH_FNV_START, span_of(account.b, sizeof account.b));
    struct count *oldest = NULL;
    for (uint32_t i = 0; i < PROBES; i++) {
        struct count *slot = &budget->slots[(home + i) & (SLOTS - 1)];
        if (slot->began_us != 0 && uuid_compare(slot->account, account) == 0)
            return slot;
        if (!oldest || slot->began_us < oldest->began_us)
            oldest = slot;
    }
    *oldest = (struct count){.account = account, .began_us = now_us};
    return oldest;
}

int budget_take(struct budget *budget, struct uuid account, bool staff, int64_t now_us)
{
    if (budget->most == 0)
        return 0;
    struct count *count = count_of(budget, account, now_us);
    int64_t left = count->began_us + BUDGET_SPAN_US - now_us;
    if (left <= 0 || left > BUDGET_SPAN_US) {
        count->began_us = now_us;
        count->writes = 0;
    }
    if (count->writes < (staff ? budget->most * BUDGET_STAFF : budget->most)) {
        count->writes++;
        return 0;
    }
    return (int)((left + 999999) / 1000000);
}
