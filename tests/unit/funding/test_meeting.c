/* The rules of a meeting: who leads it, when it may decide, how a vote ends, what a decision may be after one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/meeting.h"

enum { SEATS = 7 };

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){.b = {n}};
}

/* A board of seven and two deputies: 1 the chair, 2 the vice chair, 3 to 7 members, 8 and 9 deputies. */
static struct board seven(void)
{
    static struct seat seats[SEATS + 2];

    for (int i = 0; i < SEATS + 2; i++)
        seats[i] = (struct seat){.person_id = id_of((uint8_t)(i + 1)),
                                 .kind = i == 0   ? SEAT_CHAIR
                                         : i == 1 ? SEAT_VICE_CHAIR
                                         : i < 7  ? SEAT_MEMBER
                                                  : SEAT_DEPUTY,
                                 .name = "x"};
    return (struct board){.seats = seats, .seat_count = SEATS + 2};
}

/* Those who are named are there. */
static struct meeting meeting_of(struct attendee *rows, const char *people)
{
    const struct board board = seven();
    struct meeting meeting = {.attendees = rows};

    for (; *people != '\0'; people++) {
        const struct uuid person = id_of((uint8_t)(*people - '0'));

        rows[meeting.attendee_count++] = (struct attendee){.person_id = person, .kind = board_seat(&board, person)->kind};
    }
    return meeting;
}

/* "1p 2c 3e": the first for the proposal, the second for the other one, the third empty. */
static struct item voted(struct vote *rows, const char *votes)
{
    struct item item = {.votes = rows, .voting = true};

    for (; *votes != '\0'; votes += votes[2] == ' ' ? 3 : 2)
        rows[item.vote_count++] = (struct vote){.person_id = id_of((uint8_t)(votes[0] - '0')),
                                                .choice = votes[1] == 'p'   ? CHOICE_PROPOSAL
                                                          : votes[1] == 'c' ? CHOICE_COUNTER
                                                                            : CHOICE_EMPTY};
    return item;
}

static void disqualify(struct item *item, struct disqualified *rows, uint8_t person)
{
    item->disqualified = rows;
    rows[item->disqualified_count++] = (struct disqualified){.person_id = id_of(person), .name = "x", .ground = "x"};
}

static void test_more_than_half_of_the_board(void **state)
{
    struct attendee rows[SEATS + 2];
    const struct board board = seven();
    struct board even = board;
    struct meeting meeting = meeting_of(rows, "345");

    (void)state;
    assert_false(meeting_has_quorum(&meeting, &board)); /* three of seven */
    meeting = meeting_of(rows, "3458");                 /* and a deputy in the place of one */
    assert_true(meeting_has_quorum(&meeting, &board));
    even.seat_count = 6;
    meeting = meeting_of(rows, "123"); /* half of six is not more than half */
    assert_false(meeting_has_quorum(&meeting, &even));
}

static void test_disqualified_are_not_there(void **state)
{
    struct attendee rows[SEATS];
    struct disqualified who[2];
    const struct board board = seven();
    const struct meeting meeting = meeting_of(rows, "12345");
    struct item item = {.place = 1};

    (void)state;
    disqualify(&item, who, 5);
    assert_int_equal(meeting_voters(&meeting, &item), 4);
    assert_true(item_has_quorum(&meeting, &item, &board));
    disqualify(&item, who, 1);
    assert_int_equal(meeting_voters(&meeting, &item), 3);
    assert_false(item_has_quorum(&meeting, &item, &board));
    assert_true(meeting_has_quorum(&meeting, &board)); /* in the other items */
    assert_non_null(item_disqualified(&item, id_of(1)));
    assert_null(item_disqualified(&item, id_of(2)));
}

static void test_who_leads(void **state)
{
    struct attendee rows[SEATS];
    struct disqualified who[2];
    struct item item = {.place = 1};
    struct meeting meeting = meeting_of(rows, "34126");

    (void)state;
    assert_memory_equal(meeting_leader(&meeting)->person_id.b, id_of(1).b, 16);
    disqualify(&item, who, 1);
    assert_memory_equal(item_leader(&meeting, &item)->person_id.b, id_of(2).b, 16);
    assert_memory_equal(meeting_leader(&meeting)->person_id.b, id_of(1).b, 16);
    disqualify(&item, who, 2);
    assert_memory_equal(item_leader(&meeting, &item)->person_id.b, id_of(3).b, 16);
    meeting = meeting_of(rows, "8");
    assert_memory_equal(meeting_leader(&meeting)->person_id.b, id_of(8).b, 16);
    meeting.attendee_count = 0;
    assert_null(meeting_leader(&meeting));
}

