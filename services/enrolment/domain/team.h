/* A leadership team that enrolled together, and what it takes for all of it to have seats.
 *
 * All or none: every member is let in by the rules and there are seats for all at once, under the capacity, the programme's cap and what
 * is left of the window's quota, with nobody waiting there; else nothing happens. As many as fit: the members are taken one after the
 * other in the order given, as if each had enrolled alone. A team is a fact about its registrations; it holds no seats of its own. */
#ifndef HV_ENROLMENT_DOMAIN_TEAM_H
#define HV_ENROLMENT_DOMAIN_TEAM_H
#include "services/enrolment/domain/programme.h"

#define TEAM_MEMBERS_MIN 2
#define TEAM_MEMBERS_MAX 30

enum team_mode { TEAM_ALL_OR_NONE = 1, TEAM_AS_MANY_AS_FIT = 2 }; /* the numbers of EnrolTeamRequest.Mode */

struct team {
    struct uuid id, programme, implementation, leader; /* leader nil: forgotten */
    const char *name;
    enum team_mode mode;
    int64_t created_us;
};

/* How many newcomers could be seated at once; 0 when somebody waits there. window: through which they come, or NULL. */
uint32_t team_seats(const struct implementation *implementation, const struct window *window);

/* The id of a member who was not known before: the same for the same team and place in its list, for ever. */
struct uuid team_member_id(struct uuid team, size_t place);

#endif
