/* The kinds of messages and their manners, as one table (kind.c): what people can turn off, what goes out first, what is attached, which
 * facts a kind has. A new kind is a row there, its texts in template*.c, and whoever says it. */
#ifndef HV_NOTIFICATION_DOMAIN_KIND_H
#define HV_NOTIFICATION_DOMAIN_KIND_H
#include <stdbool.h>
#include <stddef.h>

#include "services/notification/domain/fact.h"

enum message_kind {
    KIND_CONFIRMATION = 1,  /* a place at once */
    KIND_WAITING_LIST = 2,  /* a place on the waiting list */
    KIND_PROMOTION = 3,     /* from the waiting list to a place */
    KIND_CANCELLATION = 4,  /* gave it up, or was removed */
    KIND_WINDOW_OPENED = 5, /* to followers */
    KIND_WINDOW_CLOSED = 6, /* to followers */
    KIND_OFFER = 7,         /* a seat is kept until they answer */
    KIND_OFFER_PASSED = 8,  /* let it pass on, and waits on */
    KIND_TRANSFER = 9,      /* to another implementation */
    KIND_DISPLACED = 10,    /* back to the head of the waiting list */
    KIND_REVIEWED = 11,     /* accepted, or on a condition */
    KIND_DATE_CHANGED = 12, /* a webinar: to all who take part */
    KIND_ANNOUNCEMENT = 13, /* a coordinator's own words */
    KIND_COMPLETED = 14,    /* the programme, with the certificate's code */
    KIND_TEAM = 15,         /* to the leader of a team that enrolled */
    KIND_NOTICE = 16,       /* an officer's own words, by SendMessage */
    KIND_OPENS_SOON = 17,   /* reminder: a window opens tomorrow; to followers */
    KIND_CLOSES_SOON = 18,  /* reminder: it closes tomorrow; to followers who have not enrolled */
    KIND_WEBINAR_SOON = 19, /* reminder: in a week; to all who take part */
    KIND_OFFER_ENDS = 20,   /* reminder: an offer runs out */
    KIND_DIGEST = 21,       /* what a day gathered */
    /* of grants: to those who applied, and their partners */
    KIND_DRAFT_CLOSES = 22,         /* reminder: the call closes tomorrow, and the draft is not submitted */
    KIND_APPLICATION_RECEIVED = 23, /* with its register number and receipt */
    KIND_SUPPLEMENT_REQUESTED = 24, /* an official asks for more */
    KIND_SUPPLEMENT_DUE = 25,       /* reminder: in two days */
    KIND_APPLICATION_ENDED = 26,    /* withdrawn, or lapsed as a draft */
    KIND_GRANT_DECISION = 27,       /* to the lead and every partner, with the document */
    KIND_GRANT_ANSWERED = 28,       /* accepted, refused, or accepted by silence */
    KIND_GRANT_PAYMENT = 29,        /* an instalment was paid, or came back */
    KIND_AMENDMENT_DECIDED = 30,
    KIND_REPORT_DUE = 31, /* reminder: in 30 days, and in seven */
    KIND_REPORT_LATE = 32,
    KIND_REPORT_REVIEWED = 33, /* came in, was accepted, or is to be supplemented */
    KIND_RECOVERY = 34,        /* money to be paid back; and that it was, or need not be */
    KIND_ANSWER_DUE = 35,      /* reminder: silence accepts in seven days */
    KIND_REPAYMENT_DUE = 36,   /* reminder: in seven days */
    KIND_REPAYMENT_LATE = 37,
    /* of municipal cases: to applicants, who is asked, boards, and whom a board names */
    KIND_CASE_FILED = 38, /* with its register number */
    KIND_CASE_WITHDRAWN = 39,
    KIND_STATEMENT_ASKED = 40,
    KIND_MEETING_SUMMONED = 41, /* to the members of the board */
    KIND_MEETING_CANCELLED = 42,
    KIND_CASE_DECIDED = 43, /* to the applicant, with the extract of the minutes; or that it was returned, or tabled */
    KIND_NOMINATED = 44,    /* to whom a board has named, with the extract */
    KIND_SHARE_DECIDED = 45 /* to whom a project is: its funding plan as it stands now */
};
#define KIND_LAST KIND_SHARE_DECIDED

enum topic { /* the numbers of notification.Topic */
             TOPIC_PLACES = 1,
             TOPIC_DECISIONS = 2,
             TOPIC_CHANGES = 3,
             TOPIC_REMINDERS = 4,
             TOPIC_WINDOWS = 5,
             TOPIC_ANNOUNCEMENTS = 6
};
#define TOPIC_LAST TOPIC_ANNOUNCEMENTS

enum lane { LANE_OWN = 1, LANE_MANY = 2 };
enum kind_calendar {
    CALENDAR_NONE,
    CALENDAR_INVITES,
    CALENDAR_STRIKES,
    CALENDAR_ONE,        /* the moved webinar alone */
    CALENDAR_MEETING,    /* of a board: invites */
    CALENDAR_MEETING_OFF /* and strikes */
};

struct kind {
    const char *name; /* "waiting_list": in the API, in X-Hakuvayla-Kind, the id of its template */
    enum topic topic;
    enum lane lane; /* also: LANE_MANY keeps quiet hours */
    bool statutory; /* resent when nobody knows whether it arrived; kept longer */
    bool training;  /* is about one: waits for its name */
    bool by_hand;   /* an operator may say it (SendMessage); the others say what has happened, to whom it concerns */
    enum kind_calendar calendar;
    bool pdf;                                  /* the letter is attached as a document too */
    const enum fact_name *required, *optional; /* each ended by FACT_COUNT_OF */
};

const struct kind *kind_of(enum message_kind kind); /* a number that is no kind is a bug */
bool kind_find(struct span name, enum message_kind *out);
bool kind_has(enum message_kind kind, enum fact_name fact, bool *required);
/* Whether this fact comes with a message of this kind. Else it is looked up when the letter is written: names, and an announcement's words,
 * which lie in all three languages in a table of their own. */
bool kind_told(enum message_kind kind, enum fact_name fact);
/* Of the facts that are told: the first one the kind requires and does not get, or gets and does not know. False: there is one. */
bool kind_check(enum message_kind kind, const struct facts *facts, enum fact_name *wrong, bool *missing);

/* Whether letters of this kind are there to tell it: a template without it would be of no use. */
bool kind_essential(enum message_kind kind, enum fact_name fact);

/* Whether all that a letter of this kind requires is known, what is looked up too. False: *wrong is not. */
bool kind_ready(enum message_kind kind, const struct facts *facts, enum fact_name *wrong);

const char *topic_name(enum topic topic); /* "reminders" */
bool topic_fixed(enum topic topic);       /* cannot be turned off */

#endif
