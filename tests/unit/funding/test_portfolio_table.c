/* The portfolio against another way to solve it, cent by cent: a table of the best for every amount, of calls as large as there are. The
 * choice, its ties and every loss. The seed is printed; HV_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "services/funding/domain/portfolio.h"

static void *scratch;
static size_t scratch_size;
static uint64_t seed;

static int64_t below(int64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)n);
}

/* Points and cents in one number: most points, then fewest cents. best[c] is the best that costs at most c. */
#define WORTH INT64_C(100000000)
enum { TABLE_MAX = 4096, TABLE_ITEMS = 500, TABLE_THEMES = 8 };

struct table_call {
    struct portfolio portfolio;
    struct portfolio_item items[TABLE_ITEMS];
    char numbers[TABLE_ITEMS][40];
    int64_t rooms[TABLE_THEMES];
    int force[TABLE_ITEMS]; /* 1: in, -1: out */
};

/* The theme's table, of what is not forced; what is forced in is added. False: it does not fit. */
static bool table_theme(const struct table_call *r, size_t theme, int64_t *best, int64_t *room, int64_t *sure)
{
    *room = r->rooms[theme];
    *sure = 0;
    for (size_t i = 0; i < r->portfolio.count; i++)
        if (r->items[i].theme == theme && r->force[i] > 0) {
            *room -= r->items[i].cents;
            *sure += r->items[i].points * WORTH - r->items[i].cents;
        }
    if (*room < 0)
        return false;
    memset(best, 0, (size_t)(*room + 1) * sizeof *best);
    for (size_t i = 0; i < r->portfolio.count; i++) {
        const struct portfolio_item *item = &r->items[i];

        if (item->theme != theme || r->force[i] != 0 || !item->candidate)
            continue;
        for (int64_t c = *room; c >= item->cents; c--)
            if (best[c - item->cents] + item->points * WORTH - item->cents > best[c])
                best[c] = best[c - item->cents] + item->points * WORTH - item->cents;
    }
    return true;
}

/* all[c] becomes the best of what it was and the theme's table together. */
static void table_add(int64_t *all, int64_t left, const int64_t *best, int64_t room)
{
    static int64_t next[TABLE_MAX];

    for (int64_t c = 0; c <= left; c++) {
        next[c] = 0;
        for (int64_t of = 0; of <= c && of <= room; of++)
            if (all[c - of] + best[of] > next[c])
                next[c] = all[c - of] + best[of];
    }
    memcpy(all, next, (size_t)(left + 1) * sizeof *all);
}

/* The best of all themes under the call's money; -1: what is forced in does not fit. */
static int64_t table_best(const struct table_call *r)
{
    static int64_t all[TABLE_MAX], best[TABLE_MAX];
    int64_t left = r->portfolio.room, sure = 0, room, of_theme;

    for (size_t i = 0; i < r->portfolio.count; i++)
        left -= r->force[i] > 0 ? r->items[i].cents : 0;
    if (left < 0)
        return -1;
    assert_true(left < TABLE_MAX);
    memset(all, 0, sizeof all);
    for (size_t t = 0; t < r->portfolio.theme_count; t++) {
        if (!table_theme(r, t, best, &room, &of_theme))
            return -1;
        sure += of_theme;
        table_add(all, left, best, room);
    }
    return sure + all[left];
}

/* One theme alone: where the call's money is enough, the others do not matter. */
static int64_t table_best_theme(const struct table_call *r, size_t theme)
{
    static int64_t best[TABLE_MAX];
    int64_t room, sure;

    assert_true(r->rooms[theme] < TABLE_MAX);
    return table_theme(r, theme, best, &room, &sure) ? sure + best[room] : -1;
}

static int64_t table_solve(const struct table_call *r, size_t theme, bool binds)
{
    return binds ? table_best(r) : table_best_theme(r, theme);
}

static void make_table_call(struct table_call *r, size_t count, size_t themes, int64_t cents, int64_t points, int64_t share)
{
    int64_t total[TABLE_THEMES] = {0};

    memset(r, 0, sizeof *r);
    r->portfolio = (struct portfolio){.items = r->items, .count = count, .rooms = r->rooms, .theme_count = themes};
    for (size_t i = 0; i < count; i++) { /* in register order */
        (void)snprintf(r->numbers[i], sizeof r->numbers[i], "%zu/20.01/2026", i + 1);
        r->items[i] = (struct portfolio_item){.register_number = r->numbers[i],
                                              .theme = (size_t)below((int64_t)themes),
                                              .points = (int32_t)(points / 3 + below(points)),
                                              .cents = 1 + below(cents),
                                              .candidate = below(20) > 0,
                                              .why = PORTFOLIO_VERDICT};
        total[r->items[i].theme] += r->items[i].cents;
    }
    for (size_t t = 0; t < themes; t++) {
        r->rooms[t] = total[t] * 3 / 10;
        r->portfolio.room += r->rooms[t];
    }
    r->portfolio.room = r->portfolio.room * share / 100;
}

