/* The choice a proposal makes: of all applications of a call, those that together have the most points under each theme's money and the
 * call's. Exact, not a heuristic, and reproducible: of equal points the choice that costs less; of equal cost, the one that has the earlier
 * application (by register number) at the first place where they differ. The order in which the items are given changes nothing.
 *
 * A theme is a knapsack of its own: states (cents, points) are kept where no other is better, and where they can still reach the best, by
 * the bound of the relaxed problem (portfolio_front.c, portfolio_theme.c). Where the call's money is less than the themes' choices cost,
 * the fronts of the themes are combined under it (portfolio_call.c). Each "no" is solved again as a "yes", and each "yes" as a "no": what
 * the whole would lose.
 *
 * The caller gives the memory, and the work is bounded too, by a count of steps and not by a clock: the same call is possible everywhere or
 * nowhere. Where either is not enough, nothing is proposed, rather than something that may be worse. */
#ifndef HV_FUNDING_DOMAIN_PORTFOLIO_H
#define HV_FUNDING_DOMAIN_PORTFOLIO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PORTFOLIO_MAX   5000               /* applications of a call */
#define PORTFOLIO_NAMED 3                  /* of those that a "no" would displace */
#define NO_LOSS         (-1)               /* it cannot be otherwise, whatever it costs */
#define PORTFOLIO_STEPS INT64_C(400000000) /* items and states looked at: some seconds of one core */

enum portfolio_why {
    PORTFOLIO_CHOSEN = 1,
    PORTFOLIO_NO_ROOM,      /* the money goes to others, with more points together */
    PORTFOLIO_TOO_DEAR,     /* alone it costs more than is left of the theme or the call */
    PORTFOLIO_VERDICT,      /* no candidate: more than half of the evaluators would not fund it, or nobody recommends an amount */
    PORTFOLIO_NOT_EVALUATED /* no candidate: no evaluation counts */
};
struct portfolio_item {
    const char *register_number; /* unique; "12/20.01/2020" goes by year, then number */
    size_t theme;
    int32_t points;                                     /* 0..10000 */
    int64_t cents;                                      /* of a candidate: more than 0 */
    bool candidate;                                     /* else why says why not, and it stays as it is */
    enum portfolio_why why;                             /* found, of a candidate */
    bool chosen;                                        /* found, as all below */
    int64_t loss;                                       /* points the whole loses if it were otherwise; NO_LOSS */
    size_t displaces[PORTFOLIO_NAMED], displaces_count; /* of a "no" as a "yes": the first items that would have to go */
    size_t displaces_all;                               /* how many; 0 where the call's money binds over the themes: not looked for */
};
struct portfolio {
    struct portfolio_item *items;
    size_t count;
    const int64_t *rooms; /* what is left of each theme's money; never negative */
    size_t theme_count;
    int64_t room;          /* and of the call's */
    int64_t points, cents; /* found: of all that are chosen */
};

/* 12/20.01/2020 is before 3/20.01/2021, and 9/... before 12/.... */
int register_compare(const char *a, const char *b);
/* Bytes that are enough for all but made-up calls. */
size_t portfolio_scratch(size_t items, size_t themes);
/* scratch: aligned for any type. False: it is not enough, or PORTFOLIO_STEPS are not; nothing was found. */
bool portfolio_choose(struct portfolio *portfolio, void *scratch, size_t size);

#endif
