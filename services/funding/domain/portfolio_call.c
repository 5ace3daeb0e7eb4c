/* See portfolio_own.h: the best of all themes under the call's money, where that is less than the themes' own choices cost. Each theme has
 * the call's price of a cent, or its own where its money ends first. The fronts of the themes are combined one after the other. Only the
 * sum is found here; portfolio.c asks again and again with one more item forced, and so learns the choice. */
#include "services/funding/domain/portfolio_own.h"

struct bound {
    struct choice_sum forced;
    int64_t left;  /* of the call's money, for what is not forced */
    double worth;  /* the call's price of a cent */
    double upper;  /* points of no choice are more */
    int64_t lower; /* of one that is possible */
    double slop;
};

static const struct portfolio_item *item_at(const struct call_items *call, size_t i)
{
    return &call->themes[0].items[call->by_worth[i]];
}

static bool open_at(const struct call_items *call, const struct bound *b, size_t i)
{
    const size_t t = item_at(call, i)->theme;
    const int64_t left = call->left[t] < b->left ? call->left[t] : b->left;

    return front_open(&call->themes[t], call->by_worth[i], left);
}

/* False: what is forced in does not fit. */
static bool begin(const struct call_items *call, struct bound *b)
{
    *b = (struct bound){.left = call->room};
    for (size_t t = 0; t < call->theme_count; t++) {
        const struct choice_sum forced = front_forced(&call->themes[t]);

        b->forced.points += forced.points;
        b->forced.cents += forced.cents;
        call->left[t] = call->themes[t].room - forced.cents;
        if (call->left[t] < 0)
            return false;
    }
    b->left -= b->forced.cents;
    return b->left >= 0;
}

/* Prices: money is spent by worth, in parts where it ends; a theme's price is that of the item where its own money ended, else the call's.
 */
static void find_prices(const struct call_items *call, struct bound *b)
{
    int64_t rest = b->left;

    for (size_t t = 0; t < call->theme_count; t++) {
        call->spent[t] = 0;
        call->worth[t] = -1;
    }
    for (size_t i = 0; i < call->count; i++) {
        const struct portfolio_item *item = item_at(call, i);
        const size_t t = item->theme;
        const double worth = (double)item->points / (double)item->cents;
        int64_t part = item->cents;

        if (!open_at(call, b, i) || call->worth[t] >= 0)
            continue;
        if (rest < part) {
            b->worth = worth;
            break;
        }
        if (call->left[t] - call->spent[t] < part) {
            part = call->left[t] - call->spent[t];
            call->worth[t] = worth;
        }
        call->spent[t] += part;
        rest -= part;
    }
    for (size_t t = 0; t < call->theme_count; t++)
        if (call->worth[t] < b->worth)
            call->worth[t] = b->worth;
}

static void find_bounds(const struct call_items *call, struct bound *b)
{
    int64_t rest = b->left;
    double sizes = (double)b->forced.points + b->worth * (double)b->left;

    b->upper = sizes;
    b->lower = b->forced.points;
    for (size_t t = 0; t < call->theme_count; t++) {
        b->upper += (call->worth[t] - b->worth) * (double)call->left[t];
        sizes += call->worth[t] * (double)call->left[t];
        call->spent[t] = 0;
    }
    for (size_t i = 0; i < call->count; i++) {
        const struct portfolio_item *item = item_at(call, i);
        const size_t t = item->theme;
        const double advantage = (double)item->points - call->worth[t] * (double)item->cents;

        if (!open_at(call, b, i))
            continue;
        sizes += (double)item->points + call->worth[t] * (double)item->cents;
        b->upper += advantage > 0 ? advantage : 0;
        if (item->cents > rest || item->cents > call->left[t] - call->spent[t])
            continue;
        rest -= item->cents;
        call->spent[t] += item->cents;
        b->lower += item->points;
    }
    b->slop = 0.25 + 1e-11 * sizes;
}

/* --- combining --------------------------------------------------------------------------------------------------------- */
struct list {
    struct front_state *rows;
    size_t count;
};

static bool add(struct list *to, size_t max, const struct front_state *state)
{
    if (to->count > 0 && state->points <= to->rows[to->count - 1].points)
        return true;
    if (to->count == max)
        return false;
    to->rows[to->count++] = *state;
    return true;
}

