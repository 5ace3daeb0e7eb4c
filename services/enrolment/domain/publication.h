/* A chain's head as it was shown to the public: whoever kept it can hold the chain of any later day against it. */
#ifndef HV_ENROLMENT_DOMAIN_PUBLICATION_H
#define HV_ENROLMENT_DOMAIN_PUBLICATION_H
#include "common/base/hash.h"
#include "common/base/uuid.h"

struct publication {
    struct uuid implementation;
    const char *programme_code, *code; /* of the implementation */
    uint32_t n;                        /* the entry that was the last one then */
    struct hash hash;
    int64_t entry_us, published_us;
};

#endif
