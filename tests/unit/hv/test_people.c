/* The made-up people of `hv up`: always the same, 340 who may take part and 60 who may not, spread so that popular implementations
 * overflow while the programme's cap is reached before all of their seats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "common/base/utf8.h"
#include "services/hv/up_people.h"

/* VEPO's shape: one implementation of a hundred seats with an audience of its own, eleven of twenty. */
static json_t *programme(void)
{
    json_t *list = json_array();
    for (int i = 0; i < 12; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:i, s:o}", "id", "x", "capacity", i ? 20 : 100, "rules",
                                        i ? json_array() : json_pack("[{s:s, s:[s, s]}]", "fact", "role", "allowed", "principal", "team")));
    return json_pack("{s:o, s:[{s:s, s:[s, s, s]}, {s:s, s:[s, s]}]}", "implementations", list, "rules", "fact", "role", "allowed",
                     "teacher", "principal", "team", "fact", "level", "allowed", "basic", "pre_primary");
}

static struct person *people(void)
{
    json_t *shape = programme();
    struct person *made = mem_array(PEOPLE, sizeof *made);
    people_make(made, shape);
    /* Their words are borrowed from the programme, which goes away here; constants stand in for them. */
    for (size_t i = 0; i < PEOPLE; i++) {
        made[i].role = strcmp(made[i].role, "teacher") == 0 ? "teacher" : strcmp(made[i].role, "other") == 0 ? "other" : "leader";
        made[i].level = strcmp(made[i].level, "vocational") == 0 ? "vocational" : "fits";
    }
    json_decref(shape);
    return made;
}

static void same_every_time(void **state)
{
    (void)state;
    struct person *a = people();
    struct person *b = people();
    for (size_t i = 0; i < PEOPLE; i++) {
        assert_string_equal(a[i].id_text, b[i].id_text);
        assert_string_equal(a[i].name, b[i].name);
        assert_int_equal(a[i].implementation, b[i].implementation);
        assert_true(utf8_valid(span_text(a[i].name)));
        for (size_t k = i + 1; k < PEOPLE; k++)
            assert_int_not_equal(uuid_compare(a[i].id, a[k].id), 0);
    }
    mem_free(a);
    mem_free(b);
}

static void cases_are_what_they_say(void **state)
{
    (void)state;
    struct person *made = people();
    unsigned count[PERSON_WITHOUT_FACTS + 1] = {0};
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct person *p = &made[i];
        count[p->kase]++;
        if (p->kase == PERSON_WRONG_ROLE)
            assert_string_equal(p->role, "other");
        if (p->kase == PERSON_WRONG_LEVEL)
            assert_string_equal(p->level, "vocational");
        if (p->kase == PERSON_WRONG_IMPLEMENTATION)
            assert_true(p->implementation == 0 && strcmp(p->role, "teacher") == 0);
        if (p->kase == PERSON_FITS && p->implementation == 0)
            assert_string_equal(p->role, "leader");
        if (p->kase == PERSON_FITS)
            assert_string_equal(p->level, "fits");
    }
    assert_int_equal(count[PERSON_FITS], 340);
    assert_int_equal(count[PERSON_WRONG_ROLE] + count[PERSON_WRONG_LEVEL], 40);
    assert_int_equal(count[PERSON_WRONG_IMPLEMENTATION], 10);
    assert_int_equal(count[PERSON_WITHOUT_FACTS], 10);
    mem_free(made);
}

static void demand_overflows(void **state)
{
    (void)state;
    struct person *made = people();
    unsigned wanted[12] = {0};
    for (size_t i = 0; i < PEOPLE; i++)
        wanted[made[i].implementation] += made[i].kase == PERSON_FITS;
    unsigned seatable = 0;
    unsigned overflowing = 0;
    for (size_t i = 0; i < 12; i++) {
        unsigned capacity = i ? 20 : 100;
        seatable += wanted[i] < capacity ? wanted[i] : capacity;
        overflowing += wanted[i] > capacity;
    }
    assert_in_range(seatable, 281, 319); /* the cap of 280 binds, not all 320 seats are wanted */
    assert_in_range(overflowing, 4, 10);
    mem_free(made);
}

static void json_has_every_field(void **state)
{
    (void)state;
    struct person *made = people();
    json_t *json = person_json(&made[7]);
    assert_string_equal(api_text(json, "email"), "demo-008@example.fi");
    assert_true(api_text(json, "name")[0] && api_text(json, "role")[0] && api_text(json, "level")[0]);
    assert_int_equal(json_object_size(json), 8);
    json_decref(json);
    mem_free(made);
}

int main(void)
{
    static const struct CMUnitTest people_tests[] = {
        {"the people are the same in every run, and no two are one", same_every_time, NULL, NULL, NULL},
        {"each who may not take part differs in just what the rule looks at", cases_are_what_they_say, NULL, NULL, NULL},
        {"popular implementations overflow, the cap binds, not every seat is wanted", demand_overflows, NULL, NULL, NULL},
        {"a person is sent with all particulars and an example address", json_has_every_field, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(people_tests, NULL, NULL);
}
