/* A webinar over its life: it keeps its id whatever becomes of it, since entries in people's calendars are known by it, and its
 * sequence rises with each change, so that a calendar that asks again sees which of two entries is the newer one (RFC 5545, 3.8.7.4).
 * One that is called off keeps its row for the same reason, and so may take place after all later on. */
#ifndef HV_ENROLMENT_DOMAIN_WEBINAR_H
#define HV_ENROLMENT_DOMAIN_WEBINAR_H
#include "services/enrolment/domain/programme.h"

/* `was` as `wanted` says: times, advance notice, called off or not; the sequence is one higher when anything of it differs. */
struct webinar webinar_changed(const struct webinar *was, const struct webinar *wanted);
struct webinar webinar_called_off(const struct webinar *was);

/* The webinar with this id in any unit of the programme; NULL: none, or no programme. */
const struct webinar *webinar_of(const struct programme *programme, struct uuid id);
const struct unit *unit_of(const struct programme *programme, struct uuid id);

#endif
