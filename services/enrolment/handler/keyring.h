/* The keys that seal sensitive answers in the database: XChaCha20-Poly1305 (libsodium), a random nonce each time, bound to the
 * registration and the question, so that a sealed row that is copied to another place does not open there.
 *
 * The keys are lines of one file (HV_DATA_KEYS), "<number> <64 hex digits>". The highest number seals; all of them open. To rotate: add a
 * line with a higher number, start the service anew, run `hv reseal`, then take the old line away. A number means one key for ever: a
 * service whose file has another key under it does not start (store/data_key.h). Whoever loses the file loses the
 * sensitive answers; whoever has only the database has none of them. */
#ifndef HV_ENROLMENT_HANDLER_KEYRING_H
#define HV_ENROLMENT_HANDLER_KEYRING_H
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/uuid.h"
#include "services/enrolment/store/data_key.h"

#define KEYRING_MAX 32 /* keys in the file */

struct keyring;

/* Returns ERR_NOT_FOUND (no such file), or ERR_INVALID: another kind of line, a number twice, no key at all. */
enum err keyring_read(struct keyring **out, const char *path) MUST_CHECK;
void keyring_free(struct keyring *keyring); /* wipes it; NULL is fine */

/* The number of the key that seals; 0: there is no keyring (NULL). */
uint32_t keyring_newest(const struct keyring *keyring);
/* The numbers of the others. */
const uint32_t *keyring_older(const struct keyring *keyring, struct arena *arena, size_t *count);

/* What shows which keys these are, and nothing else about them. *count 0 without a keyring. */
const struct data_key *keyring_proofs(const struct keyring *keyring, struct arena *arena, size_t *count);

/* Nonce and ciphertext, on the arena. The plain text is filled up to full blocks, so that its length does not tell yes from no. */
struct span keyring_seal(const struct keyring *keyring, struct arena *arena, struct uuid registration, const char *code, struct span plain);
/* False: there is no such key here, or it does not open: changed, or brought from another row. */
bool keyring_open(const struct keyring *keyring, struct arena *arena, uint32_t key_no, struct uuid registration, const char *code,
                  struct span sealed, struct span *plain);

#endif
