/* One history from its seed to its judgement: see history.h. */
#include "tests/service/enrolment/property/history.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "tests/service/enrolment/property/book.h"
#include "tests/service/enrolment/property/generate.h"
#include "tests/service/enrolment/property/judge.h"
#include "tests/service/enrolment/property/plant.h"

#define OPERATIONS_MOST 400

struct history {
    struct service_under_test *s;
    struct db *db; /* the book's */
    struct model model;
    struct chance chance;
    struct story story;
    struct judge judge;
    struct operation ops[OPERATIONS_MOST];
    size_t count;
    uint32_t keys;
    bool passed; /* time has */
    struct tally *tally;
};

/* Now and then a request of before once more, by the same key. Of the same phase too, so that both are under way at once. */
static bool repeat(struct history *h, struct operation *op)
{
    if (h->count == 0 || !chance_percent(&h->chance, 5))
        return false;
    const struct operation *first = &h->ops[h->count - 1 - chance_below(&h->chance, h->count < 40 ? h->count : 40)];
    if (first->kind == OPERATION_TICK || first->kind == OPERATION_RETURN)
        return false;
    *op = *first;
    op->again = first;
    op->arena = NULL;
    op->answer = NULL;
    op->ticket = 0;
    op->err = ERR_OK;
    op->rule[0] = '\0';
    op->replayed = false;
    op->replica = chance_below(&h->chance, REPLICAS);
    h->tally->repeated++;
    return true;
}

/* What is asked next. After time has passed the first is the clock's tick, together with whatever comes at once with it. */
static void draw_one(struct history *h, struct operation *op, bool tick)
{
    if (!tick && repeat(h, op))
        return;
    if (tick)
        generate_tick(op, &h->chance);
    else
        generate_operation(op, &h->model, &h->chance, service_clock(h->s));
    op->key = ++h->keys;
}

static void draw(struct history *h, struct operation **phase, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct operation *op = &h->ops[h->count];
        draw_one(h, op, h->passed && i == 0);
        op->arena = arena_new(2048);
        op->now_us = service_clock(h->s);
        op->at_once = count > 1;
        phase[i] = op;
        h->count++;
    }
    h->passed = false;
}

/* By ticket; those without one (answered from the store, or refused on sight) after all others. */
static int by_ticket(const void *a, const void *b)
{
    const struct operation *x = *(struct operation *const *)a, *y = *(struct operation *const *)b;
    const uint64_t tx = x->ticket == 0 ? UINT64_MAX : x->ticket, ty = y->ticket == 0 ? UINT64_MAX : y->ticket;

    return tx < ty ? -1 : tx > ty;
}

static void count(struct tally *t, const struct operation *op)
{
    t->operations++;
    if (op->err == ERR_OK)
        t->done[op->kind]++;
    else if (op->err == ERR_REFUSED)
        t->refused[op->kind]++;
    else
        t->failed[op->kind]++;
}

/* Whom a tick ended, in order: as the event log has it. */
static const struct db_stmt LAPSED = {"p_lapsed", "select subject from event_log where traceparent = $1 and type in"
                                                  " ('enrolment.HoldEnded.v1', 'enrolment.Cancelled.v1') order by stream, seq"};

static void learn_lapsed(struct history *h, struct operation *op)
{
    struct db_params *p = db_params(op->arena);

    db_text(p, span_text(arena_printf(op->arena, "op-%u", op->key)));
    db_begin(h->db, DB_READ_ONLY);
    const int index = db_queue(h->db, &LAPSED, p);
    if (db_flush(h->db) != ERR_OK)
        kit_give_up("the event log could not be read: %s", db_message(h->db));
    const struct db_result *found = db_result(h->db, index);
    op->lapsed_count = (size_t)db_rows(found);
    op->lapsed = arena_array(op->arena, op->lapsed_count, sizeof *op->lapsed);
    for (size_t i = 0; i < op->lapsed_count; i++) {
        if (!uuid_parse(&op->lapsed[i], db_get_span(found, (int)i, 0)))
            bug("the subject of an event is not an id");
    }
    db_rollback(h->db);
}

