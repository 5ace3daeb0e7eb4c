/* Teams as messages: what EnrolTeam, GetTeam and ListMyTeams answer. */
#ifndef HV_ENROLMENT_HANDLER_TEAM_MESSAGE_H
#define HV_ENROLMENT_HANDLER_TEAM_MESSAGE_H
#include "enrolment.pb-c.h"
#include "services/enrolment/domain/team.h"
#include "services/enrolment/store/workset.h"

/* With room for so many members, to be filled by team_message_member; 0: a team without them. */
Enrolment__Team *team_message(struct workset *w, const struct team *team, size_t members);

/* who: NULL: not named, or forgotten. Of registration and refusal one is NULL. */
void team_message_member(struct workset *w, Enrolment__Team *team, struct uuid id, const struct person *who, const struct registration *r,
                         Bus__Problem *refusal);

#endif
