/* SetPriority: a coordinator's recorded exception to the order of a waiting list: 0 as everybody, 1 to 9 before those of a lower number.
 * It moves nobody off the list; only where a seat is free does whoever now stands first get it. */
#include "services/enrolment/domain/by_hand.h"
#include "services/enrolment/domain/line.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/staff_registration.h"
#include "services/enrolment/store/change.h"

#define HAS_PRIORITY ENROLMENT__SET_PRIORITY_REQUEST__LEVEL_PRIORITY

enum err set_priority_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetPriorityRequest *request = (const Enrolment__SetPriorityRequest *)job->message;
    enum err err = staff_registration_needs(job, w, &request->registration_id);

    if (err == ERR_OK && request->level_case != HAS_PRIORITY)
        err = fail_missing(job, "priority");
    if (err == ERR_OK)
        err = check_range(job, "priority", request->priority, 0, LINE_PRIORITY_MAX);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    workset_want_promotions(w, PROGRAMME_WAITING_MAX); /* all who wait: to tell the new position */
    return ERR_OK;
}

void set_priority_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetPriorityRequest *request = (const Enrolment__SetPriorityRequest *)job->message;
    struct implementation *i = NULL;
    struct registration *r = staff_registration(job, w, &request->registration_id, &i);

    if (r == NULL)
        return;
    if (r->state != REGISTRATION_QUEUED) {
        (void)refuse(job, REFUSAL_PRIORITY_NOT_WAITING);
        return;
    }
    const uint32_t was = line_priority(r->line);
    if (was != request->priority) {
        by_hand_prioritise(i, r, request->priority);
        workset_changed(w, r);
        change_add(w, job, i->programme, "registration.priority", arena_printf(w->arena, "%u", (unsigned)was),
                   arena_printf(w->arena, "%u", (unsigned)request->priority), request->reason, r->id);
        promote(w, job, i->programme);
    }
    job_answer(job, &registration_kept(w, r)->base, r->version);
}
