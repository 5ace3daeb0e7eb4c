/* Which key a number means. The file of keys (handler/keyring.h) is not in the database, so two replicas may have different files, or a
 * file may be made anew under old numbers: answers would then be sealed that no other replica, or nobody, can open. So each key leaves a
 * proof under its number when a service first starts with it, from which nothing can be told about the key, and a service with another
 * key of that number does not start. No part of a batch: looked at once, at start. */
#ifndef HV_ENROLMENT_STORE_DATA_KEY_H
#define HV_ENROLMENT_STORE_DATA_KEY_H
#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/db/db.h"

struct data_key {
    uint32_t number;
    struct hash proof;
};

struct data_key_report {
    uint32_t wrong;   /* a number whose key is another one than before; 0: none */
    uint32_t missing; /* a number that is not among the keys, though answers are sealed with it; 0: none */
};

/* Leaves the proofs that are new and compares the others, in a transaction of its own. Nothing is left when one is wrong. */
enum err data_key_check(struct db *db, struct arena *arena, const struct data_key *keys, size_t count,
                        struct data_key_report *report) MUST_CHECK;

#endif
