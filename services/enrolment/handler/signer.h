/* The service's signing key (Ed25519): it signs receipts and chain heads when they are asked for, so that what the service said can
 * be shown to it later. The key is a file of its own; losing it loses nothing but the power to sign. */
#ifndef HV_ENROLMENT_HANDLER_SIGNER_H
#define HV_ENROLMENT_HANDLER_SIGNER_H
#include "common/base/err.h"
#include "services/enrolment/handler/convert.h"

#define SIGNER_PUBLIC_SIZE    32
#define SIGNER_SIGNATURE_SIZE 64

/* path: a file with the seed, 64 hex digits. Returns ERR_NOT_FOUND or ERR_INVALID. */
enum err signer_read(struct signer **out, const char *path) MUST_CHECK;
void signer_free(struct signer *signer); /* wipes it; NULL is fine */

/* Both point into memory of `arena` or of the signer. */
ProtobufCBinaryData signer_public_key(const struct signer *signer);
ProtobufCBinaryData signer_sign(const struct signer *signer, struct arena *arena, struct span bytes);

/* The signed head of an implementation's chain, as it is at hand. */
Enrolment__ChainHead *chain_head_message(struct workset *w, const struct implementation *i);

#endif
