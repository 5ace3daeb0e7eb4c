/* What preparers have asked applicants to supplement: words and a day, and when it was answered. At most one of an application is open. */
#ifndef HV_FUNDING_STORE_SUPPLEMENT_H
#define HV_FUNDING_STORE_SUPPLEMENT_H
#include "services/funding/store/workset.h"

struct supplement {
    struct uuid id, application_id;
    int64_t asked_us;
    struct uuid asked_by;
    const char *words;
    int64_t due_on;      /* a day */
    int64_t answered_us; /* 0: open */
};
struct supplement_ask {
    struct part_item item; /* first */
    struct uuid application_id;
    struct supplement *rows; /* by the time they were asked, the newest twenty */
    size_t count;
};

void supplement_want(struct workset *w, const struct job *job, struct uuid application_id);
const struct supplement_ask *supplement_asked(const struct workset *w, const struct job *job);
struct supplement *supplement_open(const struct supplement_ask *ask); /* the one that waits; NULL: none */

void supplement_add(struct workset *w, const struct supplement *supplement); /* borrowed until the batch ends */
/* The one that waits ends now: it was answered, or the application was withdrawn or decided. None waiting: nothing is done. */
void supplement_end(struct workset *w, struct uuid application_id, int64_t at_us);

extern const struct store_part supplement_part;

#endif
