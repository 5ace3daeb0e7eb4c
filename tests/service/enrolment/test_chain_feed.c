/* The feed of chain heads: what it shows is what the chain says, signed; a chain that moves is published again and the older head stays;
 * one that does not is left alone. */
#include "tests/service/enrolment/rig.h"

#include <sodium.h>
#include <stdlib.h>

#include "common/base/chain.h"
#include "services/gateway/route/codec.h"
#include "tests/unit/doc/look.h"

static struct rig *rig;

static char *feed(void)
{
    Enrolment__GetChainFeedRequest request = ENROLMENT__GET_CHAIN_FEED_REQUEST__INIT;
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChainFeed", .message = &request.base});

    assert_int_equal(a.err, ERR_OK);
    const Bus__File *file = (const Bus__File *)a.message;
    const struct buf bytes = {.data = file->content.data, .len = file->content.len};
    assert_string_equal(file->name, "chains.atom");
    assert_string_equal(file->media_type, "application/atom+xml; charset=utf-8");
    return look("x.atom", &bytes, "xmllint --noout x.atom && xmllint --xpath '//*[local-name()=\"feed\"]/*' x.atom");
}

static const Enrolment__ChainHead *head_of(struct uuid implementation)
{
    Enrolment__GetChainHeadRequest request = ENROLMENT__GET_CHAIN_HEAD_REQUEST__INIT;

    request.implementation_id = rig_bytes(&implementation);
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChainHead", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__ChainHead *)a.message;
}

/* The bytes behind `"name":"` in base64, after this place of the feed. */
static void bytes_after(const char *place, const char *name, uint8_t *out, size_t len)
{
    size_t got = 0;
    const char *at = strstr(place, name);

    assert_non_null(at);
    at += strlen(name);
    assert_int_equal(sodium_base642bin(out, len, at, strcspn(at, "\""), NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
    assert_int_equal(got, len);
}

/* The entry of this implementation and number; NULL: it is not in the feed. */
static const char *entry_of(const char *words, struct uuid implementation, uint32_t n)
{
    char id[UUID_TEXT], json[96];

    uuid_format(implementation, id);
    (void)snprintf(json, sizeof json, "{\"implementationId\":\"%s\",\"n\":%u,", id, n);
    return strstr(words, json);
}

static void assert_signed(const char *entry, struct uuid implementation, uint32_t n, int64_t at_us)
{
    uint8_t key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES], bytes[CHAIN_HEAD_SIZE];
    struct hash hash;

    bytes_after(entry, "\"hash\":\"", hash.b, sizeof hash.b);
    bytes_after(entry, "\"publicKey\":\"", key, sizeof key);
    bytes_after(entry, "\"signature\":\"", signature, sizeof signature);
    chain_head_bytes(implementation, n, &hash, at_us, bytes);
    assert_int_equal(crypto_sign_verify_detached(signature, bytes, sizeof bytes, key), 0);
}

static bool shown(struct uuid implementation, uint32_t n)
{
    char *words = feed();
    const bool found = entry_of(words, implementation, n) != NULL;

    free(words);
    return found;
}

static void wait_until_shown(struct uuid implementation, uint32_t n)
{
    for (int i = 0; i < KIT_PATIENCE_MS / 100 && !shown(implementation, n); i++)
        kit_sleep_ms(100);
    assert_true(shown(implementation, n));
}

/* Before anything happened: a feed that says when it was asked for, not a year long gone. */
static void without_entries_it_is_of_today(void **state)
{
    (void)state;
    char *words = feed();
    char now[TIME_TEXT], updated[40];

    time_format(time_now_us(), now);
    (void)snprintf(updated, sizeof updated, "<updated>%.13s", now); /* to the hour */
    assert_null(strstr(words, "<entry"));
    if (strstr(words, updated) == NULL)
        fail_msg("%s is not in %s", updated, words);
    free(words);
    rig_rest(rig);
}

static void what_is_published_is_what_the_chain_says(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "feed", .cap = 10, .capacity = 5, .waiting_cap = 5, .count = 2});
    char hash[65];

    for (int i = 0; i < 3; i++)
        assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    wait_until_shown(world.implementations[0], 3);
    assert_false(shown(world.implementations[1], 0)); /* nothing happened there */
    char *words = feed();
    const Enrolment__ChainHead *head = head_of(world.implementations[0]);
    const char *entry = entry_of(words, world.implementations[0], 3);
    assert_signed(entry, world.implementations[0], 3, head->at_us);
    (void)sodium_bin2hex(hash, sizeof hash, head->hash.data, head->hash.len);
    assert_non_null(strstr(entry, hash));
    assert_non_null(strstr(entry, "\"code\":\"feed/"));
    free(words);
    rig_rest(rig);
}

static void an_older_head_stays_and_a_still_chain_is_left_alone(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "still", .cap = 10, .capacity = 5, .waiting_cap = 5, .count = 1});
    const struct uuid implementation = world.implementations[0];
    char id[UUID_TEXT];

    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    wait_until_shown(implementation, 1);
    kit_sleep_ms(2500);
    uuid_format(implementation, id);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.chain_publication where implementation_id = '%s'", id), 1);
    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    wait_until_shown(implementation, 2);
    assert_true(shown(implementation, 1));
    rig_rest(rig);
}

/* What a reader of the feed does months later: the text of an old entry, saved, against the chain as it is exported then. */
static void hv_verify_takes_an_entry(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "kept", .cap = 10, .capacity = 5, .waiting_cap = 5, .count = 1});
    Enrolment__GetChainRequest request = ENROLMENT__GET_CHAIN_REQUEST__INIT;
    struct buf chain = {0};
    char command[900];

    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    wait_until_shown(world.implementations[0], 1);
    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    char *words = feed();
    const char *entry = entry_of(words, world.implementations[0], 1);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChain", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    codec_encode(&chain, a.message);
    (void)snprintf(command, sizeof command, "printf %%s '%.*s' >head.json && %s verify --chain chain.json --head head.json",
                   (int)strcspn(entry, "<"), entry, kit_program("hv"));
    char *said = look("chain.json", &chain, command);
    assert_non_null(strstr(said, "chain: holds, 2 entries"));
    assert_null(strstr(said, "no head was given"));
    free(said);
    free(words);
    buf_fini(&chain);
    rig_rest(rig);
}

static int up(void **state)
{
    (void)state;
    if (setenv("HV_CHAIN_PUBLISH_SECONDS", "1", 1) != 0)
        return -1;
    rig = rig_new(1, 1);
    return 0;
}

static int down(void **state)
{
    (void)state;
    rig_free(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_entries_it_is_of_today),                      /* nothing is published yet */
        cmocka_unit_test(what_is_published_is_what_the_chain_says),            /* the head, its hash and its signature */
        cmocka_unit_test(an_older_head_stays_and_a_still_chain_is_left_alone), /* one publication a change */
        cmocka_unit_test(hv_verify_takes_an_entry),                            /* the text of an entry is a head to hold a chain against */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment chain feed", tests, up, down));
}
