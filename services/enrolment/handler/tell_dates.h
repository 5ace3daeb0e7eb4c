/* DateChanged: what participants and their calendars are told when a programme's webinars change. */
#ifndef HV_ENROLMENT_HANDLER_TELL_DATES_H
#define HV_ENROLMENT_HANDLER_TELL_DATES_H
#include "services/enrolment/store/workset.h"

/* An event for each webinar that is new, has another sequence, or is gone with its unit. */
void tell_dates(struct workset *w, const struct job *job, const struct programme *was, const struct programme *is, const char *reason);

#endif
