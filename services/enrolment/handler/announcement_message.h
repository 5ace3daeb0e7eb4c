/* An announcement as a message: what SendAnnouncement and ListAnnouncements answer, and what its event carries. */
#ifndef HV_ENROLMENT_HANDLER_ANNOUNCEMENT_MESSAGE_H
#define HV_ENROLMENT_HANDLER_ANNOUNCEMENT_MESSAGE_H
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/announcement.h"

/* Borrows from `a`, which lives as long as the batch. */
Enrolment__Announcement *announcement_message(struct workset *w, const struct announcement *a);

#endif
