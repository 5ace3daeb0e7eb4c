/* Walking the order chain as anybody gets it, page by page, with nothing but the published arithmetic. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_CHAIN_WALK_H
#define HV_TESTS_SERVICE_ENROLMENT_CHAIN_WALK_H
#include "common/base/chain.h"
#include "tests/service/enrolment/rig.h"

struct chain_walk {
    uint32_t page;   /* asked for: entries a page; 0: the service's own */
    uint32_t n;      /* asked for: whose hash is wanted; 0: nobody's */
    uint32_t length; /* found: as the head of the first page has it */
    struct hash at;
};

/* CHAIN_OK: it verifies from its start to that head. */
enum chain_finding chain_walk(struct rig *rig, struct uuid implementation, struct chain_walk *walk);
struct hash chain_walk_hash(ProtobufCBinaryData bytes);
struct chain_record chain_walk_record(struct uuid implementation, const Enrolment__ChainEntry *e);

#endif
