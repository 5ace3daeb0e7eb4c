/* Facts: the named, typed values a letter is made of. One table (fact.c) names them all; a second one (kind.c) says which kind of message
 * needs which. An event's handler sets them, the store keeps them (message.facts), the senders put them into the reader's language.
 *
 * Some facts come with the message (order, reason ...), others are looked up when the letter is written, since they lie in tables of their
 * own and may be corrected meanwhile (name, training, places, webinars ...). Both are declared here: to a template they are the same. */
#ifndef HV_NOTIFICATION_DOMAIN_FACT_H
#define HV_NOTIFICATION_DOMAIN_FACT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/span.h"

enum fact_type { /* the numbers of notification.FactType */
                 FACT_TEXT = 0,
                 FACT_NUMBER = 1, /* an integer; plural by it */
                 FACT_MOMENT = 2, /* UTC microseconds; shown in Finnish time */
                 FACT_MONEY = 3,  /* cents */
                 FACT_FLAG = 4,   /* select by yes / no */
                 FACT_LIST = 5    /* lines of text, each begun by "- ": becomes a list in HTML */
};

enum fact_name {
    /* looked up when the letter is written */
    FACT_NAME, /* the reader's */
    FACT_TRAINING,
    FACT_IMPLEMENTATION,
    FACT_ORGANISER,
    FACT_PLACES,
    FACT_PLACE_COUNT,
    FACT_WEBINARS,        /* list: those that lie ahead */
    FACT_UNIT,            /* study unit of a moved or coming webinar */
    FACT_REGISTRATION,    /* its id, for those who answer questions */
    FACT_LINK,            /* where one looks at it; "" without HV_PUBLIC_URL */
    FACT_ENTRIES_ADDED,   /* how many calendar entries the mail brings or moves */
    FACT_ENTRIES_REMOVED, /* and how many it takes back */
    /* told with the message */
    FACT_ORDER,
    FACT_POSITION, /* on the waiting list */
    FACT_AHEAD,    /* how many wait before one: letter_write makes it of the position, nobody tells it */
    FACT_SEATED,   /* flags: where one stood or stands */
    FACT_WAITING,
    FACT_REPLY_DUE,
    FACT_OPENS,
    FACT_CLOSES,
    FACT_WAS, /* of a webinar, before and after */
    FACT_BECOMES,
    FACT_WAS_ENDS,    /* when it ended and ends, where that is the day it begins on */
    FACT_ENDS,        /* of becomes, or of same */
    FACT_SAME,        /* of one that begins as before: its end changed, or whether its date is certain; then without was and becomes */
    FACT_CALLED_OFF,  /* flag */
    FACT_CAUSE,       /* text for select: given_up removed rejected declined expired */
    FACT_UNREVIEWED,  /* flag */
    FACT_CONDITIONAL, /* flag */
    FACT_REASON,
    FACT_SUBJECT, /* of an announcement or notice, in the reader's language */
    FACT_BODY,
    FACT_CREDITS, /* tenths, shown as 5 or 2,5: number with one decimal */
    FACT_CODE,    /* of the certificate */
    FACT_STARTS,  /* of a coming webinar */
    FACT_TEAM,    /* flag: enrolled with a team, whose leader can cancel for those who cannot sign in */
    FACT_TOPIC,   /* of a digest: text for select, the names of kind.h */
    FACT_COUNT,   /* of a digest: how many */
    FACT_ENTRIES, /* list */
    /* of grants. A call and an authority have a name in each language, told as three; letter_write makes the reader's of them */
    FACT_PROJECT,  /* the application's title */
    FACT_REGISTER, /* its register number */
    FACT_CALL,
    FACT_CALL_FI,
    FACT_CALL_SV,
    FACT_CALL_EN,
    FACT_AUTHORITY,
    FACT_AUTHORITY_FI,
    FACT_AUTHORITY_SV,
    FACT_AUTHORITY_EN,
    FACT_APPLIED,   /* money */
    FACT_RECEIVED,  /* when an application came in */
    FACT_RECEIPT,   /* by which one can show what came in */
    FACT_AGAIN,     /* flag: after a supplement */
    FACT_WORDS,     /* an official's own, whole */
    FACT_DUE,       /* the end of the last day to do it */
    FACT_USE_UNTIL, /* the end of the last day of use */
    FACT_GRANTED,   /* flag */
    FACT_CORRECTED, /* flag: this decision takes the place of another */
    FACT_LEAD,      /* flag: the reader is the lead's, not a partner's */
    FACT_AMOUNT,    /* money: of the grant, of an instalment, to be paid back */
    FACT_SHARE,     /* money: the reader's own part of it */
    FACT_USED,      /* money */
    FACT_OUTCOME,   /* text for select: what became of it */
    FACT_REPORT,    /* text for select: interim final */
    FACT_RECOVERY,  /* text for select: return mandatory discretionary */
    FACT_PERIOD,    /* of an amendment's parts, text for select: accepted changed rejected; and why, in the decision-maker's words */
    FACT_PERIOD_REASON,
    FACT_CONTENT,
    FACT_CONTENT_REASON,
    FACT_BUDGET,
    FACT_BUDGET_REASON,
    FACT_CONSORTIUM,
    FACT_CONSORTIUM_REASON,
    FACT_CONTACT, /* of the call: who tells more */
    FACT_REVIEW,  /* how to request a review, in three languages as FACT_CALL */
    FACT_REVIEW_FI,
    FACT_REVIEW_SV,
    FACT_REVIEW_EN,
    FACT_DOCUMENT,  /* text for select: in which language the attached decision is, fi sv en */
    FACT_PAID_ON,   /* the day of a payment */
    FACT_ACCOUNT,   /* the last characters of the account */
    FACT_REFERENCE, /* of the bank */
    /* of municipal cases. A municipality and a board have a name in each language, told as three, as a call */
    FACT_CASE, /* its title, in the language of the case */
    FACT_MUNICIPALITY,
    FACT_MUNICIPALITY_FI,
    FACT_MUNICIPALITY_SV,
    FACT_MUNICIPALITY_EN,
    FACT_BOARD,
    FACT_BOARD_FI,
    FACT_BOARD_SV,
    FACT_BOARD_EN,
    FACT_SECTION, /* of the board's minutes */
    FACT_MEETING, /* when it begins, or began */
    FACT_PLACE,   /* of a meeting */
    FACT_ITEMS,   /* how many are on its agenda */
    FACT_GROUP,   /* the body that is asked for a statement, or that somebody was named to */
    FACT_ROLE,    /* text for select: member deputy chair */
    FACT_FUNDER,  /* of a project: whose share was decided */
    FACT_TOTAL,   /* money: what the project costs; and of its shares what is granted, refused and not decided */
    FACT_PLAN_GRANTED,
    FACT_PLAN_REFUSED,
    FACT_PLAN_OPEN,
    FACT_COVERED, /* flag: the whole cost is granted */
    FACT_COUNT_OF /* how many there are */
};

