/* Promotion: the written rule by examples, and against a naive model over thousands of random histories. */
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/line.h"
#include "services/enrolment/domain/place.h"
#include "tests/unit/enrolment/domain/cases.h"

static void enrol(struct stage *stage, size_t where, struct registration *r, unsigned number, enum registration_state state)
{
    *r = (struct registration){.id = case_id(4, number), .person = case_id(5, number)};
    place_give(&stage->implementations[where], r, state, 1000 + number);
}

static void test_promotion_cap_binds(void **state)
{
    struct stage stage;
    struct registration r[5];
    struct implementation *where = NULL;
    (void)state;
    stage_init(&stage, 2, 2, 2, 9);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[1], 1, REGISTRATION_SEATED);
    enrol(&stage, 1, &r[2], 2, REGISTRATION_QUEUED); /* came before the next, elsewhere */
    enrol(&stage, 0, &r[3], 3, REGISTRATION_QUEUED);
    assert_null(promotion_next(&stage.programme, &where)); /* the programme is full */
    (void)place_move(&stage.implementations[0], &r[0], REGISTRATION_CANCELLED, 2000);
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[2]);
    assert_ptr_equal(where, &stage.implementations[1]);
    (void)place_move(where, &r[2], REGISTRATION_SEATED, 2000);
    assert_null(promotion_next(&stage.programme, &where));
}

static void test_promotion_own_implementation(void **state)
{
    struct stage stage;
    struct registration r[4];
    struct implementation *where = NULL;
    (void)state;
    stage_init(&stage, 100, 2, 1, 9);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_SEATED);
    enrol(&stage, 1, &r[1], 1, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[2], 2, REGISTRATION_QUEUED);
    enrol(&stage, 1, &r[3], 3, REGISTRATION_QUEUED);
    (void)place_move(&stage.implementations[1], &r[1], REGISTRATION_CANCELLED, 2000);
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[3]); /* number 2 waits longer, but for a seat that is taken */
}

static void test_promotion_skips_the_gone(void **state)
{
    struct stage stage;
    struct registration r[4];
    struct implementation *where = NULL;
    (void)state;
    stage_init(&stage, 9, 1, 1, 9);
    for (unsigned i = 0; i < 4; i++)
        enrol(&stage, 0, &r[i], i, i == 0 ? REGISTRATION_SEATED : REGISTRATION_QUEUED);
    (void)place_move(&stage.implementations[0], &r[1], REGISTRATION_CANCELLED, 2000);
    assert_null(promotion_next(&stage.programme, &where)); /* leaving the list frees no seat */
    (void)place_move(&stage.implementations[0], &r[0], REGISTRATION_CANCELLED, 2001);
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[2]);
    (void)place_move(where, &r[2], REGISTRATION_CANCELLED, 2002);
    (void)place_move(where, &r[3], REGISTRATION_CANCELLED, 2003);
    assert_null(promotion_next(&stage.programme, &where));
}

static void test_promotion_by_line(void **state)
{
    struct stage stage;
    struct registration r[4];
    struct implementation *where = NULL;
    (void)state;
    stage_init(&stage, 2, 2, 2, 9);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[1], 1, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[2], 2, REGISTRATION_QUEUED);
    enrol(&stage, 1, &r[3], 3, REGISTRATION_QUEUED);
    r[3].line = line_with_priority(r[3].line, 1);
    (void)place_move(&stage.implementations[0], &r[0], REGISTRATION_CANCELLED, 2000);
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[3]); /* the priority counts over the whole programme */
}

static void test_promotion_reserved(void **state)
{
    struct stage stage;
    struct registration r[2];
    struct implementation *where = NULL;
    (void)state;
    stage_init(&stage, 9, 1, 2, 9);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[1], 1, REGISTRATION_QUEUED);
    stage.implementations[0].reserved = stage.programme.reserved = 1;
    assert_null(promotion_next(&stage.programme, &where)); /* the second seat is kept for a code */
    stage.implementations[0].reserved = stage.programme.reserved = 0;
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[1]);
}

