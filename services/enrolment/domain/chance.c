/* The tail of a negative binomial, by its recurrence; see chance.h for what it stands for. */
#include "services/enrolment/domain/chance.h"

#include "common/base/time.h"

#define LEAST_SEAT_DAYS 70.0   /* ten seat-weeks */
#define TERMS_MAX       200000 /* so far out, nearly all of the mass lies behind any waiting list */
#define SCALE           1e100

/* The share of X >= least, X with the terms t(0) = 1, t(x + 1) = t(x) (x + r) / (x + 1) q, which rise to one mode and then fall. They
 * are summed as they are and only their ratio is taken, so no power or logarithm is needed; scaled down before they overflow. */
static double tail(double r, double q, uint32_t least)
{
    double term = 1, below = 0, all = 0;

    for (uint32_t x = 0; x < TERMS_MAX; x++) {
        const double step = ((double)x + r) / ((double)x + 1) * q;
        all += term;
        if (x < least)
            below += term;
        else if (step < 1 && term < all * (1 - step) * 1e-9)
            return 1 - below / all;
        term *= step;
        if (term > SCALE) {
            term /= SCALE;
            below /= SCALE;
            all /= SCALE;
        }
    }
    return 1 - below / all;
}

uint32_t chance_percent(const struct chance_facts *facts, uint32_t position, int64_t now_us)
{
    if (position == 0 || facts->since_us == 0 || facts->since_us >= now_us || facts->until_us <= now_us)
        return 0;
    const double day = (double)TIME_DAY, seats = facts->capacity;
    const double past = seats * (double)(now_us - facts->since_us) / day, ahead = seats * (double)(facts->until_us - now_us) / day;
    if (past < LEAST_SEAT_DAYS)
        return 0;
    const double percent = 100 * tail((double)facts->given_up + 0.5, ahead / (past + ahead), position);
    return percent < 1 ? 1 : percent > 99 ? 99 : (uint32_t)(percent + 0.5);
}