struct fact {
    bool known;
    struct span text; /* FACT_TEXT, FACT_LIST */
    int64_t number;   /* FACT_NUMBER, FACT_MOMENT, FACT_MONEY; FACT_FLAG: 0 or 1 */
};
struct facts { /* by fact_name */
    struct fact of[FACT_COUNT_OF];
};

const char *fact_text_name(enum fact_name name); /* "reply_due": as templates and the API spell it */
enum fact_type fact_type_of(enum fact_name name);
bool fact_tenths(enum fact_name name);                 /* a number that counts tenths */
bool fact_deadline(enum fact_name name);               /* a moment until which one has time */
bool fact_hour(enum fact_name name);                   /* a moment that stands behind another of its day: its time alone is shown */
bool fact_told(enum fact_name name);                   /* comes with the message; else it is looked up (but see kind_told) */
const char *fact_keys(enum fact_name name);            /* the only texts it can be, a space between two; NULL: any */
bool fact_find(struct span text, enum fact_name *out); /* false: no such fact */
const char *fact_sample(enum fact_name name);          /* for previews, as fact_read reads it */

void facts_text(struct facts *facts, enum fact_name name, struct span text); /* an empty text is not known */
/* 0 is not known, for a moment and for what counts from one; only ahead and flags can be 0. */
void facts_number(struct facts *facts, enum fact_name name, int64_t number);
/* From its text in the API: RFC 3339, digits ("2.5" where tenths are counted), "true" or "false". False: it is not of the fact's type. */
bool fact_read(enum fact_name name, struct span text, struct fact *out);

#endif
