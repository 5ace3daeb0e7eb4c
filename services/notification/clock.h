/* What time does here: once a second the writer looks at what is due (store/agenda.h) and makes a job of each reminder, and of each
 * person's digests (handler/tick.c). Its timer is on the loop of the service; the looks are the writer's. */
#ifndef HV_NOTIFICATION_CLOCK_H
#define HV_NOTIFICATION_CLOCK_H
#include "common/run/service.h"

struct clock;

enum err clock_start(struct clock **out, struct service *service) MUST_CHECK; /* it lasts as long as the process */
void clock_stop(struct clock *clock);                                         /* NULL is fine */

#endif
