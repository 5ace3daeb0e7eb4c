/* SetWindow: a coordinator moves an application window, or adds one (without an id). Windows of a programme do not overlap, so that an
 * arrival belongs to one at most. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

#define HAS_QUOTA ENROLMENT__SET_WINDOW_REQUEST__ROUND_QUOTA

enum err set_window_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetWindowRequest *request = (const Enrolment__SetWindowRequest *)job->message;
    struct uuid window;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id_or(job, "windowId", &request->window_id, (struct uuid){{0}}, &window);
    if (err == ERR_OK)
        err = check_time(job, "opensAt", request->opens_us);
    if (err == ERR_OK)
        err = check_time(job, "closesAt", request->closes_us);
    if (err == ERR_OK && request->round_case == HAS_QUOTA)
        err = check_range(job, "quota", request->quota, 0, PROGRAMME_SEATS_MAX);
    if (err == ERR_OK && request->opens_us >= request->closes_us)
        err = refuse_field(job, REFUSAL_WINDOW_ORDER, "closesAt");
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

/* The window to move in the copied list: the one asked for, or a new one. NULL: there is no such window. */
static struct window *window_asked(struct workset *w, struct programme *after, struct uuid id, const Enrolment__SetWindowRequest *request)
{
    struct window *windows = edit_windows(w, after);

    if (!uuid_is_nil(id))
        return window_by_id(windows, after->window_count, id);
    windows[after->window_count] = window_added(uuid_v7(w->now_us), request->opens_us, request->closes_us, w->now_us);
    return &windows[after->window_count++];
}

void set_window_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetWindowRequest *request = (const Enrolment__SetWindowRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;

    if (p == NULL || check_id_or(job, "windowId", &request->window_id, (struct uuid){{0}}, &id) != ERR_OK)
        return;
    struct programme after = *p;
    struct window *window = window_asked(w, &after, id, request);
    if (window == NULL) {
        (void)fail_absent(job, "windowId");
        return;
    }
    window_move(window, request->opens_us, request->closes_us, w->now_us);
    if (request->round_case == HAS_QUOTA && window->quota != request->quota) {
        window->quota = request->quota;
        window->changed = true;
    }
    if (edit_windows_fit(job, &after))
        edit_end(job, w, p, &after, request->reason);
}
