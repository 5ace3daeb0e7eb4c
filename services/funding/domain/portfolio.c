/* See portfolio.h. Here: the order of things, the choice itself, and what each application would cost the whole if it were otherwise. */
#include "services/funding/domain/portfolio.h"

#include <string.h>

#include "services/funding/domain/portfolio_own.h"

#define STATES_LEAST 65536 /* per front; four of them */
#define NODES_LEAST  1048576

struct choice {
    struct portfolio *portfolio;
    uint32_t *rows, *by_worth;  /* candidates by theme, then register number, or worth */
    uint32_t *order, *by_price; /* candidates by register number, by worth, over all themes */
    size_t count;
    struct theme_items *themes;
    struct choice_sum *sums; /* of each theme, nothing forced */
    uint8_t *force, *in;     /* by item */
    struct call_items call;
    struct front_memory memory;
    bool binds; /* the call's money is less than the themes' choices cost */
};

/* --- order ------------------------------------------------------------------------------------------------------------- */
static int64_t digits(const char *text)
{
    int64_t n = 0;

    for (; *text >= '0' && *text <= '9' && n < INT64_MAX / 100; text++)
        n = 10 * n + (*text - '0');
    return n;
}

int register_compare(const char *a, const char *b)
{
    const char *year_a = strrchr(a, '/'), *year_b = strrchr(b, '/');
    const int64_t ya = year_a != NULL ? digits(year_a + 1) : 0, yb = year_b != NULL ? digits(year_b + 1) : 0;
    const int64_t na = digits(a), nb = digits(b);

    if (ya != yb)
        return ya < yb ? -1 : 1;
    if (na != nb)
        return na < nb ? -1 : 1;
    return strcmp(a, b);
}

typedef bool (*item_before)(const struct portfolio_item *a, const struct portfolio_item *b);

static bool by_register(const struct portfolio_item *a, const struct portfolio_item *b)
{
    return register_compare(a->register_number, b->register_number) < 0;
}

/* points / cents, multiplied crosswise: at most 10^4 x 10^15. */
static bool by_worth(const struct portfolio_item *a, const struct portfolio_item *b)
{
    const uint64_t left = (uint64_t)a->points * (uint64_t)b->cents, right = (uint64_t)b->points * (uint64_t)a->cents;

    return left != right ? left > right : by_register(a, b);
}

static bool by_theme(const struct portfolio_item *a, const struct portfolio_item *b)
{
    return a->theme != b->theme ? a->theme < b->theme : by_register(a, b);
}

static bool by_theme_worth(const struct portfolio_item *a, const struct portfolio_item *b)
{
    return a->theme != b->theme ? a->theme < b->theme : by_worth(a, b);
}

