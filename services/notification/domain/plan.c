/* The policy: event -> who is told what. */
#include "services/notification/domain/plan.h"

struct plan plan_of(enum plan_event event)
{
    switch (event) {
    case PLAN_PERSON_STORED:
    case PLAN_PROGRAMME_STORED:
    case PLAN_FOLLOWED:
    case PLAN_PERSON_ERASED:          /* all that is known of them goes */
    case PLAN_REGISTRATION_FORGOTTEN: /* and that they had to do with the programme */
    case PLAN_PROGRAMME_FORGOTTEN:    /* and who followed it */
    case PLAN_CAPACITY_CHANGED:       /* those it promotes have an event each */
        return (struct plan){AUDIENCE_NOBODY, 0};
    case PLAN_SEAT_TAKEN:
        return (struct plan){AUDIENCE_PERSON, KIND_CONFIRMATION};
    case PLAN_QUEUED:
        return (struct plan){AUDIENCE_PERSON, KIND_WAITING_LIST};
    case PLAN_PROMOTED:
        return (struct plan){AUDIENCE_PERSON, KIND_PROMOTION};
    case PLAN_CANCELLED:
        return (struct plan){AUDIENCE_PERSON, KIND_CANCELLATION};
    case PLAN_WINDOW_OPENED:
        return (struct plan){AUDIENCE_FOLLOWERS, KIND_WINDOW_OPENED};
    case PLAN_WINDOW_CLOSED:
        return (struct plan){AUDIENCE_FOLLOWERS, KIND_WINDOW_CLOSED};
    case PLAN_OFFERED:
        return (struct plan){AUDIENCE_PERSON, KIND_OFFER};
    case PLAN_OFFER_PASSED:
        return (struct plan){AUDIENCE_PERSON, KIND_OFFER_PASSED};
    case PLAN_TRANSFERRED:
        return (struct plan){AUDIENCE_PERSON, KIND_TRANSFER};
    case PLAN_DISPLACED:
        return (struct plan){AUDIENCE_PERSON, KIND_DISPLACED};
    case PLAN_REVIEWED:
        return (struct plan){AUDIENCE_PERSON, KIND_REVIEWED};
    case PLAN_DATE_CHANGED:
        return (struct plan){AUDIENCE_PARTICIPANTS, KIND_DATE_CHANGED};
    case PLAN_ANNOUNCED:
        return (struct plan){AUDIENCE_NAMED, KIND_ANNOUNCEMENT};
    case PLAN_COMPLETED:
        return (struct plan){AUDIENCE_PERSON, KIND_COMPLETED};
    case PLAN_TEAM_ENROLLED:
        return (struct plan){AUDIENCE_NAMED, KIND_TEAM};
    }
    return (struct plan){AUDIENCE_NOBODY, 0};
}

bool plan_follower_hears(int64_t following_since_us, int64_t happened_us)
{
    return following_since_us <= happened_us;
}