/* What the whole loses when item i is forced the other way. */
static int64_t table_loss(struct table_call *r, size_t i, bool binds)
{
    const size_t theme = r->items[i].theme;

    memset(r->force, 0, sizeof r->force);
    const int64_t best = table_solve(r, theme, binds);
    r->force[i] = r->items[i].chosen ? -1 : 1;
    const int64_t other = table_solve(r, theme, binds);
    return other < 0 ? NO_LOSS : (best + WORTH - 1) / WORTH - (other + WORTH - 1) / WORTH;
}

/* The tie-break: whether the best can have item i, with those before it as they are chosen. */
static bool table_has(struct table_call *r, size_t i, bool binds)
{
    const size_t theme = r->items[i].theme;

    memset(r->force, 0, sizeof r->force);
    const int64_t best = table_solve(r, theme, binds);
    for (size_t k = 0; k < i; k++)
        r->force[k] = r->items[k].chosen ? 1 : -1;
    r->force[i] = 1;
    return table_solve(r, theme, binds) == best;
}

static void assert_as_the_table(struct table_call *r, bool binds, uint64_t from)
{
    assert_true(portfolio_choose(&r->portfolio, scratch, scratch_size));
    for (size_t i = 0; i < r->portfolio.count; i++) {
        const struct portfolio_item *item = &r->items[i];

        if (!item->candidate)
            continue;
        const int64_t loss = table_loss(r, i, binds);
        if (item->loss != loss)
            fail_msg("seed %llu: item %zu loses %lld, not %lld", (unsigned long long)from, i, (long long)item->loss, (long long)loss);
        if (table_has(r, i, binds) != item->chosen)
            fail_msg("seed %llu: item %zu is %d", (unsigned long long)from, i, item->chosen);
    }
}

static void test_as_good_as_a_table(void **state)
{
    static struct table_call r;

    (void)state;
    for (size_t round = 0; round < 60; round++) { /* some with many ties */
        const uint64_t from = seed;

        const bool binds = below(2) == 0;
        const int64_t few = below(3) == 0;
        make_table_call(&r, 30 + (size_t)below(20), 1 + (size_t)below(4), few ? 4 : 25, few ? 6 : 7000, binds ? 70 : 100);
        assert_as_the_table(&r, binds, from);
    }
    for (size_t round = 0; round < 3; round++) { /* five hundred in eight themes */
        const uint64_t from = seed;

        make_table_call(&r, TABLE_ITEMS, TABLE_THEMES, 100, round == 0 ? 30 : 7000, 100);
        assert_as_the_table(&r, false, from);
    }
}

/* Points that are what they cost, and money that binds over the themes: nothing is proposed, by a count of steps, so the same everywhere.
 */
static void test_too_much_work_proposes_nothing(void **state)
{
    static struct table_call r;

    (void)state;
    make_table_call(&r, TABLE_ITEMS, TABLE_THEMES, 70, 7000, 100);
    r.portfolio.room = 0;
    for (size_t i = 0; i < TABLE_ITEMS; i++) {
        r.items[i].points = (int32_t)(100 * (30 + below(70)));
        r.items[i].cents = r.items[i].points * INT64_C(1000);
        r.items[i].candidate = true;
    }
    for (size_t t = 0; t < TABLE_THEMES; t++)
        r.portfolio.room += r.rooms[t] = INT64_C(125000000);
    r.portfolio.room = r.portfolio.room * 8 / 10;
    assert_false(portfolio_choose(&r.portfolio, scratch, scratch_size));
}

static int setup(void **state)
{
    const char *given = getenv("HV_SEED");

    (void)state;
    seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL) * 2654435761u + 88172645463325252u;
    print_message("# HV_SEED=%llu\n", (unsigned long long)seed);
    scratch_size = portfolio_scratch(TABLE_ITEMS, TABLE_THEMES);
    scratch = malloc(scratch_size);
    return scratch == NULL;
}

static int teardown(void **state)
{
    (void)state;
    free(scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_good_as_a_table),
        cmocka_unit_test(test_too_much_work_proposes_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
