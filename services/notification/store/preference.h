/* What people want by mail: a setting per topic, of whoever has said anything. What cannot be turned off has no row; the sender reads the
 * same table with each claim (spool_statements.h), so that a setting works for what is in the queue already. */
#ifndef HV_NOTIFICATION_STORE_PREFERENCE_H
#define HV_NOTIFICATION_STORE_PREFERENCE_H
#include "services/notification/domain/course.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct preferences { /* of one person */
    bool known;      /* somebody has told us of them; else nothing is kept */
    enum language language;
    struct span address;                    /* as long as the batch; empty: none is known */
    enum mail_setting mail[TOPIC_LAST + 1]; /* by topic */
};
void preference_want(struct workset *w, const struct job *job, struct uuid person);
/* As they stand, with what this batch has set so far. */
struct preferences preference_found(const struct workset *w, const struct job *job);
void preference_put(struct workset *w, struct uuid person, enum topic topic, enum mail_setting mail);

extern const struct store_part preference_part;

#endif
