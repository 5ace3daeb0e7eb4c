/* The bus key and what it does to bytes; only wire.c sees this side of it. */
#ifndef HV_WIRE_SEAL_H
#define HV_WIRE_SEAL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/wire/wire.h"

#define SEAL_NONCE 24
#define SEAL_TAG   16

/* Encrypts `len` bytes in place; the tag goes right behind them. `topic`: associated data. `nonce` is drawn and written. */
void seal_close(const struct seal *seal, struct span topic, uint8_t nonce[SEAL_NONCE], uint8_t *text, size_t len);
/* Decrypts text with its tag into out (text.len - SEAL_TAG bytes). False: not sealed with this key for this topic. */
bool seal_open(const struct seal *seal, struct span topic, const uint8_t nonce[SEAL_NONCE], struct span text, uint8_t *out);

#endif
