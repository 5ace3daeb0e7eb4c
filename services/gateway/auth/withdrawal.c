/* What has been withdrawn: see withdrawal.h. One open-addressed table by id; ids of accounts and of credentials are random, so
 * they share it. Deletion happens by making the table anew. */
#include "services/gateway/auth/withdrawal.h"

#include "common/base/alloc.h"

#define LEAST_ROOM 64 /* a power of two */

struct withdrawals {
    struct withdrawal *slots; /* nil id: free */
    size_t room, count;
};

struct withdrawals *withdrawals_new(void)
{
    struct withdrawals *withdrawals = mem_new(sizeof *withdrawals);
    withdrawals->room = LEAST_ROOM;
    withdrawals->slots = mem_array(LEAST_ROOM, sizeof *withdrawals->slots);
    return withdrawals;
}

void withdrawals_free(struct withdrawals *withdrawals)
{
    if (!withdrawals)
        return;
    mem_free(withdrawals->slots);
    mem_free(withdrawals);
}

/* Its slot, or the free one where it would go. The table is never more than half full. */
static struct withdrawal *slot_of(const struct withdrawals *withdrawals, struct uuid id)
{
    size_t at = uuid_hash(id) & (withdrawals->room - 1);
    while (!uuid_is_nil(withdrawals->slots[at].id) && uuid_compare(withdrawals->slots[at].id, id) != 0)
        at = (at + 1) & (withdrawals->room - 1);
    return &withdrawals->slots[at];
}

/* Moves what is still good at now_us into a table with the room it needs. */
static void rebuild(struct withdrawals *withdrawals, int64_t now_us)
{
    struct withdrawals old = *withdrawals;
    size_t keep = 0;
    for (size_t i = 0; i < old.room; i++)
        if (!uuid_is_nil(old.slots[i].id) && (old.slots[i].is_account || old.slots[i].expires_us > now_us))
            keep++;
    withdrawals->count = 0;
    withdrawals->room = LEAST_ROOM;
    while (withdrawals->room < 4 * (keep + 1))
        withdrawals->room *= 2;
    withdrawals->slots = mem_array(withdrawals->room, sizeof *withdrawals->slots);
    for (size_t i = 0; i < old.room; i++)
        if (!uuid_is_nil(old.slots[i].id) && (old.slots[i].is_account || old.slots[i].expires_us > now_us)) {
            *slot_of(withdrawals, old.slots[i].id) = old.slots[i];
            withdrawals->count++;
        }
    mem_free(old.slots);
}

void withdrawals_add(struct withdrawals *withdrawals, const struct withdrawal *withdrawal)
{
    if (uuid_is_nil(withdrawal->id))
        return;
    if (2 * (withdrawals->count + 1) > withdrawals->room)
        rebuild(withdrawals, INT64_MIN);
    struct withdrawal *slot = slot_of(withdrawals, withdrawal->id);
    withdrawals->count += uuid_is_nil(slot->id) ? 1 : 0;
    *slot = *withdrawal;
}

void withdrawals_purge(struct withdrawals *withdrawals, int64_t now_us)
{
    rebuild(withdrawals, now_us);
}

size_t withdrawals_count(const struct withdrawals *withdrawals)
{
    return withdrawals->count;
}

bool withdrawals_allow(const struct withdrawals *withdrawals, bool is_session, struct credential *credential)
{
    if (!uuid_is_nil(slot_of(withdrawals, credential->id)->id))
        return false;
    const struct withdrawal *account = slot_of(withdrawals, credential->account);
    if (uuid_is_nil(account->id))
        return true;
    credential->roles &= account->roles;
    return !account->closed && !(is_session && credential->issued_us < account->sessions_from_us);
}
