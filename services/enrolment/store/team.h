/* Teams as rows: asked for by id, by their leader, or by a registration whose team's leader wants to see it. A part of the store
 * (part.h). A team is written once, when it enrols; what became of its members stands on their registrations. */
#ifndef HV_ENROLMENT_STORE_TEAM_H
#define HV_ENROLMENT_STORE_TEAM_H
#include "services/enrolment/domain/team.h"
#include "services/enrolment/store/workset.h"

#define TEAM_LIST_MAX 200 /* teams of one leader that are listed, newest first */

/* --- in needs; one of them a job */
void team_want(struct workset *w, const struct job *job, struct uuid id); /* its members and their people too */
void team_want_led(struct workset *w, const struct job *job, struct uuid leader);
void team_want_leader(struct workset *w, const struct job *job, struct uuid registration);

/* --- in decide */
const struct team *team_list(const struct workset *w, const struct job *job, size_t *count); /* team_want: one or none */
/* The latest registration of each member, in order of enrolment; who was transferred is found where they went. */
struct registration *const *team_members(const struct workset *w, const struct job *job, size_t *count);
/* Whether this job asked for the leader of that registration's team, and this person is it. */
bool team_leads(const struct workset *w, const struct job *job, struct uuid person);
void team_add(struct workset *w, const struct team *team);

#endif
