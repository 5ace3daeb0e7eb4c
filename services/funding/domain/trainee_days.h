/* Trainee days (koulutettavapäivät): what training comes to, so that courses of any shape can be added up. A part of scope s with p
 * participants is s x p days; a scope in credits (opintopiste) counts 4.5 days a credit. Reports add up what was held the same way.
 *
 * All is in tenths, so that it stays whole numbers: a scope of 2.5 credits is 25, and a sum of 1234.5 days is 12345. Half a tenth (a part
 * of an odd number of tenths of a credit, to an odd number of people) is rounded up, each part by itself. */
#ifndef HV_FUNDING_DOMAIN_TRAINEE_DAYS_H
#define HV_FUNDING_DOMAIN_TRAINEE_DAYS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAINING_PARTS_MAX        50
#define TRAINING_SCOPE_MAX        10000 /* tenths: a thousand days or credits */
#define TRAINING_PARTICIPANTS_MAX 100000

struct training_part {
    const char *title;
    uint32_t scope_tenths;
    bool credits; /* the scope is in credits; else in days */
    uint32_t participants;
};

int64_t trainee_days_of(const struct training_part *part); /* tenths; what is over the bounds counts as the bounds */
int64_t trainee_days_tenths(const struct training_part *parts, size_t count);

#endif