static void test_promotion_can_pass(void **state)
{
    struct stage stage;
    struct registration r[4];
    (void)state;
    stage_init(&stage, 1, 2, 1, 1);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_QUEUED);
    (void)place_move(&stage.implementations[0], &r[0], REGISTRATION_OFFERED, 1);
    assert_false(promotion_can_pass(&stage.implementations[0])); /* nobody waits */
    enrol(&stage, 1, &r[1], 1, REGISTRATION_QUEUED);
    assert_true(promotion_can_pass(&stage.implementations[0])); /* the cap binds, so one elsewhere can take it */
    enrol(&stage, 0, &r[2], 2, REGISTRATION_QUEUED);
    assert_false(promotion_can_pass(&stage.implementations[0])); /* who would get it leaves no room on this full waiting list */
    stage.implementations[0].waiting_cap = 2;
    assert_true(promotion_can_pass(&stage.implementations[0]));
    stage.implementations[1].capacity = 0;
    stage.implementations[0].waiting_cap = 1;
    assert_true(promotion_can_pass(&stage.implementations[0])); /* now this list's own first gets it and makes the room */
    (void)place_move(&stage.implementations[0], &r[2], REGISTRATION_CANCELLED, 1);
    assert_false(promotion_can_pass(&stage.implementations[0])); /* who waits elsewhere has no seat there */
}

/* --- against a naive model ----------------------------------------------------------------------------------------------------- */

#define PEOPLE 200

struct model { /* everybody in order of enrolment, looked through from the start each time */
    uint32_t cap, capacity[CASE_IMPLEMENTATIONS], waiting_cap;
    size_t where[PEOPLE], count;
    enum registration_state state[PEOPLE];
};

static uint32_t model_count(const struct model *m, size_t where, enum registration_state state)
{
    uint32_t n = 0;
    for (size_t i = 0; i < m->count; i++)
        n += (where == CASE_IMPLEMENTATIONS || m->where[i] == where) && m->state[i] == state;
    return n;
}

static bool model_room(const struct model *m, size_t where)
{
    return model_count(m, CASE_IMPLEMENTATIONS, REGISTRATION_SEATED) < m->cap &&
           model_count(m, where, REGISTRATION_SEATED) < m->capacity[where];
}

static void model_promote(struct model *m)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->state[i] == REGISTRATION_QUEUED && model_room(m, m->where[i])) {
            m->state[i] = REGISTRATION_SEATED;
            i = (size_t)-1; /* from the start again */
        }
}

