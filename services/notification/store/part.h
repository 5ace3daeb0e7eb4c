/* The parts of this service's store (common/work/part.h), each a noun in a file of its own; the table is parts.c. */
#ifndef HV_NOTIFICATION_STORE_PART_H
#define HV_NOTIFICATION_STORE_PART_H
#include "common/work/part.h"

enum part {
    PART_TEMPLATE,           /* store/template.c */
    PART_PREFERENCE,         /* store/preference.c */
    PART_SUPPRESSION,        /* store/suppression.c */
    PART_SUPPRESSION_CHANGE, /* store/suppression_change.c */
    PART_INBOX,              /* store/inbox.c: read marks, the private feed's key */
    PART_BOUNCE,             /* store/bounce.c: which message came back */
    PART_DIGEST,             /* store/digest.c */
    PART_WEBHOOK,            /* store/webhook.c: endpoints */
    PART_DELIVERY,           /* store/delivery.c: what goes to them */
    PART_REMINDER,           /* store/reminder.c */
    PART_FEED,               /* store/feed.c: trainings and windows as feeds show them */
    PART_NOTICE,             /* store/notice.c: whom SendMessage names, attachments */
    PART_PROMISE,            /* store/promise.c */
    PART_HISTORY,            /* store/history.c: message_change */
    PART_ENCLOSURE,          /* store/enclosure.c: what a message was told with */
    PART_CALL_OFF,           /* store/call_off.c: queued messages that are not to be sent */
    PART_RETRY_MANY,         /* store/retry_many.c: those that go back together */
    PART_RETENTION,          /* store/retention.c: old words go */
    PART_GRANT_CALL,         /* store/grant_call.c: what letters say of a grant's call */
    PART_COUNT
};

extern const struct store_part *const notification_parts[PART_COUNT]; /* parts.c */

#endif
