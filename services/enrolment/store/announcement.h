/* Announcements: a coordinator's message to participants, kept as it was said and to how many. To whom it goes is found when it is sent
 * and told in the event; who they were then is not kept here. A part of the store (part.h). */
#ifndef HV_ENROLMENT_STORE_ANNOUNCEMENT_H
#define HV_ENROLMENT_STORE_ANNOUNCEMENT_H
#include "services/enrolment/store/workset.h"

#define ANNOUNCEMENT_RECIPIENTS_MAX 60000 /* of one announcement */

struct announcement {
    struct uuid id, programme, implementation; /* implementation nil: the whole programme */
    struct text subject, body;
    uint32_t recipients;
    int64_t at_us;
    struct uuid actor;
};

/* Needs: the people of a programme (implementation nil) or of one implementation in one of these states, each once; the
 * programme is locked by the caller. */
void announcement_want_recipients(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation,
                                  const enum registration_state *states, size_t count);
/* Decide: their ids, 16 bytes each, one after the other. More than the maximum: *count is the maximum plus one. */
const struct uuid *announcement_recipients(const struct workset *w, const struct job *job, size_t *count);

/* Needs: a page, newest first, after (at_us, id); at_us 0: from the newest. */
void announcement_want_list(struct workset *w, const struct job *job, struct uuid programme, int64_t after_us, struct uuid after_id,
                            uint32_t limit);
const struct announcement *announcement_list(const struct workset *w, const struct job *job, size_t *count);

void announcement_add(struct workset *w, const struct announcement *announcement);

#endif
