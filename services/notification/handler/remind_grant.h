/* Reminders of grants: a draft whose call closes, a supplement, and the obligations of who got one. They hang on an application or an
 * obligation, and are one person's. What their letters say beside the moment travels with them (struct reminder, facts), since this service
 * has no applications. Each pair is a needs (which rows) and what is done with them in decide. */
#ifndef HV_NOTIFICATION_HANDLER_REMIND_GRANT_H
#define HV_NOTIFICATION_HANDLER_REMIND_GRANT_H
#include "services/notification/domain/duty.h"
#include "services/notification/domain/reminder.h"
#include "services/notification/handler/convert.h"

/* said: kind, recipient and facts, as the reminder's letter will say them but for the moment. */
void remind_draft(struct job *job, struct workset *w, const struct message *said, struct uuid application, struct uuid call,
                  int64_t closes_us);
void remind_supplement(struct job *job, struct workset *w, const struct message *said, struct uuid application, struct uuid call,
                       int64_t due_us);
void remind_duty(struct job *job, struct workset *w, const struct message *said, struct uuid obligation, struct uuid call, enum duty duty,
                 int64_t due_us);

/* An application, or an obligation; all there is to remind of about it has been done, or is gone. */
void remind_subject_needs(struct job *job, struct workset *w, struct uuid subject);
void remind_subject_over(struct job *job, struct workset *w);

/* A call closes at another time, and its drafts with it; 0: it does not any more, it was called off. */
void remind_call_needs(struct job *job, struct workset *w, struct uuid call);
void remind_call_moved(struct job *job, struct workset *w, int64_t closes_us);

/* What the letter of a due one says. */
void remind_grant_facts(struct arena *arena, const struct reminder *it, struct message *out);

#endif
