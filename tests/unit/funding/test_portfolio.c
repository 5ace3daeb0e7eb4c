/* The portfolio against brute force: every subset of small calls, thousands of them, with ties made likely. The seed is printed; HV_SEED
 * repeats a run. Larger ones: test_portfolio_table.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "services/funding/domain/portfolio.h"

enum { ITEMS_MAX = 11, THEMES_MAX = 3 };

static void *scratch;
static size_t scratch_size;
static uint64_t seed;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static int64_t below(int64_t n)
{
    return (int64_t)(next_random() % (uint64_t)n);
}

struct random_call {
    struct portfolio portfolio;
    struct portfolio_item items[ITEMS_MAX];
    char numbers[ITEMS_MAX][40];
    int64_t rooms[THEMES_MAX];
};

static void make_random(struct random_call *r)
{
    const int64_t points_range = below(3) == 0   ? 3
                                 : below(2) == 0 ? 12
                                                 : 10001,
                  cents_range = below(3) == 0   ? 3
                                : below(2) == 0 ? 15
                                                : 1000000;
    const int64_t shift = below(50);

    memset(r, 0, sizeof *r);
    r->portfolio = (struct portfolio){.items = r->items, .count = (size_t)below(ITEMS_MAX + 1), .rooms = r->rooms};
    r->portfolio.theme_count = 1 + (size_t)below(THEMES_MAX);
    for (size_t i = 0; i < r->portfolio.count; i++) {
        (void)snprintf(r->numbers[i], sizeof r->numbers[i], "%d/20.01/%d", (int)((int64_t)i * 7 % 11 + shift), 2020 + (int)below(2));
        r->items[i] = (struct portfolio_item){.register_number = r->numbers[i],
                                              .theme = (size_t)below((int64_t)r->portfolio.theme_count),
                                              .points = (int32_t)below(points_range),
                                              .cents = 1 + below(cents_range),
                                              .candidate = below(10) > 0,
                                              .why = PORTFOLIO_VERDICT};
    }
    for (size_t t = 0; t < r->portfolio.theme_count; t++) {
        r->rooms[t] = below(cents_range * 3);
        r->portfolio.room += r->rooms[t];
    }
    if (below(3) == 0) /* the call's money binds */
        r->portfolio.room = below(r->portfolio.room + 1);
    else
        r->portfolio.room += below(3);
}

/* --- brute force ------------------------------------------------------------------------------------------------------- */
struct value {
    int64_t points, cents;
    uint32_t set; /* bit i: the i-th by register number, the first the highest */
    bool any;
};

static bool better(const struct value *a, const struct value *b)
{
    if (!b->any || a->points != b->points)
        return !b->any || a->points > b->points;
    return a->cents != b->cents ? a->cents < b->cents : a->set > b->set;
}

static size_t rank_of(const struct portfolio *p, size_t item)
{
    size_t rank = 0;

    for (size_t i = 0; i < p->count; i++)
        rank += register_compare(p->items[i].register_number, p->items[item].register_number) < 0;
    return rank;
}

static bool value_of(const struct portfolio *p, const size_t *ranks, uint32_t subset, struct value *v)
{
    int64_t spent[THEMES_MAX] = {0};

    *v = (struct value){.any = true};
    for (size_t i = 0; i < p->count; i++) {
        if ((subset >> i & 1) == 0)
            continue;
        if (!p->items[i].candidate)
            return false;
        v->points += p->items[i].points;
        v->cents += p->items[i].cents;
        v->set |= 1u << (31 - ranks[i]);
        spent[p->items[i].theme] += p->items[i].cents;
        if (spent[p->items[i].theme] > p->rooms[p->items[i].theme])
            return false;
    }
    return v->cents <= p->room;
}

struct truth {
    uint32_t subset;
    struct value best;
    struct value with[ITEMS_MAX], without[ITEMS_MAX]; /* the best that has item i, and that has it not */
};

static void brute_force(const struct portfolio *p, struct truth *t)
{
    size_t ranks[ITEMS_MAX];

    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < p->count; i++)
        ranks[i] = rank_of(p, i);
    for (uint32_t subset = 0; subset < 1u << p->count; subset++) {
        struct value v;

        if (!value_of(p, ranks, subset, &v))
            continue;
        if (better(&v, &t->best)) {
            t->best = v;
            t->subset = subset;
        }
        for (size_t i = 0; i < p->count; i++) {
            struct value *of = (subset >> i & 1) != 0 ? &t->with[i] : &t->without[i];
            if (better(&v, of))
                *of = v;
        }
    }
}

