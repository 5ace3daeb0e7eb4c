/* The webinars of a programme as a calendar file, for everybody or for one registration, in the reader's language.
 *
 * An entry is known by its UID for ever: "<webinar id>.<registration id>@CALENDAR_DOMAIN" (the programme's own: without the registration).
 * Its SEQUENCE is the webinar's and one more for each change of the registration's state (a seat from the waiting list confirms the entry,
 * the end strikes it), so that a calendar that has the entry takes the new one and never shows two. Nothing of the moment of asking is in
 * the file: fetched twice, it is the same. */
#ifndef HV_ENROLMENT_DOCUMENT_CALENDAR_H
#define HV_ENROLMENT_DOCUMENT_CALENDAR_H
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "services/enrolment/domain/programme.h"

#define CALENDAR_DOMAIN "hakuvayla.example.fi" /* part of every UID: never to be changed */

/* r: whose calendar; NULL: the programme's own. The programme is described. The arena is for words on the way. */
enum err calendar_file(struct buf *out, struct arena *arena, const struct programme *programme, const struct registration *r,
                       const char *language) MUST_CHECK;

#endif
