/* Parts of a store: who asked finds what they asked, in whatever order they look; a part is called when there is something to do, and then
 * once. No database: what a part does with it is tested with each service's store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/work/part.h"

enum { ASKED, OWNED, DUMB, PARTS }; /* DUMB: a part without functions */
enum { JOBS = 600 };

struct workset { /* counts the calls */
    int loads[PARTS], reads[PARTS], saves[PARTS];
};
struct ask {
    struct part_item item;
    int number;
};

static void asked_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)db;
    w->loads[ASKED]++;
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        item->result = ((struct ask *)item)->number;
}

static void asked_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)rows, (void)db;
    w->reads[ASKED]++;
}

static void asked_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    int before = 0;

    (void)db;
    w->saves[ASKED]++;
    for (struct part_item *item = rows->changes; item != NULL; item = item->next) {
        assert_int_equal(((struct ask *)item)->number, ++before); /* in the order in which they were made */
        assert_null(item->job);
    }
    assert_int_equal(before, 3);
}

static void owned_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)rows, (void)db;
    w->loads[OWNED]++;
}

static void owned_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)rows, (void)db;
    w->reads[OWNED]++;
}

static void owned_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    (void)rows, (void)db;
    w->saves[OWNED]++;
}

static const struct store_part asked_part = {.load = asked_load, .read = asked_read, .save = asked_save};
static const struct store_part owned_part = {.load = owned_load, .read = owned_read, .save = owned_save};
static const struct store_part dumb_part;
static const struct store_part *const TABLE[PARTS] = {[ASKED] = &asked_part, [OWNED] = &owned_part, [DUMB] = &dumb_part};

struct scene {
    struct arena *arena;
    struct parts parts;
    struct workset w;
    struct job jobs[JOBS];
};

static int setup(void **state)
{
    struct arena *arena = arena_new(4096);
    struct scene *s = arena_alloc(arena, sizeof *s);

    s->arena = arena;
    parts_init(&s->parts, arena, TABLE, PARTS);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    arena_free(((struct scene *)*state)->arena);
    return 0;
}

static void run(struct scene *s)
{
    parts_load(&s->parts, &s->w, NULL);
    parts_read(&s->parts, &s->w, NULL);
    parts_save(&s->parts, &s->w, NULL);
}

static void finds(struct scene *s, int number)
{
    const struct ask *ask = part_asked(&s->parts, ASKED, &s->jobs[number]);

    if (number % 3 == 0) {
        assert_null(ask); /* this one did not ask */
        return;
    }
    assert_non_null(ask);
    assert_int_equal(ask->number, number);
    assert_int_equal(ask->item.result, number);
}

static void test_who_asked_finds_it_in_any_order(void **state)
{
    struct scene *s = *state;

    assert_null(part_asked(&s->parts, ASKED, &s->jobs[0]));
    for (int i = 0; i < JOBS; i++)
        if (i % 3 != 0)
            ((struct ask *)part_ask(&s->parts, ASKED, &s->jobs[i], sizeof(struct ask)))->number = i;
    for (int i = 0; i < JOBS; i++) {
        const struct ask *ask = part_asked(&s->parts, ASKED, &s->jobs[i]);
        assert_true(ask == NULL || ask->item.result == -1);
    }
    parts_load(&s->parts, &s->w, NULL);
    for (int i = 0; i < JOBS; i++)
        finds(s, i);
    for (int i = JOBS; i-- > 0;)
        finds(s, i);
    for (int i = 0; i < JOBS; i++)
        finds(s, i * 7 % JOBS);
    assert_null(part_asked(&s->parts, OWNED, &s->jobs[1])); /* of another part */
}

static void test_nothing_to_do_is_nothing_done(void **state)
{
    struct scene *s = *state;

    run(s);
    for (int i = 0; i < PARTS; i++)
        assert_int_equal(s->w.loads[i] + s->w.reads[i] + s->w.saves[i], 0);
}

static void test_asked_is_loaded_and_changed_is_saved(void **state)
{
    struct scene *s = *state;

    (void)part_ask(&s->parts, ASKED, &s->jobs[0], sizeof(struct ask));
    (void)part_ask(&s->parts, ASKED, &s->jobs[1], sizeof(struct ask));
    (void)part_ask(&s->parts, DUMB, &s->jobs[1], sizeof(struct ask));
    (void)part_change(&s->parts, DUMB, sizeof(struct ask));
    run(s);
    assert_int_equal(s->w.loads[ASKED], 1);
    assert_int_equal(s->w.reads[ASKED], 1);
    assert_int_equal(s->w.saves[ASKED], 0);
    for (int i = 1; i <= 3; i++)
        ((struct ask *)part_change(&s->parts, ASKED, sizeof(struct ask)))->number = i;
    parts_save(&s->parts, &s->w, NULL);
    assert_int_equal(s->w.saves[ASKED], 1);
    assert_int_equal(s->w.loads[OWNED] + s->w.saves[OWNED], 0);
}

static void test_a_part_with_rows_of_its_own_is_called(void **state)
{
    struct scene *s = *state;

    s->parts.rows[OWNED].own = s;
    run(s);
    assert_int_equal(s->w.loads[OWNED], 1);
    assert_int_equal(s->w.reads[OWNED], 1);
    assert_int_equal(s->w.saves[OWNED], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_asked_finds_it_in_any_order, setup, teardown), /* forwards, backwards, by leaps */
        cmocka_unit_test_setup_teardown(test_nothing_to_do_is_nothing_done, setup, teardown),
        cmocka_unit_test_setup_teardown(test_asked_is_loaded_and_changed_is_saved, setup,
                                        teardown), /* each once a batch, changes in order */
        cmocka_unit_test_setup_teardown(test_a_part_with_rows_of_its_own_is_called, setup, teardown),
    };
    return cmocka_run_group_tests_name("work part", tests, NULL, NULL);
}
