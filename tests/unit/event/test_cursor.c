/* The consumer's algorithm: first rule by rule, then whole, against a simulated world in which PUB messages are lost, doubled and
 * overtaken, heartbeats come late, Fetches go astray, jobs fail and the consumer dies between effect and commit. Whatever the
 * schedule, each event must have its effect exactly once, in order, and the consumer must arrive at the head in the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "common/event/cursor.h"

static struct uuid id_of(uint8_t kind, uint64_t n)
{
    return (struct uuid){{kind, (uint8_t)(n >> 8), (uint8_t)n}};
}

#define EPOCH id_of(0xe0, 1)
#define OTHER id_of(0xe0, 2)
#define NIL   ((struct uuid){{0}})

static struct cursor_event event(uint64_t seq)
{
    return (struct cursor_event){EPOCH, seq, id_of(1, seq), true};
}

static struct cursor running_at(uint64_t seq)
{
    struct cursor c;

    cursor_init(&c);
    cursor_read(&c, EPOCH, seq, seq ? id_of(1, seq) : NIL);
    c.suspicion = false;
    return c;
}

static enum cursor_step offered(struct cursor *c, struct cursor_event e)
{
    return cursor_offer(c, &e);
}

/* --- rule by rule --------------------------------------------------------------------------------------------------- */

static void test_unread(void **state)
{
    struct cursor c;

    (void)state;
    cursor_init(&c);
    assert_int_equal(offered(&c, event(1)), CURSOR_SKIP);
    assert_true(cursor_unread(&c));
    assert_false(cursor_wants(&c, 100));
    cursor_read(&c, EPOCH, 7, id_of(1, 7));
    assert_true(cursor_wants(&c, 100)); /* the first Fetch tells the head */
    assert_false(cursor_unread(&c));
}

static void test_order(void **state)
{
    struct cursor c = running_at(3);

    (void)state;
    assert_int_equal(offered(&c, event(3)), CURSOR_SKIP);
    assert_int_equal(offered(&c, event(1)), CURSOR_SKIP);
    assert_int_equal(offered(&c, event(4)), CURSOR_APPLY);
    struct cursor_event four = event(4);
    cursor_handed(&c, &four);
    assert_int_equal(offered(&c, event(4)), CURSOR_SKIP);
    assert_false(cursor_wants(&c, 100));
    assert_int_equal(offered(&c, event(6)), CURSOR_FETCH);
    assert_true(cursor_wants(&c, 100));
    assert_false(cursor_wants(&c, 0)); /* nothing is fetched that could not be handed over */
    assert_int_equal(offered(&c, event(5)), CURSOR_APPLY);
}

static void test_large(void **state)
{
    struct cursor c = running_at(3);
    struct cursor_event e = event(4);

    (void)state;
    e.whole = false;
    assert_int_equal(cursor_offer(&c, &e), CURSOR_FETCH);
    assert_true(cursor_wants(&c, 1));
}

static void test_heartbeat(void **state)
{
    struct cursor c = running_at(3);

    (void)state;
    cursor_heard(&c, EPOCH, 3);
    assert_false(cursor_wants(&c, 100));
    cursor_heard(&c, EPOCH, 5); /* the last events were lost */
    assert_true(cursor_wants(&c, 100));
    assert_int_equal(c.head, 5);
}

static void test_old_heartbeat(void **state)
{
    struct cursor c = running_at(9);

    (void)state;
    cursor_heard(&c, EPOCH, 8); /* it was on its way while event 9 overtook it */
    assert_int_equal(c.state, CURSOR_RUNNING);
    assert_true(cursor_wants(&c, 100)); /* ask, do not stop */
    assert_true(cursor_answer(&c, CURSOR_ANSWER_OK, EPOCH, 9, 0));
    assert_false(cursor_wants(&c, 100));
}

static void test_went_back(void **state)
{
    struct cursor c = running_at(9);

    (void)state;
    cursor_heard(&c, EPOCH, 8);
    assert_false(cursor_answer(&c, CURSOR_ANSWER_MISMATCH, EPOCH, 8, 0));
    assert_int_equal(c.state, CURSOR_STOPPED);
    assert_int_equal(c.reason, CURSOR_HISTORY);
    assert_int_equal(offered(&c, event(10)), CURSOR_SKIP);
    assert_false(cursor_wants(&c, 100));
    cursor_forget(&c); /* an operator rewound it */
    assert_true(cursor_unread(&c));
}

static void test_other_epoch(void **state)
{
    struct cursor c = running_at(9);
    struct cursor_event e = {OTHER, 10, id_of(2, 10), true};

    (void)state;
    assert_int_equal(cursor_offer(&c, &e), CURSOR_FETCH); /* not the next one, whatever its number */
    assert_true(cursor_wants(&c, 100));
    cursor_heard(&c, OTHER, 50);
    assert_int_equal(c.head, 9); /* another history's head says nothing of ours */
}

