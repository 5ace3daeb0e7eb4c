/* See decision.h. */
#include "services/funding/domain/decision.h"

#include "services/funding/domain/money.h"

int64_t decision_accepted(const struct decision *decision)
{
    int64_t sum = 0;

    for (size_t i = 0; i < decision->line_count; i++)
        if (!money_add(&sum, decision->lines[i].accepted_cents))
            return -1;
    return sum;
}

int64_t decision_share(const struct decision *decision)
{
    const int64_t accepted = decision_accepted(decision);

    if (!decision->granted || accepted <= 0 || decision->cents > accepted)
        return 0;
    /* Ten thousand times the most money there may be fits where there is no sign. */
    return (int64_t)(((uint64_t)decision->cents * 10000 + (uint64_t)accepted - 1) / (uint64_t)accepted);
}

/* The n-th theme in the order of groups; NULL: there are fewer. */
static const struct call_theme *theme_at(const struct call *call, size_t n)
{
    for (size_t g = 0; g < call->group_count; g++) {
        if (n < call->groups[g].theme_count)
            return &call->groups[g].themes[n];
        n -= call->groups[g].theme_count;
    }
    return NULL;
}

struct decision_caps decision_caps_begin(const struct call *call)
{
    struct decision_caps caps = {.call = call, .call_cents = call->granted_cents};
    const struct call_theme *theme;

    for (size_t i = 0; i < CALL_THEMES_MAX && (theme = theme_at(call, i)) != NULL; i++)
        caps.theme_cents[i] = theme->granted_cents;
    return caps;
}

void decision_caps_add(struct decision_caps *caps, struct uuid theme_id, int64_t change)
{
    const struct call_theme *theme;

    caps->call_cents += change;
    for (size_t i = 0; i < CALL_THEMES_MAX && (theme = theme_at(caps->call, i)) != NULL; i++)
        if (uuid_compare(theme->id, theme_id) == 0)
            caps->theme_cents[i] += change;
}

bool decision_caps_over(const struct decision_caps *caps, size_t *at, const struct call_theme **theme, int64_t *over)
{
    for (; *at < CALL_THEMES_MAX && (*theme = theme_at(caps->call, *at)) != NULL; (*at)++)
        if (caps->theme_cents[*at] > (*theme)->allocation_cents) {
            *over = caps->theme_cents[*at] - (*theme)->allocation_cents;
            (*at)++;
            return true;
        }
    return false;
}

int64_t decision_caps_over_call(const struct decision_caps *caps)
{
    return caps->call_cents > caps->call->allocation_cents ? caps->call_cents - caps->call->allocation_cents : 0;
}
