/* Reminders follow from facts in events: a window's times, a webinar's, an offer's deadline. Pure: which moment is reminded of when, and
 * what a moved moment does to its reminder. The id is made of kind and subject, so the same fact heard again is the same reminder. */
#ifndef HV_NOTIFICATION_DOMAIN_REMINDER_H
#define HV_NOTIFICATION_DOMAIN_REMINDER_H
#include "common/base/time.h"
#include "common/base/uuid.h"
#include "services/notification/domain/kind.h"

#define REMINDER_TIMES_MAX 3 /* a fact that moves again and again is told again so often */

enum reminder_state { REMINDER_PENDING = 1, REMINDER_TOLD = 2, REMINDER_CALLED_OFF = 3 }; /* the contract's numbers */
#define REMINDER_STATE_LAST REMINDER_CALLED_OFF

struct reminder {
    struct uuid id;                     /* reminder_id */
    enum message_kind kind;             /* KIND_OPENS_SOON, KIND_CLOSES_SOON, KIND_WEBINAR_SOON, KIND_OFFER_ENDS, or one of grants */
    struct uuid training, subject;      /* subject: window, webinar or registration */
    struct uuid person, implementation; /* of an offer or a grant; nil: all whom it concerns */
    struct uuid call, application;      /* of a grant; its subject is that application or an obligation of it */
    struct span facts;                  /* of a grant: what else its letter says, as message.facts has it */
    int64_t moment_us;                  /* of the fact */
    int64_t due_us;                     /* 0: there is no time left to remind of it */
};
struct uuid reminder_id(enum message_kind kind, struct uuid subject);

/* When one is reminded of a moment that became known at now_us: windows the day before at 9 in Helsinki, a webinar seven days before at 9,
 * an offer (made at since_us) when a third of its time is left, but not more than a day before, and not at night (course.h) where it can
 * be helped: in the morning, or in the evening before where that would be too late; of a grant: a draft the day before its call closes, a
 * supplement two days before, what else is due seven days before, or the day before where it became known too late for that, each at 9. 0
 * when that lies behind. */
int64_t reminder_due(enum message_kind kind, int64_t moment_us, int64_t since_us, int64_t now_us);

/* One can be reminded twice of a report: long before, and again. This is the first of the two; it has an id of its own. */
struct uuid reminder_id_early(enum message_kind kind, struct uuid subject);
int64_t reminder_due_early(int64_t moment_us, int64_t now_us);

/* What a reminder becomes when its fact is heard again, with its moment and due time as they are now (due_us 0: none). One that was told,
 * wholly or in part, `times` times is told again when the moment has moved, has time left, and it was told less than REMINDER_TIMES_MAX
 * times. One that was called off comes back the same way. */
struct reminder_fact {
    enum reminder_state state;
    int64_t moment_us; /* as it was known */
    int times;
};
enum reminder_state reminder_moved(const struct reminder_fact *was, int64_t moment_us, int64_t due_us);

/* When the n-th of the many people whom one reminder concerns gets it (n from 0): 50 a second, so that whom it is promised to has it in
 * time; the first hundred at once, the last of however many within REMINDER_SPREAD. One that is told long after it was due counts from now.
 * 0: at once. */
#define REMINDER_SPREAD (TIME_HOUR / 2)
int64_t reminder_leaves(int64_t due_us, int64_t now_us, int n);

/* The event of its n-th telling: with the person it makes the message's id, so a telling that is begun again says nothing twice. */
struct uuid reminder_event(struct uuid id, int times);

#endif
