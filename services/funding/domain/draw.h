/* The audit sample: which final reports are looked at more closely is drawn so that anybody can check it afterwards. Before reports come,
 * a random seed is bound by showing its SHA-256. Later a public value that nobody could know then (the beacon) is added, and each award
 * gets the tag HMAC-SHA-256(seed, beacon || register number), the texts as UTF-8 bytes. Those with the lowest tags are drawn: the call's
 * permille of the accepted awards, rounded up. Then the seed is shown. Neither the officials (bound before the beacon) nor whoever makes
 * the beacon (the seed is secret then) can choose who is drawn. */
#ifndef HV_FUNDING_DOMAIN_DRAW_H
#define HV_FUNDING_DOMAIN_DRAW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/uuid.h"

#define DRAW_SEED_SIZE  32
#define DRAW_BEACON_MAX 500   /* characters */
#define DRAW_ROWS_MAX   10000 /* of a draw: the event of it names all that are drawn, at most 252 KiB */
#define DRAW_PAGE       3500  /* rows that one answer can show to whoever checks it */

struct draw_row {
    struct uuid award_id;
    const char *register_number;
    struct hash tag;
    bool drawn;
};

struct hash draw_commitment(const uint8_t seed[DRAW_SEED_SIZE]);
size_t draw_count(size_t rows, int32_t permille); /* how many are drawn */
/* Gives each row its tag, sorts them by it, and marks the drawn ones. */
void draw_make(const uint8_t seed[DRAW_SEED_SIZE], const char *beacon, struct draw_row *rows, size_t count, int32_t permille);

#endif
