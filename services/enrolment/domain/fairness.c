/* Counting inversions by merging, and folding small groups. See fairness.h. */
#include "services/enrolment/domain/fairness.h"

#include <string.h>

/* Merges two sorted halves; whoever of the right half goes before some of the left is an inversion with each of them. */
static uint64_t merge(int64_t *at, int64_t *room, size_t middle, size_t count)
{
    uint64_t inversions = 0;
    size_t left = 0, right = middle;

    for (size_t i = 0; i < count; i++) {
        if (right == count || (left < middle && at[left] <= at[right])) {
            room[i] = at[left++];
        } else {
            room[i] = at[right++];
            inversions += middle - left;
        }
    }
    memcpy(at, room, count * sizeof *at);
    return inversions;
}

/* Sorts, and counts the pairs that stood the wrong way round. From the bottom up, so that no stack grows. */
static uint64_t sort(int64_t *values, int64_t *room, size_t count)
{
    uint64_t inversions = 0;

    for (size_t half = 1; half < count; half *= 2) {
        for (size_t from = 0; from + half < count; from += 2 * half) {
            const size_t whole = from + 2 * half <= count ? 2 * half : count - from;
            inversions += merge(values + from, room, half, whole);
        }
    }
    return inversions;
}

struct fairness_order fairness_order(int64_t *arrivals, int64_t *room, size_t count)
{
    struct fairness_order order = {.largest_us = 0};
    int64_t latest = count > 0 ? arrivals[0] : 0; /* of all with an earlier number */

    for (size_t i = 1; i < count; i++) {
        if (latest > arrivals[i] && (uint64_t)(latest - arrivals[i]) > order.largest_us)
            order.largest_us = (uint64_t)(latest - arrivals[i]);
        latest = arrivals[i] > latest ? arrivals[i] : latest;
    }
    order.inversions = sort(arrivals, room, count);
    return order;
}

static uint64_t percentile(const int64_t *sorted, size_t count, size_t percent)
{
    const int64_t value = sorted[(count * percent + 99) / 100 - 1];
    return value > 0 ? (uint64_t)value : 0; /* clocks of two hosts may differ a little */
}

struct fairness_waits fairness_waits(int64_t *waits, int64_t *room, size_t count)
{
    if (count == 0)
        return (struct fairness_waits){.max_us = 0};
    (void)sort(waits, room, count);
    return (struct fairness_waits){
        .p50_us = percentile(waits, count, 50), .p95_us = percentile(waits, count, 95), .max_us = percentile(waits, count, 100)};
}

static void by_size(struct fairness_share *shares, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct fairness_share share = shares[i];
        size_t at = i;
        for (; at > 0 && shares[at - 1].people < share.people; at--)
            shares[at] = shares[at - 1];
        shares[at] = share;
    }
}

static void add(struct fairness_share *to, const struct fairness_share *share)
{
    to->people += share->people;
    to->enrolled += share->enrolled;
    to->seated += share->seated;
    to->waiting += share->waiting;
    to->refused += share->refused;
}

/* A value that is itself called so would stand beside the folded ones under one name. */
static size_t take_other(struct fairness_share *shares, size_t count, struct fairness_share *other)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(shares[i].value, FAIRNESS_OTHER) == 0)
            add(other, &shares[i]);
        else
            shares[left++] = shares[i];
    }
    return left;
}

size_t fairness_fold(struct fairness_share *shares, size_t count)
{
    struct fairness_share other = {.value = FAIRNESS_OTHER};
    size_t left = take_other(shares, count, &other);

    by_size(shares, left);
    while (left > 0 && (shares[left - 1].people < FAIRNESS_LEAST || (other.people > 0 && other.people < FAIRNESS_LEAST)))
        add(&other, &shares[--left]);
    if (other.people >= FAIRNESS_LEAST)
        shares[left++] = other;
    return left;
}
