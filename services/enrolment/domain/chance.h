/* The chance of a seat in time, for one who waits: a figure with which one can decide whether to look elsewhere.
 *
 * The model. Places are given up at a rate, so and so often a seat and day; how high it is, the implementation's own past tells:
 * given_up places in capacity x days since the first window opened. Little data must not give sure answers, so the rate is not one
 * number but spread as Jeffreys' prior updated by the data, gamma(given_up + 1/2, seat-days). Then the places that come free until the last
 * webinar begins are negative binomial, and the chance is that at least `position` of them do. What is not reckoned with: people ahead who
 * leave the list, a capacity that is raised, seats of other implementations where the programme's cap binds. So it is rather too low.
 *
 * Under ten seat-weeks of data, and without a date to reckon until, the chance is not known and none is told. */
#ifndef HV_ENROLMENT_DOMAIN_CHANCE_H
#define HV_ENROLMENT_DOMAIN_CHANCE_H
#include <stdint.h>

struct chance_facts {
    uint32_t capacity, given_up;
    int64_t since_us; /* the first window opened; 0: there is none */
    int64_t until_us; /* the last webinar begins; 0: there is none */
};

/* In per cent, 1..99; 0: not known. position: on the waiting list, 1 = next. */
uint32_t chance_percent(const struct chance_facts *facts, uint32_t position, int64_t now_us);

#endif
