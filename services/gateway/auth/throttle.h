/* Guessing costs time: at most so many failed sign-ins per account and per address in a quarter of an hour. An attempt is
 * counted when it begins and forgiven when it succeeds, so a hundred at once do not slip through. Memory is fixed; each gateway
 * counts for itself (behind n gateways a guesser has n times as many tries, which is still few). */
#ifndef HV_GATEWAY_AUTH_THROTTLE_H
#define HV_GATEWAY_AUTH_THROTTLE_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/hash.h"

#define THROTTLE_PAIR_MOST    5   /* one account from one address */
#define THROTTLE_ACCOUNT_MOST 50  /* one account from anywhere: more would let strangers lock it too easily */
#define THROTTLE_ADDRESS_MOST 100 /* one address, any account: a school may share one */
#define THROTTLE_WINDOW_US    (15LL * 60 * 1000000)

struct throttle;

struct throttle *throttle_new(const struct hash *key); /* key: what we count is kept as a MAC, not as names */
void throttle_free(struct throttle *throttle);
bool throttle_begin(struct throttle *throttle, struct span account, struct span address, int64_t now_us); /* false: too many */
/* In how many seconds the last of the counts that are full begins anew: 1 to 900; 0 when none is full. */
int throttle_wait_s(struct throttle *throttle, struct span account, struct span address, int64_t now_us);
void throttle_forgive(struct throttle *throttle, struct span account, struct span address);

#endif
