/* The clock's own case: once a second everything that time does. Windows open and close (told once each), held seats lapse, offers and
 * invitations end. When nothing is due it locks and writes nothing. At most WORKSET_DUE_MAX registrations a tick, the longest due first;
 * the next tick goes on. With several replicas each of them looks; the lock lets one act, and the other then finds it done.
 *
 * Held and offered seats are kept HOLD_GRACE_US longer than they are promised (store/statements.c): an answer that arrived in time and
 * stood in a queue is not overtaken. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/invited.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"

enum err tick_needs(struct job *job, struct workset *w)
{
    workset_lock_due(w);
    invited_due_needs(job, w);
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

/* One that was confirmed, answered or cancelled earlier in this batch is no longer held. */
static void end_lapsed(struct job *job, struct workset *w, struct registration *r)
{
    const struct uuid nobody = {{0}};
    struct implementation *i = workset_implementation(w, r->implementation);

    if (i == NULL || !registration_lapsed(r, w->now_us - HOLD_GRACE_US))
        return;
    registration_end(w, job, i, r,
                     r->state == REGISTRATION_OFFERED ? ENROLMENT__CAUSE__CAUSE_OFFER_EXPIRED : ENROLMENT__CAUSE__CAUSE_UNKNOWN, nobody,
                     "");
}

void tick_decide(struct job *job, struct workset *w)
{
    for (size_t i = 0; i < w->programme_count; i++) {
        struct programme *programme = w->programme_list[i];
        for (size_t n = 0; n < programme->window_count; n++)
            tell_due(job, w, programme, &programme->windows[n]);
    }
    for (size_t i = 0; i < w->lapsed_count; i++)
        end_lapsed(job, w, w->lapsed[i]);
    invited_due_decide(job, w);
}