/* Shell's sort, with Ciura's gaps: a few thousand at most, and no memory. */
static void sort(uint32_t *index, size_t count, const struct portfolio_item *items, item_before first)
{
    static const size_t GAPS[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

    for (size_t g = 0; g < sizeof GAPS / sizeof *GAPS; g++)
        for (size_t i = GAPS[g]; i < count; i++) {
            const uint32_t item = index[i];
            size_t at = i;

            for (; at >= GAPS[g] && first(&items[item], &items[index[at - GAPS[g]]]); at -= GAPS[g])
                index[at] = index[at - GAPS[g]];
            index[at] = item;
        }
}

/* --- memory ------------------------------------------------------------------------------------------------------------ */
struct bump {
    uint8_t *at, *end;
};

static void *take(struct bump *bump, size_t count, size_t size)
{
    const size_t bytes = (count * size + 15) / 16 * 16;
    void *memory = bump->at;

    if ((size_t)(bump->end - bump->at) < bytes)
        return NULL;
    bump->at += bytes;
    return memory;
}

static size_t tables_size(size_t items, size_t themes)
{
    return items * (4 * sizeof(uint32_t) + 2) +
           themes * (sizeof(struct theme_items) + sizeof(struct choice_sum) + sizeof(double) + 2 * sizeof(int64_t)) + 12 * 16;
}

size_t portfolio_scratch(size_t items, size_t themes)
{
    return tables_size(items, themes) + 4 * STATES_LEAST * sizeof(struct front_state) + NODES_LEAST * sizeof(struct front_node);
}

static bool divide(struct choice *c, void *scratch, size_t size)
{
    const size_t items = c->portfolio->count, themes = c->portfolio->theme_count;
    struct bump bump = {scratch, (uint8_t *)scratch + size};

    if (size < portfolio_scratch(items, themes))
        return false;
    c->rows = take(&bump, items, sizeof *c->rows);
    c->by_worth = take(&bump, items, sizeof *c->by_worth);
    c->order = take(&bump, items, sizeof *c->order);
    c->by_price = take(&bump, items, sizeof *c->by_price);
    c->force = take(&bump, items, 1);
    c->in = take(&bump, items, 1);
    c->themes = take(&bump, themes, sizeof *c->themes);
    c->sums = take(&bump, themes, sizeof *c->sums);
    c->call.worth = take(&bump, themes, sizeof *c->call.worth);
    c->call.left = take(&bump, themes, sizeof *c->call.left);
    c->call.spent = take(&bump, themes, sizeof *c->call.spent);
    c->memory.nodes = take(&bump, NODES_LEAST, sizeof *c->memory.nodes);
    c->memory.node_max = NODES_LEAST;
    c->memory.steps = PORTFOLIO_STEPS;
    c->memory.state_max = (size_t)(bump.end - bump.at) / 4 / sizeof(struct front_state);
    for (size_t i = 0; i < 4; i++)
        c->memory.states[i] = take(&bump, c->memory.state_max / 4 * 4, sizeof(struct front_state));
    c->memory.state_max = c->memory.state_max / 4 * 4;
    return true;
}

/* --- the choice -------------------------------------------------------------------------------------------------------- */
static void arrange(struct choice *c)
{
    const struct portfolio *p = c->portfolio;
    size_t at = 0;

    for (size_t i = 0; i < p->count; i++) {
        c->force[i] = FORCE_NONE;
        c->in[i] = 0;
        if (p->items[i].candidate)
            c->order[c->count++] = (uint32_t)i;
    }
    sort(c->order, c->count, p->items, by_register);
    memcpy(c->rows, c->order, c->count * sizeof *c->rows);
    memcpy(c->by_worth, c->order, c->count * sizeof *c->rows);
    memcpy(c->by_price, c->order, c->count * sizeof *c->rows);
    sort(c->rows, c->count, p->items, by_theme);
    sort(c->by_worth, c->count, p->items, by_theme_worth);
    sort(c->by_price, c->count, p->items, by_worth);
    for (size_t t = 0; t < p->theme_count; t++) {
        const size_t from = at;

        while (at < c->count && p->items[c->rows[at]].theme == t)
            at++;
        c->themes[t] = (struct theme_items){.items = p->items,
                                            .rows = c->rows + from,
                                            .by_worth = c->by_worth + from,
                                            .count = at - from,
                                            .force = c->force,
                                            .room = p->rooms[t]};
    }
    c->call.themes = c->themes;
    c->call.theme_count = p->theme_count;
    c->call.by_worth = c->by_price;
    c->call.count = c->count;
    c->call.room = p->room;
}

/* The best with what is forced; only items of this theme may be (theme_count: of any). Where the themes' own choices fit the call's money
 * together, nothing under it is better. */
static bool best_of(struct choice *c, size_t theme, struct choice_sum *best)
{
    *best = (struct choice_sum){0, 0};
    for (size_t t = 0; t < c->portfolio->theme_count; t++) {
        struct choice_sum sum = c->sums[t];

        if ((t == theme || theme == c->portfolio->theme_count) && !theme_best(&c->themes[t], &c->memory, &sum, NULL))
            return false;
        if (sum.points < 0) {
            *best = sum;
            return true;
        }
        best->points += sum.points;
        best->cents += sum.cents;
    }
    return best->cents <= c->portfolio->room || call_best(&c->call, &c->memory, best);
}

static bool choose_by_theme(struct choice *c)
{
    int64_t cents = 0;

    for (size_t t = 0; t < c->portfolio->theme_count; t++) {
        if (!theme_best(&c->themes[t], &c->memory, &c->sums[t], c->in))
            return false;
        cents += c->sums[t].cents;
    }
    c->binds = cents > c->portfolio->room;
    return true;
}

/* One after the other by register number: each is in where the best can have it, with those before it as they are. */
static bool choose_one_by_one(struct choice *c)
{
    const size_t any = c->portfolio->theme_count;
    struct choice_sum best, with;

    if (!call_best(&c->call, &c->memory, &best))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        c->force[c->order[i]] = FORCE_IN;
        if (!best_of(c, any, &with))
            return false;
        if (!choice_equal(with, best))
            c->force[c->order[i]] = FORCE_OUT;
    }
    for (size_t i = 0; i < c->count; i++) {
        c->in[c->order[i]] = c->force[c->order[i]] == FORCE_IN;
        c->force[c->order[i]] = FORCE_NONE;
    }
    return true;
}

