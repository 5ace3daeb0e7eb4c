/* The model's application windows: moved, added, taken away, and given a quota while people come through them. */
#include "common/base/alloc.h"
#include "tests/service/enrolment/property/model.h"

/* Whether a round may be as it is: room for those who came through it, and no moment that belongs to another too. */
static const char *round_refuses(const struct model *m, const struct round *round)
{
    if (round->quota > 0 && round->quota < round->used)
        return "enrolment.window.quota-below-used";
    for (size_t i = 0; i < m->round_count; i++) {
        const struct round *r = &m->rounds[i];
        if (r != round && !r->gone && r->opens_us < round->closes_us && round->opens_us < r->closes_us)
            return "enrolment.window.overlap";
    }
    return NULL;
}

static struct verdict added(struct model *m, const struct operation *op, uint32_t quota)
{
    if (m->round_count == ROUNDS_MOST)
        bug("a history has more application windows than the model has room for");
    struct round *round = &m->rounds[m->round_count++];
    *round = (struct round){.opens_us = op->opens_us, .closes_us = op->closes_us, .quota = quota};
    const char *rule = round_refuses(m, round);
    if (rule != NULL) {
        m->round_count--;
        return refused(rule);
    }
    m->version++;
    return answered(NOBODY);
}

struct verdict apply_add_window(struct model *m, const struct operation *op)
{
    if (op->opens_us >= op->closes_us)
        return refused("enrolment.window.order");
    return op->if_match == m->version ? added(m, op, op->number) : failed(ERR_PRECONDITION);
}

struct verdict apply_window(struct model *m, const struct operation *op)
{
    if (op->opens_us >= op->closes_us)
        return refused("enrolment.window.order");
    if (op->if_match != m->version)
        return failed(ERR_PRECONDITION);
    if (op->window == NOBODY)
        return added(m, op, op->flag ? op->number : 0);
    struct round *round = &m->rounds[op->window];
    if (round->gone)
        return failed(ERR_NOT_FOUND);
    const struct round was = *round;
    round->opens_us = op->opens_us;
    round->closes_us = op->closes_us;
    round->quota = op->flag ? op->number : was.quota;
    const char *rule = round_refuses(m, round);
    if (rule != NULL) {
        *round = was;
        return refused(rule);
    }
    m->version += round->opens_us != was.opens_us || round->closes_us != was.closes_us || round->quota != was.quota;
    return answered(NOBODY);
}

struct verdict apply_remove_window(struct model *m, const struct operation *op)
{
    struct round *round = &m->rounds[op->window];

    if (op->if_match != m->version)
        return failed(ERR_PRECONDITION);
    if (round->gone)
        return failed(ERR_NOT_FOUND);
    if (round->opens_us <= op->now_us && op->now_us < round->closes_us)
        return refused("enrolment.window.open");
    if (round->used > 0)
        return refused("enrolment.window.used");
    round->gone = true;
    m->version++;
    return answered(NOBODY);
}
