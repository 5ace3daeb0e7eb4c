/* Judging: what the service answered against what the model says, operation by operation in the order of the tickets. */
#ifndef HV_TESTS_PROPERTY_JUDGE_H
#define HV_TESTS_PROPERTY_JUDGE_H
#include "tests/service/enrolment/property/story.h"

#define KEYS_MOST 512

struct judge {
    struct model *m;
    struct story *story;
    struct verdict kept[KEYS_MOST]; /* by key: what an operation that succeeded was answered */
    bool keeps[KEYS_MOST];
    int caller[KEYS_MOST];       /* whose key it is */
    unsigned phase;              /* operations of one phase were under way at once */
    unsigned lost[KEYS_MOST];    /* in which phase the caller was forgotten, and the kept answer with them */
    unsigned gone[PERSONS_MOST]; /* in which phase this person was */
};

/* One operation whose turn it is. */
void judge_operation(struct judge *j, struct operation *op);

#endif
