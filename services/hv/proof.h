/* An exported chain and a receipt, read from their JSON (enrolment.Chain, enrolment.Receipt) and checked offline. Knows no
 * server: what it is given is all it believes. */
#ifndef HV_HV_PROOF_H
#define HV_HV_PROOF_H
#include <jansson.h>
#include <stdbool.h>

#include "common/base/chain.h"

#define PROOF_KEY_SIZE       32
#define PROOF_SIGNATURE_SIZE 64

/* What was found, in words for a person. */
struct proof {
    bool holds;
    char why[240]; /* the first thing that does not hold */
    uint32_t entries, registrations;
    bool head_given, head_signed;
    struct hash hash;            /* of the last entry */
    uint8_t key[PROOF_KEY_SIZE]; /* that signed */
};

/* chain: {implementationId, entries, head}. head: one published earlier (a ChainHead), or NULL. key: the service's public key from
 * a source one trusts, or NULL: then the one beside the signature is used, and proves less. */
void proof_chain(struct proof *proof, const json_t *chain, const json_t *head, const uint8_t *key);
/* receipt; chain may be NULL. With it the receipt's entry must stand in it. */
void proof_receipt(struct proof *proof, const json_t *receipt, const json_t *chain, const uint8_t *key);

/* A public key as 64 hex digits or base64. */
bool proof_key(const char *text, uint8_t out[PROOF_KEY_SIZE]);

#endif
