/* What has been withdrawn before its time: revoked tokens, signed-out sessions, accounts closed or changed since they signed in.
 * Kept in memory, so that looking at a request's credentials needs no I/O; filled from the tables by refresh.c. Used on the
 * loop's thread only. */
#ifndef HV_GATEWAY_AUTH_WITHDRAWAL_H
#define HV_GATEWAY_AUTH_WITHDRAWAL_H
#include "services/gateway/auth/sign.h"

struct withdrawals;

/* One thing withdrawn. Either a credential (until expires_us), or the present terms of an account. */
struct withdrawal {
    struct uuid id;
    bool is_account;
    int64_t expires_us; /* of a credential */
    uint32_t roles;     /* of an account: what it may now, at most */
    bool closed;
    int64_t sessions_from_us; /* sessions issued before are void; 0: none is */
};

struct withdrawals *withdrawals_new(void);
void withdrawals_free(struct withdrawals *withdrawals);
void withdrawals_add(struct withdrawals *withdrawals, const struct withdrawal *withdrawal); /* the newest word counts */
void withdrawals_purge(struct withdrawals *withdrawals, int64_t now_us);                    /* forgets what expired */
size_t withdrawals_count(const struct withdrawals *withdrawals);

/* False: the credential is withdrawn. Takes roles from it that the account has no more. */
bool withdrawals_allow(const struct withdrawals *withdrawals, bool is_session, struct credential *credential);

#endif
