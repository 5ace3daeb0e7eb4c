/* hv verify: the order of enrolment, checked by arithmetic instead of trust. Works offline on exported files; with
 * --implementation it fetches the chain first, and does the same. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"
#include "services/hv/proof.h"

#define PAGE 200

struct verify {
    struct common common;
    const char *implementation, *chain_file, *receipt_file, *head_file, *key_text, *save;
    uint8_t key[PROOF_KEY_SIZE];
};

/* One page after entry n. */
static int fetch_page(struct http *http, const char *id, int64_t after, json_t **page)
{
    struct buf path = {0};
    buf_printf(&path, "/api/implementations/%s/chain?afterN=%" PRId64 "&pageSize=%d", id, after, PAGE);
    buf_u8(&path, 0);
    const int status = http_call(http, "GET", (const char *)path.data, NULL, page);
    buf_fini(&path);
    return status;
}

/* The whole chain with the head that came with its last page. It may grow while we read: then we read on. */
static int fetch(const struct verify *verify, json_t **out)
{
    struct http *http = http_open(&verify->common, false);
    if (!http)
        return HV_USAGE;
    char *id = http_escape(http, verify->implementation);
    json_t *entries = json_array();
    int status = HV_YES;
    *out = json_pack("{s:s, s:o}", "implementationId", verify->implementation, "entries", entries);
    for (bool more = true; more && status == HV_YES;) {
        json_t *page = NULL;
        const size_t had = json_array_size(entries);
        const int64_t after = output_number(json_array_get(entries, had ? had - 1 : 0), "n");
        status = fetch_page(http, id, after, &page);
        if (status == HV_YES) {
            json_array_extend(entries, json_object_get(page, "entries"));
            json_object_set(*out, "head", json_object_get(page, "head"));
        }
        const size_t has = json_array_size(entries);
        more = has > had && output_number(json_array_get(entries, has - 1), "n") < output_number(json_object_get(*out, "head"), "n");
        json_decref(page);
    }
    mem_free(id);
    http_close(http);
    return status;
}

static void key_hex(const struct proof *proof, char out[2 * PROOF_KEY_SIZE + 1])
{
    sodium_bin2hex(out, (size_t)2 * PROOF_KEY_SIZE + 1, proof->key, PROOF_KEY_SIZE);
}

static void say_chain(const struct verify *verify, const struct proof *proof)
{
    char hash[2 * HASH_SIZE + 1], key[2 * PROOF_KEY_SIZE + 1];
    if (!proof->holds) {
        printf("chain: DOES NOT HOLD: %s\n", proof->why);
        return;
    }
    sodium_bin2hex(hash, sizeof hash, proof->hash.b, HASH_SIZE);
    key_hex(proof, key);
    printf("chain: holds, %u entries, %u registrations in order without a gap\n  head %s\n", proof->entries, proof->registrations, hash);
    if (!proof->head_given)
        puts("  no head was given: whether the end was cut off cannot be seen");
    else
        printf("  the head is signed with key %s%s\n", key,
               verify->key_text ? "" : "\n  (give --public-key from a source you trust: this one came with the chain)");
}

/* A receipt that nobody else vouches for could have been signed by whoever wrote it: that is said before anything else. */
static void say_receipt(const struct verify *verify, const struct proof *proof, const json_t *receipt, bool in_chain)
{
    const json_t *entry = json_object_get(receipt, "entry");
    char key[2 * PROOF_KEY_SIZE + 1];
    if (!proof->holds) {
        printf("receipt: DOES NOT HOLD: %s\n", proof->why);
        return;
    }
    key_hex(proof, key);
    printf("receipt: holds%s, order %" PRId64 ", %s at %s, entry %" PRId64 "%s\n", verify->key_text ? "" : " by the key that came with it",
           output_number(entry, "orderNo"), output_text(entry, "to"), output_text(entry, "at"), output_number(entry, "n"),
           in_chain ? " of this chain" : "");
    printf("  the receipt is signed with key %s%s\n", key,
           verify->key_text ? "" : "\n  (anybody can sign with a key of their own: give --public-key from a source you trust)");
    puts("  signed: order, state, time, whose; not signed: programmeOrder, position, arrival (receivedAt), names and all else of the "
         "registration");
}

static json_t *chain_json(const struct proof *proof, bool trusted)
{
    char hash[2 * HASH_SIZE + 1], key[2 * PROOF_KEY_SIZE + 1];
    sodium_bin2hex(hash, sizeof hash, proof->hash.b, HASH_SIZE);
    key_hex(proof, key);
    return json_pack("{s:b, s:s, s:I, s:I, s:s, s:b, s:s, s:b}", "holds", proof->holds, "why", proof->why, "entries",
                     (json_int_t)proof->entries, "registrations", (json_int_t)proof->registrations, "hash", hash, "headSigned",
                     proof->head_signed, "publicKey", key, "keyTrusted", trusted);
}