static void assert_true_choice(const struct random_call *r, const struct truth *t, uint64_t from)
{
    const struct portfolio *p = &r->portfolio;

    if (p->points != t->best.points || p->cents != t->best.cents)
        fail_msg("seed %llu: %lld points %lld cents, not %lld and %lld", (unsigned long long)from, (long long)p->points,
                 (long long)p->cents, (long long)t->best.points, (long long)t->best.cents);
    for (size_t i = 0; i < p->count; i++) {
        const struct portfolio_item *item = &p->items[i];
        const bool in = (t->subset >> i & 1) != 0;
        const struct value *other = in ? &t->without[i] : &t->with[i];
        const int64_t loss = !item->candidate ? 0 : other->any ? t->best.points - other->points : NO_LOSS;

        if (item->chosen != in || item->loss != loss)
            fail_msg("seed %llu: item %zu of %zu is %d with loss %lld, not %d and %lld", (unsigned long long)from, i, p->count,
                     item->chosen, (long long)item->loss, in, (long long)loss);
        assert_int_equal(item->why, !item->candidate ? PORTFOLIO_VERDICT
                                    : in             ? PORTFOLIO_CHOSEN
                                    : other->any     ? PORTFOLIO_NO_ROOM
                                                     : PORTFOLIO_TOO_DEAR);
    }
}

static void test_as_good_as_brute_force(void **state)
{
    size_t bound = 0;

    (void)state;
    for (size_t round = 0; round < 6000; round++) {
        const uint64_t from = seed;
        struct random_call r;
        struct truth t;
        int64_t rooms = 0;

        make_random(&r);
        assert_true(portfolio_choose(&r.portfolio, scratch, scratch_size));
        brute_force(&r.portfolio, &t);
        assert_true_choice(&r, &t, from);
        for (size_t k = 0; k < r.portfolio.theme_count; k++)
            rooms += r.rooms[k];
        bound += r.portfolio.room < rooms;
    }
    assert_true(bound > 500);
}

/* The same applications given in another order: the same answer for each. */
static void test_any_order_gives_the_same(void **state)
{
    (void)state;
    for (size_t round = 0; round < 500; round++) {
        const uint64_t from = seed;
        struct random_call r, other;

        make_random(&r);
        other = r;
        other.portfolio.items = other.items;
        other.portfolio.rooms = other.rooms;
        for (size_t i = r.portfolio.count; i > 1; i--) {
            const size_t k = (size_t)below((int64_t)i);
            const struct portfolio_item item = other.items[i - 1];
            other.items[i - 1] = other.items[k];
            other.items[k] = item;
        }
        assert_true(portfolio_choose(&r.portfolio, scratch, scratch_size));
        assert_true(portfolio_choose(&other.portfolio, scratch, scratch_size));
        assert_int_equal(r.portfolio.points, other.portfolio.points);
        for (size_t i = 0; i < r.portfolio.count; i++)
            for (size_t k = 0; k < r.portfolio.count; k++)
                if (r.items[i].register_number == other.items[k].register_number &&
                    (r.items[i].chosen != other.items[k].chosen || r.items[i].loss != other.items[k].loss ||
                     r.items[i].displaces_all != other.items[k].displaces_all))
                    fail_msg("seed %llu: %s differs", (unsigned long long)from, r.items[i].register_number);
    }
}

/* What a "no" displaces has to go, and makes room for it. */
static void test_who_would_be_displaced(void **state)
{
    const int64_t rooms[] = {100};
    struct portfolio_item items[] = {
        {.register_number = "1/20.01/2026", .points = 9000, .cents = 60, .candidate = true},
        {.register_number = "2/20.01/2026", .points = 8000, .cents = 40, .candidate = true},
        {.register_number = "3/20.01/2026", .points = 7000, .cents = 50, .candidate = true},
        {.register_number = "4/20.01/2026", .points = 10000, .cents = 101, .candidate = true},
        {.register_number = "5/20.01/2026", .why = PORTFOLIO_NOT_EVALUATED},
    };
    struct portfolio p = {.items = items, .count = 5, .rooms = rooms, .theme_count = 1, .room = 100};

    (void)state;
    assert_true(portfolio_choose(&p, scratch, scratch_size));
    assert_int_equal(p.points, 17000);
    assert_int_equal(p.cents, 100);
    assert_true(items[0].chosen && items[1].chosen);
    assert_int_equal(items[0].loss, 2000); /* 2 and 3 instead */
    assert_int_equal(items[1].loss, 8000); /* 1 alone: 3 does not fit beside it */
    assert_int_equal(items[2].loss, 2000);
    assert_int_equal(items[2].displaces_all, 1);
    assert_int_equal(items[2].displaces[0], 0);
    assert_int_equal(items[3].why, PORTFOLIO_TOO_DEAR);
    assert_int_equal(items[3].loss, NO_LOSS);
    assert_int_equal(items[4].why, PORTFOLIO_NOT_EVALUATED);
}

