/* Windows that are edited while people come through them, and people who are forgotten and come back: see generate.h. */
#include "common/base/time.h"
#include "tests/service/enrolment/property/generate.h"
#include "tests/service/enrolment/property/service.h"

/* --- windows ------------------------------------------------------------------------------------------------------------------------- */

/* The moment it is, give or take a microsecond; or some hours away. */
static int64_t moment(struct chance *c, int64_t now_us, bool past)
{
    const int64_t away_us = chance_between(c, 1, 40) * TIME_HOUR + chance_below(c, TIME_SECOND);

    if (chance_percent(c, 20))
        return now_us - 1 + chance_below(c, 3);
    return past ? now_us - away_us : now_us + away_us;
}

static void draw_new(struct operation *op, struct chance *c, int64_t now_us)
{
    op->opens_us = moment(c, now_us, chance_percent(c, 75));
    op->closes_us = moment(c, now_us, chance_percent(c, 10));
    op->number = chance_percent(c, 60) ? chance_between(c, 1, 12) : 0;
}

/* One that stands: its times, its quota, or both. */
static void draw_moved(struct operation *op, const struct round *r, struct chance *c, int64_t now_us)
{
    op->opens_us = r->opens_us;
    op->closes_us = r->closes_us;
    op->flag = chance_percent(c, 60);
    op->number = chance_percent(c, 30) ? 0 : chance_percent(c, 80) ? r->used + chance_below(c, 5) : chance_below(c, r->used + 1);
    if (chance_percent(c, 25))
        op->opens_us = moment(c, now_us, chance_percent(c, 80));
    if (chance_percent(c, 35))
        op->closes_us = moment(c, now_us, chance_percent(c, 10));
}

void generate_window_edit(struct operation *op, const struct model *m, struct chance *c)
{
    const int64_t now_us = op->now_us;

    op->actor = COORDINATOR;
    op->if_match = m->version;
    if (op->kind == OPERATION_ADD_WINDOW) {
        draw_new(op, c, now_us);
        return;
    }
    op->window = (int)chance_below(c, m->round_count);
    for (int tries = 0; tries < 4 && m->rounds[op->window].gone; tries++)
        op->window = (int)chance_below(c, m->round_count);
    if (op->kind == OPERATION_WINDOW)
        draw_moved(op, &m->rounds[op->window], c, now_us);
}

/* --- forgetting ---------------------------------------------------------------------------------------------------------------------- */

/* Mostly by oneself and while something is held; now and then where one may not, or once more. */
void generate_erasure(struct operation *op, const struct model *m, struct chance *c)
{
    op->person = (int)chance_below(c, PEOPLE);
    for (int tries = 0; tries < 6 && model_active(m, op->person) == NOBODY; tries++)
        op->person = (int)chance_below(c, PEOPLE);
    if (m->stranger_count > 0 && chance_percent(c, 30))
        op->person = PEOPLE + 1 + (int)chance_below(c, m->stranger_count);
    op->actor = op->person;
    op->named = chance_percent(c, 40);
    if (op->named && chance_percent(c, 70))
        op->actor = chance_percent(c, 80) ? ADMIN : chance_percent(c, 50) ? COORDINATOR : (int)chance_below(c, PEOPLE);
}

bool generate_return(struct operation *op, const struct model *m, struct chance *c)
{
    const size_t start = chance_below(c, PEOPLE);

    for (size_t i = 0; i < PEOPLE; i++) {
        const int person = (int)((start + i) % PEOPLE);
        if (!m->gone[person].unknown)
            continue;
        *op = (struct operation){.registration = NOBODY, .invitation = NOBODY, .window = NOBODY, .kind = OPERATION_RETURN};
        op->actor = op->person = person;
        op->replica = chance_below(c, REPLICAS);
        return true;
    }
    return false;
}
