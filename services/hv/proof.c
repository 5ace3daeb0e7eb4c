/* Checking a chain and a receipt: see proof.h. The arithmetic is common/base/chain.h's; here is its JSON and the signatures. */
#include "services/hv/proof.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "common/base/time.h"
#include "services/hv/output.h"

/* Keeps the first reason. */
__attribute__((format(printf, 2, 3))) static bool fails(struct proof *proof, const char *format, ...)
{
    va_list args;
    if (proof->holds) {
        va_start(args, format);
        (void)vsnprintf(proof->why, sizeof proof->why, format, args);
        va_end(args);
    }
    proof->holds = false;
    return false;
}

/* --- JSON to records -------------------------------------------------------------------------------------------------------- */

static bool read_bytes(const json_t *object, const char *name, uint8_t *out, size_t len)
{
    const char *text = output_text(object, name);
    size_t got = 0;
    return sodium_base642bin(out, len, text, strlen(text), NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 && got == len;
}

static bool read_id(const json_t *object, const char *name, struct uuid *out)
{
    return uuid_parse(out, span_text(output_text(object, name)));
}

static bool read_u32(const json_t *object, const char *name, uint32_t *out)
{
    const json_t *value = json_object_get(object, name);
    *out = (uint32_t)json_integer_value(value);
    return (!value || json_is_integer(value)) && json_integer_value(value) == (json_int_t)*out;
}

static bool read_state(const json_t *object, const char *name, uint8_t *out)
{
    static const char *const STATES[] = {"STATE_UNKNOWN", "STATE_SEATED",  "STATE_QUEUED",     "STATE_CANCELLED",
                                         "STATE_HELD",    "STATE_OFFERED", "STATE_TRANSFERRED"}; /* enrolment.State */
    const char *text = output_text(object, name);
    *out = 0;
    if (!*text)
        return true; /* the default value may be left out */
    for (size_t i = 0; i < sizeof STATES / sizeof STATES[0]; i++)
        if (strcmp(text, STATES[i]) == 0)
            return *out = (uint8_t)i, true;
    return false;
}

static bool read_entry(const json_t *entry, struct uuid implementation, struct chain_record *record, struct hash *claimed)
{
    *record = (struct chain_record){.implementation = implementation};
    return read_u32(entry, "n", &record->n) && read_state(entry, "from", &record->from) && read_state(entry, "to", &record->to) &&
           read_u32(entry, "orderNo", &record->order_no) && read_id(entry, "registrationId", &record->registration) &&
           read_bytes(entry, "personHash", record->person.b, HASH_SIZE) && read_bytes(entry, "hash", claimed->b, HASH_SIZE) &&
           time_parse(&record->at_us, span_text(output_text(entry, "at")));
}

bool proof_key(const char *text, uint8_t out[PROOF_KEY_SIZE])
{
    size_t got = 0;
    if (strlen(text) == (size_t)2 * PROOF_KEY_SIZE)
        return sodium_hex2bin(out, PROOF_KEY_SIZE, text, strlen(text), NULL, &got, NULL) == 0 && got == PROOF_KEY_SIZE;
    return sodium_base642bin(out, PROOF_KEY_SIZE, text, strlen(text), NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == PROOF_KEY_SIZE;
}

/* --- signatures ------------------------------------------------------------------------------------------------------------- */

static bool check_signature(struct proof *proof, const json_t *object, const char *what, struct span text, const uint8_t *key)
{
    uint8_t signature[PROOF_SIGNATURE_SIZE];
    if (!read_bytes(object, "signature", signature, sizeof signature) || !read_bytes(object, "publicKey", proof->key, sizeof proof->key))
        return fails(proof, "%s has no signature with its key", what);
    if (key && memcmp(proof->key, key, PROOF_KEY_SIZE) != 0)
        return fails(proof, "%s is signed with another key than the one you trust", what);
    if (crypto_sign_verify_detached(signature, text.data, text.len, proof->key) != 0)
        return fails(proof, "the signature of %s is not right", what);
    return true;
}

/* --- the chain -------------------------------------------------------------------------------------------------------------- */

struct head {
    uint32_t n;
    struct hash hash;
};

static bool read_head(struct proof *proof, const json_t *json, struct uuid implementation, const uint8_t *key, struct head *head)
{
    struct uuid of = {{0}};
    int64_t at_us = 0;
    uint8_t text[CHAIN_HEAD_SIZE];
    const char *at = output_text(json, "at");
    if (!read_u32(json, "n", &head->n) || !read_bytes(json, "hash", head->hash.b, HASH_SIZE) || !read_id(json, "implementationId", &of) ||
        (*at && !time_parse(&at_us, span_text(at))))
        return fails(proof, "the head cannot be read");
    if (uuid_compare(of, implementation) != 0)
        return fails(proof, "the head belongs to another implementation");
    chain_head_bytes(implementation, head->n, &head->hash, at_us, text);
    proof->head_given = true;
    proof->head_signed = check_signature(proof, json, "the head", span_of(text, sizeof text), key);
    return proof->head_signed;
}

static const char *words_of(enum chain_finding finding)
{
    switch (finding) {
    case CHAIN_OK:
        return "holds";
    case CHAIN_OTHER:
        return "belongs to another implementation";
    case CHAIN_GAP:
        return "has not the next number: an entry is missing, doubled or swapped";
    case CHAIN_ORDER:
        return "has not the next order number";
    case CHAIN_CHANGED:
        return "was changed: its hash does not follow from it and from what stands before";
    case CHAIN_CUT:
        return "is the last one here, but the published head knows more: the end was cut off";
    case CHAIN_HEAD:
        return "differs from the published head";
    }
    return "cannot be judged";
}

static void check_entries(struct proof *proof, const json_t *chain, struct chain_check *check)
{
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(chain, "entries"), i, entry)
    {
        struct chain_record record;
        struct hash claimed;
        if (!read_entry(entry, check->implementation, &record, &claimed)) {
            fails(proof, "entry %zu cannot be read", i + 1);
            return;
        }
        const enum chain_finding finding = chain_check_next(check, &record, &claimed);
        if (finding != CHAIN_OK) {
            fails(proof, "entry %zu %s", i + 1, words_of(finding));
            return;
        }
    }
    const enum chain_finding end = chain_check_end(check);
    if (end != CHAIN_OK)
        fails(proof, "entry %u %s", check->n, words_of(end));
}

static void check_against(struct proof *proof, const json_t *chain, struct uuid implementation, const struct head *head)
{
    struct chain_check check;
    chain_check_init(&check, implementation);
    if (head)
        chain_check_expect(&check, head->n, &head->hash);
    check_entries(proof, chain, &check);
    proof->entries = check.n;
    proof->registrations = check.order_no;
    proof->hash = check.hash;
}

void proof_chain(struct proof *proof, const json_t *chain, const json_t *head, const uint8_t *key)
{
    struct uuid implementation;
    struct head own = {0}, earlier = {0};
    const json_t *own_json = json_object_get(chain, "head");
    *proof = (struct proof){.holds = true};
    if (!read_id(chain, "implementationId", &implementation)) {
        fails(proof, "the chain does not say of which implementation it is");
        return;
    }
    if (own_json && !read_head(proof, own_json, implementation, key, &own))
        return;
    if (head && !read_head(proof, head, implementation, key, &earlier))
        return;
    check_against(proof, chain, implementation, own_json ? &own : NULL);
    if (proof->holds && head)
        check_against(proof, chain, implementation, &earlier);
}

/* --- the receipt ------------------------------------------------------------------------------------------------------------ */

static void find_in_chain(struct proof *proof, const json_t *chain, struct uuid implementation, uint32_t n, const struct hash *hash)
{
    struct uuid of;
    struct hash stands;
    const json_t *entry = json_array_get(json_object_get(chain, "entries"), n - 1);
    if (!read_id(chain, "implementationId", &of) || uuid_compare(of, implementation) != 0)
        fails(proof, "the chain is of another implementation than the receipt");
    else if (!entry || !read_bytes(entry, "hash", stands.b, HASH_SIZE) || !hash_equal(&stands, hash))
        fails(proof, "entry %u of the chain is not the receipt's", n);
}

static void check_person(struct proof *proof, const json_t *receipt, struct uuid person, const struct hash *claimed)
{
    uint8_t salt[CHAIN_SALT_SIZE];
    if (!read_bytes(receipt, "salt", salt, sizeof salt)) {
        fails(proof, "the receipt has no salt, so it does not say whose it is");
        return;
    }
    const struct hash hash = chain_person(salt, person);
    if (!hash_equal(&hash, claimed))
        fails(proof, "the receipt is not this person's: salt and person do not give its hash");
}

/* The entry is what is signed; the registration beside it is what people read. So whatever both say must be the same. */
static void check_registration(struct proof *proof, const json_t *of, const struct chain_record *record)
{
    int64_t created_us = 0;
    uint32_t order_no = 0;
    uint8_t state = 0;
    if (!read_u32(of, "orderNo", &order_no) || order_no != record->order_no)
        fails(proof, "its registration says order %" PRIu32 ", the entry that is signed says %" PRIu32, order_no, record->order_no);
    else if (!read_state(of, "state", &state) || state != record->to)
        fails(proof, "its registration says %s, the entry that is signed says another state", output_text(of, "state"));
    else if (time_parse(&created_us, span_text(output_text(of, "createdAt"))) &&
             (record->from == 0 ? created_us != record->at_us : created_us > record->at_us))
        fails(proof, "its registration says it was made at %s, which the entry that is signed contradicts", output_text(of, "createdAt"));
}

void proof_receipt(struct proof *proof, const json_t *receipt, const json_t *chain, const uint8_t *key)
{
    struct chain_record record;
    struct hash hash;
    struct uuid implementation, person, registration;
    uint8_t text[CHAIN_RECEIPT_SIZE];
    const json_t *of = json_object_get(receipt, "registration");
    *proof = (struct proof){.holds = true};
    if (!read_id(of, "implementationId", &implementation) || !read_id(of, "id", &registration) || !read_id(of, "personId", &person) ||
        !read_entry(json_object_get(receipt, "entry"), implementation, &record, &hash)) {
        fails(proof, "the receipt cannot be read");
        return;
    }
    if (uuid_compare(record.registration, registration) != 0)
        fails(proof, "the receipt's entry is of another registration");
    check_registration(proof, of, &record);
    chain_receipt_bytes(&record, &hash, text);
    if (check_signature(proof, receipt, "the receipt", span_of(text, sizeof text), key))
        check_person(proof, receipt, person, &record.person);
    if (proof->holds && chain)
        find_in_chain(proof, chain, implementation, record.n, &hash);
}
