/* Keys and sealing by libsodium. See keyring.h. */
#include "services/enrolment/handler/keyring.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

#define KEY_SIZE   crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE   crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BLOCK      64 /* bytes the plain text is filled up to multiples of */
#define LINE_SIZE  128
#define NUMBER_MAX 2147483647UL /* the database keeps it as an integer */

struct key {
    uint32_t number;
    uint8_t bytes[KEY_SIZE];
};
struct keyring {
    struct key keys[KEYRING_MAX]; /* newest first */
    size_t count;
};

static bool read_number(const char *text, size_t len, uint32_t *out)
{
    unsigned long number = 0;

    if (len == 0 || len > 10)
        return false;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (unsigned long)(text[i] - '0');
    *out = (uint32_t)number;
    return number >= 1 && number <= NUMBER_MAX;
}

static bool read_key(const char *line, struct key *key)
{
    const size_t digits = strspn(line, "0123456789"), gap = strspn(line + digits, " \t");
    const char *hex = line + digits + gap;
    const size_t len = strcspn(hex, " \t\r\n");
    size_t got = 0;

    return read_number(line, digits, &key->number) && gap > 0 && len == 2 * KEY_SIZE && strspn(hex + len, " \t\r\n") == strlen(hex + len) &&
           sodium_hex2bin(key->bytes, KEY_SIZE, hex, len, NULL, &got, NULL) == 0 && got == KEY_SIZE;
}

/* In its place by number, highest first; false: the number is there already, or there is no room. */
static bool add_key(struct keyring *keyring, const struct key *key)
{
    size_t at = keyring->count;

    if (keyring->count == KEYRING_MAX)
        return false;
    while (at > 0 && keyring->keys[at - 1].number < key->number)
        at--;
    if (at > 0 && keyring->keys[at - 1].number == key->number)
        return false;
    memmove(&keyring->keys[at + 1], &keyring->keys[at], (keyring->count - at) * sizeof *key);
    keyring->keys[at] = *key;
    keyring->count++;
    return true;
}

static bool read_lines(struct keyring *keyring, FILE *file)
{
    char line[LINE_SIZE];
    struct key key;
    bool ok = true;

    while (ok && fgets(line, sizeof line, file) != NULL)
        if (line[strspn(line, " \t\r\n")] != '\0' && *line != '#')
            ok = read_key(line, &key) && add_key(keyring, &key);
    sodium_memzero(line, sizeof line);
    sodium_memzero(&key, sizeof key);
    return ok && ferror(file) == 0 && keyring->count > 0;
}

enum err keyring_read(struct keyring **out, const char *path)
{
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return ERR_NOT_FOUND;
    struct keyring *keyring = mem_new(sizeof *keyring);
    const bool ok = read_lines(keyring, file);
    (void)fclose(file);
    if (!ok) {
        keyring_free(keyring);
        return ERR_INVALID;
    }
    *out = keyring;
    return ERR_OK;
}

void keyring_free(struct keyring *keyring)
{
    if (keyring != NULL)
        sodium_memzero(keyring, sizeof *keyring);
    mem_free(keyring);
}

uint32_t keyring_newest(const struct keyring *keyring)
{
    return keyring != NULL ? keyring->keys[0].number : 0;
}

const uint32_t *keyring_older(const struct keyring *keyring, struct arena *arena, size_t *count)
{
    *count = keyring != NULL ? keyring->count - 1 : 0;
    uint32_t *numbers = arena_array(arena, *count + 1, sizeof *numbers);
    for (size_t i = 0; i < *count; i++)
        numbers[i] = keyring->keys[i + 1].number;
    return numbers;
}

const struct data_key *keyring_proofs(const struct keyring *keyring, struct arena *arena, size_t *count)
{
    const struct span purpose = span_text("hakuvayla data key");

    *count = keyring != NULL ? keyring->count : 0;
    struct data_key *proofs = arena_array(arena, *count, sizeof *proofs);
    for (size_t i = 0; i < *count; i++)
        proofs[i] = (struct data_key){.number = keyring->keys[i].number,
                                      .proof = hash_keyed(span_of(keyring->keys[i].bytes, KEY_SIZE), &purpose, 1)};
    return proofs;
}

/* What a sealed answer is bound to. */
static struct span bound_to(struct arena *arena, struct uuid registration, const char *code)
{
    const size_t len = strlen(code);
    uint8_t *both = arena_alloc(arena, sizeof registration.b + len);

    memcpy(both, registration.b, sizeof registration.b);
    memcpy(both + sizeof registration.b, code, len);
    return span_of(both, sizeof registration.b + len);
}

struct span keyring_seal(const struct keyring *keyring, struct arena *arena, struct uuid registration, const char *code, struct span plain)
{
    const size_t room = plain.len + BLOCK;
    size_t filled = 0;
    unsigned long long sealed_len = 0;
    uint8_t *text = arena_alloc(arena, room), *out = arena_alloc(arena, NONCE_SIZE + room + TAG_SIZE);
    const struct span bound = bound_to(arena, registration, code);

    assert(keyring != NULL);
    if (plain.len > 0)
        memcpy(text, plain.data, plain.len);
    if (sodium_pad(&filled, text, plain.len, BLOCK, room) != 0)
        bug("an answer has no room for its filling");
    random_bytes(out, NONCE_SIZE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_SIZE, &sealed_len, text, filled, bound.data, bound.len, NULL, out,
                                                     keyring->keys[0].bytes);
    sodium_memzero(text, room);
    return span_of(out, NONCE_SIZE + (size_t)sealed_len);
}

static const struct key *key_numbered(const struct keyring *keyring, uint32_t number)
{
    for (size_t i = 0; keyring != NULL && i < keyring->count; i++)
        if (keyring->keys[i].number == number)
            return &keyring->keys[i];
    return NULL;
}

bool keyring_open(const struct keyring *keyring, struct arena *arena, uint32_t key_no, struct uuid registration, const char *code,
                  struct span sealed, struct span *plain)
{
    const struct key *key = key_numbered(keyring, key_no);
    unsigned long long filled = 0;
    size_t len = 0;

    if (key == NULL || sealed.len < NONCE_SIZE + TAG_SIZE)
        return false;
    const struct span bound = bound_to(arena, registration, code);
    uint8_t *text = arena_alloc(arena, sealed.len);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(text, &filled, NULL, sealed.data + NONCE_SIZE, sealed.len - NONCE_SIZE, bound.data,
                                                   bound.len, sealed.data, key->bytes) != 0 ||
        sodium_unpad(&len, text, (size_t)filled, BLOCK) != 0)
        return false;
    *plain = span_of(text, len);
    return true;
}
