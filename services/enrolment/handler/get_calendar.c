/* GetCalendar: all webinars of one's registration as a calendar file, in the reader's language. Its person, or staff. A registration that
 * has ended answers too: with entries that strike those a calendar took before. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/file_answer.h"
#include "services/enrolment/handler/seen_registration.h"

enum err get_calendar_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = seen_registration_needs(job, w, &((const Enrolment__GetCalendarRequest *)job->message)->registration_id, &id);

    if (err != ERR_OK)
        return err;
    workset_see_of_registration(w, id);
    workset_want_units(w);
    return ERR_OK;
}

void get_calendar_decide(struct job *job, struct workset *w)
{
    struct uuid id;

    if (check_id(job, "registrationId", &((const Enrolment__GetCalendarRequest *)job->message)->registration_id, &id) != ERR_OK)
        return;
    const struct registration *r = seen_registration(job, w, id);
    if (r != NULL)
        file_calendar(job, w, workset_programme(w, r->programme), r);
}
