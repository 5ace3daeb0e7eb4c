/* A municipality: who has which office and seat, which languages it decides in, what is missing in one, and what an import may not do to
 * one that is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/municipality.h"

#define SAID(word) FINDING_TEXT(word, word, word)

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){.b = {n}};
}

/* Whole: a preparer (1), a presenting official (2), a secretary (3); a board with a chair, two members and a deputy (4 to 7). */
struct town {
    struct municipality m;
    struct municipal_official officials[4];
    struct board boards[2];
    struct seat seats[4];
    struct impact_dimension dimensions[2];
};

static struct municipality *whole(struct town *t)
{
    *t = (struct town){.officials = {{id_of(1), OFFICE_PREPARER, "Vilma", SAID("valmistelija")},
                                     {id_of(2), OFFICE_PRESENTER, "Essi", SAID("johtaja")},
                                     {id_of(3), OFFICE_SECRETARY, "Silja", SAID("sihteeri")}},
                       .seats = {{id_of(4), SEAT_CHAIR, "Pentti"},
                                 {id_of(5), SEAT_MEMBER, "Jaana"},
                                 {id_of(6), SEAT_MEMBER, "Hannu"},
                                 {id_of(7), SEAT_DEPUTY, "Venla"}},
                       .dimensions = {{1, SAID("strategia"), false}, {2, SAID("työllisyys"), false}}};
    t->boards[0] = (struct board){.id = id_of(20), .code = "KH", .title = SAID("kaupunginhallitus"), .seats = t->seats, .seat_count = 4};
    t->m = (struct municipality){.id = id_of(10),
                                 .code = "town",
                                 .name = SAID("Kaupunki"),
                                 .contact = "kirjaamo@example.fi",
                                 .finnish = true,
                                 .names_days = NAMES_DAYS_USUAL,
                                 .series = "00.01.05",
                                 .dimensions = t->dimensions,
                                 .dimension_count = 2,
                                 .boards = t->boards,
                                 .board_count = 1,
                                 .officials = t->officials,
                                 .official_count = 3};
    return &t->m;
}

static void test_offices_and_seats(void **state)
{
    struct town t;
    const struct municipality *m = whole(&t);
    (void)state;
    assert_non_null(municipality_official(m, id_of(1), OFFICE_PREPARER));
    assert_null(municipality_official(m, id_of(1), OFFICE_PRESENTER));
    assert_true(municipality_has_official(m, id_of(3)));
    assert_false(municipality_has_official(m, id_of(4)));
    assert_ptr_equal(municipality_board(m, id_of(20)), &t.boards[0]);
    assert_null(municipality_board(m, id_of(21)));
    assert_int_equal(board_seat(&t.boards[0], id_of(7))->kind, SEAT_DEPUTY);
    assert_null(board_seat(&t.boards[0], id_of(1)));
    assert_int_equal(board_size(&t.boards[0]), 3);
    assert_true(municipality_speaks(m, "fi"));
    assert_false(municipality_speaks(m, "sv"));
    assert_false(municipality_speaks(m, "en"));
}

static void expect(const struct municipality *m, const char *rule, const char *field)
{
    struct findings findings = {.count = 0};

    municipality_check(m, &findings);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.rows[0].rule, rule);
    assert_string_equal(findings.rows[0].field, field);
}

