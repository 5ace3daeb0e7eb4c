/* SetWindow: a coordinator sets or adds an application window. Windows of a programme do not overlap, so that an arrival belongs to
 * one at most. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

#include <string.h>

enum err set_window_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetWindowRequest *request = (const Enrolment__SetWindowRequest *)job->message;
    struct uuid programme, window;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &programme);
    if (err == ERR_OK)
        err = check_id_or(job, "windowId", &request->window_id, (struct uuid){{0}}, &window);
    if (err == ERR_OK)
        err = check_time(job, "opensAt", request->opens_us);
    if (err == ERR_OK)
        err = check_time(job, "closesAt", request->closes_us);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK && request->opens_us >= request->closes_us)
        err = refuse(job, REFUSAL_WINDOW_ORDER);
    if (err != ERR_OK)
        return err;
    workset_lock_programme(w, programme);
    workset_want_units(w);
    return ERR_OK;
}

static struct window *window_of(struct programme *p, struct uuid id)
{
    for (size_t n = 0; n < p->window_count; n++)
        if (uuid_compare(p->windows[n].id, id) == 0)
            return &p->windows[n];
    return NULL;
}

static struct window *window_add(struct workset *w, struct programme *p, struct uuid id)
{
    struct window *larger = arena_array(w->arena, p->window_count + 1, sizeof *larger);

    if (p->window_count > 0)
        memcpy(larger, p->windows, p->window_count * sizeof *larger);
    p->windows = larger;
    p->windows[p->window_count] = (struct window){.id = id};
    return &p->windows[p->window_count++];
}

static bool refused(struct job *job, const struct programme *p, struct uuid id, bool is_new)
{
    const Enrolment__SetWindowRequest *request = (const Enrolment__SetWindowRequest *)job->message;
    const struct window wanted = {.opens_us = request->opens_us, .closes_us = request->closes_us};

    for (size_t n = 0; n < p->window_count; n++) {
        if (uuid_compare(p->windows[n].id, id) == 0 || !window_overlaps(&p->windows[n], &wanted))
            continue;
        (void)refuse(job, REFUSAL_WINDOW_OVERLAP);
        fact_time(job, "opensAt", p->windows[n].opens_us);
        fact_time(job, "closesAt", p->windows[n].closes_us);
        return true;
    }
    return is_new && check_range(job, "windows", (int64_t)p->window_count + 1, 0, PROGRAMME_WINDOWS_MAX) != ERR_OK;
}

void set_window_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetWindowRequest *request = (const Enrolment__SetWindowRequest *)job->message;
    struct uuid programme, id;

    if (check_id(job, "programmeId", &request->programme_id, &programme) != ERR_OK)
        return;
    struct programme *p = workset_programme(w, programme);
    const bool is_new = request->window_id.len == 0;
    if (check_id_or(job, "windowId", &request->window_id, uuid_v7(w->now_us), &id) != ERR_OK)
        return;
    if (p == NULL || (!is_new && window_of(p, id) == NULL)) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (check_version(job, p->version) != ERR_OK || refused(job, p, id, is_new))
        return;
    struct window *window = is_new ? window_add(w, p, id) : window_of(p, id);
    window_move(window, request->opens_us, request->closes_us, w->now_us);
    p->version++;
    p->changed = true;
    tell_programme(w, job, p);
    job_answer(job, &programme_message(w, p)->base, p->version);
}
