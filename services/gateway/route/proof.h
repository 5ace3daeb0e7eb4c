/* Proof of work: what a program that tries all doors at once must pay before each, and a person never notices.
 *
 * The protocol is ALTCHA's first (algorithm SHA-256), by its field names, so that its open-source widget solves our challenges. We draw
 * a number of 0..most and give away SHA-256(salt + number), signed; the client finds the number by trying. Nothing is kept: the signature
 * says that the challenge is ours, the salt says until when it counts. No puzzle, no cookie, nobody else is asked. Pure: time and random
 * bytes come from the caller. What was used already is spent.h's. */
#ifndef HV_GATEWAY_PROOF_H
#define HV_GATEWAY_PROOF_H
#include "common/base/hash.h"
#include "gateway.pb-c.h"

#define PROOF_LIFE_S    600  /* a long form on a slow phone; and no more than can be solved in that time can be hoarded */
#define PROOF_RANDOM    20   /* bytes of a challenge: its salt and its number */
#define PROOF_TEXT_MOST 1024 /* characters of a solution */
#define PROOF_HEADER    "X-Proof-Of-Work"
#define PROOF_PATH      "/api/challenge"

struct proof_terms {
    struct hash key;
    uint32_t most; /* the largest number; 0: no proof is asked */
};

struct proof_challenge {
    Gateway__Challenge message; /* its texts are those below */
    char salt[64], challenge[65], signature[65];
};
void proof_draw(const struct proof_terms *terms, const uint8_t random[PROOF_RANDOM], int64_t now_s, struct proof_challenge *out);

enum proof { PROOF_GOOD, PROOF_WRONG, PROOF_EXPIRED };
struct proof_solution {
    uint64_t challenge; /* which one: the first bytes of its hash */
    int64_t expires_s;
};
/* text: base64 of JSON with algorithm, challenge, number, salt and signature; what else it says is not looked at. A challenge has one
 * salt and one number only, so a solution that was used cannot come back in other words. */
enum proof proof_check(const struct proof_terms *terms, struct span text, int64_t now_s, struct proof_solution *out);

#endif