static void test_truncated(void **state)
{
    struct cursor c = running_at(9);

    (void)state;
    assert_false(cursor_answer(&c, CURSOR_ANSWER_TRUNCATED, EPOCH, 99, 0));
    assert_int_equal(c.state, CURSOR_STOPPED);
    assert_int_equal(c.reason, CURSOR_TRUNCATED);
}

static void test_first_contact(void **state)
{
    struct cursor c;

    (void)state;
    cursor_init(&c);
    cursor_read(&c, NIL, 0, NIL);
    assert_int_equal(offered(&c, event(1)), CURSOR_FETCH); /* the epoch is the Fetch's to tell */
    assert_true(cursor_answer(&c, CURSOR_ANSWER_OK, EPOCH, 2, 2));
    assert_int_equal(offered(&c, event(1)), CURSOR_APPLY);
}

static void test_failed(void **state)
{
    struct cursor c = running_at(3);

    (void)state;
    cursor_failed(&c);
    assert_true(cursor_unread(&c));
    assert_int_equal(offered(&c, event(4)), CURSOR_SKIP);
    assert_false(cursor_answer(&c, CURSOR_ANSWER_OK, EPOCH, 9, 3)); /* asked for a position that is no longer ours */
    cursor_applied(&c, 4);
    assert_int_equal(c.applied, 3);
}

static void test_nothing_after(void **state)
{
    struct cursor c = running_at(3);

    (void)state;
    cursor_heard(&c, EPOCH, 8);
    assert_true(cursor_answer(&c, CURSOR_ANSWER_OK, EPOCH, 3, 0));
    assert_false(cursor_wants(&c, 100)); /* else it would ask for ever */
}

/* --- the simulated world -------------------------------------------------------------------------------------------- */

enum { EVENTS = 24, FLIGHT = 48, AHEAD = 5, PAGE = 3, SCHEDULES = 100000 };

struct message { /* on its way from the publisher */
    enum { FREE, BATCH, BEAT } kind;
    uint64_t first, last; /* BATCH: events; BEAT: last is the head */
};

struct fetching {
    enum { IDLE, ASKED, ANSWERED } state;
    unsigned generation;
    uint64_t after, head;
    size_t count;
};

struct world {
    uint64_t random;
    uint64_t head;                /* the publisher's log: 1..head */
    uint64_t stored;              /* the consumer's database: cursor and effects move together */
    uint64_t effects[EVENTS + 1]; /* how often each had its effect */
    struct message flight[FLIGHT];
    struct cursor cursor;
    unsigned generation;
    struct fetching fetch;
    uint64_t jobs[AHEAD]; /* with the writer, oldest first */
    size_t job_count;
    bool failed; /* a job has failed: those behind it fail at the guard */
};

static uint64_t draw(struct world *w, uint64_t below)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return w->random % below;
}

static void world_send(struct world *w, struct message m)
{
    for (int i = 0; i < FLIGHT; i++) {
        if (w->flight[i].kind == FREE) {
            w->flight[i] = m;
            return;
        }
    } /* no room: PUB drops it */
}

static void publisher_commit(struct world *w)
{
    uint64_t more = 1 + draw(w, 3);

    if (w->head + more > EVENTS)
        return;
    w->head += more;
    struct message m = {BATCH, w->head - more + 1, w->head};
    for (uint64_t copies = draw(w, 4); copies > 0 && copies < 3; copies--) /* lost, once, twice */
        world_send(w, m);
}

static void world_hand(struct world *w, uint64_t first, uint64_t last)
{
    for (uint64_t seq = first; seq <= last; seq++) {
        struct cursor_event e = event(seq);
        e.whole = seq % 7 != 0 || w->fetch.state == ANSWERED; /* every seventh is large: only Fetch brings it */
        if (cursor_offer(&w->cursor, &e) != CURSOR_APPLY || w->job_count == AHEAD)
            continue;
        w->jobs[w->job_count++] = seq;
        cursor_handed(&w->cursor, &e);
    }
}

static void world_deliver(struct world *w)
{
    struct message *m = &w->flight[draw(w, FLIGHT)]; /* any of them: they overtake each other */

    if (m->kind == BATCH)
        world_hand(w, m->first, m->last);
    else if (m->kind == BEAT)
        cursor_heard(&w->cursor, EPOCH, m->last);
    m->kind = FREE;
}

/* The writer takes one: effect and cursor together, guarded. */
static void world_write(struct world *w, bool faults)
{
    if (w->job_count == 0)
        return;
    uint64_t seq = w->jobs[0];
    for (size_t i = 1; i < w->job_count; i++)
        w->jobs[i - 1] = w->jobs[i];
    w->job_count--;
    bool broken = faults && draw(w, 20) == 0;
    if (!w->failed && w->stored != seq - 1)
        fail_msg("event %llu was handed over out of turn, after %llu", (unsigned long long)seq, (unsigned long long)w->stored);
    w->failed = w->failed || broken;
    if (broken || w->stored != seq - 1) {
        cursor_failed(&w->cursor);
        return;
    }
    w->stored = seq;
    w->effects[seq]++;
    if (faults && draw(w, 40) == 0)
        cursor_failed(&w->cursor); /* committed, but the answer was lost: reads the position again */
    else
        cursor_applied(&w->cursor, seq);
}

