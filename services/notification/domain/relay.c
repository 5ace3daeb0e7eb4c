/* See relay.h: the arithmetic of fading, of scores and of the breaker. */
#include "services/notification/domain/relay.h"

#define MAIL           1000u /* a mail in `served` and `missed` */
#define MOST           (UINT32_MAX / 4)
#define PLACE_COST     100
#define SLOW_FROM      TIME_SECOND
#define SLOW_COST      100
#define SLOW_COST_MOST 400
#define SMOOTHING      8
#define HALVINGS_MOST  31

static void fade(struct relay_record *r, int64_t now_us)
{
    int64_t minutes = now_us > r->faded_us ? (now_us - r->faded_us) / RELAY_FADES : 0;
    unsigned halvings = minutes > HALVINGS_MOST ? HALVINGS_MOST : (unsigned)minutes;

    r->served >>= halvings;
    r->missed >>= halvings;
    r->latency_us >>= halvings;
    r->faded_us += minutes * RELAY_FADES;
}

static int slowness(int64_t latency_us)
{
    int cost = 0;

    for (int64_t limit = SLOW_FROM; latency_us > limit && cost < SLOW_COST_MOST; limit *= 2)
        cost += SLOW_COST;
    return cost;
}

int relay_score(const struct relay_record *record, size_t place, int64_t now_us)
{
    struct relay_record r = *record;

    fade(&r, now_us);
    uint64_t good = (uint64_t)r.served + MAIL; /* of a relay of which nothing is known, the best is believed */
    int share = (int)(good * 1000 / (good + r.missed));
    return share - (int)place * PLACE_COST - slowness(r.latency_us);
}

static bool shut(const struct relay_record *r, int64_t now_us)
{
    return r->state != RELAY_WORKS && r->until_us > now_us;
}

/* The last resort: of those that rest and were not tried, the one whose rest ends first. Its rest goes on. */
static int pick_resting(const struct relay_record *records, size_t count, uint32_t tried)
{
    int first = RELAY_NONE;

    for (size_t i = 0; i < count; i++)
        if ((tried >> i & 1) == 0 && (first == RELAY_NONE || records[i].until_us < records[first].until_us))
            first = (int)i;
    return first;
}

int relay_pick(struct relay_record *records, size_t count, uint32_t tried, int64_t now_us)
{
    int best = RELAY_NONE, best_score = 0;

    for (size_t i = 0; i < count; i++) {
        struct relay_record *r = &records[i];
        if ((tried >> i & 1) != 0 || shut(r, now_us))
            continue;
        if (r->state != RELAY_WORKS) {
            r->state = RELAY_PROBED;
            r->until_us = now_us + RELAY_PROBE_LAPSES;
            return (int)i;
        }
        int score = relay_score(r, i, now_us);
        if (best == RELAY_NONE || score > best_score) {
            best = (int)i;
            best_score = score;
        }
    }
    return best != RELAY_NONE ? best : pick_resting(records, count, tried);
}

void relay_served(struct relay_record *r, int64_t took_us, int64_t now_us)
{
    fade(r, now_us);
    if (r->served < MOST)
        r->served += MAIL;
    r->latency_us += (took_us - r->latency_us) / SMOOTHING;
    r->state = RELAY_WORKS;
    r->failures = r->rests = 0;
}

static int64_t rest_us(unsigned rests)
{
    int64_t rest = RELAY_REST_FIRST;

    for (unsigned n = 1; n < rests && rest < RELAY_REST_LONGEST; n++)
        rest *= 2;
    return rest < RELAY_REST_LONGEST ? rest : RELAY_REST_LONGEST;
}

void relay_missed(struct relay_record *r, int64_t now_us)
{
    fade(r, now_us);
    if (r->missed < MOST)
        r->missed += MAIL;
    r->failures++;
    /* Mails that were on their way when it opened come back late: they do not make the rest longer. */
    if (r->state == RELAY_RESTS && r->until_us > now_us)
        return;
    if (r->state == RELAY_WORKS && r->failures < RELAY_FAILURES)
        return;
    r->state = RELAY_RESTS;
    r->rests++;
    r->until_us = now_us + rest_us(r->rests);
}
