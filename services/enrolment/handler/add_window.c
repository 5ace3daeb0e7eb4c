/* AddWindow: one more application window, with a quota of its own for a second round. Windows of a programme do not overlap, so that an
 * arrival belongs to one at most. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err add_window_needs(struct job *job, struct workset *w)
{
    const Enrolment__AddWindowRequest *request = (const Enrolment__AddWindowRequest *)job->message;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_time(job, "opensAt", request->opens_us);
    if (err == ERR_OK)
        err = check_time(job, "closesAt", request->closes_us);
    if (err == ERR_OK)
        err = check_range(job, "quota", request->quota, 0, PROGRAMME_SEATS_MAX);
    if (err == ERR_OK && request->opens_us >= request->closes_us)
        err = refuse_field(job, REFUSAL_WINDOW_ORDER, "closesAt");
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

void add_window_decide(struct job *job, struct workset *w)
{
    const Enrolment__AddWindowRequest *request = (const Enrolment__AddWindowRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);

    if (p == NULL)
        return;
    struct programme after = *p;
    struct window *window = &edit_windows(w, &after)[after.window_count++];
    *window = window_added(uuid_v7(w->now_us), request->opens_us, request->closes_us, w->now_us);
    window->quota = request->quota;
    if (edit_windows_fit(job, &after))
        edit_end(job, w, p, &after, request->reason);
}
