/* What becomes of a message whose time has come, before any letter is written: mailed, withheld, gathered for the digest, or put off
 * because people sleep. One pure function, asked by the sender for each claimed message. */
#ifndef HV_NOTIFICATION_DOMAIN_COURSE_H
#define HV_NOTIFICATION_DOMAIN_COURSE_H
#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/notification/domain/kind.h"

enum mail_setting { MAIL_ON = 1, MAIL_OFF = 2, MAIL_DAILY = 3 }; /* the numbers of notification.MailSetting */

struct course_facts {
    enum message_kind kind;
    enum mail_setting setting; /* of its topic; ignored where the topic is fixed */
    bool suppressed;           /* its address is on the list */
    bool allowed;              /* HV_MAIL_ONLY lets mail to this domain out, or is not set */
    bool any_hour;             /* this system keeps no quiet hours */
    bool has_attachments;      /* files go with the mail: a digest has no room for them */
    bool test;                 /* a test send goes out at any hour */
    uint32_t dice;             /* any 32 bits, the same each time it is asked about this message */
    int64_t now_us;
};
enum course { COURSE_MAIL, COURSE_WITHHOLD, COURSE_GATHER, COURSE_LATER };
struct course_answer {
    enum course course;
    const char *why; /* withheld: in English */
    int64_t next_us; /* later: when; gather: when its digest is due */
};
struct course_answer course_of(const struct course_facts *facts);

/* Quiet hours, Europe/Helsinki: many-at-once mail (LANE_MANY) leaves from 8 to 21 only. The moment itself when it is not quiet. What was
 * put off leaves within QUIET_SPREAD from then on, spread by the dice: a night's letters are more than any relay takes in ten seconds. */
#define QUIET_SPREAD (TIME_HOUR / 2)
int64_t quiet_until(int64_t now_us);
/* The next time the clock in Helsinki shows `hour`:00, strictly after now. */
int64_t helsinki_next(int64_t now_us, int hour);

#endif
