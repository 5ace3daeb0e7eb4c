/* Events of what is not the ordinary way of a place: transfers, teams, and coordinators' hands. See tell.h. */
#ifndef HV_ENROLMENT_HANDLER_TELL_BY_HAND_H
#define HV_ENROLMENT_HANDLER_TELL_BY_HAND_H
#include "services/enrolment/domain/team.h"
#include "services/enrolment/store/workset.h"

void tell_transferred(struct workset *w, const struct job *job, const struct registration *fresh, const struct registration *origin,
                      const char *reason, bool by_staff);
void tell_displaced(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                    const char *reason);
void tell_reviewed(struct workset *w, const struct job *job, const struct registration *r, const char *reason);
void tell_promoted_by_hand(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                           const char *reason);
struct team_tally {
    uint32_t seated, queued, refused;
};
void tell_team(struct workset *w, const struct job *job, const struct team *team, const struct team_tally *tally);

#endif
