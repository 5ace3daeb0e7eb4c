/* Between the files of the portfolio: portfolio.c (the choice), portfolio_theme.c (the best of one theme), portfolio_call.c (of all themes
 * under the call's money), portfolio_front.c (the states both look at).
 *
 * The bound. With a price per cent ("worth": the points a cent brings where the money ends) every item has an advantage, points less
 * price times cents. No choice can have more points than taking every item of positive advantage and selling the rest of the money at the
 * price; each decision against an item's advantage, and each cent that is not used, costs its regret. A state whose regret is already more
 * than the gap cannot reach a choice within the gap of the bound. The gap is guessed small and doubled until a choice within it is found:
 * then none that was left out can be better. Prices are doubles; `slop` is more than all their rounding together. */
#ifndef HV_FUNDING_DOMAIN_PORTFOLIO_OWN_H
#define HV_FUNDING_DOMAIN_PORTFOLIO_OWN_H
#include "services/funding/domain/portfolio.h"

enum force { FORCE_NONE, FORCE_IN, FORCE_OUT };

struct front_state {
    int64_t cents, points;
    double regret;
    uint32_t node; /* of what was taken on the way here; 0: nothing */
};
struct front_node {
    uint32_t parent, item;
};
struct front_memory { /* the caller's scratch, divided */
    struct front_state *states[4];
    size_t state_max;
    struct front_node *nodes; /* [0] is nothing */
    size_t node_max, node_count;
    int64_t steps; /* that are left */
};
struct theme_items { /* the candidates of one theme */
    const struct portfolio_item *items;
    const uint32_t *rows;     /* by register number */
    const uint32_t *by_worth; /* most points a cent first */
    size_t count;
    const uint8_t *force; /* enum force, by item */
    int64_t room;
};
struct choice_sum {
    int64_t points, cents; /* points < 0: what is forced in does not fit */
};
/* Most points first, then fewest cents. */
static inline bool choice_equal(struct choice_sum a, struct choice_sum b)
{
    return a.points == b.points && a.cents == b.cents;
}

/* --- portfolio_front.c */
struct front_plan {
    const struct theme_items *theme;
    struct choice_sum forced; /* what is forced in */
    int64_t room;             /* of all, what is forced in among it */
    double worth;             /* the price of a cent */
    double limit;             /* the most regret */
};
/* False: so many steps are not left. */
static inline bool front_steps(struct front_memory *memory, size_t count)
{
    memory->steps -= (int64_t)count;
    return memory->steps >= 0;
}
/* An item that is decided by the front: not forced, with points, and not dearer than the whole room left. */
bool front_open(const struct theme_items *theme, uint32_t item, int64_t left);
struct choice_sum front_forced(const struct theme_items *theme);
/* The states by cents, with rising points, into memory->states[0] or [1] (*out). With nodes, what leads to each; *memory is used up. False:
 * memory or steps are not enough. */
bool front_make(const struct front_plan *plan, struct front_memory *memory, bool nodes, struct front_state **out, size_t *count);
/* Marks in in[item] what leads to this state. */
void front_mark(const struct front_plan *plan, const struct front_memory *memory, const struct front_state *state, uint8_t *in);

/* --- portfolio_theme.c: in may be NULL. False: memory or steps are not enough. */
bool theme_best(const struct theme_items *theme, struct front_memory *memory, struct choice_sum *best, uint8_t *in);

/* --- portfolio_call.c */
struct call_items {
    const struct theme_items *themes;
    size_t theme_count;
    const uint32_t *by_worth; /* of all themes */
    size_t count;
    int64_t room;
    double *worth;  /* scratch, by theme */
    int64_t *left;  /* the same */
    int64_t *spent; /* the same */
};
bool call_best(const struct call_items *call, struct front_memory *memory, struct choice_sum *best);

#endif
