/* What the cases about addresses that get no mail share. */
#ifndef HV_NOTIFICATION_HANDLER_SUPPRESSION_ANSWER_H
#define HV_NOTIFICATION_HANDLER_SUPPRESSION_ANSWER_H
#include "notification.pb-c.h"
#include "services/notification/store/suppression.h"

enum err suppression_check(struct job *job, const char *address, const char *note, const char *field); /* for admins; else refused */
Notification__Suppression *suppression_message(struct arena *arena, const struct suppression *suppression);

#endif
