/* GetProgrammeCalendar: all webinars of a programme as a calendar file to subscribe to, in the reader's language. Public. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/file_answer.h"

enum err get_programme_calendar_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = check_id(job, "programmeId", &((const Enrolment__GetProgrammeCalendarRequest *)job->message)->programme_id, &id);

    if (err != ERR_OK)
        return err;
    workset_see_programme(w, id);
    workset_want_units(w);
    return ERR_OK;
}

void get_programme_calendar_decide(struct job *job, struct workset *w)
{
    struct uuid id;

    if (check_id(job, "programmeId", &((const Enrolment__GetProgrammeCalendarRequest *)job->message)->programme_id, &id) == ERR_OK)
        file_calendar(job, w, workset_programme(w, id), NULL);
}
