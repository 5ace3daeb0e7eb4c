/* Which message follows from which event, and who hears it: the whole policy of this service in one table (plan.c). */
#ifndef HV_NOTIFICATION_DOMAIN_PLAN_H
#define HV_NOTIFICATION_DOMAIN_PLAN_H
#include <stdbool.h>

#include "services/notification/domain/message.h"

/* The events of enrolment and funding, as this service tells them apart. */
enum plan_event {
    PLAN_PERSON_STORED,
    PLAN_PROGRAMME_STORED,
    PLAN_FOLLOWED,
    PLAN_SEAT_TAKEN,
    PLAN_QUEUED,
    PLAN_PROMOTED,
    PLAN_CANCELLED,
    PLAN_WINDOW_OPENED,
    PLAN_WINDOW_CLOSED,
    PLAN_CAPACITY_CHANGED,
    PLAN_OFFERED,
    PLAN_OFFER_PASSED,
    PLAN_TRANSFERRED,
    PLAN_DISPLACED,
    PLAN_REVIEWED,
    PLAN_DATE_CHANGED,
    PLAN_ANNOUNCED,
    PLAN_COMPLETED,
    PLAN_TEAM_ENROLLED,
    PLAN_PERSON_ERASED,
    PLAN_REGISTRATION_FORGOTTEN,
    PLAN_PROGRAMME_FORGOTTEN,
    /* and of funding */
    PLAN_CONTACT_STORED,
    PLAN_CALL_STORED,
    PLAN_CALL_MOVED,
    PLAN_DRAFT_STARTED,
    PLAN_APPLICATION_SUBMITTED,
    PLAN_SUPPLEMENT_REQUESTED,
    PLAN_APPLICATION_ENDED,
    PLAN_DECISION_SENT,
    PLAN_GRANT_ANSWERED,
    PLAN_INSTALMENT_MOVED,
    PLAN_AMENDMENT_DECIDED,
    PLAN_OBLIGATION_SET,
    PLAN_OBLIGATION_ENDED,
    PLAN_OBLIGATION_LATE,
    PLAN_REPORT_MOVED,
    PLAN_RECOVERY_MOVED,
    /* and of its municipal cases */
    PLAN_CASE_FILED,
    PLAN_CASE_MOVED,
    PLAN_STATEMENT_ASKED,
    PLAN_MEETING_SUMMONED,
    PLAN_MEETING_CANCELLED,
    PLAN_DECIDED,
    PLAN_SHARE_DECIDED
};

enum plan_audience {
    AUDIENCE_NOBODY,       /* it changes what we know, nobody is told */
    AUDIENCE_PERSON,       /* the person of the registration */
    AUDIENCE_PARTICIPANTS, /* who had a seat in the programme when it happened */
    AUDIENCE_NAMED,        /* whom the event names */
    AUDIENCE_FOLLOWERS     /* who followed the programme before it happened */
};

struct plan {
    enum plan_audience audience;
    enum message_kind kind; /* 0 when nobody is told */
};

struct plan plan_of(enum plan_event event);

/* A follower is told of what happened after they began to follow: so a replay of old events tells nobody anything new. */
bool plan_follower_hears(int64_t following_since_us, int64_t happened_us);

#endif