static bool before(const struct front_state *a, const struct front_state *b)
{
    return a->cents < b->cents || (a->cents == b->cents && a->points > b->points);
}

/* out = what `so_far` has, and each state of `all` with `one` of the next theme. */
static bool merge(const struct list *so_far, const struct list *all, const struct front_state *one, int64_t room, double limit,
                  struct list *out, size_t max)
{
    size_t i = 0, k = 0;

    out->count = 0;
    while (i < so_far->count || k < all->count) {
        struct front_state s = {0};

        if (k < all->count)
            s = (struct front_state){.cents = all->rows[k].cents + one->cents,
                                     .points = all->rows[k].points + one->points,
                                     .regret = all->rows[k].regret + one->regret};
        if (k == all->count || (i < so_far->count && before(&so_far->rows[i], &s)))
            s = so_far->rows[i++];
        else
            k++;
        if (s.cents <= room && s.regret <= limit && !add(out, max, &s))
            return false;
    }
    return true;
}

/* *all becomes the combinations of it and the theme's front, which stands in states[0] or [1]; the other two and the front's sister are
 * what is left to work with. */
static bool combine(struct front_memory *memory, struct list *all, const struct front_state *front, size_t count, int64_t room,
                    double limit)
{
    struct front_state *spare[2] = {front == memory->states[0] ? memory->states[1] : memory->states[0],
                                    all->rows == memory->states[2] ? memory->states[3] : memory->states[2]};
    struct list so_far = {spare[0], 0};

    for (size_t i = 0; i < count; i++) {
        struct list out = {spare[1], 0};

        if (!front_steps(memory, so_far.count + all->count) || !merge(&so_far, all, &front[i], room, limit, &out, memory->state_max))
            return false;
        spare[1] = so_far.rows;
        so_far = out;
    }
    struct front_state *to = all->rows;
    for (size_t i = 0; i < so_far.count; i++)
        to[i] = so_far.rows[i];
    all->count = so_far.count;
    return true;
}

/* What a theme leaves of its own money is regret too, at the price its own money has above the call's. */
static size_t drop_idle(const struct call_items *call, const struct bound *b, size_t t, double limit, struct front_state *front,
                        size_t count)
{
    const double price = call->worth[t] - b->worth;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct front_state s = front[i];

        s.regret += price * (double)(call->themes[t].room - s.cents);
        if (s.regret <= limit)
            front[kept++] = s;
    }
    return kept;
}

static bool try_gap(const struct call_items *call, const struct bound *b, double gap, struct front_memory *memory, struct list *all)
{
    const double limit = gap + b->slop;

    all->rows = memory->states[2];
    all->rows[0] = (struct front_state){0};
    all->count = 1;
    for (size_t t = 0; t < call->theme_count && all->count > 0; t++) {
        const struct choice_sum forced = front_forced(&call->themes[t]);
        const int64_t left = call->left[t] < b->left ? call->left[t] : b->left;
        const struct front_plan plan = {
            .theme = &call->themes[t], .forced = forced, .room = forced.cents + left, .worth = call->worth[t], .limit = limit};
        struct front_state *front;
        size_t count;

        if (!front_make(&plan, memory, false, &front, &count))
            return false;
        count = drop_idle(call, b, t, limit, front, count);
        if (!combine(memory, all, front, count, call->room, limit))
            return false;
    }
    return true;
}

bool call_best(const struct call_items *call, struct front_memory *memory, struct choice_sum *best)
{
    struct bound b;
    struct list all;

    *best = (struct choice_sum){-1, 0};
    if (!begin(call, &b))
        return true;
    find_prices(call, &b);
    find_bounds(call, &b);
    const double enough = b.upper - (double)b.lower + b.slop;
    for (double gap = enough / 16;; gap = 2 * gap < enough ? 2 * gap : enough) {
        if (!try_gap(call, &b, gap, memory, &all))
            return false;
        if (all.count > 0 && ((double)all.rows[all.count - 1].points >= b.upper - gap || gap >= enough))
            break;
    }
    *best = (struct choice_sum){all.rows[all.count - 1].points, all.rows[all.count - 1].cents};
    return true;
}
