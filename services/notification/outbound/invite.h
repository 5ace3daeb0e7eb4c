/* Entries for the reader's calendar (RFC 5546 in RFC 6047), as their kind of message has them: invitations to the webinars ahead, their
 * end, or the one that has moved; and the meeting of a board that its members are called to.
 *
 * Those of webinars are the entries of enrolment's calendar files (services/enrolment/document/calendar.h): the same UID and the same
 * SEQUENCE, so a calendar that has one of them from there moves or strikes it and never shows two. */
#ifndef HV_NOTIFICATION_OUTBOUND_INVITE_H
#define HV_NOTIFICATION_OUTBOUND_INVITE_H
#include "services/notification/outbound/mime.h"
#include "services/notification/store/spool.h"

#define INVITE_DOMAIN "hakuvayla.example.fi" /* part of every UID, there and here: never to be changed */
#define INVITES_MAX   (2 * LETTER_WEBINARS_MAX)

struct inviter { /* the same in all mails */
    const char *name, *address;
};
/* At most INVITES_MAX entries to out, one that invites first; on the arena. Returns how many there are. */
size_t invite_write(const struct inviter *inviter, const struct due *due, struct arena *arena, int64_t now_us, struct mail_calendar *out);

/* How many of them bring or move an entry, and how many take one back: without writing any. */
struct invite_count {
    size_t added, removed;
};
struct invite_count invite_count(const struct due *due, struct arena *arena, int64_t now_us);

/* A webinar was moved by an event that came before the programme that knows its new times: better to wait a moment than to send an old
 * entry. */
bool invite_waits(const struct due *due, int64_t now_us);

#endif