static void test_what_is_missing(void **state)
{
    struct town t;
    struct findings none = {.count = 0};
    (void)state;
    municipality_check(whole(&t), &none);
    assert_int_equal(none.count, 0);

    whole(&t)->official_count = 2;
    expect(&t.m, "municipal.municipality.secretary", "officials");
    (void)whole(&t);
    t.officials[0].office = OFFICE_PRESENTER;
    expect(&t.m, "municipal.municipality.preparer", "officials");
    (void)whole(&t);
    t.officials[1].office = OFFICE_SECRETARY;
    expect(&t.m, "municipal.municipality.presenter", "officials");
    (void)whole(&t);
    t.officials[3] = t.officials[2];
    t.m.official_count = 4;
    expect(&t.m, "municipal.municipality.office-twice", "officials[3].personId");
    whole(&t)->board_count = 0;
    expect(&t.m, "municipal.municipality.board", "boards");
    (void)whole(&t);
    t.seats[0].kind = SEAT_VICE_CHAIR;
    expect(&t.m, "municipal.board.chair", "boards[0].seats");
    (void)whole(&t);
    t.seats[3].kind = SEAT_CHAIR; /* two of them */
    expect(&t.m, "municipal.board.chair", "boards[0].seats");
    (void)whole(&t);
    t.seats[3].person_id = t.seats[1].person_id;
    expect(&t.m, "municipal.board.seat-twice", "boards[0].seats[3].personId");
    (void)whole(&t);
    t.boards[1] = (struct board){.id = id_of(21), .code = "KH", .title = SAID("x"), .seats = t.seats, .seat_count = 4};
    t.m.board_count = 2;
    expect(&t.m, "municipal.board.code-twice", "boards[1].code");
    (void)whole(&t);
    t.dimensions[1].n = 1;
    expect(&t.m, "municipal.municipality.dimension-twice", "dimensions[1].n");
    whole(&t)->names_days = NAMES_DAYS_MIN - 1;
    expect(&t.m, "municipal.municipality.names-days", "namesDays");
    whole(&t)->swedish = true;
    t.m.name.sv = "";
    expect(&t.m, "municipal.municipality.name", "name.sv");
    (void)whole(&t);
    t.boards[0].seat_count = 0; /* a board that has been closed: a warning */
    expect(&t.m, "municipal.board.closed", "boards[0].seats");
}

static void expect_change(const struct municipality *before, const struct municipality *after, const char *rule)
{
    struct findings findings = {.count = 0};

    municipality_check_change(before, after, &findings);
    assert_int_equal(findings.count, rule != NULL);
    if (rule != NULL)
        assert_string_equal(findings.rows[0].rule, rule);
}

static void test_what_an_import_may_not_do(void **state)
{
    struct town a, b;
    const struct municipality *before = whole(&a);
    struct municipality *after = whole(&b);
    (void)state;
    a.dimensions[1].used = true;
    expect_change(before, after, NULL);
    after->dimension_count = 1;
    expect_change(before, after, "municipal.municipality.dimension-used");
    a.dimensions[1].used = false;
    expect_change(before, after, NULL);
    whole(&b)->board_count = 0;
    expect_change(before, after, "municipal.board.left-out");

    /* The numbering begins where a file says, once. */
    (void)whole(&b);
    b.boards[0].last_section = 28;
    expect_change(before, after, NULL);
    a.boards[0].last_section = 30;
    expect_change(before, after, NULL);
    b.boards[0].last_section = 31;
    expect_change(before, after, "municipal.board.numbering");
    whole(&b)->last_number = 17;
    expect_change(before, after, NULL);
    a.m.last_number = 17;
    expect_change(before, after, NULL);
    after->last_number = 18;
    expect_change(before, after, "municipal.municipality.numbering");
    after->series = "00.01.06";
    expect_change(before, after, NULL);
}

static void test_whether_it_says_the_same(void **state)
{
    struct town a, b;
    struct municipality *one = whole(&a), *other = whole(&b);
    (void)state;
    b.officials[0] = a.officials[1]; /* in another order */
    b.officials[1] = a.officials[0];
    b.seats[0] = a.seats[3];
    b.seats[3] = a.seats[0];
    b.dimensions[0] = a.dimensions[1];
    b.dimensions[1] = a.dimensions[0];
    other->version = 7;
    assert_true(municipality_same(one, other));
    b.seats[0].kind = SEAT_MEMBER;
    assert_false(municipality_same(one, other));
    (void)whole(&b);
    b.officials[0].title.sv = "beredare";
    assert_false(municipality_same(one, other));
    (void)whole(&b);
    b.dimensions[0].title.en = "strategy";
    assert_false(municipality_same(one, other));
    whole(&b)->contact = "toinen@example.fi";
    assert_false(municipality_same(one, other));
    (void)whole(&b);
    b.boards[0].last_section = 28; /* the numbering begins by it */
    assert_false(municipality_same(one, other));
    a.boards[0].last_section = 30;
    assert_true(municipality_same(one, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offices_and_seats),         /* each their own; deputies are not of the board's size */
        cmocka_unit_test(test_what_is_missing),           /* each rule once, with its field */
        cmocka_unit_test(test_what_an_import_may_not_do), /* boards and used dimensions stay, numbers are not skipped */
        cmocka_unit_test(test_whether_it_says_the_same),  /* whatever the order */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