static void world_fetch(struct world *w, bool faults)
{
    struct fetching *f = &w->fetch;

    switch (f->state) {
    case IDLE:
        if (cursor_wants(&w->cursor, AHEAD - w->job_count))
            *f = (struct fetching){ASKED, w->generation, w->cursor.handed, 0, 0};
        return;
    case ASKED:
        f->head = w->head;
        f->count = f->after < w->head ? (size_t)(w->head - f->after < PAGE ? w->head - f->after : PAGE) : 0;
        f->state = ANSWERED;
        return;
    case ANSWERED:
        if (!(faults && draw(w, 5) == 0) && f->generation == w->generation &&
            cursor_answer(&w->cursor, CURSOR_ANSWER_OK, EPOCH, f->head, f->count))
            world_hand(w, f->after + 1, f->after + f->count);
        f->state = IDLE;
        return;
    }
}

static void world_read(struct world *w)
{
    if (!cursor_unread(&w->cursor) || w->job_count > 0)
        return;
    w->generation++;
    w->failed = false;
    cursor_read(&w->cursor, w->stored ? EPOCH : NIL, w->stored, w->stored ? id_of(1, w->stored) : NIL);
}

/* kill -9: what was in memory is gone; what was committed is not. */
static void world_crash(struct world *w)
{
    cursor_init(&w->cursor);
    w->job_count = 0;
    w->failed = false;
    w->fetch.state = IDLE;
}

static void world_step(struct world *w, bool faults)
{
    switch (draw(w, faults ? 12 : 10)) {
    case 0:
        if (faults)
            publisher_commit(w);
        break;
    case 1:
        world_send(w, (struct message){BEAT, 0, w->head});
        break;
    case 2:
    case 3:
        world_deliver(w);
        break;
    case 4:
    case 5:
    case 6:
        world_write(w, faults);
        break;
    case 7:
    case 8:
        world_fetch(w, faults);
        break;
    case 9:
        world_read(w);
        break;
    case 10:
        publisher_commit(w);
        break;
    default:
        if (draw(w, 8) == 0)
            world_crash(w);
        break;
    }
}

static void world_check(const struct world *w, unsigned seed)
{
    for (uint64_t seq = 1; seq <= EVENTS; seq++) {
        uint64_t want = seq <= w->stored ? 1 : 0;
        if (w->effects[seq] != want)
            fail_msg("schedule %u: event %llu had %llu effects", seed, (unsigned long long)seq, (unsigned long long)w->effects[seq]);
    }
    if (w->cursor.state == CURSOR_STOPPED)
        fail_msg("schedule %u: stopped without a reason", seed);
}

static void test_schedules(void **state)
{
    uint64_t events = 0;

    (void)state;
    for (unsigned seed = 1; seed <= SCHEDULES; seed++) {
        struct world w = {.random = seed * 0x9e3779b97f4a7c15u};
        for (int i = 0; i < 120; i++)
            world_step(&w, true);
        world_check(&w, seed);
        int calm = 0;
        while ((w.stored < w.head || w.cursor.applied < w.head) && calm++ < 4000)
            world_step(&w, false);
        world_check(&w, seed);
        if (w.stored != w.head)
            fail_msg("schedule %u: stuck at %llu of %llu", seed, (unsigned long long)w.stored, (unsigned long long)w.head);
        events += w.head;
    }
    assert_true(events > SCHEDULES); /* the schedules did carry events */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"before the stored position is read, nothing is applied or fetched", test_unread, NULL, NULL, NULL},
        {"known events are skipped, the next is applied, a gap is fetched", test_order, NULL, NULL, NULL},
        {"an event too large for PUB is fetched", test_large, NULL, NULL, NULL},
        {"a heartbeat ahead shows that the last events were lost", test_heartbeat, NULL, NULL, NULL},
        {"a heartbeat that events overtook is only asked about", test_old_heartbeat, NULL, NULL, NULL},
        {"a head that went back stops the stream when the publisher confirms it", test_went_back, NULL, NULL, NULL},
        {"another epoch is never applied", test_other_epoch, NULL, NULL, NULL},
        {"a truncated log stops the stream", test_truncated, NULL, NULL, NULL},
        {"first contact takes over the publisher's epoch", test_first_contact, NULL, NULL, NULL},
        {"after a failed job the position is read again", test_failed, NULL, NULL, NULL},
        {"an empty answer ends the asking", test_nothing_after, NULL, NULL, NULL},
        {"in 100,000 schedules each event has its effect exactly once, in order", test_schedules, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("the consumer's cursor", tests, NULL, NULL);
}
