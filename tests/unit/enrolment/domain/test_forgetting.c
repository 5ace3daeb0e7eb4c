/* What is left of a registration when its person is forgotten, and when that is due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "services/enrolment/domain/forgetting.h"
#include "services/enrolment/domain/place.h"

#define DAY (24LL * 3600 * 1000000)

static void test_chain_goes_on(void **state)
{
    struct programme programme = {.cap = 2};
    struct implementation at = {.programme = &programme, .capacity = 2, .id = {{9}}};
    struct registration r = {.id = {{1}}, .person = {{2}}, .salt = {3, 4, 5}, .condition = "Note from the doctor"};
    (void)state;
    at.chain_head = chain_start(at.id);
    place_give(&at, &r, REGISTRATION_SEATED, 1000);
    const struct hash before = registration_person_hash(&r);
    registration_forget(&r);
    const struct hash after = registration_person_hash(&r);
    assert_memory_equal(before.b, after.b, sizeof before.b);
    assert_true(r.forgotten);
    assert_true(uuid_is_nil(r.person));
    assert_null(r.condition);
    for (size_t i = 0; i < sizeof r.salt; i++)
        assert_int_equal(r.salt[i], 0);
    assert_int_equal(r.order_no, 1);
    assert_int_equal(r.state, REGISTRATION_SEATED);
    registration_forget(&r); /* again: the hash is not made of nothing */
    assert_memory_equal(before.b, registration_person_hash(&r).b, sizeof before.b);
}

static struct programme with_dates(struct window *windows, struct webinar *webinars, struct unit *units)
{
    windows[0] = (struct window){.opens_us = 1 * DAY, .closes_us = 10 * DAY};
    windows[1] = (struct window){.opens_us = 20 * DAY, .closes_us = 30 * DAY};
    webinars[0] = (struct webinar){.starts_us = 40 * DAY, .ends_us = 41 * DAY};
    webinars[1] = (struct webinar){.starts_us = 90 * DAY, .ends_us = 91 * DAY, .cancelled = true};
    units[0] = (struct unit){.webinars = webinars, .webinar_count = 2};
    return (struct programme){.windows = windows, .window_count = 2, .units = units, .unit_count = 1, .retention_days = 7};
}

static void test_due(void **state)
{
    struct window windows[2];
    struct webinar webinars[2];
    struct unit units[1];
    struct programme p = with_dates(windows, webinars, units);
    (void)state;
    assert_int_equal(retention_due_us(&p), (41 + 7) * DAY); /* the one called off does not count */
    assert_false(retention_is_due(&p, 48 * DAY - 1));
    assert_true(retention_is_due(&p, 48 * DAY));
    windows[1].closes_us = 60 * DAY; /* a new round of an old course: its people are not forgotten by the dates of the first */
    assert_int_equal(retention_due_us(&p), (60 + 7) * DAY);
    windows[1].closes_us = 30 * DAY;
    p.unit_count = 0;
    assert_int_equal(retention_due_us(&p), (30 + 7) * DAY); /* without webinars: the last window */
    p.window_count = 0;
    assert_int_equal(retention_due_us(&p), 0);
    p = with_dates(windows, webinars, units);
    p.retention_days = 0;
    assert_int_equal(retention_due_us(&p), 0);
    assert_false(retention_is_due(&p, 1000 * DAY));
}

static void test_once(void **state)
{
    struct window windows[2];
    struct webinar webinars[2];
    struct unit units[1];
    struct programme p = with_dates(windows, webinars, units);
    (void)state;
    p.forgotten_us = 48 * DAY;
    assert_false(retention_is_due(&p, 49 * DAY));
    webinars[0].ends_us = 100 * DAY; /* it is given once more */
    assert_false(retention_is_due(&p, 107 * DAY - 1));
    assert_true(retention_is_due(&p, 107 * DAY));
}

/* What a slip of the hand in a date must not do. Now is day 30: 18 days before they are due. */
static void test_brought_near(void **state)
{
    struct window windows[2];
    struct webinar webinars[2], sooner[2];
    struct unit units[1], moved[1];
    struct programme p = with_dates(windows, webinars, units), after = p;
    const int64_t now_us = 30 * DAY;
    (void)state;
    p.last_order = 1; /* somebody has enrolled */
    assert_false(retention_brought_near(&p, &p, now_us));
    sooner[0] = webinars[0];
    sooner[1] = webinars[1];
    moved[0] = (struct unit){.webinars = sooner, .webinar_count = 2};
    after = p;
    after.units = moved;
    sooner[0].ends_us = 30 * DAY + 1; /* with seven days of retention: a microsecond more than a week from now */
    assert_false(retention_brought_near(&p, &after, now_us));
    sooner[0].ends_us = 30 * DAY;
    after.window_count = 0;
    assert_true(retention_brought_near(&p, &after, now_us));
    sooner[0].ends_us = 3 * DAY; /* at once */
    assert_true(retention_brought_near(&p, &after, now_us));
    p.last_order = 0; /* nobody has enrolled: nobody is forgotten */
    assert_false(retention_brought_near(&p, &after, now_us));
    p.last_order = 1;
    after.forgotten_us = 29 * DAY; /* they were forgotten since */
    assert_false(retention_brought_near(&p, &after, now_us));
    after.forgotten_us = 0;
    after.retention_days = 0;
    assert_false(retention_brought_near(&p, &after, now_us));
    after = p;
    after.retention_days = 1; /* on day 42 */
    assert_false(retention_brought_near(&p, &after, now_us));
    assert_true(retention_brought_near(&p, &after, 35 * DAY));
    assert_false(retention_brought_near(&after, &p, 35 * DAY));     /* later is always possible */
    assert_false(retention_brought_near(&after, &after, 41 * DAY)); /* near already: any other change is none of this */
    p.retention_days = 0;
    assert_true(retention_brought_near(&p, &after, 50 * DAY)); /* kept for ever until now, and long over */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a forgotten registration has no person, no salt, no condition, and the same hash in the chain", test_chain_goes_on, NULL, NULL,
         NULL},
        {"due some days after the last webinar held, else after the last window; to the microsecond", test_due, NULL, NULL, NULL},
        {"forgotten once; due anew when later dates are added", test_once, NULL, NULL, NULL},
        {"a change that brings it into the next seven days is known as such; one that puts it off is none", test_brought_near, NULL, NULL,
         NULL},
    };
    return cmocka_run_group_tests_name("forgetting", tests, NULL, NULL);
}
