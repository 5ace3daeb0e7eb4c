/* The story of one history, kept while it runs and printed when it goes wrong: what was asked, what the service said, what the model
 * says, and every difference found. */
#ifndef HV_TESTS_PROPERTY_STORY_H
#define HV_TESTS_PROPERTY_STORY_H
#include <stdio.h>

#include "tests/service/enrolment/property/model.h"

struct story {
    FILE *out; /* a stream in memory */
    char *text;
    size_t size;
    unsigned wrong; /* differences found */
};

void story_open(struct story *story);
void story_close(struct story *story);
void story_programme(struct story *story, const struct model *m);
void story_operation(struct story *story, const struct model *m, const struct operation *op);
/* A difference. The first few are told, all are counted. */
void story_wrong(struct story *story, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