static void test_how_a_vote_ends(void **state)
{
    struct attendee rows[SEATS];
    struct disqualified who[1];
    const struct meeting meeting = meeting_of(rows, "123456");
    static const struct {
        const char *votes;
        bool wins;
    } expected[] = {
        {"1p 2p 3p 4c", true},    {"1p 2c 3c", false}, {"1e 2e 3p", true}, /* empty ones count for nobody */
        {"1p 2p 3c 4c 5e", true},                                          /* a tie: the chair's */
        {"1c 2p 3p 4c", false},   {"1e 2p 3c", false},                     /* a tie, and the chair voted for neither */
        {"2p 3c", false},         {"", false},
    };
    struct vote votes[SEATS];

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const struct item item = voted(votes, expected[i].votes);

        if (item_proposal_wins(&meeting, &item) != expected[i].wins)
            fail_msg("%s", expected[i].votes);
    }
    /* The chair is disqualified: the vice chair's vote decides. */
    struct item item = voted(votes, "2p 3c");
    disqualify(&item, who, 1);
    assert_true(item_proposal_wins(&meeting, &item));
    assert_true(item_leader_decides(&meeting, &item));
    const struct item blank = voted(votes, "1e 2p 3c");
    assert_false(item_leader_decides(&meeting, &blank));
    const struct item all = voted(votes, "1p 2c 3e 4p 5p");
    assert_false(item_leader_decides(&meeting, &all));
    assert_int_equal(item_tally(&all).proposal, 3);
    assert_int_equal(item_tally(&all).counter, 1);
    assert_int_equal(item_tally(&all).empty, 1);
    assert_non_null(item_vote(&all, id_of(5)));
    assert_null(item_vote(&all, id_of(6)));
}

static void test_what_a_vote_bears(void **state)
{
    struct attendee rows[SEATS];
    struct vote votes[SEATS];
    const struct meeting meeting = meeting_of(rows, "1234");
    const struct item won = voted(votes, "1p 2p 3p");

    (void)state;
    for (int outcome = OUTCOME_APPROVED; outcome <= OUTCOME_TABLED; outcome++)
        assert_int_equal(item_outcome_fits(&meeting, &won, (enum outcome)outcome), outcome == OUTCOME_APPROVED);
    const struct item lost = voted(votes, "1c 2c 3p");
    for (int outcome = OUTCOME_APPROVED; outcome <= OUTCOME_TABLED; outcome++)
        assert_int_equal(item_outcome_fits(&meeting, &lost, (enum outcome)outcome), outcome != OUTCOME_APPROVED);
    /* As many for both, and the chair for neither: the chair says which. */
    const struct item tied = voted(votes, "1e 2c 3p");
    for (int outcome = OUTCOME_APPROVED; outcome <= OUTCOME_TABLED; outcome++)
        assert_true(item_outcome_fits(&meeting, &tied, (enum outcome)outcome));
    const struct item led = voted(votes, "1c 2c 3p 4p");
    assert_false(item_outcome_fits(&meeting, &led, OUTCOME_APPROVED));
    assert_true(item_outcome_fits(&meeting, &led, OUTCOME_REJECTED));
}

static void test_what_ends_a_case(void **state)
{
    (void)state;
    assert_true(outcome_is_final(OUTCOME_APPROVED));
    assert_true(outcome_is_final(OUTCOME_CHANGED));
    assert_true(outcome_is_final(OUTCOME_REJECTED));
    assert_false(outcome_is_final(OUTCOME_RETURNED));
    assert_false(outcome_is_final(OUTCOME_TABLED));
}

static void test_finding_in_it(void **state)
{
    struct item items[2] = {{.id = {{1}}, .place = 1}, {.id = {{2}}, .place = 2}};
    struct attendee rows[SEATS];
    struct meeting meeting = meeting_of(rows, "12");

    (void)state;
    meeting.items = items;
    meeting.item_count = 2;
    assert_ptr_equal(meeting_item(&meeting, id_of(2)), &items[1]);
    assert_null(meeting_item(&meeting, id_of(3)));
    assert_ptr_equal(meeting_attendee(&meeting, id_of(2)), &rows[1]);
    assert_null(meeting_attendee(&meeting, id_of(3)));
    assert_false(meeting_is_public(&meeting));
    meeting.summoned_us = 1;
    assert_true(meeting_is_public(&meeting));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_than_half_of_the_board), /* half is not enough; a deputy counts */
        cmocka_unit_test(test_disqualified_are_not_there),  /* in their item, and there alone */
        cmocka_unit_test(test_who_leads),                   /* by the kind of the seat, whoever is not disqualified */
        cmocka_unit_test(test_how_a_vote_ends),             /* more votes, or the leader's in a tie */
        cmocka_unit_test(test_what_a_vote_bears),           /* approved exactly when the proposal has won, or the chair says so */
        cmocka_unit_test(test_what_ends_a_case),            /* not: returned, tabled */
        cmocka_unit_test(test_finding_in_it),               /* items and people, or none */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
