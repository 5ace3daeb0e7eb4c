/* See portfolio_own.h: the best choice of one theme, whatever is forced. */
#include "services/funding/domain/portfolio_own.h"

#define GAP_PARTS 16 /* the first guess: this part of the gap that is surely enough */

struct relaxed {
    int64_t left;  /* room for what is not forced */
    int64_t lower; /* points of a choice that is possible */
    double upper;  /* points of none are more */
    double worth;  /* the price of a cent */
    double slop;
    bool all; /* everything open fits: nothing has to be chosen */
    struct choice_sum everything;
};

/* Taken by worth while it fits; where the first one does not, the rest of the money goes at its price. */
static struct relaxed relax(const struct theme_items *theme, struct choice_sum forced)
{
    struct relaxed r = {.left = theme->room - forced.cents, .lower = forced.points, .all = true};
    int64_t fits = r.left, points = 0;
    double cents = 0;

    for (size_t i = 0; i < theme->count; i++) {
        const struct portfolio_item *item = &theme->items[theme->by_worth[i]];

        if (!front_open(theme, theme->by_worth[i], r.left))
            continue;
        points += item->points;
        cents += (double)item->cents;
        if (item->cents <= fits) {
            fits -= item->cents;
            r.lower += item->points;
        } else if (r.all) {
            r.all = false;
            r.worth = (double)item->points / (double)item->cents;
            r.upper = (double)r.lower + r.worth * (double)fits;
        }
    }
    r.slop = 0.25 + 1e-11 * ((double)(forced.points + points) + r.worth * (cents + (double)theme->room));
    r.everything = (struct choice_sum){r.lower, theme->room - fits};
    return r;
}

static void mark_everything(const struct theme_items *theme, int64_t left, uint8_t *in)
{
    for (size_t i = 0; i < theme->count; i++)
        in[theme->rows[i]] = theme->force[theme->rows[i]] == FORCE_IN || front_open(theme, theme->rows[i], left);
}

bool theme_best(const struct theme_items *theme, struct front_memory *memory, struct choice_sum *best, uint8_t *in)
{
    struct front_plan plan = {.theme = theme, .forced = front_forced(theme), .room = theme->room};
    struct front_state *front;
    size_t count;

    *best = (struct choice_sum){-1, 0};
    if (plan.forced.cents > theme->room)
        return true;
    const struct relaxed r = relax(theme, plan.forced);
    if (r.all) {
        *best = r.everything;
        if (in != NULL)
            mark_everything(theme, r.left, in);
        return true;
    }
    const double enough = r.upper - (double)r.lower + r.slop;
    plan.worth = r.worth;
    for (double gap = enough / GAP_PARTS;; gap = 2 * gap < enough ? 2 * gap : enough) {
        plan.limit = gap + r.slop;
        if (!front_make(&plan, memory, in != NULL, &front, &count))
            return false;
        if (count > 0 && ((double)front[count - 1].points >= r.upper - gap || gap >= enough))
            break;
    }
    *best = (struct choice_sum){front[count - 1].points, front[count - 1].cents};
    if (in != NULL)
        front_mark(&plan, memory, &front[count - 1], in);
    return true;
}
