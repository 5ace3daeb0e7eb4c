/* What operators ask to be said: facts by their names, and the event that the asking is. */
#ifndef HV_NOTIFICATION_HANDLER_ASKED_H
#define HV_NOTIFICATION_HANDLER_ASKED_H
#include "services/notification/handler/convert.h"

/* The id of a message's event that no service told: made of who asks and of the key they ask with, so asking twice says it once. */
struct uuid asked_event(const struct job *job);
int64_t asked_us(const struct job *job, const struct workset *w); /* when it reached us */

/* Which kind the name means; refused with the names there are. */
enum err asked_kind(struct job *job, const char *name, enum message_kind *out);

/* Facts to be told with a message of this kind, all of them: one that is unknown, twice, of another type or missing is refused by name. */
enum err asked_facts(struct job *job, enum message_kind kind, Notification__FactValue *const *values, size_t count, struct facts *out);
/* For a preview: all that the kind has, as samples in the language where nothing is given; "" leaves one out. How many are ahead follows
 * from the position, how many places there are from the places where it is not given. */
enum err asked_samples(struct job *job, enum message_kind kind, enum language language, Notification__FactValue *const *values,
                       size_t count, struct facts *out);

#endif