static void write_choice(struct choice *c)
{
    struct portfolio *p = c->portfolio;

    p->points = p->cents = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct portfolio_item *item = &p->items[i];

        item->chosen = item->candidate && c->in[i] != 0;
        item->loss = 0;
        item->displaces_count = item->displaces_all = 0;
        if (item->chosen) {
            p->points += item->points;
            p->cents += item->cents;
        }
        if (item->candidate)
            item->why = item->chosen ? PORTFOLIO_CHOSEN : PORTFOLIO_NO_ROOM;
    }
}

/* --- if it were otherwise ---------------------------------------------------------------------------------------------- */
/* Who of its theme would not be chosen any more. c->in is the other choice, of this theme. */
static void find_displaced(struct choice *c, struct portfolio_item *item)
{
    const struct theme_items *theme = &c->themes[item->theme];

    for (size_t i = 0; i < theme->count; i++) {
        const uint32_t other = theme->rows[i];

        if (!theme->items[other].chosen || c->in[other] != 0)
            continue;
        if (item->displaces_count < PORTFOLIO_NAMED)
            item->displaces[item->displaces_count++] = other;
        item->displaces_all++;
    }
}

/* With the item forced the other way: in its theme alone where the call's money allows that, else over all. */
static bool find_other(struct choice *c, struct portfolio_item *item, struct choice_sum *other)
{
    const struct choice_sum *own = &c->sums[item->theme];
    struct choice_sum sum;

    if (c->binds)
        return best_of(c, item->theme, other);
    if (!theme_best(&c->themes[item->theme], &c->memory, &sum, item->chosen ? NULL : c->in))
        return false;
    *other = (struct choice_sum){c->portfolio->points - own->points + sum.points, c->portfolio->cents - own->cents + sum.cents};
    if (other->cents > c->portfolio->room)
        return call_best(&c->call, &c->memory, other);
    if (!item->chosen)
        find_displaced(c, item);
    return true;
}

static bool find_loss(struct choice *c, uint32_t at)
{
    struct portfolio_item *item = &c->portfolio->items[at];
    struct choice_sum other;

    if (item->cents > c->themes[item->theme].room || item->cents > c->portfolio->room) {
        item->why = PORTFOLIO_TOO_DEAR;
        item->loss = NO_LOSS;
        return true;
    }
    c->force[at] = item->chosen ? FORCE_OUT : FORCE_IN;
    const bool found = find_other(c, item, &other);
    if (found)
        item->loss = c->portfolio->points - other.points;
    c->force[at] = FORCE_NONE;
    return found;
}

bool portfolio_choose(struct portfolio *portfolio, void *scratch, size_t size)
{
    struct choice c = {.portfolio = portfolio};

    if (portfolio->count > PORTFOLIO_MAX || !divide(&c, scratch, size))
        return false;
    arrange(&c);
    if (!choose_by_theme(&c) || (c.binds && !choose_one_by_one(&c)))
        return false;
    write_choice(&c);
    for (size_t i = 0; i < c.count; i++)
        if (!find_loss(&c, c.order[i]))
            return false;
    return true;
}
