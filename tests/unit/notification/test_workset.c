/* The rows at hand, without a database: followers as a batch changes them, programmes said twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/rows.h"

static struct workset *begin(void **state)
{
    struct arena *arena = *state;

    arena_reset(arena);
    return workset_new(arena, 1000, 0);
}

static struct uuid id(uint8_t n)
{
    return (struct uuid){{n}};
}

/* As load.c would have found them. */
static void load_followers(struct workset *w, struct uuid training, const struct follow *rows, size_t count)
{
    workset_want_followers(w, training);
    struct following *following = &((struct following *)w->followers.items)[w->followers.count - 1];
    following->rows = arena_array(w->arena, count, sizeof *rows);
    memcpy(following->rows, rows, count * sizeof *rows);
    following->count = count;
}

static unsigned heard(const struct workset *w, struct uuid training)
{
    struct follow follow;
    size_t cursor = 0;
    unsigned persons = 0; /* a bit each */

    while (workset_next_follower(w, training, &cursor, &follow)) {
        assert_int_equal(persons & (1u << follow.person_id.b[0]), 0);
        persons |= 1u << follow.person_id.b[0];
    }
    return persons;
}

static void test_workset_followers(void **state)
{
    struct workset *w = begin(state);
    const struct follow loaded[] = {{id(9), id(1), true, 10}, {id(9), id(2), true, 10}, {id(9), id(3), true, 10}};

    load_followers(w, id(9), loaded, 3);
    assert_int_equal(heard(w, id(9)), 1u << 1 | 1u << 2 | 1u << 3);
    workset_follow(w, &(struct follow){id(9), id(2), false, 20});
    workset_follow(w, &(struct follow){id(9), id(4), true, 20});
    workset_follow(w, &(struct follow){id(8), id(5), true, 20});
    assert_int_equal(heard(w, id(9)), 1u << 1 | 1u << 3 | 1u << 4);
    workset_follow(w, &(struct follow){id(9), id(4), false, 21});
    workset_follow(w, &(struct follow){id(9), id(2), true, 22});
    workset_follow(w, &(struct follow){id(9), id(2), true, 23});
    assert_int_equal(heard(w, id(9)), 1u << 1 | 1u << 2 | 1u << 3);
    assert_int_equal(heard(w, id(8)), 1u << 5);
    assert_int_equal(heard(w, id(7)), 0);
}

static void test_workset_training_last_word(void **state)
{
    struct workset *w = begin(state);

    workset_want_training(w, id(9));
    workset_want_training(w, id(9));
    assert_int_equal(w->versions.count, 1);
    assert_int_equal(workset_training_version(w, id(9)), -1);
    workset_put_training(w, &(struct training){.id = id(9), .version = 4});
    assert_int_equal(workset_training_version(w, id(9)), 4);
    workset_put_training(w, &(struct training){.id = id(9), .version = 5});
    assert_int_equal(w->trainings.count, 1);
    assert_int_equal(((struct training *)w->trainings.items)[0].version, 5);
}

static void test_workset_many_messages(void **state)
{
    struct workset *w = begin(state);

    assert_false(workset_wakes_senders(w));
    for (int i = 0; i < 1000; i++)
        workset_say(w,
                    &(struct message){.event_id = id((uint8_t)(i % 250)), .recipient_id = id((uint8_t)(i / 250)), .kind = KIND_PROMOTION});
    assert_int_equal(w->messages.count, 1000);
    assert_true(workset_wakes_senders(w));
    const struct said *said = w->messages.items;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(said[i].event_id.b[0], i % 250);
        assert_int_equal(uuid_compare(said[i].id, message_id(said[i].event_id, said[i].recipient_id, KIND_PROMOTION)), 0);
    }
}

/* One event to thousands: its facts are written out once. */
static void test_workset_facts_shared(void **state)
{
    struct workset *w = begin(state);
    struct message message = {.event_id = id(1), .kind = KIND_WINDOW_OPENED};

    facts_number(&message.facts, FACT_CLOSES, 77);
    for (uint8_t person = 1; person <= 3; person++) {
        message.recipient_id = id(person);
        if (person == 3)
            facts_number(&message.facts, FACT_OPENS, 5);
        workset_say(w, &message);
    }
    const struct said *said = w->messages.items;
    assert_ptr_equal(said[0].facts.data, said[1].facts.data);
    assert_true(span_equal(said[1].facts, span_text("{\"closes\":77}")));
    assert_true(span_equal(said[2].facts, span_text("{\"opens\":5,\"closes\":77}")));
    assert_int_equal(said[0].topic, TOPIC_WINDOWS);
    assert_int_equal(said[0].lane, LANE_MANY);
    assert_int_equal(said[0].event_us, 1000); /* told without its time: now */
}

static void test_workset_digest_topic(void **state)
{
    struct workset *w = begin(state);
    struct message message = {.event_id = id(1), .recipient_id = id(2), .kind = KIND_DIGEST};

    facts_text(&message.facts, FACT_TOPIC, span_text("announcements"));
    workset_say(w, &message);
    assert_int_equal(((struct said *)w->messages.items)->topic, TOPIC_ANNOUNCEMENTS);
}

static int arena_open(void **state)
{
    *state = arena_new(4096);
    return 0;
}

static int arena_close(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workset_followers),          /* loaded ones and the batch's own, each at their last word, once */
        cmocka_unit_test(test_workset_training_last_word), /* a programme stored twice in a batch is written once, as it was last */
        cmocka_unit_test(
            test_workset_facts_shared), /* the same facts have the same text; topic, lane and time follow from kind and event */
        cmocka_unit_test(test_workset_digest_topic),  /* a digest is of the topic it gathers */
        cmocka_unit_test(test_workset_many_messages), /* a batch of a thousand messages keeps them all, in order */
    };

    return cmocka_run_group_tests(tests, arena_open, arena_close);
}
