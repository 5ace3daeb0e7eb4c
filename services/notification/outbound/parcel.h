/* All that goes out with one message as one mail: the letter, the same as a document where its kind has one, the entry for the calendar,
 * the files its sender attached, and where the reader turns the topic off. */
#ifndef HV_NOTIFICATION_OUTBOUND_PARCEL_H
#define HV_NOTIFICATION_OUTBOUND_PARCEL_H
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "services/notification/domain/letter.h"
#include "services/notification/outbound/mime.h"
#include "services/notification/store/spool.h"

struct parcel_from { /* the same in all mails */
    const char *name, *address, *domain;
};
struct parcel {
    const struct parcel_from *from;
    const struct due *due;
    const struct letter *letter;
    const char *unsubscribe;               /* "": the topic cannot be turned off */
    const struct mail_calendar *calendars; /* the first is what mail programs show, each has a part of its own */
    size_t calendar_count;
    int64_t date_us;
};
/* Replaces the contents of out. ERR_INTERNAL: the document could not be drawn; nothing is to be sent. */
enum err parcel_write(struct buf *out, const struct parcel *parcel, struct arena *arena) MUST_CHECK;

#endif