static void test_ties_go_to_the_cheaper_then_the_earlier(void **state)
{
    const int64_t rooms[] = {10};
    struct portfolio_item items[] = {
        {.register_number = "10/20.01/2026", .points = 50, .cents = 10, .candidate = true},
        {.register_number = "9/20.01/2026", .points = 50, .cents = 10, .candidate = true},
        {.register_number = "1/20.01/2027", .points = 50, .cents = 9, .candidate = true},
    };
    struct portfolio p = {.items = items, .count = 2, .rooms = rooms, .theme_count = 1, .room = 10};

    (void)state;
    assert_true(portfolio_choose(&p, scratch, scratch_size));
    assert_true(items[1].chosen && !items[0].chosen);
    assert_int_equal(items[0].loss, 0);
    p.count = 3;
    assert_true(portfolio_choose(&p, scratch, scratch_size));
    assert_true(items[2].chosen && !items[1].chosen && !items[0].chosen);
    assert_true(register_compare("9/20.01/2026", "10/20.01/2026") < 0);
    assert_true(register_compare("2/20.01/2026", "1/20.01/2027") < 0);
    assert_int_equal(register_compare("2/20.01/2026", "2/20.01/2026"), 0);
}

static void test_too_little_memory_proposes_nothing(void **state)
{
    const int64_t rooms[] = {10};
    struct portfolio_item item = {.register_number = "1/1/2026", .points = 1, .cents = 1, .candidate = true};
    struct portfolio p = {.items = &item, .count = 1, .rooms = rooms, .theme_count = 1, .room = 10};

    (void)state;
    assert_false(portfolio_choose(&p, scratch, portfolio_scratch(1, 1) - 1));
    assert_true(portfolio_choose(&p, scratch, portfolio_scratch(1, 1)));
}

/* --- big ones: what there is time for, and the weight of ties ------------------------------------------------------------ */
static double run_big(const char *what, size_t count, size_t themes, int kind, int64_t room_share)
{
    static struct portfolio_item items[PORTFOLIO_MAX];
    static char numbers[PORTFOLIO_MAX][40];
    int64_t rooms[16] = {0}, total = 0;
    struct portfolio p = {.items = items, .count = count, .rooms = rooms, .theme_count = themes};
    struct timespec from, to;

    for (size_t i = 0; i < count; i++) {
        (void)snprintf(numbers[i], sizeof numbers[i], "%zu/20.01/2026", i + 1);
        items[i] = (struct portfolio_item){.register_number = numbers[i], .theme = i % themes, .candidate = true};
        items[i].points = kind == 1 ? 7500 : kind == 3 ? (int32_t)(400 * below(26)) : (int32_t)(3000 + below(7001));
        items[i].cents = kind == 1 ? 5000000 : kind == 2 ? items[i].points * 1000 : 2000000 + below(38000000);
        total += items[i].cents;
    }
    for (size_t t = 0; t < themes; t++) {
        rooms[t] = total / (int64_t)themes * 3 / 10;
        p.room += rooms[t];
    }
    p.room = p.room * room_share / 100;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    const bool done = portfolio_choose(&p, scratch, scratch_size);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    const double ms = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    print_message("# %s: %zu applications, %zu themes: %s in %.1f ms, %lld points\n", what, count, themes,
                  done ? "chosen" : "not enough memory", ms, (long long)p.points);
    assert_true(done);
    return ms;
}

static void test_five_hundred_in_a_second(void **state)
{
    const int64_t limit_ms = getenv("HV_NO_TIMES") != NULL ? 60000 : 10000; /* sanitizers and a busy machine; the bench says the time */

    (void)state;
    assert_true(run_big("ordinary", 500, 8, 0, 100) < (double)limit_ms);
    assert_true(run_big("one theme", 500, 1, 0, 100) < (double)limit_ms);
    assert_true(run_big("all the same", 500, 1, 1, 100) < (double)limit_ms);
    assert_true(run_big("few points", 500, 8, 3, 100) < (double)limit_ms);
    assert_true(run_big("the call binds", 500, 8, 0, 80) < (double)limit_ms);
}

static int setup(void **state)
{
    const char *given = getenv("HV_SEED");

    (void)state;
    seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL) * 2654435761u + 88172645463325252u;
    print_message("# HV_SEED=%llu\n", (unsigned long long)seed);
    scratch_size = portfolio_scratch(500, 16);
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
        cmocka_unit_test(test_as_good_as_brute_force),
        cmocka_unit_test(test_any_order_gives_the_same),
        cmocka_unit_test(test_who_would_be_displaced),
        cmocka_unit_test(test_ties_go_to_the_cheaper_then_the_earlier),
        cmocka_unit_test(test_too_little_memory_proposes_nothing),
        cmocka_unit_test(test_five_hundred_in_a_second),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
