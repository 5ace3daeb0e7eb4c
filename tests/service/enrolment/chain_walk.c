/* The chain, entry by entry: see chain_walk.h. */
#include "tests/service/enrolment/chain_walk.h"

struct hash chain_walk_hash(ProtobufCBinaryData bytes)
{
    struct hash hash = {{0}};

    assert_int_equal(bytes.len, sizeof hash.b);
    memcpy(hash.b, bytes.data, sizeof hash.b);
    return hash;
}

struct chain_record chain_walk_record(struct uuid implementation, const Enrolment__ChainEntry *e)
{
    return (struct chain_record){.implementation = implementation,
                                 .n = e->n,
                                 .from = (uint8_t)e->from,
                                 .to = (uint8_t)e->to,
                                 .order_no = e->order_no,
                                 .registration = rig_id(e->registration_id),
                                 .person = chain_walk_hash(e->person_hash),
                                 .at_us = e->at_us};
}

static enum chain_finding walk_page(struct chain_check *check, struct uuid implementation, const Enrolment__Chain *chain,
                                    struct chain_walk *walk)
{
    enum chain_finding finding = CHAIN_OK;

    for (size_t i = 0; finding == CHAIN_OK && i < chain->n_entries; i++) {
        const struct chain_record record = chain_walk_record(implementation, chain->entries[i]);
        const struct hash hash = chain_walk_hash(chain->entries[i]->hash);
        finding = chain_check_next(check, &record, &hash);
        if (record.n == walk->n)
            walk->at = hash;
    }
    return finding;
}

enum chain_finding chain_walk(struct rig *rig, struct uuid implementation, struct chain_walk *walk)
{
    Enrolment__GetChainRequest request = ENROLMENT__GET_CHAIN_REQUEST__INIT;
    enum chain_finding finding = CHAIN_OK;
    struct chain_check check;

    request.implementation_id = rig_bytes(&implementation);
    request.page_size = walk->page;
    chain_check_init(&check, implementation);
    while (finding == CHAIN_OK) {
        const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChain", .message = &request.base});
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__Chain *chain = (const Enrolment__Chain *)a.message;
        if (request.after_n == 0) {
            const struct hash head = chain_walk_hash(chain->head->hash);
            chain_check_expect(&check, chain->head->n, &head);
            walk->length = chain->head->n;
        }
        if (chain->n_entries == 0)
            return chain_check_end(&check);
        finding = walk_page(&check, implementation, chain, walk);
        request.after_n = chain->entries[chain->n_entries - 1]->n;
    }
    return finding;
}
