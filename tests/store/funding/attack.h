/* Attacks on the nets of the schema: hand-written SQL under the service's own role, each one transaction that has to fail with the words
 * that name what it ran into; afterwards the world is as it was. */
#ifndef HV_TESTS_STORE_FUNDING_ATTACK_H
#define HV_TESTS_STORE_FUNDING_ATTACK_H
#include "tests/store/funding/world.h"

struct attack {
    const char *name, *sql, *words; /* part of the message, or the constraint's name */
};

void attack_all(struct kit_pg *pg, struct db *db, const struct attack *attacks, size_t count);
#define EXPECT(attacks) attack_all(pg, db, attacks, sizeof attacks / sizeof attacks[0])
#define NEW_ID          "'00000000-0000-8000-8000-0000000000d9'"

#endif
