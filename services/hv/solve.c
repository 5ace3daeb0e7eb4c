/* Every number from 0 on is tried, as a browser's widget does. See solve.h. */
#include "services/hv/solve.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/commands.h"
#include "services/hv/output.h"

#define MOST       10000000 /* the gateway's own bound of HV_PROOF_MAX */
#define SALT_MOST  200
#define DIGITS     12
#define HASH_BYTES crypto_hash_sha256_BYTES

static bool number_find(const char *salt, const char *wanted_hex, int64_t most, int64_t *out)
{
    uint8_t wanted[HASH_BYTES], hash[HASH_BYTES];
    char text[SALT_MOST + DIGITS];
    size_t len = 0, salt_len = strlen(salt);
    if (salt_len >= SALT_MOST || most > MOST ||
        sodium_hex2bin(wanted, sizeof wanted, wanted_hex, strlen(wanted_hex), NULL, &len, NULL) != 0 || len != sizeof wanted)
        return false;
    memcpy(text, salt, salt_len);
    for (*out = 0; *out <= most; ++*out) {
        snprintf(text + salt_len, DIGITS, "%d", (int)*out);
        crypto_hash_sha256(hash, (const uint8_t *)text, strlen(text));
        if (memcmp(hash, wanted, sizeof hash) == 0)
            return true;
    }
    return false;
}

bool solve_challenge(const json_t *challenge, char out[SOLVE_TEXT])
{
    static const char *const COPIED[] = {"algorithm", "challenge", "salt", "signature"};
    int64_t number = 0;
    *out = 0;
    if (strcmp(output_text(challenge, "algorithm"), "SHA-256") != 0 ||
        !number_find(output_text(challenge, "salt"), output_text(challenge, "challenge"), output_number(challenge, "maxnumber"), &number))
        return false;
    json_t *solution = json_pack("{s:I}", "number", (json_int_t)number);
    for (size_t i = 0; i < sizeof COPIED / sizeof COPIED[0]; i++)
        json_object_set_new(solution, COPIED[i], json_string(output_text(challenge, COPIED[i])));
    char text[SOLVE_TEXT];
    size_t len = json_dumpb(solution, text, sizeof text, JSON_COMPACT);
    json_decref(solution);
    if (sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL) > SOLVE_TEXT)
        return false;
    sodium_bin2base64(out, SOLVE_TEXT, (const uint8_t *)text, len, sodium_base64_VARIANT_ORIGINAL);
    return true;
}

void solve_at_door(struct http *http)
{
    char solution[SOLVE_TEXT] = "";
    json_t *challenge = NULL;
    http_quiet(http, true);
    if (http_call(http, "GET", "/api/challenge", NULL, &challenge) == HV_YES)
        (void)solve_challenge(challenge, solution);
    http_quiet(http, false);
    http_proof(http, solution);
    json_decref(challenge);
}
