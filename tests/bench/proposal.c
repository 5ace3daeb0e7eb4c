/* How long a proposal takes: the choice and all losses of made-up calls, CPU time of one core, no database. That it is the right choice is
 * shown in tests/unit/funding/test_portfolio.c.
 *
 *   build/bench/bin/bench_proposal [applications]          500 without a number
 *
 * Points and amounts come from a fixed seed, so two machines do the same work. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "services/funding/domain/portfolio.h"

enum { ROUNDS = 5, THEMES_MAX = 8 };

struct kind {
    const char *name;
    size_t themes;
    int64_t call_percent; /* of the themes' money */
    bool same;            /* all of the same points and amount */
};

static uint64_t seed = 88172645463325252u;

static int64_t below(int64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)n);
}

/* Amounts of 20,000 to 400,000 euros; a theme has money for three tenths of what is applied for. */
static void make(struct portfolio *p, const struct kind *kind, char (*numbers)[40], int64_t *rooms)
{
    int64_t total = 0;

    p->theme_count = kind->themes;
    p->rooms = rooms;
    p->room = 0;
    for (size_t i = 0; i < p->count; i++) {
        (void)snprintf(numbers[i], sizeof numbers[i], "%u/20.01/2026", (unsigned)i + 1);
        p->items[i] = (struct portfolio_item){.register_number = numbers[i],
                                              .theme = i % kind->themes,
                                              .points = (int32_t)(kind->same ? 7500 : 3000 + below(7001)),
                                              .cents = kind->same ? 5000000 : 2000000 + below(38000000),
                                              .candidate = true};
        total += p->items[i].cents;
    }
    for (size_t t = 0; t < kind->themes; t++) {
        rooms[t] = total / (int64_t)kind->themes * 3 / 10;
        p->room += rooms[t] * kind->call_percent / 100;
    }
}

static double now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The slowest of the rounds; negative: a proposal was not possible. */
static double run(struct portfolio *p, const struct kind *kind, char (*numbers)[40], void *scratch, size_t size)
{
    double worst = 0;
    int64_t rooms[THEMES_MAX];

    for (int i = 0; i < ROUNDS; i++) {
        make(p, kind, numbers, rooms);
        const double from = now_ms();
        if (!portfolio_choose(p, scratch, size))
            return -1;
        if (now_ms() - from > worst)
            worst = now_ms() - from;
    }
    return worst;
}

int main(int argc, char **argv)
{
    static const struct kind KINDS[] = {
        {"themes8_ms", 8, 100, false}, {"one_theme_ms", 1, 100, false}, {"all_the_same_ms", 1, 100, true}, {"call_binds_ms", 8, 80, false}};
    const size_t count = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 500;
    struct portfolio p = {.count = count};

    if (count < 1 || count > PORTFOLIO_MAX) {
        (void)fprintf(stderr, "1 to %d applications\n", PORTFOLIO_MAX);
        return 2;
    }
    const size_t size = portfolio_scratch(count, THEMES_MAX);
    char(*numbers)[40] = calloc(count, sizeof *numbers);
    void *scratch = malloc(size);
    p.items = calloc(count, sizeof *p.items);
    if (numbers == NULL || scratch == NULL || p.items == NULL)
        exit(1);
    printf("proposal: applications=%zu", count);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        printf(" %s=%.0f", KINDS[i].name, run(&p, &KINDS[i], numbers, scratch, size));
    printf(" scratch_mib=%zu\n", size >> 20);
    free(p.items);
    free(scratch);
    free(numbers);
    return 0;
}
