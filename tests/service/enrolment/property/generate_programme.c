/* Programmes by chance: see generate.h. Small ones, so that everything is scarce and what two want at once is often the same. */
#include "common/base/time.h"
#include "tests/service/enrolment/property/generate.h"
#include "tests/service/enrolment/property/service.h"

static void generate_window(struct model *m, struct chance *c)
{
    struct round *r = &m->rounds[m->round_count++];

    r->id = made_id(5, m->number, 0);
    r->opens_us = HISTORY_BEGINS_US - (chance_percent(c, 88) ? TIME_DAY : -2 * TIME_HOUR);
    r->closes_us = HISTORY_BEGINS_US + (chance_percent(c, 92) ? 10 : 1) * TIME_DAY;
    r->quota = chance_percent(c, 15) ? chance_between(c, 5, 30) : 0;
}

static void generate_manners(struct model *m, struct chance *c)
{
    m->offer_hours = chance_percent(c, 45) ? 24 : 0;
    m->hold_minutes = chance_percent(c, 70) ? 15 : 0;
    m->reply_hours = chance_percent(c, 30) ? 48 : 0;
    m->moderated = chance_percent(c, 20);
    m->asks = chance_percent(c, 20);
    m->rule_refuses = chance_percent(c, 12);
    m->rule_reviews = !m->rule_refuses && chance_percent(c, 20);
}

void generate_programme(struct model *m, struct chance *c, uint32_t number)
{
    uint32_t sum = 0;

    *m = (struct model){.number = number, .programme = made_id(1, number, 0), .version = 1};
    m->gone[PEOPLE].unknown = true;
    m->place_count = chance_between(c, 1, PLACES_MOST);
    for (size_t i = 0; i < m->place_count; i++) {
        m->places[i] = (struct place){.id = made_id(2, number, (uint32_t)i),
                                      .capacity = chance_percent(c, 85) ? chance_between(c, 0, 6) : chance_between(c, 7, 12),
                                      .waiting_cap = chance_percent(c, 75) ? chance_between(c, 0, 3) : chance_between(c, 4, 12),
                                      .version = 1};
        sum += m->places[i].capacity;
    }
    m->cap = chance_percent(c, 40) ? sum + chance_below(c, 3) : chance_between(c, sum / 2, sum);
    generate_window(m, c);
    generate_manners(m, c);
}
