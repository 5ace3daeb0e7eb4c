/* What the cases about preferences share: refusals and answers. */
#ifndef HV_NOTIFICATION_HANDLER_PREFERENCE_ANSWER_H
#define HV_NOTIFICATION_HANDLER_PREFERENCE_ANSWER_H
#include "notification.pb-c.h"
#include "services/notification/store/preference.h"

enum err preference_fixed(struct job *job); /* refuses to turn off what cannot be */
/* A topic and a setting of the contract; else the job is refused. */
enum err preference_check(struct job *job, Notification__Topic topic, Notification__MailSetting mail);
void preferences_answer(struct job *job, struct workset *w, struct uuid person);

/* Whose token, and what it is about. False: it is none of ours, and the job is refused. */
bool unsubscribe_read(struct job *job, const struct workset *w, const char *token, struct uuid *person, enum topic *topic);
void unsubscribe_answer(struct job *job, enum topic topic, enum mail_setting mail);

#endif