static enum registration_state model_enrol(struct model *m, size_t where)
{
    enum registration_state state = REGISTRATION_NEW;
    if (model_count(m, where, REGISTRATION_QUEUED) == 0 && model_room(m, where))
        state = REGISTRATION_SEATED;
    else if (model_count(m, where, REGISTRATION_QUEUED) < m->waiting_cap)
        state = REGISTRATION_QUEUED;
    return state;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

struct play {
    struct stage stage;
    struct model model;
    struct registration people[PEOPLE];
    uint32_t seed;
};

static void promote_all(struct stage *stage)
{
    struct implementation *where = NULL;
    for (struct registration *r = promotion_next(&stage->programme, &where); r; r = promotion_next(&stage->programme, &where))
        (void)place_move(where, r, REGISTRATION_SEATED, 1);
}

static void play_enrol(struct play *p)
{
    static const enum registration_state made[] = {
        [ALLOCATION_SEAT] = REGISTRATION_SEATED, [ALLOCATION_QUEUE] = REGISTRATION_QUEUED, [ALLOCATION_FULL] = REGISTRATION_NEW};
    const size_t where = next_random(&p->seed) % CASE_IMPLEMENTATIONS;
    const enum registration_state state = made[allocation_decide(&p->stage.implementations[where])];

    assert_int_equal(state, model_enrol(&p->model, where));
    if (state == REGISTRATION_NEW)
        return;
    enrol(&p->stage, where, &p->people[p->model.count], (unsigned)p->model.count, state);
    p->model.where[p->model.count] = where;
    p->model.state[p->model.count++] = state;
}

static void play_cancel(struct play *p)
{
    if (p->model.count == 0)
        return;
    const size_t who = next_random(&p->seed) % p->model.count;
    const enum registration_state from = p->people[who].state;
    if (from == REGISTRATION_CANCELLED)
        return;
    (void)place_move(&p->stage.implementations[p->model.where[who]], &p->people[who], REGISTRATION_CANCELLED, 1);
    p->model.state[who] = REGISTRATION_CANCELLED;
    if (from == REGISTRATION_SEATED) {
        promote_all(&p->stage);
        model_promote(&p->model);
    }
}

static void play_raise(struct play *p)
{
    const size_t where = next_random(&p->seed) % (CASE_IMPLEMENTATIONS + 1);
    if (where == CASE_IMPLEMENTATIONS)
        p->model.cap = ++p->stage.programme.cap;
    else
        p->model.capacity[where] = ++p->stage.implementations[where].capacity;
    promote_all(&p->stage);
    model_promote(&p->model);
}

static void agree(const struct play *p)
{
    uint32_t taken = 0, waiting = 0;
    for (size_t i = 0; i < p->model.count; i++)
        assert_int_equal(p->people[i].state, p->model.state[i]);
    for (size_t i = 0; i < CASE_IMPLEMENTATIONS; i++) {
        const struct implementation *at = &p->stage.implementations[i];
        assert_int_equal(at->taken, model_count(&p->model, i, REGISTRATION_SEATED));
        assert_int_equal(at->waiting, model_count(&p->model, i, REGISTRATION_QUEUED));
        assert_true(at->taken <= at->capacity && at->waiting <= at->waiting_cap);
        taken += at->taken;
        waiting += at->waiting;
    }
    assert_true(taken == p->stage.programme.taken && waiting == p->stage.programme.waiting && taken <= p->stage.programme.cap);
}

static void test_promotion_as_the_model(void **state)
{
    static struct play p;
    (void)state;
    for (uint32_t round = 1; round <= 500; round++) {
        p.seed = round * 2654435761u;
        const uint32_t capacity = next_random(&p.seed) % 6, cap = next_random(&p.seed) % 16, waiting_cap = next_random(&p.seed) % 8;
        stage_init(&p.stage, cap, CASE_IMPLEMENTATIONS, capacity, waiting_cap);
        p.model = (struct model){.cap = cap, .capacity = {capacity, capacity, capacity, capacity}, .waiting_cap = waiting_cap};
        for (int step = 0; step < PEOPLE; step++) {
            const uint32_t what = next_random(&p.seed) % 10;
            if (what < 6)
                play_enrol(&p);
            else if (what < 9)
                play_cancel(&p);
            else
                play_raise(&p);
            agree(&p);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_promotion_cap_binds),          /* the cap binds: the seat goes to who waits longest anywhere */
        cmocka_unit_test(test_promotion_own_implementation), /* it does not: to the implementation's own first */
        cmocka_unit_test(test_promotion_skips_the_gone),     /* who left the list is passed over; leaving promotes nobody */
        cmocka_unit_test(test_promotion_by_line),            /* a priority goes first, in every implementation */
        cmocka_unit_test(test_promotion_reserved),           /* a seat kept for a code is not free */
        cmocka_unit_test(test_promotion_can_pass),           /* somebody else can take it, and there is room to wait on */
        cmocka_unit_test(test_promotion_as_the_model)        /* 500 random histories against a model that looks at everybody */
    };
    return cmocka_run_group_tests_name("promotion", tests, NULL, NULL);
}
