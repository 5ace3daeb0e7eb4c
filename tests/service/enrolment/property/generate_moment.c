/* Moments by chance, and most often those at which something ends: see generate.h. */
#include "common/base/time.h"
#include "tests/service/enrolment/property/generate.h"

static void sooner(int64_t *next, int64_t us, int64_t now_us)
{
    if (us > now_us && us < *next)
        *next = us;
}

/* What has an end is kept two seconds longer than promised: both moments are edges. */
static int64_t next_edge(const struct model *m, int64_t now_us)
{
    int64_t next = INT64_MAX;

    for (size_t i = 0; i < m->row_count; i++) {
        const struct row *r = &m->rows[i];
        if (r->state == HELD || r->state == OFFERED) {
            sooner(&next, r->due_us, now_us);
            sooner(&next, r->due_us + 2 * TIME_SECOND, now_us);
        }
    }
    for (size_t i = 0; i < m->invite_count; i++) {
        if (!m->invites[i].over && m->invites[i].until_us > 0) {
            sooner(&next, m->invites[i].until_us, now_us);
            sooner(&next, m->invites[i].until_us + 2 * TIME_SECOND, now_us);
        }
    }
    for (size_t i = 0; i < m->round_count; i++) {
        if (!m->rounds[i].gone) {
            sooner(&next, m->rounds[i].opens_us, now_us);
            sooner(&next, m->rounds[i].closes_us, now_us);
        }
    }
    return next;
}

int64_t generate_moment(const struct model *m, struct chance *c, int64_t now_us)
{
    const int64_t end_us = next_edge(m, now_us);
    int64_t then_us = now_us + chance_between(c, 1, 20) * 60 * TIME_SECOND;

    if (end_us != INT64_MAX && chance_percent(c, 60))
        then_us = end_us - 1 + chance_below(c, 3) + (chance_percent(c, 50) ? 2 * TIME_SECOND : 0);
    else if (chance_percent(c, 25))
        then_us = now_us + chance_between(c, 1, 12) * TIME_HOUR;
    if (then_us < now_us)
        then_us = now_us;
    return then_us <= HISTORY_BEGINS_US + HISTORY_LASTS_US ? then_us : now_us;
}
