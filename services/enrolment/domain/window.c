/* Application windows: see window.h for why they are half-open and what time counts. */
#include "services/enrolment/domain/window.h"

enum window_state window_state_at(const struct window *windows, size_t count, int64_t at_us, int64_t *edge_us)
{
    int64_t next = 0, last = 0;

    for (size_t i = 0; i < count; i++) {
        const struct window *w = &windows[i];
        if (w->opens_us <= at_us && at_us < w->closes_us) {
            *edge_us = w->closes_us;
            return WINDOW_OPEN;
        }
        if (at_us < w->opens_us && (next == 0 || w->opens_us < next))
            next = w->opens_us;
        if (w->closes_us > last)
            last = w->closes_us;
    }
    *edge_us = next != 0 ? next : last;
    if (count == 0)
        return WINDOW_NONE;
    return next != 0 ? WINDOW_NOT_YET : WINDOW_CLOSED;
}

struct window *window_at(struct window *windows, size_t count, int64_t at_us)
{
    for (size_t i = 0; i < count; i++)
        if (windows[i].opens_us <= at_us && at_us < windows[i].closes_us)
            return &windows[i];
    return NULL;
}

struct window *window_by_id(struct window *windows, size_t count, struct uuid id)
{
    for (size_t i = 0; i < count; i++)
        if (uuid_compare(windows[i].id, id) == 0)
            return &windows[i];
    return NULL;
}

bool window_quota_left(const struct window *window)
{
    return window->quota == 0 || window->used < window->quota;
}

bool window_quota_use(struct window *window)
{
    if (window->quota == 0)
        return false;
    window->used++;
    window->changed = true;
    return true;
}

void window_quota_return(struct window *window)
{
    if (window->used == 0) /* an import took the window away and brought it again under its id */
        return;
    window->used--;
    window->changed = true;
}

bool window_opening_due(const struct window *window, int64_t now_us)
{
    return !window->opened_told && window->opens_us <= now_us;
}

bool window_closing_due(const struct window *window, int64_t now_us)
{
    return !window->closed_told && window->closes_us <= now_us;
}

struct window window_added(struct uuid id, int64_t opens_us, int64_t closes_us, int64_t now_us)
{
    const bool past = closes_us <= now_us;

    return (struct window){
        .id = id, .opens_us = opens_us, .closes_us = closes_us, .opened_told = past, .closed_told = past, .changed = true};
}

void window_move(struct window *window, int64_t opens_us, int64_t closes_us, int64_t now_us)
{
    if (window->opens_us == opens_us && window->closes_us == closes_us)
        return;
    window->opens_us = opens_us;
    window->closes_us = closes_us;
    if (opens_us > now_us)
        window->opened_told = false;
    if (closes_us > now_us)
        window->closed_told = false;
    window->changed = true;
}

bool window_overlaps(const struct window *a, const struct window *b)
{
    return a->opens_us < b->closes_us && b->opens_us < a->closes_us;
}
