/* Counting failed sign-ins: see throttle.h. A table of fixed size; a counter lives in one of PROBES slots behind its hash, and
 * the one whose window began first makes room. Whoever wants to push a counter out has to fail elsewhere that often, which
 * the count per address forbids. */
#include "services/gateway/auth/throttle.h"

#include "common/base/alloc.h"

#define SLOTS  16384 /* a power of two */
#define PROBES 16

struct counter {
    uint64_t key; /* 0: free */
    int64_t began_us;
    uint32_t tries;
};
struct throttle {
    struct hash key;
    struct counter slots[SLOTS];
};
enum kind { PAIR, ACCOUNT, ADDRESS, KINDS };
static const uint32_t MOST[KINDS] = {THROTTLE_PAIR_MOST, THROTTLE_ACCOUNT_MOST, THROTTLE_ADDRESS_MOST};

struct throttle *throttle_new(const struct hash *key)
{
    struct throttle *throttle = mem_new(sizeof *throttle);
    throttle->key = *key;
    return throttle;
}

void throttle_free(struct throttle *throttle)
{
    mem_free(throttle);
}

static uint64_t key_of(const struct throttle *throttle, enum kind kind, struct span account, struct span address)
{
    const uint8_t tag = (uint8_t)kind;
    const uint64_t account_len = kind == ADDRESS ? 0 : account.len; /* keeps "ab" + "c" apart from "a" + "bc" */
    const struct span parts[] = {span_of(&tag, 1), span_of(&account_len, sizeof account_len), kind == ADDRESS ? span_of(NULL, 0) : account,
                                 kind == ACCOUNT ? span_of(NULL, 0) : address};
    const struct hash mac = hash_keyed(span_of(throttle->key.b, HASH_SIZE), parts, 4);
    uint64_t key = 0;
    memcpy(&key, mac.b, sizeof key);
    return key | 1;
}

static struct counter *find(struct throttle *throttle, uint64_t key)
{
    for (size_t i = 0; i < PROBES; i++) {
        struct counter *slot = &throttle->slots[(key / 2 + i) & (SLOTS - 1)];
        if (slot->key == key)
            return slot;
    }
    return NULL;
}

static struct counter *make(struct throttle *throttle, uint64_t key, int64_t now_us)
{
    struct counter *oldest = &throttle->slots[key / 2 & (SLOTS - 1)];
    for (size_t i = 1; i < PROBES; i++) {
        struct counter *slot = &throttle->slots[(key / 2 + i) & (SLOTS - 1)];
        if (slot->began_us < oldest->began_us)
            oldest = slot;
    }
    *oldest = (struct counter){.key = key, .began_us = now_us};
    return oldest;
}

bool throttle_begin(struct throttle *throttle, struct span account, struct span address, int64_t now_us)
{
    uint64_t keys[KINDS];
    for (int kind = PAIR; kind < KINDS; kind++) {
        keys[kind] = key_of(throttle, (enum kind)kind, account, address);
        struct counter *counter = find(throttle, keys[kind]);
        if (counter && now_us - counter->began_us >= THROTTLE_WINDOW_US)
            *counter = (struct counter){.key = keys[kind], .began_us = now_us};
        if (counter && counter->tries >= MOST[kind])
            return false;
    }
    for (int kind = PAIR; kind < KINDS; kind++) {
        struct counter *counter = find(throttle, keys[kind]);
        (counter ? counter : make(throttle, keys[kind], now_us))->tries++;
    }
    return true;
}

int throttle_wait_s(struct throttle *throttle, struct span account, struct span address, int64_t now_us)
{
    int64_t wait_us = 0;
    for (int kind = PAIR; kind < KINDS; kind++) {
        const struct counter *counter = find(throttle, key_of(throttle, (enum kind)kind, account, address));
        if (!counter || counter->tries < MOST[kind])
            continue;
        const int64_t left_us = counter->began_us + THROTTLE_WINDOW_US - now_us;
        wait_us = left_us > wait_us ? left_us : wait_us;
    }
    return (int)((wait_us + 999999) / 1000000);
}

void throttle_forgive(struct throttle *throttle, struct span account, struct span address)
{
    for (int kind = PAIR; kind < KINDS; kind++) {
        struct counter *counter = find(throttle, key_of(throttle, (enum kind)kind, account, address));
        if (counter && counter->tries > 0)
            counter->tries--;
    }
}
