/* RemoveWindow: takes an application window away, unless it is open now (people are on their way: close it first) or places of its
 * quota have been given. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err remove_window_needs(struct job *job, struct workset *w)
{
    const Enrolment__RemoveWindowRequest *request = (const Enrolment__RemoveWindowRequest *)job->message;
    struct uuid window;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id(job, "windowId", &request->window_id, &window);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

static bool refused(struct job *job, const struct workset *w, const struct window *window)
{
    if (window->opens_us <= w->now_us && w->now_us < window->closes_us)
        return refuse(job, REFUSAL_WINDOW_IS_OPEN) != ERR_OK;
    if (window->used == 0)
        return false;
    (void)refuse(job, REFUSAL_WINDOW_USED);
    fact_number(job, "used", window->used);
    return true;
}

void remove_window_decide(struct job *job, struct workset *w)
{
    const Enrolment__RemoveWindowRequest *request = (const Enrolment__RemoveWindowRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;
    size_t at = 0;

    if (p == NULL || check_id(job, "windowId", &request->window_id, &id) != ERR_OK)
        return;
    while (at < p->window_count && uuid_compare(p->windows[at].id, id) != 0)
        at++;
    if (at == p->window_count) {
        (void)fail_absent(job, "windowId");
        return;
    }
    if (refused(job, w, &p->windows[at]))
        return;
    struct programme after = *p;
    struct window *windows = edit_windows(w, &after);
    memmove(&windows[at], &windows[at + 1], (after.window_count - at - 1) * sizeof *windows);
    after.window_count--;
    edit_end(job, w, p, &after, request->reason);
}
