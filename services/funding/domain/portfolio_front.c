/* See portfolio_own.h. Items are taken in from the last register number to the first: where two states are equal, the one that has just
 * taken its item has the earlier application, and stays. */
#include "services/funding/domain/portfolio_own.h"

bool front_open(const struct theme_items *theme, uint32_t item, int64_t left)
{
    const struct portfolio_item *it = &theme->items[item];

    return theme->force[item] == FORCE_NONE && it->points > 0 && it->cents <= left;
}

struct choice_sum front_forced(const struct theme_items *theme)
{
    struct choice_sum sum = {0, 0};

    for (size_t i = 0; i < theme->count; i++)
        if (theme->force[theme->rows[i]] == FORCE_IN) {
            sum.points += theme->items[theme->rows[i]].points;
            sum.cents += theme->items[theme->rows[i]].cents;
        }
    return sum;
}

static double advantage(const struct portfolio_item *item, double worth)
{
    return (double)item->points - worth * (double)item->cents;
}

/* Whether the bound decides it alone: to leave it, or to take it, against its advantage would be more regret than may be. */
static bool decided(const struct front_plan *plan, uint32_t item)
{
    const double a = advantage(&plan->theme->items[item], plan->worth);

    return a > plan->limit || -a > plan->limit;
}

/* The node of a state that has just taken the item. */
static uint32_t node_add(struct front_memory *memory, uint32_t parent, uint32_t item)
{
    memory->nodes[memory->node_count] = (struct front_node){parent, item};
    return (uint32_t)memory->node_count++;
}

struct step {
    const struct front_plan *plan;
    struct front_memory *memory;
    bool nodes;
    uint32_t item;
    int64_t cents, points;
    double more_without, more_with; /* regret */
    struct front_state *to;
    size_t count;
};

/* False: memory is not enough. */
static bool add_without(struct step *s, const struct front_state *from)
{
    const double regret = from->regret + s->more_without;

    if (regret > s->plan->limit || (s->count > 0 && from->points <= s->to[s->count - 1].points))
        return true; /* too far from the best, or another one has as many points for no more cents */
    if (s->count == s->memory->state_max)
        return false;
    s->to[s->count] = *from;
    s->to[s->count++].regret = regret;
    return true;
}

static bool add_with(struct step *s, const struct front_state *from)
{
    const double regret = from->regret + s->more_with;
    const int64_t points = from->points + s->points, cents = from->cents + s->cents;

    if (cents > s->plan->room || regret > s->plan->limit || (s->count > 0 && points <= s->to[s->count - 1].points))
        return true;
    if (s->count == s->memory->state_max || (s->nodes && s->memory->node_count == s->memory->node_max))
        return false;
    s->to[s->count++] = (struct front_state){
        .cents = cents, .points = points, .regret = regret, .node = s->nodes ? node_add(s->memory, from->node, s->item) : 0};
    return true;
}

/* One item: each state without it and with it, merged by cents; of equal cents, the one with more points first; of equal points too, the
 * one with the item. */
static bool merge(struct step *s, const struct front_state *from, size_t count)
{
    size_t i = 0, k = 0;

    while (i < count) { /* k <= i: with the item it costs more */
        const int64_t cents = from[k].cents + s->cents;

        if (from[i].cents < cents || (from[i].cents == cents && from[i].points > from[k].points + s->points)) {
            if (!add_without(s, &from[i++]))
                return false;
        } else if (!add_with(s, &from[k++])) {
            return false;
        }
    }
    while (k < count)
        if (!add_with(s, &from[k++]))
            return false;
    return true;
}

static struct step step_of(const struct front_plan *plan, struct front_memory *memory, bool nodes, uint32_t item)
{
    const struct portfolio_item *it = &plan->theme->items[item];
    const double a = advantage(it, plan->worth);

    return (struct step){.plan = plan,
                         .memory = memory,
                         .nodes = nodes,
                         .item = item,
                         .cents = it->cents,
                         .points = it->points,
                         .more_without = a > 0 ? a : 0,
                         .more_with = a < 0 ? -a : 0};
}

/* What is forced in, and what the bound takes in alone. */
static struct front_state begin(const struct front_plan *plan, int64_t left)
{
    struct front_state s = {.cents = plan->forced.cents, .points = plan->forced.points};

    for (size_t i = 0; i < plan->theme->count; i++) {
        const uint32_t item = plan->theme->rows[i];

        if (front_open(plan->theme, item, left) && decided(plan, item) && advantage(&plan->theme->items[item], plan->worth) > 0) {
            s.cents += plan->theme->items[item].cents;
            s.points += plan->theme->items[item].points;
        }
    }
    return s;
}

bool front_make(const struct front_plan *plan, struct front_memory *memory, bool nodes, struct front_state **out, size_t *count)
{
    const int64_t left = plan->room - plan->forced.cents;
    struct front_state *from = memory->states[0], *to = memory->states[1];

    memory->node_count = 1;
    from[0] = begin(plan, left);
    *count = from[0].cents <= plan->room ? 1 : 0;
    if (!front_steps(memory, 8 * plan->theme->count))
        return false;
    for (size_t i = plan->theme->count; i > 0 && *count > 0; i--) {
        const uint32_t item = plan->theme->rows[i - 1];
        struct front_state *const was = from;

        if (!front_open(plan->theme, item, left) || decided(plan, item))
            continue;
        struct step s = step_of(plan, memory, nodes, item);
        s.to = to;
        if (!front_steps(memory, *count) || !merge(&s, from, *count))
            return false;
        *count = s.count;
        from = to;
        to = was;
    }
    *out = from;
    return true;
}

void front_mark(const struct front_plan *plan, const struct front_memory *memory, const struct front_state *state, uint8_t *in)
{
    const int64_t left = plan->room - plan->forced.cents;

    for (size_t i = 0; i < plan->theme->count; i++) {
        const uint32_t item = plan->theme->rows[i];

        in[item] = plan->theme->force[item] == FORCE_IN ||
                   (front_open(plan->theme, item, left) && decided(plan, item) && advantage(&plan->theme->items[item], plan->worth) > 0);
    }
    for (uint32_t node = state->node; node != 0; node = memory->nodes[node].parent)
        in[memory->nodes[node].item] = 1;
}
