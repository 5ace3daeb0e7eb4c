/* Fairness, measured: was the order of enrolment the order of arrival, how long did people wait for an answer, and who got the seats.
 *
 * The order numbers are drawn under the programme's lock, batch by batch, so two who arrive in the same millisecond through two
 * gateways may get theirs the other way round. How often and by how much is counted here, so that nobody has to believe it: an
 * inversion is a pair in which the later arrival got the earlier number. All pairs are counted, in n log n steps.
 *
 * Shares tell what groups got (regions, roles), never what a few recognisable people got: a group of fewer than FAIRNESS_LEAST is folded
 * into "other", and "other" takes the next smallest groups along until it is no smaller itself. They are told of a whole programme only:
 * the reports of its implementations, each folded for itself, would name the few of one by what is missing in the others. Arrays are the
 * caller's. */
#ifndef HV_ENROLMENT_DOMAIN_FAIRNESS_H
#define HV_ENROLMENT_DOMAIN_FAIRNESS_H
#include <stddef.h>
#include <stdint.h>

#define FAIRNESS_LEAST 5 /* people a group must have to be named */
#define FAIRNESS_OTHER "other"

struct fairness_order {
    uint64_t inversions;
    uint64_t largest_us; /* how much later the worst of them arrived than one whose number comes after theirs */
};
/* arrivals: by order number; sorted afterwards. room: as many again. */
struct fairness_order fairness_order(int64_t *arrivals, int64_t *room, size_t count);

struct fairness_waits {
    uint64_t p50_us, p95_us, max_us;
};
/* waits: from arrival to decision; sorted afterwards. The p-th percentile is the least wait that p of a hundred did not exceed. */
struct fairness_waits fairness_waits(int64_t *waits, int64_t *room, size_t count);

struct fairness_share {
    const char *value;                           /* "uusimaa" */
    uint32_t people;                             /* who enrolled, was refused, or both: each once */
    uint32_t enrolled, seated, waiting, refused; /* people too */
};
/* The shares of one fact; returns how many are left, the largest first and "other" last. Nothing is left of fewer than FAIRNESS_LEAST. */
size_t fairness_fold(struct fairness_share *shares, size_t count);

#endif
