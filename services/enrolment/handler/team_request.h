/* The request of EnrolTeam, field by field. */
#ifndef HV_ENROLMENT_HANDLER_TEAM_REQUEST_H
#define HV_ENROLMENT_HANDLER_TEAM_REQUEST_H
#include "common/work/job.h"
#include "services/enrolment/domain/team.h"

/* The team as it is asked for: programme, implementation, leader, name, mode; no id yet. The name is borrowed from the request. */
enum err team_request_read(struct job *job, struct team *team) MUST_CHECK;

/* One member, by id or with details; *id stays nil for somebody new. ERR_FORBIDDEN: somebody else by id, which only staff may. */
enum err team_request_member(struct job *job, size_t place, struct uuid *id) MUST_CHECK;

/* What a problem calls a field of a member: "members[2].answers". */
const char *team_request_field(struct job *job, size_t place, const char *field);

#endif