static json_t *receipt_json(const struct proof *proof, bool trusted)
{
    char key[2 * PROOF_KEY_SIZE + 1];
    key_hex(proof, key);
    return json_pack("{s:b, s:s, s:s, s:b}", "holds", proof->holds, "why", proof->why, "publicKey", key, "keyTrusted", trusted);
}

static int judge(const struct verify *verify, const json_t *chain, const json_t *receipt, const json_t *head)
{
    const uint8_t *key = verify->key_text ? verify->key : NULL;
    struct proof of_chain = {.holds = true}, of_receipt = {.holds = true};
    json_t *all = json_object();
    if (chain) {
        proof_chain(&of_chain, chain, head, key);
        json_object_set_new(all, "chain", chain_json(&of_chain, key != NULL));
    }
    if (receipt) {
        proof_receipt(&of_receipt, receipt, chain, key);
        json_object_set_new(all, "receipt", receipt_json(&of_receipt, key != NULL));
    }
    const bool holds = of_chain.holds && of_receipt.holds;
    json_object_set_new(all, "holds", json_boolean(holds));
    json_object_set_new(all, "keyTrusted", json_boolean(key != NULL)); /* false: it holds by the key that came along, whosever that is */
    if (verify->common.json)
        output_json(all);
    if (chain && !verify->common.json)
        say_chain(verify, &of_chain);
    if (receipt && !verify->common.json)
        say_receipt(verify, &of_receipt, receipt, chain != NULL);
    json_decref(all);
    return holds ? HV_YES : HV_NO;
}

/* Reads what was named. HV_YES: all of it is there. */
static int gather(const struct verify *verify, json_t **chain, json_t **receipt, json_t **head)
{
    if (verify->implementation) {
        const int status = fetch(verify, chain);
        if (status != HV_YES)
            return status;
    }
    if (verify->chain_file && !(*chain = output_read(verify->chain_file)))
        return HV_USAGE;
    if (verify->receipt_file && !(*receipt = output_read(verify->receipt_file)))
        return HV_USAGE;
    if (verify->head_file && !(*head = output_read(verify->head_file)))
        return HV_USAGE;
    if (*chain && verify->save && json_dump_file(*chain, verify->save, JSON_INDENT(1)) != 0) {
        fprintf(stderr, "hv: the chain cannot be written to %s\n", verify->save);
        return HV_USAGE;
    }
    return HV_YES;
}

int verify_main(int argc, char **argv)
{
    struct verify verify = {0};
    json_t *chain = NULL, *receipt = NULL, *head = NULL;
    const struct arg args[] = {
        {"--implementation", "ID", "fetch the chain of this implementation from the gateway", .text = &verify.implementation},
        {"--chain", "FILE", "an exported chain (JSON, \"-\": standard input)", .text = &verify.chain_file},
        {"--receipt", "FILE", "a receipt", .text = &verify.receipt_file},
        {"--head", "FILE", "a head that was published earlier: the chain must still hold it", .text = &verify.head_file},
        {"--public-key", "KEY", "the service's key, hex or base64, from a source you trust", .text = &verify.key_text},
        {"--save", "FILE", "keep the fetched chain", .text = &verify.save}};
    const struct usage usage = {
        .synopsis = "verify (--implementation ID | --chain FILE | --receipt FILE) [OPTION]...",
        .text = "Checks the order of enrolment by arithmetic. Each entry of a chain commits to all before it, so a changed, missing,\n"
                "swapped or inserted entry shows, and with a head that was published before, a cut end and a chain written anew show\n"
                "too. A receipt binds one person's order number and time to an entry. No server is asked about files; nothing in a\n"
                "chain names a person. Exit status 0: it holds; 1: it does not.\n\n"
                "  hv verify --implementation 0190c3f2-0000-7000-8000-000000000001 --save chain.json\n"
                "  hv verify --chain chain.json --receipt receipt.json --public-key 3b6a27bc...",
        .args = args,
        .arg_count = sizeof args / sizeof args[0]};
    const enum args_result parsed = args_parse(&usage, argc, argv, &verify.common, NULL);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (verify.implementation && verify.chain_file)
        return args_wrong(&usage, "--implementation and --chain exclude each other", NULL);
    if (!verify.implementation && !verify.chain_file && !verify.receipt_file)
        return args_wrong(&usage, "what shall be verified?", NULL);
    if (verify.key_text && !proof_key(verify.key_text, verify.key))
        return args_wrong(&usage, "--public-key is 32 bytes as hex or base64", verify.key_text);
    int status = gather(&verify, &chain, &receipt, &head);
    if (status == HV_YES)
        status = judge(&verify, chain, receipt, head);
    json_decref(chain);
    json_decref(receipt);
    json_decref(head);
    return status;
}
