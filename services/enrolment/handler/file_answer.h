/* Answers that are files (bus.File): certificates, exports, calendars. */
#ifndef HV_ENROLMENT_HANDLER_FILE_ANSWER_H
#define HV_ENROLMENT_HANDLER_FILE_ANSWER_H
#include "common/base/buf.h"
#include "services/enrolment/store/workset.h"

#define FILE_ANSWER_MAX (300 * 1024) /* bytes that fit into one reply */

/* Answers the job with these bytes, copied, to be saved under this name: ASCII letters, digits, '.', '-' and '_'. */
void file_answer(struct job *job, struct workset *w, const char *name, const char *media_type, const struct buf *bytes);
/* The same, to be shown where it is opened: a calendar or a feed one subscribes to. */
void file_show(struct job *job, struct workset *w, const char *name, const char *media_type, const struct buf *bytes);
/* The calendar of a registration, or with NULL of the programme itself; ERR_NOT_FOUND when there is no programme. */
void file_calendar(struct job *job, struct workset *w, const struct programme *programme, const struct registration *r);

#endif
