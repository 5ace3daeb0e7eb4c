/* An application for a grant: what the applicant has written (struct content), what is still missing or does not add up in it (a list of
 * findings), and when it may be written, submitted, withdrawn and left to lapse.
 *
 * A draft may hold any part of it; submission needs all. The struct points into what handler/content.c has read; nothing is allocated here.
 * Days are day numbers (common/base/day.h), money is in cents. */
#ifndef HV_FUNDING_DOMAIN_APPLICATION_H
#define HV_FUNDING_DOMAIN_APPLICATION_H
#include "services/funding/domain/call.h"
#include "services/funding/domain/consortium.h"
#include "services/funding/domain/trainee_days.h"

#define BAD_DAY (NO_DAY + 1) /* a day that was written, but is none */

#define CONTENT_TITLE_MAX       200 /* characters, as all of these */
#define CONTENT_SUMMARY_MAX     4000
#define CONTENT_DESCRIPTION_MAX 4000
#define CONTENT_NAME_MAX        200
#define CONTENT_EMAIL_MAX       254
#define CONTENT_ANSWERS_MAX     50 /* rows */

/* A draft lapses this long after its call has closed: by then every submission that was received in time has been looked at. */
#define APPLICATION_LAPSE_GRACE_US (INT64_C(300) * 1000000)

struct answer {
    struct uuid question_id;
    const char *text;
};
struct content {
    struct uuid theme_id; /* nil: not chosen yet */
    const char *title, *summary, *language, *iban;
    int64_t starts_on, ends_on; /* NO_DAY, BAD_DAY */
    struct consortium consortium;
    struct answer *answers;
    size_t answer_count;
    struct training_part *parts;
    size_t part_count;
};

/* All that keeps it from being submitted to this call (errors), and what is unusual (warnings). Fields are paths of the request,
 * "content.partners[2].cents". The times of the call are not looked at. */
void application_check(const struct content *content, const struct call *call, struct findings *findings);

/* In time: from opens_us (in) to closes_us (out), by the server's receipt. Source: laki sähköisestä asioinnista viranomaistoiminnassa
 * 13/2003, 10 and 11 s. */
bool application_in_time(const struct call *call, int64_t received_us);
/* Whether the drafts of this call have lapsed by now. */
bool application_lapses(const struct call *call, int64_t now_us);
bool application_writable(enum application_state state);     /* the owner may change what is written: a draft, or one to supplement */
bool application_withdrawable(enum application_state state); /* not yet decided */

#endif
