/* The clock's own case: once a second the service looks whether a window has opened or closed and tells it, once each. When nothing
 * is due it locks and writes nothing. With several replicas each of them looks; the lock and the flags on the window let one tell. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/tell.h"

enum err window_tick_needs(struct job *job, struct workset *w)
{
    (void)job;
    workset_lock_due(w);
    return ERR_OK;
}

static void tell_due(struct job *job, struct workset *w, struct programme *programme, struct window *window)
{
    if (window_opening_due(window, w->now_us)) {
        window->opened_told = window->changed = true;
        tell_window(w, job, programme, window, true);
    }
    if (window_closing_due(window, w->now_us)) {
        window->closed_told = window->changed = true;
        tell_window(w, job, programme, window, false);
    }
}

void window_tick_decide(struct job *job, struct workset *w)
{
    for (size_t i = 0; i < w->programme_count; i++) {
        struct programme *programme = w->programme_list[i];
        for (size_t n = 0; n < programme->window_count; n++)
            tell_due(job, w, programme, &programme->windows[n]);
    }
}