static void judge(struct history *h, struct operation *op)
{
    if (op->kind == OPERATION_TICK)
        learn_lapsed(h, op);
    story_operation(&h->story, &h->model, op);
    judge_operation(&h->judge, op);
    count(h->tally, op);
}

static void play_phase(struct history *h, size_t count_of)
{
    struct operation *phase[CLIENTS] = {0};

    h->judge.phase++;
    draw(h, phase, count_of);
    service_run(h->s, &h->model, phase, count_of);
    qsort(phase, count_of, sizeof *phase, by_ticket);
    if (count_of > 1)
        (void)fprintf(h->story.out, "  -- %zu at once\n", count_of);
    for (size_t i = 0; i < count_of; i++)
        judge(h, phase[i]);
    h->tally->at_once += count_of > 1 ? count_of : 0;
}

static size_t phase_size(struct history *h)
{
    const uint32_t kind = chance_below(&h->chance, 100);

    if (h->passed && kind < 50)
        return chance_between(&h->chance, 3, 12);
    return kind < 78 ? 1 : kind < 94 ? chance_between(&h->chance, 2, 8) : chance_between(&h->chance, 9, CLIENTS);
}

static void pass_time(struct history *h)
{
    if (!chance_percent(&h->chance, 25))
        return;
    service_clock_set(h->s, generate_moment(&h->model, &h->chance, service_clock(h->s)));
    h->passed = chance_percent(&h->chance, 70);
}

static void play_alone(struct history *h, struct operation *op)
{
    h->count++;
    h->judge.phase++;
    op->key = ++h->keys;
    op->arena = arena_new(2048);
    op->now_us = service_clock(h->s);
    service_run(h->s, &h->model, &op, 1);
    judge(h, op);
}

/* At the end the clock looks once more, so that nothing is left that was due. */
static void play_last_tick(struct history *h)
{
    struct operation *op = &h->ops[h->count];

    generate_tick(op, &h->chance);
    play_alone(h, op);
}

static void play(struct history *h)
{
    const size_t wanted = chance_between(&h->chance, 60, 150);

    while (h->count < wanted && h->story.wrong == 0) {
        play_phase(h, phase_size(h));
        pass_time(h);
        if (chance_percent(&h->chance, 25) && generate_return(&h->ops[h->count], &h->model, &h->chance))
            play_alone(h, &h->ops[h->count]);
    }
}

static void count_steps(const struct model *m, struct tally *t)
{
    for (size_t i = 0; i < m->step_count; i++) {
        t->promoted += m->steps[i].from == QUEUED && m->steps[i].to == SEATED;
        t->offered += m->steps[i].to == OFFERED;
        t->ended += (m->steps[i].from == HELD || m->steps[i].from == OFFERED) && m->steps[i].to == CANCELLED;
    }
}

unsigned history_play(struct service_under_test *s, struct db *db, uint64_t seed, uint32_t number, struct tally *tally, FILE *out,
                      bool tell_all)
{
    struct history *h = mem_new(sizeof *h);
    struct arena *arena = arena_new(1 << 16);

    *h = (struct history){.s = s, .db = db, .chance = {.state = seed}, .tally = tally};
    story_open(&h->story);
    h->judge = (struct judge){.m = &h->model, .story = &h->story};
    generate_programme(&h->model, &h->chance, number);
    plant_people(db);
    plant_programme(db, &h->model);
    story_programme(&h->story, &h->model);
    service_clock_set(s, HISTORY_BEGINS_US);
    play(h);
    play_last_tick(h);
    book_check(&(struct book){.db = db, .arena = arena, .m = &h->model, .now_us = service_clock(s), .story = &h->story});
    count_steps(&h->model, tally);
    (void)fflush(h->story.out);
    if (h->story.wrong > 0 || tell_all)
        (void)fprintf(out, "history %llu\n%s", (unsigned long long)seed, h->story.text);
    const unsigned wrong = h->story.wrong;
    plant_clear(db);
    for (size_t i = 0; i < h->count; i++)
        arena_free(h->ops[i].arena);
    arena_free(arena);
    story_close(&h->story);
    mem_free(h);
    return wrong;
}
