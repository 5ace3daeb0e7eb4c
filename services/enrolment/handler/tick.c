/* The clock's own case: what time does to one programme. Its windows open and close (told once each), held seats lapse, offers and
 * invitations end. main.c looks once a second of which programmes something is due and makes a tick for each, so that one programme whose
 * rows cannot be saved stops nobody else's time; what fails is due still in a second. At most WORKSET_DUE_MAX registrations a tick, the
 * longest due first; the next tick goes on. With several replicas each of them looks; the lock lets one act, and the other then finds it
 * done.
 *
 * Held and offered seats are kept HOLD_GRACE_US longer than they are promised (store/statements.c): an answer that arrived in time and
 * stood in a queue is not overtaken. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/invited.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"

static enum err read_programme(struct job *job, struct uuid *programme)
{
    return check_id(job, "programmeId", &((const Enrolment__GetProgrammeRequest *)job->message)->programme_id, programme);
}

enum err tick_needs(struct job *job, struct workset *w)
{
    struct uuid programme;
    const enum err err = read_programme(job, &programme);

    if (err != ERR_OK)
        return err;
    workset_lock_due(w, programme);
    invited_due_needs(job, w, programme);
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

static void end_lapsed(struct job *job, struct workset *w, struct registration *r)
{
    const struct uuid nobody = {{0}};

    registration_end(w, job, workset_implementation(w, r->implementation), r,
                     r->state == REGISTRATION_OFFERED ? ENROLMENT__CAUSE__CAUSE_OFFER_EXPIRED : ENROLMENT__CAUSE__CAUSE_UNKNOWN, nobody,
                     "");
}

void tick_decide(struct job *job, struct workset *w)
{
    struct programme *programme;
    struct uuid id;

    if (read_programme(job, &id) != ERR_OK || (programme = workset_programme(w, id)) == NULL)
        return;
    for (size_t n = 0; n < programme->window_count; n++)
        tell_due(job, w, programme, &programme->windows[n]);
    for (size_t i = 0; i < w->lapsed_count; i++)
        end_lapsed(job, w, w->lapsed[i]);
    invited_due_decide(job, w);
}
